/** HISTORY, for people: the last lines of a room or of a conversation. */
import { unknownCommand } from '../protocol/errors.ts'
import { fail } from '../protocol/standard-replies.ts'
import { accountOf } from '../state/account-book.ts'
import type { Asks } from './asks.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { event, numeric, reply, standard, wait, type Effect } from './effect.ts'
import { readPage } from './history-page.ts'
import { isStillSeen, placeNamed, sightOf, type Place } from './history-place.ts'
import { forPeople } from './replay.ts'

export const historyCommands: CommandGroup = {
  HISTORY: {
    when: 'registered',
    minParams: 1,
    cost: 2,
    syntax: 'HISTORY <target> [count] | HISTORY <ON | OFF>',
    summary: 'Shows what was said last; OFF: you are not shown it when you come into a room.',
    spec: 'docs/extensions/history.md',
    run: history,
  },
}

function* history(context: UserContext): Iterable<Effect> {
  const { params, server } = context
  const [target = '', count = ''] = params
  if (server.history === 'off') return yield numeric(unknownCommand('HISTORY'))
  if (/^o(n|ff)$/i.test(target)) return yield* choose(context, target.toUpperCase() as 'ON' | 'OFF')
  const place = placeNamed(context, target)
  if (place === undefined) return yield notToBeSeen(target)
  const limit = count === '' ? DEFAULT_COUNT : Number(count)
  if (!Number.isInteger(limit) || limit < 1) {
    return yield refusal('INVALID_PARAMS', [count], 'The count is a number of messages')
  }
  yield wait((asks) => answer(context, asks, { place, limit }))
}

const DEFAULT_COUNT = 50

async function answer(
  context: UserContext,
  asks: Asks,
  { place, limit }: { readonly place: Place; readonly limit: number },
): Promise<readonly Effect[]> {
  try {
    const { ranks, sinceMs } = sightOf(context, place)
    const sight = { lines: 'messages', ranks, sinceMs } as const
    const page = await readPage(context, asks, { place, span: { kind: 'latest' }, limit, sight })
    if (!isStillSeen(context, place)) return [notToBeSeen(place.name)]
    const shown = page.kind === 'page' ? forPeople(context, place, page.events) : []
    return shown.length > 0 ? shown : [said(context, `Nothing has been said to ${place.name}`)]
  } catch {
    return [refusal('MESSAGE_ERROR', [place.name], 'Messages could not be retrieved')]
  }
}

/** Whoever has an account chooses for all of their visits. */
function* choose(context: UserContext, word: 'ON' | 'OFF'): Iterable<Effect> {
  const { user, network } = context
  const replay = word === 'ON'
  const account = accountOf(network, user)
  if (account === undefined) yield event({ kind: 'replayChosen', user, replay })
  else {
    const settings = { ...account.settings, replay }
    yield event({ kind: 'accountKept', account: { ...account, settings } })
  }
  const text = replay
    ? 'When you come into a room you are shown what was said last'
    : 'You are not shown what was said before you came; HISTORY <room> shows it'
  yield said(context, text)
}

function said({ user }: UserContext, text: string): Effect {
  return reply('NOTICE', [user.nick, `*** ${text}`])
}

function notToBeSeen(target: string): Effect {
  const text = 'You are not in this room, or have not talked to this person'
  return refusal('INVALID_TARGET', [target], text)
}

function refusal(code: string, words: readonly string[], text: string): Effect {
  return standard(fail('HISTORY', code, words, text))
}
