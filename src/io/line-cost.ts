import { skipSpaces, wordEnd } from '../protocol/words.ts'

/** What a line of a command takes of the line budget. */
export interface Price {
  readonly points: number
  /**
   * The last parameter is how much is asked for, and this is the price of so much of it: of more it is as often as
   * much, but not more than `MOST_PARTS` times.
   */
  readonly per?: number
  /** A client needs it to be where it was: the welcome budget pays for it, as long as it lasts. */
  readonly isWelcome?: true
}

export interface LineCost {
  readonly points: number
  readonly isWelcome: boolean
}

/**
 * What a line costs: the price of its command (upper case in `prices`, 1 when it isn't there), a quarter more for
 * each further target of a list (`JOIN #a,#b,#c`), and a tenth of it all for a line of a client's batch, which is one
 * message in many lines.
 * https://ircv3.net/specs/extensions/client-batch
 */
export function lineCost(line: string, prices: ReadonlyMap<string, Price>): LineCost {
  let at = skipSpaces(line, 0)
  let share = 1
  if (line.charCodeAt(at) === AT) {
    const end = wordEnd(line, at)
    if (isInBatch(line, at, end)) share = BATCH_SHARE
    at = skipSpaces(line, end)
  }
  if (line.charCodeAt(at) === COLON) at = skipSpaces(line, wordEnd(line, at))
  const end = wordEnd(line, at)
  const command = line.slice(at, end)
  const { points, per, isWelcome } =
    prices.get(command) ?? prices.get(command.toUpperCase()) ?? USUAL
  const parts = per === undefined ? 1 : partsOf(line, end, per)
  const targets = 1 + TARGET_SHARE * furtherTargets(line, skipSpaces(line, end))
  return { points: share * points * parts * targets, isWelcome: isWelcome === true }
}

const USUAL: Price = { points: 1 }
const COLON = 0x3a
const AT = 0x40
const BATCH_SHARE = 0.1
const TARGET_SHARE = 0.25
/** Nobody gets more than so many parts, whatever they ask for. */
const MOST_PARTS = 10
const COMMA = 0x2c
const BATCH = 'batch='

function isInBatch(line: string, from: number, end: number): boolean {
  if (line.startsWith(BATCH, from + 1)) return true
  const found = line.indexOf(`;${BATCH}`, from)
  return found >= 0 && found < end
}

function partsOf(line: string, from: number, per: number): number {
  const [, count] = /[ :](\d{1,15}) *$/.exec(line.slice(from)) ?? []
  return count === undefined ? 1 : Math.min(MOST_PARTS, Math.max(1, Math.ceil(Number(count) / per)))
}

/** Commas in the first parameter; text has none of its own there, since it starts with a colon. */
function furtherTargets(line: string, from: number): number {
  if (line.charCodeAt(from) === COLON) return 0
  const end = wordEnd(line, from)
  let commas = 0
  for (let at = from; at < end; at++) if (line.charCodeAt(at) === COMMA) commas++
  return commas
}
