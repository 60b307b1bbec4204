import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accountOf, banker } from '../authorisation/testing.ts'
import { makeCheck } from '../checks/commands.ts'
import { sql } from '../db/database.ts'
import { taskHandlers } from '../tasks.ts'
import { openConfirmationsOf } from './commands.ts'
import { closeBusiness } from './confirm.ts'
import { investigator, machine, type Notice, officer, ReceiversTest, why } from './testing.ts'

let r: ReceiversTest
before(async () => {
  r = await ReceiversTest.open()
})
after(() => r.close())

test('principle 10 · a closed business number ends what was shown under it before, and nothing shown under it again', async () => {
  const { uscc, subjectId, listing } = await r.firm()
  r.later(11)
  await makeCheck(r.app, officer, { subject: uscc, purpose: '行政审批', businessNo: '审〔2026〕8号' })
  r.later(12)
  await closeBusiness(r.app, officer, ' 审〔2026〕8号 ')
  await r.takeAway(subjectId, listing)
  assert.deepEqual(
    (await r.notices(subjectId)).map(one => one.kind),
    ['corrected'],
  )
  r.later(13)
  await makeCheck(r.app, officer, { subject: uscc, purpose: '行政审批', businessNo: '审〔2026〕8号' })
  r.later(14)
  await r.takeAway(subjectId, listing)
  assert.deepEqual(
    (await r.notices(subjectId)).map(one => one.kind),
    ['corrected', 'correct-copies'],
  )
  await assert.rejects(closeBusiness(r.app, officer, ' '), { code: 'correction.business-number-missing' })
  await assert.rejects(
    closeBusiness(r.app, banker, '审〔2026〕8号').then(() => closeBusiness(r.app, accountOf(subjectId), 'X')),
    { code: 'access.not-allowed' },
  )
})

test('principle 10 · an entry that nobody ended is over after the longest days of the law; its receiver is told', async () => {
  const { uscc, subjectId, listing } = await r.firm()
  r.later(15)
  await makeCheck(r.app, officer, { subject: uscc, ...why })
  r.later(15 + 24 * 181)
  await r.takeAway(subjectId, listing)
  const [told] = await r.notices(subjectId)
  assert.deepEqual([told?.kind, told?.dueOn], ['corrected', null])
  await assert.rejects(r.confirm(officer, told as Notice), { code: 'correction.nothing-asked' })
  const [look] = await r.platform.worker.db.rows<{ until: string }>(sql`select until from look where subject_id = ${subjectId}`)
  assert.equal(look?.until, '2027-05-20', '180 days after 2026-11-21')
})

test('principle 10 · each receiver confirms once, a program only what it fetched, and nobody for another unit', async () => {
  const { uscc, subjectId, listing } = await r.firm()
  r.later(16)
  await makeCheck(r.app, officer, { subject: uscc, ...why })
  await makeCheck(r.app, machine, { subject: uscc, ...why })
  r.later(17)
  await r.takeAway(subjectId, listing)
  const [people, program] = (await r.notices(subjectId)) as [Notice, Notice]
  await assert.rejects(r.confirm(investigator, people), { code: 'correction.unknown' })
  await assert.rejects(r.confirm(machine, people), { code: 'correction.unknown' })
  await assert.rejects(r.confirm(accountOf(subjectId), people), { code: 'access.not-allowed' })
  await r.confirm(machine, program, 'corrected')
  await r.confirm(officer, people, 'never-used')
  await assert.rejects(r.confirm(officer, people), { code: 'correction.confirmed-before' })
  const ends = await r.platform.worker.db.rows(
    sql`select actor, how from receiver_notice_end where subject_id = ${subjectId} order by actor`,
  )
  assert.deepEqual(ends, [
    { actor: 'account:approval', how: 'never-used' },
    { actor: 'program:9', how: 'corrected' },
  ])
})

test('M260 · when the last receiver of a case has confirmed, also of two at once, the case is told once', async () => {
  const { uscc, subjectId, listing } = await r.firm()
  r.later(18)
  await makeCheck(r.app, officer, { subject: uscc, ...why })
  await makeCheck(r.app, machine, { subject: uscc, ...why })
  r.later(19)
  const caseId = 7001
  await r.takeAway(subjectId, listing, { caseId, cause: 'removed' })
  assert.equal(await openConfirmationsOf(r.app.db, { subjectId, caseId }), 2)
  const [people, program] = (await r.notices(subjectId)) as [Notice, Notice]
  await Promise.all([r.confirm(officer, people), r.confirm(machine, program)])
  assert.equal(await openConfirmationsOf(r.app.db, { subjectId, caseId }), 0)
  const queued = await r.platform.worker.db.rows<{ payload: { caseId: number; subjectId: number } }>(
    sql`select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id where k.identifier = 'corrections-confirmed'`,
  )
  assert.deepEqual(
    queued.map(job => job.payload),
    [{ subjectId, caseId }],
  )
  await taskHandlers(r.platform.worker)['corrections-confirmed']({ subjectId, caseId })
})

test('principle 10 · whoever may be handed something may say what became of it', () => {
  const handing = ['check.make', 'archive.read-authorised', 'report.issue'] as const
  for (const { id, permissions } of r.app.law.roles.values())
    if (handing.some(one => permissions.includes(one))) assert.ok(permissions.includes('receiver.confirm'), id)
})
