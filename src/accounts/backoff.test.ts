import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createLoginBackoff, type Login, type LoginBackoff } from './backoff.ts'
import { createGuesses } from './guesses.ts'
import { createKnownDevices, type KnownDevice } from './known-devices.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const HOME = '192.0.2.1'
const AWAY = '198.51.100.1'

function guess(backoff: LoginBackoff, login: Login, nowMs = 0): number {
  const waitMs = backoff.waitMs(login, nowMs)
  const begun = backoff.begin(login, nowMs)
  assert.equal(begun.kind === 'wait' ? begun.waitMs : 0, waitMs)
  return waitMs
}

function logIn(backoff: LoginBackoff, login: Login, nowMs = 0): 'in' | 'waits' {
  const begun = backoff.begin(login, nowMs)
  if (begun.kind === 'wait') return 'waits'
  begun.succeed(nowMs)
  return 'in'
}

/** Guesses whenever it may, and says when that was. */
function guessFor(untilMs: number, backoff: LoginBackoff, loginAt: (n: number) => Login): number[] {
  const times: number[] = []
  for (let nowMs = 0; nowMs < untilMs;) {
    const waitMs = guess(backoff, loginAt(times.length), nowMs)
    if (waitMs === 0) times.push(nowMs)
    nowMs += waitMs
  }
  return times
}

test('BACKOFF - five wrong passwords are free, then the wait doubles, and after ten in five minutes it ends with them', () => {
  const times = guessFor(20 * MINUTE_MS, createLoginBackoff(), () => ({
    account: 'anna',
    address: HOME,
  }))
  const seconds = times.map((ms) => ms / 1000)
  assert.deepEqual(seconds.slice(0, 10), [0, 0, 0, 0, 0, 2, 6, 14, 30, 62])
  // The eleventh waits until the first five are five minutes old.
  assert.deepEqual(seconds.slice(10), [300, 428, 684, 984])
})

test('BACKOFF - a try that has to wait is not counted: waiting always helps', () => {
  const backoff = createLoginBackoff()
  const anna = { account: 'anna', address: HOME }
  for (let i = 0; i < 5; i++) guess(backoff, anna)
  for (let ms = 0; ms < 2000; ms += 10) assert.equal(guess(backoff, anna, ms), 2000 - ms)
  assert.equal(guess(backoff, anna, 2000), 0)
})

test('BACKOFF - guesses at one account from any number of addresses are ten in five minutes', () => {
  const address = (n: number) => `10.${(n >> 8) & 255}.${n & 255}.1`
  const backoff = createLoginBackoff()
  let looked = 0
  for (let n = 0; n < 1000; n++) {
    if (guess(backoff, { account: 'anna', address: address(n) }, n * 300) === 0) looked += 1
  }
  assert.equal(looked, 10)
})

test('BACKOFF - guesses at many accounts from one address slow that address down, for an IPv6 /64 as well', () => {
  const backoff = createLoginBackoff()
  const from = (n: number) => ({ account: `account${n}`, address: `2001:db8::${n + 1}` })
  assert.equal(guessFor(5 * MINUTE_MS, backoff, from).length, 10)
  assert.ok(guess(backoff, { account: 'anna', address: '2001:db8::ffff' }, 299_999) > 0)
  assert.equal(guess(backoff, { account: 'anna', address: '2001:db8:0:1::1' }, 299_999), 0)
})

test('BACKOFF - from where an account logged in before, what strangers do does not count', () => {
  const backoff = createLoginBackoff()
  const home = { account: 'anna', address: HOME }
  assert.equal(logIn(backoff, home), 'in')
  const crowd = (n: number) => ({ account: 'anna', address: `10.0.0.${n + 1}` })
  guessFor(5 * MINUTE_MS, backoff, crowd)
  assert.equal(logIn(backoff, { account: 'anna', address: AWAY }, 299_000), 'waits')
  assert.equal(logIn(backoff, home, 299_000), 'in')
  // Nor what others do there: ten at other accounts, from the same address.
  guessFor(5 * MINUTE_MS, backoff, (n) => ({ account: `account${n}`, address: HOME }))
  assert.equal(logIn(backoff, { account: 'ben', address: HOME }, 299_000), 'waits')
  assert.equal(logIn(backoff, home, 299_000), 'in')
})

test('BACKOFF - guesses from a known address wait for each other', () => {
  const backoff = createLoginBackoff()
  const home = { account: 'anna', address: HOME }
  logIn(backoff, home)
  assert.equal(guessFor(5 * MINUTE_MS, backoff, () => home).length, 10)
})

test('BACKOFF - an address is known for thirty days, over a restart, and until the password changes', () => {
  const kept = new Map<string, readonly KnownDevice[]>()
  const backoff = createLoginBackoff([], (account, devices) => kept.set(account, devices))
  const home = { account: 'anna', address: HOME }
  const isKnown = (at: LoginBackoff, nowMs: number) => {
    for (let n = 0; n < 10; n++) guess(at, { account: 'anna', address: `10.0.0.${n}` }, nowMs)
    return logIn(at, home, nowMs) === 'in'
  }
  backoff.remember(home, 0)
  assert.deepEqual(Object.fromEntries(kept), { anna: [{ network: HOME, lastLoginMs: 0 }] })
  assert.ok(isKnown(createLoginBackoff(kept), 30 * DAY_MS - 1))
  assert.ok(!isKnown(createLoginBackoff(kept), 30 * DAY_MS))
  backoff.forget('anna')
  assert.ok(!isKnown(backoff, 1))
})

