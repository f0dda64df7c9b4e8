import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { CompletionWriter } from './completion-writer.ts'
import type { Completion } from './engine.ts'
import { readCompletion } from './read-completion.ts'
import { RECORD } from './records.ts'
import { createRing, RingConsumer, RingProducer } from './ring.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text))

function completions(capacityBytes = 4096) {
  const memory = createRing(capacityBytes)
  const producer = new RingProducer(memory)
  const consumer = new RingConsumer(memory)
  const writer = new CompletionWriter(producer)
  const drain = () => {
    const got: Completion[] = []
    const take = () => got.push(readCompletion(consumer, (local) => local + 1000))
    for (let isFirst = true; isFirst || batchOf(consumer, take) > 0; isFirst = false)
      writer.publish()
    return got
  }
  return { writer, producer, consumer, drain }
}

function batchOf(consumer: RingConsumer, take: () => void): number {
  let records = 0
  for (; consumer.next(); records++) take()
  consumer.release()
  return records
}

test('records - every completion comes out as it went in, under the number of the engine', () => {
  const { writer, drain } = completions()
  const tls = { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', certificateFingerprint: 'ab' }
  const opened = { kind: 'opened', transport: 'tls', address: '2001:db8::1', port: 50_000 } as const
  const totals = { linesIn: 3, bytesIn: 2 ** 40, bytesOut: 5, openForMs: 1.5 }
  const list: Completion[] = [
    { ...opened, connection: 1, listener: '마루', tls },
    { ...opened, connection: 2, listener: 'plain' },
    { ...opened, connection: 3, listener: 'web', client: 'Gamja/1.0 é' },
    { kind: 'lines', connection: 1, lines: ['NICK ara', 'USER ara 0 * :Ara'] },
    { kind: 'lines', connection: 1, lines: ['PRIVMSG #마루 :안녕 🪵', 'é', ''] },
    { kind: 'lines', connection: 1, lines: [''] },
    { kind: 'lines', connection: 1, lines: ['', '', 'x'] },
    { kind: 'malformed', connection: 2, fault: 'lineTooLong' },
    { kind: 'malformed', connection: 2, fault: 'invalidUtf8' },
    { kind: 'malformed', connection: 2, fault: 'forbiddenByte' },
    { kind: 'slowed', connection: 2, why: 'budget' },
    { kind: 'slowed', connection: 2, why: 'queue' },
    { kind: 'closed', connection: 1, reason: 'Quit: 안녕 👋', totals },
  ]
  for (const completion of list) writer.put(completion)
  const expected = list.map((one) => ({ ...one, connection: one.connection + 1000 }))
  assert.deepEqual(drain(), expected)
})

test('records - any lines, as strings or as bytes, come out as they went in', () => {
  const unit = fc.oneof(
    fc.constantFrom('a', ' ', '가', 'é', '🪵', '\u007f', '\u0080'),
    fc.string({ unit: 'binary', maxLength: 2 }),
  )
  const line = fc.array(unit, { maxLength: 20 }).map((parts) => parts.join('').replaceAll('\n', ''))
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 30, size: 'max' }), (lines) => {
      const { writer, drain } = completions(1024)
      writer.put({ kind: 'lines', connection: 7, lines })
      writer.putLines(8, bytes(lines.join('\n')))
      const got = { 1007: [] as string[], 1008: [] as string[] }
      for (const completion of drain()) {
        assert.ok(completion.kind === 'lines')
        got[completion.connection as 1007].push(...completion.lines)
      }
      assert.deepEqual(got, { 1007: lines, 1008: lines })
    }),
  )
})

test('records - no lines are no completion', () => {
  const { writer, drain } = completions()
  writer.put({ kind: 'lines', connection: 1, lines: [] })
  assert.deepEqual(drain(), [])
})

test('records - borrowed bytes may be written over while their record waits', () => {
  const { writer, drain } = completions(1024)
  const borrowed = Buffer.alloc(200)
  for (let index = 0; index < 20; index++) writer.putLines(index, borrowed.fill(65 + index))
  assert.ok(writer.backlogBytes > 0)
  const lines = drain().flatMap((one) => (one.kind === 'lines' ? one.lines : []))
  assert.deepEqual(
    lines,
    Array.from({ length: 20 }, (_, index) => String.fromCodePoint(65 + index).repeat(200)),
  )
  assert.equal(writer.backlogBytes, 0)
})

test('records - a completion that no record can hold is refused', () => {
  const { writer, drain } = completions(1024)
  const totals = { linesIn: 0, bytesIn: 0, bytesOut: 0, openForMs: 0 }
  const long = 'x'.repeat(300)
  assert.throws(() => writer.put({ kind: 'lines', connection: 1, lines: ['a', long] }), RangeError)
  assert.throws(
    () => writer.put({ kind: 'closed', connection: 1, reason: long, totals }),
    RangeError,
  )
  assert.throws(
    () => writer.put({ kind: 'malformed', connection: -1, fault: 'invalidUtf8' }),
    RangeError,
  )
  assert.throws(() => writer.putLines(2 ** 32, bytes('x')), RangeError)
  assert.deepEqual(drain(), [])
})

test('records - a completion that is cut short or of no known kind is an error', () => {
  const { producer, consumer } = completions()
  const records = [
    [],
    [RECORD.asciiLines],
    [RECORD.send, 1],
    [RECORD.malformed | (3 << 8), 1],
    [RECORD.slowed | (2 << 8), 1],
  ]
  for (const words of records) {
    const at = producer.reserve(words.length * 4) ?? Number.NaN
    producer.words.set(words, at / 4)
    producer.commit(words.length * 4)
  }
  producer.publish()
  for (const words of records) {
    assert.equal(consumer.next(), true)
    assert.throws(
      () => readCompletion(consumer, (local) => local),
      /^Error: completion: /,
      words.join(' '),
    )
  }
})
