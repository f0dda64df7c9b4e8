import type { ModeChange } from './mode-changes.ts'

/**
 * What is shown of a conversation, oldest first: messages, happenings between them, and gaps where something
 * may have been said that isn't here. Between two items with no gap there is nothing else.
 */
export interface Timeline {
  readonly items: readonly TimelineItem[]
  /** Nothing was said before the first item. False: there is a gap before it, or nothing can be asked. */
  readonly isComplete: boolean
}

/** Its key in lists; stays when the server gives the message its msgid. */
export type ItemId = string

export type TimelineItem = Message | Happening | Gap

/** Who said or did it, as they were called then. */
export interface Author {
  readonly nick: string
  /** Their key in `Model.people` while they are known. */
  readonly key: string
  readonly account?: string
  readonly isBot: boolean
  readonly isSelf: boolean
}

/** Consecutive messages of one `author.key` close in time are a group: see `grouping.ts`. */
export interface Message {
  readonly kind: 'message'
  readonly id: ItemId
  /** Absent until the server has named it, and with servers that name nothing. */
  readonly msgid?: string
  /** The server's time, or this client's until the server has said its own. Milliseconds since 1970. */
  readonly timeMs: number
  readonly author: Author
  readonly form: 'message' | 'notice' | 'action'
  /** As it was said, formatting included, lines parted by `\n`: see `format.ts`. Empty when it is redacted. */
  readonly text: string
  readonly life: Life
  readonly replyTo?: Quote
  readonly reactions: readonly Reaction[]
  /** Names this user, or has one of the highlight words. Never true of their own. */
  readonly isMention: boolean
  /** Said to those of this rank and above alone. */
  readonly onlyRank?: string
  /** It says anew what was redacted: the msgid of that. */
  readonly editOf?: string
}

/**
 * What is known of a message, and no more than that:
 * - `queued`: waits for a connection; `sending`: written, not answered.
 * - `said`: the server has shown it to everyone in its order.
 * - `written`: handed to a server that confirms nothing.
 * - `unknown`: the connection broke before the server said what became of it; it may or may not be there.
 * - `failed`: not said; `redacted`: taken away again.
 */
export type Life =
  | { readonly state: 'queued' | 'sending' | 'said' | 'written' | 'unknown' }
  | { readonly state: 'failed'; readonly refusal: Refusal }
  | {
      readonly state: 'redacted'
      readonly by: string
      readonly reason?: string
      /** The msgid of the message that says it anew, if its author did so. */
      readonly editedBy?: string
    }

/** Why something did not happen. */
export interface Refusal {
  /** The server's code (`404`, `INVALID_TARGET`), or this client's own in lower case: see `ClientFault`. */
  readonly code: string
  /** The server's words; absent for this client's own codes, which the UI puts into words. */
  readonly text?: string
  readonly context: readonly string[]
}

export type ClientFault =
  | 'timedOut'
  | 'notConnected'
  | 'notSupported'
  | 'unknownCommand'
  | 'missingParameter'
  | 'notFound'
  | 'tooLong'
  | 'queueFull'
  | 'badProof'
  /** The password would be readable on the way. */
  | 'insecure'
  /** The protocol has no way to say it with a space in it; the context says what. */
  | 'hasSpaces'

export interface Quote {
  readonly msgid: string
  /** Who said what is answered, and how it begins; absent while it isn't known here: `jump` loads it. */
  readonly nick?: string
  readonly excerpt?: string
}

export interface Reaction {
  readonly emoji: string
  readonly nicks: readonly string[]
  readonly isMine: boolean
}

/** Something that happened in a room. `who` did it; `whom` it was done to. */
export interface Happening {
  readonly kind: 'happening'
  readonly id: ItemId
  readonly msgid?: string
  readonly timeMs: number
  readonly what:
    | 'joined'
    | 'parted'
    | 'quit'
    | 'kicked'
    | 'nick'
    | 'topic'
    | 'modes'
    | 'renamed'
    | 'invited'
    | 'redacted'
  readonly who: Author
  readonly whom?: string
  /** The reason, the new nick, topic or name, or the modes: whatever `what` needs. */
  readonly text?: string
  /** The modes, one by one. */
  readonly changes?: readonly ModeChange[]
}

/**
 * Something may have been said here. `open`: `fill` asks for it; `filling`: it is asked for; `failed`: the
 * server refused, `fill` tries again; `lost`: the server keeps no history, so nobody can know.
 */
export interface Gap {
  readonly kind: 'gap'
  readonly id: ItemId
  readonly state: 'open' | 'filling' | 'failed' | 'lost'
  /** What is known before and after it; `older` absent: up to the beginning; `newer` absent: up to now. */
  readonly older?: Place
  readonly newer?: Place
}

export interface Place {
  readonly msgid?: string
  readonly timeMs: number
}
