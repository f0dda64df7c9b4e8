import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppPassword } from '../state/account.ts'
import {
  findAppPassword,
  isAppPassword,
  MOST_APP_PASSWORDS,
  newAppPassword,
} from './app-password.ts'

test('APP PASSWORD - it is random, says whose it is, and is not kept', () => {
  const { secret, kept } = newAppPassword('phone', 5)
  assert.match(secret, /^maru-[a-z2-7]{26}$/)
  assert.ok(isAppPassword(secret))
  assert.deepEqual(Object.keys(kept), ['label', 'salt', 'hash', 'createdAtMs'])
  assert.equal(kept.label, 'phone')
  assert.equal(kept.createdAtMs, 5)
  assert.ok(!JSON.stringify(kept).includes(secret.slice('maru-'.length)))
  assert.notEqual(newAppPassword('phone', 5).secret, secret)
})

test('APP PASSWORD - every letter of the alphabet comes up', () => {
  const seen = new Set(
    Array.from({ length: 100 }, () => newAppPassword('x', 0).secret.slice(5)).join(''),
  )
  assert.equal([...seen].toSorted().join(''), '234567abcdefghijklmnopqrstuvwxyz')
})

test('APP PASSWORD - each finds its own, and nothing else finds any', () => {
  const all = Array.from({ length: MOST_APP_PASSWORDS + 1 }, (_, i) => newAppPassword(`${i}`, i))
  const kept: AppPassword[] = all.map((made) => made.kept)
  for (const { secret, kept: own } of all) {
    assert.equal(findAppPassword(secret, kept), own)
    assert.equal(findAppPassword(` ${secret.toUpperCase()} `, kept), own)
    assert.equal(findAppPassword(`${secret}a`, kept), undefined)
    assert.equal(
      findAppPassword(
        secret,
        kept.filter((other) => other !== own),
      ),
      undefined,
    )
  }
  assert.equal(findAppPassword(newAppPassword('x', 0).secret, kept), undefined)
  assert.equal(findAppPassword('', []), undefined)
})

test('APP PASSWORD - what people choose does not look like one', () => {
  for (const text of ['', 'maru-', 'maru-sesame', `maru-${'1'.repeat(26)}`, 'a'.repeat(31)]) {
    assert.ok(!isAppPassword(text), text)
  }
})
