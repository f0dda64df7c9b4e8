import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { userName } from './user-name.ts'

test('USER - what does not fit is left out', () => {
  assert.equal(userName('alice', 20), 'alice')
  assert.equal(userName('~alice', 20), 'alice')
  assert.equal(userName('a@b!c d', 20), 'abcd')
  assert.equal(userName('-.x', 20), 'x')
  assert.equal(userName('abcdef', 3), 'abc')
  assert.equal(userName('홍길동', 20), 'user')
  assert.equal(userName('', 20), 'user')
})

test('USER - the result is a plain word within the limit, and stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 20 }), (raw, limit) => {
      const name = userName(raw, limit)
      assert.match(name, /^[A-Za-z\d_][A-Za-z\d_.-]*$/)
      assert.ok(name.length <= limit)
      assert.equal(userName(name, limit), name)
    }),
  )
})
