import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import type { Text, Variants } from './engine.ts'
import { RECORD } from './records.ts'
import { createRing, RingConsumer, RingProducer } from './ring.ts'
import { SubmissionReader, type Obeying } from './submission-reader.ts'
import { SubmissionWriter } from './submission-writer.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const text = (data: Text) => (typeof data === 'string' ? data : Buffer.from(data).toString())

/** Writes each call down, bytes as text. */
function recorder() {
  const calls: unknown[][] = []
  const kept: Uint8Array[] = []
  const keep = (data: Text) => {
    if (typeof data !== 'string') kept.push(data)
    return text(data)
  }
  const engine: Obeying = {
    send: (connection, lines) => calls.push(['send', connection, keep(lines)]),
    cast: (rooms, variants, except) =>
      calls.push(['cast', rooms, [...variants].map(([key, lines]) => [key, keep(lines)]), except]),
    enter: (connection, room) => calls.push(['enter', connection, room]),
    leave: (connection, room) => calls.push(['leave', connection, room]),
    classify: (connection, deliveryClass) => calls.push(['classify', connection, deliveryClass]),
    close: (connection, farewell, reason) =>
      calls.push(['close', connection, keep(farewell), reason]),
    bar: (networks) => calls.push(['bar', networks]),
    mark: (startMs) => calls.push(['mark', startMs]),
  }
  return { calls, kept, engine }
}

function submissions(capacityBytes = 4096) {
  const memory = createRing(capacityBytes)
  const producer = new RingProducer(memory)
  const consumer = new RingConsumer(memory)
  const recorded = recorder()
  const reader = new SubmissionReader(consumer, recorded.engine)
  const writer = new SubmissionWriter(producer)
  let batches = 0
  const drain = () => {
    for (
      let isFirst = true;
      isFirst || batchOf(consumer, () => reader.obey()) > 0;
      isFirst = false
    ) {
      writer.publish()
      batches++
    }
    return recorded.calls.splice(0)
  }
  return { writer, producer, consumer, reader, kept: recorded.kept, drain, batches: () => batches }
}

function batchOf(consumer: RingConsumer, take: () => void): number {
  let records = 0
  for (; consumer.next(); records++) take()
  consumer.release()
  return records
}

/** Line ends at `\r\n`; together what was sent. */
function lineOf(length: number, letter: string): string {
  return `${letter.repeat(length - 2)}\r\n`
}

test('records - every submission comes out as it went in, in order', () => {
  const { writer, drain } = submissions()
  const variants: Variants = new Map<number, Text>([
    [0, bytes('')],
    [7, bytes(':아라 PRIVMSG #마루 :안녕 🪵\r\n')],
    [8, ':아라 PRIVMSG #마루 :글자 👋🏽\r\n'],
    [0xffff_ffff, '@time=now :ara PRIVMSG #maru :hi\r\n'],
  ])
  writer.send(1, bytes(':maru 001 ara :어서 오세요 👋🏽\r\n'))
  writer.send(1, ':maru 002 ara :호스트 é 🪵\r\n')
  writer.send(0xffff_ffff, bytes(''))
  writer.cast([3, 4, 0xffff_ffff], variants, 9)
  writer.cast([], new Map(), 0)
  writer.enter(1, 2)
  writer.leave(2, 0xffff_ffff)
  writer.classify(3, 12)
  writer.close(4, bytes('ERROR :Bye\r\n'), 'Quit: 잘 가 👋')
  writer.close(5, 'ERROR :잘 가\r\n', '')
  writer.bar(['192.0.2.0/24', '2001:db8::/32'])
  writer.bar([])
  writer.mark(12_299_893.829935)
  assert.deepEqual(drain(), [
    ['send', 1, ':maru 001 ara :어서 오세요 👋🏽\r\n'],
    ['send', 1, ':maru 002 ara :호스트 é 🪵\r\n'],
    ['send', 0xffff_ffff, ''],
    ['cast', [3, 4, 0xffff_ffff], [...variants].map(([key, lines]) => [key, text(lines)]), 9],
    ['cast', [], [], 0],
    ['enter', 1, 2],
    ['leave', 2, 0xffff_ffff],
    ['classify', 3, 12],
    ['close', 4, 'ERROR :Bye\r\n', 'Quit: 잘 가 👋'],
    ['close', 5, 'ERROR :잘 가\r\n', ''],
    ['bar', ['192.0.2.0/24', '2001:db8::/32']],
    ['bar', []],
    ['mark', 12_299_893.829935],
  ])
})

