import { truncateUtf8 } from './utf8.ts'

/**
 * The text in lines of at most `maxBytes` of UTF-8, broken at the last space that lets it fit, or inside
 * of a word that is longer than a line. Nothing is lost but the spaces where it breaks; no text: one empty line.
 */
export function wrapText(text: string, maxBytes: number): string[] {
  const lines: string[] = []
  let rest = text
  for (;;) {
    const line = truncateUtf8(rest, maxBytes)
    if (line.length === rest.length || line === '') return [...lines, rest]
    const space = rest.charAt(line.length) === ' ' ? line.length : line.lastIndexOf(' ')
    const end = space > 0 ? space : line.length
    lines.push(rest.slice(0, end))
    rest = rest.slice(end).trimStart()
  }
}
