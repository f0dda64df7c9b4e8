import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { setTimeout as later } from 'node:timers/promises'
import { WebSocket, type ClientOptions } from 'ws'
import type { FeedFrame } from '../../src/feed/feed.ts'
import { bearer, cookie, openStage, type Stage } from '../support/admin-side.ts'
import { HEAD } from '../support/monitor-doubles.ts'
import { PATIENCE_MS } from '../support/patience.ts'

const PATH = '/api/v1/feed/socket'

test('FEED - a WebSocket that says nothing gets a snapshot, then each entry once and in order', async () => {
  await using stage = await openStage()
  stage.source.put(3)
  using reader = await openReader(stage)
  await reader.until(({ type }) => type === 'snapshot')
  stage.source.put(2)
  stage.source.put(1)
  await reader.until((frame) => seqsOf([frame]).includes(6))
  assert.equal(reader.frames[0]?.type, 'snapshot')
  assert.deepEqual(seqsOf(reader.frames), [1, 2, 3, 4, 5, 6])
})

test('FEED - what happens between the snapshot and the next frame is told once', async () => {
  await using stage = await openStage()
  using reader = await openReader(stage)
  for (let i = 0; i < 20; i++) {
    stage.source.put(1)
    if (i === 5) reader.send({ type: 'unwatch' })
    await later(2)
  }
  await reader.until((frame) => seqsOf([frame]).includes(20))
  const seqs = seqsOf(reader.frames)
  assert.equal(seqs.length, new Set(seqs).size)
  assert.deepEqual(seqs.slice(-1), [20])
  for (const [i, seq] of seqs.entries()) assert.equal(seq, (seqs[0] ?? 0) + i)
})

test('FEED - who comes back goes on from where it was, without a snapshot', async () => {
  await using stage = await openStage()
  stage.source.put(1200)
  using reader = await openReader(stage)
  reader.send({ type: 'resume', epoch: stage.source.epoch, seq: 201 })
  await reader.until((frame) => seqsOf([frame]).includes(1200))
  stage.source.put(1)
  await reader.until((frame) => seqsOf([frame]).includes(1201))
  assert.deepEqual(
    seqsOf(reader.frames),
    Array.from({ length: 1000 }, (_, i) => 202 + i),
  )
  assert.ok(reader.frames.every(({ type }) => type === 'entries'))
})

test('FEED - who missed nothing hears so at once; what is gone, or of another start, is a gap with a snapshot', async () => {
  await using stage = await openStage({ kept: 10 })
  stage.source.put(30)
  const cases = [
    { seq: 30, epoch: stage.source.epoch, wanted: [{ type: 'entries', entries: [], head: HEAD }] },
    { seq: 5, epoch: stage.source.epoch, wanted: [{ type: 'gap', missed: 15 }] },
    { seq: 5, epoch: 'another', wanted: [{ type: 'gap', missed: 'unknown' }] },
    { seq: 31, epoch: stage.source.epoch, wanted: [{ type: 'gap', missed: 'unknown' }] },
  ]
  for (const { seq, epoch, wanted } of cases) {
    using reader = await openReader(stage)
    reader.send({ type: 'resume', epoch, seq })
    await reader.until(({ type }) => type === 'snapshot' || type === 'entries')
    assert.deepEqual(reader.frames.slice(0, 1), wanted)
    assert.equal(reader.frames[1]?.type, wanted[0]?.type === 'gap' ? 'snapshot' : undefined)
  }
})

test('FEED - a watched table comes at once and each second, until it is no more watched', async () => {
  await using stage = await openStage()
  using reader = await openReader(stage)
  const query = { of: 'rooms', filter: '마루', count: 10 }
  reader.send({ type: 'watch', query })
  await reader.until(() => reader.frames.filter(({ type }) => type === 'view').length >= 3)
  assert.equal(reader.frames[0]?.type, 'snapshot')
  assert.deepEqual(stage.source.queries[0], query)
  reader.send({ type: 'watch', query: { of: 'bans' } })
  await reader.until((frame) => frame.type === 'view' && frame.of === 'bans')
  reader.send({ type: 'unwatch' })
  reader.send({ type: 'nonsense' })
  await reader.until(({ type }) => type === 'refused')
  const views = stage.source.queries.length
  await later(1200)
  assert.equal(stage.source.queries.length, views)
})

