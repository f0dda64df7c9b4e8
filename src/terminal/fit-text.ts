import stringWidth from 'string-width'

/** Columns that text takes on a terminal. */
export function textWidth(text: string): number {
  return plainWidth(text) ?? stringWidth(text)
}

/** Of what most text is made of; undefined where letters may join, or be neither narrow nor wide. */
function plainWidth(text: string): number | undefined {
  let width = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (isNarrow(code)) width += 1
    else if (isWide(code)) width += 2
    else return undefined
  }
  return width
}

/** Printable ASCII, and lines. */
function isNarrow(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || (code >= 0x2500 && code < 0x2580)
}

/** Syllables of Korean, the common ideographs. */
function isWide(code: number): boolean {
  return (code >= 0xac00 && code <= 0xd7a3) || (code >= 0x4e00 && code <= 0x9fff)
}

/** Exactly `width` columns: padded with spaces, or cut with an ellipsis. The text must be safe. */
export function fitText(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  if (width <= 0) return ''
  const wide = textWidth(text)
  if (wide > width) return cutText(text, width)
  const padding = ' '.repeat(width - wide)
  return align === 'left' ? text + padding : padding + text
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Where the text has no letter that ends at the last column, the ellipsis is followed by a space. */
function cutText(text: string, width: number): string {
  let kept = ''
  let used = 0
  for (const { segment } of graphemes.segment(text)) {
    const wide = textWidth(segment)
    if (used + wide > width - 1) break
    kept += segment
    used += wide
  }
  return `${kept}…${' '.repeat(width - used - 1)}`
}

/** What a person takes for letters. */
export function lettersOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

/** As much of the end as fits: of a line that is being typed into. */
export function tailText(text: string, width: number): string {
  let tail = lettersOf(text)
  while (tail.length > 0 && textWidth(tail.join('')) > width) tail = tail.slice(1)
  return tail.join('')
}

/** The text in pieces of at most `width` columns, broken at spaces where that can be. */
export function wrapColumns(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) <= width) {
      line += ` ${word}`
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = broken(word, width)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return [...lines, line]
}

function broken(word: string, width: number): string[] {
  if (textWidth(word) <= width) return [word]
  const pieces = ['']
  for (const { segment } of graphemes.segment(word)) {
    const last = pieces.at(-1) ?? ''
    if (textWidth(last + segment) > width && last !== '') pieces.push(segment)
    else pieces[pieces.length - 1] = last + segment
  }
  return pieces
}
