import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { foldCase } from '../protocol/casemap.ts'
import type { BufferId, StoredEvent } from '../state/record.ts'
import type { SearchPlan, SearchRow } from './search-plan.ts'
import { searchTextOf } from './search-text.ts'
import { bufferToken, tokensOf } from './search-tokens.ts'

/** How far the index has come with the log. */
export interface SearchProgress {
  readonly position: string
  /** Events that are in the log up to there. */
  readonly events: number
  /** Of the newest of them. */
  readonly lastTimeMs: number
  /** It shows whether the log is still the one that was indexed; undefined when it has left it. */
  readonly last: Pick<StoredEvent, 'buffer' | 'seq' | 'msgid'> | undefined
}

export interface SearchTable {
  progress(): SearchProgress
  /** All that `work` does is one commit. */
  write(work: () => void): void
  saveProgress(progress: SearchProgress): void
  /** One that is there already is left as it is. */
  add(event: StoredEvent): void
  /** Nothing happens if it isn't there. */
  remove(buffer: BufferId, seq: number): void
  /** Brings a little order into what has been added: some milliseconds of it. `false`: there is nothing left to do. */
  tidy(): boolean
  /** Newest first. They have all tokens of the plan, and lie in its rooms and times: the rest is to be looked at. */
  candidates(plan: SearchPlan): Iterable<SearchRow>
}

export function createSearchTable(database: DatabaseSync): SearchTable {
  const sql = statements(database)
  return {
    progress: () => readProgress(sql.progress),
    write: (work) => write(database, work),
    saveProgress: ({ position, events, lastTimeMs, last }) => {
      const place = [last?.buffer ?? null, last?.seq ?? null, last?.msgid ?? null]
      sql.saveProgress.run(position, events, lastTimeMs, ...place)
    },
    add: (event) => add(sql, event),
    remove: (buffer, seq) => remove(sql, buffer, seq),
    tidy: () => {
      const before = numberOf(sql.changes.get())
      sql.merge.run()
      // https://sqlite.org/fts5.html#the_merge_command: fewer than two, and nothing was to be merged.
      return numberOf(sql.changes.get()) - before >= 2
    },
    candidates: (plan) => candidates(sql, plan),
  }
}

type Statements = ReturnType<typeof statements>

/** Pages of the index that one merge writes, about. */
const MERGE_PAGES = 16
/** Messages of neighbouring numbers that a span says the times of, as a shift. */
const SPAN_BITS = 10

const COLUMNS = 'message.buffer, message.msgid, message.time_ms, message.least, message.text'
/**
 * `CROSS JOIN` leaves the order as it is written (https://sqlite.org/optoverview.html#crossjoin). Numbers come
 * as floats, and FTS5 takes no notice of bounds that are.
 */
const WITH_TOKENS = `SELECT ${COLUMNS} FROM token CROSS JOIN message ON message.id = token.rowid
  WHERE token MATCH :match AND token.rowid BETWEEN CAST(:from AS INTEGER)
    AND CAST(:to AS INTEGER) AND time_ms > :after AND time_ms < :before`
const WITHOUT_TOKENS = `SELECT ${COLUMNS} FROM message
  WHERE id BETWEEN :from AND :to AND time_ms > :after AND time_ms < :before`
/** `+`: no index of rooms is to be used, or all there is would be sorted. */
const IN_ROOMS = 'AND +message.buffer IN (SELECT value FROM json_each(:rooms))'

function statements(database: DatabaseSync) {
  const prepare = (text: string): StatementSync => database.prepare(text)
  return {
    progress: prepare('SELECT * FROM progress'),
    saveProgress: prepare(`UPDATE progress SET position = ?, events = ?, last_time_ms = ?,
      last_buffer = ?, last_seq = ?, last_msgid = ?`),
    addMessage:
      prepare(`INSERT INTO message (buffer, seq, msgid, time_ms, nick, has_link, least, text)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`),
    addTokens: prepare('INSERT INTO token (rowid, tokens) VALUES (?, ?)'),
    addToRoom: prepare(`INSERT INTO room (buffer, messages) VALUES (?, 1)
      ON CONFLICT DO UPDATE SET messages = messages + 1`),
    addToSpan: prepare(`INSERT INTO span (number, from_ms, to_ms) VALUES (?1, ?2, ?2)
      ON CONFLICT DO UPDATE SET from_ms = min(from_ms, ?2), to_ms = max(to_ms, ?2)`),
    message: prepare('SELECT id, nick, has_link, text FROM message WHERE buffer = ? AND seq = ?'),
    removeMessage: prepare('DELETE FROM message WHERE id = ?'),
    removeTokens: prepare(`INSERT INTO token (token, rowid, tokens) VALUES ('delete', ?, ?)`),
    removeFromRoom: prepare('UPDATE room SET messages = messages - 1 WHERE buffer = ?'),
    changes: prepare('SELECT total_changes()'),
    merge: prepare(`INSERT INTO token (token, rank) VALUES ('merge', ${MERGE_PAGES})`),
    inRooms: prepare(`SELECT sum(messages) FROM room
      WHERE buffer IN (SELECT value FROM json_each(?))`),
    firstSpan: prepare('SELECT min(number) FROM span WHERE to_ms > ?'),
    lastSpan: prepare('SELECT max(number) FROM span WHERE from_ms < ?'),
    withTokens: prepare(`${WITH_TOKENS} ORDER BY token.rowid DESC`),
    withTokensInRooms: prepare(`${WITH_TOKENS} ${IN_ROOMS} ORDER BY token.rowid DESC`),
    withoutTokens: prepare(`${WITHOUT_TOKENS} ${IN_ROOMS} ORDER BY id DESC`),
  }
}

