import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Ranks } from '../protocol/modes.ts'
import type { LogRecord, StoredEvent } from '../state/record.ts'
import { packRecords, RecordBatch, unpackRecords } from './record-batch.ts'

/** Half of a surrogate pair as well: what a batch holds isn't for it to judge. */
const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('\ud83d'))

const anyEvent: fc.Arbitrary<LogRecord> = fc
  .record(
    {
      buffer: fc.nat(),
      seq: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
      timeMs: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
      msgid: anyText,
      command: fc.constantFrom<StoredEvent['command']>('PRIVMSG', 'TAGMSG', 'JOIN', 'RENAME'),
      source: anyText,
      person: anyText,
      flags: fc.nat({ max: 7 }),
      least: fc.nat({ max: 31 }).map((ranks) => ranks as Ranks),
      clientTags: anyText,
      body: anyText,
    },
    { noNullPrototype: true },
  )
  .map((event) => ({ kind: 'event', event }))

const anyKeep: fc.Arbitrary<LogRecord> = fc
  .record({ key: anyText, value: anyText }, { noNullPrototype: true })
  .map((entry) => ({ kind: 'keep', table: 'room', ...entry }))

const anyRecords = fc.array(fc.oneof(anyEvent, anyKeep), { maxLength: 200 })

test('RECORD BATCH - what is packed comes out of another thread as it went in', () => {
  fc.assert(
    fc.property(anyRecords, (records) => {
      assert.deepEqual(unpackRecords(structuredClone(packRecords(records))), records)
    }),
  )
})

test('RECORD BATCH - one that joins another comes behind it, with what is owed of both', () => {
  fc.assert(
    fc.property(anyRecords, anyRecords, (state, messages) => {
      const batch = new RecordBatch()
      for (const record of state) batch.add(record, 'state')
      const next = new RecordBatch()
      for (const record of messages) next.add(record, 'message')
      for (const record of state) next.add(record, 'state')
      batch.join(next)
      assert.equal(batch.size, 2 * state.length + messages.length)
      assert.deepEqual(batch.state, [...state, ...state])
      assert.deepEqual(unpackRecords(batch.pack()), [...state, ...messages, ...state])
    }),
  )
})
