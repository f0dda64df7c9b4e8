import { createRing, RingConsumer, RingProducer } from '../../src/io/ring.ts'

export const CAPACITY = 256
export const MAX = CAPACITY / 4 - 4
/** Where the control words lie, for what only a broken thread would write. */
export const HEAD = 0
export const TAIL = 32
const DATA_WORD = 128

/** Both ends of one ring in one thread. */
export function ringPair(memory = createRing(CAPACITY)) {
  return {
    control: new Int32Array(memory, 0, DATA_WORD),
    data: new Uint32Array(memory, DATA_WORD * 4),
    producer: new RingProducer(memory),
    consumer: new RingConsumer(memory),
  }
}

/** A ring whose counters stand at `position`, as after so many bytes. */
export function ringPairAt(position: number) {
  const memory = createRing(CAPACITY)
  const control = new Int32Array(memory, 0, DATA_WORD)
  control[HEAD] = position
  control[TAIL] = position
  return ringPair(memory)
}

export function writeRecord(
  producer: RingProducer,
  payload: Uint8Array,
  reserved = payload.length,
): boolean {
  const at = producer.reserve(reserved)
  if (at === undefined) return false
  producer.buffer.set(payload, at)
  producer.commit(payload.length)
  return true
}

export function readRecords(consumer: RingConsumer): string[] {
  const records: string[] = []
  while (consumer.next())
    records.push(consumer.buffer.toString('latin1', consumer.start, consumer.end))
  return records
}

export const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
