import { takeSparse } from '../base/sparse-histogram.ts'
import type { Edge } from './edge.ts'
import type { ThreadFigures } from './engine.ts'
import type { Refusals } from './refusals.ts'
import type { ThreadLoad } from './thread-load.ts'

/** What a thread knows of itself. Whoever asks takes what has gathered since the last asking. */
export function edgeFigures(edge: Edge, refusals: Refusals, load: ThreadLoad): ThreadFigures {
  const { incoming, outgoing } = edge
  return {
    ...load.read(),
    connections: edge.size,
    heldConnections: incoming.heldConnections,
    queuedBytes: outgoing.queuedBytes,
    deliveries: outgoing.deliveries,
    linesIn: incoming.linesIn,
    bytesIn: incoming.bytesIn,
    bytesOut: outgoing.bytesOut,
    accepted: edge.accepted,
    refused: refusals.count,
    slowed: incoming.slowed,
    fanOut: takeSparse(edge.fanOut),
    rings: undefined,
  }
}
