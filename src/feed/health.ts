import type { ServerFacts } from './feed.ts'
import type { Figures, LogLoad } from './figures.ts'
import { worstThreads } from './point.ts'

export type Level = 'good' | 'warn' | 'bad'

export type SignName =
  | 'loopDelayCore'
  | 'loopDelayWorkers'
  | 'fanOut'
  | 'commitLatency'
  | 'refusedCommits'
  | 'queues'
  | 'ringDepth'
  | 'heldConnections'
  | 'refusedNow'
  | 'certificateEnds'

/** One thing that can be well or not. */
export interface Sign {
  readonly what: SignName
  readonly level: Level
  readonly value: number
  readonly unit: 'ms' | 'bytes' | 'share' | 'count' | 'perSecond' | 'leftMs'
}

/** From where on something deserves a look, and from where on it is bad; both belong to what they begin. */
type Bounds = readonly [warn: number, bad: number]

const MIB = 1024 * 1024
const DAY_MS = 86_400_000

/**
 * What is bad here raises an alert, if it lasts: `[alerts]` as it is by default, and docs/alerts.yml for
 * what a server says nothing about by itself. Half of it deserves a look. A connection that is held has
 * no alert: one that talks too much is its own affair.
 */
const BOUNDS = {
  loopDelayMs: [100, 200],
  fanOutMs: [500, 1000],
  commitMs: [250, 500],
  queuedBytes: [50 * MIB, 100 * MIB],
  ringShare: [0.4, 0.8],
  held: [1, 100],
  refusedPerSecond: [5, 10],
} as const satisfies Readonly<Record<string, Bounds>>

/** Its alert leaves two weeks to act, so that it deserves a look; it is bad when it is about to end. */
const CERTIFICATE_MS = { warn: 14 * DAY_MS, bad: 2 * DAY_MS } as const

/** How the server is, a line for each thing that matters; what has no figures has no line. For every surface the same. */
export function healthOf(figures: Figures, { certificate, nowMs }: ServerFacts): readonly Sign[] {
  const { coreLoopP99Ms, workerLoopP99Ms, ringShare } = worstThreads(figures)
  return [
    sign('loopDelayCore', 'ms', coreLoopP99Ms, BOUNDS.loopDelayMs),
    sign('loopDelayWorkers', 'ms', workerLoopP99Ms, BOUNDS.loopDelayMs),
    sign('fanOut', 'ms', figures.fanOutMs?.p99, BOUNDS.fanOutMs),
    sign('commitLatency', 'ms', figures.commitMs?.p99, BOUNDS.commitMs),
    refusedSign(figures.log),
    sign('queues', 'bytes', figures.queuedBytes, BOUNDS.queuedBytes),
    sign('ringDepth', 'share', ringShare, BOUNDS.ringShare),
    sign('heldConnections', 'count', figures.heldConnections, BOUNDS.held),
    sign('refusedNow', 'perSecond', figures.perSecond.refused, BOUNDS.refusedPerSecond),
    certificate === undefined ? undefined : certificateSign(certificate.endsAtMs - nowMs),
  ].filter((found) => found !== undefined)
}

/** How full a ring is, as a share from 0 to 1. */
export function ringLevel(share: number): Level {
  return levelOf(share, BOUNDS.ringShare)
}

/** The worst of them. */
export function worst(signs: readonly Pick<Sign, 'level'>[]): Level {
  if (signs.some(({ level }) => level === 'bad')) return 'bad'
  return signs.some(({ level }) => level === 'warn') ? 'warn' : 'good'
}

function sign(
  what: SignName,
  unit: Sign['unit'],
  value: number | undefined,
  bounds: Bounds,
): Sign | undefined {
  if (value === undefined) return undefined
  return { what, unit, value, level: levelOf(value, bounds) }
}

function levelOf(value: number, [warn, bad]: Bounds): Level {
  if (value >= bad) return 'bad'
  return value >= warn ? 'warn' : 'good'
}

/** While the log refuses, nobody can say anything. */
function refusedSign(log: LogLoad | undefined): Sign | undefined {
  if (log?.refusal === undefined) return undefined
  return { what: 'refusedCommits', unit: 'count', value: log.refusedCommits, level: 'bad' }
}

function certificateSign(leftMs: number): Sign {
  const { warn, bad } = CERTIFICATE_MS
  const level = leftMs < bad ? 'bad' : leftMs < warn ? 'warn' : 'good'
  return { what: 'certificateEnds', unit: 'leftMs', value: leftMs, level }
}
