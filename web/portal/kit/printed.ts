import { printedValue } from '../../../src/disclosure/printed-value.ts'
import { itemOn, type Law } from '../../../src/law/law.ts'
import { type Html, html } from '../html.ts'
import type { PublicRow } from '../records.ts'

export type PrintedField = { readonly code: string; readonly name: string; readonly value: string }

/** The public fields as they are to be read beside their names: amounts in the unit of the name, 长期 for a day without end. */
export function printedFields(law: Law, row: Pick<PublicRow, 'item' | 'decidedOn' | 'body'>): readonly PrintedField[] {
  const item = itemOn(law, row.item, row.decidedOn) ?? law.items.get(row.item)?.at(-1)
  return row.body.fields.map(({ code, name, value }) => ({ code, name, value: printedValue(item?.fieldByCode.get(code), value) }))
}

/** Several kinds in one column, set apart as a person reads them. */
export function kindText(row: Pick<PublicRow, 'sortKind'>): string {
  return row.sortKind === null ? '' : row.sortKind.replaceAll(';', '；')
}

const DAY = /(\d{4}-\d{2}-\d{2})/

/** A text whose days never break across lines. */
export function dated(text: string): Html {
  const parts = text.split(DAY)
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<span class="day">${part}</span>` : part))}`
}
