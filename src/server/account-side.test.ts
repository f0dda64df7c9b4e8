import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepAccount } from '../state/account-book.ts'
import type { Account } from '../state/account.ts'
import { createNetwork } from '../state/network.ts'
import { createSession } from '../state/session.ts'
import { createAccountAsks } from './account-side.ts'

const ORIGIN = { transport: 'tcp', address: '192.0.2.1', port: 1, listener: 'plain' } as const

function session(address: string = ORIGIN.address) {
  return createSession(1, { ...ORIGIN, address }, 0, 0)
}

const ANNA: Account = {
  name: 'Anna',
  key: 'anna',
  registeredAtMs: 0,
  certificates: [],
  appPasswords: [],
  language: 'en',
  settings: { protect: true },
  nicks: ['annika'],
}

test('ACCOUNT SIDE - with the real hashes: the password enters by name and by nick, and nothing else does', async () => {
  const network = createNetwork()
  let nowMs = 1000
  const asks = createAccountAsks(network, {
    fakeSaltKey: new Uint8Array(32),
    now: () => nowMs,
    devices: { before: [], changed: () => {} },
  })
  const made = await asks.newPassword('anna', 'sesame')
  assert.ok(made !== 'busy' && made.passwordHash.startsWith('$scrypt$ln=15'))
  keepAccount(network, { ...ANNA, ...made })
  for (const name of ['anna', 'ANNA', 'annika']) {
    const answer = await asks.checkLogin(session(), name, 'sesame')
    assert.equal(answer.kind === 'account' && answer.account.name, 'Anna')
  }
  assert.deepEqual(await asks.checkLogin(session(), 'nobody', 'sesame'), { kind: 'wrong' })
  const guesser = session('198.51.100.1')
  for (let i = 0; i < 5; i++) {
    assert.deepEqual(await asks.checkLogin(guesser, 'anna', `guess ${i}`), { kind: 'wrong' })
  }
  const waits = await asks.checkLogin(guesser, 'anna', 'sesame')
  assert.equal(waits.kind, 'wait')
  // Nobody is locked out of what is theirs by what strangers do.
  assert.equal((await asks.checkLogin(session(), 'anna', 'sesame')).kind, 'account')
  nowMs += 3_600_000
  assert.equal((await asks.checkLogin(guesser, 'anna', 'sesame')).kind, 'account')
})
