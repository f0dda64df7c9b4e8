import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { DEFAULT_LIMITS, type EdgeLimits } from '../protocol/limits.ts'
import { Connection } from './connection.ts'
import { Outgoing } from './outgoing.ts'

const KIB = 1024
const LIMITS = { ...DEFAULT_LIMITS.edge, sendQueueBytes: 64 * KIB, slowReaderBytes: 16 * KIB }

/** A socket whose peer reads what the test lets it read. */
class StandIn {
  destroyed = false
  writableLength = 0
  /** All that the peer has received. */
  received = ''
  #room = 0
  readonly #waiting: { bytes: Buffer; done: (() => void) | undefined }[] = []

  write(bytes: Uint8Array, done?: () => void): boolean {
    // The memory is written over when the turn is over, unless it was kept: so it isn't copied here.
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#waiting.push({ bytes: view, done })
    this.writableLength += view.length
    this.#pump()
    return this.writableLength === 0
  }

  /** The peer reads so many bytes, now or when they come. */
  read(bytes: number): void {
    this.#room += bytes
    this.#pump()
  }

  #pump(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const taken = first.bytes.subarray(0, this.#room)
      this.received += taken.toString()
      this.#room -= taken.length
      this.writableLength -= taken.length
      first.bytes = first.bytes.subarray(taken.length)
      if (first.bytes.length > 0) return
      this.#waiting.shift()
      if (first.done !== undefined) queueMicrotask(first.done)
    }
  }
}

class Stage {
  readonly outgoing: Outgoing
  readonly dropped: (readonly [id: number, reason: string])[] = []
  /** Those of whom it was said that they read too slowly. */
  readonly slowed: number[] = []
  nowMs = 1_000_000
  #connections = 0

  constructor(limits: Partial<EdgeLimits> = {}, budgetBytes = 1024 ** 3) {
    this.outgoing = new Outgoing({
      limits: { ...LIMITS, ...limits },
      budgetBytes,
      monotonicMs: () => this.nowMs,
      slowed: ({ id }) => this.slowed.push(id),
      drop: (connection, reason) => {
        this.dropped.push([connection.id, reason])
        Object.assign(connection.socket, { destroyed: true })
      },
    })
  }

  open(): { connection: Connection; socket: StandIn; ends: () => number } {
    const socket = new StandIn()
    let ended = 0
    const wire = {
      framing: 'lines',
      pause: () => {},
      resume: () => {},
      end: () => void ended++,
    } as const
    const connection = new Connection(
      {
        kind: 'opened',
        connection: ++this.#connections,
        transport: 'tcp',
        address: '192.0.2.1',
        port: 1,
        listener: 'plain',
      },
      this.outgoing.freeSlot(),
      { socket: socket as unknown as Socket, wire, nowMs: this.nowMs },
    )
    this.outgoing.add(connection)
    return { connection, socket, ends: () => ended }
  }

  /** One turn in which each of these is sent so many bytes. */
  turn(...sends: readonly (readonly [connection: Connection, bytes: number])[]): void {
    for (const [connection, bytes] of sends) this.outgoing.append(connection, line(bytes))
    this.outgoing.flush()
  }

  passes(ms: number): void {
    this.nowMs += ms
    this.outgoing.check()
  }
}

function line(bytes: number): string {
  return `${'x'.repeat(bytes - 2)}\r\n`
}

test('OUTGOING - a socket that is full gets the rest when it has room, in order and whole', async () => {
  const stage = new Stage()
  const { connection, socket } = stage.open()
  socket.read(10)
  let expected = ''
  for (let turn = 0; turn < 50; turn++) {
    const text = `turn ${turn}\r\n`
    expected += text
    stage.outgoing.append(connection, text)
    stage.outgoing.flush()
    // Another turn's bytes, which must not be those that still wait.
    const other = stage.open()
    other.socket.read(100)
    stage.turn([other.connection, 90])
    if (turn % 7 === 0) socket.read(15)
    await Promise.resolve()
  }
  assert.ok(socket.received.length < expected.length)
  assert.ok(connection.queuedBytes > 0)
  for (let i = 0; i < 10; i++) {
    socket.read(1000)
    await Promise.resolve()
  }
  assert.equal(socket.received, expected)
  assert.deepEqual([connection.queuedBytes, stage.outgoing.queuedBytes], [0, 0])
  assert.deepEqual(stage.dropped, [])
})

test('OUTGOING - a queue over its limit ends its connection, and one at the limit does not', () => {
  const stage = new Stage({ slowReaderBytes: 64 * KIB })
  const { connection } = stage.open()
  stage.turn([connection, 64 * KIB])
  stage.passes(1000)
  assert.deepEqual(stage.dropped, [])
  stage.turn([connection, 3])
  stage.passes(1000)
  assert.deepEqual(stage.dropped, [[connection.id, 'SendQ exceeded']])
  // Once is enough: it is being closed.
  stage.passes(1000)
  assert.equal(stage.dropped.length, 1)
})

