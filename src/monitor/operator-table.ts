import type { DatabaseSync } from 'node:sqlite'
import type { Change, OperatorInfo } from './access.ts'
import { nameKey } from './credential-rules.ts'
import type { MonitorStore } from './monitor-store.ts'
import type { Role } from '../feed/role.ts'

export interface NewOperator {
  readonly name: string
  /** Hashed. */
  readonly password: string
  readonly role: Role
  readonly atMs: number
}

/** The operators in `monitor.db`; names are keys where they are looked up. */
export interface OperatorTable {
  all(): readonly OperatorInfo[]
  isEmpty(): boolean
  has(key: string): boolean
  /** Of an operator's password. */
  hashOf(key: string): string | undefined
  /** `first`: only while there is none. */
  add(operator: NewOperator, when: 'first' | 'any'): Change
  remove(key: string): Change
  setRole(key: string, role: Role): Change
  /** Ends the sessions that came in with the old password. */
  setHash(key: string, password: string): Change
  signedIn(key: string, atMs: number): void
}

interface Row {
  readonly name: string
  readonly password: string
  readonly role: Role
  readonly created_at_ms: number
  readonly last_sign_in_at_ms: number | null
}

export function operatorTable({ database, write }: MonitorStore): OperatorTable {
  const sql = statements(database)
  const find = (key: string): Row | undefined => sql.one.get(key) as unknown as Row | undefined
  const isEmpty = (): boolean => sql.any.get() === undefined
  const isLastAdmin = (key: string, { role }: Row): boolean =>
    role === 'admin' && sql.otherAdmin.get(key) === undefined
  /** Does it to an operator that is there. */
  const change = (key: string, work: (row: Row) => Change): Change =>
    write(() => {
      const row = find(key)
      return row === undefined ? refusal(`there is no operator ${key}`) : work(row)
    })

  return {
    all: () => (sql.every.all() as unknown as Row[]).map(operatorInfo),
    isEmpty,
    has: (key) => find(key) !== undefined,
    hashOf: (key) => find(key)?.password,
    add: ({ name, password, role, atMs }, when) =>
      write(() => {
        if (when === 'first' && !isEmpty()) return refusal('there is an operator already')
        if (isEmpty() && role !== 'admin') return refusal('the first operator must be an admin')
        if (find(nameKey(name)) !== undefined)
          return refusal(`there is an operator ${name} already`)
        sql.insert.run(nameKey(name), name, password, role, atMs)
        return DONE
      }),
    remove: (key) =>
      change(key, (row) => {
        if (isLastAdmin(key, row)) return refusal(`${row.name} is the last admin and has to stay`)
        sql.remove.run(key)
        return DONE
      }),
    setRole: (key, role) =>
      change(key, (row) => {
        if (role !== 'admin' && isLastAdmin(key, row)) {
          return refusal(`${row.name} is the last admin and has to stay one`)
        }
        sql.setRole.run(role, key)
        return DONE
      }),
    setHash: (key, password) =>
      change(key, () => {
        sql.setHash.run(password, key)
        sql.endSessions.run(key)
        return DONE
      }),
    signedIn: (key, atMs) => void sql.signIn.run(atMs, key),
  }
}

function statements(database: DatabaseSync) {
  return {
    every: database.prepare('SELECT * FROM operators ORDER BY name_key'),
    any: database.prepare('SELECT 1 FROM operators LIMIT 1'),
    one: database.prepare('SELECT * FROM operators WHERE name_key = ?'),
    otherAdmin: database.prepare(
      "SELECT 1 FROM operators WHERE role = 'admin' AND name_key <> ? LIMIT 1",
    ),
    insert: database.prepare(
      'INSERT INTO operators (name_key, name, password, role, created_at_ms) VALUES (?, ?, ?, ?, ?)',
    ),
    remove: database.prepare('DELETE FROM operators WHERE name_key = ?'),
    setRole: database.prepare('UPDATE operators SET role = ? WHERE name_key = ?'),
    setHash: database.prepare('UPDATE operators SET password = ? WHERE name_key = ?'),
    endSessions: database.prepare('DELETE FROM sessions WHERE name_key = ?'),
    signIn: database.prepare('UPDATE operators SET last_sign_in_at_ms = ? WHERE name_key = ?'),
  }
}

export const DONE: Change = { done: true }

export function refusal(text: string): Change {
  return { done: false, text }
}

function operatorInfo(row: Row): OperatorInfo {
  const { name, role, created_at_ms: createdAtMs, last_sign_in_at_ms: lastSignInAtMs } = row
  return { name, role, createdAtMs, ...(lastSignInAtMs === null ? {} : { lastSignInAtMs }) }
}
