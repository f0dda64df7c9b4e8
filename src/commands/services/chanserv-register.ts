import { FOUNDER, OPERATOR, type ModeChange } from '../../protocol/modes.ts'
import { isFounder, powerOf, ranksOf, type Channel } from '../../state/channel.ts'
import { accountKeyOf } from '../../state/user.ts'
import { channelNamed } from '../channel-lookup.ts'
import { event, type Effect } from '../effect.ts'
import {
  accountName,
  isRefusal,
  NOT_ALLOWED,
  OWNER,
  registeredRoom,
  roomsOf,
  standingIn,
} from './chanserv-room.ts'
import { confirmationCode } from './confirmation-code.ts'
import type { ServiceContext, Verb, Words } from './service.ts'
import { tell } from './tell.ts'

export const registerVerb: Verb = {
  syntax: 'REGISTER <room>',
  summary: {
    en: 'Registers a room that you lead: it is yours, and stays when everybody has left.',
    ko: '내가 이끄는 방을 등록합니다. 모두가 나가도 방이 남고, 내 것으로 지켜집니다.',
  },
  korean: '등록',
  minWords: 1,
  needsAccount: true,
  run: register,
}

export const dropVerb: Verb = {
  syntax: 'DROP <room> [<code>]',
  summary: {
    en: 'Lets a room go. It asks for a code first.',
    ko: '방의 등록을 해지합니다. 먼저 확인 코드를 알려 드립니다.',
  },
  korean: '해지',
  minWords: 1,
  run: drop,
}

function* register(context: ServiceContext): Iterable<Effect> {
  const { user, nowMs, words } = context
  const [name = ''] = words
  const channel = channelNamed(context, name)
  const account = accountKeyOf(user)
  if (channel === undefined || account === undefined || !channel.members.has(user)) {
    return yield* tell(context, {
      en: `You are not in ${name}. Join it first.`,
      ko: `${name} 방에 계시지 않습니다. 먼저 방에 들어가 주세요.`,
    })
  }
  const refusal = whyNot(context, channel, account)
  if (refusal !== undefined) return yield* tell(context, refusal)
  const registration = { registeredAtMs: nowMs, access: new Map() }
  yield event({ kind: 'registrationChanged', channel, founderAccount: account, registration })
  const changes: ModeChange[] = [{ sign: '+', mode: 'q', argument: user.nick }]
  if ((ranksOf(channel, user) & FOUNDER) === 0)
    yield event({ kind: 'channelModesChanged', channel, changes })
  yield* tell(context, {
    en: `${channel.name} is registered, and belongs to your account. It stays when everybody has left.`,
    ko: `${channel.name} 방을 등록했습니다. 이제 이 방은 회원님의 것이며, 모두가 나가도 그대로 남습니다.`,
  })
}

function whyNot(
  { network, server, user }: ServiceContext,
  channel: Channel,
  account: string,
): Words | undefined {
  const { name } = channel
  if (server.history === 'off') {
    return {
      en: 'This server keeps nothing: no room can be registered.',
      ko: '이 서버는 아무것도 저장하지 않으므로 방을 등록할 수 없습니다.',
    }
  }
  if (channel.registration !== undefined) {
    return { en: `${name} is registered already.`, ko: `${name} 방은 이미 등록되어 있습니다.` }
  }
  if (powerOf(channel, user) < OPERATOR || isSomebodysElse(channel, user)) {
    return {
      en: `Only who made ${name} can register it, or an operator of it when they have gone.`,
      ko: `${name} 방을 만든 사람만 등록할 수 있습니다. 만든 사람이 없으면 방의 운영자가 등록할 수 있습니다.`,
    }
  }
  const { roomsPerAccount } = server.limits.chat
  if (roomsOf(network, account).length < roomsPerAccount) return undefined
  return {
    en: `You have ${roomsPerAccount} rooms already, and no more can be registered for one account.`,
    ko: `이미 방 ${roomsPerAccount}개를 등록하셨습니다. 한 계정으로는 더 등록할 수 없습니다.`,
  }
}

/** Whose it is counts as long as they are there, or can come back as themselves. */
function isSomebodysElse(channel: Channel, user: ServiceContext['user']): boolean {
  if (isFounder(channel, user)) return false
  const { founder, founderAccount, members } = channel
  return founderAccount !== undefined || (founder !== undefined && members.has(founder))
}

function* drop(context: ServiceContext): Iterable<Effect> {
  const { network, words, service } = context
  const [name = '', code] = words
  const room = registeredRoom(context, name)
  if (isRefusal(room)) return yield* tell(context, room)
  const { ranks, override } = standingIn(context, room, OWNER)
  if (ranks < OWNER) return yield* tell(context, NOT_ALLOWED)
  const { founderAccount, registration } = room
  const needed = confirmationCode(room.name, founderAccount, registration.registeredAtMs)
  if (code !== needed) {
    const again = `/msg ${service.name} DROP ${room.name} ${needed}`
    return yield* tell(context, {
      en: `${room.name} belongs to ${accountName(network, founderAccount)}. Once nobody is in it, it is gone with all that was said there. If you want that: ${again}`,
      ko: `${room.name} 방은 ${accountName(network, founderAccount)} 계정의 것입니다. 해지한 뒤 모두가 나가면 방과 그 안의 대화가 사라집니다. 그래도 해지하려면: ${again}`,
    })
  }
  if (override !== undefined) yield override
  yield event({ kind: 'registrationChanged', channel: room, founderAccount })
  yield* tell(context, {
    en: `${room.name} is no longer registered.`,
    ko: `${room.name} 방의 등록을 해지했습니다.`,
  })
}
