import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { foldCase } from '../protocol/casemap.ts'
import type { BufferId, StoredEvent } from '../state/record.ts'
import type { SearchPlan, SearchRow } from './search-plan.ts'
import { searchTextOf } from './search-text.ts'
import { bufferToken, tokensOf } from './search-tokens.ts'
import {
  IN_ROOMS,
  openSearchVolumes,
  SEARCH_COLUMNS,
  type SearchVolumes,
  type Within,
} from './search-volumes.ts'

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

/** `volumeBits` is for tests: see search-volumes.ts. */
export function createSearchTable(database: DatabaseSync, volumeBits?: number): SearchTable {
  const volumes = openSearchVolumes(database, volumeBits)
  const sql = statements(database)
  return {
    progress: () => readProgress(sql.progress),
    write: (work) => write(database, work, volumes),
    saveProgress: ({ position, events, lastTimeMs, last }) => {
      const place = [last?.buffer ?? null, last?.seq ?? null, last?.msgid ?? null]
      sql.saveProgress.run(position, events, lastTimeMs, ...place)
    },
    add: (event) => add(sql, volumes, event),
    remove: (buffer, seq) => remove(sql, volumes, { buffer, seq }),
    tidy: () => volumes.tidy(),
    candidates: (plan) => candidates(sql, volumes, plan),
  }
}

type Statements = ReturnType<typeof statements>

/** Messages of neighbouring numbers that a span says the times of. */
const SPAN_MESSAGES = 1024

function statements(database: DatabaseSync) {
  const prepare = (text: string): StatementSync => database.prepare(text)
  return {
    progress: prepare('SELECT * FROM progress'),
    saveProgress: prepare(`UPDATE progress SET position = ?, events = ?, last_time_ms = ?,
      last_buffer = ?, last_seq = ?, last_msgid = ?`),
    addMessage:
      prepare(`INSERT INTO message (buffer, seq, msgid, time_ms, nick, has_link, least, text)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`),
    addToRoom: prepare(`INSERT INTO room (buffer, messages) VALUES (?, 1)
      ON CONFLICT DO UPDATE SET messages = messages + 1`),
    addToSpan: prepare(`INSERT INTO span (number, from_ms, to_ms) VALUES (?1, ?2, ?2)
      ON CONFLICT DO UPDATE SET from_ms = min(from_ms, ?2), to_ms = max(to_ms, ?2)`),
    message: prepare('SELECT id, nick, has_link, text FROM message WHERE buffer = ? AND seq = ?'),
    removeMessage: prepare('DELETE FROM message WHERE id = ?'),
    removeFromRoom: prepare('UPDATE room SET messages = messages - 1 WHERE buffer = ?'),
    inRooms: prepare(`SELECT sum(messages) FROM room
      WHERE buffer IN (SELECT value FROM json_each(?))`),
    firstSpan: prepare('SELECT min(number) FROM span WHERE to_ms > ?'),
    lastSpan: prepare('SELECT max(number) FROM span WHERE from_ms < ?'),
    withoutTokens: prepare(`SELECT ${SEARCH_COLUMNS} FROM message
      WHERE id BETWEEN :from AND :to AND time_ms > :after AND time_ms < :before ${IN_ROOMS}
      ORDER BY id DESC`),
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

function write(database: DatabaseSync, work: () => void, volumes: SearchVolumes): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    work()
    database.exec('COMMIT')
  } catch (error) {
    // After some errors SQLite has already rolled back. https://sqlite.org/lang_transaction.html
    if (database.isTransaction) database.exec('ROLLBACK')
    volumes.undone()
    throw error
  }
}

function add(sql: Statements, volumes: SearchVolumes, event: StoredEvent): void {
  const found = searchTextOf(event)
  if (found === undefined) return
  const { buffer, seq, msgid, timeMs, least } = event
  const nick = nickOf(event.source)
  const { text, hasLink } = found
  const facts = [buffer, seq, msgid, timeMs, nick, Number(hasLink), least, text] as const
  const { changes, lastInsertRowid } = sql.addMessage.run(...facts)
  if (changes === 0) return
  const id = Number(lastInsertRowid)
  volumes.add(id, tokensOf({ buffer, nick, hasLink, text }))
  sql.addToRoom.run(buffer)
  sql.addToSpan.run(Math.floor(id / SPAN_MESSAGES), timeMs)
}

/** Of `nick!user@host` the nick, folded; of a server its name. */
function nickOf(source: string): string {
  const end = source.indexOf('!')
  return foldCase(end < 0 ? source : source.slice(0, end))
}

/** FTS5 has to be told what stood there, letter by letter. */
function remove(
  sql: Statements,
  volumes: SearchVolumes,
  { buffer, seq }: Pick<StoredEvent, 'buffer' | 'seq'>,
): void {
  const row = sql.message.get(buffer, seq)
  if (row === undefined) return
  const id = Number(row['id'])
  const nick = String(row['nick'])
  const text = String(row['text'])
  const hasLink = row['has_link'] === 1
  volumes.remove(id, tokensOf({ buffer, nick, hasLink, text }))
  sql.removeMessage.run(id)
  sql.removeFromRoom.run(buffer)
}

function* candidates(
  sql: Statements,
  volumes: SearchVolumes,
  plan: SearchPlan,
): Iterable<SearchRow> {
  if (plan.sights.size === 0) return
  const afterMs = Math.max(plan.afterMs, plan.sinceMs - 1)
  const { beforeMs } = plan
  // Times hardly ever go back from one message to the next, but they do: clocks are set.
  const from = numberOf(sql.firstSpan.get(afterMs)) * SPAN_MESSAGES
  const to = (numberOf(sql.lastSpan.get(beforeMs)) + 1) * SPAN_MESSAGES
  for (const row of rowsOf(sql, volumes, plan, { from, to, afterMs, beforeMs })) {
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
  volumes: SearchVolumes,
  { tokens, sights }: SearchPlan,
  within: Within,
): Iterable<Readonly<Record<string, unknown>>> {
  const rooms = JSON.stringify([...sights.keys()])
  const match = tokens.map(quote)
  if (numberOf(sql.inRooms.get(rooms)) * sights.size <= MOST_LOOKS) {
    const anyRoom = [...sights.keys()].map((buffer) => quote(bufferToken(buffer))).join(' OR ')
    return volumes.find([...match, `(${anyRoom})`].join(' AND '), within)
  }
  if (match.length > 0) return volumes.find(match.join(' AND '), { ...within, rooms })
  const { from, to, afterMs, beforeMs } = within
  return sql.withoutTokens.iterate({ from, to, after: afterMs, before: beforeMs, rooms })
}

/** A token holds no quotes: punctuation has substitutes. */
function quote(token: string): string {
  return `"${token}"`
}

/** Of a row with one column; 0 for NULL. */
function numberOf(row: Readonly<Record<string, unknown>> | undefined): number {
  return Number(Object.values(row ?? {})[0] ?? 0)
}
