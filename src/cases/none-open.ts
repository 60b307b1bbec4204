import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { sql, type Tx } from '../db/database.ts'
import type { Procedure } from '../law/procedure-model.ts'
import type { CaseId } from './model.ts'

/** One thing has one open case of a procedure, in whosever file of a group it was opened. Refuses `case.already-open`, naming it. */
export async function requireNoneOpen(
  tx: Tx,
  files: readonly SubjectId[],
  { procedure, basis }: Procedure,
  aboutRef: string | null,
): Promise<void> {
  if (aboutRef === null) return
  const open = await tx.row<{ number: string; case_id: CaseId }>(sql`select number, case_id from case_file
    where subject_id = any(${files}::bigint[]) and procedure = ${procedure} and about_ref = ${aboutRef} and closed_at is null limit 1`)
  if (open) throw new Refusal('case.already-open', basis[0] ?? null, { number: open.number, caseId: open.case_id })
}
