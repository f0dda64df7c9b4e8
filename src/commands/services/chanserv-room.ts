/** What the verbs of ChanServ ask of a room before they do anything to it. */
import { accountNamed } from '../../state/account-book.ts'
import { accessOf, isFounder, type Channel } from '../../state/channel.ts'
import type { Registration } from '../../state/room-registration.ts'
import { FOUNDER, RANK, RANKS, type Ranks } from '../../protocol/modes.ts'
import type { Network } from '../../state/network.ts'
import { mayAs } from '../../state/user.ts'
import { auditOverride, channelNamed } from '../channel-lookup.ts'
import type { Effect } from '../effect.ts'
import type { ServiceContext, Words } from './service.ts'

export type RegisteredRoom = Channel & {
  readonly registration: Registration
  readonly founderAccount: string
}

/** Above every rank: whose the room is. */
export const OWNER: Ranks = 2 * FOUNDER

/** The registered room of that name, or why not. A secret one only for those who may know of it. */
export function registeredRoom(context: ServiceContext, name: string): RegisteredRoom | Words {
  const channel = channelNamed(context, name)
  if (channel !== undefined && isRegistered(channel)) return channel
  return { en: `${name} is not registered.`, ko: `${name} 방은 등록되어 있지 않습니다.` }
}

export function isRegistered(channel: Channel): channel is RegisteredRoom {
  return channel.registration !== undefined && channel.founderAccount !== undefined
}

export function isRefusal(value: Channel | Words): value is Words {
  return 'ko' in value
}

/** What somebody may do to it: by their account, or as an operator of the server. */
export interface Standing {
  readonly ranks: Ranks
  /** By the privilege alone: to be yielded when they make use of it. */
  readonly override?: Effect
}

export function standingIn(context: ServiceContext, channel: Channel, least: Ranks): Standing {
  const { user, service } = context
  const ranks = isFounder(channel, user) ? OWNER : accessOf(channel, user)
  if (ranks >= least || !mayAs(user, 'override')) return { ranks }
  return { ranks: OWNER, override: auditOverride(context, channel, service.name) }
}

/** As it was registered, if it is there still. */
export function accountName(network: Network, key: string): string {
  return accountNamed(network, key)?.name ?? key
}

export function roomsOf({ channels }: Network, account: string): RegisteredRoom[] {
  return [...channels.values()]
    .filter(isRegistered)
    .filter(({ founderAccount }) => founderAccount === account)
}

/** `admin (a)`; the highest of them. */
export function rankName(ranks: Ranks): string {
  const row = RANKS.find(({ mode }) => (ranks & RANK[mode]) !== 0)
  return row === undefined ? '-' : `${row.name} (${row.mode})`
}

export const NOT_ALLOWED: Words = {
  en: 'You may not do that in this room.',
  ko: '이 방에서 그렇게 하실 권한이 없습니다.',
}
