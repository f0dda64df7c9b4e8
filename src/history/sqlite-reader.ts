import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Sight, TargetRow, TargetsQuery } from '../state/history-query.ts'
import type { BufferId, Redaction, StoredEvent } from '../state/record.ts'
import { KIND, REDACTED } from './event-row.ts'
import { END, kindsOf, START, type EventRange, type EventReader } from './read-page.ts'
import { eventOf, EVENT_COLUMNS, type EventRow } from './sqlite-row.ts'
import { targetRows } from './target-rows.ts'

/** What a connection reads; of rows that are damaged it tells `damaged`, and leaves them out. */
export interface SqliteReader extends EventReader {
  targets(query: TargetsQuery): readonly TargetRow[]
  events(): number
}

const KINDS = Object.values(KIND)

export function createSqliteReader(
  database: DatabaseSync,
  damaged: (row: EventRow) => void,
): SqliteReader {
  const statements = prepare(database)

  const whole = (event: StoredEvent): StoredEvent => {
    if ((event.flags & REDACTED) === 0) return event
    const redaction = statements.redaction.get(event.buffer, event.seq)
    if (redaction === undefined) return event
    const { source, reason, timeMs } = redaction as unknown as Redaction
    return { ...event, redaction: { source, reason, timeMs } }
  }

  /** As many good rows as asked for, wherever damaged ones are between them. */
  const good = (rows: Iterable<unknown>, limit: number): StoredEvent[] => {
    const events: StoredEvent[] = []
    for (const cells of rows) {
      const row = eventOf(cells)
      if (row.event === undefined) damaged(row)
      else events.push(whole(row.event))
      if (events.length >= limit) break
    }
    return events
  }

  const read = (range: EventRange): StoredEvent[] => {
    const { buffer, sight, after, before, from, limit } = range
    const rows = statements.range(kindsOf(sight), from)
    const events = good(rows.iterate(buffer, after, before, sight.ranks), limit)
    return from === 'last' ? events.reverse() : events
  }

  const lastTimeMs = ({ buffer, sight }: TargetsQuery['buffers'][number]): number | undefined => {
    const { ranks, sinceMs } = sight
    const messages: Sight = { lines: 'messages', ranks, sinceMs }
    const end = { after: START, before: END, from: 'last', limit: 1 } as const
    const [last] = read({ buffer, sight: messages, ...end })
    return last === undefined || last.timeMs < sinceMs ? undefined : last.timeMs
  }

  return {
    find: (buffer, msgid) => Promise.resolve(good(statements.byMsgid.iterate(msgid, buffer), 1)[0]),
    seqAt: (buffer, timeMs) => Promise.resolve(seqAt(statements, buffer, timeMs)),
    read: (range) => Promise.resolve(read(range)),
    targets: (query) => targetRows(query, query.buffers.map(lastTimeMs)),
    events: () => Number(statements.events.get()?.['events']),
  }
}

type Statements = ReturnType<typeof prepare>

function prepare(database: DatabaseSync) {
  const ranges = new Map<string, StatementSync>()
  return {
    // The plus: an index of the buffer would be of no help, and SQLite can't know.
    byMsgid: arrays(
      database,
      `SELECT ${EVENT_COLUMNS} FROM event WHERE msgid = ? AND +buffer = ? ORDER BY seq`,
    ),
    redaction: database.prepare(
      'SELECT source, reason, time_ms AS timeMs FROM redaction WHERE buffer = ? AND seq = ?',
    ),
    firstFrom: arrays(
      database,
      `SELECT seq, time_ms FROM event WHERE buffer = ? AND kind = ? AND seq >= ?
      ORDER BY seq LIMIT 1`,
    ),
    last: arrays(
      database,
      'SELECT seq FROM event WHERE buffer = ? AND kind = ? ORDER BY seq DESC LIMIT 1',
    ),
    events: database.prepare('SELECT events FROM progress'),
    range(kinds: readonly number[], from: EventRange['from']): StatementSync {
      const key = `${kinds.join(' ')} ${from}`
      const statement = ranges.get(key) ?? arrays(database, rangeSql(kinds, from))
      ranges.set(key, statement)
      return statement
    },
  }
}

/** Each kind is read in the order of the index, and SQLite merges them: nothing is sorted or counted. */
function rangeSql(kinds: readonly number[], from: EventRange['from']): string {
  const parts = kinds.map(
    (kind) => `SELECT ${EVENT_COLUMNS} FROM event
      WHERE buffer = ?1 AND kind = ${kind} AND seq > ?2 AND seq < ?3 AND least <= ?4`,
  )
  return `${parts.join(' UNION ALL ')} ORDER BY seq ${from === 'last' ? 'DESC' : 'ASC'}`
}

/** In each kind times grow with seqs: no index of times is needed to find one. */
function seqAt({ firstFrom, last }: Statements, buffer: BufferId, timeMs: number): number {
  let first = END
  for (const kind of KINDS) {
    let low = 0
    let high = cellsOf(last.get(buffer, kind))[0] ?? START
    while (low <= high) {
      const middle = Math.floor((low + high) / 2)
      const [seq = END, rowMs = 0] = cellsOf(firstFrom.get(buffer, kind, middle))
      if (rowMs < timeMs) low = seq + 1
      else {
        first = Math.min(first, seq)
        high = middle - 1
      }
    }
  }
  return first
}

function arrays(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql)
  statement.setReturnArrays(true)
  return statement
}

function cellsOf(row: unknown): readonly number[] {
  return (row ?? []) as readonly number[]
}
