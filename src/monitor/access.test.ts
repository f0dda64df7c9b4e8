import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { accessBench, enter, HOME, PASSWORD, withAnna } from '../../test/support/access-bench.ts'
import type { SignIn } from './access.ts'

test('ACCESS - the first code makes the first operator, an admin, and signs them in', async (context) => {
  const { access } = accessBench(context)
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
  const { access, another, folder } = accessBench(context)
  const code = access.firstCode ?? assert.fail()
  assert.notEqual(another().access.firstCode, code)
  for (const name of ['monitor.db', 'monitor.db-wal']) {
    assert.equal(readFileSync(join(folder, name)).includes(code), false)
  }
})

test('ACCESS - the code is gone once another process has made an operator', async (context) => {
  const { access, another } = accessBench(context)
  const code = access.firstCode ?? assert.fail()
  await another().access.addOperator('ben', PASSWORD, 'admin')
  assert.equal(access.firstCode, undefined)
  assert.equal((await access.claim(code, 'Eve', PASSWORD, HOME)).kind, 'refused')
})

test('ACCESS - of two who claim at once, one is first', async (context) => {
  const { access } = accessBench(context)
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
  const { access } = accessBench(context)
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
  const { access } = accessBench(context)
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
