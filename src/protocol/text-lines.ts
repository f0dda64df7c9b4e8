import { utf8Length } from './utf8.ts'

/**
 * Packs words, in order and with one space between them, into as few lines as fit in `maxBytes` of
 * UTF-8 and `maxWords`. For 353, 005 (13 tokens at most), 319 and every other reply that lists; the caller
 * subtracts its own start of the line from `maxBytes`.
 *
 * No words: no lines. A word that is longer than a line has a line of its own, uncut.
 */
export function packWords(
  words: Iterable<string>,
  maxBytes: number,
  maxWords: number = Infinity,
): string[] {
  const lines: string[] = []
  let line: string[] = []
  let bytes = 0
  for (const word of words) {
    const wordBytes = utf8Length(word)
    const isFull = bytes + 1 + wordBytes > maxBytes || line.length >= maxWords
    if (line.length > 0 && isFull) {
      lines.push(line.join(' '))
      line = []
      bytes = 0
    }
    bytes += line.length > 0 ? 1 + wordBytes : wordBytes
    line.push(word)
  }
  if (line.length > 0) lines.push(line.join(' '))
  return lines
}
