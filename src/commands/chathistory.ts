/** CHATHISTORY. https://ircv3.net/specs/extensions/chathistory */
import { unknownCommand } from '../protocol/errors.ts'
import { fail } from '../protocol/standard-replies.ts'
import type { PageSpan } from '../state/history-query.ts'
import type { Asks } from './asks.ts'
import { parseQuery, type PageQuestion, type QueryFault } from './chathistory-query.ts'
import { targetsReply } from './chathistory-targets.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { numeric, standard, wait, type Effect } from './effect.ts'
import { historyBatch, linesOf, readPage } from './history-page.ts'
import { isStillSeen, placeNamed, viewOf, type Place } from './history-place.ts'

export const chathistoryCommands: CommandGroup = {
  CHATHISTORY: {
    when: 'registered',
    minParams: 0,
    cost: 0.5,
    costPer: 200,
    isWelcome: true,
    syntax:
      'CHATHISTORY <LATEST | BEFORE | AFTER | AROUND | BETWEEN> <target> <reference> [reference] <limit> | CHATHISTORY TARGETS <from> <to> <limit>',
    summary: 'What was said before, for clients. A reference is msgid=… or timestamp=….',
    spec: 'https://ircv3.net/specs/extensions/chathistory',
    run: chathistory,
  },
}

function chathistory(context: UserContext): readonly Effect[] {
  const { params, server } = context
  if (server.history === 'off') return [numeric(unknownCommand('CHATHISTORY'))]
  const query = parseQuery(params)
  switch (query.kind) {
    case 'fault':
      return [refusal(query)]
    case 'targets':
      return [wait((asks) => orFailure(targetsReply(context, asks, query), ['TARGETS', '*']))]
    default:
      return pageReply(context, query)
  }
}

function pageReply(context: UserContext, query: PageQuestion): readonly Effect[] {
  const { subcommand, target, span, limit } = query
  const place = placeNamed(context, target)
  if (place === undefined) return [notToBeSeen(query)]
  const request = { place, span, limit }
  return [
    wait((asks) => orFailure(answer(context, asks, { ...request, query }), [subcommand, target])),
  ]
}

interface Request {
  readonly place: Place
  readonly span: PageSpan
  readonly limit: number
  readonly query: PageQuestion
}

async function answer(context: UserContext, asks: Asks, request: Request): Promise<Effect[]> {
  const { place, query } = request
  const page = await readPage(context, asks, request)
  if (!isStillSeen(context, place)) return [notToBeSeen(query)]
  if (page.kind === 'noSuchMsgid') {
    const { subcommand, target } = query
    return [messageError([subcommand, target, page.msgid])]
  }
  // A client looks for the name that it asked for: a person's as it wrote it, whatever its case.
  const name = place.kind === 'room' ? place.name : query.target
  return [historyBatch(name, linesOf(page.events, viewOf(context, place)))]
}

/** Never more than that: whoever asks in vain learns nothing of rooms and people. */
function notToBeSeen({ subcommand, target }: PageQuestion): Effect {
  const text = 'Messages could not be retrieved'
  return standard(fail('CHATHISTORY', 'INVALID_TARGET', [subcommand, target], text))
}

/** The log can't be read at the moment. */
async function orFailure(
  reply: Promise<Effect[]>,
  words: readonly string[],
): Promise<readonly Effect[]> {
  try {
    return await reply
  } catch {
    return [messageError(words)]
  }
}

function messageError(words: readonly string[]): Effect {
  return standard(fail('CHATHISTORY', 'MESSAGE_ERROR', words, 'Messages could not be retrieved'))
}

function refusal({ code, words, text }: QueryFault): Effect {
  return standard(fail('CHATHISTORY', code, words, text))
}
