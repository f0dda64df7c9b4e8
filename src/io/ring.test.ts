import assert from 'node:assert/strict'
import test, { mock } from 'node:test'
import fc from 'fast-check'
import {
  CAPACITY,
  MAX,
  readRecords,
  ringPair,
  ringPairAt,
  text,
  writeRecord,
} from '../../test/support/ring-pair.ts'
import { createRing, RingConsumer, RingProducer } from './ring.ts'

const payloads = fc.uint8Array({ maxLength: MAX, size: 'max' })

/** What a ring must look like from outside, and the steps that compare it. */
function model(position: number) {
  const { producer, consumer } = ringPairAt(position)
  const committed: string[] = []
  const at = { published: 0, read: 0, batchEnd: 0, released: 0 }
  let isParked = false
  let isStarved = false
  const seen = { full: 0, rung: 0, rungForRoom: 0 }
  return {
    seen,
    write: (payload: Uint8Array, slack: number) => {
      if (writeRecord(producer, payload, Math.min(MAX, payload.length + slack)))
        committed.push(text(payload))
      else {
        seen.full++
        assert.notEqual(committed.length, at.released, 'an empty ring takes any record')
      }
    },
    abandon: () => {
      const offset = producer.reserve(MAX)
      if (offset !== undefined) producer.buffer.fill(0xff, offset, offset + MAX)
    },
    publish: () => {
      const isNews = committed.length > at.published
      const mustRing = producer.publish()
      assert.equal(mustRing, isNews && isParked)
      if (mustRing) seen.rung++
      if (isNews) isParked = false
      at.published = committed.length
    },
    awaitRoom: () => {
      if (at.published !== committed.length || producer.reserve(MAX) !== undefined) return
      isStarved = producer.awaitRoom()
      assert.equal(isStarved, true, 'no release since the reserve')
    },
    next: () => {
      if (at.read === at.batchEnd && at.read === at.released) at.batchEnd = at.published
      const expected = at.read < at.batchEnd
      assert.equal(consumer.next(), expected)
      if (!expected) return
      assert.equal(consumer.start % 4, 0)
      assert.equal(
        consumer.buffer.toString('latin1', consumer.start, consumer.end),
        committed[at.read],
      )
      at.read++
    },
    release: () => {
      const mustRing = consumer.release()
      assert.equal(mustRing, isStarved && at.read > at.released)
      if (mustRing) seen.rungForRoom++
      if (mustRing) isStarved = false
      at.released = at.read
    },
    park: () => {
      if (at.read !== at.released) return
      isParked = consumer.park()
      assert.equal(isParked, at.read === at.published)
    },
    unpark: () => {
      consumer.unpark()
      isParked = false
    },
    finish: () => {
      producer.publish()
      consumer.release()
      const rest: string[] = []
      for (let got = readRecords(consumer); got.length > 0; got = readRecords(consumer)) {
        rest.push(...got)
        consumer.release()
      }
      assert.deepEqual(rest, committed.slice(at.read))
    },
  }
}

type Model = ReturnType<typeof model>
type Step = (ring: Model) => void

const plainStep = fc.constantFrom<Step>(
  ...['publish', 'publish', 'awaitRoom', 'next', 'next', 'next', 'next', 'next'].map(stepOf),
  ...['release', 'release', 'park', 'unpark', 'abandon'].map(stepOf),
)
const writeStep = fc.tuple(payloads, fc.nat(MAX)).map(
  ([payload, slack]): Step =>
    (ring) =>
      ring.write(payload, slack),
)
const steps = fc.array(
  fc.oneof({ weight: 1, arbitrary: writeStep }, { weight: 2, arbitrary: plainStep }),
  { maxLength: 300, size: 'max' },
)

function stepOf(name: string): Step {
  return (ring) => ring[name as 'publish']()
}

test('ring - any interleaving of the two ends gives the records in order, whole, and only when published', () => {
  // Around 2^31 and 2^32 the counters change sign.
  const positions = fc.constantFrom(
    0,
    2 ** 31 - CAPACITY,
    2 ** 31 - 4,
    2 ** 32 - CAPACITY,
    2 ** 32 - 64,
  )
  const seen = { full: 0, rung: 0, rungForRoom: 0 }
  fc.assert(
    fc.property(positions, steps, (position, list) => {
      const ring = model(position)
      for (const step of list) step(ring)
      ring.finish()
      seen.full += ring.seen.full
      seen.rung += ring.seen.rung
      seen.rungForRoom += ring.seen.rungForRoom
    }),
    { numRuns: 400 },
  )
  assert.ok(seen.full > 100 && seen.rung > 100 && seen.rungForRoom > 100, JSON.stringify(seen))
})

