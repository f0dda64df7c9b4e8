import type { ModeChange, Ranks } from '../protocol/modes.ts'
import type { BatchLine, Session } from './session.ts'
import type { Channel, Topic } from './channel.ts'
import type { Conversation } from './conversation.ts'
import type { BufferId } from './record.ts'
import type { RedactionTarget } from './redaction.ts'
import type { Invitation } from './invitation.ts'
import type { MetadataSubject } from './metadata.ts'
import type { Closure, Registration } from './room-registration.ts'
import type { ClientMsgid } from './sent.ts'
import type { ServerBan } from './server-ban.ts'
import type { LoginEvent } from './login-event.ts'
import type { Operator, User } from './user.ts'

/**
 * The facts that change the network: the single currency of the server. A command decides on them,
 * `evolve` applies them, `render` says them, and whoever else must know of them (a log, a monitor, other
 * nodes) takes them from the same place.
 */
export type Event =
  | Connected
  | Disconnected
  | Registered
  | Quit
  | Renamed
  | Joined
  | Parted
  | Kicked
  | ConversationBegan
  | PersonErased
  | Said
  | Unsaid
  | Redacted
  | MarkerMoved
  | ReplayChosen
  | SentExpired
  | TopicChanged
  | ChannelModesChanged
  | UserModesChanged
  | Invited
  | Knocked
  | ChannelRenamed
  | RegistrationChanged
  | RestEnded
  | ClosureAdded
  | ClosureRemoved
  | MetadataChanged
  | MetadataShown
  | InvitationMade
  | InvitationUsed
  | InvitationEnded
  | AwayChanged
  | RealNameChanged
  | HostChanged
  | OperatorGranted
  | LoginEvent
  | CapabilitiesChanged
  | MonitorChanged
  | SilenceChanged
  | AcceptChanged
  | BanAdded
  | BanRemoved
  | Wallops
  | ServerNotice
  | ChannelNotice
  | Announced

export interface Connected {
  readonly kind: 'connected'
  readonly session: Session
}

/** A connection ended. If it was its user's last one, `quit` comes before it. */
export interface Disconnected {
  readonly kind: 'disconnected'
  readonly session: Session
  readonly reason: string
  readonly totals: ConnectionTotals
}

export interface ConnectionTotals {
  readonly linesIn: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly openForMs: number
}

/** A session becomes a user. */
export interface Registered {
  readonly kind: 'registered'
  readonly session: Session
  readonly user: User
}

export interface Quit {
  readonly kind: 'quit'
  readonly user: User
  readonly reason: string
}

export interface Renamed {
  readonly kind: 'renamed'
  readonly user: User
  readonly nick: string
}

/** The channel is made by its first `joined`, whose `ranks` make its founder. */
export interface Joined {
  readonly kind: 'joined'
  readonly user: User
  readonly channel: Channel
  readonly ranks: Ranks
  /** What it is called where it is kept; undefined: nobody needs to know. */
  readonly msgid?: string
}

export interface Parted {
  readonly kind: 'parted'
  readonly user: User
  readonly channel: Channel
  readonly reason?: string
}

export interface Kicked {
  readonly kind: 'kicked'
  readonly user: User
  readonly channel: Channel
  /** Absent when the server itself does it. */
  readonly by?: User
  /** Who made it do so: an operator of the monitor, of whom people don't hear. */
  readonly orderedBy?: string
  readonly reason: string
}

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

export interface TopicChanged {
  readonly kind: 'topicChanged'
  readonly channel: Channel
  readonly by: User
  /** Its text is empty when the topic was taken away. */
  readonly topic: Topic
}

export interface ChannelModesChanged {
  readonly kind: 'channelModesChanged'
  readonly channel: Channel
  /** Absent when the server itself set them. */
  readonly by?: User
  /** Ranks carry the nick, lists the mask. */
  readonly changes: readonly ModeChange[]
}

export interface UserModesChanged {
  readonly kind: 'userModesChanged'
  readonly user: User
  readonly changes: readonly ModeChange[]
}

export interface Invited {
  readonly kind: 'invited'
  readonly user: User
  readonly channel: Channel
  readonly by: User
  /** Whether it opens the channel to them: it does when its author has power there. */
  readonly opens: boolean
}

