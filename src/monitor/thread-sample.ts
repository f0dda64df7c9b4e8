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

/** What the log says of itself. Counts are since the start and never go back. */
export interface LogSample {
  readonly commits: number
  readonly records: number
  readonly refusals: number
  readonly waiting: number
  readonly owed: number
  readonly refusal: string | undefined
  /** Of commits since the last asking. */
  readonly latency: SparseHistogram | undefined
  readonly storeBytes: number | undefined
  readonly storedEvents: number | undefined
  readonly indexLag: number | undefined
}

/** All threads at one moment. */
export interface Sample {
  readonly atMs: number
  readonly monotonicMs: number
  readonly threads: readonly ThreadSample[]
  /** Undefined: nothing is kept. */
  readonly log: LogSample | undefined
  /** Of the whole process. */
  readonly cpuMs: number
  readonly residentBytes: number
  readonly messages: number
  readonly registered: number
  readonly closed: number
  readonly failedLogins: number
}
