import { rowAt, tableRows } from '../app-state.ts'
import type { AppState, TableName } from '../app-state.ts'
import { serverNowMs } from '../dashboard-state.ts'
import { fitText } from '../fit-text.ts'
import { dim, plain } from '../line.ts'
import type { Line } from '../line.ts'
import { MARK_WIDTH, visibleColumns } from '../table-columns.ts'

/** A head, and as many rows as there is room for. */
export function tableLines(state: AppState, name: TableName): Line[] {
  const { data, say } = state
  const window = data[name]
  const head = headLine(state, name)
  if (window === undefined) return [head, [dim(`  ${say('waiting')}`)]]
  if (window.matching === 0) {
    const isEmpty = state.tables[name].filter === ''
    return [head, [dim(`  ${say(isEmpty ? 'nothingYet' : 'nothingFits')}`)]]
  }
  const { top } = state.tables[name]
  const count = Math.max(0, Math.min(tableRows(state), window.matching - top))
  return [head, ...Array.from({ length: count }, (_, i) => rowLine(state, name, top + i))]
}

function headLine({ say, size, tables }: AppState, name: TableName): Line {
  const { sort, descending } = tables[name]
  const titles = visibleColumns(name, size.columns).map(({ column, width, gap }) => {
    const mark = column.sort === sort ? (descending ? '▼' : '▲') : ''
    return ' '.repeat(gap) + fitText(say(column.title) + mark, width, column.align)
  })
  return [{ text: ' '.repeat(MARK_WIDTH) + titles.join(''), isBold: true }]
}

/** The chosen row has a mark too: not every terminal shows inverse. */
function rowLine(state: AppState, name: TableName, index: number): Line {
  const { size, say, data, tables } = state
  const row = rowAt(state, name, index)
  if (row === undefined) return [dim('  …')]
  const context = { nowMs: serverNowMs(data), say }
  const isChosen = tables[name].index === index
  const cells = visibleColumns(name, size.columns).map(
    ({ column, width, gap }) =>
      // The row is one of this table, as its columns are.
      ' '.repeat(gap) + fitText(column.text(row as never, context), width, column.align),
  )
  const text = `${isChosen ? '› ' : '  '}${cells.join('')}`
  return isChosen ? [{ text: fitText(text, size.columns), isInverse: true }] : [plain(text)]
}
