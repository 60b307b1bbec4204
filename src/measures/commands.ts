import type { Change } from '../access/change.ts'
import { NotFound } from '../base/refusal.ts'
import type { Ending, MeasureKey, NewMeasure } from './model.ts'
import { insertMeasure, insertMeasureEnd } from './store.ts'

/*
 * A measure as an effect of its case's step: inside the step's change. The types ask for its seven parts, and so does the table: a measure that
 * lacks one cannot be built (principle 5).
 */

/** Begins a measure. Refuses `record.unknown` where the record on which it would rest is not its subject's: nobody bears another's measure. */
export async function beginMeasure(change: Change, one: NewMeasure): Promise<void> {
  if (!(await insertMeasure(change, one))) throw new NotFound('record.unknown')
  const { subjectId, caseId, measure, recordId, body } = one
  change.tell({ [`measure ${caseId}`]: { measure, subjectId, recordId, body } })
}

/** Ends a measure, as it was said. One that has ended stays ended as it did. */
export async function endMeasure(change: Change, key: MeasureKey, because: Ending): Promise<void> {
  await insertMeasureEnd(change, key, because)
  change.tell({ [`measure ${key.caseId}`]: { ended: because } })
}
