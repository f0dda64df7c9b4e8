import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FULL_FIGURES, FULL_SNAPSHOT, stubSource } from '../../test/support/monitor-source.ts'
import { scrape, type Scraped } from '../../test/support/prometheus.ts'
import { METRICS } from './metric-rows.ts'
import { createMetrics } from './metrics.ts'

async function full(): Promise<ReadonlyMap<string, Scraped>> {
  return scrape(await createMetrics(stubSource())())
}

function valuesOf(metrics: ReadonlyMap<string, Scraped>, name: string): Record<string, number> {
  return Object.fromEntries(metrics.get(name)?.values ?? [])
}

test('METRICS - every line is of the text format, and every metric of the table is there', async () => {
  const metrics = await full()
  assert.deepEqual(
    [...metrics.keys()],
    METRICS.map(({ name }) => name),
  )
  for (const [name, { values }] of metrics) assert.ok(values.size > 0, name)
})

test('METRICS - names, types and units are as the conventions say', async () => {
  for (const [name, { type, help }] of await full()) {
    // "should have a (single-word) application prefix"; "process" is that of every program.
    assert.match(name, /^(maru|process)_[a-z_]+$/)
    // "should have a suffix describing the unit", and a counter "total" behind it.
    assert.equal(type === 'counter', name.endsWith('_total'), name)
    // "should use base units"
    assert.doesNotMatch(name, /_(ms|milliseconds|micros|minutes|percent|kib|kilobytes|mib)(_|$)/)
    assert.doesNotMatch(name, /_(count|sum|bucket|gauge|counter|summary|info_total)$/)
    assert.match(help, /^[A-Z].*\.$/)
  }
})

test('METRICS - the label "quantile" is a summary\'s alone', async () => {
  for (const [name, { type, values }] of await full()) {
    const hasQuantiles = [...values.keys()].some((labels) => labels.includes('quantile='))
    assert.equal(hasQuantiles, type === 'summary', name)
  }
})

test('METRICS - figures and counts are those of the source, in seconds and bytes', async () => {
  const metrics = await full()
  const { facts } = FULL_SNAPSHOT
  const single: Readonly<Record<string, number>> = {
    maru_start_time_seconds: facts.startedAtMs / 1000,
    maru_stopping: 0,
    maru_certificate_end_time_seconds: facts.startedAtMs / 1000 + 86_400,
    maru_connections: 7,
    maru_connections_peak: 8,
    maru_people: 5,
    maru_people_peak: 6,
    maru_rooms: 3,
    maru_operators: 1,
    maru_connections_held: 2,
    maru_connections_accepted_total: 11,
    maru_connections_refused_total: 12,
    maru_connections_closed_total: 13,
    maru_registrations_total: 14,
    maru_messages_total: 15,
    maru_deliveries_total: 16,
    maru_received_lines_total: 17,
    maru_received_bytes_total: 18,
    maru_sent_bytes_total: 19,
    maru_connections_slowed_total: 0,
    maru_queued_bytes: 4096,
    maru_store_bytes: 1_000_000,
    maru_index_lag_messages: 3,
  }
  for (const [name, value] of Object.entries(single)) {
    assert.deepEqual(valuesOf(metrics, name), { '': value }, name)
  }
  assert.deepEqual(valuesOf(metrics, 'maru_command_uses_total'), {
    'command="PRIVMSG"': 15,
    'command="*"': 2,
  })
  assert.deepEqual(valuesOf(metrics, 'maru_thread_cpu_ratio'), { 'thread="core"': 0.25 })
  assert.deepEqual(valuesOf(metrics, 'maru_ring_used_ratio'), {
    'thread="io 1",ring="completions"': 0.125,
    'thread="io 1",ring="submissions"': 0.5,
  })
  assert.deepEqual(valuesOf(metrics, 'maru_build_info'), {
    'version="1.2.3",runtime="Node.js \\"24\\""': 1,
  })
})

test('METRICS - percentiles are over the last minute: a bad second between two scrapes is seen', async () => {
  const source = stubSource()
  const metrics = createMetrics(source)
  const fanOut = async () => valuesOf(scrape(await metrics()), 'maru_fan_out_seconds')
  const good = { 'quantile="0.5"': 0.001, 'quantile="0.99"': 0.008, 'quantile="1"': 0.02 }
  assert.deepEqual(await fanOut(), good)
  source.tick({ ...FULL_FIGURES, fanOutMs: { p50: 3, p99: 200, max: 500 } })
  for (let i = 0; i < 59; i++) source.tick(FULL_FIGURES)
  const bad = { 'quantile="0.5"': 0.001, 'quantile="0.99"': 0.2, 'quantile="1"': 0.5 }
  assert.deepEqual(await fanOut(), bad)
  source.tick(FULL_FIGURES)
  assert.deepEqual(await fanOut(), good)
  const loops = valuesOf(scrape(await metrics()), 'maru_event_loop_delay_seconds')
  assert.equal(loops['thread="core",quantile="0.99"'], 0.003)
  assert.equal(loops['thread="io 1",quantile="1"'], 0.005)
})

test('METRICS - nothing is gathered until somebody asks, nor when nobody does any more', async () => {
  const source = stubSource()
  const metrics = createMetrics(source)
  assert.equal(source.listeners, 0)
  await metrics()
  for (let i = 0; i < 179; i++) source.tick(FULL_FIGURES)
  assert.equal(source.listeners, 1)
  await metrics()
  for (let i = 0; i < 180; i++) source.tick(FULL_FIGURES)
  assert.equal(source.listeners, 0)
  await Promise.all([metrics(), metrics()])
  assert.equal(source.listeners, 1)
})

test('METRICS - what has no figure yet is left out, not zero', async () => {
  const { figures: _, ...young } = FULL_SNAPSHOT
  const { certificate: __, ...facts } = young.facts
  const metrics = scrape(await createMetrics(stubSource({ ...young, facts }))())
  for (const name of [
    'maru_certificate_end_time_seconds',
    'maru_messages_total',
    'maru_commit_seconds',
    'maru_store_bytes',
    'maru_index_lag_messages',
    'maru_thread_heap_bytes',
  ]) {
    assert.ok(!metrics.has(name), name)
  }
  assert.deepEqual(valuesOf(metrics, 'maru_connections'), { '': 7 })
})

test('METRICS - two scrapes at once are both whole', async () => {
  const metrics = createMetrics(stubSource())
  const [one, two] = await Promise.all([metrics(), metrics()])
  assert.deepEqual([...scrape(one).keys()], [...scrape(two).keys()])
})
