/**
 * What user interfaces see: plain data that can be cloned into another thread. It is never changed; the
 * client sends a snapshot, and then changes (`change.ts`).
 */
import type { ModeRules } from './mode-changes.ts'
import type { Message, Refusal, Timeline } from './timeline.ts'

export interface Model {
  readonly connection: Connection
  readonly self: Self
  readonly server: ServerFacts
  /** Rooms and direct conversations. */
  readonly conversations: ReadonlyMap<ConversationId, Conversation>
  /** Absent while there is nothing in them, as members and typists are. */
  readonly timelines: ReadonlyMap<ConversationId, Timeline>
  /** Of rooms that we are in. */
  readonly members: ReadonlyMap<ConversationId, ReadonlyMap<PersonKey, Member>>
  /** Those who share a room with us, have a direct conversation with us, or are ourselves. */
  readonly people: ReadonlyMap<PersonKey, Person>
  readonly typing: ReadonlyMap<ConversationId, readonly Typist[]>
  readonly roomList: RoomList
  readonly search: Search
  /** What was said to us since this client started, newest first; bounded. */
  readonly mentions: readonly Mention[]
  /** What the server said that belongs to no conversation, oldest first; bounded. */
  readonly notices: readonly Notice[]
  readonly whois?: Whois
}

/** Its folded name when it began; stays when the room, or the person, is renamed. */
export type ConversationId = string
/** A folded nick. */
export type PersonKey = string

export interface Connection {
  /**
   * `offline`: nobody wants one; `connecting`: a socket is being opened; `registering`: we say who we are;
   * `asking`: we can't go on without the user, see `question`; `online`; `waiting`: it broke or was refused,
   * and is tried again at `retryAtMs`.
   */
  readonly state: 'offline' | 'connecting' | 'registering' | 'asking' | 'online' | 'waiting'
  /** Wall clock. */
  readonly retryAtMs?: number
  readonly attempts: number
  /** Why the last one ended, or wasn't allowed; absent when all is well. */
  readonly trouble?: Trouble
  readonly question?: Question
  /** Since it was online. */
  readonly onlineSinceMs?: number
  /** The server owes an answer since then, and nothing is heard of it; wall clock. */
  readonly overdueSinceMs?: number
  /** Of the last PING that was answered. */
  readonly lagMs?: number
}

export interface Trouble {
  readonly kind: 'broken' | 'closedByServer' | 'refused' | 'loginFailed' | 'silent' | 'insecure'
  /** The words of the server or of the system. */
  readonly text: string
  readonly code?: string
}

/** What only the user can decide. Answered by the intents `chooseNick`, `login` or `guest`. */
export type Question =
  | { readonly kind: 'nick'; readonly taken: string; readonly refusal: Refusal }
  | { readonly kind: 'login'; readonly refusal: Refusal }

export interface Self {
  readonly nick: string
  readonly key: PersonKey
  readonly userName?: string
  readonly host?: string
  readonly realName: string
  /** The account that we are logged in to. */
  readonly account?: string
  readonly away?: string
  readonly modes: string
  readonly isOperator: boolean
  readonly metadata: Metadata
}

/** What the server can do, so that nothing is offered that would fail. */
export interface ServerFacts extends ModeRules {
  readonly name: string
  readonly network: string
  readonly icon?: string
  readonly motd: readonly string[]
  readonly can: Abilities
  readonly limits: ServerLimits
  readonly roomPrefixes: string
  readonly saslMechanisms: readonly string[]
}

export interface Abilities {
  readonly history: boolean
  readonly search: boolean
  readonly redact: boolean
  /** Replies, reactions and typing. */
  readonly tags: boolean
  readonly multiline: boolean
  readonly readMarkers: boolean
  readonly metadata: boolean
  readonly register: boolean
  /** Registering needs an e-mail address. */
  readonly registerNeedsEmail: boolean
  readonly login: boolean
  /** Messages get an acknowledgement. */
  readonly confirms: boolean
  /** A message sent twice is said once: maru.chat/client-msgid. */
  readonly resends: boolean
  readonly renameRooms: boolean
  readonly setName: boolean
  readonly monitor: boolean
}

export interface ServerLimits {
  readonly nickLength: number
  readonly topicLength: number
  readonly awayLength: number
  readonly reasonLength: number
  readonly roomNameLength: number
  readonly historyPage: number
  readonly multilineBytes: number
  readonly multilineLines: number
}