test('records - a send longer than a record is cut at line ends only, and stays in order', () => {
  const { writer, drain, producer } = submissions(1024)
  const lines = Array.from({ length: 60 }, (_, index) =>
    lineOf(20 + index, '가나다'[index % 3] ?? ''),
  )
  const whole = lines.join('')
  writer.send(1, bytes('before\r\n'))
  writer.send(1, bytes(whole))
  writer.send(1, whole)
  writer.send(1, bytes('after\r\n'))
  const pieces = drain().map((call) => String(call[2]))
  assert.ok(pieces.length > 10)
  for (const piece of pieces) {
    assert.ok(piece.endsWith('\r\n'))
    assert.ok(bytes(piece).length <= producer.maxRecordBytes)
  }
  assert.equal(pieces.join(''), `before\r\n${whole}${whole}after\r\n`)
})

test('records - a cast longer than a record becomes casts to the same rooms, each class with its bytes', () => {
  const { writer, drain } = submissions(1024)
  const first = Array.from({ length: 9 }, (_, index) => lineOf(50, String(index))).join('')
  const lines = [first, lineOf(200, 'b'), 'c\r\n']
  writer.cast([5, 6], new Map(lines.map((each, index) => [index, bytes(each)])), 77)
  const heard = new Map<number, string>()
  const calls = drain() as ['cast', number[], [number, string][], number][]
  assert.ok(calls.length > 3)
  for (const [kind, rooms, variants, except] of calls) {
    assert.deepEqual([kind, rooms, except], ['cast', [5, 6], 77])
    for (const [deliveryClass, part] of variants) {
      heard.set(deliveryClass, (heard.get(deliveryClass) ?? '') + part)
    }
  }
  assert.deepEqual([...heard], [...lines.entries()])
})

test('records - a long farewell goes before the close, a long bar in parts', () => {
  const { writer, drain } = submissions(1024)
  const farewell = Array.from({ length: 9 }, (_, index) => lineOf(60, String(index))).join('')
  const networks = Array.from({ length: 200 }, (_, index) => `198.51.${index}.0/24`)
  writer.close(3, bytes(farewell), 'Server shutting down')
  writer.bar(networks)
  writer.bar(['192.0.2.1/32'])
  const calls = drain()
  const last = calls.findIndex(([kind]) => kind === 'close')
  assert.ok(last > 0)
  assert.equal(
    calls
      .slice(0, last + 1)
      .map((call) => String(call[2]))
      .join(''),
    farewell,
  )
  assert.ok(calls.slice(0, last).every(([kind, connection]) => kind === 'send' && connection === 3))
  assert.equal(calls[last]?.[3], 'Server shutting down')
  assert.deepEqual(calls.slice(last + 1), [
    ['bar', networks],
    ['bar', ['192.0.2.1/32']],
  ])
})

test('records - what no record can hold is refused before anything is sent', () => {
  const { writer, drain } = submissions(1024)
  const long = bytes(`ok\r\n${lineOf(400, 'x')}`)
  const rooms = Array.from({ length: 100 }, (_, index) => index)
  assert.throws(() => writer.send(1, long), RangeError)
  assert.throws(
    () =>
      writer.cast(
        [1],
        new Map([
          [1, bytes('ok\r\n')],
          [2, long],
        ]),
        0,
      ),
    RangeError,
  )
  assert.throws(() => writer.cast(rooms, new Map([[1, bytes('x\r\n')]]), 0), RangeError)
  assert.throws(() => writer.close(1, long, ''), RangeError)
  assert.throws(() => writer.close(1, bytes(''), 'x'.repeat(400)), RangeError)
  assert.throws(() => writer.bar(['x'.repeat(400)]), RangeError)
  for (const value of [-1, 2 ** 32, 1.5, Number.NaN]) {
    assert.throws(() => writer.send(value, bytes('x')), RangeError)
    assert.throws(() => writer.enter(1, value), RangeError)
    assert.throws(() => writer.leave(value, 1), RangeError)
    assert.throws(() => writer.classify(1, value), RangeError)
    assert.throws(() => writer.close(value, bytes('x'), ''), RangeError)
    assert.throws(() => writer.cast([value], new Map(), 0), RangeError)
    assert.throws(() => writer.cast([1], new Map([[value, bytes('x')]]), 0), RangeError)
    assert.throws(() => writer.cast([1], new Map(), value), RangeError)
  }
  assert.deepEqual(drain(), [])
})

