import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FeedPosition } from '../../../feed/feed.ts'
import type { Link } from '../state/monitor-state.ts'
import { FeedClient, type FeedSocket } from './feed-client.ts'

class FakeSocket implements FeedSocket {
  onopen: (() => void) | null = null
  onmessage: ((message: { readonly data: unknown }) => void) | null = null
  onclose: (() => void) | null = null
  readonly sent: unknown[] = []
  isClosed = false
  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }
  close(): void {
    this.isClosed = true
  }
  says(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) })
  }
}

/** A feed client whose time, sockets and rights are the test's. */
function stage() {
  let nowMs = 1000
  let timers: { readonly atMs: number; readonly run: () => void }[] = []
  const sockets: FakeSocket[] = []
  const links: Link[] = []
  const frames: string[] = []
  const held = { position: undefined as FeedPosition | undefined, mayReturn: true }
  const client = new FeedClient({
    open() {
      sockets.push(new FakeSocket())
      return last()
    },
    clock: { now: () => nowMs, monotonic: () => nowMs },
    random: () => 1,
    schedule(run, afterMs) {
      const timer = { atMs: nowMs + afterMs, run }
      timers.push(timer)
      return () => void (timers = timers.filter((other) => other !== timer))
    },
    position: () => held.position,
    onFrame: (frame) => void frames.push(frame.type),
    onLink: (link) => void links.push(link),
    mayReturn: () => Promise.resolve(held.mayReturn),
  })
  function last(): FakeSocket {
    const socket = sockets.at(-1)
    assert.ok(socket)
    return socket
  }
  async function pass(ms: number): Promise<void> {
    const endMs = nowMs + ms
    for (;;) {
      const due = timers.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (due === undefined) break
      timers = timers.filter((timer) => timer !== due)
      nowMs = due.atMs
      due.run()
      await Promise.resolve()
    }
    nowMs = endMs
  }
  return { client, sockets, links, frames, held, last, pass, timerCount: () => timers.length }
}

const TICK = { type: 'tick', figures: {}, head: {} }

test('FEED CLIENT - the first time it asks for a snapshot at once, and is live with the first frame', () => {
  const { last, links, frames } = stage()
  last().onopen?.()
  assert.deepEqual(last().sent, [{ type: 'unwatch' }])
  assert.deepEqual(links, [])
  last().says({ type: 'snapshot' })
  last().says(TICK)
  assert.deepEqual(links, [{ kind: 'live', sinceMs: 1000 }])
  assert.deepEqual(frames, ['snapshot', 'tick'])
})

test('FEED CLIENT - it comes back, goes on from where it was, and watches what it watched', async () => {
  const { client, last, links, held, pass, sockets } = stage()
  last().onopen?.()
  client.watch({ of: 'rooms' })
  last().says(TICK)
  held.position = { epoch: 'a', seq: 9 }
  last().onclose?.()
  assert.deepEqual(links.at(-1), { kind: 'away', sinceMs: 1000, retryAtMs: 1500 })
  await pass(500)
  assert.equal(sockets.length, 2)
  last().onopen?.()
  assert.deepEqual(last().sent, [
    { type: 'resume', epoch: 'a', seq: 9 },
    { type: 'watch', query: { of: 'rooms' } },
  ])
  last().says({ type: 'entries', entries: [], head: {} })
  assert.deepEqual(links.at(-1), { kind: 'live', sinceMs: 1500 })
})

test('FEED CLIENT - each try waits longer, and it is away since the first', async () => {
  const { last, links, pass } = stage()
  for (const _ of [1, 2, 3]) {
    last().onclose?.()
    await pass(links.at(-1)?.kind === 'away' ? 20_000 : 0)
  }
  const away = links.filter((link) => link.kind === 'away')
  assert.deepEqual(new Set(away.map(({ sinceMs }) => sinceMs)), new Set([1000]))
  assert.ok(away.length >= 3)
})

test('FEED CLIENT - a server that is silent is away, though its socket is open', async () => {
  const { last, links, pass } = stage()
  last().onopen?.()
  last().says(TICK)
  await pass(4000)
  last().says(TICK)
  await pass(5000)
  assert.equal(links.at(-1)?.kind, 'live')
  const socket = last()
  await pass(5000)
  assert.ok(socket.isClosed)
  assert.ok(links.some(({ kind }) => kind === 'away'))
})

test('FEED CLIENT - without the right it does not try again', async () => {
  const { last, held, sockets, pass, timerCount } = stage()
  held.mayReturn = false
  last().onclose?.()
  await pass(60_000)
  assert.deepEqual([sockets.length, timerCount()], [1, 0])
})

test('FEED CLIENT - however fast somebody scrolls, the server is asked a few times a second, the last time for the last', async () => {
  const { client, last, pass } = stage()
  last().onopen?.()
  for (let from = 0; from < 100; from++) {
    client.watch({ of: 'connections', from })
    await pass(10)
  }
  await pass(200)
  const { sent } = last()
  assert.ok(sent.length < 12, String(sent.length))
  assert.deepEqual(sent.at(-1), { type: 'watch', query: { of: 'connections', from: 99 } })
})

test('FEED CLIENT - closed, it leaves nothing behind', async () => {
  const { client, last, sockets, pass, timerCount } = stage()
  last().onopen?.()
  client.close()
  await pass(60_000)
  assert.deepEqual([last().isClosed, sockets.length, timerCount()], [true, 1, 0])
})
