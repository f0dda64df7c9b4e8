import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FeedEvent } from '../../../feed/feed.ts'
import { describe, lineFits, LOG_KINDS, wordsOf } from './log-lines.ts'
import type { LogLine } from './monitor-state.ts'

const ANNA = { connection: 1, address: '192.0.2.7', nick: 'Anna', account: 'anna-k' }
const CAME = { ...ANNA, port: 1, transport: 'tls', listener: 'tls' } as const
const line = (event: FeedEvent): LogLine => ({
  kind: 'entry',
  key: 'a 1',
  entry: { seq: 1, atMs: 0, event },
})
const all = new Set(LOG_KINDS)

test('LOG LINES - whoever left is told of with the reason and how long they stayed', () => {
  const described = describe({
    kind: 'disconnected',
    ...CAME,
    reason: 'Quit: bye',
    openForMs: 5000,
    linesIn: 1,
    bytesIn: 2,
    bytesOut: 3,
  })
  assert.deepEqual([described.kind, described.who?.address], ['going', '192.0.2.7'])
  assert.deepEqual(described.details, [
    { text: 'Quit: bye' },
    { label: 'stayed', durationMs: 5000 },
  ])
})

test('LOG LINES - a search finds all its words in any text, whatever their case', () => {
  const joined = line({ kind: 'joined', ...ANNA, room: '#Ateliér', members: 3 })
  for (const found of ['anna', '#ATEL 192.0', 'anna-k 2.7', '']) {
    assert.ok(lineFits(joined, all, wordsOf(found)), found)
  }
  assert.ok(!lineFits(joined, all, wordsOf('anna bob')))
})

test('LOG LINES - only the kinds that are asked for; a gap is never hidden by them', () => {
  const refused = line({ kind: 'refused', listener: 'plain', reason: 'too many', times: 40 })
  assert.ok(lineFits(refused, new Set(['trouble']), []))
  assert.ok(!lineFits(refused, new Set(['coming', 'going']), []))
  const gap: LogLine = { kind: 'gap', key: 'g', atMs: 0, missed: 3 }
  assert.ok(lineFits(gap, new Set(), []))
  assert.ok(!lineFits(gap, all, ['anna']))
})

test('LOG LINES - an alert is bad when it is raised and good when it is over', () => {
  const alert = { kind: 'alert', name: 'loop delay', text: '300 ms' } as const
  assert.equal(describe({ ...alert, raised: true }).tone, 'bad')
  assert.equal(describe({ ...alert, raised: false }).tone, 'good')
})
