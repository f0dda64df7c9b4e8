import { parentPort, workerData } from 'node:worker_threads'
import { doorbell } from '../../src/io/doorbell.ts'
import { RingConsumer, RingProducer } from '../../src/io/ring.ts'
import type { StressSetup } from './ring-stress.test.ts'

/** Sends every record back as it came, through rings that are too small for what is under way. */
const { toWorker, toMain, bell } = workerData as StressSetup
const requests = new RingConsumer(toWorker)
const replies = new RingProducer(toMain)
let parkings = 0
/** A record is read that has no room in the other ring yet. */
let isHeld = false

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
  while (isHeld || requests.next()) {
    const bytes = requests.end - requests.start
    const at = replies.reserve(bytes)
    isHeld = at === undefined
    if (at === undefined) return false
    requests.buffer.copy(replies.buffer, at, requests.start, requests.end)
    replies.commit(bytes)
  }
  return true
}
