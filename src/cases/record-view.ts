import type { App } from '../app.ts'
import { unitName } from './case-line.ts'
import type { RecordFacts } from './model.ts'
import type { CaseView } from './shapes.ts'

/** A record by what people know of it: what kind, which document, which unit, which day. */
export function recordView(app: Pick<App, 'law'>, record: RecordFacts): NonNullable<CaseView['record']> {
  const item = app.law.items.get(record.item)?.find(one => one.inForceFrom === record.edition)
  return {
    recordId: record.recordId,
    itemName: item?.name ?? record.item,
    authorityName: unitName(app, record.authority),
    decidedOn: record.decidedOn,
    documentNo: (item?.roles.documentNumber ?? [])
      .map(column => record.content[column] ?? '')
      .join(' ')
      .trim(),
  }
}
