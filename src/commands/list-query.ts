import { foldCase } from '../protocol/casemap.ts'
import { matchGlob } from '../protocol/glob.ts'
import type { Channel } from '../state/channel.ts'

/** What LIST was asked for: channels of these names or masks that pass all tests. */
export interface ListQuery {
  /** Folded. */
  readonly names: readonly string[]

  readonly masks: readonly string[]
  readonly tests: readonly ListTest[]
}

export type ListTest = (channel: Channel, nowMs: number) => boolean

/** Each of them is tried on every channel of the server. */
const MOST_TESTS = 8

/**
 * ELIST=CMNTU: names and masks, `!mask`, `>n` and `<n` members, `C>n` and `C<n` minutes since it was
 * made, `T>n` and `T<n` since its topic was set; all tests hold together. A text tells what is wrong.
 * https://modern.ircdocs.horse/#elist-parameter
 */
export function parseListQuery(text: string): ListQuery | string {
  const names: string[] = []
  const masks: string[] = []
  const tests: ListTest[] = []
  for (const part of text.split(',')) {
    if (part === '') continue
    const comparison = COMPARISON.exec(part)
    if (comparison !== null) {
      const [, what = '', sign = '', digits = ''] = comparison
      if (!DIGITS.test(digits)) return `${part} needs a whole number`
      tests.push(comparing(MEASURES[what.toUpperCase()] ?? members, sign, Number(digits)))
    } else if (part.startsWith('!')) tests.push(otherThan(part.slice(1)))
    else if (isMask(part)) masks.push(part)
    else names.push(foldCase(part))
  }
  if (masks.length + tests.length > MOST_TESTS) return `At most ${MOST_TESTS} masks and conditions`
  return { names, masks, tests }
}

const COMPARISON = /^([CT]?)([<>])(.*)$/i
const DIGITS = /^\d{1,9}$/
const MINUTE_MS = 60_000

function isMask(part: string): boolean {
  return part.includes('*') || part.includes('?')
}

function otherThan(mask: string): ListTest {
  return ({ name }) => !matchGlob(mask, name)
}

/** Absent: it has no such measure, and is neither above nor below anything. */
type Measure = (channel: Channel, nowMs: number) => number | undefined

const members: Measure = (channel) => channel.members.size

/**
 * "channels that were created either less than `val` minutes ago, or more than `val` minutes ago,
 * respectively", and the same of the topic: `C>5` is older than five minutes.
 */
const MEASURES: Readonly<Record<string, Measure>> = {
  C: (channel, nowMs) => (nowMs - channel.createdAtMs) / MINUTE_MS,
  T: ({ topic }, nowMs) => (topic === undefined ? undefined : (nowMs - topic.setAtMs) / MINUTE_MS),
}

function comparing(measure: Measure, sign: string, bound: number): ListTest {
  return (channel, nowMs) => {
    const value = measure(channel, nowMs)
    if (value === undefined) return false
    return sign === '>' ? value > bound : value < bound
  }
}
