import type { Identity, TokenInfo } from './access.ts'
import type { MonitorStore } from './monitor-store.ts'
import type { Role } from '../feed/role.ts'
import { mayFail, USE_STEP_MS } from './session-table.ts'

export interface NewToken {
  readonly hash: Uint8Array
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly atMs: number
  readonly expiresAtMs: number | undefined
}

/** The tokens in `monitor.db`, as long as they are alive at `nowMs`. */
export interface TokenTable {
  all(nowMs: number): readonly TokenInfo[]
  add(token: NewToken): void
  use(hash: Uint8Array, nowMs: number): Identity | undefined
  /** False: there is none. */
  remove(id: string): boolean
}

interface Row {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly created_at_ms: number
  readonly expires_at_ms: number | null
  readonly last_used_at_ms: number | null
}

export function tokenTable({ database, write }: MonitorStore): TokenTable {
  const every = database.prepare('SELECT * FROM tokens ORDER BY created_at_ms, rowid')
  const one = database.prepare('SELECT * FROM tokens WHERE secret_hash = ?')
  const insert = database.prepare('INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, NULL)')
  const touch = database.prepare('UPDATE tokens SET last_used_at_ms = ? WHERE id = ?')
  const remove = database.prepare('DELETE FROM tokens WHERE id = ?')
  const removeDead = database.prepare('DELETE FROM tokens WHERE expires_at_ms <= ?')
  return {
    all: (nowMs) =>
      (every.all() as unknown as Row[]).filter((row) => isAlive(row, nowMs)).map(tokenInfo),
    add: ({ hash, id, name, role, atMs, expiresAtMs }) =>
      write(() => {
        removeDead.run(atMs)
        insert.run(hash, id, name, role, atMs, expiresAtMs ?? null)
      }),
    use(hash, nowMs) {
      const row = one.get(hash) as unknown as Row | undefined
      if (row === undefined || !isAlive(row, nowMs)) return undefined
      const { id, name, role, last_used_at_ms: lastUsedAtMs } = row
      if (lastUsedAtMs === null || nowMs - lastUsedAtMs >= USE_STEP_MS) {
        mayFail(() => write(() => touch.run(nowMs, id)))
      }
      return { name, role, via: 'token', id }
    },
    remove: (id) => write(() => Number(remove.run(id).changes) > 0),
  }
}

function isAlive({ expires_at_ms: expiresAtMs }: Row, nowMs: number): boolean {
  return expiresAtMs === null || nowMs < expiresAtMs
}

function tokenInfo(row: Row): TokenInfo {
  const { id, name, role, created_at_ms: createdAtMs } = row
  return {
    id,
    name,
    role,
    createdAtMs,
    ...(row.expires_at_ms === null ? {} : { expiresAtMs: row.expires_at_ms }),
    ...(row.last_used_at_ms === null ? {} : { lastUsedAtMs: row.last_used_at_ms }),
  }
}
