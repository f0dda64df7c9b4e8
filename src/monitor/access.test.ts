import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { TestContext } from 'node:test'
import type { Access, SignIn } from './access.ts'
import { openMonitorStore } from './monitor-store.ts'
import { openAccess } from './open-access.ts'
import type { AccessOptions } from './open-access.ts'

const HOUR_MS = 3_600_000
const HOME = '192.0.2.1'
const PASSWORD = 'correct horse'

interface Process {
  readonly access: Access & Disposable
  /** What `verifyPassword` was asked. */
  readonly verified: (readonly [password: string, hash: string | undefined])[]
}

interface Bench extends Process {
  readonly folder: string
  /** Lets time pass, and whatever is repeated run once. */
  readonly wait: (ms: number) => void
  readonly isWatching: () => boolean
  /** Another process that has the same file open. */
  readonly another: (options?: Partial<AccessOptions>) => Process
}

function bench(context: TestContext, options: Partial<AccessOptions> = {}): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'maru-access-'))
  let nowMs = 0
  let drawn = 0
  const waiting = new Set<() => void>()
  const another = (own: Partial<AccessOptions> = {}): Process => {
    const store = openMonitorStore(folder)
    const verified: (readonly [string, string | undefined])[] = []
    const access = openAccess({
      store,
      clock: { now: () => 1_900_000_000_000 + nowMs, monotonic: () => nowMs },
      randomBytes: (size) => new Uint8Array(size).fill(++drawn),
      hashPassword: (password) => Promise.resolve(`#${password}`),
      verifyPassword: (password, hash) => {
        verified.push([password, hash])
        return Promise.resolve(hash === `#${password}`)
      },
      repeat: (_everyMs, run) => {
        waiting.add(run)
        return { [Symbol.dispose]: () => waiting.delete(run) }
      },
      ...own,
    })
    context.after(() => {
      access[Symbol.dispose]()
      store[Symbol.dispose]()
    })
    return { access, verified }
  }
  const made = another(options)
  context.after(() => rmSync(folder, { recursive: true }))
  return {
    ...made,
    folder,
    another,
    wait(ms) {
      nowMs += ms
      for (const run of waiting) run()
    },
    isWatching: () => waiting.size > 0,
  }
}

async function withAnna(context: TestContext, options?: Partial<AccessOptions>): Promise<Bench> {
  const made = bench(context, options)
  assert.deepEqual(await made.access.addOperator('Anna', PASSWORD, 'admin'), { done: true })
  return made
}

async function enter(access: Access, name = 'anna', from = HOME): Promise<string> {
  return secretOf(await access.signIn(name, PASSWORD, from))
}

function secretOf(signIn: SignIn): string {
  assert.ok(signIn.kind === 'signedIn')
  return signIn.secret
}

test('ACCESS - the first code makes the first operator, an admin, and signs them in', async (context) => {
  const { access } = bench(context)
  const code = access.firstCode ?? assert.fail()
  // 128 bits are 22 characters of base64url.
  assert.match(code, /^[\w-]{22,}$/)
  const claimed = await access.claim(code, 'Anna', PASSWORD, HOME)
  assert.ok(claimed.kind === 'signedIn')
  const { name, role, via } = claimed.identity
  assert.deepEqual([name, role, via], ['Anna', 'admin', 'session'])
  assert.deepEqual(access.identityOfSession(claimed.secret), claimed.identity)
  assert.equal(access.firstCode, undefined)
  const again = await access.claim(code, 'Eve', PASSWORD, HOME)
  assert.deepEqual(again, { kind: 'refused', reason: 'wrong' })
})

test('ACCESS - the code is new with each start, and on no disk', (context) => {
  const { access, another, folder } = bench(context)
  const code = access.firstCode ?? assert.fail()
  assert.notEqual(another().access.firstCode, code)
  for (const name of ['monitor.db', 'monitor.db-wal']) {
    assert.equal(readFileSync(join(folder, name)).includes(code), false)
  }
})

test('ACCESS - the code is gone once another process has made an operator', async (context) => {
  const { access, another } = bench(context)
  const code = access.firstCode ?? assert.fail()
  await another().access.addOperator('ben', PASSWORD, 'admin')
  assert.equal(access.firstCode, undefined)
  assert.equal((await access.claim(code, 'Eve', PASSWORD, HOME)).kind, 'refused')
})

