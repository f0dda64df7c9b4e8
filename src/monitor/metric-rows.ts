import type { Head, ServerFacts } from '../feed/feed.ts'
import type { Figures, Quantiles, ThreadLoad, Totals } from '../feed/figures.ts'
import type { RecentQuantiles } from './recent-quantiles.ts'
import type { CommandUse } from './source.ts'

/** What a call sees. */
export interface Seen {
  readonly facts: ServerFacts
  readonly head: Head
  readonly figures: Figures | undefined
  readonly commands: readonly CommandUse[]
  readonly recent: RecentQuantiles
  readonly process: {
    readonly cpuSeconds: number
    readonly residentBytes: number
    readonly uptimeSeconds: number
  }
}

export interface Point {
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/** Counters end in `_total`; what has a label `quantile` is a summary; all others are gauges. */
export interface Metric {
  readonly name: string
  readonly help: string
  readonly labels?: readonly string[]
  readonly read: (seen: Seen) => Iterable<Point>
}

export const METRICS: readonly Metric[] = [
  {
    name: 'maru_build_info',
    help: 'Always 1; its labels say what runs.',
    labels: ['version', 'runtime'],
    read: ({ facts: { version, runtime } }) => [{ labels: { version, runtime }, value: 1 }],
  },
  one('maru_start_time_seconds', 'When the server started, in seconds since 1970.', ({ facts }) =>
    seconds(facts.startedAtMs),
  ),
  one('maru_stopping', 'Whether the server takes its leave, 1 or 0.', ({ facts }) =>
    Number(facts.isStopping),
  ),
  one(
    'maru_certificate_end_time_seconds',
    'When the TLS certificate ends, in seconds since 1970.',
    ({ facts }) => seconds(facts.certificate?.endsAtMs),
  ),
  one(
    'maru_io_threads',
    'Threads that serve sockets beside the core.',
    ({ facts }) => facts.workers,
  ),

  one('maru_connections', 'Open connections.', ({ head }) => head.connections),
  one('maru_connections_peak', 'Most connections at a time.', ({ head }) => head.peakConnections),
  one('maru_people', 'Registered people.', ({ head }) => head.people),
  one('maru_people_peak', 'Most registered people at a time.', ({ head }) => head.peakPeople),
  one('maru_operators', 'People who are operators.', ({ head }) => head.operators),
  one('maru_rooms', 'Rooms that somebody is in.', ({ head }) => head.rooms),
  one(
    'maru_connections_held',
    'Connections that are not read now for having used up their budget.',
    ({ figures }) => figures?.heldConnections,
  ),

  total('maru_connections_accepted_total', 'Connections that came in.', 'accepted'),
  total('maru_connections_refused_total', 'Connections that were turned away.', 'refused'),
  total('maru_connections_closed_total', 'Connections that have ended.', 'closed'),
  total('maru_connections_slowed_total', 'Times that a budget was used up.', 'slowed'),
  total(
    'maru_logins_failed_total',
    'Wrong passwords and proofs, for accounts and for operators.',
    'failedLogins',
  ),
  total('maru_registrations_total', 'Connections that became people.', 'registered'),
  total('maru_messages_total', 'Messages that were passed on.', 'messages'),
  total('maru_deliveries_total', 'Lines written to sockets.', 'deliveries'),
  total('maru_received_lines_total', 'Lines read from clients.', 'linesIn'),
  total('maru_received_bytes_total', 'Bytes read from clients.', 'bytesIn'),
  total('maru_sent_bytes_total', 'Bytes written to clients.', 'bytesOut'),

  {
    name: 'maru_command_uses_total',
    help: 'Times that a command was used; *: those that there are not.',
    labels: ['command'],
    read: ({ commands }) =>
      commands.map(({ command, uses }) => ({ labels: { command }, value: uses })),
  },
  {
    name: 'maru_command_bytes_total',
    help: 'Bytes of the lines in which a command was used.',
    labels: ['command'],
    read: ({ commands }) =>
      commands.map(({ command, bytes }) => ({ labels: { command }, value: bytes })),
  },

  {
    name: 'maru_fan_out_seconds',
    help: 'From taking a line off the queue to having written all who hear it. Over the last minute: the median, the worst p99 of its seconds, the longest.',
    labels: ['quantile'],
    read: ({ recent }) => quantiles(recent.fanOut),
  },
  {
    name: 'maru_commit_seconds',
    help: 'What a commit of the log took, over the last minute.',
    labels: ['quantile'],
    read: ({ recent }) => quantiles(recent.commit),
  },
  one(
    'maru_queued_bytes',
    'Bytes that wait for clients to read them.',
    ({ figures }) => figures?.queuedBytes,
  ),
  one(
    'maru_log_commits_refused_total',
    'Commits of the log that were refused: their messages went nowhere.',
    ({ figures }) => figures?.log?.refusedCommits,
  ),
  one(
    'maru_log_batch_records',
    'Records in a commit, on average over the last second.',
    ({ figures }) => figures?.log?.batchSize,
  ),
  one(
    'maru_log_records_per_second',
    'Records committed in the last second.',
    ({ figures }) => figures?.log?.recordsPerSecond,
  ),
  one(
    'maru_log_waiting_records',
    'Records that wait to be committed.',
    ({ figures }) => figures?.log?.waiting,
  ),
  one(
    'maru_log_owed_records',
    'Records of what happened while commits were refused, which are tried again.',
    ({ figures }) => figures?.log?.owed,
  ),
  one('maru_store_bytes', 'Size of what is stored.', ({ figures }) => figures?.storeBytes),
  one('maru_store_events', 'Events that are stored.', ({ figures }) => figures?.storedEvents),
  one(
    'maru_index_lag_messages',
    'Stored messages that the index of the search does not have yet.',
    ({ figures }) => figures?.indexLag,
  ),

  {
    name: 'maru_event_loop_delay_seconds',
    help: 'How much later than asked the timers of a thread came. Over the last minute: the median, the worst p99 of its seconds, the longest.',
    labels: ['thread', 'quantile'],
    read: ({ recent }) =>
      [...recent.loopDelay].flatMap(([thread, of]) => quantiles(of, { thread })),
  },
  perThread('maru_thread_cpu_ratio', 'Share of one processor, 0 to 1.', ({ cpu }) => cpu),
  perThread('maru_thread_heap_bytes', 'Heap in use.', ({ heapBytes }) => heapBytes),
  perThread(
    'maru_thread_connections',
    'Connections of a thread.',
    ({ connections }) => connections,
  ),
  perThread(
    'maru_thread_queued_bytes',
    'Bytes that wait for the clients of a thread.',
    ({ queuedBytes }) => queuedBytes,
  ),
  {
    name: 'maru_ring_used_ratio',
    help: 'How full the rings between a thread and the core are, 0 to 1.',
    labels: ['thread', 'ring'],
    read: ({ figures }) =>
      (figures?.threads ?? []).flatMap(({ name: thread, rings }) =>
        Object.entries(rings ?? {}).map(([ring, value]: [string, number]) => ({
          labels: { thread, ring },
          value,
        })),
      ),
  },

  one(
    'process_cpu_seconds_total',
    'Processor time that all threads have taken.',
    ({ process }) => process.cpuSeconds,
  ),
  one('process_resident_memory_bytes', 'Memory in use.', ({ process }) => process.residentBytes),
  one(
    'process_start_time_seconds',
    'When the process started, in seconds since 1970.',
    ({ facts, process }) => facts.nowMs / 1000 - process.uptimeSeconds,
  ),
]

function one(name: string, help: string, read: (seen: Seen) => number | undefined): Metric {
  return { name, help, read: (seen) => pointOf(read(seen)) }
}

function total(name: string, help: string, of: keyof Totals): Metric {
  return one(name, help, ({ figures }) => figures?.totals[of])
}

function perThread(
  name: string,
  help: string,
  read: (thread: ThreadLoad) => number | undefined,
): Metric {
  return {
    name,
    help,
    labels: ['thread'],
    read: ({ figures }) =>
      (figures?.threads ?? []).flatMap((thread) => pointOf(read(thread), { thread: thread.name })),
  }
}

function pointOf(
  value: number | undefined,
  labels: Readonly<Record<string, string>> = {},
): Point[] {
  return value === undefined ? [] : [{ labels, value }]
}

function quantiles(
  of: Quantiles | undefined,
  labels: Readonly<Record<string, string>> = {},
): Point[] {
  if (of === undefined) return []
  return (
    [
      ['0.5', of.p50],
      ['0.99', of.p99],
      ['1', of.max],
    ] as const
  ).map(([quantile, ms]) => ({ labels: { ...labels, quantile }, value: ms / 1000 }))
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000
}