// Lines of so many bytes rather than of any text: what fails then shrinks in a moment.
const lineBytes = fc
  .array(fc.integer({ min: 2, max: 80 }), { maxLength: 12, size: 'max' })
  .map((lengths) => lengths.map((length, index) => lineOf(length, 'abc'[index % 3] ?? '')).join(''))
const id = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const submission = fc.oneof(
  fc.record({ kind: fc.constant('send' as const), id, lines: lineBytes }),
  fc.record({
    kind: fc.constant('cast' as const),
    id,
    rooms: fc.array(id, { maxLength: 5 }),
    variants: fc.uniqueArray(fc.tuple(id, lineBytes), { maxLength: 4, selector: ([key]) => key }),
  }),
  fc.record({
    kind: fc.constant('close' as const),
    id,
    lines: lineBytes,
    reason: fc.string({ unit: 'binary', maxLength: 30 }),
  }),
  fc.record({ kind: fc.constantFrom('enter', 'leave', 'classify'), id, value: id }),
  fc.record({ kind: fc.constant('mark' as const), startMs: fc.double({ noNaN: true }) }),
)

/** What every connection hears, line by line: however it was cut, it is the same. */
function heardOf(calls: unknown[][]): string {
  return calls.flatMap(linesOf).join('\n')
}

function linesOf([kind, ...rest]: unknown[]): string[] {
  if (kind === 'cast') {
    const [rooms, variants, except] = rest as [number[], [number, string][], number]
    const audience = `cast ${rooms.join(',')} ${except}`
    return variants.flatMap(([key, lines]) => prefixed(`${audience} ${key}`, lines))
  }
  if (kind === 'send') return prefixed(`send ${String(rest[0])}`, String(rest[1]))
  if (kind !== 'close') return [[kind, ...rest].join(' ')]
  const farewell = prefixed(`send ${String(rest[0])}`, String(rest[1]))
  return [...farewell, `close ${String(rest[0])} ${String(rest[2])}`]
}

function prefixed(prefix: string, lines: string): string[] {
  return lines
    .split('\r\n')
    .slice(0, -1)
    .map((line) => `${prefix} ${line}`)
}

test('records - any submissions through a ring too small for them mean the same, in the same order', () => {
  let waited = 0
  fc.assert(
    fc.property(fc.array(submission, { maxLength: 30, size: 'max' }), fc.nat(30), (list, every) => {
      const { writer, drain, kept } = submissions(2048)
      const direct = recorder()
      const got: unknown[][] = []
      for (const [index, one] of list.entries()) {
        for (const engine of [writer, direct.engine]) submit(engine, one)
        if (writer.backlogBytes > 0) waited++
        if (index % (every + 1) === 0) got.push(...drain())
      }
      got.push(...drain())
      assert.equal(writer.backlogBytes, 0)
      assert.equal(heardOf(got), heardOf(direct.calls))
      // No record that came later has written over the bytes of an earlier one.
      const again = kept.map(text).join('')
      assert.equal(again, got.flatMap(textsOf).join(''))
    }),
    { numRuns: 200 },
  )
  assert.ok(waited > 100)
})

type One = typeof submission extends fc.Arbitrary<infer T> ? T : never

function submit(engine: Obeying, one: One): void {
  if (one.kind === 'mark') engine.mark(one.startMs)
  else if (one.kind === 'send') engine.send(one.id, textOrBytes(one.lines))
  else if (one.kind === 'close') engine.close(one.id, textOrBytes(one.lines), one.reason)
  else if (one.kind === 'cast') {
    engine.cast(
      one.rooms,
      new Map(one.variants.map(([key, lines]) => [key, textOrBytes(lines)])),
      one.id,
    )
  } else engine[one.kind as 'enter'](one.id, one.value)
}

/** Half of them cross as text, half as bytes. */
function textOrBytes(lines: string): Text {
  return lines.length % 2 === 0 ? lines : bytes(lines)
}

