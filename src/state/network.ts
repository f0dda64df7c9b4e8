import type { Lookalikes } from '../protocol/lookalikes.ts'
import type { Account } from './account.ts'
import type { Channel } from './channel.ts'
import type { Conversation } from './conversation.ts'
import type { LoginFailures } from './login-failures.ts'
import type { Markers } from './marker.ts'
import type { Sent } from './sent.ts'
import type { Invitation } from './invitation.ts'
import type { Metadata } from './metadata.ts'
import type { ServerBan } from './server-ban.ts'
import type { BufferId } from './record.ts'
import type { Closure } from './room-registration.ts'
import type { Session } from './session.ts'
import type { User } from './user.ts'
import type { PastUser } from './whowas.ts'

/**
 * The root of all that the server knows. Keys are folded (`protocol/casemap`); the looks are there so
 * that nobody can pass for someone else (`protocol/lookalikes`).
 */
export interface Network {
  readonly sessions: Map<number, Session>
  /** The sessions that have not registered. */
  readonly strangers: Set<Session>
  readonly users: Map<string, User>
  readonly userLooks: Lookalikes
  /** By their names. */
  readonly accounts: Map<string, Account>
  /** Keys of accounts that were dropped: what they wrote is still theirs, so that nobody gets their names again. */
  readonly droppedAccounts: Set<string>
  /** Nick → key of the account whose own it is. */
  readonly accountNicks: Map<string, string>
  readonly accountLooks: Lookalikes
  /** Fingerprint of a client's certificate → key of the account that it opens. */
  readonly accountCertificates: Map<string, string>
  /** Key of an account → who is logged in to it. */
  readonly accountUsers: Map<string, Set<User>>
  readonly channels: Map<string, Channel>
  readonly channelLooks: Lookalikes
  /** Those that wait for their people. */
  readonly resting: Set<Channel>
  /** Folded names of channels that may not be. */
  readonly closures: Map<string, Closure>
  /** Hash of its code → what it is good for. */
  readonly invitations: Map<string, Invitation>
  /** Person or room (`ownerOfMetadata`) → what they say of themselves. */
  readonly metadata: Map<string, Metadata>
  /** Folded nick → the sessions that monitor it. */
  readonly monitors: Map<string, Set<Session>>
  /** Person → the other person → what they say to each other. */
  readonly conversations: Map<string, Map<string, Conversation>>
  /** What clients called their messages of the last day. `state/sent.ts` */
  readonly sent: Map<string, Sent>
  /** Person → up to when they have read. */
  readonly markers: Map<string, Markers>
  /** Newest last. */
  readonly whowas: PastUser[]
  bans: ServerBan[]
  /** Wrong operator passwords, by where they came from. */
  readonly loginFailures: LoginFailures
  /** The room of everyone who hears WALLOPS. */
  readonly wallopsRoom: number
  nextRoom: number
  /** The number of the next room's or conversation's past. */
  nextBuffer: BufferId
  readonly counts: { peakUsers: number; peakLocal: number; operators: number; invisible: number }
}

export function createNetwork(bans: readonly ServerBan[] = []): Network {
  return {
    sessions: new Map(),
    strangers: new Set(),
    users: new Map(),
    userLooks: new Map(),
    accounts: new Map(),
    droppedAccounts: new Set(),
    accountNicks: new Map(),
    accountLooks: new Map(),
    accountCertificates: new Map(),
    accountUsers: new Map(),
    channels: new Map(),
    channelLooks: new Map(),
    resting: new Set(),
    closures: new Map(),
    invitations: new Map(),
    metadata: new Map(),
    monitors: new Map(),
    conversations: new Map(),
    markers: new Map(),
    sent: new Map(),
    whowas: [],
    bans: [...bans],
    loginFailures: new Map(),
    wallopsRoom: 1,
    nextRoom: 2,
    nextBuffer: 1,
    counts: { peakUsers: 0, peakLocal: 0, operators: 0, invisible: 0 },
  }
}
