import type { SearchQuery } from '../../../client/model.ts'

/** Reads `palette from:mina in:#art after:2026-01-31 has:link`. Days are those of the reader: `dayAt` gives their beginning. */
export function queryOf(
  words: string,
  dayAt: (year: number, month: number, day: number) => number,
): SearchQuery {
  let query: SearchQuery = { text: '' }
  const text: string[] = []
  for (const word of words.trim().split(/\s+/)) {
    const more = filterIn(word, dayAt)
    if (more === undefined) text.push(word)
    else query = { ...query, ...more }
  }
  return { ...query, text: text.join(' ') }
}

function filterIn(
  word: string,
  dayAt: (year: number, month: number, day: number) => number,
): Partial<SearchQuery> | undefined {
  if (/^has:link$/i.test(word)) return { hasLink: true }
  const [, name = '', value = ''] = /^(from|in|after|before):(\S+)$/i.exec(word) ?? []
  if (name === '') return undefined
  if (name === 'from') return { from: value.replace(/^@/, '') }
  if (name === 'in') return { in: value }
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(value) ?? []
  if (year === undefined) return undefined
  const atMs = dayAt(Number(year), Number(month), Number(day))
  if (!Number.isFinite(atMs)) return undefined
  return name.toLowerCase() === 'after' ? { afterMs: atMs } : { beforeMs: atMs }
}

/** What the search begins with when it was asked for in a conversation: what was typed there, or that place. */
export function queryWords(typed: string, place: string): string {
  return typed.trim() === '' ? `in:${place} ` : typed.trim()
}
