import { foldCase } from '../protocol/casemap.ts'
import type { SearchQuery, Sight } from '../state/history-query.ts'
import type { BufferId } from '../state/record.ts'
import { foldText } from './search-fold.ts'
import { LINK_TOKEN, nickToken, tokensOfWord } from './search-tokens.ts'

/** A query, made ready to be asked. */
export interface SearchPlan {
  /** Folded; each must be in the text. */
  readonly words: readonly string[]
  /** A message that is wanted has all of these. */
  readonly tokens: readonly string[]
  readonly sights: ReadonlyMap<BufferId, Sight>
  /** From here on, this one included: nobody sees more. */
  readonly sinceMs: number
  /** Excluded. */
  readonly afterMs: number
  readonly beforeMs: number
  readonly limit: number
}

/** What stands in the index of a message. */
export interface SearchRow {
  readonly buffer: BufferId
  readonly msgid: string
  readonly timeMs: number
  readonly least: number
  readonly text: string
}

/** A word of which nothing can be seen restricts nothing. */
export function planSearch(query: SearchQuery): SearchPlan {
  const words = [...new Set(query.words.map(foldText))].filter((word) => word !== '')
  const facts = [
    ...(query.from === undefined ? [] : [nickToken(foldCase(query.from))]),
    ...(query.hasLink === true ? [LINK_TOKEN] : []),
  ]
  const sights = new Map(query.buffers.map(({ buffer, sight }) => [buffer, sight]))
  return {
    words,
    tokens: [...facts, ...thinOut([...new Set(words.flatMap(tokensOfWord))])],
    sights,
    sinceMs: [...sights.values()].reduce(
      (least, sight) => Math.min(least, sight.sinceMs),
      Infinity,
    ),
    afterMs: query.afterMs ?? -Infinity,
    beforeMs: query.beforeMs ?? Infinity,
    limit: query.limit,
  }
}

/** Whether it may be seen, and all words are in it. */
export function isWanted({ sights, words }: SearchPlan, row: SearchRow): boolean {
  const sight = sights.get(row.buffer)
  if (sight === undefined || row.timeMs < sight.sinceMs || row.least > sight.ranks) return false
  return words.every((word) => row.text.includes(word))
}

/** So many tokens tell nearly all other texts apart, and each more costs time. */
const MOST_TOKENS = 24

function thinOut(tokens: readonly string[]): readonly string[] {
  const step = tokens.length / MOST_TOKENS
  if (step <= 1) return tokens
  return Array.from({ length: MOST_TOKENS }, (_, index) => tokens[Math.floor(index * step)] ?? '')
}
