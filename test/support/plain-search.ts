import type { HistoryAsks } from '../../src/commands/asks.ts'
import { foldCase } from '../../src/protocol/casemap.ts'
import type { SearchQuery } from '../../src/state/history-query.ts'
import type { StoredEvent } from '../../src/state/record.ts'

const LIMIT = 1000

/** Walks through the newest of each buffer: what an index finds, it must find in the same places. */
export async function plainSearch(
  page: HistoryAsks['page'],
  query: SearchQuery,
): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = []
  for (const { buffer, sight } of query.buffers) {
    const answer = await page({ buffer, sight, span: { kind: 'latest' }, limit: LIMIT })
    if (answer.kind === 'page') found.push(...answer.events.filter((event) => fits(event, query)))
  }
  found.sort((a, b) => b.timeMs - a.timeMs || b.seq - a.seq)
  return found.slice(0, query.limit)
}

function fits({ source, body, timeMs }: StoredEvent, query: SearchQuery): boolean {
  const nick = foldCase(source.split('!', 1)[0] ?? '')
  if (query.from !== undefined && query.from !== nick) return false
  if (timeMs <= (query.afterMs ?? 0) || timeMs >= (query.beforeMs ?? Infinity)) return false
  if (query.hasLink === true && !/https?:/.test(body)) return false
  return query.words.every((word) => body.toLowerCase().includes(word.toLowerCase()))
}
