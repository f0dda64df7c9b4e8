import { selectRows, type Table } from './table.ts'
import type { BanRow, View, ViewQuery } from '../feed/view.ts'

/** The window of the table that a query asks for. */
export function banView(bans: readonly BanRow[], query: ViewQuery): View {
  const { selected, ...window } = selectRows(bans, query, TABLE)
  return { of: 'bans', ...window, rows: selected }
}

const TABLE: Table<BanRow> = {
  texts: ({ kind, mask, reason, setBy }) => [kind, mask, reason, setBy],
  sortedBy: 'setAtMs',
  columns: {
    kind: ({ kind }) => kind,
    mask: ({ mask }) => mask,
    reason: ({ reason }) => reason,
    setBy: ({ setBy }) => setBy.toLowerCase(),
    setAtMs: ({ setAtMs }) => setAtMs,
    expiresAtMs: ({ expiresAtMs }) => expiresAtMs,
  },
}
