import { lettersOf, textWidth } from '../fit-text.ts'
import type { Line, Span } from '../line.ts'

interface Letter {
  readonly text: string
  readonly width: number
  readonly span: number
}

/** A styled line in pieces of at most `width` columns, broken at spaces where that can be. */
export function wrapLine(line: Line, width: number): Line[] {
  const letters = line.flatMap(({ text }, span) =>
    split(text).map((letter): Letter => ({ text: letter, width: textWidth(letter), span })),
  )
  const lines: Line[] = []
  let start = 0
  let used = 0
  let space = -1
  letters.forEach(({ text, width: wide }, i) => {
    if (text === ' ') space = i
    while (used + wide > width && i > start) {
      const isAtSpace = space >= start && space > 0
      const end = isAtSpace ? space : i
      lines.push(joined(letters.slice(start, end), line))
      start = isAtSpace ? space + 1 : i
      used = letters.slice(start, i).reduce((sum, letter) => sum + letter.width, 0)
    }
    if (i >= start) used += wide
  })
  // A space that found no place ends nothing, and begins nothing.
  if (start < letters.length || lines.length === 0) lines.push(joined(letters.slice(start), line))
  return lines
}

const ASCII = /^[ -~]*$/

function split(text: string): readonly string[] {
  return ASCII.test(text) ? text.split('') : lettersOf(text)
}

function joined(letters: readonly Letter[], line: Line): Line {
  const spans: Span[] = []
  let from = 0
  while (from < letters.length) {
    const at = letters[from]?.span ?? 0
    let to = from
    while (letters[to]?.span === at) to++
    const text = letters
      .slice(from, to)
      .map((letter) => letter.text)
      .join('')
    spans.push({ ...line[at], text })
    from = to
  }
  return spans
}
