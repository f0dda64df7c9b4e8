/** What user interfaces ask of the client. */
import type { ConversationId, SearchQuery } from './model.ts'
import type { ItemId } from './timeline.ts'

/** With a `ref`, a change `outcome` with the same one says what became of it. */
export type Intent = IntentBody & { readonly ref?: string }

export type IntentBody =
  | ConnectionIntent
  | IdentityIntent
  | RoomIntent
  | MessageIntent
  | ReadingIntent
  | ModerationIntent
  | LookupIntent

export type ConnectionIntent =
  /** Connects, and keeps connecting, until `disconnect`. */
  | { readonly kind: 'connect' }
  /** Now, instead of when the wait is over. */
  | { readonly kind: 'retryNow' }
  /** The device has woken, or come to another network: what waits is tried now, what seems to be there is asked. */
  | { readonly kind: 'wake' }
  | { readonly kind: 'disconnect'; readonly reason?: string }
  /** A line as it is, for those who know what they do. */
  | { readonly kind: 'raw'; readonly line: string }

export type IdentityIntent =
  | { readonly kind: 'chooseNick'; readonly nick: string }
  | { readonly kind: 'login'; readonly login: Login }
  /** Goes on without an account. */
  | { readonly kind: 'guest' }
  | {
      readonly kind: 'register'
      /** Absent: named like the nick. */
      readonly account?: string
      readonly password: string
      readonly email?: string
      readonly invitation?: string
    }
  /** A password for this device alone, which can be taken back alone: the outcome's `secret`. docs/accounts.md */
  | { readonly kind: 'makeAppPassword' | 'dropAppPassword'; readonly label: string }
  | { readonly kind: 'verify'; readonly account: string; readonly code: string }
  /** Without `text`: back. */
  | { readonly kind: 'away'; readonly text?: string }
  | { readonly kind: 'setRealName'; readonly realName: string }
  /** Without `value` it is taken away. Of oneself, or of a room. */
  | {
      readonly kind: 'setMetadata'
      readonly conversation?: ConversationId
      readonly key: string
      readonly value?: string
    }
  /** Words that make a message a mention, beside the nick and the display name. */
  | { readonly kind: 'setHighlights'; readonly words: readonly string[] }

export type Login =
  | { readonly mechanism: 'password'; readonly account: string; readonly password: string }
  /** What `makeAppPassword` made: servers have no SCRAM keys of it. */
  | { readonly mechanism: 'appPassword'; readonly account: string; readonly password: string }
  /** By the certificate of the connection. */
  | { readonly mechanism: 'certificate'; readonly account?: string }

export type RoomIntent =
  | { readonly kind: 'join'; readonly name: string; readonly key?: string }
  | { readonly kind: 'part'; readonly conversation: ConversationId; readonly reason?: string }
  /** Begins a direct conversation, or finds it. */
  | { readonly kind: 'open'; readonly nick: string }
  /** Takes a conversation from the list; a room is left first. */
  | { readonly kind: 'close'; readonly conversation: ConversationId }
  | { readonly kind: 'invite'; readonly conversation: ConversationId; readonly nick: string }
  | { readonly kind: 'knock'; readonly name: string; readonly text?: string }
  | {
      readonly kind: 'renameRoom'
      readonly conversation: ConversationId
      readonly name: string
      readonly reason?: string
    }
  | {
      readonly kind: 'setNotify'
      readonly conversation: ConversationId
      readonly notify: 'all' | 'mentions' | 'nothing'
    }

