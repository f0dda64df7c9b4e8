import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { createHistogram, percentileMs } from '../../src/base/histogram.ts'
import { addSparse } from '../../src/base/sparse-histogram.ts'
import { readConnectionFigures } from '../../src/io/connection-figures.ts'
import type { ThreadFigures } from '../../src/io/engine.ts'
import { becomes } from '../support/hostile.ts'
import { fact, type Contract, type Stage } from './stage.ts'

export function figureFacts(contract: Contract): void {
  fact(contract, 'figures count the connections and what they were sent', async (stage) => {
    const guests = await stage.meet(await stage.listen(), 12)
    const before = sumOf(await stage.engine.figures(), 'deliveries')
    for (const { id } of guests) stage.engine.enter(id, 1)
    for (let i = 0; i < 10; i++) stage.engine.cast([1], new Map([[1, `${i}\r\n`]]), 0)
    for (const { caller } of guests) await caller.receives('9\r\n')
    const figures = await stage.engine.figures()
    assert.equal(sumOf(figures, 'connections'), 12)
    assert.equal(sumOf(figures, 'deliveries') - before, 120)
    assert.equal(sumOf(figures, 'queuedBytes'), 0)
    assert.ok(figures.every(({ cpuMs }) => cpuMs === undefined || cpuMs > 0))
    assert.ok(figures.every(({ heapBytes }) => heapBytes > 1024 * 1024))
  })

  fact(contract, 'what open connections have said and heard is counted at once', async (stage) => {
    const port = await stage.listen()
    const [known] = await stage.meet(port, 1)
    const stranger = await stage.enter(port)
    assert.ok(known)
    const before = await stage.engine.figures()
    for (const { id, caller } of [known, stranger]) {
      caller.send('one', 'two')
      await stage.hears(id, 'two')
    }
    stage.engine.send(known.id, 'answer\r\n')
    await known.caller.receives('answer\r\n')
    const after = await stage.engine.figures()
    const gained = (what: Count): number => sumOf(after, what) - sumOf(before, what)
    assert.deepEqual(
      [gained('linesIn'), gained('bytesIn'), gained('bytesOut'), gained('accepted')],
      [4, 20, 8, 0],
    )
    assert.equal(sumOf(after, 'accepted'), 2)
    known.caller.socket.end()
    await stage.closed(known.id)
    const end = await stage.engine.figures()
    assert.deepEqual([sumOf(end, 'linesIn'), sumOf(end, 'accepted')], [4, 2])
  })

  fact(contract, 'fan-out is measured when somebody spoke, and told once', async (stage) => {
    const guests = await stage.meet(await stage.listen(), 6)
    for (const { id } of guests) stage.engine.enter(id, 1)
    stage.engine.send(guests[0]?.id ?? 0, 'to one\r\n')
    await guests[0]?.caller.receives('to one\r\n')
    const silent = await stage.engine.figures()
    assert.ok(silent.every(({ fanOut }) => fanOut === undefined))
    stage.react = ({ kind }) => {
      if (kind !== 'lines') return
      stage.engine.cast([1], new Map([[1, 'said\r\n']]), 0)
      // The core is at work for a while, and everyone waits for it.
      for (const until = performance.now() + 20; performance.now() < until;);
    }
    for (let turn = 1; turn <= 3; turn++) {
      guests[0]?.caller.send('say it')
      for (const { caller } of guests) {
        await becomes(() => caller.lines.filter((line) => line === 'said').length === turn, 'said')
      }
    }
    const all = createHistogram()
    for (const { fanOut } of await stage.engine.figures()) {
      if (fanOut !== undefined) addSparse(all, fanOut)
    }
    const least = percentileMs(all, 0) ?? 0
    assert.ok(all.samples >= 3, `${all.samples} samples`)
    assert.ok(least >= 19.5 && all.maxMs < 5000, `${least} to ${all.maxMs} ms`)
    const again = await stage.engine.figures()
    assert.ok(again.every(({ fanOut }) => fanOut === undefined))
  })

  fact(contract, 'the delay of each loop is told from the second asking on', async (stage) => {
    await stage.listen()
    const first = await stage.engine.figures()
    assert.ok(first.every(({ loopDelayMs }) => loopDelayMs === undefined))
    await new Promise((resolve) => setTimeout(resolve, 200))
    for (const { loopDelayMs, rings } of await stage.engine.figures()) {
      assert.ok(loopDelayMs !== undefined && loopDelayMs.p50 >= 0)
      assert.ok(loopDelayMs.p50 <= loopDelayMs.p99 && loopDelayMs.p99 <= loopDelayMs.max)
      for (const share of Object.values(rings ?? {})) assert.ok(share >= 0 && share <= 1)
    }
  })

  fact(contract, 'every open connection has its figures', async (stage) => {
    const port = await stage.listen()
    const guests = await stage.meet(port, 7)
    const [first] = guests
    assert.ok(first)
    first.caller.send('one', 'two')
    await stage.hears(first.id, 'two')
    stage.engine.send(first.id, 'answer\r\n')
    await first.caller.receives('answer\r\n')
    const figures = readConnectionFigures(await stage.engine.connectionFigures())
    assert.deepEqual(idsOf(figures), guests.map(({ id }) => id).toSorted(byNumber))
    const own = figures.get(first.id)
    assert.ok(own)
    assert.deepEqual([own.linesIn, own.bytesIn, own.queuedBytes, own.isHeld], [2, 10, 0, false])
    assert.ok(own.bytesOut > 8)
    assert.ok((own.budgetLines ?? 0) > 999_990 && (own.budgetBytes ?? 0) > 1_000_000)
    const other = figures.get(guests[1]?.id ?? 0)
    assert.deepEqual([other?.linesIn, other?.budgetLines], [0, undefined])
    first.caller.socket.end()
    await stage.closed(first.id)
    assert.equal(readConnectionFigures(await stage.engine.connectionFigures()).size, 6)
  })

  fact(contract, 'a queue that waits for its reader is in its figures', async (stage) => {
    const [slow, quick] = await stage.meet(await stage.listen(), 2)
    assert.ok(slow && quick)
    slow.caller.socket.pause()
    stage.engine.send(slow.id, `${'x'.repeat(500)}\r\n`.repeat(40_000))
    await stage.told(quick)
    const queues = await untilQueued(stage, slow.id)
    assert.ok((queues.get(slow.id)?.queuedBytes ?? 0) > 1_000_000)
    assert.equal(queues.get(quick.id)?.queuedBytes, 0)
  })

  fact(
    contract,
    'a flood of who is turned away is counted, and reported in part',
    async (stage) => {
      const port = await stage.listen({ kind: 'http', name: 'web' })
      for (let i = 0; i < 4; i++) await refusedBy(port, 'nonsense\r\n\r\n')
      await refusedBy(port, UPGRADE.replace('HOST', `127.0.0.1:${port}`))
      assert.equal(sumOf(await stage.engine.figures(), 'refused'), 5)
      await becomes(() => stage.troubles.length === 5, 'five reports')
      assert.deepEqual(stage.troubles.map(({ reason }) => reason).toSorted(), [
        'WebSocket from a foreign page',
        ...Array.from({ length: 4 }, () => 'malformed HTTP request'),
      ])
      for (const { listener, address } of stage.troubles)
        assert.deepEqual([listener, address], ['web', '127.0.0.1'])
      assert.equal(sumOf(await stage.engine.figures(), 'accepted'), 0)
    },
  )

  fact(contract, 'a bad PROXY header is reported with the proxy it came from', async (stage) => {
    const port = await stage.listen({ proxiesFrom: ['127.0.0.1'], name: 'front' })
    await refusedBy(port, 'NICK ara\r\n')
    await becomes(() => stage.troubles.length === 1, 'a report')
    assert.deepEqual(stage.troubles, [
      { listener: 'front', address: '127.0.0.1', reason: 'no PROXY header' },
    ])
    assert.equal(sumOf(await stage.engine.figures(), 'refused'), 1)
  })
}

const UPGRADE = `GET /irc HTTP/1.1\r
Host: HOST\r
Origin: https://elsewhere.test\r
Connection: Upgrade\r
Upgrade: websocket\r
Sec-WebSocket-Version: 13\r
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
\r
`

/** Says something, and is thrown out. */
async function refusedBy(port: number, text: string): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port })
  socket.on('error', () => {})
  socket.resume()
  socket.write(text)
  await becomes(() => socket.closed, 'the end of who was refused')
}

async function untilQueued(stage: Stage, id: number) {
  for (;;) {
    const figures = readConnectionFigures(await stage.engine.connectionFigures())
    if ((figures.get(id)?.queuedBytes ?? 0) > 1_000_000) return figures
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

type Count =
  | 'connections'
  | 'deliveries'
  | 'queuedBytes'
  | 'linesIn'
  | 'bytesIn'
  | 'bytesOut'
  | 'accepted'
  | 'refused'

function sumOf(figures: readonly ThreadFigures[], what: Count): number {
  return figures.reduce((sum, each) => sum + each[what], 0)
}

function idsOf(figures: ReadonlyMap<number, unknown>): number[] {
  return [...figures.keys()].toSorted(byNumber)
}

function byNumber(a: number, b: number): number {
  return a - b
}
