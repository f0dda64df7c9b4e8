import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { errorText } from '../base/error-text.ts'
import type { Log } from '../base/log.ts'
import type { Purge, StoreUpkeep } from '../history/store-upkeep.ts'
import {
  purgeTarget,
  type Exporting,
  type ExportOrder,
  type LogUpkeep,
  type PurgeOrder,
  type UpkeepOutcome,
} from '../monitor/log-upkeep.ts'
import type { Actor } from '../monitor/steering.ts'
import { foldCase } from '../protocol/casemap.ts'
import { accountPerson } from '../state/conversation.ts'
import type { Buffer, BufferId, StoredEvent } from '../state/record.ts'
import { jsonLine } from './export-line.ts'
import type { LiveRoom, PastBuffers } from './past-buffers.ts'
import { notFound, notPossible, traceOf } from './steering-outcome.ts'

export interface UpkeepParts {
  readonly history: KeptHistory
  readonly rooms: () => Iterable<LiveRoom>
  readonly log: Log
  readonly dataFolder: string
  /** What this person did has just been erased from the log. */
  readonly erased: (person: string) => void
  /** An exported event, without the line end; JSON if not said. */
  readonly line?: (event: StoredEvent, buffer: Buffer | undefined) => string
}

export interface KeptHistory {
  readonly upkeep: StoreUpkeep
  readonly buffers: PastBuffers
}

/** What operators do to the log. Each leaves a line in the server's log, never with what was said. */
export function createUpkeepOrders(parts: UpkeepParts): LogUpkeep {
  let isBackingUp = false
  return {
    purge: (order, by) => purge(parts, order, by),
    erase: (account, by) => erase(parts, account, by),
    exportHistory: (what, by) => exportHistory(parts, what, by),
    async backUp(file, by) {
      if (isBackingUp) return notPossible('A backup is being made already')
      isBackingUp = true
      try {
        return await backUp(parts, file, by)
      } finally {
        isBackingUp = false
      }
    },
  }
}

const NO_ROOM = notFound('There is no such room in the log')

async function purge(parts: UpkeepParts, order: PurgeOrder, by: Actor): Promise<UpkeepOutcome> {
  const { room, account, nick, fromMs, toMs, reason } = order
  const what: Purge = {
    ...(account === undefined ? {} : { person: accountPerson(foldCase(account)) }),
    ...(nick === undefined ? {} : { sourceNick: foldCase(nick) }),
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
  }
  const buffers = room === undefined ? [undefined] : buffersOf(parts, room)
  if (buffers.length === 0) return NO_ROOM
  const { upkeep } = parts.history
  const work = { action: 'purge', target: purgeTarget(order), by, reason }
  return carriedOut(parts, work, async () => {
    let events = 0
    for (const buffer of buffers) {
      events += await upkeep.purge(buffer === undefined ? what : { ...what, buffer })
    }
    return events
  })
}

function erase(parts: UpkeepParts, account: string, by: Actor): Promise<UpkeepOutcome> {
  const person = accountPerson(foldCase(account))
  const work = { action: 'erase', target: `account ${account}`, by }
  return carriedOut(parts, work, async () => {
    const events = await parts.history.upkeep.erasePerson(person)
    parts.erased(person)
    return events
  })
}

function backUp(parts: UpkeepParts, file: string, by: Actor): Promise<UpkeepOutcome> {
  const folder = join(parts.dataFolder, 'backups')
  return carriedOut(parts, { action: 'backup', target: file, by }, async () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { events } = await parts.history.upkeep.backup(join(folder, file))
    return events
  })
}

function exportHistory(parts: UpkeepParts, what: ExportOrder, by: Actor): Exporting {
  const { history, log } = parts
  const target = 'room' in what ? what.room : `account ${what.account}`
  const buffers = 'room' in what ? buffersOf(parts, what.room) : []
  if ('room' in what && buffers.length === 0) return NO_ROOM
  const events =
    'room' in what
      ? inTurn(buffers, (buffer) => history.upkeep.exportBuffer(buffer))
      : history.upkeep.exportPerson(accountPerson(foldCase(what.account)))
  log.info('history: export', { ...traceOf(by), target })
  return { done: true, target, lines: linesOf(parts, events) }
}

async function* inTurn(
  buffers: readonly BufferId[],
  read: (buffer: BufferId) => AsyncIterable<StoredEvent>,
): AsyncGenerator<StoredEvent> {
  for (const buffer of buffers) yield* read(buffer)
}

/** Rooms go by the names that they have now. */
async function* linesOf(
  { history, rooms, line = jsonLine }: UpkeepParts,
  events: AsyncIterable<StoredEvent>,
): AsyncGenerator<string> {
  const names = new Map<BufferId, string>()
  for (const { buffer, name } of rooms()) names.set(buffer, name)
  for await (const event of events) {
    const buffer = history.buffers.get(event.buffer)
    const name = names.get(event.buffer)
    const named = buffer === undefined || name === undefined ? buffer : { ...buffer, name }
    yield `${line(event, named)}\n`
  }
}

function buffersOf({ history, rooms }: UpkeepParts, room: string): readonly BufferId[] {
  return history.buffers.ofRoom(room, rooms())
}

interface Work {
  readonly action: string
  readonly target: string
  readonly by: Actor
  readonly reason?: string
}

/** What the store can't do is the operator's business, and no bug. */
async function carriedOut(
  { log }: UpkeepParts,
  { action, target, by, reason }: Work,
  work: () => Promise<number>,
): Promise<UpkeepOutcome> {
  const why = reason === undefined ? {} : { reason }
  try {
    const events = await work()
    log.warn(`history: ${action}`, { ...traceOf(by), target, ...why, events })
    return { done: true, target, events }
  } catch (error) {
    const text = errorText(error)
    log.error(`history: ${action} failed`, { ...traceOf(by), target, error: text })
    return notPossible(text)
  }
}