test('FEED - requests that make no sense are refused, and the feed goes on', async () => {
  await using stage = await openStage()
  using reader = await openReader(stage)
  const nonsense = [
    '{',
    '[]',
    '7',
    '{"type":"watch"}',
    '{"type":"watch","query":{"of":"all"}}',
    '{"type":"watch","query":{"of":"rooms","count":501}}',
    '{"type":"watch","query":{"of":"rooms","x":1}}',
    '{"type":"watch","query":{"of":"rooms","sort":"nonsense"}}',
    '{"type":"resume","epoch":"e.1","seq":0}',
  ]
  for (const text of nonsense) reader.sendText(text)
  const refusals = () => reader.frames.filter(({ type }) => type === 'refused').length
  await reader.until(() => refusals() === nonsense.length)
  stage.source.put(1)
  await reader.until((frame) => seqsOf([frame]).includes(1))
})

test('FEED - too many requests in a second, or one that is too big, are the end', async () => {
  await using stage = await openStage()
  using hasty = await openReader(stage)
  for (let i = 0; i < 30; i++) hasty.send({ type: 'unwatch' })
  assert.deepEqual(await hasty.closed, { code: 1008, reason: 'asks too much' })
  using big = await openReader(stage)
  big.sendText('x'.repeat(17 * 1024))
  assert.equal((await big.closed).code, 1009)
})

test('FEED - the gate is the same: Host, URL, Origin, identity; a cookie needs our Origin', async () => {
  await using stage = await openStage()
  const origin = `http://127.0.0.1:${stage.port}`
  const session = cookie('session-watch')
  const cases = [
    { headers: {}, status: 401 },
    { headers: bearer('wrong'), status: 401 },
    { headers: { ...session, ...bearer('wrong'), origin }, status: 401 },
    { headers: session, status: 403 },
    { headers: { ...session, origin: 'null' }, status: 403 },
    { headers: { ...session, origin: 'http://evil.test' }, status: 403 },
    { headers: { ...bearer('token-admin'), origin: 'http://evil.test' }, status: 403 },
    { headers: { ...bearer('token-admin'), host: 'evil.test' }, status: 421 },
    { headers: bearer('token-admin'), path: `${PATH}?token=token-admin`, status: 400 },
    { headers: bearer('token-admin'), path: '/elsewhere', status: 404 },
  ]
  for (const { headers, status, path } of cases) {
    const { status: got } = await tryReader(stage, { headers }, path)
    assert.equal(got, status, JSON.stringify({ headers, path }))
  }
  for (const headers of [{ ...session, origin }, bearer('token-watch'), bearer('session-watch')]) {
    const { status } = await tryReader(stage, { headers })
    assert.equal(status, 101, JSON.stringify(headers))
  }
  assert.equal(stage.audit.records.length, 9)
})

test('FEED - it ends within a second of its session or token', async () => {
  await using stage = await openStage()
  using other = await openReader(stage, bearer('session-admin'))
  for (const via of ['session', 'token']) {
    using reader = await openReader(stage, bearer(`${via}-watch`))
    const events = await openEvents(stage, { ...bearer(`${via}-watch`) })
    const startMs = performance.now()
    stage.access.end(`${via}-id-watch`)
    assert.deepEqual(await reader.closed, { code: 4401, reason: 'session ended' })
    assert.match(await events.rest(), /event: closed\ndata: {"reason":"session ended"}/)
    assert.ok(performance.now() - startMs < 1000)
  }
  stage.source.put(1)
  other.send({ type: 'unwatch' })
  await other.until((frame) => seqsOf([frame]).includes(1))
  assert.equal(stage.source.listeners, 1)
})

test('FEED - 64 read at once, and one more is told so: 503', async () => {
  await using stage = await openStage()
  const readers = []
  for (let i = 0; i < 64; i++) readers.push(await openReader(stage))
  assert.equal((await tryReader(stage, { headers: bearer('token-watch') })).status, 503)
  const answer = await stage.ask({ path: '/api/v1/feed', headers: bearer('token-watch') })
  assert.deepEqual([answer.status, answer.code], [503, 'too many readers'])
  readers[0]?.[Symbol.dispose]()
  await eventually(
    async () => (await tryReader(stage, { headers: bearer('token-watch') })).status === 101,
  )
  for (const reader of readers) reader[Symbol.dispose]()
})

test('FEED - as events it has ids to go on from, and goes on from them', async () => {
  await using stage = await openStage()
  stage.source.put(3)
  const events = await openEvents(stage, bearer('token-watch'))
  const first = await events.until(/id: e\.1\.3\ndata: {"type":"snapshot".*}\n\n/)
  assert.match(first, /content-type: text\/event-stream/i)
  assert.match(first, /cache-control: no-store/i)
  stage.source.put(2)
  await events.until(/id: e\.1\.5\ndata: {"type":"entries".*}\n\n/)
  events.socket.destroy()
  const again = await openEvents(stage, { ...bearer('token-watch'), 'Last-Event-ID': 'e.1.4' })
  const text = await again.until(/id: e\.1\.5\n/)
  assert.doesNotMatch(text, /snapshot|"seq":4/)
  again.socket.destroy()
  const gap = await openEvents(stage, { ...bearer('token-watch'), 'Last-Event-ID': 'old.4' })
  await gap.until(/data: {"type":"gap","missed":"unknown"}\n\n[^]*snapshot/)
  gap.socket.destroy()
})

