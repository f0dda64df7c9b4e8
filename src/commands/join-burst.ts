import { CAP, hasCap, type Capabilities } from '../protocol/capabilities.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { topic, topicWhoTime } from '../protocol/replies.ts'
import type { Channel } from '../state/channel.ts'
import { namesReply } from '../state/names-reply.ts'
import type { User } from '../state/user.ts'

/** What every client is told of a room that it has come into, after its JOIN: the topic and the names. https://modern.ircdocs.horse/#join-message */
export function joinBurst(channel: Channel, user: User, caps: Capabilities): Numeric[] {
  if (hasCap(caps, CAP.noImplicitNames)) return topicReplies(channel)
  return [...topicReplies(channel), ...namesReply(channel, user, caps)]
}

/** 332 and 333; nothing for a channel without a topic. */
export function topicReplies({ name, topic: set }: Channel): Numeric[] {
  if (set === undefined) return []
  return [topic(name, set.text), topicWhoTime(name, set.setBy, Math.floor(set.setAtMs / 1000))]
}
