import { foldCase } from '../protocol/casemap.ts'
import { DEFAULT_LIMITS } from '../protocol/limits.ts'
import { RANK, type ModeChange, type RankMode, type ListMode } from '../protocol/modes.ts'
import { addName, removeName } from '../protocol/lookalikes.ts'
import { addAccountUser, dropAccount, keepAccount, removeAccountUser } from './account-book.ts'
import type { Channel, Topic } from './channel.ts'
import { addConversation, erasePerson, forgetGuest } from './conversation.ts'
import type {
  AcceptChanged,
  ChannelModesChanged,
  Event,
  MonitorChanged,
  Registered,
  Renamed,
} from './event.ts'
import { evolveInvitation } from './evolve-invitation.ts'
import { evolveLogin } from './evolve-login.ts'
import { evolveMetadata } from './evolve-metadata.ts'
import {
  awaitNoMore,
  endRest,
  joinRoom,
  leaveRoom,
  renameRoom,
  setRegistration,
} from './evolve-room.ts'
import { addLoginFailure, forgetLoginFailures } from './login-failures.ts'
import { followMutes, muteAgainst, setMute } from './mute.ts'
import { moveMarker, renameMarkers } from './marker.ts'
import type { Network } from './network.ts'
import { addSent, expireSent, forgetSent } from './sent.ts'
import type { Session } from './session.ts'
import { KNOCK_INTERVAL_MS, sourceOf, type User } from './user.ts'

/**
 * Applies a fact: the only writer of the network's state. It decides nothing and refuses nothing; what
 * is possible and allowed was settled by the command that yielded the event. `nowMs` is the event's time.
 */
// oxlint-disable-next-line max-lines-per-function -- a case for each kind of event
export function evolve(network: Network, event: Event, nowMs: number): void {
  switch (event.kind) {
    case 'connected':
      return connect(network, event.session)
    case 'disconnected':
      return disconnect(network, event.session)
    case 'registered':
      return register(network, event, nowMs)
    case 'attached':
    case 'detached':
    case 'loggedIn':
    case 'loggedOut':
    case 'presenceChanged':
      return evolveLogin(network, event, nowMs)
    case 'accountKept':
      return keepAccount(network, event.account)
    case 'accountDropped':
      dropAccount(network, event.account.key)
      return awaitNoMore(network, event.account.key)
    case 'quit':
      return removeUser(network, event.user, nowMs)
    case 'renamed':
      return rename(network, event, nowMs)
    case 'joined':
      return joinRoom(network, event, nowMs)
    case 'parted':
    case 'kicked':
      return leaveRoom(network, event.user, event.channel)
    case 'conversationBegan':
      network.nextBuffer = Math.max(network.nextBuffer, event.conversation.buffer + 1)
      return addConversation(network, event.conversation)
    case 'personErased':
      return erasePerson(network, event.person)
    case 'said':
      event.by.lastSpokeMs = nowMs
      return addSent(network, event, nowMs)
    case 'unsaid':
      return forgetSent(network, event.said)
    case 'markerMoved':
      return moveMarker(network, event)
    case 'replayChosen':
      event.user.replay = event.replay
      return
    case 'sentExpired':
      return expireSent(network, event.beforeMs)
    case 'topicChanged':
      return setTopic(event.channel, event.topic)
    case 'channelModesChanged':
      for (const change of event.changes) changeChannelMode(network, event, change, nowMs)
      return
    case 'userModesChanged':
      for (const change of event.changes) changeUserMode(network, event.user, change)
      return
    case 'invited':
      if (event.opens) addInvitation(network, event.user, event.channel)
      return
    case 'channelRenamed':
      renameMarkers(network, event.oldName, event.name)
      return renameRoom(network, event.channel, event.name)
    case 'registrationChanged':
      return setRegistration(network, event)
    case 'restEnded':
      return endRest(network, event)
    case 'closureAdded':
      network.closures.set(foldCase(event.closure.name), event.closure)
      return
    case 'invitationMade':
    case 'invitationUsed':
    case 'invitationEnded':
      return evolveInvitation(network, event)
    case 'metadataChanged':
      return evolveMetadata(network, event)
    case 'closureRemoved':
      network.closures.delete(foldCase(event.closure.name))
      return
    case 'awayChanged':
      return setAway(event.user, event.text)
    case 'realNameChanged':
      event.user.realName = event.realName
      return
    case 'hostChanged':
      event.user.host = event.host
      event.user.source = sourceOf(event.user)
      setMute(event.user, muteAgainst(network.bans, event.user, nowMs))
      return
    case 'operatorGranted':
      event.user.operator = event.operator
      forgetLoginFailures(network.loginFailures, event.user.address)
      return
    case 'loginFailed':
      if (event.to === 'account') return
      return addLoginFailure(network.loginFailures, event.session.origin.address, nowMs)
    case 'capabilitiesChanged':
      event.session.caps = event.caps
      return
    case 'monitorChanged':
      return setMonitored(network, event)
    case 'silenceChanged':
      for (const change of event.changes) changeSilence(event.user, change)
      return
    case 'acceptChanged':
      return changeAccepts(event)
    case 'banAdded':
      network.bans = [...network.bans.filter((ban) => !isSameBan(ban, event.ban)), event.ban]
      return followMutes(network, event, nowMs)
    case 'banRemoved':
      network.bans = network.bans.filter((ban) => !isSameBan(ban, event.ban))
      return followMutes(network, event, nowMs)
    case 'knocked':
      return addKnock(event.user, event.channel, nowMs)
    case 'redacted':
    case 'metadataShown':
    case 'wallops':
    case 'serverNotice':
    case 'channelNotice':
    case 'announced':
      return
    default:
      event satisfies never
  }
}

