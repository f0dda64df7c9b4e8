import type { Identity, SessionInfo } from './access.ts'
import { newId, newSecret, secretHash } from './secrets.ts'
import type { RandomBytes } from './secrets.ts'

/** Sessions of the server's own console: an admin without a password, kept in memory, gone with the process. */
export interface ConsoleSessions {
  all(): readonly SessionInfo[]
  add(nowMs: number): string
  use(hash: Uint8Array, nowMs: number): Identity | undefined
  /** False: there is none. */
  remove(id: string): boolean
}

/** The last moment that a Date can tell: they end with the process, whenever that is. https://tc39.es/ecma262/#sec-time-values-and-time-range */
const NEVER_MS = 8.64e15

export function consoleSessions(randomBytes: RandomBytes): ConsoleSessions {
  /** By the hash of the secret. */
  const sessions = new Map<string, SessionInfo>()
  return {
    all: () => [...sessions.values()],
    add(nowMs) {
      const secret = newSecret(randomBytes, '')
      sessions.set(hex(secretHash(secret)), {
        id: newId(randomBytes, 's'),
        name: 'console',
        role: 'admin',
        from: 'console',
        createdAtMs: nowMs,
        lastUsedAtMs: nowMs,
        expiresAtMs: NEVER_MS,
      })
      return secret
    },
    use(hash, nowMs) {
      const key = hex(hash)
      const session = sessions.get(key)
      if (session === undefined) return undefined
      sessions.set(key, { ...session, lastUsedAtMs: nowMs })
      const { id, name, role } = session
      return { name, role, via: 'session', id }
    },
    remove(id) {
      const [key] = [...sessions].find(([, session]) => session.id === id) ?? []
      return key !== undefined && sessions.delete(key)
    },
  }
}

function hex(hash: Uint8Array | undefined): string {
  return Buffer.from(hash ?? []).toString('hex')
}
