import type { HistoryPoint, PageSpan } from '../state/history-query.ts'
import { parseReference } from './history-reference.ts'

export type Query = PageQuestion | TargetsQuestion | QueryFault

export interface PageQuestion {
  readonly kind: 'page'
  readonly subcommand: string
  readonly target: string
  readonly span: PageSpan
  readonly limit: number
}

export interface TargetsQuestion {
  readonly kind: 'targets'
  readonly fromMs: number
  readonly toMs: number
  readonly limit: number
}

export interface QueryFault {
  readonly kind: 'fault'
  readonly code: 'INVALID_PARAMS' | 'INVALID_MSGREFTYPE'
  readonly words: readonly string[]
  readonly text: string
}

/** The parameters of CHATHISTORY. https://ircv3.net/specs/extensions/chathistory#subcommands */
export function parseQuery(params: readonly string[]): Query {
  const fault = countFault(params)
  if (fault !== undefined) return fault
  const [given = '', ...rest] = params
  const subcommand = given.toUpperCase()
  const lastWord = rest.pop() ?? ''
  const limit = parseLimit(lastWord)
  if (limit === undefined) return invalid([subcommand, lastWord], 'Invalid limit')
  if (subcommand === 'TARGETS') return targetsOf(rest, limit)
  const [target = '', ...references] = rest
  const span = spanOf(subcommand, target, references)
  return 'code' in span ? span : { kind: 'page', subcommand, target, span, limit }
}

function countFault([given, ...rest]: readonly string[]): QueryFault | undefined {
  if (given === undefined) return invalid(['*'], 'Insufficient parameters')
  const expected = COUNTS[given.toUpperCase()]
  if (expected === undefined) return invalid([given], 'Unknown command')
  if (rest.length < expected) return invalid([given.toUpperCase()], 'Insufficient parameters')
  return rest.length > expected ? invalid([given.toUpperCase()], 'Too many parameters') : undefined
}

/** Parameters after the subcommand. */
const COUNTS: Readonly<Record<string, number | undefined>> = {
  LATEST: 3,
  BEFORE: 3,
  AFTER: 3,
  AROUND: 3,
  BETWEEN: 4,
  TARGETS: 3,
}

function spanOf(
  subcommand: string,
  target: string,
  [first = '', second = '']: readonly string[],
): PageSpan | QueryFault {
  if (subcommand === 'LATEST' && first === '*') return { kind: 'latest' }
  const point = pointOf(subcommand, target, first)
  if ('code' in point) return point
  switch (subcommand) {
    case 'LATEST':
      return { kind: 'latest', after: point }
    case 'BEFORE':
      return { kind: 'before', point }
    case 'AFTER':
      return { kind: 'after', point }
    case 'AROUND':
      return { kind: 'around', point }
    default: {
      const to = pointOf(subcommand, target, second)
      return 'code' in to ? to : { kind: 'between', from: point, to }
    }
  }
}

function pointOf(subcommand: string, target: string, text: string): HistoryPoint | QueryFault {
  const point = parseReference(text)
  if (point === 'invalid') return invalid([subcommand, text], 'Invalid timestamp or msgid')
  if (point !== 'unknownType') return point
  const words = [subcommand, target, text]
  return {
    kind: 'fault',
    code: 'INVALID_MSGREFTYPE',
    words,
    text: 'msgid= and timestamp= are known',
  }
}

/** "they MUST be timestamps and not msgids" */
function targetsOf([first = '', second = '']: readonly string[], limit: number): Query {
  const from = parseReference(first)
  if (typeof from === 'string' || from.kind !== 'time') {
    return invalid(['TARGETS', first], 'Invalid timestamp')
  }
  const to = parseReference(second)
  if (typeof to === 'string' || to.kind !== 'time') {
    return invalid(['TARGETS', second], 'Invalid timestamp')
  }
  return { kind: 'targets', fromMs: from.timeMs, toMs: to.timeMs, limit }
}

function parseLimit(text: string): number | undefined {
  if (!/^\d{1,9}$/.test(text)) return undefined
  const limit = Number(text)
  return limit > 0 ? limit : undefined
}

function invalid(words: readonly string[], text: string): QueryFault {
  return { kind: 'fault', code: 'INVALID_PARAMS', words, text }
}
