import type { Message } from '../protocol/message.ts'
import type { Limits } from '../protocol/limits.ts'
import type { Network } from '../state/network.ts'
import type { Session } from '../state/session.ts'
import type { User } from '../state/user.ts'
import type { AccountPolicy } from './account-policy.ts'
import type { Effect } from './effect.ts'

/** What the server is, as commands see it. Replaced as a whole by a reload. */
export interface ServerInfo {
  readonly name: string
  readonly networkName: string
  /** A few words about the server, for LINKS and WHOIS. */
  readonly description: string
  readonly version: string
  readonly createdAtMs: number
  readonly motd: readonly string[]
  readonly admin: { readonly location1: string; readonly location2: string; readonly email: string }
  readonly icon?: string
  readonly limits: Limits
  readonly defaultChannelFlags: string
  /** What is promised of messages: shown when they are on the disk, when they are committed, or at once and never kept. */
  readonly history: 'strict' | 'relaxed' | 'off'
  /** Client-only tags that are not relayed, without `+`; `*`: all but those with a `-`. */
  readonly clientTagDeny: readonly string[]
  /** A hash, when a password is needed to come in. */
  readonly passwordHash?: string
  /** Absent: there are no accounts. */
  readonly accounts?: AccountPolicy
  readonly operators: readonly OperatorBlock[]
  readonly gateways: readonly Gateway[]
  /** The value of the `sts` capability for plain and for TLS connections. https://ircv3.net/specs/extensions/sts */
  readonly sts?: { readonly plain: string; readonly secure: string }
  /** Turns a real host into what others see. Keyed: the same host is always the same cloak. */
  readonly cloak: (host: string, address: string) => string
}

export interface OperatorBlock {
  readonly name: string
  readonly passwordHash: string
  readonly class: string
  readonly privileges: readonly Privilege[]
}

/** What an operator may do; classes in the configuration are sets of these. */
export type Privilege =
  | 'see-hosts'
  | 'see-hidden'
  | 'wallops'
  | 'kill'
  | 'ban'
  | 'override'
  | 'expunge'
  | 'rehash'
  | 'die'

export interface Gateway {
  readonly name: string
  readonly passwordHash: string
  readonly networks: readonly string[]
}

/** Counters that the gate keeps and STATS shows. */
export interface CommandCount {
  uses: number
  bytes: number
}

export interface CommandContext {
  readonly server: ServerInfo
  readonly network: Network
  readonly session: Session
  /** `session.user`: undefined before registration. */
  readonly user: User | undefined
  readonly message: Message
  /** `message.params`, for short. */
  readonly params: readonly string[]
  /** The client's label, when it knows labeled-response. */
  readonly label: string | undefined
  readonly nowMs: number
  readonly monotonicMs: number
  readonly newMsgid: () => string
  readonly table: CommandTable
  readonly counts: ReadonlyMap<string, CommandCount>
  /** The figures of the process that STATS shows. */
  readonly process: {
    readonly startedAtMs: number
    /** So much waits to be kept that nothing more may be said. */
    readonly isLogFull: () => boolean
  }
}

/** A context of someone who has registered. */
export interface UserContext extends CommandContext {
  readonly user: User
}

export function isUserContext(context: CommandContext): context is UserContext {
  return context.user !== undefined
}

interface Row {
  /** Fewer parameters than this: the gate answers 461, and `run` is not called. */
  readonly minParams: number
  /** Points of the line budget; a plain message costs 1. */
  readonly cost: number
  /** Its last parameter is how much is asked for, and `cost` is for so much of it. */
  readonly costPer?: number
  /** A client needs it to be where it was: the welcome budget pays for it, as long as it lasts. */
  readonly isWelcome?: true
  /** Shown by HELP and by docs/commands.md, which is made from this table. */
  readonly syntax: string
  readonly summary: string
  readonly spec: string
}

/** May be used by someone who has not registered. */
export interface OpenCommand extends Row {
  readonly when: 'always' | 'before'
  readonly run: (context: CommandContext) => Iterable<Effect>
}

export interface UserCommand extends Row {
  readonly when: 'registered'
  /** The gate answers 481 to those without it. */
  readonly privilege?: Privilege
  readonly run: (context: UserContext) => Iterable<Effect>
}

export type Command = OpenCommand | UserCommand

export type CommandTable = ReadonlyMap<string, Command>
/** One group's part of the table. */
export type CommandGroup = Readonly<Record<string, Command>>
