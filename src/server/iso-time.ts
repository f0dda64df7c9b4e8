let lastMs = Number.NaN
let lastText = ''

/** `2026-01-31T12:00:00.000Z`. Many lines are written in the same millisecond, so the last one is kept. */
export function isoTime(ms: number): string {
  if (ms !== lastMs) {
    lastMs = ms
    lastText = new Date(ms).toISOString()
  }
  return lastText
}
