import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { accessBench, enter, HOME, PASSWORD, withAnna } from '../../test/support/access-bench.ts'

const HOUR_MS = 3_600_000

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
  const { access } = accessBench(context)
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
  const { access, wait, folder } = accessBench(context)
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
  const { access, another } = accessBench(context)
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
