import type { Session } from './session.ts'

/** Of who stays while none of their clients is there. */
export const NOT_CONNECTED = 'Not connected'
/** "indicating that the user is not present for an unspecified reason" https://ircv3.net/specs/extensions/pre-away */
const UNSPECIFIED = '*'

/**
 * What the connections of one user come to: somebody is away when all of them say so, with the words of
 * the latest that has some. Undefined: they are here.
 */
export function awayOf(sessions: readonly Session[]): string | undefined {
  if (sessions.length === 0) return NOT_CONNECTED
  let text = UNSPECIFIED
  for (const { away } of sessions) {
    if (away === undefined) return undefined
    if (away !== UNSPECIFIED) text = away
  }
  return text
}
