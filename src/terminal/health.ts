import type { Figures } from '../feed/figures.ts'
import type { Span } from './line.ts'
import type { Say } from './words.ts'

export type Health = 'ok' | 'busy' | 'trouble'

/** Where busy begins, and where trouble does. Milliseconds, bytes, shares. */
const BOUNDS = {
  loopMs: [50, 200],
  commitMs: [50, 500],
  fanOutMs: [50, 250],
  queuedBytes: [16 * 2 ** 20, 128 * 2 ** 20],
  ringShare: [0.5, 0.9],
} as const

export function healthOf(measure: keyof typeof BOUNDS, value: number): Health {
  const [busy, trouble] = BOUNDS[measure]
  if (value >= trouble) return 'trouble'
  return value >= busy ? 'busy' : 'ok'
}

const RANKS: readonly Health[] = ['ok', 'busy', 'trouble']

export function worst(all: readonly Health[]): Health {
  return RANKS[Math.max(0, ...all.map((health) => RANKS.indexOf(health)))] ?? 'ok'
}

/** A sign with a colour, and the word: each can be told without the other. */
export function healthSpans(health: Health, say: Say): readonly Span[] {
  return [SIGNS[health], { text: ` ${say(health)}`, isBold: health !== 'ok' }]
}

const SIGNS: Readonly<Record<Health, Span>> = {
  ok: { text: '●', color: 'green' },
  busy: { text: '▲', color: 'yellow' },
  trouble: { text: '■', color: 'red' },
}

/** The slowest thread's. */
export function loopDelayMs({ threads }: Figures): number | undefined {
  const delays = threads.flatMap(({ loopDelayMs: delay }) => (delay === undefined ? [] : delay.p99))
  return delays.length === 0 ? undefined : Math.max(...delays)
}
