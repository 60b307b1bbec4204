import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ANYONE, SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { readArchive } from '../archive/read-archive.ts'
import { readAuthorised } from '../authorisation/read.ts'
import { revokeAuthorisation } from '../authorisation/revoke.ts'
import { accountOf, authorise, BANK, banker, NUMBER, wishOf } from '../authorisation/testing.ts'
import { Refusal } from '../base/refusal.ts'
import { makeCheck } from '../checks/commands.ts'
import { sql } from '../db/database.ts'
import { sequenceRound } from '../ledger/sequence.ts'
import { withdrawRecords } from '../publication/withdraw.ts'
import type { QueuedWithdrawals } from '../queue/queue.ts'
import { annulTestRecord } from '../reports/archive-testing.ts'
import { issueReport } from '../reports/commands.ts'
import { completeReceivers, openConfirmations } from './commands.ts'
import { investigator, machine, officer, ReceiversTest, why } from './testing.ts'

let r: ReceiversTest
before(async () => {
  r = await ReceiversTest.open()
})
after(() => r.close())

test('principle 10 · an annulled record opens a notice to each unit and program that was shown its kind, in the same transaction', async () => {
  const { uscc, subjectId, listing, listed } = await r.firm()
  r.later(1)
  const first = await makeCheck(r.app, officer, { subject: uscc, ...why })
  await makeCheck(r.app, machine, { subject: uscc, purpose: '行政审批', businessNo: 'J-7' })
  await readArchive(r.app, investigator, subjectId, { ...why, businessNo: '环执〔2026〕2号' })
  r.later(2)
  await annulTestRecord(r.app, listed, listing)
  const told = await r.notices(subjectId)
  assert.deepEqual(
    told.map(({ receiver, program, kind, outlets, businessNos, cause, dueOn }) => ({
      receiver,
      program,
      kind,
      outlets,
      businessNos,
      cause,
      dueOn,
    })),
    [
      {
        receiver: 'approval',
        program: null,
        kind: 'correct-copies',
        outlets: ['check'],
        businessNos: [why.businessNo],
        cause: 'annulled',
        dueOn: '2026-11-23',
      },
      {
        receiver: 'approval',
        program: 'program:9',
        kind: 'correct-copies',
        outlets: ['api-check'],
        businessNos: ['J-7'],
        cause: 'annulled',
        dueOn: '2026-11-23',
      },
    ],
    'whoever read the archive on the screen was handed nothing; Friday is followed by Monday',
  )
  assert.deepEqual(told[0]?.receipts, [first.receipt])
})

test('principle 10 · who was shown another kind, or looked before the record was known or after it had gone, is asked nothing', async () => {
  const { uscc, subjectId, penalty } = await r.firm()
  r.later(3)
  await makeCheck(r.app, officer, { subject: uscc, ...why })
  await r.takeAway(subjectId, penalty)
  assert.deepEqual(await r.notices(subjectId), [], 'a check shows no penalties')
  const { uscc: code, subjectId: late, listing } = await r.firm()
  r.later(-1)
  await makeCheck(r.app, officer, { subject: code, ...why })
  r.later(4)
  await r.takeAway(late, listing)
  r.later(5)
  await makeCheck(r.app, officer, { subject: code, ...why })
  assert.deepEqual(await r.notices(late), [])
})

test('principle 10 · a report asks the unit that drew it until its last day, the portal’s anonymous reader is nobody', async () => {
  const { subjectId, penalty } = await r.firm()
  r.later(6)
  await issueReport(r.app, ANYONE, subjectId, { kind: 'public' })
  const drawn = await issueReport(r.app, officer, subjectId, { kind: 'public' })
  r.later(7)
  await r.takeAway(subjectId, penalty, { cause: 'repaired' })
  const [told, ...others] = await r.notices(subjectId)
  assert.equal(others.length, 0)
  assert.deepEqual(
    [told?.receiver, told?.kind, told?.outlets, told?.receipts, told?.cause],
    ['approval', 'correct-copies', ['public-report'], [drawn.number], 'repaired'],
  )
})

