/**
 * Points that a line costs: those of its command (upper case in `costs`, 1 when it isn't there), a tenth
 * of them for a line of a client's batch, which is one message in many lines.
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
  const command = line.slice(at, wordEnd(line, at))
  return share * (costs.get(command) ?? costs.get(command.toUpperCase()) ?? 1)
}

const SPACE = 0x20
const COLON = 0x3a
const AT = 0x40
const BATCH_SHARE = 0.1
const BATCH = 'batch='

function isInBatch(line: string, from: number, end: number): boolean {
  if (line.startsWith(BATCH, from + 1)) return true
  const found = line.indexOf(`;${BATCH}`, from)
  return found >= 0 && found < end
}

function skipSpaces(line: string, from: number): number {
  let at = from
  while (line.charCodeAt(at) === SPACE) at++
  return at
}

function wordEnd(line: string, from: number): number {
  const end = line.indexOf(' ', from)
  return end < 0 ? line.length : end
}
