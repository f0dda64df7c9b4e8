import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

/**
 * The tokens of all messages, in tables of FTS5 that hold so many messages each. In one table for all, taking a
 * new message out would cost more with every one before it, and merging would write everything again and again.
 */
export interface SearchVolumes {
  add(id: number, tokens: string): void
  /** `tokens` as they were added. */
  remove(id: number, tokens: string): void
  /** Merges a little. `false`: there is nothing left to merge. */
  tidy(): boolean
  /** Messages that have what FTS5's `match` asks for, newest first, as `message` has them. */
  find(match: string, within: Within): Iterable<Readonly<Record<string, unknown>>>
  /** A transaction was undone, and with it the making of volumes. */
  undone(): void
}

export interface Within {
  /** Numbers of messages. */
  readonly from: number
  readonly to: number
  /** Both excluded. */
  readonly afterMs: number
  readonly beforeMs: number
  /** A JSON array of buffers; absent: `match` sees to it. */
  readonly rooms?: string
}

export const SEARCH_COLUMNS =
  'message.buffer, message.msgid, message.time_ms, message.least, message.text'
/** `+`: no index of rooms is to be used, or all there is would be sorted. */
export const IN_ROOMS = 'AND +message.buffer IN (SELECT value FROM json_each(:rooms))'

/** A message's number, shifted by this, is its volume's: 262,144 messages. */
const VOLUME_BITS = 18
/** Pages that one merge writes, about. */
const MERGE_PAGES = 16

export function openSearchVolumes(
  database: DatabaseSync,
  volumeBits: number = VOLUME_BITS,
): SearchVolumes {
  const size = 2 ** volumeBits
  let volumes = readVolumes(database)
  const changes = database.prepare('SELECT total_changes() AS n')
  /** Those that something may be merged in. */
  let untidy = new Set(volumes.keys())

  const volumeOf = (id: number): Statements => {
    const number = Math.floor(id / size)
    const known = volumes.get(number)
    untidy.add(number)
    if (known !== undefined) return known
    database.exec(volumeSql(number))
    const made = statements(database, number)
    volumes.set(number, made)
    return made
  }

  return {
    add: (id, tokens) => void volumeOf(id).add.run(id, tokens),
    remove: (id, tokens) => void volumeOf(id).remove.run(id, tokens),
    tidy() {
      for (const number of untidy) {
        const before = Number(changes.get()?.['n'])
        volumes.get(number)?.merge.run()
        // https://sqlite.org/fts5.html#the_merge_command: with fewer than two, nothing was merged.
        if (Number(changes.get()?.['n']) - before >= 2) return true
        untidy.delete(number)
      }
      return false
    },
    *find(match, { from, to, afterMs, beforeMs, rooms }) {
      const numbers = [...volumes.keys()].toSorted((one, other) => other - one)
      const params = { match, from, to, after: afterMs, before: beforeMs }
      for (const number of numbers) {
        const volume = volumes.get(number)
        if (volume === undefined || number * size > to || (number + 1) * size <= from) continue
        if (rooms === undefined) yield* volume.find.iterate(params)
        else yield* volume.findInRooms.iterate({ ...params, rooms } satisfies Params)
      }
    },
    undone() {
      volumes = readVolumes(database)
      untidy = new Set(volumes.keys())
    },
  }
}

type Params = Readonly<Record<string, SQLInputValue>>

/**
 * It has no content of its own, and no positions. `secure-delete` takes a message out at once instead of noting
 * that it is gone; merging in small steps is left to us: by itself FTS5 merges for as long as it takes.
 * https://sqlite.org/fts5.html
 */
function volumeSql(number: number): string {
  const name = `volume_${number}`
  return `
    CREATE VIRTUAL TABLE ${name}
      USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii');
    INSERT INTO ${name} (${name}, rank)
      VALUES ('automerge', 0), ('crisismerge', 1000), ('secure-delete', 1);`
}

function readVolumes(database: DatabaseSync): Map<number, Statements> {
  const rows = database
    .prepare(`SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE volume%'`)
    .all()
  const numbers = rows.map(({ name }) => Number(String(name).slice('volume_'.length)))
  return new Map(numbers.map((number) => [number, statements(database, number)]))
}

interface Statements {
  readonly add: StatementSync
  readonly remove: StatementSync
  readonly merge: StatementSync
  readonly find: StatementSync
  readonly findInRooms: StatementSync
}

function statements(database: DatabaseSync, number: number): Statements {
  const name = `volume_${number}`
  // `CROSS JOIN` leaves the order as it is written (https://sqlite.org/optoverview.html#crossjoin).
  // Numbers come as floats, and FTS5 takes no notice of bounds that are.
  const find = `SELECT ${SEARCH_COLUMNS} FROM ${name} CROSS JOIN message ON message.id = ${name}.rowid
    WHERE ${name} MATCH :match AND ${name}.rowid BETWEEN CAST(:from AS INTEGER)
      AND CAST(:to AS INTEGER) AND time_ms > :after AND time_ms < :before`
  const newestFirst = `ORDER BY ${name}.rowid DESC`
  return {
    add: database.prepare(`INSERT INTO ${name} (rowid, tokens) VALUES (?, ?)`),
    remove: database.prepare(
      `INSERT INTO ${name} (${name}, rowid, tokens) VALUES ('delete', ?, ?)`,
    ),
    merge: database.prepare(`INSERT INTO ${name} (${name}, rank) VALUES ('merge', ${MERGE_PAGES})`),
    find: database.prepare(`${find} ${newestFirst}`),
    findInRooms: database.prepare(`${find} ${IN_ROOMS} ${newestFirst}`),
  }
}
