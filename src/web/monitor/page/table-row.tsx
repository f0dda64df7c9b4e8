import type { KeyboardEvent, ReactElement, ReactNode } from 'react'
import type { TextKey } from '../state/texts.ts'

export interface Column<Row> {
  readonly label: TextKey
  /** A field of the row, if the table can be sorted by it. */
  readonly sort?: string
  /** A track of a CSS grid. */
  readonly width: string
  readonly className?: string
  /** Left out where there is little room. */
  readonly isWideOnly?: true
  readonly cell: (row: Row) => ReactNode
}

interface TableRowProps<Row> {
  readonly row: Row
  readonly id: string | number
  readonly columns: readonly Column<Row>[]
  readonly index: number
  /** The one that can be tabbed to. */
  readonly isActive: boolean
  readonly onFocus: (index: number) => void
  readonly onKey: (event: KeyboardEvent) => void
  readonly onOpen: ((row: Row) => void) | undefined
}

/** A row of a table; Enter, the space bar or a click opens it. */
export function TableRow<Row>(props: TableRowProps<Row>): ReactElement {
  const { row, id, columns, index, isActive, onFocus, onKey, onOpen } = props
  const open = onOpen === undefined ? undefined : () => onOpen(row)
  return (
    <div
      className={open === undefined ? 'grid-row static' : 'grid-row'}
      role="row"
      // The head is the first.
      aria-rowindex={index + 2}
      data-index={index}
      data-key={id}
      tabIndex={isActive ? 0 : -1}
      onFocus={() => onFocus(index)}
      onClick={open}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return
        if (open !== undefined && (event.key === 'Enter' || event.key === ' ')) {
          event.preventDefault()
          open()
        } else onKey(event)
      }}
    >
      {columns.map((column) => (
        <div key={column.label} role="gridcell" className={cellClass(column)}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
}

function cellClass({ className = '', isWideOnly }: Column<never>): string {
  return isWideOnly === true ? `cell wide-only ${className}` : `cell ${className}`
}