function isSameBan(a: { kind: string; mask: string }, b: { kind: string; mask: string }): boolean {
  return a.kind === b.kind && a.mask === b.mask
}

function connect(network: Network, session: Session): void {
  network.sessions.set(session.id, session)
  network.strangers.add(session)
  network.counts.peakLocal = Math.max(network.counts.peakLocal, network.sessions.size)
}

function disconnect(network: Network, session: Session): void {
  network.sessions.delete(session.id)
  network.strangers.delete(session)
  const removed = [...(session.monitoring ?? [])]
  setMonitored(network, { kind: 'monitorChanged', session, added: [], removed })
}

function register(network: Network, { session, user }: Registered, nowMs: number): void {
  session.user = user
  network.strangers.delete(session)
  user.sessions.push(session)
  addUser(network, user, nowMs)
}

/** With its connection, or without one if they stay on. */
export function addUser(network: Network, user: User, nowMs: number): void {
  setMute(user, muteAgainst(network.bans, user, nowMs))
  network.users.set(foldCase(user.nick), user)
  addName(network.userLooks, user.nick)
  addAccountUser(network, user)
  network.counts.peakUsers = Math.max(network.counts.peakUsers, network.users.size)
  if (user.modes.includes('i')) network.counts.invisible++
}

function removeUser(network: Network, user: User, nowMs: number): void {
  for (const channel of user.channels) leaveRoom(network, user, channel)
  forgetNick(network, user, nowMs)
  if (user.modes.includes('i')) network.counts.invisible--
  if (user.modes.includes('o')) network.counts.operators--
  removeAccountUser(network, user)
  for (const session of user.sessions) delete session.user
  user.sessions.length = 0
  forgetGuest(network, user.person)
}

function rename(network: Network, { user, nick }: Renamed, nowMs: number): void {
  forgetNick(network, user, nowMs)
  user.nick = nick
  user.source = sourceOf(user)
  network.users.set(foldCase(nick), user)
  addName(network.userLooks, nick)
}

function forgetNick(network: Network, user: User, nowMs: number): void {
  network.users.delete(foldCase(user.nick))
  removeName(network.userLooks, user.nick)
  const { nick, userName, host, realHost, address, realName, account } = user
  const past = { nick, userName, host, realHost, address, realName, leftAtMs: nowMs }
  network.whowas.push(account === undefined ? past : { ...past, account })
  if (network.whowas.length > 2 * DEFAULT_LIMITS.chat.whowasEntries) {
    network.whowas.splice(0, network.whowas.length - DEFAULT_LIMITS.chat.whowasEntries)
  }
}

