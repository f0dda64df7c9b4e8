import { MESSAGE_BYTES } from '../protocol/limits.ts'
import type { Numeric } from '../protocol/numeric.ts'
import { tooManyMatches } from '../protocol/errors.ts'
import { utf8Length } from '../protocol/utf8.ts'
import type { UserContext } from './command.ts'
import { numeric, type Effect } from './effect.ts'

/** `:`, the space and three digits of the code, the space before the nick, ` :` and the line end. */
const FRAME_BYTES = 10

/** Bytes that a numeric to this client has left for its last parameter, when `words` come before it. */
export function replyRoom({ server, user }: UserContext, ...words: readonly string[]): number {
  let bytes = FRAME_BYTES + utf8Length(server.name) + utf8Length(user.nick)
  for (const word of words) bytes += 1 + utf8Length(word)
  return MESSAGE_BYTES - bytes
}

export interface Bounds {
  readonly command: string
  /** How to ask for less. */
  readonly advice: string
  /** Besides the bound in bytes. */
  readonly most?: number
}

/**
 * Lists lazily, up to a part of the send queue: an answer must never close the connection that asked
 * for it, not even when a client asks for as many as its line budget allows before it reads any. What
 * is left out is said with 416, and how to get it.
 */
export function* withinBounds(
  context: UserContext,
  numerics: Iterable<Numeric>,
  { command, advice, most = Infinity }: Bounds,
): Iterable<Effect> {
  const mostBytes = context.server.limits.edge.sendQueueBytes * SHARE_OF_QUEUE
  const frameBytes = TAG_BYTES + MESSAGE_BYTES - replyRoom(context)
  let bytes = 0
  let count = 0
  for (const each of numerics) {
    bytes += frameBytes + bytesOf(each)
    if (count === most || bytes > mostBytes) {
      return yield numeric(tooManyMatches(command, `Only the first ${count} are shown: ${advice}`))
    }
    count++
    yield numeric(each)
  }
}

/** Five of these at once, the line budget's burst, still leave room for what others say. */
const SHARE_OF_QUEUE = 1 / 8
/** The time, and the reference of a batch. */
const TAG_BYTES = 70

function bytesOf({ params }: Numeric): number {
  let bytes = 0
  for (const param of params) bytes += 1 + utf8Length(param)
  return bytes
}
