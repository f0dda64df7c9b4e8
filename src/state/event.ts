import type { ModeChange, Ranks } from '../protocol/modes.ts'
import type { Session } from './session.ts'
import type { Channel, Topic } from './channel.ts'
import type { ServerBan } from './server-ban.ts'
import type { MessageEvent } from './message-event.ts'
import type { RoomEvent } from './room-event.ts'
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
  | MessageEvent
  | TopicChanged
  | ChannelModesChanged
  | UserModesChanged
  | Invited
  | Knocked
  | ChannelRenamed
  | RoomEvent
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
  /** As `User.person` names them. */
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
