const UNITS = [
  ['y', 365 * 86_400_000],
  ['w', 7 * 86_400_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

const SECONDS = /^\d{1,12}$/
const PARTS =
  /^(?:(\d{1,9})y ?)?(?:(\d{1,9})w ?)?(?:(\d{1,9})d ?)?(?:(\d{1,9})h ?)?(?:(\d{1,9})m ?)?(?:(\d{1,9})s)?$/

/**
 * `30m`, `1d12h`, `1d 12h`, `2w`, `90` (seconds) in milliseconds. Each unit (y, w, d, h, m, s) at most
 * once, the larger first; a year is 365 days. Undefined for anything else. What 0 means is the caller's.
 */
export function parseDuration(text: string): number | undefined {
  if (SECONDS.test(text)) return Number(text) * 1000
  const parts = PARTS.exec(text)
  if (text === '' || text.endsWith(' ') || parts === null) return undefined
  let ms = 0
  for (const [index, [, unitMs]] of UNITS.entries()) ms += Number(parts[index + 1] ?? 0) * unitMs
  return Number.isSafeInteger(ms) ? ms : undefined
}

/** `1d 12h`: what is under a second is dropped, and nothing at all reads `0s`. `parseDuration` reads it back. */
export function formatDuration(ms: number): string {
  const parts: string[] = []
  let rest = Math.max(0, ms)
  for (const [unit, unitMs] of UNITS) {
    const count = Math.floor(rest / unitMs)
    if (count > 0) parts.push(`${count}${unit}`)
    rest -= count * unitMs
  }
  return parts.length === 0 ? '0s' : parts.join(' ')
}