test('ACCESS - of two who claim at once, one is first', async (context) => {
  const { access } = bench(context)
  const code = access.firstCode ?? assert.fail()
  const both = await Promise.all(
    ['Anna', 'Eve'].map((name) => access.claim(code, name, PASSWORD, HOME)),
  )
  assert.deepEqual(
    both.map((signIn) => (signIn.kind === 'refused' ? signIn.reason : signIn.kind)),
    ['signedIn', 'not possible'],
  )
  assert.equal(access.operators().length, 1)
})

test('ACCESS - wrong codes count like wrong passwords', async (context) => {
  const { access } = bench(context)
  const code = access.firstCode ?? assert.fail()
  for (let i = 0; i < 5; i += 1) {
    const wrong = await access.claim(`${code}x`, 'Eve', PASSWORD, HOME)
    assert.deepEqual(wrong, { kind: 'refused', reason: 'wrong' })
  }
  assert.deepEqual(await access.claim(code, 'Eve', PASSWORD, HOME), {
    kind: 'refused',
    reason: 'too many',
    retryAfterMs: 2000,
  })
  assert.equal((await access.claim(code, 'Anna', PASSWORD, '192.0.2.9')).kind, 'signedIn')
})

test('ACCESS - names and passwords have rules, and whoever breaks one is told', async (context) => {
  const { access } = bench(context)
  const cases: readonly (readonly [name: string, password: string, text: RegExp])[] = [
    ['', PASSWORD, /empty/],
    ['n'.repeat(33), PASSWORD, /33 characters, and may have 32/],
    ['an na', PASSWORD, /spaces/],
    ['anna\u202e', PASSWORD, /nobody sees/],
    ['anna\n', PASSWORD, /nobody sees/],
    ['Console', PASSWORD, /taken by the server/],
    ['anna', 'ninechars', /at least 10 characters/],
    ['anna', '😀'.repeat(9), /at least 10 characters/],
    ['anna', 'x'.repeat(1025), /at most 1024 bytes/],
    ['anna', '한'.repeat(342), /at most 1024 bytes/],
    ['annamariabella', 'AnnaMariaBella', /must not be the name/],
  ]
  for (const [name, password, text] of cases) {
    const change = await access.addOperator(name, password, 'admin')
    assert.ok(!change.done, name)
    assert.match(change.text, text)
    const claimed = await access.claim(access.firstCode ?? '', name, password, HOME)
    assert.ok(claimed.kind === 'refused' && claimed.reason === 'not possible')
  }
  assert.equal(access.operators().length, 0)
  const longest = await access.addOperator('한'.repeat(32), 'x'.repeat(1024), 'admin')
  assert.deepEqual(longest, { done: true })
})

test('ACCESS - two spellings of a name are one', async (context) => {
  const { access } = await withAnna(context)
  const change = await access.addOperator('ANNA', PASSWORD, 'watch')
  assert.deepEqual(change, { done: false, text: 'there is an operator ANNA already' })
  const signedIn = await access.signIn('aNNa', PASSWORD, HOME)
  assert.ok(signedIn.kind === 'signedIn')
  assert.equal(signedIn.identity.name, 'Anna')
})

test('ACCESS - each sign-in has a secret of its own, of which only the hash is kept', async (context) => {
  const { access, folder } = await withAnna(context)
  const secrets = [await enter(access), await enter(access)]
  assert.equal(new Set(secrets).size, 2)
  for (const secret of secrets) {
    // 256 bits.
    assert.equal(Buffer.from(secret, 'base64url').length, 32)
    assert.equal(readFileSync(join(folder, 'monitor.db-wal')).includes(secret), false)
  }
  assert.equal(access.sessions().length, 2)
  assert.ok(access.sessions().every(({ name, from }) => name === 'Anna' && from === HOME))
  assert.equal(access.operators()[0]?.lastSignInAtMs, 1_900_000_000_000)
})

test('ACCESS - an unknown name is as much work as a wrong password, and answered alike', async (context) => {
  const { access, verified } = await withAnna(context)
  const wrong: SignIn = { kind: 'refused', reason: 'wrong' }
  assert.deepEqual(await access.signIn('anna', 'wrong password', HOME), wrong)
  assert.deepEqual(await access.signIn('nobody', 'wrong password', HOME), wrong)
  assert.deepEqual(await access.signIn('anna', 'x'.repeat(1025), HOME), wrong)
  assert.deepEqual(verified, [
    ['wrong password', `#${PASSWORD}`],
    ['wrong password', undefined],
    ['', undefined],
  ])
})

