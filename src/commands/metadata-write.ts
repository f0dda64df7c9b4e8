import { isMetadataKey, valueFault } from '../protocol/metadata.ts'
import { OPERATOR } from '../protocol/modes.ts'
import { keyNotSet, keyValue } from '../protocol/replies.ts'
import { isReservedNick } from '../protocol/reserved-nicks.ts'
import { lookalikeOf } from '../protocol/lookalikes.ts'
import { fail } from '../protocol/standard-replies.ts'
import { ownerOf, usersOf } from '../state/account-book.ts'
import { authorityOver } from '../state/channel-access.ts'
import { metadataOf, ownerOfMetadata, type Metadata } from '../state/metadata.ts'
import { accountKeyOf, mayAs } from '../state/user.ts'
import { isUserContext, type CommandContext, type UserContext } from './command.ts'
import { event, numeric, standard, type Effect } from './effect.ts'
import { fitsLine } from './line-fit.ts'
import { invalidKey, noPermission, type MetadataTarget } from './metadata-target.ts'
import { mutedRefusal } from './muted.ts'
import { audit } from './operator-action.ts'

/** Without a value, the key is taken away. */
export function* setValue(context: CommandContext, target: MetadataTarget): Iterable<Effect> {
  const [, , key = '', value] = context.params
  if (!isMetadataKey(key)) return yield invalidKey(key)
  const refusal = refusalOf(context, target, key) ?? faultOf(context, target, { key, value })
  if (refusal !== undefined) return yield refusal
  yield* put(context, target, { key, value })
  yield numeric(
    value === undefined ? keyNotSet(target.name, key) : keyValue(target.name, key, value),
  )
}

export function* clearValues(context: CommandContext, target: MetadataTarget): Iterable<Effect> {
  const refusal = refusalOf(context, target, '*')
  if (refusal !== undefined) return yield refusal
  const cleared = [...valuesOf(context, target)]
  for (const [key] of cleared) yield* put(context, target, { key, value: undefined })
  const effects = cleared.map(([key]) => numeric(keyNotSet(target.name, key)))
  yield { kind: 'batch', type: 'metadata', params: [target.name], effects }
}

/** What a client said of itself before it had registered is from now on said to all. */
export function* saySavedValues(context: UserContext): Iterable<Effect> {
  const { session, user } = context
  const { metadata } = session
  if (metadata === undefined) return
  delete session.metadata
  const target = { kind: 'user', user, name: user.nick } as const
  for (const [key, value] of metadata) {
    const fault = faultOf(context, target, { key, value })
    if (fault === undefined) yield* put(context, target, { key, value })
    else yield fault
  }
}

interface Entry {
  readonly key: string
  readonly value: string | undefined
}

function valuesOf({ network, session }: CommandContext, target: MetadataTarget): Metadata {
  if (target.kind === 'stranger') return session.metadata ?? new Map()
  return metadataOf(network, ownerOfMetadata(target))
}

/** Their own, and of rooms in which they are operators; what others say of themselves only by a privilege. */
function refusalOf(
  context: CommandContext,
  target: MetadataTarget,
  key: string,
): Effect | undefined {
  if (isUserContext(context) && target.kind !== 'stranger') {
    if (!mayWrite(context, target)) return noPermission(target, key)
    const muted = mutedRefusal(context, [target.name])
    if (muted !== undefined) return muted
  }
  return isTooFast(context) ? tooFast(context, target, key) : undefined
}

function mayWrite({ user }: UserContext, target: MetadataTarget): boolean {
  if (target.kind === 'channel') return authorityOver(target.channel, user, OPERATOR) !== undefined
  return target.kind === 'stranger' || target.user === user || mayAs(user, 'override')
}

const WINDOW_MS = 60_000

function isTooFast({ session, server, monotonicMs }: CommandContext): boolean {
  const { sinceMs = 0, count = 0 } = session.metadataSets ?? {}
  const isOver = monotonicMs - sinceMs >= WINDOW_MS
  session.metadataSets = isOver ? { sinceMs: monotonicMs, count: 1 } : { sinceMs, count: count + 1 }
  return session.metadataSets.count > server.limits.chat.metadataPerMinute
}

function tooFast(
  { session, monotonicMs }: CommandContext,
  target: MetadataTarget,
  key: string,
): Effect {
  const leftMs = (session.metadataSets?.sinceMs ?? 0) + WINDOW_MS - monotonicMs
  const seconds = String(Math.max(1, Math.ceil(leftMs / 1000)))
  const text = `Too many changes: try again in ${seconds} seconds`
  return standard(fail('METADATA', 'RATE_LIMITED', [target.name, key, seconds], text))
}

function faultOf(
  context: CommandContext,
  target: MetadataTarget,
  { key, value }: Entry,
): Effect | undefined {
  const { limits } = context.server
  const values = valuesOf(context, target)
  if (value === undefined) {
    if (values.has(key)) return undefined
    return standard(fail('METADATA', 'KEY_NOT_SET', [target.name, key], 'It is not set'))
  }
  const { metadataKeys, metadataValueBytes } = limits.chat
  if (!values.has(key) && values.size >= metadataKeys) {
    const text = `There are ${metadataKeys} keys already`
    return standard(fail('METADATA', 'LIMIT_REACHED', [target.name], text))
  }
  const fault =
    valueFault(key, value, metadataValueBytes) ?? misfit(context, target, { key, value })
  return fault === undefined ? undefined : standard(fail('METADATA', 'VALUE_INVALID', [], fault))
}

/** Others must be able to hear it, and must not be led to take somebody for somebody else. */
function misfit(
  { network, user, session }: CommandContext,
  target: MetadataTarget,
  { key, value }: { readonly key: string; readonly value: string },
): string | undefined {
  if (user !== undefined && !fitsLine(user, 'METADATA', [target.name, key, '*', value])) {
    return 'the value is too long'
  }
  if (key !== 'display-name' || target.kind === 'channel') return undefined
  const self = target.kind === 'user' ? target.user : session
  const nick = lookalikeOf(network.userLooks, value, self.nick)
  const owner = ownerOf(network, value)
  const isOthers = owner !== undefined && owner.key !== accountKeyOf(self)
  const isTaken = nick !== undefined || isOthers || isReservedNick(value)
  return isTaken ? 'it looks like the nick of somebody else' : undefined
}

/** Everybody who is logged in to the account says it. */
function* put(
  context: CommandContext,
  target: MetadataTarget,
  { key, value }: Entry,
): Iterable<Effect> {
  const { network, session, user: by } = context
  if (target.kind === 'stranger' || by === undefined) {
    const values = new Map(session.metadata)
    if (value === undefined) values.delete(key)
    else values.set(key, value)
    session.metadata = values
    return
  }
  const said = {
    kind: 'metadataChanged',
    by,
    key,
    ...(value === undefined ? {} : { value }),
  } as const
  if (target.kind === 'channel') {
    const { channel } = target
    if (authorityOver(channel, by, OPERATOR) === 'override') {
      yield audit('override', by, { channel: channel.name, command: 'METADATA' })
    }
    return yield event({ ...said, subject: { kind: 'channel', channel } })
  }
  if (target.user !== by) yield audit('metadata', by, { nick: target.user.nick, key })
  const account = accountKeyOf(target.user)
  const users = account === undefined ? [target.user] : usersOf(network, account)
  for (const user of users) yield event({ ...said, subject: { kind: 'user', user } })
}
