import type { Ranks } from '../protocol/modes.ts'
import type { BatchLine, Session } from './session.ts'
import type { Channel } from './channel.ts'
import type { Conversation } from './conversation.ts'
import type { BufferId } from './record.ts'
import type { RedactionTarget } from './redaction.ts'
import type { ClientMsgid } from './sent.ts'
import type { User } from './user.ts'

/** What is said, taken back and read. */
export type MessageEvent =
  | Said
  | Unsaid
  | SentExpired
  | Redacted
  | MarkerMoved
  | ReplayChosen
  | PersonErased
  | ConversationBegan

/** Where a message goes: a channel, those of a channel at or above a rank, or one user. */
export type Target =
  | { readonly kind: 'channel'; readonly channel: Channel }
  | {
      readonly kind: 'ranks'
      readonly channel: Channel
      readonly prefix: string
      readonly least: Ranks
    }
  | { readonly kind: 'user'; readonly user: User }

export interface Said {
  readonly kind: 'said'
  readonly command: 'PRIVMSG' | 'NOTICE' | 'TAGMSG'
  readonly by: User
  /** The connection that said it. */
  readonly session: Session
  readonly target: Target
  /** One for a plain message, none for TAGMSG, several for a multiline message. */
  readonly lines: readonly BatchLine[]
  readonly multiline: boolean
  readonly msgid: string
  /** The client-only tags, formatted; empty when there are none. */
  readonly clientTags: string
  readonly clientMsgid?: ClientMsgid
}

/** The log couldn't keep it, so nobody got it. */
export interface Unsaid {
  readonly kind: 'unsaid'
  readonly said: Said
}

/** What clients called their messages from before `beforeMs` is forgotten. */
export interface SentExpired {
  readonly kind: 'sentExpired'
  readonly beforeMs: number
}

/** What somebody said is taken away again: it is gone from the log before anybody hears of it. */
export interface Redacted {
  readonly kind: 'redacted'
  readonly by: User
  readonly buffer: BufferId
  readonly target: RedactionTarget
  readonly msgid: string
  /** Empty: none is given. */
  readonly reason: string
}

/** Somebody has read up to a moment. Nobody but they themselves hears of it. */
export interface MarkerMoved {
  readonly kind: 'markerMoved'
  readonly user: User
  /** As they call it. */
  readonly target: string
  /** Its key among their markers: `markerKey`. */
  readonly key: string
  readonly timeMs: number
  /** The marker that had to make room. */
  readonly forgotten?: string
}

/** Somebody wants, or doesn't want, to be shown what was said when they come into a room. */
export interface ReplayChosen {
  readonly kind: 'replayChosen'
  readonly user: User
  readonly replay: boolean
}

/** All that this person did has lost its content and its name in the log, for good. */
export interface PersonErased {
  readonly kind: 'personErased'
  readonly person: string
}

/** Two people talk to each other for the first time. */
export interface ConversationBegan {
  readonly kind: 'conversationBegan'
  readonly conversation: Conversation
}
