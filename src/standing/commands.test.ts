import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Actor, SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { findCard } from '../archive/cards.ts'
import type { ArchivedRecord, StandingKind } from '../archive/model.ts'
import { listFacts, recordsOf } from '../archive/views.ts'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { firm, penalty, registration } from '../invariants/sent-rows.ts'
import { codeOf, send, subjectOf } from '../invariants/testing.ts'
import { recordLink } from '../matching/link-subjects.ts'
import { publishSubjects } from '../publication/publish.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { endStanding, endStandingsOf, setStanding } from './commands.ts'
import { commentLimit, withdrawComment, writeComment } from './comments.ts'
import type { RecordKey } from './record.ts'

let t: TestApp
before(async () => {
  t = await openTestApp({ now: new Date('2026-06-18T04:00:00Z') })
})
after(() => t.close())

const EVER = new Date('9999-12-31T00:00:00Z')
const ALWAYS = day('2999-12-31')
let n = 500

/** A registered firm with a penalty that is published. */
async function sent(): Promise<RecordKey & { readonly n: number; readonly registered: FactId }> {
  n += 1
  await send(t.app, 'market-registration', [registration(n)])
  await send(t.app, 'ecology-penalty', [penalty(n, `澜令〔2026〕${n}号`)])
  const subjectId = await subjectOf(t.app, firm(n).code)
  await publishSubjects(t.worker, [subjectId])
  const records = recordsOf(await listFacts(t.worker.db, [subjectId], EVER), ALWAYS)
  const idOf = (item: RegExp): FactId => records.find(one => item.test(one.head.item))?.recordId as FactId
  return { n, subjectId, recordId: idOf(/^penalty/), registered: idOf(/^registration/) }
}

const made = <T>(work: Parameters<typeof change<T>>[3]): Promise<T> =>
  change(t.app, SYSTEM, { deed: 'test.case-step', entity: 'system' }, work)
const set = (key: RecordKey, kind: StandingKind, caseId = 1): Promise<number> =>
  made(it => setStanding(t.app, it, key, { kind, caseId, basis: 'ndrc-36' }))
const end = (subjectId: SubjectId, standingId: number): Promise<void> =>
  made(it => endStanding(t.app, it, { subjectId, standingId }, 'repair.false-material'))
const ownerOf = (subjectId: SubjectId): Actor => ({ ...actorFor('', 'subject'), unit: null, subjectId })

async function recordNow({ subjectId, recordId }: RecordKey): Promise<ArchivedRecord> {
  const facts = await listFacts(t.worker.db, [subjectId], EVER)
  const record = recordsOf(facts, day('2026-06-18')).find(one => one.recordId === recordId)
  assert.ok(record)
  return record
}

const tasksFor = async (subjectId: SubjectId): Promise<number> =>
  (
    await t.worker.db.rows(
      sql`select from graphile_worker._private_jobs where payload::jsonb -> 'subjectIds' @> ${JSON.stringify([subjectId])}::jsonb`,
    )
  ).length

test('a case makes the same of a record once at a time, and again when that has ended', async () => {
  const key = await sent()
  const first = await set(key, 'suspended', 7)
  assert.equal(await codeOf(set(key, 'suspended', 7)), 'standing.already-open')
  const ofOther = await set(key, 'suspended', 8)
  await end(key.subjectId, first)
  assert.equal(await codeOf(end(key.subjectId, first)), 'standing.ended')
  assert.equal((await recordNow(key)).state, 'suspended', 'the other case has not ended its own')
  await set(key, 'suspended', 7)
  await end(key.subjectId, ofOther)
  assert.equal((await recordNow(key)).state, 'suspended')
})

test('two steps at once that make the same of a record give one standing and one refusal', async () => {
  const key = await sent()
  const codes = await Promise.all([codeOf(set(key, 'contested', 9)), codeOf(set(key, 'contested', 9))])
  assert.deepEqual(codes.sort(), ['nothing was refused', 'standing.already-open'])
})

test('a record that is nobody’s, or somebody else’s, is refused', async () => {
  const [one, other] = [await sent(), await sent()]
  assert.equal(await codeOf(set({ ...one, recordId: other.recordId }, 'repaired')), 'record.unknown')
  assert.equal(await codeOf(end(one.subjectId, 42)), 'standing.unknown')
  assert.equal(await codeOf(writeComment(t.app, ownerOf(one.subjectId), other.recordId, '不是我的')), 'record.unknown')
})

test('principle 11 · what a case makes of a record is told in the act of its step', async () => {
  const key = await sent()
  const standingId = await set(key, 'annulled', 11)
  const act = await t.worker.db.row<{ detail: Record<string, unknown> }>(
    sql`select a.detail from act a join record_standing s using (act_id) where s.standing_id = ${standingId}`,
  )
  const { subjectId, recordId } = key
  assert.deepEqual(act?.detail[`standing ${standingId}`], { kind: 'annulled', subjectId, recordId })
})