test('ring - a record of every size from 0 to the maximum, at every place in the ring', () => {
  const { producer, consumer } = ringPair()
  for (let bytes = 0; bytes <= MAX; bytes++) {
    for (let times = 0; times < CAPACITY / 4; times++) {
      const payload = new Uint8Array(bytes).fill(times)
      assert.equal(writeRecord(producer, payload), true)
      producer.publish()
      assert.deepEqual(readRecords(consumer), [text(payload)])
      consumer.release()
    }
    // Shifts the next size to another place.
    writeRecord(producer, new Uint8Array(0))
    producer.publish()
    assert.deepEqual(readRecords(consumer), [''])
    consumer.release()
  }
})

test('ring - a record is one view: what would wrap begins at the start', () => {
  const { producer, consumer } = ringPair()
  const payload = new Uint8Array(MAX - 8).fill(7)
  const places: number[] = []
  for (let index = 0; index < 12; index++) {
    assert.equal(writeRecord(producer, payload), true)
    producer.publish()
    assert.equal(consumer.next(), true)
    places.push(consumer.start)
    assert.ok(consumer.end <= CAPACITY)
    consumer.release()
  }
  assert.ok(places.filter((place) => place === 4).length >= 3, places.join(' '))
})

test('ring - a full ring refuses, and takes again after a release', () => {
  const { producer, consumer } = ringPair()
  const payload = new Uint8Array(MAX)
  let taken = 0
  while (writeRecord(producer, payload)) taken++
  assert.equal(taken, 4)
  assert.equal(writeRecord(producer, new Uint8Array(0)), false)
  producer.publish()
  assert.equal(consumer.next(), true)
  assert.equal(writeRecord(producer, payload), false)
  consumer.release()
  assert.equal(writeRecord(producer, payload), true)
})

test('ring - no record above the maximum, no commit above what was reserved or without a reserve', () => {
  const { producer } = ringPair()
  assert.equal(producer.maxRecordBytes, MAX)
  assert.throws(() => producer.reserve(MAX + 1), RangeError)
  assert.throws(() => producer.reserve(-1), RangeError)
  assert.throws(() => producer.reserve(Number.NaN), RangeError)
  assert.throws(() => producer.commit(0), RangeError)
  assert.equal(producer.reserve(8), 4)
  assert.throws(() => producer.commit(9), RangeError)
  producer.commit(8)
  assert.throws(() => producer.commit(8), RangeError)
})

test('ring - the capacity is a power of two from 64 to 2^30', () => {
  for (const bytes of [0, 32, 63, 65, 96, 1000, 2 ** 31, -64, 64.5, Number.NaN]) {
    assert.throws(() => createRing(bytes), RangeError)
  }
  assert.equal(new RingProducer(createRing(64)).maxRecordBytes, 12)
  assert.throws(() => new RingConsumer(new SharedArrayBuffer(4096)), RangeError)
})

test('ring - strings are written in place, and a commit may be shorter than the reservation', () => {
  const { producer, consumer } = ringPair()
  const line = '마루 🪵'
  const at = producer.reserve(line.length * 3) ?? Number.NaN
  producer.commit(producer.buffer.write(line, at, 'utf8'))
  producer.publish()
  assert.equal(consumer.next(), true)
  assert.equal(consumer.buffer.toString('utf8', consumer.start, consumer.end), line)
})

test('ring - parking fails when something was published meanwhile, so no wake-up is lost', () => {
  const { producer, consumer } = ringPair()
  writeRecord(producer, new Uint8Array(4))
  assert.equal(producer.publish(), false)
  assert.equal(consumer.park(), false)
  writeRecord(producer, new Uint8Array(4))
  assert.equal(producer.publish(), false, 'a failed parking leaves no flag')
  assert.equal(readRecords(consumer).length, 2)
  consumer.release()
  assert.equal(consumer.park(), true)
  writeRecord(producer, new Uint8Array(4))
  assert.equal(producer.publish(), true)
  writeRecord(producer, new Uint8Array(4))
  assert.equal(producer.publish(), false, 'one parking is rung once')
})

test('ring - committed but unpublished records neither show nor ring', () => {
  const { producer, consumer } = ringPair()
  assert.equal(consumer.park(), true)
  writeRecord(producer, new Uint8Array(4))
  assert.equal(consumer.next(), false)
  consumer.unpark()
  assert.equal(consumer.park(), true)
  assert.equal(producer.publish(), true)
})

test('ring - a consumer with unreleased records may not park, nor a producer with unpublished ones wait', () => {
  const { producer, consumer } = ringPair()
  writeRecord(producer, new Uint8Array(4))
  assert.throws(() => producer.awaitRoom(), /publish before/)
  producer.publish()
  consumer.next()
  assert.throws(() => consumer.park(), /release before/)
})

test('ring - a producer that waits for room is rung by the next release, once', () => {
  const { producer, consumer } = ringPair()
  while (writeRecord(producer, new Uint8Array(MAX)));
  producer.publish()
  assert.equal(producer.awaitRoom(), true)
  assert.equal(consumer.release(), false, 'nothing was read')
  consumer.next()
  assert.equal(consumer.release(), true)
  consumer.next()
  assert.equal(consumer.release(), false)
  assert.equal(writeRecord(producer, new Uint8Array(MAX)), true)
})

