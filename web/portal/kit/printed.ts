import { printedValue } from '../../../src/disclosure/printed-value.ts'
import type { Roles } from '../../../src/law/item-model.ts'
import { itemOn, type Law } from '../../../src/law/law.ts'
import { type Html, html } from '../html.ts'
import type { PublicRow } from '../records.ts'

export type PrintedField = { readonly code: string; readonly name: string; readonly value: string }

/** The public fields as they are to be read beside their names: amounts in the unit of the name, 长期 for a day without end. */
export function printedFields(law: Law, row: Pick<PublicRow, 'item' | 'decidedOn' | 'body'>): readonly PrintedField[] {
  const item = itemOn(law, row.item, row.decidedOn) ?? law.items.get(row.item)?.at(-1)
  return row.body.fields.map(({ code, name, value }) => ({ code, name, value: printedValue(item?.fieldByCode.get(code), value) }))
}

/** The parts of a record that its card already says: whose it is, which document, who decided, when, until when it is shown. */
const SAID: readonly (keyof Roles)[] = [
  ...([
    'subjectName',
    'uscc',
    'category',
    'organisationCode',
    'documentNumber',
    'title',
    'penaltyKinds',
    'decidedOn',
    'shownUntil',
  ] as const),
  ...(['authorityName', 'authorityCode', 'providerName', 'providerCode'] as const),
]

/** Opens the fields of a record beside what its card says by itself. Worked out once for each item. */
export function openFieldsBeside(law: Law): (row: PublicRow) => readonly PrintedField[] {
  const saidOf = new Map<string, ReadonlySet<string>>()
  return row => {
    let said = saidOf.get(row.item)
    if (!said) {
      const roles = law.items.get(row.item)?.at(-1)?.roles
      said = new Set(SAID.flatMap(role => roles?.[role] ?? []))
      saidOf.set(row.item, said)
    }
    const known = said
    return printedFields(law, row).filter(field => !known.has(field.code))
  }
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
