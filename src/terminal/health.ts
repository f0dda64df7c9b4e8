import type { Level } from '../feed/health.ts'
import type { Span } from './line.ts'
import type { Say } from './words.ts'

/** A sign with a colour, and the word: each can be told without the other. */
export function healthSpans(level: Level, say: Say): readonly Span[] {
  return [healthSign(level), { text: ` ${say(level)}`, isBold: level !== 'good' }]
}

/** The form differs, too: colours are not for everybody. */
export function healthSign(level: Level): Span {
  return SIGNS[level]
}

const SIGNS: Readonly<Record<Level, Span>> = {
  good: { text: '●', color: 'green' },
  warn: { text: '▲', color: 'yellow' },
  bad: { text: '■', color: 'red' },
}
