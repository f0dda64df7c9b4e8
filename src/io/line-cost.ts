import { skipSpaces, wordEnd } from '../protocol/words.ts'

/**
 * Points that a line costs: those of its command (upper case in `costs`, 1 when it isn't there), a quarter
 * more for each further target of a list (`JOIN #a,#b,#c`), and a tenth of it all for a line of a client's
 * batch, which is one message in many lines.
 * https://ircv3.net/specs/extensions/client-batch
 */
export function lineCost(line: string, costs: ReadonlyMap<string, number>): number {
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
  const cost = costs.get(command) ?? costs.get(command.toUpperCase()) ?? 1
  return share * cost * (1 + TARGET_SHARE * furtherTargets(line, skipSpaces(line, end)))
}

const COLON = 0x3a
const AT = 0x40
const BATCH_SHARE = 0.1
const TARGET_SHARE = 0.25
const COMMA = 0x2c
const BATCH = 'batch='

function isInBatch(line: string, from: number, end: number): boolean {
  if (line.startsWith(BATCH, from + 1)) return true
  const found = line.indexOf(`;${BATCH}`, from)
  return found >= 0 && found < end
}

/** Commas in the first parameter; text has none of its own there, since it starts with a colon. */
function furtherTargets(line: string, from: number): number {
  if (line.charCodeAt(from) === COLON) return 0
  const end = wordEnd(line, from)
  let commas = 0
  for (let at = from; at < end; at++) if (line.charCodeAt(at) === COMMA) commas++
  return commas
}
