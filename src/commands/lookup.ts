/** The old, short ways to ask for somebody: USERHOST, ISON. */
import { foldCase } from '../protocol/casemap.ts'
import { isOn, userHost } from '../protocol/replies.ts'
import { warn } from '../protocol/standard-replies.ts'
import { packWords } from '../protocol/text-lines.ts'
import { hasUserMode, type User } from '../state/user.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { numeric, standard, type Effect } from './effect.ts'
import { replyRoom } from './reply-room.ts'

export const lookupCommands: CommandGroup = {
  USERHOST: {
    when: 'registered',
    minParams: 1,
    cost: 1,
    syntax: 'USERHOST <nick>{ <nick>}',
    summary: 'Tells user and host of up to five people, and whether they are away.',
    spec: 'https://modern.ircdocs.horse/#userhost-message',
    run: userhost,
  },
  ISON: {
    when: 'registered',
    minParams: 1,
    cost: 1,
    syntax: 'ISON <nick>{ <nick>}',
    summary: 'Tells which of these people are here. MONITOR tells by itself.',
    spec: 'https://datatracker.ietf.org/doc/html/rfc1459#section-5.8',
    run: ison,
  },
}

/** "USERHOST takes up to five nicknames" */
const MOST_NICKS = 5

function* userhost(context: UserContext): Iterable<Effect> {
  const nicks = nicksIn(context)
  const entries = present(context, nicks.slice(0, MOST_NICKS)).map(userHostEntry)
  const lines = packWords(entries, replyRoom(context))
  if (lines.length === 0) lines.push('')
  for (const line of lines) yield numeric(userHost([line]))
  if (nicks.length <= MOST_NICKS) return
  const text = `USERHOST answers for ${MOST_NICKS} nicks at most: the rest were left out`
  yield standard(warn('USERHOST', 'TOO_MANY_NICKS', [String(MOST_NICKS)], text))
}

/** https://modern.ircdocs.horse/#rpluserhost-302 */
function userHostEntry(user: User): string {
  const operator = hasUserMode(user, 'o') ? '*' : ''
  const here = user.away === undefined ? '+' : '-'
  return `${user.nick}${operator}=${here}${user.userName}@${user.host}`
}

function* ison(context: UserContext): Iterable<Effect> {
  const nicks = present(context, nicksIn(context)).map(({ nick }) => nick)
  const lines = packWords(nicks, replyRoom(context))
  if (lines.length === 0) lines.push('')
  for (const line of lines) yield numeric(isOn([line]))
}

/** Some clients send one parameter with spaces. */
function nicksIn({ params }: UserContext): string[] {
  return params.join(' ').split(' ').filter(Boolean)
}

function present({ network }: UserContext, nicks: readonly string[]): User[] {
  const users = new Set<User>()
  for (const nick of nicks) {
    const user = network.users.get(foldCase(nick))
    if (user !== undefined) users.add(user)
  }
  return [...users]
}
