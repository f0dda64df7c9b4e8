import type { Identity, SessionInfo } from './access.ts'
import type { MonitorStore } from './monitor-store.ts'
import type { Role } from '../feed/role.ts'

/** Without being used. */
export const SESSION_IDLE_MS = 2 * 3_600_000
/** However much it is used. */
export const SESSION_MOST_MS = 24 * 3_600_000
/** An operator's sessions at a time; a further one ends the oldest. */
export const MOST_SESSIONS = 32
/** A use is written down when the last one is so long ago: a request that only looks should not wait for the disk. */
export const USE_STEP_MS = 60_000

export interface NewSession {
  readonly hash: Uint8Array
  readonly id: string
  /** The operator's name as a key. */
  readonly key: string
  readonly from: string
  readonly atMs: number
}

/** The sessions in `monitor.db`, as long as they are alive at `nowMs`. */
export interface SessionTable {
  all(nowMs: number): readonly SessionInfo[]
  /** To be called in a transaction. */
  add(session: NewSession): void
  use(hash: Uint8Array, nowMs: number): Identity | undefined
  /** False: there is none. */
  remove(id: string): boolean
}

interface Row {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly came_from: string
  readonly created_at_ms: number
  readonly last_used_at_ms: number
}

const SELECT = `
  SELECT id, operators.name, operators.role, came_from, sessions.created_at_ms, last_used_at_ms
  FROM sessions JOIN operators USING (name_key)`

export function sessionTable({ database, write }: MonitorStore): SessionTable {
  const every = database.prepare(`${SELECT} ORDER BY sessions.created_at_ms, sessions.rowid`)
  const one = database.prepare(`${SELECT} WHERE secret_hash = ?`)
  const insert = database.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)')
  const touch = database.prepare('UPDATE sessions SET last_used_at_ms = ? WHERE id = ?')
  const remove = database.prepare('DELETE FROM sessions WHERE id = ?')
  const removeDead = database.prepare(
    'DELETE FROM sessions WHERE created_at_ms <= ? OR last_used_at_ms <= ?',
  )
  const removeOldest = database.prepare(
    `DELETE FROM sessions WHERE rowid IN (
      SELECT rowid FROM sessions WHERE name_key = ?
      ORDER BY created_at_ms DESC, rowid DESC LIMIT -1 OFFSET ?)`,
  )
  return {
    all: (nowMs) =>
      (every.all() as unknown as Row[]).map(sessionInfo).filter((info) => isAlive(info, nowMs)),
    add({ hash, id, key, from, atMs }) {
      removeDead.run(atMs - SESSION_MOST_MS, atMs - SESSION_IDLE_MS)
      insert.run(hash, id, key, from, atMs, atMs)
      removeOldest.run(key, MOST_SESSIONS)
    },
    use(hash, nowMs) {
      const row = one.get(hash) as unknown as Row | undefined
      if (row === undefined || !isAlive(sessionInfo(row), nowMs)) return undefined
      const { id, name, role } = row
      if (nowMs - row.last_used_at_ms >= USE_STEP_MS) {
        mayFail(() => write(() => touch.run(nowMs, id)))
      }
      return { name, role, via: 'session', id }
    },
    remove: (id) => write(() => Number(remove.run(id).changes) > 0),
  }
}

/** A full disk must not lock out who could make room: the session then only ends earlier. */
export function mayFail(write: () => void): void {
  try {
    write()
  } catch {
    // Whatever has to be written will say so.
  }
}

function sessionInfo(row: Row): SessionInfo {
  const { id, name, role, created_at_ms: createdAtMs, last_used_at_ms: lastUsedAtMs } = row
  const expiresAtMs = Math.min(createdAtMs + SESSION_MOST_MS, lastUsedAtMs + SESSION_IDLE_MS)
  return { id, name, role, from: row.came_from, createdAtMs, lastUsedAtMs, expiresAtMs }
}

function isAlive({ expiresAtMs }: SessionInfo, nowMs: number): boolean {
  return nowMs < expiresAtMs
}
