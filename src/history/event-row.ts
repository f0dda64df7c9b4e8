import { crc32 } from 'node:zlib'
import type { FLAG, StoredCommand, StoredEvent } from '../state/record.ts'

/** What databases call the commands. Numbers are given once. */
const NUMBERS: Readonly<Record<StoredCommand, number>> = {
  PRIVMSG: 1,
  NOTICE: 2,
  TAGMSG: 3,
  JOIN: 4,
  PART: 5,
  QUIT: 6,
  KICK: 7,
  NICK: 8,
  TOPIC: 9,
  MODE: 10,
  RENAME: 11,
}

const COMMANDS = new Map(
  Object.entries(NUMBERS).map(([command, number]) => [number, command as StoredCommand]),
)

export const REDACTED: (typeof FLAG)['redacted'] = 4

/** Whom an erased event came from. */
export const ERASED_SOURCE = 'erased!erased@erased'

/** The kinds of rows, which their index keeps apart: `messages` are PRIVMSG and NOTICE. */
export const KIND = { message: 0, other: 1, redactedMessage: 2, redactedOther: 3 } as const

export function commandNumber(command: StoredCommand): number {
  return NUMBERS[command]
}

/** Undefined: the row is damaged. */
export function commandOf(number: unknown): StoredCommand | undefined {
  return typeof number === 'number' ? COMMANDS.get(number) : undefined
}

export function kindOf({ command, flags }: Pick<StoredEvent, 'command' | 'flags'>): number {
  const kind = command === 'PRIVMSG' || command === 'NOTICE' ? KIND.message : KIND.other
  return (flags & REDACTED) === 0 ? kind : kind + KIND.redactedMessage
}

/** Of the row of `event`: a bit that a disk has turned is noticed. 32 bits, signed. */
export function checksumOf(event: StoredEvent): number {
  const { buffer, seq, timeMs, msgid, command, source } = event
  const { person, flags, least, clientTags, body } = event
  const head = `${buffer}\n${seq}\n${timeMs}\n${msgid}\n${command}\n${source}\n${person}`
  return crc32(`${head}\n${flags}\n${least}\n${clientTags}\n${body}`) | 0
}

/** The event without what it said; everything else stays. */
export function withoutContent(event: StoredEvent): StoredEvent {
  return { ...event, flags: event.flags | REDACTED, clientTags: '', body: '' }
}

/** The event without what it said and who said it; its place stays. */
export function erased(event: StoredEvent): StoredEvent {
  return { ...withoutContent(event), source: ERASED_SOURCE, person: '' }
}
