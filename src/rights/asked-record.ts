import type { Actor } from '../access/actor.ts'
import { ownLook } from '../access/own-look.ts'
import type { App } from '../app.ts'
import type { Fact } from '../archive/model.ts'
import { FACT_COLUMNS, type FactRow, factOf, recordsOf } from '../archive/views.ts'
import { day } from '../base/day.ts'
import { itemEdition } from '../law/law.ts'
import type { RequestDetail } from './contract.ts'

const EVERY_DAY = day('2999-12-31')

export type AskedRecord = RequestDetail['records'][number]

/** Records by what people know of them: what kind, which document, which unit, which day. A record whose item no law names is left out. */
export function askedRecords(app: App, facts: readonly Fact[]): AskedRecord[] {
  return recordsOf(facts, EVERY_DAY).flatMap(({ recordId, head }) => {
    const item = itemEdition(app.law, `${head.item}@${head.edition}`)
    if (!item) return []
    return [
      {
        recordId,
        itemName: item.name,
        authorityName: app.law.units.get(head.authority)?.name ?? head.authority,
        decidedOn: head.decidedOn,
        documentNo: item.roles.documentNumber
          .map(column => head.content[column] ?? '')
          .join(' ')
          .trim(),
      },
    ]
  })
}

/** One record of the subject that this actor speaks for, as a request about it names it: a look of its own. Undefined: not one of its records. */
export async function readAskedRecord(app: App, actor: Actor, recordId: number): Promise<AskedRecord | undefined> {
  const rows = await ownLook<FactRow>(app, actor, 'records', own => ({
    name: 'own-facts',
    text: `select ${FACT_COLUMNS} from fact_content where subject_id = $1`,
    values: [own],
  }))
  return askedRecords(app, rows.map(factOf)).find(record => record.recordId === recordId)
}