test('FEED - for one who reads slowly nothing more is kept; it is told of the gap and goes on', async () => {
  await using stage = await openStage({ kept: 50 })
  const slow = await openEvents(stage, bearer('token-watch'))
  using quick = await openReader(stage)
  quick.send({ type: 'unwatch' })
  await slow.until(/snapshot/)
  slow.socket.pause()
  const text = 'x'.repeat(100_000)
  for (let i = 1; i <= 300; i++) {
    stage.source.put(1, text)
    if (i % 10 === 0) await quick.until((frame) => seqsOf([frame]).includes(i))
  }
  // 30 MB were said, and the other reader has them all.
  assert.equal(seqsOf(quick.frames).length, 300)
  slow.socket.resume()
  await slow.until(/"type":"gap","missed":[0-9]+}[^]*"type":"snapshot"/)
  stage.source.put(1, 'afterwards')
  const read = await slow.until(/id: e\.1\.301\ndata: {"type":"entries"/)
  // What the system has taken off our hands, it gets, too.
  assert.ok(read.length < 20_000_000, String(read.length))
  slow.socket.destroy()
})

test('FEED - when the server stops, its readers hear it', async () => {
  const stage = await openStage()
  using reader = await openReader(stage)
  const events = await openEvents(stage, bearer('token-watch'))
  await stage[Symbol.asyncDispose]()
  assert.deepEqual(await reader.closed, { code: 1001, reason: 'server stops' })
  assert.match(await events.rest(), /"server stops"/)
  assert.equal(stage.source.listeners, 0)
})

function seqsOf(frames: readonly FeedFrame[]): number[] {
  return frames.flatMap((frame) => {
    if (frame.type === 'snapshot') return frame.snapshot.entries.map(({ seq }) => seq)
    return frame.type === 'entries' ? frame.entries.map(({ seq }) => seq) : []
  })
}

function dial(stage: Stage, options: ClientOptions, path = PATH): WebSocket {
  return new WebSocket(`ws://127.0.0.1:${stage.port}${path}`, options)
}

async function openReader(stage: Stage, headers: Record<string, string> = bearer('token-watch')) {
  const socket = dial(stage, { headers })
  const frames: FeedFrame[] = []
  const { promise: closed, resolve: close } = Promise.withResolvers<{
    code: number
    reason: string
  }>()
  socket.on('message', (data) => frames.push(JSON.parse(String(data as Buffer)) as FeedFrame))
  socket.on('close', (code, reason) => close({ code, reason: reason.toString() }))
  socket.on('error', () => {})
  await once(socket, 'open')
  return {
    frames,
    closed,
    send: (request: object) => socket.send(JSON.stringify(request)),
    sendText: (text: string) => socket.send(text),
    until: (isIt: (frame: FeedFrame) => boolean) => eventually(() => frames.some(isIt)),
    [Symbol.dispose]: () => socket.terminate(),
  }
}

/** What the upgrade is answered with; the socket is closed again. */
async function tryReader(stage: Stage, options: ClientOptions, path?: string) {
  const socket = dial(stage, options, path)
  const { promise, resolve } = Promise.withResolvers<{ status: number }>()
  socket.on('open', () => resolve({ status: 101 }))
  socket.on('unexpected-response', (_, response) => resolve({ status: response.statusCode ?? 0 }))
  socket.on('error', () => {})
  const answer = await promise
  socket.terminate()
  return answer
}

/** A reader of events that can stop reading. */
async function openEvents(stage: Stage, headers: Record<string, string>) {
  const socket: Socket = connect({ host: '127.0.0.1', port: stage.port })
  let text = ''
  let isClosed = false
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  socket.on('close', () => (isClosed = true)).on('error', () => {})
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`GET /api/v1/feed HTTP/1.1\r\nHost: localhost\r\n${lines.join('')}\r\n`)
  const until = async (pattern: RegExp) => {
    await eventually(() => pattern.test(text))
    return text
  }
  await until(/^HTTP\/1\.1 200 /)
  return {
    socket,
    until,
    async rest() {
      await eventually(() => isClosed)
      return text
    },
  }
}

async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('waited in vain')
    await later(5)
  }
}
