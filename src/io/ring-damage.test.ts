import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import {
  CAPACITY,
  HEAD,
  MAX,
  ringPair,
  ringPairAt,
  TAIL,
  writeRecord,
} from '../../test/support/ring-pair.ts'

const payloads = fc.uint8Array({ maxLength: MAX, size: 'max' })

test('ring - a length that was torn is an error, again and again, whatever its value', () => {
  fc.assert(
    fc.property(
      fc.array(payloads, { minLength: 1, maxLength: 3 }),
      fc.nat(2),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      (list, which, length) => {
        const { producer, consumer, data } = ringPair()
        const places: number[] = []
        for (const payload of list) {
          places.push((producer.reserve(payload.length) ?? Number.NaN) - 4)
          producer.commit(payload.length)
        }
        producer.publish()
        data[(places[which % list.length] ?? 0) / 4] = length
        let records = 0
        // A length that is merely wrong can't be told from a right one; but all stays inside of what was published.
        try {
          for (; consumer.next(); records++) assert.ok(consumer.end <= CAPACITY)
        } catch (error) {
          assert.match(String(error), /ring: corrupt/)
          assert.throws(() => consumer.next(), /ring: corrupt/)
        }
        assert.ok(records <= CAPACITY / 4)
      },
    ),
  )
})

test('ring - a length above the maximum, past the tail or past the end is named', () => {
  const torn = (length: number) => {
    const { producer, consumer, data } = ringPair()
    writeRecord(producer, new Uint8Array(8))
    producer.publish()
    data[0] = length
    return () => consumer.next()
  }
  assert.throws(torn(MAX + 1), /corrupt, a record of 61 bytes at 0/)
  assert.throws(torn(0xffff_ffff), /corrupt, a record of 4294967295 bytes at 0/)
  assert.throws(torn(0x8000_0000), /corrupt, a record of 2147483648 bytes/)
  assert.throws(torn(9), /passes the tail/)
  const { producer, consumer, data } = ringPairAt(CAPACITY - 16)
  writeRecord(producer, new Uint8Array(8))
  writeRecord(producer, new Uint8Array(MAX))
  producer.publish()
  data[(CAPACITY - 16) / 4] = 16
  assert.throws(() => consumer.next(), /passes the end/)
})

test('ring - padding where none can be is an error, never a loop', () => {
  const { producer, consumer, data } = ringPairAt(CAPACITY - 8)
  writeRecord(producer, new Uint8Array(8))
  producer.publish()
  assert.equal(data[(CAPACITY - 8) / 4], 0xffff_ffff)
  data[0] = 0xffff_ffff
  assert.throws(() => consumer.next(), /ring: corrupt/)
  const short = ringPairAt(CAPACITY - 16)
  writeRecord(short.producer, new Uint8Array(0))
  short.producer.publish()
  short.data[(CAPACITY - 16) / 4] = 0xffff_ffff
  assert.throws(() => short.consumer.next(), /ring: corrupt/)
})

test('ring - counters that no healthy thread writes are errors on both sides', () => {
  for (const tail of [-4, 3, CAPACITY + 4, -(2 ** 31)]) {
    const { consumer, control } = ringPair()
    control[TAIL] = tail
    assert.throws(() => consumer.next(), /ring: corrupt/)
    assert.throws(() => consumer.next(), /ring: corrupt/)
  }
  const { producer, control } = ringPair()
  while (writeRecord(producer, new Uint8Array(MAX)));
  control[HEAD] = CAPACITY + 4
  assert.throws(() => producer.reserve(0), /ring: corrupt/)
})
