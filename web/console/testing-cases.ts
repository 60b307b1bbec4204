import assert from 'node:assert/strict'
import type { Actor } from '../../src/access/actor.ts'
import type { SubjectId } from '../../src/base/id.ts'
import { openCase, takeStep } from '../../src/cases/act-on-case.ts'
import type { CaseId, CaseKey } from '../../src/cases/model.ts'
import { keepPaper } from '../../src/cases/papers.ts'
import { sql } from '../../src/db/database.ts'
import { actorFor } from '../../src/testing-app.ts'
import type { ConsoleUnderTest } from './testing.ts'

/* Cases for the pages of officers: objections that subjects lodge about penalties of one unit, each on a day of its own. */

/** Who speaks for a subject, as the door makes him. */
export const speakerOf = (subjectId: SubjectId): Actor => ({
  ...actorFor('subject', 'subject'),
  id: `account:${subjectId}`,
  subjectId,
})

/** A paper that the door takes for what it says it is. */
export const PAPER = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')

/** One objection lodged on each of these days, about penalties that the unit decided, no two of one record. The clock stands on the last day afterwards. */
export async function lodgeObjections(
  { test }: Pick<ConsoleUnderTest, 'test'>,
  unit: string,
  days: readonly string[],
): Promise<CaseKey[]> {
  const records = await test.worker.db.rows<{ subjectId: SubjectId; recordId: number }>(
    sql`select subject_id as "subjectId", record_id as "recordId" from pub.record where authority = ${unit} and register = 'penalties'
      and not exists (select from case_file c where c.subject_id = record.subject_id and c.about_ref = record.record_id::text)
      order by record_id limit ${days.length}`,
  )
  assert.equal(records.length, days.length, `${unit} has penalties enough on display`)
  const keys: CaseKey[] = []
  for (const [at, { subjectId, recordId }] of records.entries()) {
    test.setNow(new Date(`${days[at]}T05:00:00Z`))
    const me = speakerOf(subjectId)
    const { paperId } = await keepPaper(test.app, me, PAPER, '缴款凭证.pdf')
    const { caseId } = await openCase(test.app, me, {
      ...{ subjectId, procedure: 'objection', act: 'lodge', aboutRef: String(recordId) },
      fields: { wrong: 'content', 'should-be': `罚款数额应为${at + 1}万元，决定书上写的也是${at + 1}万元。` },
      papers: [{ paper: 'proof', paperId }],
    })
    keys.push({ subjectId, caseId: caseId as CaseId })
  }
  return keys
}

/** The subject hands in what it was asked for. */
export async function supplement({ test }: Pick<ConsoleUnderTest, 'test'>, key: CaseKey): Promise<void> {
  const me = speakerOf(key.subjectId)
  const { paperId } = await keepPaper(test.app, me, PAPER, '补充材料.pdf')
  await takeStep(test.app, me, key, { act: 'supplement', papers: [{ paper: 'supplement', paperId }] })
}
