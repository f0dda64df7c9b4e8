import { foldCase } from '../protocol/casemap.ts'
import { parseServerTime } from '../protocol/server-time.ts'
import { parseTags } from '../protocol/tags.ts'
import type { SearchQuery } from '../state/history-query.ts'

/** What somebody looks for, and where, by the name that they gave. */
export interface Wish {
  readonly in?: string
  readonly query: Omit<SearchQuery, 'buffers'>
}

export interface WishFault {
  readonly fault: readonly string[]
}

/** `from=alice;in=#art;text=two\swords`, written as tags are. docs/extensions/search.md */
export function parseAttributes(raw: string, most: number): Wish | WishFault {
  let wish: Wish | WishFault = { query: { words: [], limit: most } }
  for (const [key, value] of parseTags(raw)) {
    if ('fault' in wish) return wish
    wish = withAttribute(wish, key, value)
  }
  return 'fault' in wish || isSomething(wish) ? bounded(wish, most) : { fault: [raw] }
}

/** `two words in:#art from:alice after:2026-01-31 has:link`, as people write it. */
export function parseWords(words: readonly string[], most: number): Wish | WishFault {
  let wish: Wish | WishFault = { query: { words: [], limit: most } }
  for (const word of words) {
    if ('fault' in wish) return wish
    const [, key = '', value = ''] = /^(in|from|after|before|has):(.+)$/i.exec(word) ?? []
    if (key === '') wish = asking(wish, { words: [...wish.query.words, word] })
    else wish = withAttribute(wish, key.toLowerCase(), asTime(key.toLowerCase(), value))
  }
  return 'fault' in wish || isSomething(wish) ? bounded(wish, most) : { fault: [words.join(' ')] }
}

/** A day is from its beginning. */
function asTime(key: string, value: string): string {
  return /^(after|before)$/.test(key) && DAY.test(value) ? `${value}T00:00:00.000Z` : value
}

const DAY = /^\d{4}-\d\d-\d\d$/

function withAttribute(wish: Wish, key: string, value: string): Wish | WishFault {
  const fault = { fault: [`${key}=${value}`] }
  switch (key) {
    case 'in':
      return { ...wish, in: value }
    case 'from':
      return asking(wish, { from: foldCase(value) })
    case 'text':
      return asking(wish, { words: value.split(/\s+/).filter(Boolean) })
    case 'has':
      return value === 'link' ? asking(wish, { hasLink: true }) : fault
    case 'after':
    case 'before': {
      const timeMs = parseServerTime(value)
      if (timeMs === undefined) return fault
      // "at or after this time", "at or before this time"
      return asking(wish, key === 'after' ? { afterMs: timeMs - 1 } : { beforeMs: timeMs + 1 })
    }
    case 'limit':
      return /^[1-9]\d{0,8}$/.test(value) ? asking(wish, { limit: Number(value) }) : fault
    default:
      return fault
  }
}

function asking(wish: Wish, more: Partial<SearchQuery>): Wish {
  return { ...wish, query: { ...wish.query, ...more } }
}

/** Something besides how many. */
function isSomething({ in: place, query }: Wish): boolean {
  return place !== undefined || query.words.length > 0 || Object.keys(query).length > 2
}

function bounded(wish: Wish | WishFault, most: number): Wish | WishFault {
  if ('fault' in wish) return wish
  const { words, limit } = wish.query
  if (words.length > MOST_WORDS) return { fault: [words.join(' ')] }
  return asking(wish, { limit: Math.min(limit, most) })
}

const MOST_WORDS = 16
