/** Finding what was said, on the server: `soju.im/search`. */
import { serverTime } from '../protocol/server-time.ts'
import { formatTags } from '../protocol/tags.ts'
import { ask, outcomeOf, report, type Core } from './core.ts'
import { messageOf, placeOf, speechOf } from './item.ts'
import type { SearchQuery, SearchResult } from './model.ts'
import { MOST } from './most.ts'

const LIMIT = 50

export function search(core: Core, query: SearchQuery, ref: string | undefined): void {
  if (!core.view.parts.server.can.search) {
    return report(core, ref, { kind: 'refused', code: 'notSupported', context: [] })
  }
  const before = core.view.parts.search
  const isFurther = before.query !== undefined && isSame(before.query, query)
  const known = isFurther ? before.results : []
  core.view.set('search', { state: 'searching', query, results: known, isMore: false })
  const params = [formatTags(attributesOf(query))]
  ask(core, { lines: [{ command: 'SEARCH', params }], expects: 'soju.im/search ' }, (answer) => {
    // Another one has been begun meanwhile.
    if (core.view.parts.search.query !== query) return report(core, ref, { kind: 'unknown' })
    const failed = { state: 'failed', query, results: known, isMore: false } as const
    if (answer.kind === 'unknown') {
      core.view.set('search', failed)
      return report(core, ref, outcomeOf(answer))
    }
    if (answer.refusal !== undefined) {
      core.view.set('search', { ...failed, refusal: answer.refusal })
      return report(core, ref, { kind: 'refused', ...answer.refusal })
    }
    const found = answer.batches.flatMap(({ entries }) =>
      entries.flatMap((entry): readonly SearchResult[] => {
        const speech = speechOf(entry)
        if (speech === undefined) return []
        const place = placeOf(core, speech.line, speech.target)
        const message = messageOf(core, speech, place.rank)
        return message === undefined ? [] : [{ target: place.name, message }]
      }),
    )
    // `before` is the last moment that is found, so the last ones come again.
    const had = new Set(known.map(({ message }) => message.msgid))
    const fresh = found.filter(
      ({ message }) => message.msgid === undefined || !had.has(message.msgid),
    )
    const results = [...known, ...newestFirst(fresh)].slice(0, MOST.results)
    const isMore = fresh.length > 0 && found.length >= LIMIT && results.length < MOST.results
    core.view.set('search', { state: 'found', query, results, isMore })
    report(core, ref, { kind: 'done' })
  })
}

/** The same, further back. */
function isSame(a: SearchQuery, b: SearchQuery): boolean {
  const isBack = b.beforeMs !== undefined && b.beforeMs !== a.beforeMs
  const rest = ['text', 'in', 'from', 'afterMs', 'hasLink'] as const
  return isBack && rest.every((key) => a[key] === b[key])
}

function newestFirst(found: readonly SearchResult[]): SearchResult[] {
  return [...found].sort((a, b) => b.message.timeMs - a.message.timeMs)
}

function* attributesOf(query: SearchQuery): Iterable<readonly [string, string]> {
  if (query.in !== undefined) yield ['in', query.in]
  if (query.from !== undefined) yield ['from', query.from]
  if (query.afterMs !== undefined) yield ['after', serverTime(query.afterMs)]
  if (query.beforeMs !== undefined) yield ['before', serverTime(query.beforeMs)]
  if (query.hasLink === true) yield ['has', 'link']
  if (query.text !== '') yield ['text', query.text]
  yield ['limit', String(LIMIT)]
}
