import assert from 'node:assert/strict'
import { once } from 'node:events'
import test from 'node:test'
import type { TransferListItem } from 'node:worker_threads'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { Doorbell } from '../../src/io/doorbell.ts'
import { doorbell } from '../../src/io/doorbell.ts'
import { createRing, RingConsumer, RingProducer } from '../../src/io/ring.ts'

export interface StressSetup {
  readonly toWorker: SharedArrayBuffer
  readonly toMain: SharedArrayBuffer
  readonly bell: MessagePort
}

/** Number, checksum, then filling. */
const HEAD_BYTES = 8

interface Plan {
  readonly records: number
  readonly capacityBytes: number
  /** Records that may be under way: few make both threads sleep at each of them. */
  readonly window: number
  /** How many bytes of filling the record of this number has. */
  readonly filling: (number: number) => number
}

/** Cheap, and different for any two neighbours. */
function scrambled(number: number): number {
  return Math.imul(number ^ 0x9e37_79b9, 0x85eb_ca6b) >>> 0
}

/** Sends numbered records to a thread that sends them back, and checks each of them. */
class Stress {
  readonly #plan: Plan
  readonly #requests: RingProducer
  readonly #replies: RingConsumer
  readonly #door: Doorbell
  readonly #worker: Worker
  readonly #done = Promise.withResolvers<void>()
  #sent = 0
  #received = 0
  parkings = 0

  constructor(plan: Plan) {
    this.#plan = plan
    const toWorker = createRing(plan.capacityBytes)
    const toMain = createRing(plan.capacityBytes)
    const { port1, port2 } = new MessageChannel()
    this.#requests = new RingProducer(toWorker)
    this.#replies = new RingConsumer(toMain)
    this.#door = doorbell(port1, () => this.#turn())
    const workerData: StressSetup = { toWorker, toMain, bell: port2 }
    const transferList: TransferListItem[] = [port2]
    this.#worker = new Worker(new URL('./ring-stress-worker.ts', import.meta.url), {
      workerData,
      transferList,
    })
    this.#worker.once('error', this.#done.reject)
  }

  /** How often the worker slept. */
  async run(): Promise<number> {
    this.#turn()
    try {
      await this.#done.promise
      this.#worker.postMessage('end')
      const [{ parkings }] = (await once(this.#worker, 'message')) as [{ parkings: number }]
      return parkings
    } finally {
      await this.#worker.terminate()
      this.#door.close()
    }
  }

  #turn(): void {
    try {
      while (this.#received < this.#plan.records && !this.#step());
      if (this.#received === this.#plan.records) this.#done.resolve()
    } catch (error) {
      this.#done.reject(error)
    }
  }

  /** True: asleep, until rung. */
  #step(): boolean {
    this.#replies.unpark()
    const isFull = !this.#send()
    const mustRingForNews = this.#requests.publish()
    while (this.#replies.next()) this.#check()
    const mustRingForRoom = this.#replies.release()
    if (mustRingForNews || mustRingForRoom) this.#door.ring()
    if (isFull && !this.#requests.awaitRoom()) return false
    const mayGoOn = !isFull && this.#sent < this.#plan.records && this.#hasWindow()
    if (mayGoOn || !this.#replies.park()) return false
    this.parkings++
    return true
  }

  #hasWindow(): boolean {
    return this.#sent - this.#received < this.#plan.window
  }

  /** False: the ring is full. */
  #send(): boolean {
    while (this.#sent < this.#plan.records && this.#hasWindow()) {
      const bytes = HEAD_BYTES + this.#plan.filling(this.#sent)
      const at = this.#requests.reserve(bytes)
      if (at === undefined) return false
      this.#requests.words[at >> 2] = this.#sent
      this.#requests.words[(at >> 2) + 1] = scrambled(this.#sent)
      this.#requests.buffer.fill(this.#sent & 0xff, at + HEAD_BYTES, at + bytes)
      this.#requests.commit(bytes)
      this.#sent++
    }
    return true
  }

  #check(): void {
    const { buffer, words, start, end } = this.#replies
    const number = words[start >> 2]
    const expected = this.#received++
    const isWhole =
      number === expected &&
      words[(start >> 2) + 1] === scrambled(expected) &&
      end - start === HEAD_BYTES + this.#plan.filling(expected) &&
      isFilled(buffer, start + HEAD_BYTES, end, expected & 0xff)
    if (!isWhole)
      throw new Error(`record ${expected} came back as ${buffer.toString('hex', start, end)}`)
  }
}

function isFilled(buffer: Buffer, start: number, end: number, byte: number): boolean {
  for (let at = start; at < end; at++) if (buffer[at] !== byte) return false
  return true
}

test('ring - a million records go to another thread and come back, whole and in order', async () => {
  const stress = new Stress({
    records: 1_000_000,
    capacityBytes: 2 ** 18,
    window: Number.POSITIVE_INFINITY,
    filling: (number) => number % 61,
  })
  await stress.run()
})

test('ring - a ring of a few records, always full, loses no wake-up', async () => {
  const stress = new Stress({
    records: 100_000,
    capacityBytes: 256,
    window: Number.POSITIVE_INFINITY,
    filling: (number) => scrambled(number) % 53,
  })
  await stress.run()
})

test('ring - two threads that sleep at almost every record are woken each time', async () => {
  const stress = new Stress({ records: 30_000, capacityBytes: 1024, window: 2, filling: () => 4 })
  const workerParkings = await stress.run()
  assert.ok(workerParkings > 5000, `the worker slept ${workerParkings} times`)
  assert.ok(stress.parkings > 5000, `this thread slept ${stress.parkings} times`)
})

test('ring - records up to a quarter of the ring wrap under a running reader', async () => {
  const capacityBytes = 2 ** 16
  const most = new RingProducer(createRing(capacityBytes)).maxRecordBytes - HEAD_BYTES
  const stress = new Stress({
    records: 10_000,
    capacityBytes,
    window: Number.POSITIVE_INFINITY,
    filling: (number) => (number % 5 === 0 ? most - (number % 3) : scrambled(number) % 3000),
  })
  await stress.run()
})
