/** MONITOR. */
import { foldCase } from '../protocol/casemap.ts'
import { erroneousNickname, monitorListFull, needMoreParams } from '../protocol/errors.ts'
import { nickName } from '../protocol/names.ts'
import type { Numeric } from '../protocol/numeric.ts'
import {
  endOfMonitorList,
  monitorList,
  monitorOffline,
  monitorOnline,
} from '../protocol/replies.ts'
import { fail } from '../protocol/standard-replies.ts'
import { packWords } from '../protocol/text-lines.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { event, numeric, standard, type Effect } from './effect.ts'
import { showUser } from './metadata-read.ts'
import { replyRoom } from './reply-room.ts'

export const monitorCommands: CommandGroup = {
  MONITOR: {
    when: 'registered',
    minParams: 1,
    cost: 1,
    isWelcome: true,
    syntax: 'MONITOR <+ | -> <nick>[,<nick>…] | MONITOR <C | L | S>',
    summary:
      'Tells you when people come and go; C clears the list, L shows it, S who of them is here.',
    spec: 'https://ircv3.net/specs/extensions/monitor',
    run: monitor,
  },
}

function* monitor(context: UserContext): Iterable<Effect> {
  const { params, session } = context
  const [subcommand = '', targets = ''] = params
  const monitoring = [...(session.monitoring ?? [])]
  switch (subcommand.toUpperCase()) {
    case '+':
      return yield* targets === '' ? tooShort() : add(context, targets)
    case '-': {
      if (targets === '') return yield* tooShort()
      const removed = targets
        .split(',')
        .map(foldCase)
        .filter((nick) => monitoring.includes(nick))
      return yield event({ kind: 'monitorChanged', session, added: [], removed })
    }
    case 'C':
      return yield event({ kind: 'monitorChanged', session, added: [], removed: monitoring })
    case 'L':
      yield* packed(context, monitoring, monitorList)
      return yield numeric(endOfMonitorList())
    case 'S':
      return yield* status(context, monitoring)
    default: {
      const text = 'MONITOR knows +, -, C, L and S'
      yield standard(fail('MONITOR', 'INVALID_PARAMS', [subcommand], text))
    }
  }
}

function tooShort(): Effect[] {
  return [numeric(needMoreParams('MONITOR'))]
}

function* add(context: UserContext, targets: string): Iterable<Effect> {
  const { session, server } = context
  const { monitorEntries } = server.limits.chat
  const known = new Set(session.monitoring)
  const nicks = new Map<string, string>()
  const refused: string[] = []
  for (const target of targets.split(',').filter(Boolean)) {
    const nick = foldCase(target)
    if (!canBeNick(context, target)) yield numeric(erroneousNickname(target, 'nobody can have it'))
    else if (!known.has(nick) && known.size >= monitorEntries) refused.push(target)
    else {
      known.add(nick)
      nicks.set(nick, target)
    }
  }
  yield event({ kind: 'monitorChanged', session, added: [...nicks.keys()], removed: [] })
  yield* status(context, nicks.values())
  for (const nick of nicks.keys()) {
    const user = context.network.users.get(nick)
    if (user !== undefined) yield* showUser(context, user)
  }
  // "the list of targets, as the client sent them, that cannot be added"
  for (const line of packWords(refused, REFUSED_BYTES).map(asTargets)) {
    yield numeric(monitorListFull(monitorEntries, line.join(',')))
  }
}

/** Errors repeat no more than this of what a client said. */
const REFUSED_BYTES = 160

/** "For this specification, 'target' MUST be a valid nick". Those of services are: nobody has them yet. */
function canBeNick({ server }: UserContext, target: string): boolean {
  const { ok, refused } = nickName(target, server.limits.chat.nickLength)
  return ok !== undefined || refused === 'reserved'
}

function* status(context: UserContext, nicks: Iterable<string>): Iterable<Effect> {
  const online: string[] = []
  const offline: string[] = []
  for (const nick of nicks) {
    const user = context.network.users.get(foldCase(nick))
    if (user === undefined) offline.push(nick)
    else online.push(user.source)
  }
  yield* packed(context, online, monitorOnline)
  yield* packed(context, offline, monitorOffline)
}

function* packed(
  context: UserContext,
  words: readonly string[],
  line: (words: readonly string[]) => Numeric,
): Iterable<Effect> {
  for (const each of packWords(words, replyRoom(context))) yield numeric(line(asTargets(each)))
}

/** Neither nicks nor sources have spaces, and a comma is as long as one. */
function asTargets(packedLine: string): readonly string[] {
  return packedLine.split(' ')
}
