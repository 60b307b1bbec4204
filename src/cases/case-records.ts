import type { Change } from '../access/change.ts'
import type { FactId } from '../base/id.ts'
import type { Query } from '../db/database.ts'
import type { CaseKey } from './model.ts'

/* SQL on case_record: which records a case has decided itself. */

export async function insertCaseRecord(
  { tx, actId }: Change,
  { subjectId, caseId }: CaseKey,
  { recordId, entryNo }: { readonly recordId: FactId; readonly entryNo: number },
): Promise<void> {
  await tx.run({
    name: 'insert-case-record',
    text: 'insert into case_record (subject_id, case_id, record_id, entry_no, act_id) values ($1, $2, $3, $4, $5)',
    values: [subjectId, caseId, recordId, entryNo, actId],
  })
}

/** Records that a case has filed, oldest first. */
export async function findCaseRecords(query: Query, { subjectId, caseId }: CaseKey): Promise<FactId[]> {
  const rows = await query.rows<{ record_id: FactId }>({
    name: 'case-records',
    text: 'select record_id from case_record where subject_id = $1 and case_id = $2 order by record_id',
    values: [subjectId, caseId],
  })
  return rows.map(row => row.record_id)
}
