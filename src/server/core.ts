import type { TurnClock } from '../base/clock.ts'
import type { Fields, Log } from '../base/log.ts'
import type { Asks } from '../commands/asks.ts'
import type { CommandCount, CommandTable, ServerInfo } from '../commands/command.ts'
import type { Operation } from '../commands/effect.ts'
import type { Event } from '../state/event.ts'
import type { Network } from '../state/network.ts'
import type { ServerBan } from '../state/server-ban.ts'
import type { Session } from '../state/session.ts'
import type { AddressBook } from './address-book.ts'
import type { Ledger } from './ledger.ts'
import type { OutputGate } from './output-gate.ts'
import type { RoomClasses } from './room-classes.ts'

/** All that the straight line from line to bytes works with. Tests make one without sockets. */
export interface Core {
  readonly network: Network
  /** In front of the engine. */
  readonly engine: OutputGate
  readonly ledger: Ledger
  readonly rooms: RoomClasses
  readonly addresses: AddressBook
  readonly clock: TurnClock
  readonly log: Log
  readonly table: CommandTable
  readonly counts: Map<string, CommandCount>
  readonly newMsgid: () => string
  readonly startedAtMs: number
  readonly isLogFull: () => boolean
  readonly asks: Asks
  /** Keeps the bans over a restart. */
  readonly saveBans: (bans: readonly ServerBan[]) => void
  /** Hears every event; the monitor's ear. */
  readonly observe: (event: Event) => void
  /** A client talks faster than its budget, or reads slower than it is written to. */
  readonly slowed: (session: Session, why: 'budget' | 'queue') => void
  /** What somebody did with power over others, or tried to: for the log, the monitor and the audit. */
  readonly audit: (level: 'info' | 'warn', action: string, fields: Fields) => void
  readonly operate: (operation: Operation, by: string) => void
  /** Replaced as a whole by a reload. */
  server: ServerInfo
}
