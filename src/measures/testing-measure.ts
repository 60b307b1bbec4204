import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { fileTestFacts, wageListing } from '../reports/archive-testing.ts'

export type TestMeasure = {
  readonly subjectId: SubjectId
  readonly caseId: number
  readonly recordId: FactId
  readonly noticeId: number
}

/** A listing with a letter that was served, for whatever rests on them: for tests of the table and of doors. */
export async function openTestGround(app: App, subjectId: SubjectId): Promise<TestMeasure> {
  const [caseId, noticeId] = (await app.ids.take(2)) as [number, number]
  const [recordId] = (await fileTestFacts(app, [wageListing(subjectId, `示列〔2026〕${caseId}号`, '2026-06-01')])) as [FactId]
  await app.changes.run(sql`insert into notice (subject_id, notice_id, case_id, unit, year, no, number, notice, edition, made_at, made_on, sealed, digest, served_on, act_id)
    values (${subjectId}, ${noticeId}, ${caseId}, 'human-resources', 2026, ${noticeId}, ${`示${noticeId}`}, 'measure-intention', '2026-04-01', ${app.now()},
      '2026-06-08', '', ${Buffer.alloc(32)}, '2026-06-08', 0)`)
  return { subjectId, caseId, recordId, noticeId }
}

/** A measure in force, as it lies in the table: taken by a unit since 16 June 2026 on a listing of the subject. */
export async function openTestMeasure(app: App, subjectId: SubjectId, unit: string): Promise<TestMeasure> {
  const made = await openTestGround(app, subjectId)
  await app.changes.run(sql`insert into measure (subject_id, case_id, number, measure, record_id, decided_on, statutes, body, initiator, officer, confirmed_by,
      notice_id, served_on, answer_until, from_day, term, until_event, review_on, remedies, act_id)
    values (${subjectId}, ${made.caseId}, ${`CS${made.caseId}`}, 'm01-11', ${made.recordId}, '2026-06-01', ${['wage#48']}, ${unit}, 'human-resources', 'account:1', 'account:2',
      ${made.noticeId}, '2026-06-08', '2026-06-15', ${'2026-06-16' as Day}, 'event', '列入名单期间', '2027-06-16', ${['reconsideration', 'suit']}, 0)`)
  return made
}
