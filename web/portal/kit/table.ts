import { type Hole, type Html, html } from '../html.ts'

export type Column<Row> = {
  readonly head: string
  readonly cell: (row: Row) => Hole
  /** Numbers stand right. */
  readonly isNumber?: boolean
}

/** A real table with caption; its roles are kept where it is stacked on narrow screens. The first cell names the row. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  const number = (column: Column<Row>): Html | '' => (column.isNumber ? html` class="number"` : '')
  return html`<table role="table"><caption>${caption}</caption><thead role="rowgroup"><tr role="row">${columns.map(
    column => html`<th role="columnheader" scope="col"${number(column)}>${column.head}</th>`,
  )}</tr></thead><tbody role="rowgroup">${rows.map(
    row =>
      html`<tr role="row">${columns.map((column, index) =>
        index === 0
          ? html`<th role="rowheader" scope="row">${column.cell(row)}</th>`
          : html`<td role="cell" data-head="${column.head}"${number(column)}>${column.cell(row)}</td>`,
      )}</tr>`,
  )}</tbody></table>`
}
