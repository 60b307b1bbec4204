import { findAccount } from '../access/accounts.ts'
import { type Actor, ANYONE } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { lodgeRequest } from '../rights/lodge.ts'

/** One open request of the example city, so that the officers' list and the firm's page have something to show: made once. */
export async function makeExampleRequest(app: App, login: string): Promise<void> {
  const account = await findAccount(app.db, login)
  if (!account) return
  const found = await app.db.row<{ subjectId: SubjectId; recordId: number }>(sql`
    select m.subject_id as "subjectId", r.record_id as "recordId" from mandate m join pub.record r using (subject_id)
    where m.account_id = ${account.accountId} and r.register = 'penalties'
      and not exists (select from rights_request q where q.subject_id = m.subject_id) order by r.record_id limit 1`)
  if (!found) return
  const { subjectId, recordId } = found
  const actor: Actor = { ...ANYONE, id: `account:${account.accountId}`, name: account.name, unit: null, subjectId }
  await lodgeRequest(app, actor, {
    kind: 'correction',
    recordId,
    field: '处罚有效期',
    shouldBe: '以决定书正本为准',
    text: '公示的处罚有效期与决定书正本不一致，请核对。',
  })
}
