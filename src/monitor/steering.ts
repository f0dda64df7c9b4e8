import type { Role } from '../feed/role.ts'

/** Who acts. */
export interface Actor {
  /** Name of an operator, or of a token. */
  readonly name: string
  readonly role: Role
  /** The address that the request came from; `console` for the server's own terminal. */
  readonly from: string
}

/** `target`: for the audit, whom or what it concerned in the end. */
export type Outcome =
  | { readonly done: true; readonly target: string }
  | { readonly done: false; readonly problem: 'not found' | 'not possible'; readonly text: string }

export interface BanOrder {
  readonly kind: 'kline' | 'dline' | 'mute'
  readonly mask: string
  /** Absent: for ever. */
  readonly durationMs?: number
  readonly reason: string
  /** Even if its mask is vague, or it hits more than half of those who are here. */
  readonly force?: true
}

/**
 * What operators may do to the running server. The server implements it; whoever calls it has checked the
 * right and writes the audit.
 */
export interface Steering {
  /** A NOTICE from the server to one person. */
  message(connection: number, text: string, by: Actor): Outcome
  kick(room: string, nick: string, reason: string, by: Actor): Outcome
  disconnect(connection: number, reason: string, by: Actor): Outcome
  /** Bans and disconnects those whom it fits; a mute leaves them connected. */
  ban(order: BanOrder, by: Actor): Outcome
  /** Bans the address of a connection (/32, /64 of IPv6), or mutes its user@host. */
  banConnection(connection: number, order: Omit<BanOrder, 'mask'>, by: Actor): Outcome
  unban(id: string, by: Actor): Outcome
  /** A NOTICE from the server to everybody. */
  announce(text: string, by: Actor): Outcome
  reload(by: Actor): Promise<Outcome>
  setLogLevel(level: 'debug' | 'info' | 'warn' | 'error', by: Actor): Outcome
  stop(by: Actor): Outcome
  restart(by: Actor): Outcome
}
