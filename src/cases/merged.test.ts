import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { listFacts, recordsOf } from '../archive/views.ts'
import { type Day, day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { firm, penalty, registration } from '../invariants/sent-rows.ts'
import { send, subjectOf } from '../invariants/testing.ts'
import { recordLink } from '../matching/link-subjects.ts'
import { listOwnNotices } from '../notices/views.ts'
import { drainTasks } from '../platform/worker.ts'
import { publishSubjects } from '../publication/publish.ts'
import { issueReport } from '../reports/commands.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import { ownKey } from './files-of.ts'
import { openingsAbout, ownSituation } from './own-openings.ts'
import { readOwnRecords } from './own-records.ts'
import { readOwnCase } from './views.ts'
import { listOwnCases } from './work-views.ts'

// Who survives answers for the records and the cases of whom it took in; who is merged in keeps its own.

let t: TestApp
let n = 400
const UNIT = 'ecology-environment'
const officer: Actor = { ...actorFor(UNIT, 'case-officer'), id: 'account:31' }
const office = actorFor('credit-office', 'credit-office')
const EVER = new Date('9999-12-31T00:00:00Z')
const onDay = (text: string): void => t.setNow(new Date(`${text}T04:00:00Z`))

before(async () => {
  t = await openTestApp({ now: new Date('2026-11-16T04:00:00Z') })
})
after(() => t.close())

type One = { readonly subjectId: SubjectId; readonly me: Actor; readonly recordId: FactId }

async function fined(): Promise<One> {
  n += 1
  await send(t.app, 'market-registration', [registration(n)])
  await send(t.app, 'ecology-penalty', [penalty(n, `澜环罚〔2026〕${n}号`)])
  const subjectId = await subjectOf(t.app, firm(n).code)
  const records = recordsOf(await listFacts(t.worker.db, [subjectId], EVER), day('2999-12-31'))
  const recordId = records.find(one => one.head.item === 'penalty-org')?.recordId as FactId
  return { subjectId, recordId, me: { ...actorFor('subject', 'subject'), id: `account:${subjectId}`, subjectId } }
}

const merge = ({ subjectId }: One, into: One, validFrom: Day = day('2026-11-16')) =>
  recordLink(t.app, office, { subjectId, toSubject: into.subjectId, kind: 'merged-into', validFrom, reason: '合并' })
const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  const [end] = await Promise.allSettled([work])
  return end?.status === 'rejected' ? (end.reason as { code?: unknown }).code : 'nothing was refused'
}
const lodge = (me: Actor, subjectId: SubjectId, recordId: FactId) =>
  openCase(t.app, me, {
    ...{ procedure: 'objection', act: 'lodge', subjectId, aboutRef: String(recordId) },
    fields: { wrong: 'content', 'should-be': '数额有误' },
  })
const isContested = async ({ subjectId, recordId }: One): Promise<boolean | undefined> =>
  recordsOf(await listFacts(t.worker.db, [subjectId], EVER), day('2999-12-31')).find(one => one.recordId === recordId)?.contested