function setTopic(channel: Channel, topic: Topic): void {
  if (topic.text === '') delete channel.topic
  else channel.topic = topic
}

function setAway(user: User, text: string | undefined): void {
  if (text === undefined) delete user.away
  else user.away = text
}

function changeSilence(user: User, { sign, argument = '' }: ModeChange): void {
  const others = (user.silence ?? []).filter((mask) => mask !== argument)
  user.silence = sign === '+' ? [...others, argument] : others
}

function changeAccepts({ user, added, removed }: AcceptChanged): void {
  const accepts = new Set(user.accepts)
  for (const person of removed) accepts.delete(person)
  for (const person of added) accepts.add(person)
  user.accepts = accepts
}

/** Channels that are gone are forgotten here, so that invitations don't pile up. */
function addInvitation(network: Network, user: User, channel: Channel): void {
  const living = [...(user.invitedTo ?? [])].filter((each) => isThere(network, each))
  user.invitedTo = new Set([...living, channel])
}

function isThere(network: Network, channel: Channel): boolean {
  return network.channels.get(foldCase(channel.name)) === channel
}

function addKnock(user: User, channel: Channel, nowMs: number): void {
  const recent = [...(user.knocks ?? [])].filter(([, atMs]) => atMs + KNOCK_INTERVAL_MS > nowMs)
  user.knocks = new Map([...recent, [channel.id, nowMs]])
}

function changeChannelMode(
  network: Network,
  { channel, by }: ChannelModesChanged,
  { sign, mode, argument = '' }: ModeChange,
  nowMs: number,
): void {
  if (mode in RANK) return changeRank(network, channel, { sign, mode, argument })
  switch (mode) {
    case 'b':
    case 'e':
    case 'I': {
      const entries = channel.lists[mode satisfies ListMode].filter(
        (entry) => entry.mask !== argument,
      )
      if (sign === '+') entries.push({ mask: argument, setBy: by?.source ?? '*', setAtMs: nowMs })
      channel.lists[mode] = entries
      return
    }
    case 'k':
      if (sign === '+') channel.key = argument
      else delete channel.key
      return
    case 'l':
      if (sign === '+') channel.memberLimit = Number(argument)
      else delete channel.memberLimit
      return
    case 'f':
      if (sign === '+') channel.forward = argument
      else delete channel.forward
      return
    default:
      channel.flags = withLetter(channel.flags, sign, mode)
  }
}

function changeRank(network: Network, channel: Channel, change: ModeChange): void {
  const user = network.users.get(foldCase(change.argument ?? ''))
  const membership = user === undefined ? undefined : channel.members.get(user)
  if (membership === undefined) return
  const bit = RANK[change.mode as RankMode]
  membership.ranks = change.sign === '+' ? membership.ranks | bit : membership.ranks & ~bit
}

function changeUserMode(network: Network, user: User, { sign, mode }: ModeChange): void {
  const had = user.modes.includes(mode)
  user.modes = withLetter(user.modes, sign, mode)
  const step = Number(user.modes.includes(mode)) - Number(had)
  if (mode === 'i') network.counts.invisible += step
  if (mode !== 'o') return
  network.counts.operators += step
  if (sign === '-') delete user.operator
}

/** Letters stay sorted, so that what is shown doesn't depend on the order in which they were set. */
function withLetter(letters: string, sign: '+' | '-', letter: string): string {
  const others = letters.replace(letter, '')
  return sign === '+' ? Array.from(`${others}${letter}`).sort().join('') : others
}

function setMonitored(network: Network, { session, added, removed }: MonitorChanged): void {
  if (added.length === 0 && removed.length === 0) return
  const monitoring = new Set(session.monitoring)
  for (const nick of removed) {
    monitoring.delete(nick)
    const watchers = network.monitors.get(nick)
    watchers?.delete(session)
    if (watchers?.size === 0) network.monitors.delete(nick)
  }
  for (const nick of added) {
    monitoring.add(nick)
    const watchers = network.monitors.get(nick)
    if (watchers === undefined) network.monitors.set(nick, new Set([session]))
    else watchers.add(session)
  }
  session.monitoring = monitoring
}
