import type { Language } from '../../shared/language.ts'

/** How numbers and times are written in a language, in the reader's time zone. */
export interface Format {
  /** 12,345 */
  readonly count: (value: number) => string
  /** 14:03 */
  readonly time: (atMs: number) => string
  /** Friday, 3 May 2026; today and yesterday by their names. */
  readonly day: (atMs: number) => string
  /** The time of the day where it is today, else the day. */
  readonly near: (atMs: number) => string
  /** With the day. */
  readonly moment: (atMs: number) => string
}

/** `now`: the wall clock, in milliseconds since 1970. */
export function createFormat(language: Language, now: () => number): Format {
  const count = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const time = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const moment = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'full' })
  const short = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const daysAgo = (atMs: number): number => {
    const today = short.format(now())
    if (short.format(atMs) === today) return 0
    return short.format(now() - DAY_MS) === short.format(atMs) ? 1 : 2
  }
  return {
    count: (value) => count.format(value),
    time: (atMs) => time.format(atMs),
    day: (atMs) => {
      const ago = daysAgo(atMs)
      if (ago > 1) return day.format(atMs)
      const name = relative.format(-ago, 'day')
      return name.charAt(0).toUpperCase() + name.slice(1)
    },
    near: (atMs) => (daysAgo(atMs) === 0 ? time.format(atMs) : short.format(atMs)),
    moment: (atMs) => moment.format(atMs),
  }
}

const DAY_MS = 86_400_000