function readProgress(statement: StatementSync): SearchProgress {
  const row = statement.get() ?? {}
  const { last_buffer: buffer, last_seq: seq, last_msgid: msgid } = row
  return {
    position: String(row['position']),
    events: Number(row['events']),
    lastTimeMs: Number(row['last_time_ms']),
    last:
      msgid === null
        ? undefined
        : { buffer: Number(buffer), seq: Number(seq), msgid: String(msgid) },
  }
}

function write(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    work()
    database.exec('COMMIT')
  } catch (error) {
    // After some errors SQLite has already rolled back. https://sqlite.org/lang_transaction.html
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function add(sql: Statements, event: StoredEvent): void {
  const found = searchTextOf(event)
  if (found === undefined) return
  const { buffer, seq, msgid, timeMs, least } = event
  const nick = nickOf(event.source)
  const { text, hasLink } = found
  const facts = [buffer, seq, msgid, timeMs, nick, Number(hasLink), least, text] as const
  const { changes, lastInsertRowid } = sql.addMessage.run(...facts)
  if (changes === 0) return
  sql.addTokens.run(lastInsertRowid, tokensOf({ buffer, nick, hasLink, text }))
  sql.addToRoom.run(buffer)
  sql.addToSpan.run(Number(lastInsertRowid) >>> SPAN_BITS, timeMs)
}

/** Of `nick!user@host` the nick, folded; of a server its name. */
function nickOf(source: string): string {
  const end = source.indexOf('!')
  return foldCase(end < 0 ? source : source.slice(0, end))
}

/** FTS5 has to be told what stood there, letter by letter. */
function remove(sql: Statements, buffer: BufferId, seq: number): void {
  const row = sql.message.get(buffer, seq)
  if (row === undefined) return
  const id = Number(row['id'])
  const nick = String(row['nick'])
  const text = String(row['text'])
  const hasLink = row['has_link'] === 1
  sql.removeTokens.run(id, tokensOf({ buffer, nick, hasLink, text }))
  sql.removeMessage.run(id)
  sql.removeFromRoom.run(buffer)
}

function* candidates(sql: Statements, plan: SearchPlan): Iterable<SearchRow> {
  if (plan.sights.size === 0) return
  const rooms = JSON.stringify([...plan.sights.keys()])
  const after = Math.max(plan.afterMs, plan.sinceMs - 1)
  const bounds = {
    after,
    before: plan.beforeMs,
    // Times hardly ever go back from one message to the next, but they do: clocks are set.
    from: numberOf(sql.firstSpan.get(after)) * 2 ** SPAN_BITS,
    to: (numberOf(sql.lastSpan.get(plan.beforeMs)) + 1) * 2 ** SPAN_BITS,
  }
  for (const row of rowsOf(sql, plan, rooms, bounds)) {
    yield {
      buffer: Number(row['buffer']),
      msgid: String(row['msgid']),
      timeMs: Number(row['time_ms']),
      least: Number(row['least']),
      text: String(row['text']),
    }
  }
}

/**
 * FTS5 looks at each room's token for every message that it passes, and SQLite at each message's room for
 * every one that has the words. The first is the way where rooms are few or little was said in them, the
 * second where much of everything was.
 */
const MOST_LOOKS = 10_000_000

function rowsOf(
  sql: Statements,
  { tokens, sights }: SearchPlan,
  rooms: string,
  bounds: Readonly<Record<string, SQLInputValue>>,
): Iterable<Readonly<Record<string, unknown>>> {
  const messages = numberOf(sql.inRooms.get(rooms))
  const isSmall = messages * sights.size <= MOST_LOOKS
  if (tokens.length === 0 && !isSmall) return sql.withoutTokens.iterate({ ...bounds, rooms })
  const match = tokens.map(quote)
  if (!isSmall)
    return sql.withTokensInRooms.iterate({ ...bounds, rooms, match: match.join(' AND ') })
  const anyRoom = [...sights.keys()].map((buffer) => quote(bufferToken(buffer))).join(' OR ')
  return sql.withTokens.iterate({ ...bounds, match: [...match, `(${anyRoom})`].join(' AND ') })
}

/** A token holds no quotes: punctuation has substitutes. */
function quote(token: string): string {
  return `"${token}"`
}

/** Of a row with one column; 0 for NULL. */
function numberOf(row: Readonly<Record<string, unknown>> | undefined): number {
  return Number(Object.values(row ?? {})[0] ?? 0)
}
