import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
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
import type { BufferId, StoredEvent } from '../state/record.ts'
import { applyEvent } from './apply-event.ts'
import type { Core } from './core.ts'
import { jsonLine } from './export-line.ts'
import { noUpkeep } from './no-upkeep.ts'
import type { PastBuffers } from './past-buffers.ts'
import { notFound, notPossible, traceOf } from './steering-outcome.ts'

export interface UpkeepParts {
  readonly core: Core
  /** Undefined: nothing is kept. */
  readonly history: KeptHistory | undefined
  readonly dataFolder: string
}

export interface KeptHistory {
  readonly upkeep: StoreUpkeep
  readonly buffers: PastBuffers
}

/** What operators of the monitor do to the log. Each leaves a line in the server's log, never with what was said. */
export function createUpkeepOrders({ core, history, dataFolder }: UpkeepParts): LogUpkeep {
  if (history === undefined) return noUpkeep
  const parts = { core, history }
  let isBackingUp = false
  return {
    purge: (order, by) => purge(parts, order, by),
    erase: (account, by) => erase(parts, account, by),
    exportHistory: (what, by) => exportHistory(parts, what, by),
    async backUp(file, by) {
      if (isBackingUp) return notPossible('A backup is being made already')
      isBackingUp = true
      try {
        const folder = join(dataFolder, 'backups')
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        return await carriedOut(parts, { action: 'backup', target: file, by }, async () => {
          const { events } = await history.upkeep.backup(join(folder, file))
          return events
        })
      } finally {
        isBackingUp = false
      }
    },
  }
}

const NO_ROOM = notFound('There is no such room in the log')

interface Parts {
  readonly core: Core
  readonly history: KeptHistory
}

async function purge(parts: Parts, order: PurgeOrder, by: Actor): Promise<UpkeepOutcome> {
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
  return carriedOut(
    parts,
    { action: 'purge', target: purgeTarget(order), by, reason },
    async () => {
      let events = 0
      for (const buffer of buffers) {
        events += await upkeep.purge(buffer === undefined ? what : { ...what, buffer })
      }
      return events
    },
  )
}

async function erase(parts: Parts, account: string, by: Actor): Promise<UpkeepOutcome> {
  const { core, history } = parts
  const person = accountPerson(foldCase(account))
  return carriedOut(parts, { action: 'erase', target: `account ${account}`, by }, async () => {
    const events = await history.upkeep.erasePerson(person)
    core.clock.tick()
    applyEvent(core, { kind: 'personErased', person })
    return events
  })
}

function exportHistory(parts: Parts, what: ExportOrder, by: Actor): Exporting {
  const { core, history } = parts
  const target = 'room' in what ? what.room : `account ${what.account}`
  const buffers = 'room' in what ? buffersOf(parts, what.room) : []
  if ('room' in what && buffers.length === 0) return NO_ROOM
  const events =
    'room' in what
      ? inTurn(buffers, (buffer) => history.upkeep.exportBuffer(buffer))
      : history.upkeep.exportPerson(accountPerson(foldCase(what.account)))
  core.log.info('history exported', { ...traceOf(by), target })
  return { done: true, target, lines: linesOf(events, history.buffers) }
}

async function* inTurn(
  buffers: readonly BufferId[],
  read: (buffer: BufferId) => AsyncIterable<StoredEvent>,
): AsyncGenerator<StoredEvent> {
  for (const buffer of buffers) yield* read(buffer)
}

async function* linesOf(
  events: AsyncIterable<StoredEvent>,
  buffers: PastBuffers,
): AsyncGenerator<string> {
  for await (const event of events) yield `${jsonLine(event, buffers.get(event.buffer))}\n`
}

function buffersOf({ core, history }: Parts, room: string): readonly BufferId[] {
  return history.buffers.ofRoom(room, core.network.channels.values())
}

interface Work {
  readonly action: string
  readonly target: string
  readonly by: Actor
  readonly reason?: string
}

/** What the store can't do is the operator's business, and no bug. */
async function carriedOut(
  { core }: Parts,
  { action, target, by, reason }: Work,
  work: () => Promise<number>,
): Promise<UpkeepOutcome> {
  const why = reason === undefined ? {} : { reason }
  try {
    const events = await work()
    core.log.warn(`history: ${action}`, { ...traceOf(by), target, ...why, events })
    return { done: true, target, events }
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    core.log.error(`history: ${action} failed`, { ...traceOf(by), target, error: text })
    return notPossible(text)
  }
}