export type MessageIntent =
  /** What was typed: a slash command (`slash.ts`), or something to say. */
  | { readonly kind: 'enter'; readonly conversation: ConversationId; readonly text: string }
  | {
      readonly kind: 'say'
      readonly conversation: ConversationId
      readonly text: string
      readonly form?: 'message' | 'notice' | 'action'
      /** A msgid. */
      readonly replyTo?: string
      readonly again?: SaidBefore
    }
  /** To somebody or somewhere that need not be open; opens a direct conversation. */
  | { readonly kind: 'sayTo'; readonly target: string; readonly text: string }
  /** Sends what failed, or whose fate is unknown, again. */
  | { readonly kind: 'resend'; readonly conversation: ConversationId; readonly item: ItemId }
  /** Drops what is queued, failed or unknown. */
  | { readonly kind: 'discard'; readonly conversation: ConversationId; readonly item: ItemId }
  | {
      readonly kind: 'react' | 'unreact'
      readonly conversation: ConversationId
      readonly msgid: string
      readonly emoji: string
    }
  | {
      readonly kind: 'redact'
      readonly conversation: ConversationId
      readonly msgid: string
      readonly reason?: string
    }
  /** Redacts one's own message and says it anew. Keep the text until it is `done`. */
  | {
      readonly kind: 'edit'
      readonly conversation: ConversationId
      readonly msgid: string
      readonly text: string
    }
  /** What the field holds, at each stroke: kept as the draft; others see that we type. */
  | { readonly kind: 'draft'; readonly conversation: ConversationId; readonly text: string }

/**
 * For an interface that may go before the client has kept what it was told: it says it with a name of its own, and
 * when it comes back with the same one again, as it can't know whether it had been heard. It is said once.
 */
export interface SaidBefore {
  /** As `newClientMsgid` makes them. */
  readonly name: string
  /** Wall clock. Absent: it is the first time. */
  readonly atMs?: number
}

export type ReadingIntent =
  /** What is on the screen: what is kept in memory follows it. Tell it when one scrolls, before `fill`. */
  | {
      readonly kind: 'look'
      readonly conversation: ConversationId
      /** The item in view; absent: the end. */
      readonly at?: ItemId
    }
  /** Seen up to this item, or to the end. */
  | { readonly kind: 'read'; readonly conversation: ConversationId; readonly upTo?: ItemId }
  /** `side`: where one comes from: `newer` when scrolling up. */
  | {
      readonly kind: 'fill'
      readonly conversation: ConversationId
      readonly gap: ItemId
      readonly side: 'newer' | 'older'
      /** The item in view meanwhile, if the gap isn't. */
      readonly at?: ItemId
    }
  /** Loads what is around a message; the outcome's `item` is where it is. */
  | { readonly kind: 'jump'; readonly target: string; readonly msgid: string }
  | { readonly kind: 'search'; readonly query: SearchQuery }
  | { readonly kind: 'clearSearch' }
  | { readonly kind: 'dismissNotice'; readonly id: string }

export type ModerationIntent =
  /** Without `text` it is taken away. */
  | { readonly kind: 'setTopic'; readonly conversation: ConversationId; readonly text?: string }
  | {
      readonly kind: 'kick'
      readonly conversation: ConversationId
      readonly nick: string
      readonly reason?: string
    }
  /** By the mask of a person, or by a mask. `mute`: may stay, but not speak. */
  | {
      readonly kind: 'ban' | 'unban' | 'mute' | 'unmute'
      readonly conversation: ConversationId
      readonly whom: string
      /** Why, as a notice that the room gets once it is done: the mode itself has no place for it. */
      readonly notice?: string
    }
  | {
      readonly kind: 'setModes'
      readonly conversation: ConversationId
      /** `+o-v`, then their arguments. */
      readonly modes: readonly string[]
    }
  | { readonly kind: 'setOwnModes'; readonly modes: string }
  /** Asks for what a list mode holds. */
  | { readonly kind: 'loadList'; readonly conversation: ConversationId; readonly mode: string }

export type LookupIntent =
  | { readonly kind: 'whois'; readonly nick: string }
  | { readonly kind: 'listRooms'; readonly filter?: string }
  /** To a service: `NickServ`, `ChanServ`. What it answers are notices. */
  | { readonly kind: 'askService'; readonly service: string; readonly text: string }

/** What became of an intent. */
export type Outcome =
  | {
      readonly kind: 'done'
      readonly conversation?: ConversationId
      readonly item?: ItemId
      readonly secret?: string
    }
  | {
      readonly kind: 'refused'
      readonly code: string
      readonly text?: string
      readonly context: readonly string[]
    }
  /** The server didn't answer, or the connection broke before: it may have happened or not. */
  | { readonly kind: 'unknown' }
