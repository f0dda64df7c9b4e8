import { CAP, hasCap, type Capabilities } from '../protocol/capabilities.ts'
import { prefixesOf, prefixOf } from '../protocol/modes.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { endOfNames, names } from '../protocol/replies.ts'
import { packWords } from '../protocol/text-lines.ts'
import { canSee, hasFlag, type Channel } from './channel.ts'
import { hasUserMode, type User } from './user.ts'

/** Room for the rest of a 353: source, code, nick and channel of the greatest length, and the line end. */
const ENTRIES_BYTES = 300

/**
 * What NAMES answers about one channel, 366 included. Outsiders see neither the members of a secret
 * channel nor invisible members. https://modern.ircdocs.horse/#names-message
 */
export function namesReply(channel: Channel, viewer: User, caps: Capabilities): Numeric[] {
  const end = endOfNames(channel.name)
  if (!canSee(channel, viewer)) return [end]
  const symbol = hasFlag(channel, 's') ? '@' : '='
  const lines = packWords(namesEntries(channel, viewer, caps), ENTRIES_BYTES)
  return [...lines.map((line) => names(symbol, channel.name, line)), end]
}

function namesEntries(channel: Channel, viewer: User, caps: Capabilities): string[] {
  const prefix = hasCap(caps, CAP.multiPrefix) ? prefixesOf : prefixOf
  const withHost = hasCap(caps, CAP.userhostInNames)
  const isMember = channel.members.has(viewer)
  const entries: string[] = []
  for (const { user, ranks } of channel.members.values()) {
    if (!isMember && hasUserMode(user, 'i')) continue
    entries.push(prefix(ranks) + (withHost ? user.source : user.nick))
  }
  return entries
}
