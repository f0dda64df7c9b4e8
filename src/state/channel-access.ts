/** Who may come into a channel, who may speak in it, and who may change it. */
import { fitsAccount, parseExtban } from '../protocol/extban.ts'
import { matchMask } from '../protocol/mask.ts'
import { HALFOP, VOICE, type ListMode, type Ranks } from '../protocol/modes.ts'
import { accessOf, hasFlag, powerOf, type Channel } from './channel.ts'
import { muteOf } from './mute.ts'
import { isInNetwork } from './server-ban.ts'
import { accountKeyOf, mayAs, type User } from './user.ts'

/** In the order in which they are looked at: who is banned isn't told what else stands in the way. */
export type JoinRefusal = 'banned' | 'inviteOnly' | 'needAccount' | 'badKey' | 'full'

/**
 * Why `user` may not come in; `undefined`: they may. An invitation by somebody with power in the channel
 * opens it whatever stands in the way, and so does power in it that is the account's.
 */
export function joinRefusal(channel: Channel, user: User, key?: string): JoinRefusal | undefined {
  if (isInvited(channel, user) || accessOf(channel, user) >= HALFOP) return undefined
  if (isBanned(channel, user, 'join')) return 'banned'
  if (hasFlag(channel, 'i') && !isExpected(channel, user)) return 'inviteOnly'
  if (hasFlag(channel, 'R') && user.account === undefined) return 'needAccount'
  if (channel.key !== undefined && channel.key !== key) return 'badKey'
  return isFull(channel) ? 'full' : undefined
}

function isInvited(channel: Channel, user: User): boolean {
  if (user.invitedTo?.has(channel) === true) return true
  const account = accountKeyOf(user)
  return account !== undefined && channel.expected?.has(account) === true
}

function isFull({ members, memberLimit = Infinity }: Channel): boolean {
  return members.size >= memberLimit
}

/** Who passes +i: those of the list, those with a place in the room, and who was in it when the server ended. */
function isExpected(channel: Channel, user: User): boolean {
  if (isListed(channel, 'I', user, 'join') || accessOf(channel, user) > 0) return true
  const account = accountKeyOf(user)
  if (account === undefined || channel.rest === undefined) return false
  return channel.rest.members.has(account) || channel.founderAccount === account
}

/** What somebody wants to say; a TAGMSG has no lines. */
export interface Speech {
  readonly lines: readonly { readonly text: string }[]
}

/**
 * Why `user` may not speak in `channel`; `undefined`: they may. A voice, or more, stands above all but
 * +C and what the server's operators said. Bans count here as well: "'banned' from joining or speaking in the channel"
 * https://modern.ircdocs.horse/#ban-channel-mode
 */
export function speechRefusal(channel: Channel, user: User, speech: Speech): string | undefined {
  const mute = muteOf(user)
  return mute === undefined ? channelsRefusal(channel, user, speech) : `muted: ${mute.reason}`
}

function channelsRefusal(channel: Channel, user: User, speech: Speech): string | undefined {
  const membership = channel.members.get(user)
  if (membership === undefined && hasFlag(channel, 'n')) return '+n'
  if (hasFlag(channel, 'C') && speech.lines.some(({ text }) => isCtcp(text))) return '+C'
  if ((membership?.ranks ?? 0) >= VOICE) return undefined
  if (hasFlag(channel, 'm')) return '+m'
  if (hasFlag(channel, 'M') && user.account === undefined) return '+M'
  return isBanned(channel, user, 'speak') ? '+b' : undefined
}

/** By what right somebody may do what needs a rank: the rank itself, or an operator's privilege. */
export type Authority = 'rank' | 'override'

export function authorityOver(channel: Channel, user: User, least: Ranks): Authority | undefined {
  if (powerOf(channel, user) >= least) return 'rank'
  return mayAs(user, 'override') ? 'override' : undefined
}

/** Whether the highest of `ranks` is above the highest of `others`. */
export function outranks(ranks: Ranks, others: Ranks): boolean {
  return Math.clz32(ranks) < Math.clz32(others)
}

/** What is asked about: mutes (`~m:`) count for speaking alone. */
type Purpose = 'join' | 'speak'

function isBanned(channel: Channel, user: User, purpose: Purpose): boolean {
  return isListed(channel, 'b', user, purpose) && !isListed(channel, 'e', user, purpose)
}

function isListed(channel: Channel, mode: ListMode, user: User, purpose: Purpose): boolean {
  return channel.lists[mode].some(({ mask }) => fitsEntry(mask, user, purpose))
}

function fitsEntry(mask: string, user: User, purpose: Purpose): boolean {
  const extban = parseExtban(mask)
  if (extban === undefined) return fitsAddressMask(mask, user)
  if (extban.kind === 'account') return fitsAccount(extban.account, user.account)
  return purpose === 'speak' && fitsEntry(extban.mask, user, purpose)
}

type Addressed = Pick<User, 'nick' | 'userName' | 'host' | 'source'>

/**
 * By what everyone sees: the host or its cloak, and where hosts aren't cloaked also as a network,
 * `*!*@192.0.2.0/24`. Never by what is hidden: whoever may set bans could find out an address by
 * trial. The parts of a cloak stand for its networks, so that a ban takes in a neighbourhood anyway.
 */
export function fitsAddressMask(mask: string, user: Addressed): boolean {
  if (matchMask(mask, user.source)) return true
  const at = mask.lastIndexOf('@')
  if (!mask.includes('/', at)) return false
  const who = `${user.nick}!${user.userName}@`
  return matchMask(`${mask.slice(0, at)}@*`, who) && isInNetwork(mask.slice(at + 1), user.host)
}

/** "ACTION" is how people say what they do, and no question to a client. https://modern.ircdocs.horse/ctcp.html */
function isCtcp(text: string): boolean {
  return text.startsWith(CTCP) && !/^ACTION(?:\W|$)/.test(text.slice(CTCP.length))
}

const CTCP = '\u0001'
