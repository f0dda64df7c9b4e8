import type { Closed, Completion, ConnectionId, LineFault, Opened, Slowness } from './engine.ts'
import { FAULTS, HEAD_BYTES, RECORD, SLOWNESSES } from './records.ts'
import type { RingConsumer } from './ring.ts'

/**
 * The completion at which the ring stands, `connectionOf` turning the worker's number into the engine's. Throws on
 * a record that no `CompletionWriter` writes.
 */
export function readCompletion(
  ring: RingConsumer,
  connectionOf: (local: number) => ConnectionId,
): Completion {
  const { buffer, words, start, end } = ring
  if (end - start < HEAD_BYTES) throw new Error(`completion: a record of ${end - start} bytes`)
  const type = words[start >> 2] ?? 0
  const connection = connectionOf(words[(start >> 2) + 1] ?? 0)
  const bytesAt = start + HEAD_BYTES
  switch (type & 0xff) {
    case RECORD.asciiLines:
      return {
        kind: 'lines',
        connection,
        lines: buffer.toString('latin1', bytesAt, end).split('\n'),
      }
    case RECORD.utf8Lines:
      return { kind: 'lines', connection, lines: buffer.toString('utf8', bytesAt, end).split('\n') }
    case RECORD.malformed:
      return { kind: 'malformed', connection, fault: faultAt(type >>> 8) }
    case RECORD.slowed:
      return { kind: 'slowed', connection, why: slownessAt(type >>> 8) }
    case RECORD.opened: {
      const rest = JSON.parse(buffer.toString('utf8', bytesAt, end)) as Omit<Opened, 'kind'>
      return { ...rest, kind: 'opened', connection }
    }
    case RECORD.closed: {
      const rest = JSON.parse(buffer.toString('utf8', bytesAt, end)) as Omit<Closed, 'kind'>
      return { ...rest, kind: 'closed', connection }
    }
    default:
      throw new Error(`completion: a record of type ${type & 0xff}`)
  }
}

function faultAt(index: number): LineFault {
  const fault = FAULTS[index]
  if (fault === undefined) throw new Error(`completion: a fault numbered ${index}`)
  return fault
}

function slownessAt(index: number): Slowness {
  const why = SLOWNESSES[index]
  if (why === undefined) throw new Error(`completion: a slowness numbered ${index}`)
  return why
}
