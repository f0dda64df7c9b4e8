import { fitText, textWidth } from './fit-text.ts'
import { bold, dim, plain } from './line.ts'
import type { Line, Span } from './line.ts'

export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + textWidth(text), 0)
}

/** Exactly `width` columns: cut or filled up. */
export function fitLine(line: Line, width: number): Line {
  const fitted: Span[] = []
  let left = width
  for (const span of line) {
    const wide = textWidth(span.text)
    if (wide > left) {
      if (left > 0) fitted.push({ ...span, text: fitText(span.text, left) })
      return fitted
    }
    fitted.push(span)
    left -= wide
  }
  return left > 0 ? [...fitted, { text: ' '.repeat(left) }] : fitted
}

/** One at the left end and one at the right; the right one is whole. */
export function spreadLine(left: Line, right: Line, width: number): Line {
  const wide = Math.min(lineWidth(right), width)
  return [...fitLine(left, width - wide), ...fitLine(right, wide)]
}

/** Two blocks side by side. */
export function besideLines(
  left: readonly Line[],
  right: readonly Line[],
  leftWidth: number,
): Line[] {
  const count = Math.max(left.length, right.length)
  return Array.from({ length: count }, (_, i) => [
    ...fitLine(left[i] ?? [], leftWidth),
    ...(right[i] ?? []),
  ])
}

/** `── title  more ─────`. */
export function ruleLine(title: string, width: number, more: Line = []): Line {
  if (title === '') return [{ text: '─'.repeat(width), isDim: true }]
  const said = [bold(title), ...(more.length === 0 ? [] : [plain('  '), ...more])]
  const rest = Math.max(0, width - lineWidth(said) - 4)
  return [dim('── '), ...said, dim(` ${'─'.repeat(rest)}`)]
}
