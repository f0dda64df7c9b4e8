import { useId, type ReactElement, type ReactNode } from 'react'
import type { TextKey } from '../state/texts.ts'
import { useSettings } from './settings.tsx'

export interface ListColumn<Row> {
  readonly label: TextKey
  readonly cell: (row: Row) => ReactNode
}

interface ListCardProps<Row> {
  readonly title: TextKey
  readonly more?: TextKey
  readonly action?: ReactNode
  readonly rows: readonly Row[] | undefined
  readonly refusal?: string | undefined
  readonly empty?: TextKey
  readonly columns: readonly ListColumn<Row>[]
  readonly keyOf: (row: Row) => string | number
  /** Buttons at the end of a row. */
  readonly actions?: (row: Row) => ReactNode
  readonly children?: ReactNode
}

/** A short list in a card. */
export function ListCard<Row>(props: ListCardProps<Row>): ReactElement {
  const { t } = useSettings()
  const id = useId()
  const { title, more, action, rows, refusal, empty, children } = props
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{t(title)}</h2>
        {action}
      </div>
      {more !== undefined && <p className="panel-more">{t(more)}</p>}
      {children}
      {rows === undefined && <p className="panel-more">{refusal ?? t('loading')}</p>}
      {rows?.length === 0 && empty !== undefined && <p className="panel-more">{t(empty)}</p>}
      {rows !== undefined && rows.length > 0 && <List {...props} rows={rows} />}
    </section>
  )
}

function List<Row>({
  columns,
  rows,
  keyOf,
  actions,
}: ListCardProps<Row> & { readonly rows: readonly Row[] }): ReactElement {
  const { t } = useSettings()
  return (
    <div className="list-scroll">
      <table className="list-table">
        <thead>
          <tr>
            {columns.map(({ label }) => (
              <th key={label}>{t(label)}</th>
            ))}
            {actions !== undefined && (
              <th>
                <span className="visually-hidden">{t('actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ label, cell }) => (
                <td key={label} data-label={t(label)}>
                  {cell(row)}
                </td>
              ))}
              {actions !== undefined && (
                <td data-label="">
                  <div className="actions">{actions(row)}</div>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
