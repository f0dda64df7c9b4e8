import { foldCase } from '../protocol/casemap.ts'
import { RANK, type ModeChange } from '../protocol/modes.ts'
import type { Channel } from './channel.ts'
import type { ChannelModesChanged, Event, Joined } from './event.ts'
import type { Network } from './network.ts'
import type { ForgetRecord, KeepRecord, LogRecord } from './record.ts'
import { closureKey, formatClosure, formatRoom, memberKey, roomKey } from './room-record.ts'
import { accountKeyOf, type User } from './user.ts'

/** The rooms that an event may end, or that no longer expect somebody. To be asked before it is applied: afterwards nobody knows where somebody was. */
export function roomsLeftBy(event: Event): readonly LeftRoom[] {
  switch (event.kind) {
    case 'joined':
      return expects(event) ? [{ channel: event.channel, awaited: [] }] : []
    case 'quit':
      return [...event.user.channels].map((channel) => ({ channel, awaited: [] }))
    case 'parted':
    case 'kicked':
    case 'registrationChanged':
      return [{ channel: event.channel, awaited: [] }]
    case 'loggedOut': {
      const account = accountKeyOf(event.user)
      const awaited = account === undefined ? [] : [account]
      return [...event.user.channels].map((channel) => ({ channel, awaited }))
    }
    case 'restEnded': {
      const { channel } = event
      return [{ channel, awaited: [...(channel.rest?.members.keys() ?? [])] }]
    }
    default:
      return []
  }
}

function expects({ channel, user }: Joined): boolean {
  const account = accountKeyOf(user)
  return account !== undefined && channel.expected?.has(account) === true
}

export interface LeftRoom {
  readonly channel: Channel
  /** Accounts that were awaited there, or were there and are no longer known as such. */
  readonly awaited: readonly string[]
}

export function hasEnded({ channels }: Network, channel: Channel): boolean {
  return channels.get(foldCase(channel.name)) !== channel
}

/** What is kept of rooms, now that the event has been applied. `left`: what `roomsLeftBy` said before. */
export function roomKeeps(
  network: Network,
  event: Event,
  left: readonly LeftRoom[],
): readonly LogRecord[] {
  switch (event.kind) {
    case 'joined':
      return joinKeeps(event.user, event.channel, left)
    case 'quit':
    case 'parted':
    case 'kicked':
      return left.flatMap(({ channel }) => leaveKeeps(network, event.user, channel))
    case 'topicChanged':
    case 'channelRenamed':
      return [keepRoom(event.channel)]
    case 'channelModesChanged':
      return modeKeeps(network, event)
    case 'registrationChanged':
    case 'restEnded':
      return left.flatMap((room) => settledKeeps(network, room))
    case 'loggedIn':
      return loginKeeps(event.session.user)
    case 'loggedOut':
      return left.flatMap(forgottenKeeps)
    case 'accountDropped':
      return [...network.resting].map(({ buffer }) => forget(memberKey(buffer, event.account.key)))
    case 'closureAdded':
      return [keep(closureKey(event.closure.name), formatClosure(event.closure))]
    case 'closureRemoved':
      return [forget(closureKey(event.closure.name))]
    default:
      return []
  }
}

function joinKeeps(user: User, channel: Channel, left: readonly LeftRoom[]): LogRecord[] {
  const isChanged = channel.members.size === 1 || left.length > 0
  return [...(isChanged ? [keepRoom(channel)] : []), ...keepMember(user, channel)]
}

function leaveKeeps(network: Network, user: User, channel: Channel): LogRecord[] {
  const account = accountKeyOf(user)
  const member = account === undefined ? [] : [forget(memberKey(channel.buffer, account))]
  return hasEnded(network, channel) ? [...member, forget(roomKey(channel.buffer))] : member
}

function modeKeeps(network: Network, { channel, changes }: ChannelModesChanged): LogRecord[] {
  const records = changes.some((change) => !isRank(change)) ? [keepRoom(channel)] : []
  for (const change of changes.filter(isRank)) {
    const user = network.users.get(foldCase(change.argument ?? ''))
    if (user !== undefined) records.push(...keepMember(user, channel))
  }
  return records
}

function isRank({ mode }: ModeChange): boolean {
  return mode in RANK
}

/** Guests can't be known again. */
function keepMember(user: User, { buffer, members }: Channel): KeepRecord[] {
  const account = accountKeyOf(user)
  const membership = members.get(user)
  if (account === undefined || membership === undefined) return []
  return [keep(memberKey(buffer, account), String(membership.ranks))]
}

/** Nobody is awaited any more. */
function settledKeeps(network: Network, { channel, awaited }: LeftRoom): LogRecord[] {
  const { buffer } = channel
  const room = hasEnded(network, channel) ? forget(roomKey(buffer)) : keepRoom(channel)
  return [room, ...forgottenKeeps({ channel, awaited })]
}

function forgottenKeeps({ channel, awaited }: LeftRoom): LogRecord[] {
  return awaited.map((account) => forget(memberKey(channel.buffer, account)))
}

/** What a guest has made is from now on the account's. */
function loginKeeps(user: User | undefined): LogRecord[] {
  if (user === undefined) return []
  return [...user.channels].flatMap((channel) => {
    const room = channel.founder === user ? [keepRoom(channel)] : []
    return [...room, ...keepMember(user, channel)]
  })
}

export function keepRoom(channel: Channel): KeepRecord {
  return keep(roomKey(channel.buffer), formatRoom(channel))
}

function keep(key: string, value: string): KeepRecord {
  return { kind: 'keep', table: 'room', key, value }
}

function forget(key: string): ForgetRecord {
  return { kind: 'forget', table: 'room', key }
}
