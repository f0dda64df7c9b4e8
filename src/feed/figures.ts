/** Percentiles of durations in milliseconds. */
export interface Quantiles {
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** What is counted from the start on, and never goes back. */
export interface Totals {
  readonly accepted: number
  readonly refused: number
  readonly closed: number
  readonly registered: number
  /** PRIVMSG, NOTICE and TAGMSG that were delivered. */
  readonly messages: number
  /** Lines written to sockets. */
  readonly deliveries: number
  readonly linesIn: number
  readonly bytesIn: number
  readonly bytesOut: number
  /** Times that a connection was not read for having used up its budget. */
  readonly slowed: number
  /** Wrong passwords and proofs, for accounts and for operators. */
  readonly failedLogins: number
}

/** A thread, in the last second. */
export interface ThreadLoad {
  /** `core` or `io 1`, `io 2`, … */
  readonly name: string
  /** Share of one processor, 0 to 1; absent where Node can't tell (before 23.9, in worker threads). */
  readonly cpu?: number
  /** How much later than asked its timers came. */
  readonly loopDelayMs?: Quantiles
  readonly heapBytes: number
  /** Absent for a core that has no sockets of its own. */
  readonly connections?: number
  readonly deliveriesPerSecond?: number
  readonly queuedBytes?: number
  /** What lies in its rings, from and to the core; shares from 0 to 1 of their size. */
  readonly rings?: { readonly completions: number; readonly submissions: number }
}

/** The log, in the last second. */
export interface LogLoad {
  readonly commitsPerSecond: number
  /** Messages and whatever else is kept. */
  readonly recordsPerSecond: number
  /** Records in a commit, on average; 0 when there was none. */
  readonly batchSize: number
  /** Records that wait to be committed. */
  readonly waiting: number
  /** Records of what happened all the same while commits were refused, that are tried again. */
  readonly owed: number
  /** Since the start. */
  readonly refusedCommits: number
  /** Why the last commit was refused; absent when it wasn't. */
  readonly refusal?: string
}

/** One second. */
export interface Figures {
  readonly atMs: number
  readonly totals: Totals
  readonly perSecond: Totals
  /** From the core's taking a line off its queue until the sockets of all who hear it are written; absent when nobody spoke. */
  readonly fanOutMs?: Quantiles
  /** Of the log. Absent while there is none. */
  readonly commitMs?: Quantiles
  readonly queuedBytes: number
  /** Connections that are not read at this moment for having used up their budget. */
  readonly heldConnections: number
  readonly residentBytes: number
  /** Of all threads together; 2.0 is two whole processors. */
  readonly cpu: number
  readonly threads: readonly ThreadLoad[]
  /** Absent while nothing is kept. */
  readonly log?: LogLoad
  readonly storeBytes?: number
  readonly storedEvents?: number
  readonly indexLag?: number
}

/** What has a history: a column of the series for each. */
export const MEASURES = [
  'connections',
  'people',
  'rooms',
  'acceptedPerSecond',
  'refusedPerSecond',
  'closedPerSecond',
  'messagesPerSecond',
  'deliveriesPerSecond',
  'bytesInPerSecond',
  'bytesOutPerSecond',
  'slowedPerSecond',
  'fanOutP50Ms',
  'fanOutP99Ms',
  'commitP50Ms',
  'commitP99Ms',
  'queuedBytes',
  'coreLoopP99Ms',
  'workerLoopP99Ms',
  'ringShare',
  'cpu',
  'residentBytes',
] as const

export type Measure = (typeof MEASURES)[number]

/** `null`: there was nothing to measure. Minutes hold averages, and maxima where a peak is what matters (p99, loop delay, queues, rings). */
export interface Series {
  readonly stepMs: 1000 | 60_000
  /** Of the first point. */
  readonly startMs: number
  readonly columns: Readonly<Record<Measure, readonly (number | null)[]>>
}
