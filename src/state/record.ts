import type { Ranks } from '../protocol/modes.ts'

/**
 * What the log is made of. The core makes records and the log commits them; all records that one command
 * causes stand in one commit.
 */
export type LogRecord =
  | EventRecord
  | BufferRecord
  | KeepRecord
  | ForgetRecord
  | RedactRecord
  | SentRecord

/** The past of a room, or of two people, is a buffer. Its number is never used for another. */
export type BufferId = number

/** Lines that a buffer may hold. */
export type StoredCommand =
  | 'PRIVMSG'
  | 'NOTICE'
  | 'TAGMSG'
  | 'JOIN'
  | 'PART'
  | 'QUIT'
  | 'KICK'
  | 'NICK'
  | 'TOPIC'
  | 'MODE'
  | 'RENAME'

/** One line of a buffer's past: all that it takes to say it again. */
export interface StoredEvent {
  readonly buffer: BufferId
  /** Grows with every event of the buffer, and never goes back: live and in history, this is the order. */
  readonly seq: number
  /** Milliseconds since 1970; never less than the one before it in the buffer. */
  readonly timeMs: number
  readonly msgid: string
  readonly command: StoredCommand
  /** `nick!user@host`, or the server's name. */
  readonly source: string
  /** Who it was: `a:` and the account, `g:` and what marks this one visit of a guest; empty for the server. */
  readonly person: string
  readonly flags: number
  /** Only those of at least these ranks may see it: STATUSMSG. 0: all. */
  readonly least: Ranks
  /** Client-only tags, formatted; empty when there are none. */
  readonly clientTags: string
  /**
   * Of a message its text, or with `FLAG.multiline` a JSON array of `[text, concat]`; of anything else a JSON
   * array of the parameters after the target. Empty once it is redacted.
   */
  readonly body: string
  /** Only of a redacted event that is read: by whom and why. Never given to a commit. */
  readonly redaction?: Redaction
}

/** A message's content is gone; this stays. */
export interface Redaction {
  readonly source: string
  readonly reason: string
  readonly timeMs: number
}

/** What `flags` of a stored event is made of. */
export const FLAG = { bot: 1, multiline: 2, redacted: 4 } as const

export interface EventRecord {
  readonly kind: 'event'
  readonly event: StoredEvent
}

/** A buffer begins. */
export interface BufferRecord {
  readonly kind: 'buffer'
  readonly buffer: Buffer
}

export interface Buffer {
  readonly id: BufferId
  /** `pair`: of two people, or of one who talks to themselves. */
  readonly of: 'room' | 'pair'
  /** The room's name when it began; empty of a pair. */
  readonly name: string
  /** Of a pair: both, sorted; empty of a room. */
  readonly people: readonly string[]
  readonly createdAtMs: number
}

/** What is kept as it is now, without its past: the newest value of a key counts. `value` is JSON. */
export interface KeepRecord {
  readonly kind: 'keep'
  readonly table: KeptTable
  readonly key: string
  readonly value: string
}

export interface ForgetRecord {
  readonly kind: 'forget'
  readonly table: KeptTable
  readonly key: string
}

export type KeptTable =
  | 'account'
  | 'room'
  | 'marker'
  | 'metadata'
  | 'invitation'
  | 'presence'
  | 'device'

/** A message's content goes, and who took it away stays. */
export interface RedactRecord {
  readonly kind: 'redact'
  readonly buffer: BufferId
  readonly msgid: string
  /** Who redacted it, and why. */
  readonly source: string
  readonly reason: string
  readonly timeMs: number
}

/** What a client called its message, so that it isn't said twice. docs/client-msgid.md */
export interface SentRecord {
  readonly kind: 'sent'
  readonly person: string
  readonly clientMsgid: string
  readonly msgid: string
  readonly timeMs: number
  /** Of target and content: the same name for another message is refused. */
  readonly digest: string
}