test('M056 · a record of one that was merged is reached through the survivor, and lies in its own file', async () => {
  const [merged, survivor] = [await sent(), await sent()]
  await recordLink(t.app, actorFor('credit-office', 'credit-office'), {
    ...{ subjectId: merged.subjectId, toSubject: survivor.subjectId, kind: 'merged-into' },
    ...{ validFrom: day('2026-06-10'), reason: '登记机关通知书' },
  })
  await publishSubjects(t.worker, [merged.subjectId, survivor.subjectId])
  await set({ subjectId: survivor.subjectId, recordId: merged.recordId }, 'repaired', 12)
  assert.equal((await recordNow(merged)).state, 'repaired')
  const left = await t.worker.db.rows(sql`select from pub.record where record_id = ${merged.recordId}`)
  assert.equal(left.length, 0)
  await writeComment(t.app, ownerOf(survivor.subjectId), merged.recordId, '已经整改。')
  assert.equal((await recordNow(merged)).comment?.text, '已经整改。')
  const toSurvivor = writeComment(t.app, ownerOf(merged.subjectId), survivor.recordId, '不是我的')
  assert.equal(await codeOf(toSurvivor), 'record.unknown', 'who was merged does not speak for the other')
})

test('M056 · what a case has made of a merged one’s record is ended through the survivor, and what another case made stays', async () => {
  const [merged, survivor] = [await sent(), await sent()]
  await set(merged, 'suspended', 21)
  await set(merged, 'suspended', 22)
  await recordLink(t.app, actorFor('credit-office', 'credit-office'), {
    ...{ subjectId: merged.subjectId, toSubject: survivor.subjectId, kind: 'merged-into' },
    ...{ validFrom: day('2026-06-10'), reason: '登记机关通知书' },
  })
  const endAll = (asked: { caseId?: number }): Promise<number> =>
    made(it => endStandingsOf(t.app, it, survivor.subjectId, { kind: 'suspended', ...asked }, 'court.stay-lifted'))
  assert.equal(await endAll({ caseId: 21 }), 1)
  assert.equal((await recordNow(merged)).state, 'suspended')
  assert.equal(await endAll({}), 1)
  assert.equal((await recordNow(merged)).state, 'standing')
})

test('M055 · an approval that a case has annulled no longer speaks for the card', async () => {
  const { n: no, subjectId } = await sent()
  const renamed = { '企业（字号）名称': '澜川市改过名的贸易有限公司', '核准（变更）日期': '2026-06-01' }
  await send(t.app, 'market-registration', [registration(no, renamed)])
  const nameNow = async (): Promise<string | undefined> => (await findCard(t.worker.db, subjectId))?.name
  assert.equal(await nameNow(), renamed['企业（字号）名称'])
  const records = recordsOf(await listFacts(t.worker.db, [subjectId], EVER), ALWAYS)
  const latest = records.find(one => one.head.decidedOn === '2026-06-01' && /^registration/.test(one.head.item))
  assert.ok(latest)
  const standingId = await set({ subjectId, recordId: latest.recordId }, 'annulled', 13)
  assert.equal(await nameNow(), firm(no).name)
  await end(subjectId, standingId)
  assert.equal(await nameNow(), renamed['企业（字号）名称'])
})

test('what a case ends is published again by a task, and a mark in the change itself', async () => {
  const key = await sent()
  const before = await tasksFor(key.subjectId)
  const contested = await set(key, 'contested', 14)
  await end(key.subjectId, contested)
  assert.equal(await tasksFor(key.subjectId), before)
  const repaired = await set(key, 'repaired', 14)
  await end(key.subjectId, repaired)
  assert.equal(await tasksFor(key.subjectId), before + 2)
})

test('M257 · a subject writes, changes and takes back what it says beside its record', async () => {
  const key = await sent()
  const own = ownerOf(key.subjectId)
  await writeComment(t.app, own, key.recordId, ' 罚款已于五月二十日缴清。\n')
  assert.deepEqual((await recordNow(key)).comment?.text, '罚款已于五月二十日缴清。')
  await writeComment(t.app, own, key.recordId, '设备已更换。')
  assert.equal((await recordNow(key)).comment?.text, '设备已更换。')
  const shown = await t.worker.db.row<{ comment: { text: string }; marks: string[] }>(
    sql`select body -> 'comment' as comment, body -> 'marks' as marks from pub.record where record_id = ${key.recordId}`,
  )
  assert.deepEqual([shown?.comment.text, shown?.marks], ['设备已更换。', ['displayed', 'commented']])
  await withdrawComment(t.app, own, key.recordId)
  assert.equal(await codeOf(withdrawComment(t.app, own, key.recordId)), 'comment.none')
  const left = await t.worker.db.row<{ marks: string[] }>(
    sql`select body -> 'marks' as marks from pub.record where record_id = ${key.recordId} and not body ? 'comment'`,
  )
  assert.deepEqual(left?.marks, ['displayed'])
})

test('M257 · a statement is as long as the law’s table lets it be, and holds nothing that may not be collected', async () => {
  const key = await sent()
  const own = ownerOf(key.subjectId)
  const limit = commentLimit(t.app)
  await writeComment(t.app, own, key.recordId, '说'.repeat(limit))
  assert.equal(await codeOf(writeComment(t.app, own, key.recordId, '说'.repeat(limit + 1))), 'comment.too-long')
  assert.equal(await codeOf(writeComment(t.app, own, key.recordId, '  ')), 'text.missing')
  assert.equal(await codeOf(writeComment(t.app, own, key.recordId, '法定代表人血型为AB型。')), 'text.prohibited')
  assert.equal((await recordNow(key)).comment?.text.length, limit, 'what was refused has changed nothing')
  assert.equal(await codeOf(writeComment(t.app, actorFor('approval', 'clerk'), key.recordId, '说明')), 'access.not-allowed')
})
