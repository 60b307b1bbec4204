import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openCase, takeStep } from '../cases/act-on-case.ts'
import { makeCheck } from '../checks/commands.ts'
import { sql } from '../db/database.ts'
import { drainTasks } from '../platform/worker.ts'
import { actorFor } from '../testing-app.ts'
import { officer, ReceiversTest, why } from './testing.ts'

let r: ReceiversTest
before(async () => {
  r = await ReceiversTest.open()
})
after(() => r.close())

test('M260 · principle 10 · an upheld objection waits for whoever was shown the record, and is closed when the last has confirmed', async () => {
  const firm = await r.firm()
  const { subjectId } = firm
  r.later(1)
  await makeCheck(r.app, officer, { subject: firm.uscc, ...why })
  const bureau = actorFor('human-resources', 'case-officer')
  await makeCheck(
    r.app,
    { ...bureau, permissions: [...bureau.permissions, 'check.make', 'receiver.confirm'] },
    { subject: firm.uscc, ...why },
  )
  r.later(2)
  const me = { ...actorFor('subject', 'subject'), id: `account:${subjectId}`, subjectId }
  const fields = { wrong: 'content', 'should-be': '工资已经付清' }
  const key = await openCase(r.app, me, {
    procedure: 'objection',
    act: 'lodge',
    subjectId,
    aboutRef: String(firm.listing),
    fields,
  })
  const decider = await r.platform.worker.db.row<{ unit: string }>(sql`select unit from case_file where case_id = ${key.caseId}`)
  await takeStep(r.app, actorFor(decider?.unit ?? '', 'case-officer'), key, {
    act: 'delete',
    fields: { finding: '原决定已撤销' },
  })
  const state = async () =>
    (await r.platform.worker.db.row<{ state: string }>(sql`select state from case_file where case_id = ${key.caseId}`))?.state
  const [first, second] = await r.notices(subjectId)
  assert.ok(first && second)
  assert.deepEqual([first.cause, second.cause], ['annulled', 'annulled'])
  await drainTasks(r.platform.worker)
  assert.equal(await state(), 'confirming', 'two have a copy')
  r.later(3)
  await r.confirm(officer, first)
  await drainTasks(r.platform.worker)
  assert.equal(await state(), 'confirming', 'one has')
  await r.confirm({ ...bureau, permissions: ['receiver.confirm'] }, second)
  await drainTasks(r.platform.worker)
  assert.equal(await state(), 'corrected')
})
