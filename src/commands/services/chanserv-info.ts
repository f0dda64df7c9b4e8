import { foldCase } from '../../protocol/casemap.ts'
import { matchGlob } from '../../protocol/glob.ts'
import { canSee } from '../../state/channel.ts'
import { accountKeyOf, mayAs } from '../../state/user.ts'
import type { Effect } from '../effect.ts'
import {
  accountName,
  isRefusal,
  isRegistered,
  rankName,
  registeredRoom,
  type RegisteredRoom,
} from './chanserv-room.ts'
import type { ServiceContext, Verb } from './service.ts'
import { tell, tellText } from './tell.ts'

export const infoVerb: Verb = {
  syntax: 'INFO <room>',
  summary: {
    en: 'Tells whose a room is, and since when.',
    ko: '방이 누구의 것이고 언제 등록되었는지 보여 드립니다.',
  },
  korean: '정보',
  minWords: 1,
  run: info,
}

export const listVerb: Verb = {
  syntax: 'LIST [<mask>]',
  summary: {
    en: 'Lists the rooms in which your account has a rank; with a mask, registered rooms.',
    ko: '내 계정이 지위를 가진 방을 보여 드립니다. 찾을 이름을 쓰면 등록된 방을 보여 드립니다.',
  },
  korean: '목록',
  minWords: 0,
  run: list,
}

function* info(context: ServiceContext): Iterable<Effect> {
  const { network, words } = context
  const room = registeredRoom(context, words[0] ?? '')
  if (isRefusal(room)) return yield* tell(context, room)
  const { registration, founderAccount, createdAtMs } = room
  const owner = accountName(network, founderAccount)
  const [since, made] = [dayOf(registration.registeredAtMs), dayOf(createdAtMs)]
  yield* tell(context, {
    en: `${room.name}: belongs to ${owner}, made on ${made}, registered on ${since}`,
    ko: `${room.name}: 소유자 ${owner}, 만든 날 ${made}, 등록한 날 ${since}`,
  })
  if (room.topic !== undefined) yield* tellText(context, `  ${room.topic.text}`)
}

function* list(context: ServiceContext): Iterable<Effect> {
  const { network, user, words } = context
  const [mask] = words
  const account = accountKeyOf(user)
  const rooms = [...network.channels.values()].filter(isRegistered)
  const found = rooms.filter((room) =>
    mask === undefined
      ? rankIn(room, account) !== undefined
      : matchGlob(mask, room.name) && (canSee(room, user) || mayAs(user, 'see-hidden')),
  )
  for (const room of found.slice(0, MOST)) {
    yield* tellText(context, `  ${room.name} ${rankIn(room, account) ?? ''}`.trimEnd())
  }
  const shown = Math.min(found.length, MOST)
  yield* tell(context, {
    en: found.length > shown ? `${shown} of ${found.length} rooms.` : `${shown} rooms.`,
    ko: found.length > shown ? `방 ${found.length}개 중 ${shown}개.` : `방 ${shown}개.`,
  })
}

const MOST = 50

function rankIn(
  { founderAccount, registration }: RegisteredRoom,
  account?: string,
): string | undefined {
  if (account === undefined) return undefined
  if (account === founderAccount) return 'founder'
  const ranks = registration.access.get(foldCase(account))?.ranks
  return ranks === undefined ? undefined : rankName(ranks)
}

function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}