test('M056 · M257 · the survivor objects to a record of whom it took in: the mark stands there, receivers confirm, and the case ends', async () => {
  onDay('2026-11-16')
  const [gone, survivor] = [await fined(), await fined()]
  await merge(gone, survivor)
  await publishSubjects(t.worker, [gone.subjectId, survivor.subjectId])
  const { records } = await readOwnRecords(t.app, survivor.me)
  const own = records.find(one => one.record.recordId === gone.recordId)
  assert.ok(own, 'it is among its records')
  const openings = openingsAbout(t.app, survivor.me, own.facts, await ownSituation(t.app, survivor.me))
  assert.ok(openings.some(({ procedure, act }) => procedure.procedure === 'objection' && act.mayDo))
  assert.ok(openings.some(({ procedure }) => procedure.procedure === 'repair'))
  await issueReport(t.app, office, survivor.subjectId, { kind: 'public' })
  const key = await lodge(survivor.me, survivor.subjectId, gone.recordId)
  assert.equal(await isContested(gone), true)
  assert.equal((await readOwnCase(t.app, survivor.me, key.caseId)).record?.recordId, gone.recordId)
  onDay('2026-11-17')
  const step = await takeStep(t.app, officer, key, { act: 'delete', fields: { finding: '确系误报' } })
  assert.equal(step.state, 'confirming')
  const asked = await t.worker.db.rows<{ subject_id: SubjectId; notice_id: number }>(
    sql`select subject_id, notice_id from receiver_notice where subject_id = ${gone.subjectId} and kind = 'correct-copies'`,
  )
  const { confirmations } = await readOwnCase(t.app, survivor.me, key.caseId)
  assert.equal(confirmations.open, asked.length)
  await drainTasks(t.worker)
  const { state } = await readOwnCase(t.app, survivor.me, key.caseId)
  assert.equal(state, asked.length > 0 ? 'confirming' : 'corrected')
})

test('M056 · M260 · a case that was open when it was merged is the survivor’s to go on with: list, letters, steps; nobody else’s', async () => {
  onDay('2026-11-18')
  const [gone, survivor, stranger] = [await fined(), await fined(), await fined()]
  const key = await lodge(gone.me, gone.subjectId, gone.recordId)
  assert.equal(await codeOf(readOwnCase(t.app, survivor.me, key.caseId)), 'case.unknown')
  await merge(gone, survivor, day('2026-11-18'))
  const { cases } = await listOwnCases(t.app, survivor.me, { limit: 20 })
  assert.deepEqual(
    cases.map(one => one.caseId),
    [key.caseId],
  )
  const { notices } = await listOwnNotices(t.app, survivor.me, { limit: 20 })
  assert.ok(notices.some(one => one.name === '异议受理通知书'))
  assert.equal(await codeOf(lodge(survivor.me, survivor.subjectId, gone.recordId)), 'case.record-contested')
  const repair = openCase(t.app, survivor.me, {
    ...{ procedure: 'repair', act: 'lodge', subjectId: survivor.subjectId, aboutRef: String(gone.recordId) },
    fields: { ground: 'reorganisation', performed: '重整计划获批', commitment: 'yes' },
  })
  assert.ok(await repair)
  assert.equal(
    await codeOf(
      openCase(t.app, gone.me, {
        ...{ procedure: 'repair', act: 'lodge', subjectId: gone.subjectId, aboutRef: String(gone.recordId) },
        fields: { ground: 'reorganisation', performed: '重整计划获批', commitment: 'yes' },
      }),
    ),
    'case.already-open',
    'one record, one open case, in whosever file',
  )
  assert.equal(await codeOf(readOwnCase(t.app, stranger.me, key.caseId)), 'case.unknown')
  assert.equal(await codeOf(takeStep(t.app, stranger.me, key, { act: 'withdraw' })), 'case.unknown')
  assert.equal(await codeOf(ownKey(t.app, stranger.me, key.caseId)), 'case.unknown')
  const done = await takeStep(t.app, survivor.me, await ownKey(t.app, survivor.me, key.caseId), { act: 'withdraw' })
  assert.equal(done.state, 'withdrawn')
  assert.equal(await isContested(gone), false)
})

test('M056 · who was merged sees nothing of who took it in', async () => {
  onDay('2026-11-19')
  const [gone, survivor] = [await fined(), await fined()]
  await merge(gone, survivor, day('2026-11-19'))
  const key = await lodge(survivor.me, survivor.subjectId, survivor.recordId)
  assert.deepEqual((await listOwnCases(t.app, gone.me, { limit: 20 })).cases, [])
  assert.equal(await codeOf(readOwnCase(t.app, gone.me, key.caseId)), 'case.unknown')
  assert.equal(await codeOf(lodge(gone.me, gone.subjectId, survivor.recordId)), 'case.record-unknown')
})
