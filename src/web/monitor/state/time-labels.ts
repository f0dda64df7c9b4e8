import type { Language } from '../../shared/language.ts'

const MINUTE = 60
const HOUR = 3600

/** The steps in seconds that a time axis may go by: those of a clock. */
export const TIME_STEPS: readonly number[] = [
  1,
  2,
  5,
  10,
  15,
  30,
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR),
]

/** What stands at moments (in seconds since 1970) that are `stepSeconds` apart: seconds where they differ, the day where one begins. */
export function timeLabels(
  moments: readonly number[],
  stepSeconds: number,
  language: Language,
): readonly string[] {
  const clock = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(stepSeconds < MINUTE ? { second: '2-digit' } : {}),
  })
  const day = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' })
  return moments.map((seconds) => {
    const time = clock.format(seconds * 1000)
    return stepSeconds >= HOUR && time === '00:00' ? day.format(seconds * 1000) : time
  })
}
