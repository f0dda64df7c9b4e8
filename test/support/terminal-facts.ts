import type { Snapshot } from '../../src/feed/feed.ts'
import type { Figures, Totals } from '../../src/feed/figures.ts'
import type { BanRow, ConnectionRow, RoomRow } from '../../src/feed/view.ts'

/** 2026-11-24 10:00 UTC. */
export const START_MS = Date.UTC(2026, 10, 24, 10)
const NOW_MS = START_MS + 93_784_000

const TOTALS: Totals = {
  accepted: 5000,
  refused: 17,
  closed: 3760,
  registered: 4900,
  messages: 81_234,
  deliveries: 9_812_345,
  linesIn: 100_000,
  bytesIn: 12_345_678,
  bytesOut: 987_654_321,
  slowed: 12,
  failedLogins: 0,
}

const thread = { cpu: 0.34, heapBytes: 48 * 2 ** 20 }

export const FIGURES: Figures = {
  atMs: NOW_MS,
  totals: TOTALS,
  perSecond: {
    ...TOTALS,
    accepted: 3,
    refused: 0,
    messages: 120,
    deliveries: 12_400,
    bytesIn: 24_000,
    bytesOut: 2_400_000,
  },
  fanOutMs: { p50: 1.2, p99: 8.4, max: 12 },
  queuedBytes: 1_300_000,
  heldConnections: 3,
  residentBytes: 180 * 2 ** 20,
  cpu: 0.41,
  threads: [
    { name: 'core', ...thread, loopDelayMs: { p50: 0.5, p99: 3.2, max: 9 } },
    {
      name: 'io 1',
      ...thread,
      loopDelayMs: { p50: 0.5, p99: 161, max: 190 },
      connections: 620,
      deliveriesPerSecond: 6200,
      queuedBytes: 700_000,
      rings: { completions: 0.02, submissions: 0.1 },
    },
  ],
}

export function snapshotOf(
  now: Pick<Snapshot, 'epoch' | 'seq' | 'head' | 'figures' | 'entries'>,
): Snapshot {
  return {
    version: 1,
    ...now,
    facts: {
      version: '0.1.0',
      serverName: 'irc.example.org',
      network: 'Studio',
      startedAtMs: START_MS,
      nowMs: NOW_MS,
      listening: [
        { name: 'plain', host: '127.0.0.1', port: 6667 },
        { name: 'tls', host: '::', port: 6697 },
        { name: 'admin', host: '127.0.0.1', port: 8068 },
      ],
      workers: 1,
      processId: 4242,
      runtime: 'Node 24.21.0',
      platform: 'linux x64',
      logLevel: 'info',
      isStopping: false,
      limits: {
        'limits.chat.nickLength': 32,
        'limits.connections.sendQueueBytes': 1_048_576,
        'limits.connections.registrationMs': 20_000,
        'limits.connections.pingAfterMs': 60_000,
        'limits.connections.queuesShareOfHeap': 0.25,
        'admission.connections': 0,
      },
    },
  }
}

export function connectionRow(
  connection: number,
  more: Partial<ConnectionRow> = {},
): ConnectionRow {
  return {
    connection,
    address: `192.0.2.${connection % 250}`,
    port: 50_000 + connection,
    nick: `user${connection}`,
    account: connection % 3 === 0 ? `user${connection}` : '-',
    transport: 'tls',
    listener: 'tls',
    client: 'HexChat 2.16',
    connectedAtMs: START_MS + connection * 1000,
    isRegistered: true,
    userName: 'u',
    realName: `User ${connection}`,
    host: 'user.example',
    modes: 'i',
    isSilenced: false,
    rooms: ['#general', '#art'],
    idleMs: connection * 900,
    linesIn: 100 + connection,
    bytesIn: 12_000,
    bytesOut: 480_000,
    linesInPerSecond: 0.4,
    bytesOutPerSecond: 2048,
    queuedBytes: 0,
    budgetLines: 10,
    budgetBytes: 16_384,
    isHeld: false,
    ...more,
  }
}

export function roomRow(name: string, members: number): RoomRow {
  return {
    name,
    members,
    topic: `All about ${name}`,
    modes: 'nt',
    founder: 'mina',
    createdAtMs: START_MS,
    messages: members * 100,
    messagesPerSecond: members / 10,
    lastMessageAtMs: NOW_MS - members * 1000,
  }
}

export function banRow(id: string, mask: string, more: Partial<BanRow> = {}): BanRow {
  return {
    id,
    kind: 'dline',
    mask,
    reason: 'spam',
    setBy: 'mina',
    setAtMs: START_MS,
    expiresAtMs: NOW_MS + 3_600_000,
    ...more,
  }
}