export interface Conversation {
  readonly id: ConversationId
  readonly kind: 'room' | 'direct'
  /** The room's name, or the person's nick. */
  readonly name: string
  /**
   * `joining`: asked; `joined`; `left`: by us; `removed`: kicked; `refused`: could not get in; `apart`: there is
   * no connection, and we will be back. Direct ones are `joined`.
   */
  readonly standing: 'joining' | 'joined' | 'left' | 'removed' | 'refused' | 'apart'
  readonly refusal?: Refusal
  readonly topic?: Topic
  /** `+` and letters, without arguments. */
  readonly modes: string
  readonly key?: string
  readonly limit?: number
  readonly createdAtMs?: number
  /** Our ranks there, as prefixes, highest first. */
  readonly ownRanks: string
  readonly memberCount: number
  /** Messages of others after the read marker. A floor when `isMoreUnread`. */
  readonly unread: number
  readonly mentions: number
  readonly isMoreUnread: boolean
  /** Up to when it is read, on whatever device. */
  readonly readUpToMs?: number
  readonly lastMessageMs?: number
  readonly draft: string
  readonly notify: 'all' | 'mentions' | 'nothing'
  readonly metadata: Metadata
  /** What lists hold, by their mode, once they have been asked for. */
  readonly lists: Readonly<Record<string, readonly ListEntry[]>>
}

export interface Topic {
  readonly text: string
  readonly setBy?: string
  readonly setAtMs?: number
}

export interface ListEntry {
  readonly mask: string
  readonly setBy?: string
  readonly setAtMs?: number
}

export interface Member {
  readonly key: PersonKey
  /** Prefixes, highest first; empty: none. */
  readonly ranks: string
}

export interface Person {
  readonly key: PersonKey
  readonly nick: string
  readonly userName?: string
  readonly host?: string
  readonly realName?: string
  readonly account?: string
  /** Undefined text: away without a word is `''`. */
  readonly away?: string
  readonly isBot: boolean
  /** `unknown` when the server doesn't tell. */
  readonly presence: 'here' | 'away' | 'gone' | 'unknown'
  readonly metadata: Metadata
}

/** `display-name`, `avatar`, `role`, `color`, `status`, … https://ircv3.net/specs/extensions/metadata */
export type Metadata = Readonly<Record<string, string>>

export interface Typist {
  readonly nick: string
  readonly key: PersonKey
  readonly state: 'active' | 'paused'
}

export interface RoomList {
  readonly state: 'none' | 'loading' | 'loaded' | 'failed'
  readonly rooms: readonly ListedRoom[]
  /** More than are kept. */
  readonly isCut: boolean
}

export interface ListedRoom {
  readonly name: string
  readonly members: number
  readonly topic: string
}

export interface Search {
  readonly state: 'none' | 'searching' | 'found' | 'failed'
  readonly query?: SearchQuery
  /** Newest first. */
  readonly results: readonly SearchResult[]
  /** There may be older ones: the intent `search` with `before`. */
  readonly isMore: boolean
  readonly refusal?: Refusal
}

export interface SearchQuery {
  readonly text: string
  readonly in?: string
  readonly from?: string
  readonly afterMs?: number
  readonly beforeMs?: number
  /** Only what has a link; Maru's own. */
  readonly hasLink?: true
}

export interface SearchResult {
  /** Where it was said: the intent `jump` opens it. */
  readonly target: string
  readonly message: Message
}

export interface Mention {
  readonly conversation: ConversationId
  readonly message: Message
}

export interface Notice {
  readonly id: string
  readonly timeMs: number
  readonly kind:
    | 'server'
    | 'refusal'
    | 'warning'
    | 'note'
    | 'motd'
    | 'invitation'
    | 'knock'
    | 'answer'
  /** Who said it: a server, a service, a person. */
  readonly from: string
  readonly text: string
  readonly code?: string
  readonly context: readonly string[]
}

export interface Whois {
  readonly nick: string
  readonly isComplete: boolean
  readonly userName?: string
  readonly host?: string
  readonly realName?: string
  readonly account?: string
  readonly away?: string
  readonly server?: string
  readonly isOperator: boolean
  readonly isBot: boolean
  readonly isSecure: boolean
  readonly idleSeconds?: number
  readonly signedOnAtMs?: number
  /** With prefixes. */
  readonly rooms: readonly string[]
  /** What else the server said. */
  readonly other: readonly string[]
}
