import { foldCase } from '../../protocol/casemap.ts'
import {
  CHANNEL_MODES,
  HALFOP,
  RANK,
  type ModeChange,
  type RankMode,
} from '../../protocol/modes.ts'
import { ranksOf } from '../../state/channel.ts'
import { outranks } from '../../state/channel-access.ts'
import { ranksOnJoin } from '../../state/room-rest.ts'
import type { User } from '../../state/user.ts'
import { event, type Effect } from '../effect.ts'
import { rankChanges } from './chanserv-access.ts'
import {
  isRefusal,
  NOT_ALLOWED,
  registeredRoom,
  standingIn,
  type RegisteredRoom,
} from './chanserv-room.ts'
import type { ServiceContext, Verb, Words } from './service.ts'
import { tell } from './tell.ts'

interface RankVerb {
  readonly name: string
  readonly mode: RankMode
  readonly sign: '+' | '-'
  readonly korean?: string
  readonly what: Words
}

const ROWS: readonly RankVerb[] = [
  {
    name: 'OP',
    mode: 'o',
    sign: '+',
    korean: '운영자',
    what: { en: 'an operator', ko: '운영자로 만듭니다' },
  },
  { name: 'DEOP', mode: 'o', sign: '-', what: { en: 'no operator', ko: '운영자에서 내립니다' } },
  {
    name: 'HALFOP',
    mode: 'h',
    sign: '+',
    what: { en: 'a half-operator', ko: '부운영자로 만듭니다' },
  },
  {
    name: 'DEHALFOP',
    mode: 'h',
    sign: '-',
    what: { en: 'no half-operator', ko: '부운영자에서 내립니다' },
  },
  {
    name: 'VOICE',
    mode: 'v',
    sign: '+',
    korean: '발언권',
    what: { en: 'somebody with a voice', ko: '발언권을 줍니다' },
  },
  {
    name: 'DEVOICE',
    mode: 'v',
    sign: '-',
    what: { en: 'somebody without a voice', ko: '발언권을 거둡니다' },
  },
  { name: 'ADMIN', mode: 'a', sign: '+', what: { en: 'an admin', ko: '관리자로 만듭니다' } },
  { name: 'DEADMIN', mode: 'a', sign: '-', what: { en: 'no admin', ko: '관리자에서 내립니다' } },
]

/** By the rank that an account has in the room, wherever its owner is. */
export const rankVerbs: Readonly<Record<string, Verb>> = Object.fromEntries(
  ROWS.map((row) => [row.name, verbOf(row)]),
)

function verbOf(row: RankVerb): Verb {
  const { name, what, korean } = row
  return {
    syntax: `${name} <room> [<nick>…]`,
    summary: {
      en: `Makes people in a room ${what.en}; without a nick, you.`,
      ko: `방에 있는 사람을 ${what.ko}. 닉네임을 쓰지 않으면 나에게 적용합니다.`,
    },
    ...(korean === undefined ? {} : { korean }),
    minWords: 1,
    needsAccount: true,
    run: (context) => run(context, row),
  }
}

function* run(context: ServiceContext, row: RankVerb): Iterable<Effect> {
  const { user, words, server } = context
  const [name = '', ...nicks] = words
  const room = registeredRoom(context, name)
  if (isRefusal(room)) return yield* tell(context, room)
  const named = nicks.slice(0, server.limits.chat.modesPerCommand)
  for (const nick of nicks.length === 0 ? [user.nick] : named) {
    yield* changeOne(context, room, { nick, row })
  }
}

/** Anyone may lay down their own. */
function* changeOne(
  context: ServiceContext,
  room: RegisteredRoom,
  { nick, row: { mode, sign } }: { readonly nick: string; readonly row: RankVerb },
): Iterable<Effect> {
  const { network, user } = context
  const target = network.users.get(foldCase(nick))
  if (target === undefined || !room.members.has(target)) {
    return yield* tell(context, {
      en: `${nick} is not in ${room.name}.`,
      ko: `${nick}: ${room.name} 방에 없습니다.`,
    })
  }
  const least = CHANNEL_MODES.get(mode)?.least ?? HALFOP
  const { ranks, override } = standingIn(context, room, least)
  const isOwn = target === user && sign === '-'
  if (!isOwn && (ranks < least || outranks(ranksOf(room, target), ranks))) {
    return yield* tell(context, NOT_ALLOWED)
  }
  if (override !== undefined) yield override
  yield* changeRank(room, target, { sign, mode, argument: target.nick })
}

function* changeRank(
  channel: RegisteredRoom,
  target: User,
  change: ModeChange & { readonly mode: RankMode },
): Iterable<Effect> {
  const has = (ranksOf(channel, target) & RANK[change.mode]) !== 0
  if (has === (change.sign === '+')) return
  yield event({ kind: 'channelModesChanged', channel, changes: [change] })
}

/** Who logs in where they already are has from now on what their account has there. */
export function* ranksAfterLogin(user: User): Iterable<Effect> {
  for (const channel of user.channels) {
    if (channel.registration === undefined) continue
    yield* rankChanges(channel, [user], { before: 0, after: ranksOnJoin(channel, user) })
  }
}
