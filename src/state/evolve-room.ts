/** A part of `evolve`: rooms, while they come and go. */
import { foldCase } from '../protocol/casemap.ts'
import { addName, removeName } from '../protocol/lookalikes.ts'
import { OPERATOR } from '../protocol/modes.ts'
import { staysEmpty, type Channel } from './channel.ts'
import type { Joined } from './event.ts'
import type { RegistrationChanged, RestEnded } from './room-event.ts'
import { roomOwner } from './metadata.ts'
import type { Network } from './network.ts'
import { accountKeyOf, type User } from './user.ts'

export function joinRoom(network: Network, joined: Joined, nowMs: number): void {
  const { user, channel, ranks, msgid } = joined
  const isNew = network.channels.get(foldCase(channel.name)) !== channel
  if (isNew) addChannel(network, channel)
  if (isNew || (ranks >= OPERATOR && isNobodys(channel))) giveTo(channel, user)
  // Who has come back is a member like the others: they have what they are given from now on.
  forgetAwaited(channel, accountKeyOf(user))
  forgetExpected(channel, accountKeyOf(user))
  const named = msgid === undefined ? {} : { joinMsgid: msgid }
  channel.members.set(user, { user, ranks, joinedAtMs: nowMs, ...named })
  user.invitedTo?.delete(channel)
  user.channels.add(channel)
}

/** A channel lives while it has members, and longer only for a reason. */
export function leaveRoom(network: Network, user: User, channel: Channel): void {
  channel.members.delete(user)
  user.channels.delete(channel)
  removeIfDone(network, channel)
}

export function addChannel(network: Network, channel: Channel): void {
  network.channels.set(foldCase(channel.name), channel)
  addName(network.channelLooks, channel.name)
  network.nextRoom = Math.max(network.nextRoom, channel.id + 1)
  network.nextBuffer = Math.max(network.nextBuffer, channel.buffer + 1)
  if (channel.rest !== undefined) network.resting.add(channel)
}

function removeIfDone(network: Network, channel: Channel): void {
  if (channel.members.size > 0 || staysEmpty(channel)) return
  network.channels.delete(foldCase(channel.name))
  removeName(network.channelLooks, channel.name)
  network.metadata.delete(roomOwner(channel))
}

function isNobodys({ founder, founderAccount, registration }: Channel): boolean {
  return founder === undefined && founderAccount === undefined && registration === undefined
}

function giveTo(channel: Channel, user: User): void {
  channel.founder = user
  const account = accountKeyOf(user)
  if (account !== undefined) channel.founderAccount = account
}

function forgetExpected(channel: Channel, account: string | undefined): void {
  if (account === undefined || channel.expected?.has(account) !== true) return
  const expected = new Set(channel.expected)
  expected.delete(account)
  if (expected.size === 0) delete channel.expected
  else channel.expected = expected
}

function forgetAwaited(channel: Channel, account: string | undefined): void {
  if (channel.rest === undefined || account === undefined) return
  const members = new Map(channel.rest.members)
  if (members.delete(account)) channel.rest = { ...channel.rest, members }
}

export function setRegistration(network: Network, event: RegistrationChanged): void {
  const { channel, founderAccount, registration } = event
  if (founderAccount === undefined) delete channel.founderAccount
  else channel.founderAccount = founderAccount
  delete channel.founder
  if (registration === undefined) delete channel.registration
  else channel.registration = registration
  removeIfDone(network, channel)
}

export function endRest(network: Network, { channel, heir }: RestEnded): void {
  delete channel.rest
  network.resting.delete(channel)
  if (heir !== undefined) {
    delete channel.founderAccount
    giveTo(channel, heir)
  }
  removeIfDone(network, channel)
}

export function renameRoom(network: Network, channel: Channel, name: string): void {
  network.channels.delete(foldCase(channel.name))
  removeName(network.channelLooks, channel.name)
  channel.name = name
  network.channels.set(foldCase(name), channel)
  addName(network.channelLooks, name)
}

/** An account that is gone can't come back to a room that waits for it. */
export function awaitNoMore({ resting }: Network, account: string): void {
  for (const channel of resting) forgetAwaited(channel, account)
}
