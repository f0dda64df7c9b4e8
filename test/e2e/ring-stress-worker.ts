import { parentPort, workerData } from 'node:worker_threads'
import { doorbell } from '../../src/io/doorbell.ts'
import { RingConsumer, RingProducer } from '../../src/io/ring.ts'
import type { StressSetup } from './ring-stress.test.ts'

/** Sends every record back as it came, through rings that are too small for what is under way. */
const { toWorker, toMain, bell } = workerData as StressSetup
const requests = new RingConsumer(toWorker)
const replies = new RingProducer(toMain)
let parkings = 0
/** A record that had no room in the other ring: a copy, since its own room is given back with the batch. */
let held: Buffer | undefined

const door = doorbell(bell, echo)
parentPort?.on('message', () => parentPort?.postMessage({ parkings }))
echo()

function echo(): void {
  for (;;) {
    const done = echoBatch()
    const mustRingForNews = replies.publish()
    const mustRingForRoom = requests.release()
    if (mustRingForNews || mustRingForRoom) door.ring()
    if (!done) {
      if (replies.awaitRoom()) return
    } else if (requests.park()) {
      parkings++
      return
    }
  }
}

/** False: the other ring is full. */
function echoBatch(): boolean {
  requests.unpark()
  if (held !== undefined && !reply(held)) return false
  held = undefined
  while (requests.next()) {
    const record = requests.buffer.subarray(requests.start, requests.end)
    if (reply(record)) continue
    held = Buffer.from(record)
    return false
  }
  return true
}

function reply(record: Buffer): boolean {
  const at = replies.reserve(record.length)
  if (at === undefined) return false
  record.copy(replies.buffer, at)
  replies.commit(record.length)
  return true
}
