import type { ServerFacts } from '../../../feed/feed.ts'
import type { Figures } from '../../../feed/figures.ts'
import { worstThreads } from '../../../feed/point.ts'
import type { TextKey } from './texts.ts'

export type Level = 'good' | 'warn' | 'bad'

/** One thing that can be well or not. */
export interface Sign {
  readonly what: TextKey
  readonly level: Level
  readonly value: number
  readonly unit: 'ms' | 'bytes' | 'share' | 'count' | 'perSecond' | 'untilMs'
}

const MIB = 1024 * 1024
const DAY_MS = 86_400_000

/** How the server is, a line for each thing that matters; what has no figures has no line. */
export function healthOf(figures: Figures, facts: ServerFacts): readonly Sign[] {
  const { coreLoopP99Ms, workerLoopP99Ms, ringShare } = worstThreads(figures)
  const { certificate, nowMs } = facts
  return [
    sign('loopDelayCore', 'ms', coreLoopP99Ms, [20, 100]),
    sign('loopDelayWorkers', 'ms', workerLoopP99Ms, [20, 100]),
    sign('fanOut', 'ms', figures.fanOutMs?.p99, [50, 250]),
    sign('commitLatency', 'ms', figures.commitMs?.p99, [50, 250]),
    sign('queues', 'bytes', figures.queuedBytes, [16 * MIB, 128 * MIB]),
    sign('ringDepth', 'share', ringShare, [0.5, 0.9]),
    sign('heldConnections', 'count', figures.heldConnections, [1, 100]),
    sign('refusedNow', 'perSecond', figures.perSecond.refused, [1, 50]),
    certificate === undefined
      ? undefined
      : certificateSign(certificate.endsAtMs - nowMs, certificate.endsAtMs),
  ].filter((found) => found !== undefined)
}

/** The worst of them. */
export function worst(signs: readonly Sign[]): Level {
  if (signs.some(({ level }) => level === 'bad')) return 'bad'
  return signs.some(({ level }) => level === 'warn') ? 'warn' : 'good'
}

function sign(
  what: TextKey,
  unit: Sign['unit'],
  value: number | undefined,
  [warn, bad]: readonly [warn: number, bad: number],
): Sign | undefined {
  if (value === undefined) return undefined
  return { what, unit, value, level: value >= bad ? 'bad' : value >= warn ? 'warn' : 'good' }
}

function certificateSign(leftMs: number, endsAtMs: number): Sign {
  const level = leftMs < 2 * DAY_MS ? 'bad' : leftMs < 14 * DAY_MS ? 'warn' : 'good'
  return { what: 'certificateEnds', unit: 'untilMs', value: endsAtMs, level }
}
