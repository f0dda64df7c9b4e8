import type { Figures } from '../feed/figures.ts'

/** From when on something is worth a word; 0: never. */
export interface AlertThresholds {
  /** p99 of the worst thread. */
  readonly loopDelayMs: number
  /** p99. */
  readonly commitMs: number
  readonly refusedPerSecond: number
  /** Of the disk that the data folder is on. */
  readonly diskFreePercent: number
  /** Until the end of the TLS certificate. */
  readonly certificateDays: number
}

/** What is known at this moment. */
export interface AlertFacts {
  /** Wall clock. */
  readonly nowMs: number
  readonly figures: Figures | undefined
  readonly certificateEndsAtMs: number | undefined
  readonly disk: DiskSpace | undefined
}

export interface DiskSpace {
  /** Without what is kept for root. */
  readonly freeBytes: number
  readonly totalBytes: number
}

export type AlertName = 'loop delay' | 'commit latency' | 'refused' | 'disk' | 'certificate'

export interface AlertRule {
  readonly name: AlertName
  /** `undefined`: there is nothing to measure, so nothing is wrong. */
  readonly measure: (facts: AlertFacts) => Measured | undefined
  readonly threshold: (of: AlertThresholds) => number
  /** On which side of the threshold it is bad, and where on the other side it is good again. */
  readonly bad: 'above' | 'below'
  readonly goodAt: (threshold: number) => number
  /** For so long it must be bad, or good, without a break. */
  readonly raiseAfterMs: number
  readonly clearAfterMs: number
  readonly raised: (measured: Measured, threshold: number) => string
  readonly cleared: (measured: Measured | undefined) => string
}

export interface Measured {
  readonly value: number
  /** Where: the name of a thread. */
  readonly of?: string
}

const half = (threshold: number): number => threshold / 2

export const ALERT_RULES: readonly AlertRule[] = [
  {
    name: 'loop delay',
    measure: ({ figures }) => worstLoop(figures),
    threshold: ({ loopDelayMs }) => loopDelayMs,
    bad: 'above',
    goodAt: half,
    raiseAfterMs: 5000,
    clearAfterMs: 30_000,
    raised: ({ value, of = '' }, threshold) =>
      `The thread ${of} is late by ${ms(value)} (p99, the limit is ${ms(threshold)})`,
    cleared: () => 'All threads are on time again',
  },
  {
    name: 'commit latency',
    measure: ({ figures }) => measured(figures?.commitMs?.p99),
    threshold: ({ commitMs }) => commitMs,
    bad: 'above',
    goodAt: half,
    raiseAfterMs: 5000,
    clearAfterMs: 30_000,
    raised: ({ value }, threshold) =>
      `Messages wait ${ms(value)} for the disk (p99, the limit is ${ms(threshold)})`,
    cleared: () => 'Messages are stored in time again',
  },
  {
    name: 'refused',
    measure: ({ figures }) => measured(figures?.perSecond.refused),
    threshold: ({ refusedPerSecond }) => refusedPerSecond,
    bad: 'above',
    goodAt: half,
    raiseAfterMs: 5000,
    clearAfterMs: 60_000,
    raised: ({ value }, threshold) =>
      `${rounded(value)} connections a second are refused (the limit is ${rounded(threshold)})`,
    cleared: () => 'Few connections are refused again',
  },
  {
    name: 'disk',
    measure: ({ disk }) => freePercent(disk),
    threshold: ({ diskFreePercent }) => diskFreePercent,
    bad: 'below',
    goodAt: (threshold) => threshold * 1.2,
    // It is measured seldom, and doesn't jump.
    raiseAfterMs: 0,
    clearAfterMs: 60_000,
    raised: ({ value }, threshold) =>
      `The disk of the data folder has ${rounded(value)} % left (the limit is ${rounded(threshold)} %)`,
    cleared: (now) =>
      now === undefined
        ? 'The disk of the data folder is not measured any more'
        : `The disk of the data folder has ${rounded(now.value)} % left again`,
  },
  {
    name: 'certificate',
    measure: ({ certificateEndsAtMs, nowMs }) =>
      measured(
        certificateEndsAtMs === undefined ? undefined : (certificateEndsAtMs - nowMs) / DAY_MS,
      ),
    threshold: ({ certificateDays }) => certificateDays,
    bad: 'below',
    goodAt: (threshold) => threshold,
    raiseAfterMs: 0,
    clearAfterMs: 0,
    raised: ({ value }) =>
      value <= 0 ? 'The TLS certificate has ended' : `The TLS certificate ends in ${days(value)}`,
    cleared: (now) =>
      now === undefined
        ? 'There is no TLS certificate any more'
        : `The TLS certificate lasts for ${days(now.value)} again`,
  },
]

const DAY_MS = 86_400_000

function measured(value: number | undefined): Measured | undefined {
  return value === undefined ? undefined : { value }
}

function worstLoop(figures: Figures | undefined): Measured | undefined {
  let worst: Measured | undefined
  for (const { name, loopDelayMs } of figures?.threads ?? []) {
    if (loopDelayMs === undefined || loopDelayMs.p99 <= (worst?.value ?? -1)) continue
    worst = { value: loopDelayMs.p99, of: name }
  }
  return worst
}

function freePercent(disk: DiskSpace | undefined): Measured | undefined {
  if (disk === undefined || disk.totalBytes === 0) return undefined
  return { value: (disk.freeBytes / disk.totalBytes) * 100 }
}

function ms(value: number): string {
  return `${Math.round(value)} ms`
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** Never more than there are. */
function days(value: number): string {
  const whole = Math.floor(value)
  if (whole === 0) return 'less than a day'
  return whole === 1 ? '1 day' : `${whole} days`
}