function textsOf([kind, , data]: unknown[]): string[] {
  if (kind === 'send' || kind === 'close') return [String(data)]
  if (kind !== 'cast') return []
  return (data as [number, string][]).map(([, lines]) => lines)
}

test('records - what would still fit waits behind what did not', () => {
  const { writer, drain } = submissions(1024)
  const big = lineOf(200, 'x')
  for (let index = 0; index < 6; index++) writer.send(1, bytes(big))
  writer.send(2, bytes('a'))
  writer.enter(3, 4)
  writer.cast([5], new Map([[1, bytes('b')]]), 0)
  writer.close(6, bytes('c'), 'd')
  writer.bar(['e'])
  writer.mark(7)
  const order = drain().map(([kind, subject]) => `${String(kind)} ${String(subject)}`)
  assert.deepEqual(order.slice(6), ['send 2', 'enter 3', 'cast 5', 'close 6', 'bar e', 'mark 7'])
})

test('records - a backlog that never empties keeps its order', () => {
  const { writer, consumer, reader, drain } = submissions(1024)
  let next = 0
  while (next < 600) writer.enter(next++, 1)
  for (let turn = 0; turn < 200; turn++) {
    for (let index = 0; index < 20; index++) writer.enter(next++, 1)
    writer.publish()
    for (let index = 0; index < 20 && consumer.next(); index++) reader.obey()
    consumer.release()
    assert.ok(writer.backlogBytes > 0)
  }
  assert.deepEqual(
    drain().map((call) => call[1]),
    Array.from({ length: next }, (_, index) => index),
  )
  assert.equal(writer.backlogBytes, 0)
})

test('records - submitted bytes outlive their record, and a small one keeps little memory alive', () => {
  const { writer, drain, kept } = submissions(64 * 1024)
  for (let index = 0; index < 1000; index++) writer.send(index, bytes(lineOf(40, 'a')))
  writer.send(1, bytes(lineOf(8000, 'b')))
  drain()
  assert.ok(kept.every((data) => !(data.buffer instanceof SharedArrayBuffer)))
  assert.ok(kept.slice(0, 1000).every((data) => data.buffer.byteLength <= 4096))
  assert.ok(new Set(kept.map((data) => data.buffer)).size < 20, 'small copies share memory')
  assert.equal(kept[1000]?.buffer.byteLength, 8000)
})

test('records - a submission that is cut short or of no known type is an error', () => {
  const { producer, consumer, reader } = submissions()
  const records = [
    [],
    [RECORD.send],
    [99, 1],
    [RECORD.asciiLines, 1],
    [RECORD.enter, 1],
    [RECORD.close, 1],
    [RECORD.mark, 0, 1],
    [RECORD.close, 1, 4],
    [RECORD.cast, 1],
    [RECORD.cast | (3 << 8), 1, 0, 5],
    [RECORD.cast | (1 << 8), 1, 0xffff_ffff, 5],
    [RECORD.cast, 1, 1, 7, 40],
  ]
  for (const words of records) {
    const at = producer.reserve(words.length * 4) ?? Number.NaN
    producer.words.set(words, at / 4)
    producer.commit(words.length * 4)
  }
  producer.publish()
  for (const words of records) {
    assert.equal(consumer.next(), true)
    assert.throws(() => reader.obey(), /^Error: submission: /, words.join(' '))
  }
})

test('records - the reader that makes room rings the writer whose records wait, and the reverse', () => {
  const { writer, consumer, reader } = submissions(1024)
  const line = bytes(lineOf(100, 'x'))
  for (let index = 0; index < 30; index++) writer.send(index, line)
  assert.ok(writer.backlogBytes > 30 * 64)
  assert.equal(writer.publish(), false, 'nobody is parked')
  assert.equal(consumer.next(), true)
  reader.obey()
  assert.equal(consumer.release(), true, 'the writer waits')
  const before = writer.backlogBytes
  writer.publish()
  assert.ok(writer.backlogBytes < before)
  let left = 0
  for (let took = 1; took > 0; left += took) {
    took = batchOf(consumer, () => reader.obey())
    writer.publish()
  }
  assert.equal(left, 29)
  assert.equal(consumer.park(), true)
  writer.send(1, line)
  assert.equal(writer.publish(), true)
})