export interface Knocked {
  readonly kind: 'knocked'
  readonly user: User
  readonly channel: Channel
  readonly text: string
}

export interface ChannelRenamed {
  readonly kind: 'channelRenamed'
  readonly channel: Channel
  readonly oldName: string
  readonly name: string
  readonly by: User
  readonly reason: string
}

/** A room is registered, given to another account, or let go: then `registration` is absent. */
export interface RegistrationChanged {
  readonly kind: 'registrationChanged'
  readonly channel: Channel
  /** The key of the account whose it is from now on. Absent: nobody's. */
  readonly founderAccount?: string
  readonly registration?: Registration
}

/** A room waits no longer for those who were in it when the server ended. */
export interface RestEnded {
  readonly kind: 'restEnded'
  readonly channel: Channel
  /** Who leads it from now on, if nobody does. */
  readonly heir?: User
}

export interface ClosureAdded {
  readonly kind: 'closureAdded'
  readonly closure: Closure
}

export interface InvitationMade {
  readonly kind: 'invitationMade'
  readonly invitation: Invitation
}

/** Somebody has made an account with it. */
export interface InvitationUsed {
  readonly kind: 'invitationUsed'
  /** As it was until now. */
  readonly invitation: Invitation
  /** The key of the account. */
  readonly account: string
}

/** It was revoked, or it has expired. */
export interface InvitationEnded {
  readonly kind: 'invitationEnded'
  readonly invitation: Invitation
}

/** https://ircv3.net/specs/extensions/metadata */
export interface MetadataChanged {
  readonly kind: 'metadataChanged'
  /** Absent: the server itself. */
  readonly by?: User
  readonly subject: MetadataSubject
  readonly key: string
  /** Absent: it has none any more. */
  readonly value?: string
}

/** Those who have just come to see somebody are shown what they say of themselves. */
export interface MetadataShown {
  readonly kind: 'metadataShown'
  readonly subject: MetadataSubject
  readonly key: string
  readonly value: string
  /** The members of a room that they came into, or those who monitor their nick. */
  readonly to: Channel | 'watchers'
}

export interface ClosureRemoved {
  readonly kind: 'closureRemoved'
  readonly closure: Closure
}

export interface AwayChanged {
  readonly kind: 'awayChanged'
  readonly user: User
  /** Absent: back. */
  readonly text?: string
}

export interface RealNameChanged {
  readonly kind: 'realNameChanged'
  readonly user: User
  readonly realName: string
}

export interface HostChanged {
  readonly kind: 'hostChanged'
  readonly user: User
  readonly host: string
}

export interface OperatorGranted {
  readonly kind: 'operatorGranted'
  readonly user: User
  readonly operator: Operator
}

/** `caps`: the whole new set. */
export interface CapabilitiesChanged {
  readonly kind: 'capabilitiesChanged'
  readonly session: Session
  readonly caps: number
}

export interface MonitorChanged {
  readonly kind: 'monitorChanged'
  readonly session: Session
  /** Folded nicks. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

export interface SilenceChanged {
  readonly kind: 'silenceChanged'
  readonly user: User
  readonly changes: readonly ModeChange[]
}

export interface AcceptChanged {
  readonly kind: 'acceptChanged'
  readonly user: User
  /** Folded nicks. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

export interface BanAdded {
  readonly kind: 'banAdded'
  readonly ban: ServerBan
}

export interface BanRemoved {
  readonly kind: 'banRemoved'
  readonly ban: ServerBan
  /** Absent when it expired. */
  readonly by?: string
}

export interface Wallops {
  readonly kind: 'wallops'
  readonly by: User
  readonly text: string
}

/** A NOTICE of the server to a channel. */
export interface ChannelNotice {
  readonly kind: 'channelNotice'
  readonly channel: Channel
  readonly text: string
}

/** A NOTICE of the server to everybody. */
export interface Announced {
  readonly kind: 'announced'
  readonly text: string
}

/** A NOTICE of the server to one user. */
export interface ServerNotice {
  readonly kind: 'serverNotice'
  readonly user: User
  readonly text: string
}
