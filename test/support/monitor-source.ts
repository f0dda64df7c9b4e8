import type { FeedFrame, Snapshot } from '../../src/feed/feed.ts'
import type { Figures } from '../../src/feed/figures.ts'
import type { MonitorSource } from '../../src/monitor/source.ts'

const START_MS = Date.UTC(2026, 0, 1, 12)

/** A second in which everything that can have a figure has one. */
export const FULL_FIGURES: Figures = {
  atMs: START_MS + 1000,
  totals: {
    accepted: 11,
    refused: 12,
    closed: 13,
    registered: 14,
    messages: 15,
    deliveries: 16,
    linesIn: 17,
    bytesIn: 18,
    bytesOut: 19,
    slowed: 0,
    failedLogins: 1,
  },
  perSecond: {
    accepted: 1,
    refused: 2,
    closed: 3,
    registered: 4,
    messages: 5,
    deliveries: 6,
    linesIn: 7,
    bytesIn: 8,
    bytesOut: 9,
    slowed: 0,
    failedLogins: 1,
  },
  fanOutMs: { p50: 1, p99: 8, max: 20 },
  commitMs: { p50: 2, p99: 9, max: 30 },
  queuedBytes: 4096,
  heldConnections: 2,
  residentBytes: 100_000_000,
  cpu: 0.5,
  threads: [
    {
      name: 'core',
      cpu: 0.25,
      loopDelayMs: { p50: 0.5, p99: 3, max: 7 },
      heapBytes: 50_000_000,
    },
    {
      name: 'io 1',
      loopDelayMs: { p50: 0.5, p99: 2, max: 5 },
      heapBytes: 20_000_000,
      connections: 7,
      deliveriesPerSecond: 6,
      queuedBytes: 4096,
      rings: { completions: 0.125, submissions: 0.5 },
    },
  ],
  log: {
    commitsPerSecond: 20,
    recordsPerSecond: 100,
    batchSize: 5,
    waiting: 2,
    owed: 0,
    refusedCommits: 0,
  },
  storeBytes: 1_000_000,
  storedEvents: 5000,
  indexLag: 3,
}

export const FULL_SNAPSHOT: Snapshot = {
  epoch: 'e1',
  seq: 0,
  version: 1,
  facts: {
    version: '1.2.3',
    serverName: 'irc.test',
    network: 'Test',
    startedAtMs: START_MS,
    nowMs: START_MS + 1000,
    listening: [],
    workers: 1,
    processId: 1,
    runtime: 'Node.js "24"',
    platform: 'linux',
    logLevel: 'info',
    isStopping: false,
    certificate: { sha256: 'ab', endsAtMs: START_MS + 86_400_000 },
    limits: {},
  },
  head: {
    connections: 7,
    peakConnections: 8,
    people: 5,
    peakPeople: 6,
    rooms: 3,
    operators: 1,
  },
  figures: FULL_FIGURES,
  entries: [],
}

/** As much of a source as its readers need, and a way to make it tick. */
export function stubSource(snapshot: Snapshot = FULL_SNAPSHOT): MonitorSource & {
  readonly tick: (figures: Figures) => void
  readonly listeners: number
} {
  const listeners = new Set<(frame: FeedFrame) => void>()
  const missing = (): never => {
    throw new Error('this stub does not have it')
  }
  return {
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener)
      return { [Symbol.dispose]: () => listeners.delete(listener) }
    },
    get listeners() {
      return listeners.size
    },
    commands: () => [
      { command: 'PRIVMSG', uses: 15, bytes: 900 },
      { command: '*', uses: 2, bytes: 12 },
    ],
    tick(figures) {
      for (const listener of listeners) listener({ type: 'tick', figures, head: snapshot.head })
    },
    after: missing,
    view: missing,
    connection: missing,
    members: missing,
    series: missing,
  }
}
