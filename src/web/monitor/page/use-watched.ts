import { useEffect, useMemo, useState } from 'react'

import { MAX_ROWS_ASKED, rowWindow, type RowWindow } from '../state/row-window.ts'
import type { BanRow, ConnectionRow, RoomRow, View, ViewQuery, Window } from '../../../feed/view.ts'
import { useConsole, useMonitor } from './console-context.tsx'

export interface RowsOf {
  readonly connections: ConnectionRow
  readonly rooms: RoomRow
  readonly bans: BanRow
}

export type RowOf<Of extends View['of']> = RowsOf[Of]

export interface Watched<Row> {
  readonly filter: string
  readonly setFilter: (filter: string) => void
  readonly sort: { readonly by: string; readonly descending: boolean }
  readonly setSort: (by: string, descending: boolean) => void
  /** Tells which rows can be seen. */
  readonly see: (first: number, last: number) => void
  /** Undefined until the server has answered. */
  readonly window: Window | undefined
  /** Undefined for a row that hasn't come yet. */
  readonly rowAt: (index: number) => Row | undefined
}

const FIRST_ROWS: RowWindow = rowWindow(0, 40, MAX_ROWS_ASKED)

/** Has the server send the part of a table that is seen, and keep it fresh, for as long as it is shown. */
export function useWatched<Of extends View['of']>(
  of: Of,
  firstSort: Watched<never>['sort'],
): Watched<RowOf<Of>> {
  const { watch, store } = useConsole()
  const [filter, setFilter] = useState('')
  const [sort, setSort] = useState(firstSort)
  const [rows, setRows] = useState(FIRST_ROWS)
  const view = useMonitor((state) => (state.view?.of === of ? state.view : undefined))
  const { from, count } = rows
  useEffect(() => {
    const query: ViewQuery = {
      of,
      sort: sort.by,
      from,
      count,
      ...(sort.descending ? { descending: true } : {}),
      ...(filter.trim() === '' ? {} : { filter: filter.trim() }),
    }
    watch(query)
  }, [of, sort, from, count, filter, watch])
  useEffect(
    () => () => {
      watch(undefined)
      store.dispatch({ type: 'turned' })
    },
    [watch, store],
  )
  return useMemo(
    () => ({
      filter,
      setFilter: (text) => {
        setFilter(text)
        setRows(FIRST_ROWS)
      },
      sort,
      setSort: (by, descending) => setSort({ by, descending }),
      see: (first, last) => {
        const next = rowWindow(first, last, MAX_ROWS_ASKED)
        setRows((now) => (now.from === next.from && now.count === next.count ? now : next))
      },
      window: view,
      rowAt: (index) => view?.rows[index - view.from] as RowOf<Of> | undefined,
    }),
    [filter, sort, view],
  )
}
