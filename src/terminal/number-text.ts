import { textWidth } from './fit-text.ts'
import type { Say } from './words.ts'

/** `1,234`, the same in every language that we speak. */
export function countText(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** At most five columns: `1,234`, `12.3k`, `1.2M`. */
export function shortCount(value: number): string {
  if (value < 10 && !Number.isInteger(value)) return value.toFixed(1)
  if (value < 10_000) return countText(value)
  return scaled(value, ['k', 'M', 'G', 'T'], 1000)
}

/** At most eight columns: `512 B`, `1.5 KiB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${Math.round(bytes)} B`
  return scaled(bytes, [' KiB', ' MiB', ' GiB', ' TiB'], 1024)
}

/** `0.4 ms`, `12 ms`, `1.5 s`. */
export function delayText(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`
}

export function shareText(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** The two largest units: `3d 4h`, `12m 5s`, `3일 4시간`; one where the other is none: `2h`. */
export function spanText(ms: number, say: Say): string {
  const parts = spanParts(ms, say)
  const first = parts.findIndex(({ count }) => count > 0)
  if (first === -1) return textOf(parts.slice(-1))
  return textOf(parts.slice(first, first + 2).filter(({ count }) => count > 0))
}

/** Both units where they fit, else the larger one alone. */
export function spanWithin(ms: number, width: number, say: Say): string {
  const text = spanText(ms, say)
  return textWidth(text) <= width ? text : (text.split(' ')[0] ?? '')
}

/** All of it, and nothing that is none: `1d 12h`, `1시간`. */
export function wholeSpanText(ms: number, say: Say): string {
  return textOf(spanParts(ms, say).filter(({ count }) => count > 0))
}

interface SpanPart {
  readonly count: number
  readonly text: string
}

function textOf(parts: readonly SpanPart[]): string {
  return parts.map(({ text }) => text).join(' ')
}

const UNITS = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
  ['seconds', 1],
] as const

function spanParts(ms: number, say: Say): SpanPart[] {
  let rest = Math.max(0, Math.floor(ms / 1000))
  return UNITS.map(([unit, seconds]) => {
    const count = Math.floor(rest / seconds)
    rest %= seconds
    return { count, text: say(unit, { count }) }
  })
}

/** `14:03:59` where the terminal is. */
export function timeText(ms: number): string {
  const time = new Date(ms)
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(':')
}

/** `2026-11-24 14:03:59`. */
export function dateText(ms: number): string {
  const date = new Date(ms)
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-')
  return `${day} ${timeText(ms)}`
}

function twoDigits(value: number): string {
  return value.toString().padStart(2, '0')
}

function scaled(value: number, units: readonly string[], step: number): string {
  let rest = value / step
  let unit = 0
  while (rest >= step && unit < units.length - 1) {
    rest /= step
    unit++
  }
  return `${rest < 100 ? rest.toFixed(1) : Math.round(rest)}${units[unit] ?? ''}`
}
