import type { DatabaseSync } from 'node:sqlite'
import { REDACTED } from './event-row.ts'
import { eventOf, EVENT_COLUMNS, type EventRow } from './sqlite-row.ts'
import { FORGOTTEN, formatPosition, parsePosition, type KnownChanges } from './position.ts'
import type { Followed } from './store.ts'

type Change = Followed['changes'][number]

interface Step {
  readonly id: number
  /** Undefined: a damaged row. */
  readonly change: Change | undefined
}

/** Both kinds of change have ids of one order. Must be called in a transaction. */
export function followSqlite(
  database: DatabaseSync,
  { position, limit }: { readonly position: string; readonly limit: number },
  damaged: (row: EventRow) => void,
): Followed {
  const known = knownChanges(database)
  const start = parsePosition(position, known)
  if (start === undefined) return FORGOTTEN
  let { id } = start
  const events = database.prepare(
    `SELECT ${EVENT_COLUMNS} FROM event WHERE id > ? ORDER BY id LIMIT ?`,
  )
  const gone = database.prepare('SELECT id, buffer, seq FROM gone WHERE id > ? ORDER BY id LIMIT ?')
  events.setReturnArrays(true)
  for (;;) {
    const steps = [
      ...events.all(id, limit).map((cells) => addedStep(cells, damaged)),
      ...gone.all(id, limit).map(goneStep),
    ]
      .toSorted((a, b) => a.id - b.id)
      .slice(0, limit)
    id = steps.at(-1)?.id ?? id
    const changes = steps.flatMap(({ change }) => change ?? [])
    // Whoever gets no changes believes that there are none: damaged rows alone aren't the end.
    if (changes.length > 0 || steps.length === 0)
      return { position: formatPosition({ ...start, id }, known), changes }
  }
}

function knownChanges(database: DatabaseSync): KnownChanges {
  const row = database.prepare('SELECT identity, last_id, gone_since FROM progress').get()
  return {
    identity: String(row?.['identity']),
    goneSince: Number(row?.['gone_since']),
    lastId: Number(row?.['last_id']),
  }
}

function addedStep(cells: unknown, damaged: (row: EventRow) => void): Step {
  const row = eventOf(cells)
  const { id, buffer, seq, event } = row
  if (event === undefined) {
    damaged(row)
    return { id, change: undefined }
  }
  if ((event.flags & REDACTED) !== 0) return { id, change: { change: 'gone', buffer, seq } }
  return { id, change: { change: 'added', buffer, seq, event } }
}

function goneStep(row: Record<string, unknown>): Step {
  const buffer = Number(row['buffer'])
  return { id: Number(row['id']), change: { change: 'gone', buffer, seq: Number(row['seq']) } }
}
