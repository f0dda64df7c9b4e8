import type { DatabaseSync } from 'node:sqlite'
import type {
  BufferRecord,
  LogRecord,
  RedactRecord,
  SentRecord,
  StoredEvent,
} from '../state/record.ts'
import { checksumOf, commandNumber, kindOf, REDACTED, withoutContent } from './event-row.ts'
import { keptChecksum } from './kept-row.ts'
import { eventOf, EVENT_COLUMNS } from './sqlite-row.ts'

export const SENT_KEPT_MS = 24 * 60 * 60 * 1000

/** What a writing connection does in its transactions. */
export interface SqliteWriter {
  /** After a commit whose end wasn't seen it says whether it took place. */
  readonly mark: () => CommitMark
  /** All or nothing; throws what SQLite says. */
  commit(records: readonly LogRecord[]): void
  /** Runs `work` in a transaction; what it throws undoes it. */
  transaction<Result>(work: (changes: Changes) => Result): Result
}

/** Where a log stands. */
export interface CommitMark {
  readonly commits: number
  /** Of the newest id that was given. */
  readonly lastId: number
}

/** What a transaction can do to events that are there. */
export interface Changes {
  /** Its content goes, by `change`; the event keeps its place. */
  replace(id: number, changed: StoredEvent): void
  /** The event goes, if it is still there. */
  remove(id: number, event: Pick<StoredEvent, 'buffer' | 'seq' | 'timeMs'>): void
}

interface Progress {
  commits: number
  lastId: number
  events: number
}