test('BACKOFF - a right password takes away the wrong ones before it, and nobody else’s', () => {
  const backoff = createLoginBackoff()
  const anna = { account: 'anna', address: HOME }
  for (let i = 0; i < 4; i++) guess(backoff, anna)
  assert.equal(logIn(backoff, anna), 'in')
  for (let i = 0; i < 4; i++) assert.equal(guess(backoff, { account: 'ben', address: HOME }), 0)
  // An account of one's own doesn't wash away guesses at others.
  assert.equal(logIn(backoff, anna), 'in')
  assert.equal(guess(backoff, { account: 'cleo', address: HOME }), 0)
  assert.equal(guess(backoff, { account: 'cleo', address: HOME }), 2000)
})

test('BACKOFF - a try that nobody looked at does not count', () => {
  const backoff = createLoginBackoff()
  for (let i = 0; i < 20; i++) {
    const begun = backoff.begin({ account: 'anna', address: HOME }, 0)
    assert.ok(begun.kind === 'attempt')
    begun.withdraw()
  }
})

test('BACKOFF - tries at the same moment gain nothing: each counts before it is looked at', () => {
  const backoff = createLoginBackoff()
  const begun = Array.from({ length: 50 }, (_, n) =>
    backoff.begin({ account: 'anna', address: `10.0.0.${n}` }, 0),
  )
  assert.equal(begun.filter(({ kind }) => kind === 'attempt').length, 5)
})

test('BACKOFF - after an hour of quiet all is forgotten', () => {
  const backoff = createLoginBackoff()
  const anna = { account: 'anna', address: HOME }
  for (let i = 0; i < 5; i++) guess(backoff, anna)
  for (let i = 0; i < 5; i++) assert.equal(guess(backoff, anna, 60 * MINUTE_MS), 0)
  assert.equal(guess(backoff, anna, 60 * MINUTE_MS), 2000)
})

test('BACKOFF - in any order of tries, none waits longer than five minutes, and no account is guessed at more than ten times in five', () => {
  const tries = fc.record({
    account: fc.constantFrom('anna', 'ben'),
    address: fc.integer({ min: 1, max: 9 }).map((n) => `192.0.2.${n}`),
    afterMs: fc.integer({ min: 0, max: 90_000 }),
  })
  fc.assert(
    fc.property(fc.array(tries, { minLength: 30, maxLength: 120 }), (all) => {
      const backoff = createLoginBackoff()
      const lookedAt = new Map<string, number[]>()
      let nowMs = 0
      for (const { account, address, afterMs } of all) {
        nowMs += afterMs
        const waitMs = guess(backoff, { account, address }, nowMs)
        assert.ok(waitMs <= 5 * MINUTE_MS)
        if (waitMs > 0) continue
        const times = [...(lookedAt.get(account) ?? []), nowMs]
        lookedAt.set(account, times)
        assert.ok(nowMs - (times.at(-11) ?? -Infinity) >= 5 * MINUTE_MS)
      }
    }),
  )
})

test('BACKOFF - a clock that is set back makes nobody wait longer than the rule', () => {
  const backoff = createLoginBackoff()
  const anna = { account: 'anna', address: HOME }
  for (let i = 0; i < 5; i++) guess(backoff, anna, DAY_MS)
  assert.equal(guess(backoff, anna, 0), 2000)
})

test('BACKOFF - from where one logs in is said when it is news: a new place, a day later, and when it is forgotten', () => {
  const said: string[] = []
  const devices = createKnownDevices(
    [['anna', [{ network: HOME, lastLoginMs: 0 }]]],
    (account, known) =>
      said.push(
        `${account} ${known.map(({ network, lastLoginMs }) => `${network}@${lastLoginMs}`).join(' ')}`,
      ),
  )
  const at = (network: string, lastLoginMs: number) => devices.add('anna', { network, lastLoginMs })
  for (let hour = 1; hour < 24; hour++) at(HOME, (hour * DAY_MS) / 24)
  assert.deepEqual(said, [])
  at(HOME, DAY_MS)
  at(AWAY, DAY_MS + 1)
  assert.deepEqual(said.splice(0), [
    `anna ${HOME}@${DAY_MS}`,
    `anna ${HOME}@${DAY_MS} ${AWAY}@${DAY_MS + 1}`,
  ])
  // What is too old is kept no longer.
  at(AWAY, 31 * DAY_MS)
  assert.deepEqual(said.splice(0), [`anna ${AWAY}@${31 * DAY_MS}`])
  devices.forget('anna')
  devices.forget('anna')
  devices.forget('nobody')
  assert.deepEqual(said, ['anna '])
})

test('BACKOFF - an attacker with many names and addresses fills no memory', () => {
  const guesses = createGuesses()
  for (let n = 0; n < 12_000; n++) guesses.add(`name${n}`, '', n)
  assert.equal(guesses.size, 10_000)
  guesses.add('late', '', 5 * 3_600_000)
  assert.equal(guesses.size, 1)

  const kept = new Map<string, readonly KnownDevice[]>()
  const changed = (account: string, known: readonly KnownDevice[]) => {
    if (known.length === 0) kept.delete(account)
    else kept.set(account, known)
  }
  const devices = createKnownDevices([], changed)
  for (let n = 0; n < 12_000; n++) {
    devices.add(`name${n}`, { network: HOME, lastLoginMs: n })
    devices.add('anna', { network: `network${n}`, lastLoginMs: n })
  }
  assert.equal(kept.get('anna')?.length, 16)
  assert.equal(kept.size, 10_000)
  assert.ok(devices.has('anna', 'network11999', 12_000))
  assert.ok(!devices.has('anna', 'network0', 12_000))

  const named: string[] = []
  const backoff = createLoginBackoff([], (account) => named.push(account))
  backoff.remember({ account: 'x'.repeat(8000), address: HOME }, 0)
  assert.equal(named[0]?.length, 64)
})
