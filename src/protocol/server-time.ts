/** `2026-01-31T12:00:00.000Z`. https://ircv3.net/specs/extensions/server-time */
export function serverTime(timeMs: number): string {
  return new Date(timeMs).toISOString()
}

/**
 * Milliseconds since 1970; undefined for what is no such time. Fractions of any length are understood, or
 * none: clients write what their language gives them.
 */
export function parseServerTime(text: string): number | undefined {
  if (!PATTERN.test(text)) return undefined
  const timeMs = Date.parse(text)
  if (Number.isNaN(timeMs)) return undefined
  // A day that the month doesn't have is taken for one of the next.
  return serverTime(timeMs).startsWith(text.slice(0, SECONDS)) ? timeMs : undefined
}

const PATTERN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/
const SECONDS = '2026-01-31T12:00:00'.length
