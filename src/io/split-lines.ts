const LINE_FEED = 0x0a

/**
 * Cuts whole lines into pieces of at most `maxBytes`, each of whole lines with their ends; together they are
 * `lines`. Throws a RangeError when one line alone is longer.
 */
export function splitLines(lines: Uint8Array, maxBytes: number): readonly Uint8Array[] {
  const pieces: Uint8Array[] = []
  let start = 0
  while (lines.length - start > maxBytes) {
    const end = lines.lastIndexOf(LINE_FEED, start + maxBytes - 1) + 1
    if (end <= start) throw new RangeError(`a line of more than ${maxBytes} bytes`)
    pieces.push(lines.subarray(start, end))
    start = end
  }
  pieces.push(lines.subarray(start))
  return pieces
}
