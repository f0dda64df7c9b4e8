import { randomBytes } from 'node:crypto'
import type { TurnClock } from '../base/clock.ts'
import { createIds } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import { verifyPassword } from '../accounts/password.ts'
import type { CommandCount, ServerInfo } from '../commands/command.ts'
import { commands } from '../commands/index.ts'
import type { Submissions } from '../io/engine.ts'
import { createNetwork, type Network } from '../state/network.ts'
import type { ServerBan } from '../state/server-ban.ts'
import { createAccountAsks } from './account-side.ts'
import { AddressBook } from './address-book.ts'
import type { Core } from './core.ts'
import { deviceRecord, restoreDevices } from './device-keeps.ts'
import type { HistorySide } from './history-side.ts'
import { Ledger } from './ledger.ts'
import { noHistory } from './no-history.ts'
import { OutputGate, type Settlement } from './output-gate.ts'
import { restoreNetwork } from './restore-network.ts'
import type { Skipped } from './restore-rooms.ts'
import { RoomClasses } from './room-classes.ts'
import { answerUnsaid } from './sessions.ts'

/** What the core stands on, and whom it tells. */
export interface CoreParts extends Pick<
  Core,
  'saveBans' | 'observe' | 'slowed' | 'audit' | 'operate'
> {
  readonly network: Network
  readonly counts: Map<string, CommandCount>
  readonly engine: Submissions
  readonly clock: TurnClock
  readonly log: Log
  readonly startedAtMs: number
  /** Undefined: nothing is kept. */
  readonly history: HistorySide | undefined
  /** The same over restarts, and secret: see `createAccountAsks`. */
  readonly fakeSaltKey: Uint8Array
  readonly server: ServerInfo
}

/** The chat as it was kept, before anybody comes in. */
export function networkOf(
  bans: readonly ServerBan[],
  history: HistorySide | undefined,
  { nowMs, log }: { readonly nowMs: number; readonly log: Log },
): Network {
  const network = createNetwork(bans)
  if (history !== undefined) {
    restoreNetwork(network, history.loaded, { nowMs, skipped: skippedIn(log) })
  }
  return network
}

function skippedIn(log: Log): Skipped {
  return (what, why) => log.error('not restored', { what, why })
}

/** What the log says of its batches goes to the gate; who said what it refuses is told so. */
export function settlementOf(core: Core): Settlement {
  return {
    release: (batch) => core.engine.release(batch),
    refuse: (batch) => core.engine.refuse(batch, (spoken) => answerUnsaid(core, spoken)),
  }
}

export function createCore({ engine, history, log, fakeSaltKey, ...parts }: CoreParts): Core {
  const gate = new OutputGate(engine)
  const newMsgid = createIds(randomBytes(6).toString('base64url').replaceAll(/[-_]/g, 'x'))
  const core: Core = {
    ...parts,
    log,
    engine: gate,
    ledger: new Ledger({
      network: parts.network,
      log: history,
      awaits: (batch) => gate.awaits(batch),
      newMsgid,
      places: placesOf(history),
    }),
    rooms: new RoomClasses(),
    addresses: new AddressBook(),
    table: commands,
    newMsgid,
    isLogFull: () => history?.isFull === true,
    asks: {
      checkPassword: (hash, password) => isPassword(hash, password, log),
      history: history?.asks ?? noHistory,
      accounts: createAccountAsks(parts.network, {
        fakeSaltKey,
        now: () => parts.clock.now(),
        devices: {
          before: restoreDevices(history?.loaded ?? { kept: [] }, skippedIn(log)),
          changed: (account, known) => core.ledger.keep([deviceRecord(account, known)]),
        },
      }),
    },
  }
  history?.attach(settlementOf(core))
  return core
}

function placesOf(history: HistorySide | undefined) {
  const buffers = history?.loaded.buffers ?? []
  return new Map(
    buffers.map(({ id, lastSeq, lastTimeMs }) => [id, { seq: lastSeq, timeMs: lastTimeMs }]),
  )
}

/** Who can't be checked doesn't get in. */
async function isPassword(hash: string, password: string, log: Log): Promise<boolean> {
  try {
    return await verifyPassword(password, hash)
  } catch (error) {
    log.error('password check failed', { error: String(error) })
    return false
  }
}
