import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lengthFault } from './line-length.ts'

const PING = 'PING '
const HANGUL_BYTES = 3

test('417 - 510 bytes and the line end fit, one more does not', () => {
  assert.equal(lengthFault(PING + 'x'.repeat(505)), false)
  assert.equal(lengthFault(PING + 'x'.repeat(506)), true)
})

test('417 - bytes count, not characters', () => {
  assert.equal(lengthFault(`${PING}x${'가'.repeat(168)}`), false)
  assert.equal(lengthFault(`${PING}xx${'가'.repeat(168)}`), true)
  assert.equal(lengthFault('😀'.repeat(127)), false)
  assert.equal(lengthFault('😀'.repeat(128)), true)
})

test('417 - "4094 bytes for tag data" with @ and the space, and the rest has its own 510', () => {
  const tags = (bytes: number) => `@${'a'.repeat(bytes)} `
  assert.equal(lengthFault(tags(4094) + PING + 'x'.repeat(505)), false)
  assert.equal(lengthFault(tags(4095) + PING), true)
  assert.equal(lengthFault(tags(1) + PING + 'x'.repeat(506)), true)
  assert.equal(lengthFault(`@+a=${'가'.repeat(1363)} PING x`), false)
  assert.equal(lengthFault(`@+a=${'가'.repeat(1364)} PING x`), true)
})

test('417 - tags alone, without an end, are over it: there is no telling what follows', () => {
  assert.equal(lengthFault('@a'), true)
})

test('417 - is what counting every byte says', () => {
  const unit = fc.constantFrom('a', 'é', '가', '😀', ' ', '@')
  const text = fc.tuple(unit, fc.nat(200)).map(([each, count]) => each.repeat(count))
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (parts) => {
      const line = `P${parts.join('')}`
      assert.equal(lengthFault(line), new TextEncoder().encode(line).length > 510)
    }),
  )
  assert.equal(new TextEncoder().encode('가').length, HANGUL_BYTES)
})
