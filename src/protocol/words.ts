const SPACE = 0x20

/** Where the next word of a line begins, or its end. */
export function skipSpaces(line: string, from: number): number {
  let at = from
  while (line.charCodeAt(at) === SPACE) at++
  return at
}

/** Where the word at `from` ends: before the next space, or with the line. */
export function wordEnd(line: string, from: number): number {
  const end = line.indexOf(' ', from)
  return end < 0 ? line.length : end
}
