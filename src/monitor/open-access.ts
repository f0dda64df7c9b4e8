import type { Clock } from '../base/clock.ts'
import type { Access, Change, Identity, SignIn } from './access.ts'
import { createBoundedWork } from './bounded-work.ts'
import { consoleSessions } from './console-sessions.ts'
import { isTooLong, nameKey, nameProblem, passwordProblem } from './credential-rules.ts'
import { createEndings } from './endings.ts'
import type { MonitorStore } from './monitor-store.ts'
import { DONE, operatorTable, refusal } from './operator-table.ts'
import type { OperatorTable } from './operator-table.ts'
import { systemRepeat } from './repeat.ts'
import type { Repeat } from './repeat.ts'
import { isSameSecret, newCode, newId, newSecret, secretHash } from './secrets.ts'
import type { RandomBytes } from './secrets.ts'
import { SESSION_MOST_MS, sessionTable } from './session-table.ts'
import type { SessionTable } from './session-table.ts'
import { createSignInFailures } from './sign-in-failures.ts'
import { tokenTable } from './token-table.ts'
import type { TokenTable } from './token-table.ts'

export interface AccessOptions {
  readonly store: MonitorStore
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly hashPassword: (password: string) => Promise<string>
  /** Without a hash: false, after the same work as for a wrong password. */
  readonly verifyPassword: (password: string, hash: string | undefined) => Promise<boolean>
  readonly repeat?: Repeat
}

const HASHES_AT_ONCE = 2
const HASHES_IN_LINE = 16
const BUSY_RETRY_MS = 1000
const BUSY = refusal('too many passwords are being checked at once; try again in a moment')
const WRONG: SignIn = { kind: 'refused', reason: 'wrong' }

/** Operators, sessions and tokens in `monitor.db`. Dispose of it before the store. It writes no audit. */
export function openAccess(options: AccessOptions): Access & Disposable {
  const parts = openParts(options)
  const { endings } = parts
  return {
    ...signingIn(parts),
    ...sessionAccess(parts),
    ...operatorAccess(parts),
    ...tokenAccess(parts),
    get firstCode() {
      return parts.firstCode()
    },
    onEnded: (listener) => endings.subscribe(listener),
    [Symbol.dispose]: () => endings[Symbol.dispose](),
  }
}

type Parts = ReturnType<typeof openParts>

function openParts(options: AccessOptions) {
  const { store, clock, randomBytes, repeat = systemRepeat } = options
  const operators: OperatorTable = operatorTable(store)
  const sessions: SessionTable = sessionTable(store)
  const tokens: TokenTable = tokenTable(store)
  const ownConsole = consoleSessions(randomBytes)
  const alive = (): string[] => {
    const nowMs = clock.now()
    const all = [...sessions.all(nowMs), ...ownConsole.all(), ...tokens.all(nowMs)]
    return all.map(({ id }) => id)
  }
  return {
    ...options,
    operators,
    sessions,
    tokens,
    ownConsole,
    firstCode: firstCodeOf(operators, randomBytes),
    failures: createSignInFailures(),
    work: createBoundedWork(HASHES_AT_ONCE, HASHES_IN_LINE),
    endings: createEndings(alive, repeat),
  }
}

/** Once there is an operator, the code is gone for good. */
function firstCodeOf(operators: OperatorTable, randomBytes: RandomBytes): () => string | undefined {
  let code: string | undefined = newCode(randomBytes)
  return () => {
    if (code !== undefined && !operators.isEmpty()) code = undefined
    return code
  }
}

function signingIn(parts: Parts): Pick<Access, 'claim' | 'signIn'> {
  const { clock, operators, failures, work, firstCode, hashPassword, verifyPassword } = parts
  return {
    async claim(code, name, password, from) {
      const nowMs = clock.monotonic()
      const waitMs = failures.waitMs(undefined, from, nowMs)
      if (waitMs > 0) return tooMany(waitMs)
      const attempt = failures.begin(undefined, from, nowMs)
      const own = firstCode()
      if (own === undefined || !isSameSecret(code, own)) return WRONG
      attempt.succeed()
      const problem = nameProblem(name) ?? passwordProblem(password, name)
      if (problem !== undefined) return { kind: 'refused', reason: 'not possible', text: problem }
      if (!work.hasRoom()) return tooMany(BUSY_RETRY_MS)
      const hash = await work.run(() => hashPassword(password))
      const atMs = clock.now()
      const added = operators.add({ name, password: hash, role: 'admin', atMs }, 'first')
      if (!added.done) return { kind: 'refused', reason: 'not possible', text: added.text }
      return openSession(parts, nameKey(name), hash, from)
    },
    async signIn(name, password, from) {
      const key = nameKey(name)
      const nowMs = clock.monotonic()
      const waitMs = failures.waitMs(key, from, nowMs)
      if (waitMs > 0) return tooMany(waitMs)
      if (!work.hasRoom()) return tooMany(BUSY_RETRY_MS)
      const attempt = failures.begin(key, from, nowMs)
      // One that nobody can have is as much work as a wrong one.
      const [given, hash] = isTooLong(password) ? [''] : [password, operators.hashOf(key)]
      const isRight = await work.run(() => verifyPassword(given, hash))
      if (!isRight || hash === undefined) return WRONG
      const signedIn = openSession(parts, key, hash, from)
      if (signedIn.kind === 'signedIn') attempt.succeed()
      return signedIn
    },
  }
}

