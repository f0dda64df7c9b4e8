import { z } from 'zod'
import { DEFAULT_LIMITS } from '../protocol/limits.ts'
import type { AdmissionLimits, ChatLimits, EdgeLimits, Limits } from '../protocol/limits.ts'

/**
 * "No limit". Not Infinity: this is the longest delay that a timer takes (a longer one fires at once),
 * survives integer arithmetic and messages between threads, and never makes a NaN.
 */
export const UNLIMITED = 2 ** 31 - 1

/** Least and most that an operator may choose. */
type Ranges<L> = Readonly<Record<keyof L, readonly [least: number, most: number]>>

const TIME = [1, UNLIMITED] as const
const COUNT = [1, UNLIMITED] as const

const EDGE: Ranges<EdgeLimits> = {
  registrationMs: TIME,
  registrationBytes: [512, UNLIMITED],
  registrationLines: [4, UNLIMITED],
  tlsHandshakeMs: TIME,
  httpHeadersMs: TIME,
  // 4,096 bytes of tags and 512 of message must fit. https://ircv3.net/specs/extensions/message-tags#size-limit
  lineBytes: [4608, 65_536],
  unparsedBytes: [4608, 1024 * 1024],
  lineBurst: COUNT,
  linesPerSecond: [0.01, UNLIMITED],
  lineWelcome: [0, UNLIMITED],
  byteBurst: [8192, UNLIMITED],
  bytesPerSecond: COUNT,
  sendQueueBytes: [16 * 1024, UNLIMITED],
  slowReaderBytes: [16 * 1024, UNLIMITED],
  slowReaderMs: TIME,
  queuesShareOfHeap: [0.01, 1],
  handshakesPerAddress: COUNT,
  webSocketBytes: [4608, 1024 * 1024],
  webSocketFragments: [1, 4096],
}

const ADMISSION: Ranges<AdmissionLimits> = {
  connectionsPerAddress: COUNT,
  newConnectionsPerAddress: COUNT,
  newConnectionsWindowMs: TIME,
  connections: [0, UNLIMITED],
}

const CHAT: Ranges<ChatLimits> = {
  pingAfterMs: TIME,
  dropAfterMs: TIME,
  nickLength: [1, 64],
  userLength: [1, 64],
  realNameLength: [1, 390],
  channelLength: [2, 200],
  topicLength: [1, 390],
  awayLength: [1, 390],
  kickLength: [1, 390],
  keyLength: [1, 64],
  channelsPerUser: [1, 100_000],
  targetsPerMessage: [1, 100],
  monitorEntries: [1, 100_000],
  silenceEntries: [1, 10_000],
  acceptEntries: [1, 10_000],
  listEntries: [1, 10_000],
  modesPerCommand: [1, 100],
  whowasEntries: [0, 1_000_000],
  multilineBytes: [512, 1024 * 1024],
  multilineLines: [1, 10_000],
  multilineMs: TIME,
  clientMsgidBytes: [16, 256],
  clientMsgidEntries: [0, 10_000_000],
  clientMsgidMs: TIME,
  roomsPerAccount: [0, 100_000],
  accessEntries: [1, 10_000],
  metadataKeys: [1, 1000],
  // With its key, two names and the frame of a line it must fit in one.
  metadataValueBytes: [1, 300],
  metadataSubscriptions: [1, 1000],
  metadataPerMinute: [1, UNLIMITED],
  historyLines: [1, 100_000],
  historyBytes: [8192, UNLIMITED],
  markerEntries: [1, 100_000],
  replayLines: [0, 1000],
  replayMs: TIME,
  redactMs: [0, UNLIMITED],
}

/** These may have a fraction. */
const FRACTIONS: ReadonlySet<string> = new Set(['queuesShareOfHeap', 'linesPerSecond'])

export const limitShapes = {
  edge: limitTable(EDGE, DEFAULT_LIMITS.edge),
  admission: limitTable(ADMISSION, DEFAULT_LIMITS.admission),
  chat: limitTable(CHAT, DEFAULT_LIMITS.chat),
}

/** Lifts what protects the server from its clients, for load tests. What the protocol itself sets stays. */
export function lifted(limits: Limits): Limits {
  const { lineBytes, unparsedBytes, webSocketBytes, webSocketFragments } = limits.edge
  return {
    edge: {
      ...everywhere(limits.edge, UNLIMITED),
      lineBytes,
      unparsedBytes,
      webSocketBytes,
      webSocketFragments,
      queuesShareOfHeap: 1,
    },
    admission: { ...everywhere(limits.admission, UNLIMITED), connections: 0 },
    chat: limits.chat,
  }
}

type LimitShape<L> = { [K in keyof L]: z.ZodDefault<z.ZodNumber> }

function limitTable<L extends object>(ranges: Ranges<L>, defaults: L): z.ZodObject<LimitShape<L>> {
  const rows = Object.entries<readonly [number, number]>(ranges).map(([key, [least, most]]) => {
    const kind = FRACTIONS.has(key) ? 'a' : 'a whole'
    const error = `${kind} number from ${least} to ${most}`
    const checked = z.number({ error }).min(least, { error }).max(most, { error })
    const number = FRACTIONS.has(key) ? checked : checked.int({ error })
    return [key, number.default(defaults[key as keyof L] as number)]
  })
  return z.strictObject(Object.fromEntries(rows) as LimitShape<L>, { error: 'a table' })
}

function everywhere<L extends object>(limits: L, value: number): L {
  return Object.fromEntries(Object.keys(limits).map((key) => [key, value])) as L
}
