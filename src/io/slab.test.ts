import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Text } from './engine.ts'
import { Slab } from './slab.ts'

const KIB = 1024

/** Mostly lines, now and then a text that fills a slab to its end or outgrows it. */
const piece: fc.Arbitrary<Text> = fc
  .record({
    unit: fc.constantFrom('a', 'ä', '가', '👋', 'line\r\n'),
    count: fc.oneof(
      { arbitrary: fc.integer({ min: 0, max: 200 }), weight: 6 },
      { arbitrary: fc.integer({ min: 0, max: 150 * KIB }), weight: 1 },
    ),
    isText: fc.boolean(),
  })
  .map(({ unit, count, isText }) =>
    isText ? unit.repeat(count) : new Uint8Array(Buffer.from(unit.repeat(count))),
  )

const turn = fc.record({
  writes: fc.array(fc.array(piece, { maxLength: 5 }), { maxLength: 8 }),
  isKept: fc.boolean(),
})

test('SLAB - bytes are whole until the turn ends, and for ever when the turn was kept', () => {
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 12, size: 'max' }), (turns) => {
      const slab = new Slab()
      const kept: (readonly [bytes: Uint8Array, expected: Buffer])[] = []
      for (const { writes, isKept } of turns) {
        const written = writes.map(
          (segments) => [slab.write(segments), Buffer.concat(segments.map(asBytes))] as const,
        )
        if (isKept) {
          slab.keep()
          kept.push(...written)
        }
        for (const [bytes, expected] of [...written, ...kept]) assert.ok(expected.equals(bytes))
        slab.reset()
      }
      for (const [bytes, expected] of kept) assert.ok(expected.equals(bytes))
    }),
    { numRuns: 60 },
  )
})

test('SLAB - a turn that was not kept leaves its memory to the next', () => {
  const slab = new Slab()
  const placeOf = (text: string): readonly [ArrayBufferLike, number] => {
    const { buffer, byteOffset } = slab.write([text])
    return [buffer, byteOffset]
  }
  const [memory, first] = placeOf('one')
  slab.reset()
  assert.deepEqual(placeOf('two'), [memory, first])
  slab.keep()
  slab.reset()
  const [same, behind] = placeOf('three')
  assert.equal(same, memory)
  assert.ok(behind >= first + 3)
  slab.reset()
  assert.deepEqual(placeOf('four'), [memory, behind])
})

function asBytes(segment: Text): Uint8Array {
  return typeof segment === 'string' ? Buffer.from(segment) : segment
}