test('OUTGOING - who stays over the limit of slow readers for ten seconds is ended, not before', () => {
  const stage = new Stage()
  const { connection } = stage.open()
  stage.turn([connection, 20 * KIB])
  stage.passes(10_000)
  assert.deepEqual(stage.dropped, [])
  stage.passes(100)
  assert.deepEqual(stage.dropped, [[connection.id, 'Reading too slowly']])
})

test('OUTGOING - under the limit for a moment, and the ten seconds begin anew', async () => {
  const stage = new Stage()
  const { connection, socket } = stage.open()
  stage.turn([connection, 20 * KIB])
  for (let i = 0; i < 5; i++) {
    stage.passes(9000)
    socket.read(5 * KIB)
    stage.passes(100)
    await Promise.resolve()
    stage.turn([connection, 5 * KIB])
  }
  assert.deepEqual(stage.dropped, [])
})

test('OUTGOING - who reads all that was written, but never what came meanwhile, is as slow as before', async () => {
  const stage = new Stage()
  const { connection, socket } = stage.open()
  stage.turn([connection, 20 * KIB])
  for (let seconds = 0; seconds < 12; seconds++) {
    stage.turn([connection, 20 * KIB])
    socket.read(20 * KIB)
    await Promise.resolve()
    stage.passes(1000)
  }
  assert.deepEqual(stage.dropped, [[connection.id, 'Reading too slowly']])
})

test('OUTGOING - an empty queue forgets how slow its reader was', async () => {
  const stage = new Stage()
  const { connection, socket } = stage.open()
  stage.turn([connection, 20 * KIB])
  stage.passes(9000)
  socket.read(20 * KIB)
  await Promise.resolve()
  stage.passes(9000)
  stage.turn([connection, 20 * KIB])
  stage.passes(5000)
  assert.deepEqual(stage.dropped, [])
})

test('OUTGOING - all queues together over their budget: the biggest goes first, and no more than must', () => {
  const stage = new Stage({}, 50 * KIB)
  const sizes = [10, 14, 6, 12].map((kib) => [stage.open().connection, kib * KIB] as const)
  stage.turn(...sizes)
  stage.passes(100)
  assert.deepEqual(stage.dropped, [])
  const more = stage.open().connection
  stage.turn([more, 15 * KIB])
  stage.passes(100)
  assert.deepEqual(stage.dropped, [[more.id, 'All send queues exceeded']])
  assert.equal(sizes.filter(([connection]) => connection.socket.destroyed).length, 0)
})

test('OUTGOING - a queue that is ended for its own size is not counted as room for the others', () => {
  const stage = new Stage({}, 30 * KIB)
  const [huge, big, small] = [stage.open(), stage.open(), stage.open()]
  stage.turn([huge.connection, 65 * KIB], [big.connection, 16 * KIB], [small.connection, 15 * KIB])
  stage.passes(100)
  assert.deepEqual(stage.dropped, [
    [huge.connection.id, 'SendQ exceeded'],
    [big.connection.id, 'All send queues exceeded'],
  ])
})

test('OUTGOING - a slot that is given back serves the next connection, without what was meant for the last', () => {
  const stage = new Stage()
  const gone = stage.open()
  stage.outgoing.append(gone.connection, 'for who has gone\r\n')
  stage.outgoing.forget(gone.connection)
  const early = stage.open()
  assert.notEqual(early.connection.slot, gone.connection.slot)
  stage.outgoing.flush()
  const next = stage.open()
  assert.equal(next.connection.slot, gone.connection.slot)
  next.socket.read(1000)
  stage.turn([next.connection, 10])
  assert.equal(next.socket.received, line(10))
  assert.equal(gone.socket.received, '')
})

test('OUTGOING - a farewell is written after all that is queued, and the wire ends after it, once', async () => {
  const stage = new Stage()
  const { connection, socket, ends } = stage.open()
  stage.turn([connection, 100])
  stage.turn([connection, 100])
  connection.reason = 'Client quit'
  stage.outgoing.append(connection, 'ERROR :bye\r\n')
  stage.outgoing.flush()
  assert.equal(ends(), 0)
  for (let i = 0; i < 5; i++) {
    socket.read(100)
    await Promise.resolve()
  }
  assert.equal(socket.received, `${line(100)}${line(100)}ERROR :bye\r\n`)
  assert.equal(ends(), 1)
})

test('OUTGOING - deliveries count segments, and those for a slow reader too', () => {
  const stage = new Stage()
  const [quick, slow] = [stage.open(), stage.open()]
  quick.socket.read(1000)
  const slots = [quick.connection.slot, slow.connection.slot]
  stage.outgoing.appendToAll(slots, 'a\r\n', undefined)
  stage.outgoing.appendToAll(slots, 'b\r\n', quick.connection)
  stage.outgoing.flush()
  assert.equal(stage.outgoing.deliveries, 3)
  assert.equal(quick.socket.received, 'a\r\n')
  assert.equal(slow.connection.queuedBytes, 6)
})
