import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scramClient } from '../../test/support/scram-client.ts'
import { foldCase } from '../protocol/casemap.ts'
import type { Account } from '../state/account.ts'
import { newAppPassword } from './app-password.ts'
import { createLoginBackoff } from './backoff.ts'
import { createKdfQueue, type KdfQueue } from './kdf-queue.ts'
import { createLoginBook, type LoginAnswer } from './login-book.ts'
import { hashPassword, needsRehash } from './password.ts'
import { needsNewCredentials } from './password-credentials.ts'
import { scramServer } from './scram.ts'
import { makeScramCredentials, SCRAM_ITERATIONS } from './scram-credentials.ts'

const HOME = '192.0.2.1'
const CHEAP = { ln: 4, r: 8, p: 1 }
const PASSWORD_HASH = await hashPassword('sesame')
const SCRAM = await makeScramCredentials('sesame')
const APP = newAppPassword('phone', 0)

const ANNA: Account = {
  name: 'Anna',
  key: 'anna',
  registeredAtMs: 0,
  passwordHash: PASSWORD_HASH,
  scram: SCRAM,
  certificates: [{ fingerprint: 'ab', addedAtMs: 0 }],
  appPasswords: [APP.kept],
  language: 'en',
  settings: { protect: true },
  nicks: ['Anna|away'],
}
const BEN: Account = { ...ANNA, name: 'Ben', key: 'ben', nicks: [], certificates: [] }

/** A book with accounts that can be changed, a clock that stands still, and its questions at hand. */
function createBench(queue: KdfQueue = createKdfQueue()) {
  const accounts = new Map([ANNA, BEN].map((account) => [account.key, account]))
  const all = () => [...accounts.values()]
  const find = (name: string) =>
    all().find(({ key, nicks }) => [key, ...nicks.map(foldCase)].includes(foldCase(name)))
  let nowMs = 0
  const book = createLoginBook({
    find,
    findByCertificate: (fingerprint) =>
      all().find((account) =>
        account.certificates.some((certificate) => certificate.fingerprint === fingerprint),
      ),
    backoff: createLoginBackoff(),
    queue,
    now: () => nowMs,
  })
  return {
    book,
    change: (account: Account) => accounts.set(account.key, account),
    pass: (ms: number) => (nowMs += ms),
    password: (name: string, password: string, { as = '', address = HOME } = {}) =>
      book.ask({ kind: 'password', name, password, as }, address),
    certificate: (fingerprint: string, as = '') =>
      book.ask({ kind: 'certificate', fingerprint, as }, HOME),
    /** `meanwhile`: between the first message and the proof. */
    async scram(name: string, password: string, { meanwhile = () => {}, as = '' } = {}) {
      const server = scramServer({
        lookup: (asked) => book.scramIdentity(asked),
        nonce: 'nonce',
        fakeSaltKey: Buffer.from('key'),
      })
      const client = scramClient({ name, password, nonce: 'abc' })
      const first = server.step(client.first)
      meanwhile()
      const final = client.final(first.kind === 'send' ? first.send : '')
      const prove = () => {
        const step = server.step(final)
        return step.kind === 'done' ? step.account : undefined
      }
      return book.ask({ kind: 'scram', name, prove, as }, HOME)
    },
  }
}

function nameOf(answer: LoginAnswer): string {
  return answer.kind === 'account' ? answer.account.name : answer.kind
}

test('LOGIN BOOK - the right password, proof, app password or certificate, and nothing else', async () => {
  const bench = createBench()
  assert.equal(nameOf(await bench.password('ANNA', 'sesame')), 'Anna')
  assert.equal(nameOf(await bench.password('anna', 'sesam')), 'wrong')
  assert.equal(nameOf(await bench.password('nobody', 'sesame')), 'wrong')
  assert.equal(nameOf(await bench.scram('anna', 'sesame')), 'Anna')
  assert.equal(nameOf(await bench.scram('anna', 'sesam')), 'wrong')
  assert.equal(nameOf(await bench.scram('nobody', 'sesame')), 'wrong')
  assert.equal(nameOf(await bench.certificate('ab')), 'Anna')
  assert.equal(nameOf(await bench.certificate('cd')), 'wrong')
  const byApp = await bench.password('anna', APP.secret)
  assert.ok(byApp.kind === 'account')
  assert.equal(byApp.appPassword, APP.kept)
  assert.equal(byApp.renewed, undefined)
  const another = newAppPassword('x', 0).secret
  assert.equal(nameOf(await bench.password('anna', another)), 'wrong')
  assert.equal(nameOf(await bench.password('nobody', APP.secret)), 'wrong')
})

test('LOGIN BOOK - one may call oneself by any of one’s nicks, and be nobody but oneself', async () => {
  const bench = createBench()
  assert.equal(nameOf(await bench.password('anna|away', APP.secret)), 'Anna')
  for (const [as, expected] of [
    ['', 'Anna'],
    ['ANNA', 'Anna'],
    ['Anna|away', 'Anna'],
    ['ben', 'wrong'],
    ['nobody', 'wrong'],
  ] as const) {
    assert.equal(nameOf(await bench.password('anna', APP.secret, { as })), expected)
    assert.equal(nameOf(await bench.certificate('ab', as)), expected)
    assert.equal(nameOf(await bench.scram('anna', 'sesame', { as })), expected)
  }
})

