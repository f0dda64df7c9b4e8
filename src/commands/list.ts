/** LIST. */
import { noSuchServer } from '../protocol/errors.ts'
import { matchGlob } from '../protocol/glob.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { list as listReply, listEnd, listStart } from '../protocol/replies.ts'
import { fail } from '../protocol/standard-replies.ts'
import { canSee, type Channel } from '../state/channel.ts'
import { mayAs } from '../state/user.ts'
import type { CommandGroup, UserContext } from './command.ts'
import { numeric, standard, type Effect } from './effect.ts'
import { parseListQuery, type ListQuery } from './list-query.ts'
import { withinBounds } from './reply-room.ts'

export const listCommands: CommandGroup = {
  LIST: {
    when: 'registered',
    minParams: 0,
    cost: 4,
    syntax: 'LIST [<channel | mask | !mask | >n | <n | C>n | C<n | T>n | T<n>{,…}]',
    summary:
      'Lists rooms, the biggest first: by name, members, or minutes since they or their topics were made.',
    spec: 'https://modern.ircdocs.horse/#list-message',
    run: list,
  },
}

function* list(context: UserContext): Iterable<Effect> {
  const { params, server } = context
  const [conditions = '', target] = params
  if (target !== undefined && !matchGlob(target, server.name)) {
    return yield numeric(noSuchServer(target))
  }
  const query = parseListQuery(conditions)
  yield numeric(listStart())
  if (typeof query === 'string') {
    yield standard(fail('LIST', 'INVALID_PARAMS', [conditions], query))
  } else {
    const found = find(context, query).sort((a, b) => b.members.size - a.members.size)
    yield* withinBounds(context, lines(found), {
      command: 'LIST',
      // With SAFELIST a list of any length never closes the connection.
      advice: `there are ${found.length}, ask for less with LIST *name* or LIST >20`,
    })
  }
  yield numeric(listEnd())
}

function find({ network, user, nowMs }: UserContext, query: ListQuery): Channel[] {
  const { names, masks, tests } = query
  const seesAll = mayAs(user, 'see-hidden')
  const isSeen = (channel: Channel): boolean =>
    (channel.members.size > 0 || channel.registration !== undefined) &&
    (seesAll || canSee(channel, user))
  const passes = (channel: Channel): boolean => tests.every((test) => test(channel, nowMs))
  const named = names.flatMap((name) => network.channels.get(name) ?? [])
  const found = new Set(named.filter((channel) => isSeen(channel) && passes(channel)))
  if (names.length > 0 && masks.length === 0) return [...found]
  for (const channel of network.channels.values()) {
    const fits = masks.length === 0 || masks.some((mask) => matchGlob(mask, channel.name))
    if (fits && isSeen(channel) && passes(channel)) found.add(channel)
  }
  return [...found]
}

function* lines(channels: readonly Channel[]): Iterable<Numeric> {
  for (const { name, members, topic } of channels) {
    yield listReply(name, members.size, topic?.text ?? '')
  }
}
