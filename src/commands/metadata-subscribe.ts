import { MESSAGE_BYTES } from '../protocol/limits.ts'
import { isMetadataKey } from '../protocol/metadata.ts'
import type { Numeric } from '../protocol/numeric.ts'
import {
  metadataSubscribed,
  metadataSubscriptions,
  metadataUnsubscribed,
} from '../protocol/replies.ts'
import { fail } from '../protocol/standard-replies.ts'
import { packWords } from '../protocol/text-lines.ts'
import { isUserContext, type CommandContext } from './command.ts'
import { numeric, standard, type Effect } from './effect.ts'
import { showRoom } from './metadata-read.ts'
import { invalidKey, type MetadataTarget } from './metadata-target.ts'

/** "The server MUST process each key in order" */
export function* subscribe(context: CommandContext, target: MetadataTarget): Iterable<Effect> {
  const { session, server } = context
  if (!isSelf(context, target)) return yield notOneself(target)
  const wanted = new Set(session.subscriptions)
  const done: string[] = []
  const refusals: Effect[] = []
  for (const key of context.params.slice(2)) {
    if (!isMetadataKey(key)) {
      refusals.push(invalidKey(key))
      continue
    }
    if (!wanted.has(key) && wanted.size >= server.limits.chat.metadataSubscriptions) {
      refusals.push(standard(fail('METADATA', 'TOO_MANY_SUBS', [key], 'Too many subscriptions')))
      break
    }
    wanted.add(key)
    done.push(key)
  }
  const isMore = done.some((key) => session.subscriptions?.has(key) !== true)
  session.subscriptions = wanted
  yield* packed(context, done, metadataSubscribed)
  yield* refusals
  if (!isMore || !isUserContext(context)) return
  for (const channel of context.user.channels) yield* showRoom(context, channel)
}

export function* unsubscribe(context: CommandContext, target: MetadataTarget): Iterable<Effect> {
  const { session } = context
  if (!isSelf(context, target)) return yield notOneself(target)
  const keys = context.params.slice(2)
  const wanted = new Set(session.subscriptions)
  const known = keys.filter(isMetadataKey)
  for (const key of known) wanted.delete(key)
  session.subscriptions = wanted
  yield* packed(context, known, metadataUnsubscribed)
  for (const key of keys) if (!isMetadataKey(key)) yield invalidKey(key)
}

export function* listSubscriptions(
  context: CommandContext,
  target: MetadataTarget,
): Iterable<Effect> {
  if (!isSelf(context, target)) return yield notOneself(target)
  const effects = packed(context, [...(context.session.subscriptions ?? [])], metadataSubscriptions)
  yield { kind: 'batch', type: 'metadata-subs', params: [], effects }
}

function isSelf({ user }: CommandContext, target: MetadataTarget): boolean {
  return target.kind === 'stranger' || (target.kind === 'user' && target.user === user)
}

function notOneself({ name }: MetadataTarget): Effect {
  const text = 'Subscriptions are your own: the target is *'
  return standard(fail('METADATA', 'INVALID_TARGET', [name], text))
}

function packed(
  { server }: CommandContext,
  keys: readonly string[],
  line: (keys: readonly string[]) => Numeric,
): Effect[] {
  const room = MESSAGE_BYTES - server.name.length - NICK_AND_FRAME_BYTES
  return packWords(new Set(keys), room).map((words) => numeric(line(words.split(' '))))
}

/** The longest nick there can be, the code, and what stands between. */
const NICK_AND_FRAME_BYTES = 280