test('ACCESS - guesses are slowed before they are looked at, however many come at once', async (context) => {
  const { access, wait, verified } = await withAnna(context)
  const tries = await Promise.all(
    Array.from({ length: 12 }, () => access.signIn('anna', 'wrong password', HOME)),
  )
  assert.equal(verified.length, 5)
  assert.deepEqual(tries[11], { kind: 'refused', reason: 'too many', retryAfterMs: 2000 })
  assert.equal((await access.signIn('anna', PASSWORD, HOME)).kind, 'refused')
  wait(2000)
  assert.equal((await access.signIn('anna', PASSWORD, HOME)).kind, 'signedIn')
})

test('ACCESS - at most two hashes at once and sixteen in line', async (context) => {
  const gate = Promise.withResolvers<boolean>()
  let running = 0
  const { access } = await withAnna(context, {
    verifyPassword: () => {
      running += 1
      return gate.promise
    },
  })
  const tries = Array.from({ length: 19 }, (_, i) =>
    access.signIn(`name${i}`, PASSWORD, `192.0.2.${i}`),
  )
  assert.deepEqual(await tries[18], { kind: 'refused', reason: 'too many', retryAfterMs: 1000 })
  assert.equal(running, 2)
  const added = await access.addOperator('ben', PASSWORD, 'watch')
  assert.match(added.done ? '' : added.text, /too many passwords/)
  gate.resolve(false)
  await Promise.all(tries)
  assert.equal(running, 18)
})

test('ACCESS - a session ends after two hours without use, and after a day whatever it does', async (context) => {
  const { access, wait } = await withAnna(context)
  const idle = await enter(access)
  const busy = await enter(access)
  wait(2 * HOUR_MS - 1)
  assert.equal(access.identityOfSession(busy)?.name, 'Anna')
  wait(1)
  assert.equal(access.identityOfSession(idle), undefined)
  assert.equal(access.sessions().length, 1)
  for (let hour = 3; hour < 24; hour += 1) {
    wait(HOUR_MS)
    assert.equal(access.identityOfSession(busy)?.name, 'Anna', `hour ${hour}`)
  }
  wait(HOUR_MS)
  assert.equal(access.identityOfSession(busy), undefined)
})

test('ACCESS - a role counts as it is now, and ends with the operator', async (context) => {
  const { access, another } = await withAnna(context)
  await access.addOperator('ben', PASSWORD, 'watch')
  const secret = await enter(access, 'ben')
  another().access.setRole('Ben', 'moderate')
  assert.equal(access.identityOfSession(secret)?.role, 'moderate')
  assert.deepEqual(another().access.removeOperator('ben'), { done: true })
  assert.equal(access.identityOfSession(secret), undefined)
  assert.deepEqual(access.removeOperator('ben'), { done: false, text: 'there is no operator ben' })
})

test('ACCESS - who is removed while their password is being checked stays out', async (context) => {
  const gate = Promise.withResolvers<boolean>()
  const { access } = await withAnna(context, { verifyPassword: () => gate.promise })
  await access.addOperator('ben', PASSWORD, 'admin')
  const trying = access.signIn('ben', PASSWORD, HOME)
  access.removeOperator('ben')
  gate.resolve(true)
  assert.deepEqual(await trying, { kind: 'refused', reason: 'wrong' })
})

test('ACCESS - the last admin stays one, and the first operator is one', async (context) => {
  const { access } = bench(context)
  const watcher = await access.addOperator('ben', PASSWORD, 'watch')
  assert.deepEqual(watcher, { done: false, text: 'the first operator must be an admin' })
  await access.addOperator('anna', PASSWORD, 'admin')
  await access.addOperator('ben', PASSWORD, 'moderate')
  assert.equal(access.removeOperator('anna').done, false)
  assert.equal(access.setRole('anna', 'moderate').done, false)
  assert.equal(access.setRole('anna', 'admin').done, true)
  assert.equal(access.setRole('ben', 'admin').done, true)
  assert.equal(access.setRole('anna', 'watch').done, true)
  assert.equal(access.removeOperator('ben').done, false)
})

test('ACCESS - a new password ends the sessions of the old one', async (context) => {
  const { access } = await withAnna(context)
  const secret = await enter(access)
  assert.equal((await access.setPassword('anna', 'short')).done, false)
  assert.equal((await access.setPassword('nobody', PASSWORD)).done, false)
  assert.equal(access.identityOfSession(secret)?.name, 'Anna')
  assert.deepEqual(await access.setPassword('anna', 'battery staple'), { done: true })
  assert.equal(access.identityOfSession(secret), undefined)
  assert.equal((await access.signIn('anna', PASSWORD, HOME)).kind, 'refused')
  assert.equal((await access.signIn('anna', 'battery staple', HOME)).kind, 'signedIn')
})