test('principle 10 · what was read under an authorisation is asked for within its term, and after it was taken back only told', async () => {
  const { subjectId, penalty, listing } = await r.firm()
  r.later(8)
  const key = await authorise(r.app, subjectId, wishOf({ classes: ['penalties'] }))
  await readAuthorised(r.app, banker, key, { businessNo: NUMBER })
  r.later(9)
  await r.takeAway(subjectId, listing)
  assert.deepEqual(await r.notices(subjectId), [], 'lists were not granted')
  await r.takeAway(subjectId, penalty)
  const asked = await r.notices(subjectId)
  assert.deepEqual(
    asked.map(({ receiver, kind, outlets }) => [receiver, kind, outlets]),
    [[BANK, 'correct-copies', ['authorised-records']]],
  )
  const { subjectId: revoking, penalty: its } = await r.firm()
  const taken = await authorise(r.app, revoking, wishOf({ classes: ['penalties'], businessNo: '贷字2026-19' }))
  await readAuthorised(r.app, banker, taken, { businessNo: '贷字2026-19' })
  await revokeAuthorisation(r.app, accountOf(revoking), taken.authorisationId)
  r.later(10)
  await r.takeAway(revoking, its)
  assert.deepEqual(
    (await r.notices(revoking)).map(({ kind, dueOn }) => [kind, dueOn]),
    [['corrected', null]],
  )
})

test('principle 10 · a read that was on its way during the withdrawal is found afterwards, and nobody is asked twice', async () => {
  const { uscc, subjectId, listing } = await r.firm()
  r.later(20)
  await makeCheck(r.app, officer, { subject: uscc, ...why })
  r.later(21)
  // The officer's read began before the withdrawal and writes its entry after it.
  await change(r.app, SYSTEM, { deed: 'test.take-away', entity: 'system' }, async made => {
    await withdrawRecords(r.app, made, [{ subjectId, recordId: listing }], 'record.repaired')
    r.later(20.5)
    await makeCheck(r.app, machine, { subject: uscc, ...why })
    r.later(21)
  })
  await sequenceRound(r.platform.worker)
  // A later look was asked anew, and holds nothing of it.
  r.later(22)
  await makeCheck(r.app, investigator, { subject: uscc, ...why })
  const before = await r.notices(subjectId)
  assert.deepEqual(
    before.map(one => [one.receiver, one.program]),
    [['approval', null]],
  )
  const [job] = await r.platform.worker.db.rows<{ payload: QueuedWithdrawals; waits: boolean }>(
    sql`select payload, run_at > clock_timestamp() + interval '100 seconds' as waits from graphile_worker._private_jobs j join graphile_worker._private_tasks k on k.id = j.task_id
      where k.identifier = 'complete-receivers' and payload->'taken'->0->'recordIds'->>0 = ${String(listing)}`,
  )
  assert.ok(job?.waits)
  assert.equal(await completeReceivers(r.platform.worker, job.payload), 1)
  assert.equal(await completeReceivers(r.platform.worker, job.payload), 0)
  assert.deepEqual(
    (await r.notices(subjectId)).map(one => [one.receiver, one.program, one.cause]),
    [
      ['approval', null, 'repaired'],
      ['approval', 'program:9', 'repaired'],
    ],
  )
})

test('principle 10 · without a receiver there is no correction to confirm; a refusal takes everything back', async () => {
  const { uscc, subjectId, listing } = await r.firm()
  await r.takeAway(subjectId, listing)
  assert.deepEqual(await r.platform.worker.db.rows(sql`select from correction where subject_id = ${subjectId}`), [])
  r.later(23)
  await makeCheck(r.app, officer, { subject: uscc, ...why })
  r.later(24)
  const failing = change(r.app, SYSTEM, { deed: 'test.take-away', entity: 'system' }, async made => {
    assert.equal(await openConfirmations(r.app, made, { subjectId, recordIds: [listing], cause: 'removed', caseId: 1 }), 1)
    throw new Refusal('subject.unknown')
  })
  await assert.rejects(failing)
  assert.deepEqual(await r.notices(subjectId), [])
})