/** `now`: wall clock, for what is kept for a day. */
export function createSqliteWriter(database: DatabaseSync, now: () => number): SqliteWriter {
  const statements = prepare(database)
  let progress = readProgress(database)

  const transaction = <Result>(work: (next: Progress) => Result): Result => {
    const next = { ...progress }
    statements.begin.run()
    try {
      const result = work(next)
      statements.setProgress.run(next.commits, next.lastId, next.events)
      statements.end.run()
      progress = next
      return result
    } catch (error) {
      // After some errors SQLite has already rolled back. https://sqlite.org/lang_transaction.html
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  return {
    mark: () => progress,
    commit(records) {
      transaction((next) => {
        next.commits++
        let sent = 0
        for (const record of records) {
          if (record.kind === 'sent') sent++
          writeRecord(statements, record, next)
        }
        // Twice as many as come: what is old is always gone soon, and no commit takes long for it.
        if (sent > 0) statements.forgetSent.run(2 * sent, now() - SENT_KEPT_MS)
      })
    },
    transaction: (work) => transaction((next) => work(changesIn(statements, next))),
  }
}

type Statements = ReturnType<typeof prepare>

function prepare(database: DatabaseSync) {
  const sql = (text: string) => database.prepare(text)
  return {
    begin: sql('BEGIN IMMEDIATE'),
    end: sql('COMMIT'),
    setProgress: sql('UPDATE progress SET commits = ?, last_id = ?, events = ?'),
    addEvent: sql(`
      INSERT INTO event (id, buffer, kind, seq, time_ms, msgid, command, source, person, flags, least,
        client_tags, body, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    addBuffer: sql(`
      INSERT INTO buffer (id, pair, name, people, created_at_ms, last_seq, last_time_ms)
      VALUES (?, ?, ?, ?, ?, 0, 0)`),
    keep: sql('INSERT OR REPLACE INTO kept (kind, key, value, checksum) VALUES (?, ?, ?, ?)'),
    forget: sql('DELETE FROM kept WHERE kind = ? AND key = ?'),
    find: rows(
      sql(`
      SELECT ${EVENT_COLUMNS} FROM event WHERE msgid = ? AND +buffer = ? ORDER BY seq LIMIT 1`),
    ),
    replace: sql(`
      UPDATE event SET kind = ?, source = ?, person = ?, flags = ?, client_tags = ?, body = ?,
        checksum = ? WHERE id = ?`),
    remove: sql('DELETE FROM event WHERE id = ?'),
    keepEnd: sql(`
      UPDATE buffer SET last_seq = max(last_seq, ?2), last_time_ms = max(last_time_ms, ?3)
      WHERE id = ?1`),
    addRedaction: sql('INSERT OR IGNORE INTO redaction VALUES (?, ?, ?, ?, ?)'),
    removeRedaction: sql('DELETE FROM redaction WHERE buffer = ? AND seq = ?'),
    addGone: sql('INSERT INTO gone (id, buffer, seq) VALUES (?, ?, ?)'),
    addSent: sql(`
      INSERT INTO sent (person, client_msgid, msgid, time_ms, digest) VALUES (?, ?, ?, ?, ?)`),
    forgetSent: sql(`
      DELETE FROM sent WHERE id IN (
        SELECT id FROM (SELECT id, time_ms FROM sent ORDER BY id LIMIT ?) WHERE time_ms < ?)`),
  }
}

function rows<Statement extends { setReturnArrays(enabled: boolean): void }>(
  statement: Statement,
): Statement {
  statement.setReturnArrays(true)
  return statement
}

function readProgress(database: DatabaseSync): Progress {
  const row = database.prepare('SELECT commits, last_id, events FROM progress').get()
  return {
    commits: Number(row?.['commits']),
    lastId: Number(row?.['last_id']),
    events: Number(row?.['events']),
  }
}

function writeRecord(statements: Statements, record: LogRecord, next: Progress): void {
  switch (record.kind) {
    case 'event':
      return writeEvent(statements, record.event, next)
    case 'buffer':
      return writeBuffer(statements, record)
    case 'keep':
      statements.keep.run(record.table, record.key, record.value, keptChecksum(record))
      return
    case 'forget':
      statements.forget.run(record.table, record.key)
      return
    case 'redact':
      return redact(statements, record, next)
    case 'sent':
      return writeSent(statements, record)
    default:
      return record satisfies never
  }
}

function writeEvent({ addEvent }: Statements, event: StoredEvent, next: Progress): void {
  next.events++
  addEvent.run(
    ++next.lastId,
    event.buffer,
    kindOf(event),
    event.seq,
    event.timeMs,
    event.msgid,
    commandNumber(event.command),
    event.source,
    event.person,
    event.flags,
    event.least,
    event.clientTags,
    event.body,
    checksumOf(event),
  )
}

function writeBuffer({ addBuffer }: Statements, { buffer }: BufferRecord): void {
  const { id, of, name, people, createdAtMs } = buffer
  addBuffer.run(id, of === 'pair' ? 1 : 0, name, JSON.stringify(people), createdAtMs)
}

function writeSent({ addSent }: Statements, record: SentRecord): void {
  const { person, clientMsgid, msgid, timeMs, digest } = record
  addSent.run(person, clientMsgid, msgid, timeMs, digest)
}

/** What isn't there, or was redacted before, is left as it is: the first who took it away stays. */
function redact(statements: Statements, record: RedactRecord, next: Progress): void {
  const { buffer, msgid, source, reason, timeMs } = record
  const row = statements.find.get(msgid, buffer)
  if (row === undefined) return
  const { id, event } = eventOf(row)
  if (event === undefined || (event.flags & REDACTED) !== 0) return
  changesIn(statements, next).replace(id, withoutContent(event))
  statements.addRedaction.run(buffer, event.seq, source, reason, timeMs)
}

function changesIn(statements: Statements, next: Progress): Changes {
  return {
    replace(id, event) {
      const { source, person, flags, clientTags, body } = event
      const checksum = checksumOf(event)
      statements.replace.run(kindOf(event), source, person, flags, clientTags, body, checksum, id)
      statements.addGone.run(++next.lastId, event.buffer, event.seq)
    },
    remove(id, { buffer, seq, timeMs }) {
      if (statements.remove.run(id).changes === 0) return
      statements.keepEnd.run(buffer, seq, timeMs)
      statements.removeRedaction.run(buffer, seq)
      statements.addGone.run(++next.lastId, buffer, seq)
      next.events--
    },
  }
}
