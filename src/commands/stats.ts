/** STATS: figures of the server, some of them for operators only. */
import { noPrivileges } from '../protocol/errors.ts'
import { formatDuration } from '../protocol/duration.ts'
import {
  endOfStats,
  statsBan,
  statsCommand,
  statsLink,
  statsOperator,
  statsText,
  statsUptime,
} from '../protocol/replies.ts'
import { note } from '../protocol/standard-replies.ts'
import { hasExpired, type ServerBan } from '../state/server-ban.ts'
import type { Session } from '../state/session.ts'
import { mayAs, type User } from '../state/user.ts'
import type { CommandContext, CommandGroup, UserContext } from './command.ts'
import { numeric, standard, type Effect } from './effect.ts'
import { answerFor } from './server-target.ts'

export const statsCommands: CommandGroup = {
  STATS: {
    when: 'registered',
    minParams: 0,
    cost: 2,
    syntax: 'STATS [<letter> [<server>]]',
    summary: 'Shows figures of the server; `STATS ?` lists the letters.',
    spec: 'https://modern.ircdocs.horse/#stats-message',
    run: stats,
  },
}

interface Report {
  readonly letter: string
  readonly about: string
  /** Absent: for everybody. */
  readonly mayAsk?: (user: User) => boolean
  readonly run: (context: UserContext) => Iterable<Effect>
}

const REPORTS: readonly Report[] = [
  { letter: 'd', about: 'networks that are banned (D-lines)', mayAsk: mayBan, run: dlines },
  { letter: 'k', about: 'users who are banned (K-lines)', mayAsk: mayBan, run: klines },
  { letter: 'l', about: 'your connection; with the right to see hosts, all', run: connections },
  { letter: 'm', about: 'how often each command was used, with its bytes', run: commandUse },
  { letter: 'o', about: 'who may become an operator', mayAsk: isOperator, run: operators },
  { letter: 's', about: 'users who may not speak (mutes)', mayAsk: mayBan, run: mutes },
  { letter: 'u', about: 'since when the server runs', run: uptime },
  { letter: '?', about: 'these letters', run: letters },
]

function isOperator(user: User): boolean {
  return user.operator !== undefined
}

function mayBan(user: User): boolean {
  return mayAs(user, 'ban')
}

function stats(context: UserContext): Iterable<Effect> {
  const [query = '?', target] = context.params
  return answerFor(context, target, () => reportOf(context, query))
}

function* reportOf(context: UserContext, query: string): Iterable<Effect> {
  // One letter, as RFC 1459 says; what follows it is ignored. Clients send it in either case.
  const letter = query.charAt(0).toLowerCase()
  const report = REPORTS.find((each) => each.letter === letter)
  if (report?.mayAsk?.(context.user) === false) yield numeric(noPrivileges())
  else if (report !== undefined) yield* report.run(context)
  yield numeric(endOfStats(query))
}

function* letters(): Iterable<Effect> {
  for (const { letter, about, mayAsk } of REPORTS) {
    const who = mayAsk === undefined ? '' : ' (operators)'
    yield numeric(statsText(`${letter}: ${about}${who}`))
  }
}

function* commandUse({ counts }: CommandContext): Iterable<Effect> {
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [command, { uses, bytes }] of sorted) {
    yield numeric(statsCommand(command, uses, bytes))
  }
}

function* uptime({ process, network, nowMs }: CommandContext): Iterable<Effect> {
  const seconds = Math.floor((nowMs - process.startedAtMs) / 1000)
  const two = (value: number): string => String(value % 60).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const clock = `${hours % 24}:${two(Math.floor(seconds / 60))}:${two(seconds)}`
  yield numeric(statsUptime(`Server Up ${Math.floor(hours / 24)} days ${clock}`))
  const { peakLocal, peakUsers } = network.counts
  yield numeric(statsText(`At most ${peakLocal} connections and ${peakUsers} users at a time`))
}

function* operators({ server }: CommandContext): Iterable<Effect> {
  for (const { name, class: operatorClass } of server.operators) {
    yield numeric(statsOperator(name, operatorClass))
  }
}

function klines(context: CommandContext): Iterable<Effect> {
  return bans(context, 'kline')
}

function dlines(context: CommandContext): Iterable<Effect> {
  return bans(context, 'dline')
}

function mutes(context: CommandContext): Iterable<Effect> {
  return bans(context, 'mute')
}

function* bans({ network, nowMs }: CommandContext, kind: ServerBan['kind']): Iterable<Effect> {
  for (const ban of network.bans) {
    if (ban.kind !== kind || hasExpired(ban, nowMs)) continue
    const facts = {
      setBy: ban.setBy,
      setAt: new Date(ban.setAtMs).toISOString(),
      lasts: lastsOf(ban, nowMs),
    }
    yield numeric(statsBan(STATS_LETTERS[kind], shown(ban.mask), facts, ban.reason))
  }
}

const STATS_LETTERS = { kline: 'K', dline: 'D', mute: 'S' } as const

function lastsOf({ expiresAtMs }: ServerBan, nowMs: number): string {
  if (expiresAtMs === undefined) return 'permanent'
  return formatDuration(expiresAtMs - nowMs).replaceAll(' ', '')
}

/** More lines than these would fill the queue of the one who asked. */
const MOST_CONNECTIONS = 500

function* connections(context: UserContext): Iterable<Effect> {
  const { user, session, network } = context
  if (!mayAs(user, 'see-hosts')) return yield connection(context, session)
  let left = MOST_CONNECTIONS
  for (const each of network.sessions.values()) {
    if (left-- === 0) break
    yield connection(context, each)
  }
  const more = network.sessions.size - MOST_CONNECTIONS
  if (more > 0) yield standard(note('STATS', 'MORE', [], `There are ${more} more connections`))
}

function connection({ monotonicMs, nowMs }: CommandContext, session: Session): Effect {
  const { transport, listener, address } = session.origin
  const open = formatDuration(nowMs - session.connectedAtMs)
  const silent = formatDuration(monotonicMs - session.lastLineMs)
  const through = session.gateway === undefined ? [] : [`through ${session.gateway}`]
  const text = [`open for ${open}`, `silent for ${silent}`, ...through].join(', ')
  const name = session.user?.nick ?? session.nick ?? '*'
  return numeric(statsLink(name, [transport, listener, shown(address)], text))
}

/** A parameter can't start with a colon; with a zero in front it is the same IPv6 address. */
function shown(address: string): string {
  return address.startsWith(':') ? `0${address}` : address
}