test('LOGIN BOOK - a suspended account learns why, on every way in, but only with what is right', async () => {
  const bench = createBench()
  const suspended = { reason: 'spam', atMs: 1, by: 'root' }
  bench.change({ ...ANNA, suspended })
  const expected = { kind: 'suspended', suspended }
  assert.deepEqual(await bench.password('anna', 'sesame'), expected)
  assert.deepEqual(await bench.password('anna', APP.secret), expected)
  assert.deepEqual(await bench.scram('anna', 'sesame'), expected)
  assert.deepEqual(await bench.certificate('ab'), expected)
  assert.deepEqual(await bench.password('anna', 'sesam'), { kind: 'wrong' })
  assert.deepEqual(await bench.scram('anna', 'sesam'), { kind: 'wrong' })
})

test('LOGIN BOOK - wrong ones wait, whichever way they come, and whether the account exists or not', async () => {
  for (const name of ['anna', 'nobody']) {
    const bench = createBench()
    const wrong = [
      () => bench.password(name, 'a'),
      () => bench.scram(name, 'b'),
      () => bench.password(name, newAppPassword('x', 0).secret),
      () => bench.scram(name, 'c'),
      () => bench.password(name, 'd'),
    ]
    for (const ask of wrong) assert.deepEqual(await ask(), { kind: 'wrong' })
    const wait = { kind: 'wait', waitMs: 2000 }
    for (const ask of wrong) assert.deepEqual(await ask(), wait)
    assert.deepEqual(await bench.password(name, 'sesame'), wait)
    assert.deepEqual(await bench.scram(name, 'sesame'), wait)
    bench.pass(2000)
    assert.deepEqual(await bench.password(name, 'e'), { kind: 'wrong' })
  }
})

test('LOGIN BOOK - what nobody can guess waits for nobody', async () => {
  const bench = createBench()
  for (let i = 0; i < 5; i++) await bench.scram('anna', 'wrong')
  assert.equal(nameOf(await bench.scram('anna', 'sesame')), 'wait')
  assert.equal(nameOf(await bench.certificate('ab')), 'Anna')
  assert.equal(nameOf(await bench.password('anna', APP.secret)), 'Anna')
  // And from where it came, the account is known now.
  assert.equal(nameOf(await bench.scram('anna', 'sesame')), 'Anna')
})

test('LOGIN BOOK - many right passwords at once, all new here and from one address, all come in', async () => {
  const bench = createBench()
  const answers = await Promise.all(
    Array.from({ length: 7 }, (_, i) => bench.password(i % 2 === 0 ? 'anna' : 'ben', 'sesame')),
  )
  assert.ok(answers.every(({ kind }) => kind === 'account'))
})

test('LOGIN BOOK - when too many passwords are looked at, it says so, and this is no wrong try', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const queue = createKdfQueue({ atOnce: 1, inLine: 0 })
  const running = queue.run('x', () => promise)
  const bench = createBench(queue)
  for (let i = 0; i < 20; i++) {
    assert.deepEqual(await bench.password('anna', 'sesame'), { kind: 'busy' })
  }
  // Those that cost nothing are looked at all the same.
  assert.equal(nameOf(await bench.scram('anna', 'sesame')), 'Anna')
  resolve()
  await running
  assert.equal(nameOf(await bench.password('anna', 'sesame')), 'Anna')
})

test('LOGIN BOOK - those who have to wait take no place in the line', async () => {
  const turns: string[] = []
  const queue = createKdfQueue()
  const bench = createBench({
    run: (key, work) => {
      turns.push(key)
      return queue.run(key, work)
    },
  })
  for (let i = 0; i < 5; i++) await bench.scram('anna', 'wrong')
  assert.equal(nameOf(await bench.password('Anna', 'sesame')), 'wait')
  assert.deepEqual(turns, [])
})

test('LOGIN BOOK - a password that was changed while it was looked at is right no more', async () => {
  const bench = createBench()
  const asked = bench.password('anna', 'sesame')
  bench.change({ ...ANNA, passwordHash: PASSWORD_HASH.replace('ln=15', 'ln=14') })
  assert.deepEqual(await asked, { kind: 'wrong' })
  const changed = await makeScramCredentials('another', { iterations: 1 })
  const meanwhile = () => bench.change({ ...ANNA, scram: changed })
  assert.deepEqual(await bench.scram('anna', 'sesame', { meanwhile }), { kind: 'wrong' })
})

test('LOGIN BOOK - credentials that are too cheap by now come back made anew', async () => {
  const bench = createBench()
  const cheap = { ...ANNA, passwordHash: await hashPassword('sesame', CHEAP) }
  bench.change(cheap)
  const answer = await bench.password('anna', 'sesame')
  assert.ok(answer.kind === 'account' && answer.renewed !== undefined)
  assert.equal(needsRehash(answer.renewed.passwordHash), false)
  assert.equal(answer.renewed.scram?.iterations, SCRAM_ITERATIONS)
  const renewed = { ...cheap, ...answer.renewed }
  assert.ok(needsNewCredentials(cheap) && !needsNewCredentials(renewed))
  bench.change(renewed)
  assert.equal(nameOf(await bench.scram('anna', 'sesame')), 'Anna')
  const again = await bench.password('anna', 'sesame')
  assert.ok(again.kind === 'account' && again.renewed === undefined)
})

test('LOGIN BOOK - an account without a password has none that fits', async () => {
  const bench = createBench()
  const { passwordHash: _hash, scram: _scram, ...without } = ANNA
  bench.change(without)
  assert.equal(nameOf(await bench.password('anna', 'sesame')), 'wrong')
  assert.equal(nameOf(await bench.scram('anna', 'sesame')), 'wrong')
  assert.equal(nameOf(await bench.certificate('ab')), 'Anna')
})
