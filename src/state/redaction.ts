import { CAP, hasCap, type Capabilities } from '../protocol/capabilities.ts'
import type { Ranks } from '../protocol/modes.ts'
import type { Channel } from './channel.ts'
import type { Redacted } from './message-event.ts'
import { lineBy, type Line } from './line.ts'
import type { RedactRecord } from './record.ts'
import type { User } from './user.ts'

/** Where what is taken away was said: in a room, to those of at least a rank, or between two people. */
export type RedactionTarget =
  | {
      readonly kind: 'room'
      readonly channel: Channel
      readonly prefix: string
      readonly least: Ranks
    }
  /** `other`: how the one who redacts calls the other one. */
  | { readonly kind: 'pair'; readonly people: readonly string[]; readonly other: string }

export function redactRecord(
  { buffer, msgid, by, reason }: Redacted,
  timeMs: number,
): RedactRecord {
  return { kind: 'redact', buffer, msgid, source: by.source, reason, timeMs }
}

/** What those get who know it. https://ircv3.net/specs/extensions/message-redaction */
export function renderRedacted(
  { by, target, msgid, reason }: Redacted,
  receiver: User | undefined,
  { caps, time }: { readonly caps: Capabilities; readonly time: string },
): readonly Line[] {
  if (!hasCap(caps, CAP.messageRedaction)) return []
  const why = reason === '' ? [] : [reason]
  return [lineBy(by, 'REDACT', [nameFor(target, by, receiver), msgid, ...why], time)]
}

function nameFor(target: RedactionTarget, by: User, receiver: User | undefined): string {
  if (target.kind === 'room') return target.prefix + target.channel.name
  return receiver === undefined || receiver.person === by.person ? target.other : receiver.nick
}
