import type { AccountPolicy } from '../commands/account-policy.ts'
import type { Privilege } from '../commands/command.ts'
import type { AlertThresholds } from '../monitor/alert-rules.ts'
import type { Limits } from '../protocol/limits.ts'

/** Everything that an operator can choose, complete and checked. Frozen; a reload makes another one. */
export interface Settings {
  /** The configuration file that was read, if there was one. */
  readonly configFile: string | undefined
  /** The network's name, as ISUPPORT NETWORK says it. */
  readonly network: string
  /** The server's name on the wire: a host name with a dot. */
  readonly serverName: string
  /** What LINKS and WHOIS say of the server. */
  readonly description: string
  /** Message of the day, line by line; empty: there is none. */
  readonly motd: readonly string[]
  /** https://ircv3.net/specs/extensions/network-icon */
  readonly iconUrl: string | undefined
  /** Where the page of the chat takes those who come for the first time. */
  readonly landingRoom: string | undefined
  readonly admin: AdminInfo
  /** Flags of a new channel, without `+`. */
  readonly defaultChannelModes: string
  /** False: everyone sees everyone's real address. */
  readonly cloakHosts: boolean
  /** Of no use where nothing is kept. docs/accounts.md */
  readonly accounts: AccountPolicy
  /** What PASS must say: a scrypt hash, or plain text. Ask `verifyPassword`. */
  readonly password: string | undefined
  /** What clients read when the server stops. */
  readonly shutdownMessage: string
  /** ISUPPORT CLIENTTAGDENY, entry by entry. https://ircv3.net/specs/extensions/message-tags */
  readonly deniedClientTags: readonly string[]
  readonly listeners: Listeners
  /** Names, besides loopback and its own address, under which the monitor may be asked for. */
  readonly adminHosts: readonly string[]
  /** Undefined: the self-signed certificate in the data folder. */
  readonly tls: TlsFiles | undefined
  /** Undefined: no STS policy is announced. */
  readonly sts: StsPolicy | undefined
  /** Networks (CIDR) whose PROXY protocol header is required and believed. */
  readonly proxies: readonly string[]
  readonly webirc: readonly WebircGateway[]
  /** Origins whose pages may open a WebSocket; `*`: all; empty: the listener's own host only. */
  readonly webSocketOrigins: readonly string[]
  /** Absolute path. */
  readonly dataFolder: string
  /** I/O threads; 0: the core's own thread serves the sockets. */
  readonly workers: number
  /** What is promised of messages that were seen. docs/history.md */
  readonly history: HistoryMode
  /** `postgres://…`; undefined: a file in the data folder. Holds a password: never to be logged. */
  readonly database: string | undefined
  readonly retention: RetentionSettings
  readonly limits: Limits
  readonly opers: readonly Oper[]
  readonly operClasses: readonly OperClass[]
  readonly log: LogSettings
  /** Absolute path. */
  readonly pidFile: string | undefined
  readonly dashboard: boolean
  readonly alerts: AlertSettings
}

/** The answer to ADMIN. https://modern.ircdocs.horse/#admin-message */
export interface AdminInfo {
  readonly location1: string
  readonly location2: string
  readonly email: string
}

/** `port` 0: any free port. */
export interface HostPort {
  readonly host: string
  readonly port: number
}

export interface Listeners {
  readonly plain: readonly HostPort[]
  readonly tls: readonly HostPort[]
  /** WebSocket and the web client. */
  readonly http: HostPort | undefined
  readonly https: HostPort | undefined
  /** The operator's monitor. */
  readonly admin: HostPort | undefined
}

/** Absolute paths of PEM files. */
export interface TlsFiles {
  readonly certificate: string
  readonly key: string
}

/** https://ircv3.net/specs/extensions/sts */
export interface StsPolicy {
  /** For how long clients insist on TLS; 0 makes them forget the policy. */
  readonly durationSeconds: number
  readonly port: number
  readonly preload: boolean
}

/** https://ircv3.net/specs/extensions/webirc */
export interface WebircGateway {
  readonly name: string
  /** A scrypt hash. */
  readonly password: string
  /** From where it connects; CIDR. */
  readonly networks: readonly string[]
}

/** What an operator may do; the words are those of the configuration. */
export const OPER_PRIVILEGES = [
  'see-hosts',
  'see-hidden',
  'wallops',
  'kill',
  'ban',
  'override',
  'expunge',
  'rehash',
  'die',
] as const satisfies readonly Privilege[]

export type OperPrivilege = (typeof OPER_PRIVILEGES)[number]

export interface OperClass {
  readonly name: string
  readonly privileges: readonly OperPrivilege[]
}

export interface Oper {
  readonly name: string
  /** A scrypt hash. */
  readonly password: string
  /** Name of one of `operClasses`. */
  readonly class: string
}

export interface AlertSettings extends AlertThresholds {
  /** Whether they are said in the room. */
  readonly enabled: boolean
  readonly room: string
}

/** `strict`: shown when it is on the disk. `relaxed`: when it survives the end of the process. `off`: nothing is kept. */
export type HistoryMode = 'strict' | 'relaxed' | 'off'

/** What is kept of the past. Undefined: no limit. */
export interface RetentionSettings extends RoomRetention {
  /** Of the whole log; the oldest goes first. */
  readonly bytes: number | undefined
  /** Rooms with limits of their own in place of those for every room. */
  readonly rooms: readonly (RoomRetention & { readonly name: string })[]
}

export interface RoomRetention {
  readonly days: number | undefined
  readonly messages: number | undefined
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export interface LogSettings {
  readonly level: LogLevel
  /** `auto`: text on a terminal, JSON lines elsewhere. */
  readonly format: 'auto' | 'text' | 'json'
}

/** What reading the configuration gives: all of it, or everything that is wrong with it. */
export type Loaded =
  | { readonly kind: 'loaded'; readonly settings: Settings; readonly warnings: readonly string[] }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }
