import { formatText } from '../../client/format.ts'
import type { FormatContext, Style, Token } from '../../client/format.ts'
import type { Color, Line, Span } from '../line.ts'
import { safeText } from '../safe-text.ts'
import { personColor } from './theme.ts'
import type { Theme } from './theme.ts'
import { wrapLine } from './wrap-line.ts'

/** What somebody wrote as lines of at most `width` columns; safe for the terminal. */
export function richLines(
  text: string,
  { width, theme, context }: { width: number; theme: Theme; context: FormatContext },
): Line[] {
  const lines: Span[][] = [[]]
  for (const token of formatText(text, context)) {
    if (token.kind === 'break') lines.push([])
    else if (token.kind === 'codeBlock') lines.push(...codeLines(token.text, theme), [])
    else lines.at(-1)?.push(spanOf(token, theme))
  }
  const isEmptyEnd = lines.length > 1 && lines.at(-1)?.length === 0
  const shown = isEmptyEnd ? lines.slice(0, -1) : lines
  return shown
    .filter((line, i) => line.length > 0 || !isBesideCode(shown, i))
    .flatMap((line) => wrapLine(line, width))
}

const CODE_EDGE = '▏ '

function codeLines(text: string, theme: Theme): Span[][] {
  return text.split('\n').map((line) => [
    { text: CODE_EDGE, isDim: true },
    { text: safeText(line.replaceAll('\t', '  ')), color: theme.code },
  ])
}

/** Code has lines of its own: those that were only ended before it, or begun after it, hold nothing. */
function isBesideCode(lines: readonly Span[][], i: number): boolean {
  return [lines[i - 1], lines[i + 1]].some((line) => line?.[0]?.text === CODE_EDGE)
}

function spanOf(token: Exclude<Token, { kind: 'break' | 'codeBlock' }>, theme: Theme): Span {
  const text = safeText(token.text.replaceAll('\t', '  '))
  if (token.kind === 'code') return { text, color: theme.code }
  const style = styled(token.style, theme)
  if (token.kind === 'link') return { ...style, text, color: theme.link, isUnderlined: true }
  if (token.kind === 'mention') {
    return { ...style, text, color: personColor(token.key, theme), isBold: true }
  }
  return token.kind === 'room' ? { ...style, text, color: theme.accent } : { ...style, text }
}

function styled(style: Style, theme: Theme): Omit<Span, 'text'> {
  const color = inkOf(style.monospace === true ? theme.code : style.color, theme)
  const back = inkOf(style.background, theme)
  return {
    ...(style.bold === true ? { isBold: true } : {}),
    ...(style.italic === true ? { isItalic: true } : {}),
    ...(style.underline === true ? { isUnderlined: true } : {}),
    ...(style.strikethrough === true ? { isStruck: true } : {}),
    ...(style.reverse === true ? { isInverse: true } : {}),
    ...(color === undefined ? {} : { color }),
    ...(back === undefined ? {} : { back }),
  }
}

/** The first sixteen, and any that was mixed. The rest are near to one of them, and rare. */
function inkOf(ink: number | string | undefined, theme: Theme): Color | undefined {
  if (typeof ink === 'number') return theme.inks[ink]
  return ink === undefined ? undefined : (ink as Color)
}
