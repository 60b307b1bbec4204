import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { paperFiles } from './papers.ts'

/** An objection with a paper, as it lies in the tables after its first act, about a record that nobody has: for tests of doors. */
export async function openTestCase(app: App, subjectId: SubjectId, unit: string): Promise<{ caseId: number; paperId: number }> {
  const [caseId, paperId] = (await app.ids.take(2)) as [number, number]
  const edition = 'objection@2026-04-01'
  const who = 'account:0'
  await app.changes.run(sql`insert into case_file (subject_id, case_id, procedure, edition, number, about, about_ref, unit, opened_by, opened_at, opened_on, state, turn, entry_no, act_id)
    values (${subjectId}, ${caseId}, 'objection', ${edition}, ${`YY${caseId}`}, 'record', ${String(caseId)}, ${unit}, ${who}, ${app.now()}, '2026-11-20', 'lodged', 'decider', 1, 0)`)
  await app.changes.run(sql`insert into case_entry (subject_id, case_id, entry_no, act, to_state, office, actor, at, on_day, basis, edition, act_id)
    values (${subjectId}, ${caseId}, 1, 'lodge', 'lodged', 'subject', ${who}, ${app.now()}, '2026-11-20', 'ndrc-36', ${edition}, 0)`)
  const stored = await paperFiles(app, paperId).put(Buffer.from('%PDF-1.7 example'))
  const sealed = app.keys.seal('data', 'a.pdf', `case_paper:${paperId}`)
  await app.changes.run(sql`insert into case_paper (subject_id, case_id, paper_id, entry_no, paper, hash, bytes, media, sealed_name, act_id)
    values (${subjectId}, ${caseId}, ${paperId}, 1, 'proof', ${stored.hash}, ${stored.bytes}, 'application/pdf', ${sealed}, 0)`)
  return { caseId, paperId }
}
