import { ViewError } from './source.ts'
import { MAX_ROWS, type ViewQuery, type Window } from '../feed/view.ts'

/** How a table is searched and sorted: on what it is made of, so that only the rows that are shown are made. */
export interface Table<Item> {
  /** All texts of an item that a filter looks at. */
  readonly texts: (item: Item) => readonly (string | undefined)[]
  /** What can be sorted by. `undefined` sorts last in either direction. */
  readonly columns: Readonly<Record<string, (item: Item) => string | number | undefined>>
  readonly sortedBy: string
}

/** Throws a `ViewError` when the query makes no sense. */
export function selectRows<Item>(
  items: readonly Item[],
  query: ViewQuery,
  table: Table<Item>,
): { readonly selected: readonly Item[] } & Window {
  const from = wholeNumber('from', query.from ?? 0, Number.MAX_SAFE_INTEGER)
  const count = wholeNumber('count', query.count ?? MAX_ROWS, MAX_ROWS)
  const matching = filtered(items, query.filter ?? '', table)
  const sorted = sortedBy(matching, query, table)
  return {
    total: items.length,
    matching: matching.length,
    from,
    selected: sorted.slice(from, from + count),
  }
}

const MAX_FILTER_LENGTH = 200

function filtered<Item>(
  items: readonly Item[],
  filter: string,
  { texts }: Table<Item>,
): readonly Item[] {
  if (filter.length > MAX_FILTER_LENGTH)
    throw new ViewError(`filter: at most ${MAX_FILTER_LENGTH} characters`)
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return items
  return items.filter((item) => {
    const text = texts(item).join('\n').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

function sortedBy<Item>(
  items: readonly Item[],
  { sort, descending }: ViewQuery,
  table: Table<Item>,
): readonly Item[] {
  const name = sort ?? table.sortedBy
  const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined
  if (column === undefined) {
    const known = Object.keys(table.columns).join(', ')
    throw new ViewError(`sort: there is no column ${name}; there are ${known}`)
  }
  const direction = descending === true ? -1 : 1
  return items
    .map((item) => ({ item, key: column(item) }))
    .sort((a, b) => {
      if (a.key === b.key) return 0
      if (a.key === undefined) return 1
      if (b.key === undefined) return -1
      return a.key < b.key ? -direction : direction
    })
    .map(({ item }) => item)
}

function wholeNumber(name: string, value: number, most: number): number {
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new ViewError(`${name}: expected a whole number from 0 to ${most}`)
  return value
}
