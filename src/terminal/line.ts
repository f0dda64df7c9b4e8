/** A piece of a line in one style. Its text is safe, and is shown as it is. */
export interface Span {
  readonly text: string
  /** Of the terminal's own palette, and never the only sign of what it means. */
  readonly color?: 'red' | 'green' | 'yellow' | 'magenta' | 'cyan'
  readonly isBold?: boolean
  readonly isDim?: boolean
  readonly isInverse?: boolean
}

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
