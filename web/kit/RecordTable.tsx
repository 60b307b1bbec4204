import type { ReactNode } from 'react'

export type Column<Row> = {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => ReactNode
  readonly align?: 'right'
  /** The cell that names the row. */
  readonly heads?: boolean
  /** Dates, codes and amounts stay on one line. */
  readonly whole?: boolean
  readonly width?: string
}

type Props<Row> = {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string | number
  readonly rowClass?: (row: Row) => string | undefined
  readonly empty: ReactNode
  readonly dense?: boolean
  readonly hideCaption?: boolean
}

// Stacked below 640 px the display of these elements changes and browsers forget that they are a table: the roles are said explicitly.
const role = (name: string): { role: string } => ({ role: name })

/** A native table: caption, sticky header, stacked into labelled lines on a narrow screen. Without rows it shows `empty` instead. */
export function RecordTable<Row>(props: Props<Row>) {
  const { caption, columns, rows, empty } = props
  if (rows.length === 0) return <div className="mx-empty">{empty}</div>
  return (
    <table className={props.dense ? 'mx-table mx-dense' : 'mx-table'} {...role('table')}>
      <caption className={props.hideCaption ? 'mx-hidden' : undefined}>{caption}</caption>
      <thead {...role('rowgroup')}>
        <tr {...role('row')}>
          {columns.map(column => (
            <th
              key={column.key}
              scope="col"
              {...role('columnheader')}
              className={column.align === 'right' ? 'mx-right' : undefined}
              style={column.width ? { width: column.width } : undefined}
            >
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...role('rowgroup')}>
        {rows.map(row => (
          <tr key={props.rowKey(row)} className={props.rowClass?.(row)} {...role('row')}>
            {columns.map(column => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const className = [column.align === 'right' ? 'mx-right' : '', column.whole ? 'mx-whole' : ''].join(' ').trim()
  const shared = { className: className || undefined, 'data-label': column.title }
  const content = column.cell(row)
  if (column.heads)
    return (
      <th scope="row" {...shared} {...role('rowheader')}>
        {content}
      </th>
    )
  return (
    <td {...shared} {...role('cell')}>
      {content}
    </td>
  )
}