test('ACCESS - a token opens what its role may until it ends or is removed', (context) => {
  const { access, wait, folder } = bench(context)
  const lasting = access.addToken('grafana', 'watch')
  const short = access.addToken('script', 'moderate', HOUR_MS)
  assert.match(lasting.secret, /^maru_[\w-]{43}$/)
  assert.equal(readFileSync(join(folder, 'monitor.db-wal')).includes(lasting.secret), false)
  const { id } = lasting
  const seen = access.identityOfToken(lasting.secret)
  assert.deepEqual(seen, { name: 'grafana', role: 'watch', via: 'token', id })
  assert.equal(access.identityOfSession(lasting.secret), undefined)
  assert.equal(access.identityOfToken(`${lasting.secret}x`), undefined)
  assert.equal(access.identityOfToken('x'.repeat(1_000_000)), undefined)
  const [first, second] = access.tokens()
  assert.deepEqual(first, {
    id,
    name: 'grafana',
    role: 'watch',
    createdAtMs: 1_900_000_000_000,
    lastUsedAtMs: 1_900_000_000_000,
  })
  assert.equal(second?.expiresAtMs, 1_900_000_000_000 + HOUR_MS)
  wait(HOUR_MS)
  assert.equal(access.identityOfToken(short.secret), undefined)
  assert.equal(access.tokens().length, 1)
  assert.deepEqual(access.removeToken(id), { done: true })
  assert.equal(access.identityOfToken(lasting.secret), undefined)
  assert.deepEqual(access.removeToken(id), { done: false, text: `there is no token ${id}` })
  assert.throws(() => access.addToken('gra fana', 'watch'), RangeError)
})

test('ACCESS - the console has a session without a password, which no other process knows', (context) => {
  const { access, another } = bench(context)
  const secret = access.consoleSession()
  const identity = access.identityOfSession(secret) ?? assert.fail()
  assert.deepEqual([identity.name, identity.role], ['console', 'admin'])
  assert.equal(another().access.identityOfSession(secret), undefined)
  assert.equal(access.sessions()[0]?.from, 'console')
  assert.deepEqual(access.endSession(identity.id), { done: true })
  assert.equal(access.identityOfSession(secret), undefined)
  assert.equal(access.endSession(identity.id).done, false)
})

test('ACCESS - whoever listens hears of every end, whoever ended it, once', async (context) => {
  const { access, another, wait, isWatching } = await withAnna(context)
  const other = another().access
  const ended: string[] = []
  const listening = access.onEnded((id) => ended.push(id))
  const idOf = async (name: string): Promise<string> =>
    access.identityOfSession(await enter(access, name))?.id ?? assert.fail()
  await access.addOperator('ben', PASSWORD, 'watch')

  const signedOut = await idOf('anna')
  access.endSession(signedOut)
  assert.deepEqual(ended.splice(0), [signedOut])

  const removed = [await idOf('ben'), await idOf('ben')]
  other.removeOperator('ben')
  assert.deepEqual(ended, [])
  wait(1000)
  assert.deepEqual(new Set(ended), new Set(removed))
  assert.equal(ended.splice(0).length, 2)

  // Made, used and removed by others between two looks.
  const token = other.addToken('script', 'watch')
  access.identityOfToken(token.secret)
  other.removeToken(token.id)
  const expiring = access.addToken('brief', 'watch', 5000)
  wait(1000)
  assert.deepEqual(ended.splice(0), [token.id])
  wait(4000)
  assert.deepEqual(ended.splice(0), [expiring.id])

  const idle = await idOf('anna')
  wait(2 * HOUR_MS)
  assert.deepEqual(ended.splice(0), [idle])

  assert.equal(isWatching(), true)
  listening[Symbol.dispose]()
  assert.equal(isWatching(), false)
  access.endSession(await idOf('anna'))
  assert.deepEqual(ended, [])
})

test('ACCESS - an operator has 32 sessions at most, and the oldest makes room', async (context) => {
  const { access } = await withAnna(context)
  const ended: string[] = []
  access.onEnded((id) => ended.push(id))
  const first = await enter(access)
  const firstId = access.identityOfSession(first)?.id
  for (let i = 0; i < 32; i += 1) await enter(access)
  assert.equal(access.sessions().length, 32)
  assert.equal(access.identityOfSession(first), undefined)
  assert.deepEqual(ended, [firstId])
})
