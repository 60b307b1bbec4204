import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { App } from '../app.ts'
import { listFacts, recordsOf } from '../archive/views.ts'
import { day } from '../base/day.ts'
import type { SubjectId, WaitingId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { firm, penalty } from '../invariants/sent-rows.ts'
import { codeOf, publishAll, send, subjectOf, waitingOf } from '../invariants/testing.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { decideWaiting } from './decide-waiting.ts'

let t: TestApp
before(async () => {
  t = await openTestApp()
})
after(() => t.close())

const office = actorFor('credit-office', 'credit-office')
const ANOTHER = { 行政相对人名称: '澜川市另有其名有限公司' }

/** The facts of violation that stand about a firm, and those that the portal shows. */
async function standing(app: App, subjectId: SubjectId): Promise<{ archive: string[]; portal: string[] }> {
  await publishAll(app)
  const records = recordsOf(await listFacts(app.changes, [subjectId], new Date('9999-01-01')), day('2026-11-20'))
  const shown = await app.changes.rows<{ text: string }>(
    sql`select f->>'value' as text from pub.record, jsonb_array_elements(body->'fields') f where subject_id = ${subjectId} and f->>'code' = 'CF_SY' order by 1`,
  )
  return {
    archive: records
      .filter(one => one.state === 'standing')
      .map(one => one.head.content['CF_SY'] ?? '')
      .sort(),
    portal: shown.map(row => row.text),
  }
}

async function askedBy(
  changes: Readonly<Record<string, string>>,
  n: number,
): Promise<{ waitingId: WaitingId; subjectId: SubjectId }> {
  const { deliveryId } = await send(t.app, 'ecology-penalty', [penalty(n, `澜复〔2026〕${n}号`, { ...ANOTHER, ...changes })])
  const [waiting] = await waitingOf(t.app, deliveryId)
  assert.equal(waiting?.reason, 'match.code-and-name-disagree')
  return { waitingId: waiting?.waiting_id as WaitingId, subjectId: await subjectOf(t.app, firm(n).code) }
}

/** A firm with one record under the number, unless told otherwise. */
async function withRecord(n: number, text: string): Promise<void> {
  await send(t.app, 'ecology-penalty', [penalty(n, `澜复〔2026〕${n}号`, { 违法事实: text })])
}

test('M058 · an annulment that waited annuls; taken back, the record stands again', async () => {
  await withRecord(1, '原事实一')
  const { waitingId, subjectId } = await askedBy({ 操作类型: '撤销', 违法事实: '原事实一' }, 1)
  assert.deepEqual(await standing(t.app, subjectId), { archive: ['原事实一'], portal: ['原事实一'] })
  await decideWaiting(t.app, office, waitingId, { decision: 'same', subjectId })
  const gone = await t.worker.db.rows(sql`select from pub.record where subject_id = ${subjectId}`)
  assert.equal(gone.length, 0, 'before any task has run')
  assert.deepEqual(await standing(t.app, subjectId), { archive: [], portal: [] })
  await decideWaiting(t.app, office, waitingId, { decision: 'undone' })
  assert.deepEqual(await standing(t.app, subjectId), { archive: ['原事实一'], portal: ['原事实一'] })
})

test('M058 · a change that waited changes the record; taken back, the version before stands again and is known again', async () => {
  await withRecord(2, '原事实二')
  const { waitingId, subjectId } = await askedBy({ 违法事实: '误归的事实' }, 2)
  await decideWaiting(t.app, office, waitingId, { decision: 'same', subjectId })
  assert.deepEqual(await standing(t.app, subjectId), { archive: ['误归的事实'], portal: ['误归的事实'] })
  await decideWaiting(t.app, office, waitingId, { decision: 'undone' })
  const gone = await t.worker.db.rows(sql`select from pub.record where subject_id = ${subjectId}`)
  assert.equal(gone.length, 0, 'the wrong version is gone in the transaction of the undoing')
  assert.deepEqual(await standing(t.app, subjectId), { archive: ['原事实二'], portal: ['原事实二'] })
  const again = await send(t.app, 'ecology-penalty', [penalty(2, '澜复〔2026〕2号', { 违法事实: '原事实二' }), penalty(2, '无')])
  assert.equal(again.counts.duplicate, 1)
})

test('M058 · what a person filed and took back may be decided again, for the same subject too', async () => {
  await send(t.app, 'ecology-penalty', [penalty(3, '澜复〔2026〕先3号', { 违法事实: '别的事实' })])
  const { waitingId, subjectId } = await askedBy({ 违法事实: '待认事实' }, 3)
  await decideWaiting(t.app, office, waitingId, { decision: 'same', subjectId })
  await decideWaiting(t.app, office, waitingId, { decision: 'undone' })
  assert.deepEqual(await standing(t.app, subjectId), { archive: ['别的事实'], portal: ['别的事实'] })
  await decideWaiting(t.app, office, waitingId, { decision: 'same', subjectId })
  assert.deepEqual(await standing(t.app, subjectId), { archive: ['别的事实', '待认事实'], portal: ['别的事实', '待认事实'] })
  assert.equal(await codeOf(decideWaiting(t.app, office, waitingId, { decision: 'same', subjectId })), 'waiting.decided-before')
})

test('M058 · what its sender annulled does not come back through the queue, and what is not there cannot be annulled', async () => {
  await withRecord(4, '已撤事实')
  await send(t.app, 'ecology-penalty', [penalty(4, '澜复〔2026〕4号', { 操作类型: '撤销' })])
  const back = await askedBy({ 违法事实: '又来一次' }, 4)
  const decided = decideWaiting(t.app, office, back.waitingId, { decision: 'same', subjectId: back.subjectId })
  assert.equal(await codeOf(decided), 'record.annulled-before')
  await send(t.app, 'ecology-penalty', [penalty(5, '澜复〔2026〕先5号')])
  const nothing = await askedBy({ 操作类型: '撤销' }, 5)
  const annulled = decideWaiting(t.app, office, nothing.waitingId, { decision: 'same', subjectId: nothing.subjectId })
  assert.equal(await codeOf(annulled), 'record.nothing-to-annul')
})

test('M072 · an annulment of a row that waits, or that a person filed, is a question of its own and does not pass for the same row', async () => {
  await send(t.app, 'ecology-penalty', [penalty(6, '澜复〔2026〕先6号')])
  const asked = await askedBy({ 违法事实: '误报' }, 6)
  const annulling = await send(t.app, 'ecology-penalty', [
    penalty(6, '澜复〔2026〕6号', { ...ANOTHER, 违法事实: '误报', 操作类型: '撤销' }),
  ])
  assert.equal(annulling.counts.waiting, 1)
  const [question] = await waitingOf(t.app, annulling.deliveryId)
  const same = { decision: 'same', subjectId: asked.subjectId } as const
  await decideWaiting(t.app, office, asked.waitingId, same)
  await decideWaiting(t.app, office, question?.waiting_id as WaitingId, same)
  assert.deepEqual((await standing(t.app, asked.subjectId)).portal, ['检查发现总排口化学需氧量超标。'])
})
