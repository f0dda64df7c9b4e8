import type { SparseHistogram } from '../base/sparse-histogram.ts'
import type { Quantiles } from '../feed/figures.ts'

/** What one thread says of itself when it is asked. Counts are since the start and never go back. */
export interface ThreadSample {
  readonly name: string
  readonly cpuMs: number | undefined
  readonly heapBytes: number
  /** Since the last asking. */
  readonly loopDelayMs: Quantiles | undefined
  readonly rings: { readonly completions: number; readonly submissions: number } | undefined
  /** Absent for a core that has no sockets of its own. */
  readonly sockets: SocketSample | undefined
}

export interface SocketSample {
  readonly connections: number
  readonly heldConnections: number
  readonly queuedBytes: number
  readonly accepted: number
  readonly refused: number
  readonly slowed: number
  readonly deliveries: number
  readonly linesIn: number
  readonly bytesIn: number
  readonly bytesOut: number
  /** Fan-out latency since the last asking; absent when nobody spoke. */
  readonly fanOut: SparseHistogram | undefined
}

/** All threads at one moment. */
export interface Sample {
  readonly atMs: number
  readonly monotonicMs: number
  readonly threads: readonly ThreadSample[]
  /** Of the whole process. */
  readonly cpuMs: number
  readonly residentBytes: number
  readonly messages: number
  readonly registered: number
  readonly closed: number
}
