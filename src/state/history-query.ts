import type { Ranks } from '../protocol/modes.ts'
import type { BufferId, StoredEvent } from './record.ts'

/** A place in a buffer. A msgid stands where its event stands; a time before and after all that have another. */
export type HistoryPoint =
  | { readonly kind: 'msgid'; readonly msgid: string }
  | { readonly kind: 'time'; readonly timeMs: number }

/** Which events of a buffer one may see. */
export interface Sight {
  /** `messages`: PRIVMSG and NOTICE. `all`: whatever is kept. */
  readonly lines: 'messages' | 'all'
  /** One's ranks in the room: STATUSMSG for higher ones isn't shown. */
  readonly ranks: Ranks
  /** Nothing before this moment; 0: all. */
  readonly sinceMs: number
  /**
   * Whether what was redacted still has its place, without its content, and with `redaction`: for those who
   * can be told by REDACT. Without this it isn't there. https://ircv3.net/specs/extensions/message-redaction
   */
  readonly redacted?: 'shown'
}

/** https://ircv3.net/specs/extensions/chathistory; every bound is exclusive. */
export type PageSpan =
  | { readonly kind: 'before'; readonly point: HistoryPoint }
  | { readonly kind: 'after'; readonly point: HistoryPoint }
  | { readonly kind: 'latest'; readonly after?: HistoryPoint }
  /** `point` itself, when it is an event that may be seen, and as many before as after it. */
  | { readonly kind: 'around'; readonly point: HistoryPoint }
  /** Counted from `from`: if it is the later one, the newest are returned. */
  | { readonly kind: 'between'; readonly from: HistoryPoint; readonly to: HistoryPoint }

export interface PageQuery {
  readonly buffer: BufferId
  readonly span: PageSpan
  readonly sight: Sight
  /** At least 1. */
  readonly limit: number
}

/** Ascending in `seq`, at most `limit`, and only what `sight` allows: what can't be seen doesn't count. */
export type Page =
  | { readonly kind: 'page'; readonly events: readonly StoredEvent[] }
  /** The buffer has no event of this msgid, or it may not be seen. */
  | { readonly kind: 'noSuchMsgid'; readonly msgid: string }

/** Of the buffers asked for: those whose last visible message lies between the two, excluded, ordered by it. */
export interface TargetsQuery {
  readonly buffers: readonly { readonly buffer: BufferId; readonly sight: Sight }[]
  readonly fromMs: number
  readonly toMs: number
  readonly limit: number
}

export interface TargetRow {
  readonly buffer: BufferId
  /** Of its last PRIVMSG or NOTICE. */
  readonly timeMs: number
}

/** Newest first. Text is compared without case, and found inside words. */
export interface SearchQuery {
  readonly buffers: readonly { readonly buffer: BufferId; readonly sight: Sight }[]
  /** All of these must be in it. Empty: any text. */
  readonly words: readonly string[]
  /** Folded nick. */
  readonly from?: string
  readonly afterMs?: number
  readonly beforeMs?: number
  readonly hasLink?: true
  readonly limit: number
}
