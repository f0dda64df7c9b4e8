import type { ItemId } from '../../../client/timeline.ts'
import type { Row } from './rows.ts'

/** What was in view, by keys: what comes and goes before one is told of it gives rows other indexes. */
export interface Seen {
  readonly first: string | undefined
  readonly last: string | undefined
  readonly isAtEnd: boolean
}

/** What the client is told of it: what to keep, and what to ask for. */
interface Look {
  readonly isAtEnd: boolean
  /** The message in the middle of what is seen; none at the end. */
  readonly at: ItemId | undefined
  readonly gaps: readonly { readonly gap: ItemId; readonly side: 'newer' | 'older' }[]
}

/** Gaps so many rows beyond what is seen are filled: some screens, which come while one scrolls there. */
const AHEAD_ROWS = 60

/** Undefined: nothing of what was seen is there any more. Something else is in view, and will be scrolled to. */
export function lookAt(rows: readonly Row[], seen: Seen): Look | undefined {
  const { isAtEnd } = seen
  const found = [seen.first, seen.last].map((key) => rows.findIndex((row) => row.key === key))
  const known = found.filter((index) => index >= 0)
  const nowhere = isAtEnd ? Math.max(0, rows.length - 1) : -1
  const [first, last] = [known[0] ?? nowhere, known.at(-1) ?? nowhere]
  if (first < 0) return undefined
  const middle = (first + last) / 2
  const from = Math.max(0, first - AHEAD_ROWS)
  const gaps = rows.slice(from, last + AHEAD_ROWS).flatMap((row, i) => {
    if (row.kind !== 'gap' || row.item.state !== 'open') return []
    return [
      { gap: row.item.id, side: from + i <= middle ? ('newer' as const) : ('older' as const) },
    ]
  })
  return { isAtEnd, at: isAtEnd ? undefined : messageNear(rows, Math.round(middle)), gaps }
}

/** The key of the message there, or of the nearest one. */
function messageNear(rows: readonly Row[], index: number): string | undefined {
  const isMessage = ({ kind }: Row): boolean => kind === 'message'
  return (rows.slice(0, index + 1).findLast(isMessage) ?? rows.slice(index).find(isMessage))?.key
}