/** `hash` is the one that was just proven: who got another password meanwhile, or was removed, stays out. */
function openSession(parts: Parts, key: string, hash: string, from: string): SignIn {
  const { store, clock, randomBytes, operators, sessions, endings } = parts
  const secret = newSecret(randomBytes, '')
  const own = secretHash(secret)
  const atMs = clock.now()
  const identity = store.write((): Identity | undefined => {
    if (own === undefined || operators.hashOf(key) !== hash) return undefined
    operators.signedIn(key, atMs)
    sessions.add({ hash: own, id: newId(randomBytes, 's'), key, from, atMs })
    return sessions.use(own, atMs)
  })
  // Learns of the new one, and of one that had to make room for it.
  endings.check()
  if (identity === undefined) return WRONG
  return { kind: 'signedIn', identity, secret, expiresAtMs: atMs + SESSION_MOST_MS }
}

function tooMany(retryAfterMs: number): SignIn {
  return { kind: 'refused', reason: 'too many', retryAfterMs: Math.ceil(retryAfterMs) }
}

function sessionAccess(
  parts: Parts,
): Pick<Access, 'identityOfSession' | 'sessions' | 'endSession' | 'consoleSession'> {
  const { clock, sessions, ownConsole, endings } = parts
  return {
    identityOfSession(secret) {
      const hash = secretHash(secret)
      if (hash === undefined) return undefined
      const nowMs = clock.now()
      return ownConsole.use(hash, nowMs) ?? sessions.use(hash, nowMs)
    },
    sessions: () => [...sessions.all(clock.now()), ...ownConsole.all()],
    endSession(id) {
      if (!ownConsole.remove(id) && !sessions.remove(id))
        return refusal(`there is no session ${id}`)
      endings.check()
      return DONE
    },
    consoleSession() {
      const secret = ownConsole.add(clock.now())
      endings.check()
      return secret
    },
  }
}

function operatorAccess(
  parts: Parts,
): Pick<Access, 'operators' | 'addOperator' | 'removeOperator' | 'setRole' | 'setPassword'> {
  const { clock, operators, endings, work, hashPassword } = parts
  const afterwards = (change: Change): Change => {
    endings.check()
    return change
  }
  return {
    operators: () => operators.all(),
    async addOperator(name, password, role) {
      const problem = nameProblem(name) ?? passwordProblem(password, name)
      if (problem !== undefined) return refusal(problem)
      if (operators.has(nameKey(name))) return refusal(`there is an operator ${name} already`)
      if (!work.hasRoom()) return BUSY
      const hash = await work.run(() => hashPassword(password))
      return operators.add({ name, password: hash, role, atMs: clock.now() }, 'any')
    },
    removeOperator: (name) => afterwards(operators.remove(nameKey(name))),
    setRole: (name, role) => operators.setRole(nameKey(name), role),
    /** Whoever came in with the old one is out. */
    async setPassword(name, password) {
      const key = nameKey(name)
      if (!operators.has(key)) return refusal(`there is no operator ${name}`)
      const problem = passwordProblem(password, name)
      if (problem !== undefined) return refusal(problem)
      if (!work.hasRoom()) return BUSY
      const hash = await work.run(() => hashPassword(password))
      return afterwards(operators.setHash(key, hash))
    },
  }
}

function tokenAccess(
  parts: Parts,
): Pick<Access, 'identityOfToken' | 'tokens' | 'addToken' | 'removeToken'> {
  const { clock, randomBytes, tokens, endings } = parts
  return {
    identityOfToken(secret) {
      const hash = secretHash(secret)
      const identity = hash === undefined ? undefined : tokens.use(hash, clock.now())
      if (identity !== undefined) endings.saw(identity.id)
      return identity
    },
    tokens: () => tokens.all(clock.now()),
    /** Throws a RangeError for a name that `nameProblem` has something against. */
    addToken(name, role, lifetimeMs) {
      const secret = newSecret(randomBytes, 'maru_')
      const hash = secretHash(secret)
      const problem = nameProblem(name)
      if (problem !== undefined || hash === undefined) throw new RangeError(problem)
      const id = newId(randomBytes, 't')
      const atMs = clock.now()
      const expiresAtMs = lifetimeMs === undefined ? undefined : atMs + lifetimeMs
      tokens.add({ hash, id, name, role, atMs, expiresAtMs })
      endings.check()
      return { secret, id }
    },
    removeToken(id) {
      if (!tokens.remove(id)) return refusal(`there is no token ${id}`)
      endings.check()
      return DONE
    },
  }
}
