import type { Language } from '../../shared/language.ts'

/** How numbers, sizes and times are written in a language. */
export interface Format {
  /** 12,345 */
  readonly count: (value: number) => string
  /** 12.3K, for narrow places. */
  readonly compact: (value: number) => string
  /** A rate or a reading: three digits that matter. */
  readonly reading: (value: number) => string
  /** 1.5 MiB */
  readonly bytes: (value: number) => string
  /** 0.4 ms, 1.2 s */
  readonly ms: (value: number) => string
  readonly percent: (share: number) => string
  /** The two largest units: 3d 4h */
  readonly duration: (ms: number) => string
  /** 14:03:59 */
  readonly clock: (atMs: number) => string
  /** The time of the day where that is the day of `nowMs`, else the day. */
  readonly near: (atMs: number, nowMs: number) => string
  /** With the day. */
  readonly moment: (atMs: number) => string
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

export function createFormat(language: Language): Format {
  const count = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const compact = new Intl.NumberFormat(language, {
    notation: 'compact',
    maximumSignificantDigits: 3,
  })
  const reading = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const units = UNITS.map(([unit, ms]) => ({
    ms,
    format: new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'narrow' }),
  }))
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' })
  const moment = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const read = (value: number): string =>
    value >= 1000 ? count.format(value) : reading.format(value)
  return {
    count: (value) => count.format(value),
    compact: (value) => (value < 10_000 ? count.format(value) : compact.format(value)),
    reading: read,
    bytes: (value) => {
      const step = value < 1 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log2(value) / 10))
      return `${read(value / 1024 ** step)} ${SIZES[step]}`
    },
    ms: (value) => (value < 1000 ? `${reading.format(value)} ms` : `${read(value / 1000)} s`),
    percent: (share) => percent.format(share),
    duration: (ms) => {
      const seconds = Math.max(0, Math.floor(ms / 1000)) * 1000
      const first = units.findIndex((unit) => seconds >= unit.ms)
      if (first === -1) return units.at(-1)?.format.format(0) ?? ''
      return units
        .slice(first, first + 2)
        .map((unit, index) => {
          const above = index === 0 ? Number.POSITIVE_INFINITY : (units[first]?.ms ?? 1)
          return { unit, value: Math.floor((seconds % above) / unit.ms) }
        })
        .filter(({ value }, index) => index === 0 || value > 0)
        .map(({ unit, value }) => unit.format.format(value))
        .join(' ')
    },
    clock: (atMs) => clock.format(atMs),
    near: (atMs, nowMs) =>
      day.format(atMs) === day.format(nowMs) ? clock.format(atMs) : day.format(atMs),
    moment: (atMs) => moment.format(atMs),
  }
}
