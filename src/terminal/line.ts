/** A piece of a line in one style. Its text is safe, and is shown as it is. */
export interface Span {
  readonly text: string
  /** Never the only sign of what it means. */
  readonly color?: Color
  readonly back?: Color
  readonly isBold?: boolean
  readonly isDim?: boolean
  readonly isInverse?: boolean
  readonly isUnderlined?: boolean
  readonly isItalic?: boolean
  readonly isStruck?: boolean
}

/** Of the terminal's own palette, or one that a theme mixes. */
export type Color =
  | 'black'
  | 'red'
  | 'green'
  | 'yellow'
  | 'blue'
  | 'magenta'
  | 'cyan'
  | 'white'
  | 'gray'
  | 'redBright'
  | 'greenBright'
  | 'yellowBright'
  | 'blueBright'
  | 'magentaBright'
  | 'cyanBright'
  | `#${string}`

/** A line of the screen. */
export type Line = readonly Span[]

/** In order of their need: bold for what matters, dim for what explains. */
export function plain(text: string): Span {
  return { text }
}

export function bold(text: string): Span {
  return { text, isBold: true }
}

export function dim(text: string): Span {
  return { text, isDim: true }
}

/** One that is chosen: all of it alike, so that it is one thing. */
export function inverse(line: Line): Line {
  return line.map(({ text, isBold = false }) => ({ text, isBold, isInverse: true }))
}

export function isSameLine(a: Line, b: Line): boolean {
  return a === b || (a.length === b.length && a.every((span, i) => isSameSpan(span, b[i])))
}

function isSameSpan(a: Span, b: Span | undefined): boolean {
  if (a === b) return true
  return b !== undefined && STYLE.every((key) => a[key] === b[key])
}

const STYLE = [
  'text',
  'color',
  'back',
  'isBold',
  'isDim',
  'isInverse',
  'isUnderlined',
  'isItalic',
  'isStruck',
] as const satisfies readonly (keyof Span)[]
