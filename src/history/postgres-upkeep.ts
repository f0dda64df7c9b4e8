import type { ClientBase } from 'pg'
import type { Clock } from '../base/clock.ts'
import { foldCase } from '../protocol/casemap.ts'
import type { BufferId, StoredEvent } from '../state/record.ts'
import { erasedPair } from './erased-pair.ts'
import { erased, ERASED_SOURCE } from './event-row.ts'
import { replaceInPostgres } from './postgres-commit.ts'
import { removeFromPostgres } from './postgres-remove.ts'
import { retainPostgres } from './postgres-retain.ts'
import { eventOfRow, type PostgresRow } from './postgres-row.ts'
import { END, SEES_ALL, START, type EventReader } from './read-page.ts'
import type { Purge, StoreUpkeep } from './store-upkeep.ts'

/** The store, as upkeep sees it. Each use is a turn of its own: commits come between them. */
export interface PostgresAccess {
  readonly role: 'write' | 'read'
  readonly clock: Clock
  readonly reader: EventReader
  readonly use: <Result>(work: (client: ClientBase) => Promise<Result>) => Promise<Result>
  readonly transaction: <Result>(work: (client: ClientBase) => Promise<Result>) => Promise<Result>
  /** Fit to be shown. */
  readonly url: string
}

const STEP_ROWS = 500

export function createPostgresUpkeep(access: PostgresAccess): StoreUpkeep {
  const change = (work: () => Promise<number>): Promise<number> =>
    access.role === 'read' ? Promise.reject(new Error('this store only reads')) : work()
  const noCopies = (): Promise<never> =>
    Promise.reject(new Error(`${access.url} is PostgreSQL: use pg_dump and pg_restore`))
  return {
    retain: (rule, perBuffer = new Map()) => change(() => retainPostgres(access, rule, perBuffer)),
    purge: (what) => change(() => purge(access, what)),
    erasePerson: (person) => change(() => erasePerson(access, person)),
    exportBuffer: (buffer) => exportBuffer(access, buffer),
    exportPerson: (person) => exportPerson(access, person),
    backup: noCopies,
    verify: noCopies,
  }
}

async function purge(access: PostgresAccess, what: Purge): Promise<number> {
  if (Object.values(what).every((value) => value === undefined)) return 0
  const { sourceNick } = what
  let count = 0
  for await (const rows of scan(access, what)) {
    const ids = rows
      .filter(({ source }) => sourceNick === undefined || nickOf(source) === sourceNick)
      .map(({ id }) => id)
    count += await access.use((client) => removeFromPostgres(client, ids))
  }
  return count
}

async function erasePerson(access: PostgresAccess, person: string): Promise<number> {
  let count = 0
  const sources = new Set<string>()
  for await (const rows of scan(access, { person })) {
    for (const { source } of rows) sources.add(source)
    await access.transaction((client) => eraseRows(client, rows))
    count += rows.length
  }
  await access.transaction(async (client) => {
    await client.query(
      `UPDATE redaction SET source = $1, reason = '' WHERE source = ANY($2::text[])`,
      [ERASED_SOURCE, [...sources]],
    )
    await client.query('DELETE FROM sent WHERE person = $1', [person])
    await eraseFromPairs(client, person)
  })
  return count
}

async function eraseRows(client: ClientBase, rows: readonly PostgresRow[]): Promise<void> {
  const changed = rows.flatMap((row) => {
    const event = eventOfRow(row)
    return event === undefined ? [] : { id: row.id, event: erased(event) }
  })
  // A damaged row can't be shown, and what is left of it must go, too.
  const damaged = rows.filter((row) => eventOfRow(row) === undefined).map(({ id }) => id)
  await replaceInPostgres(client, changed)
  await removeFromPostgres(client, damaged)
}

/** A pair stays a pair, of somebody whom nobody can be again. */
async function eraseFromPairs(client: ClientBase, person: string): Promise<void> {
  const { rows } = await client.query<{ id: number; people: string; name: string }>(
    'SELECT id, people, name FROM buffer WHERE pair = 1 AND strpos(people, $1) > 0',
    [JSON.stringify(person)],
  )
  for (const row of rows) {
    const { id, people, name } = erasedPair(row, person)
    const values = [people, name, id]
    await client.query('UPDATE buffer SET people = $1, name = $2 WHERE id = $3', values)
  }
}

/** All rows that the fields apply to, but for the nick; each step is read when it is asked for. */
async function* scan(
  { use }: PostgresAccess,
  { buffer, person, fromMs, toMs }: Purge,
): AsyncGenerator<readonly PostgresRow[]> {
  const filters = [buffer, person, fromMs, toMs].map((value) => value ?? null)
  for (let id = 0; ;) {
    const { rows } = await use((client) =>
      client.query<PostgresRow>(
        `SELECT * FROM event WHERE id > $1 AND ($2::bigint IS NULL OR buffer = $2)
          AND ($3::text IS NULL OR person = $3) AND ($4::bigint IS NULL OR time_ms >= $4)
          AND ($5::bigint IS NULL OR time_ms < $5)
        ORDER BY id LIMIT ${STEP_ROWS}`,
        [id, ...filters],
      ),
    )
    const last = rows.at(-1)
    if (last === undefined) return
    id = last.id
    yield rows
  }
}

async function* exportBuffer(
  { reader }: PostgresAccess,
  buffer: BufferId,
): AsyncGenerator<StoredEvent> {
  let after = START
  for (;;) {
    const range = { buffer, sight: SEES_ALL, after, before: END, limit: STEP_ROWS }
    const events = await reader.read({ ...range, from: 'first' })
    yield* events
    const last = events.at(-1)
    if (last === undefined) return
    after = last.seq
  }
}

async function* exportPerson(access: PostgresAccess, person: string): AsyncGenerator<StoredEvent> {
  for await (const rows of scan(access, { person })) {
    for (const row of rows) {
      const event = eventOfRow(row)
      // What was redacted comes with who did it.
      if (event !== undefined) yield event.body === '' ? await whole(access, event) : event
    }
  }
}

async function whole({ reader }: PostgresAccess, event: StoredEvent): Promise<StoredEvent> {
  const { buffer, seq } = event
  const range = { buffer, sight: SEES_ALL, after: seq - 1, before: seq + 1, limit: 1 }
  const [found] = await reader.read({ ...range, from: 'first' })
  return found ?? event
}

function nickOf(source: string): string {
  const [nick = ''] = source.split('!', 1)
  return foldCase(nick)
}
