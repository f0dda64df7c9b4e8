import { CONNECTION_FIGURES, CONNECTION_FIGURES_STRIDE } from './connection-figures.ts'
import type { Connection } from './connection.ts'
import type { ConnectionId } from './engine.ts'

/** A row for each connection, see `CONNECTION_FIGURES`. */
export function packConnections(
  connections: ReadonlyMap<ConnectionId, Connection>,
  nowMs: number,
): Float64Array<ArrayBuffer> {
  const rows = new Float64Array(connections.size * CONNECTION_FIGURES_STRIDE)
  let at = 0
  for (const connection of connections.values()) {
    const { budget } = connection
    budget?.fill(nowMs)
    rows[at + CONNECTION_FIGURES.id] = connection.id
    rows[at + CONNECTION_FIGURES.linesIn] = connection.linesIn
    rows[at + CONNECTION_FIGURES.bytesIn] = connection.bytesIn
    rows[at + CONNECTION_FIGURES.bytesOut] = connection.bytesOut
    // Asking the socket costs, and who isn't waited for has nothing there.
    const isWaitedFor = connection.backlog !== undefined
    rows[at + CONNECTION_FIGURES.queuedBytes] = isWaitedFor ? connection.queuedBytes : 0
    rows[at + CONNECTION_FIGURES.budgetLines] = budget?.points ?? Number.NaN
    rows[at + CONNECTION_FIGURES.budgetBytes] = budget?.bytes ?? Number.NaN
    rows[at + CONNECTION_FIGURES.isHeld] = connection.held === 'budget' ? 1 : 0
    at += CONNECTION_FIGURES_STRIDE
  }
  return rows
}

/** One table of those of several threads, each with the numbers that its connections have outside. */
export function joinConnections(
  parts: readonly Float64Array[],
  connectionOf: (local: number, thread: number) => ConnectionId,
): Float64Array<ArrayBuffer> {
  const rows = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let start = 0
  for (const [thread, part] of parts.entries()) {
    rows.set(part, start)
    for (let at = 0; at < part.length; at += CONNECTION_FIGURES_STRIDE) {
      rows[start + at] = connectionOf(part[at] ?? 0, thread)
    }
    start += part.length
  }
  return rows
}