test('ring - waiting for room fails when there was a release meanwhile', () => {
  const { producer, consumer } = ringPair()
  while (writeRecord(producer, new Uint8Array(MAX)));
  producer.publish()
  consumer.next()
  assert.equal(consumer.release(), false)
  assert.equal(producer.awaitRoom(), false)
  consumer.next()
  assert.equal(consumer.release(), false, 'a failed waiting leaves no flag')
})

test('ring - a batch is what was published when it was begun', () => {
  const { producer, consumer } = ringPair()
  writeRecord(producer, new Uint8Array([65]))
  producer.publish()
  assert.equal(consumer.next(), true)
  writeRecord(producer, new Uint8Array([66]))
  producer.publish()
  assert.deepEqual(readRecords(consumer), [])
  consumer.release()
  assert.deepEqual(readRecords(consumer), ['B'])
})

test('ring - new ends go on where the last had published and released', () => {
  const memory = createRing(CAPACITY)
  const first = ringPair(memory)
  writeRecord(first.producer, new Uint8Array([65]))
  writeRecord(first.producer, new Uint8Array([66]))
  first.producer.publish()
  writeRecord(first.producer, new Uint8Array([67]))
  first.consumer.next()
  first.consumer.release()
  const second = ringPair(memory)
  writeRecord(second.producer, new Uint8Array([68]))
  second.producer.publish()
  assert.deepEqual(readRecords(second.consumer), ['B', 'D'])
})

/** All that `interrupted` does, with `other` run once: before the nth atomic operation, or after all of them. */
function interrupt<T>(nth: number, other: () => void, interrupted: () => T): T {
  let operation = 0
  const mocks = (['load', 'store', 'exchange'] as const).map((name) => {
    const original = Atomics[name] as (...rest: unknown[]) => unknown
    return mock.method(Atomics, name, (...rest: unknown[]) => {
      if (operation++ === nth) other()
      return original(...rest)
    })
  })
  const result = interrupted()
  for (const each of mocks) each.mock.restore()
  if (operation <= nth) other()
  return result
}

test('ring - a publish between any two operations of a parking rings, or keeps the consumer awake', () => {
  for (let nth = 0; nth < 4; nth++) {
    const { producer, consumer } = ringPair()
    writeRecord(producer, new Uint8Array(4))
    let mustRing = false
    const isParked = interrupt(
      nth,
      () => (mustRing = producer.publish()),
      () => consumer.park(),
    )
    assert.ok(!isParked || mustRing, `before operation ${nth}`)
    assert.equal(consumer.next(), true)
  }
})

test('ring - a parking between any two operations of a publish is rung, or fails', () => {
  for (let nth = 0; nth < 4; nth++) {
    const { producer, consumer } = ringPair()
    writeRecord(producer, new Uint8Array(4))
    let isParked = false
    const mustRing = interrupt(
      nth,
      () => (isParked = consumer.park()),
      () => producer.publish(),
    )
    assert.ok(!isParked || mustRing, `before operation ${nth}`)
  }
})

test('ring - a release between any two operations of a waiting for room rings, or makes it fail', () => {
  for (let nth = 0; nth < 4; nth++) {
    const { producer, consumer } = ringPair()
    while (writeRecord(producer, new Uint8Array(MAX)));
    producer.publish()
    consumer.next()
    let mustRing = false
    const waits = interrupt(
      nth,
      () => (mustRing = consumer.release()),
      () => producer.awaitRoom(),
    )
    assert.ok(!waits || mustRing, `before operation ${nth}`)
  }
})

test('ring - a waiting for room between any two operations of a release is rung, or fails', () => {
  for (let nth = 0; nth < 4; nth++) {
    const { producer, consumer } = ringPair()
    while (writeRecord(producer, new Uint8Array(MAX)));
    producer.publish()
    consumer.next()
    let waits = false
    const mustRing = interrupt(
      nth,
      () => (waits = producer.awaitRoom()),
      () => consumer.release(),
    )
    assert.ok(!waits || mustRing, `before operation ${nth}`)
  }
})

test('ring - both ends say how much of it is in use, at the wrap of their counters too', () => {
  const memory = createRing(64)
  const control = new Int32Array(memory, 0, 128)
  control.fill(-32)
  const [producer, consumer] = [new RingProducer(memory), new RingConsumer(memory)]
  assert.deepEqual([producer.usedShare, consumer.usedShare], [0, 0])
  for (let i = 0; i < 4; i++) writeRecord(producer, new Uint8Array(12))
  producer.publish()
  assert.deepEqual([producer.usedShare, consumer.usedShare], [1, 1])
  consumer.next()
  consumer.release()
  assert.deepEqual([producer.usedShare, consumer.usedShare], [0.75, 0.75])
})
