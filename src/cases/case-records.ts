import type { Change } from '../access/change.ts'
import type { Day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { Query, Row } from '../db/database.ts'
import type { Law } from '../law/law.ts'
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

/** A case that has put a record on a list and has let it off before its term. */
export type EarlyExit = CaseKey & {
  /** Of the list, by its id. */
  readonly list: string
  readonly unit: string
  /** The day of the act that filed the record, or that let the listing go on. */
  readonly on: Day
  /** The last day of the term; null: the list names none. */
  readonly until: Day | null
}

/** The case by which a listing was left early, all receivers having confirmed; undefined where there is none. */
export async function findEarlyExit(
  law: Pick<Law, 'procedures'>,
  query: Query,
  subjectId: SubjectId,
  recordId: FactId,
): Promise<EarlyExit | undefined> {
  const row = await query.row<EarlyExit & Row & { readonly procedure: string; readonly state: string }>({
    name: 'case-early-exit',
    text: `select f.subject_id as "subjectId", f.case_id as "caseId", f.about_ref as list, f.unit, f.procedure, f.state, e.on_day as "on", c.due_on as until
      from case_record r join case_file f using (subject_id, case_id) join case_entry e on e.subject_id = r.subject_id and e.case_id = r.case_id
        and e.entry_no = r.entry_no left join lateral (select due_on from case_clock where subject_id = f.subject_id and case_id = f.case_id
          and duty = 'term' order by run_no desc limit 1) c on true
      where r.subject_id = $1 and r.record_id = $2 and f.about = 'list' and f.closed_at is not null order by f.closed_at desc limit 1`,
    values: [subjectId, recordId],
  })
  const states = row ? (law.procedures.get(row.procedure) ?? []).flatMap(one => one.states) : []
  return row && states.find(one => one.state === row.state)?.end === 'well' ? row : undefined
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
