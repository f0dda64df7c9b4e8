import type { SearchQuery } from '../../client/model.ts'

/** `words from:nick in:#room after:2026-05-01 before:2026-06-01`; times are where the terminal is. */
export function searchQuery(typed: string): SearchQuery {
  const words: string[] = []
  let query: SearchQuery = { text: '' }
  for (const word of typed.split(/\s+/)) {
    const [, key = '', value = ''] = /^(from|in|after|before):(.+)$/.exec(word) ?? []
    const part = partOf(key, value)
    if (part === undefined) words.push(word)
    else query = { ...query, ...part }
  }
  return { ...query, text: words.join(' ').trim() }
}

function partOf(key: string, value: string): Partial<SearchQuery> | undefined {
  if (key === 'from') return { from: value }
  if (key === 'in') return { in: value }
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(value) ?? []
  if (year === undefined) return undefined
  const ms = new Date(Number(year), Number(month) - 1, Number(day)).getTime()
  return key === 'after' ? { afterMs: ms } : { beforeMs: ms }
}
