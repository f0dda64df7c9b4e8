import { lettersOf, textWidth } from '../fit-text.ts'
import { dim, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { safeText } from '../safe-text.ts'
import type { Composer } from './composer.ts'

/** What is being written, as it is on the screen, and where the cursor is in it. */
export interface ComposerRows {
  readonly lines: readonly Line[]
  readonly x: number
  readonly y: number
}

interface Place {
  readonly prompt: string
  readonly width: number
  /** Rows that it may take; those around the cursor are shown. */
  readonly most: number
}

/** Each letter where a terminal puts it: wide ones take two columns, and none is cut by the edge. */
export function composerRows(composer: Composer, { prompt, width, most }: Place): ComposerRows {
  const indent = textWidth(prompt)
  const { rows, x, y } = wrapped(composer, Math.max(2, width - indent - 1))
  const top = Math.max(0, y - most + 1)
  const lines = rows
    .slice(top, top + most)
    .map((row, i): Line => [i + top === 0 ? dim(prompt) : plain(' '.repeat(indent)), plain(row)])
  return { lines, x: indent + x, y: y - top }
}

function wrapped(
  { text, cursor }: Composer,
  width: number,
): { readonly rows: readonly string[]; readonly x: number; readonly y: number } {
  const rows: string[] = []
  let row = ''
  let used = 0
  let at = 0
  let found: { x: number; y: number } | undefined
  for (const letter of lettersOf(text)) {
    const shown = letter === '\n' ? '' : letter === '\t' ? '  ' : safeText(letter)
    const wide = textWidth(shown)
    const isEnd = letter === '\n' || letter === '\r\n'
    if (!isEnd && used + wide > width && row !== '') {
      rows.push(row)
      row = ''
      used = 0
    }
    if (found === undefined && at >= cursor) found = { x: used, y: rows.length }
    at += letter.length
    if (isEnd) {
      rows.push(row)
      row = ''
      used = 0
      continue
    }
    row += shown
    used += wide
  }
  rows.push(row)
  return { rows, ...(found ?? { x: used, y: rows.length - 1 }) }
}
