import { accountNamed, usersOf } from '../../state/account-book.ts'
import { foldCase } from '../../protocol/casemap.ts'
import { RANK } from '../../protocol/modes.ts'
import { accountKeyOf } from '../../state/user.ts'
import { event, type Effect } from '../effect.ts'
import {
  accountName,
  isRefusal,
  isRegistered,
  NOT_ALLOWED,
  OWNER,
  registeredRoom,
  roomsOf,
  standingIn,
  type RegisteredRoom,
} from './chanserv-room.ts'
import { rankChanges } from './chanserv-access.ts'
import type { ServiceContext, Verb, Words } from './service.ts'
import { tell } from './tell.ts'

export const transferVerb: Verb = {
  syntax: 'TRANSFER <room> <account> | TRANSFER <room> CANCEL',
  summary: {
    en: 'Offers a room to another account, or takes the offer back.',
    ko: '방을 다른 계정에 넘기겠다고 제안하거나, 제안을 거둡니다.',
  },
  korean: '양도',
  minWords: 2,
  needsAccount: true,
  run: transfer,
}

export const acceptVerb: Verb = {
  syntax: 'ACCEPT <room>',
  summary: {
    en: 'Takes a room that was offered to you.',
    ko: '나에게 제안된 방을 넘겨받습니다.',
  },
  korean: '수락',
  minWords: 1,
  needsAccount: true,
  run: accept,
}

function* transfer(context: ServiceContext): Iterable<Effect> {
  const { network, words, user } = context
  const [name = '', to = ''] = words
  const room = registeredRoom(context, name)
  if (isRefusal(room)) return yield* tell(context, room)
  const { ranks, override } = standingIn(context, room, OWNER)
  if (ranks < OWNER) return yield* tell(context, NOT_ALLOWED)
  const { offeredTo: _, ...registration } = room.registration
  const changed = {
    kind: 'registrationChanged',
    channel: room,
    founderAccount: room.founderAccount,
  } as const
  if (to.toUpperCase() === 'CANCEL') {
    yield event({ ...changed, registration })
    return yield* tell(context, {
      en: `${room.name} is offered to nobody.`,
      ko: `${room.name} 방의 양도 제안을 거두었습니다.`,
    })
  }
  const account = accountNamed(network, to)
  if (account === undefined || account.key === room.founderAccount) {
    return yield* tell(context, {
      en: `${to} is not another account.`,
      ko: `${to}: 다른 계정의 이름이 아닙니다.`,
    })
  }
  if (override !== undefined) yield override
  yield event({ ...changed, registration: { ...registration, offeredTo: account.key } })
  const text = offer(user.nick, room.name)[account.language]
  for (const each of usersOf(network, account.key)) {
    yield event({ kind: 'serverNotice', user: each, text })
  }
  yield* tell(context, {
    en: `${room.name} is offered to ${account.name}, and is yours until they say ACCEPT ${room.name}.`,
    ko: `${account.name} 계정에 ${room.name} 방을 제안했습니다. 상대가 ACCEPT ${room.name} 명령으로 수락할 때까지는 회원님의 방입니다.`,
  })
}

function offer(nick: string, room: string): Words {
  return {
    en: `${nick} offers you the room ${room}. To take it: /msg ChanServ ACCEPT ${room}`,
    ko: `${nick} 님이 ${room} 방을 넘기겠다고 제안했습니다. 받으려면: /msg ChanServ 수락 ${room}`,
  }
}

function* accept(context: ServiceContext): Iterable<Effect> {
  const { network, server, user, words } = context
  const [name = ''] = words
  const channel = network.channels.get(foldCase(name))
  const account = accountKeyOf(user)
  const room = channel !== undefined && isRegistered(channel) ? channel : undefined
  if (room === undefined || account === undefined || room.registration.offeredTo !== account) {
    return yield* tell(context, {
      en: `${name} is not offered to you.`,
      ko: `${name} 방은 회원님께 제안되지 않았습니다.`,
    })
  }
  const { roomsPerAccount } = server.limits.chat
  if (roomsOf(network, account).length >= roomsPerAccount) {
    return yield* tell(context, {
      en: `You have ${roomsPerAccount} rooms already, and no more can be registered for one account.`,
      ko: `이미 방 ${roomsPerAccount}개를 등록하셨습니다. 한 계정으로는 더 가질 수 없습니다.`,
    })
  }
  yield* giveTo(context, room, account)
  yield* tell(context, {
    en: `${room.name} is yours.`,
    ko: `이제 ${room.name} 방은 회원님의 것입니다.`,
  })
}

/** Whose it was stays one of those who lead it. */
function* giveTo(
  { network, user, nowMs }: ServiceContext,
  room: RegisteredRoom,
  account: string,
): Iterable<Effect> {
  const former = room.founderAccount
  const { offeredTo: _, ...registration } = room.registration
  const access = new Map(registration.access)
  access.delete(account)
  const entry = { account: accountName(network, former), ranks: RANK.a, givenBy: user.nick }
  access.set(former, { ...entry, givenAtMs: nowMs })
  yield event({
    kind: 'registrationChanged',
    channel: room,
    founderAccount: account,
    registration: { ...registration, access },
  })
  yield* rankChanges(room, usersOf(network, former), { before: RANK.q, after: RANK.a })
  yield* rankChanges(room, usersOf(network, account), { before: 0, after: RANK.q })
}
