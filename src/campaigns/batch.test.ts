import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listOfTexts } from '../checks/list.ts'
import { sql } from '../db/database.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { batchState, sendBatch, workOff } from './batch.ts'
import { readBatch } from './batch-views.ts'
import { readCodes } from './list-codes.ts'
import type { CampaignId } from './model.ts'
import { openInCampaign } from './open-case.ts'
import { codeOf, ONE, ORDER, OUTSIDER, PARTNER, running, SECOND } from './testing.ts'

// A list of codes becomes cases, each its own; a line that is refused stops nobody, and a break loses and doubles nothing.

let t: TestApp
let n = 0

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
})
after(() => t.close())

async function codes(count: number): Promise<string[]> {
  const subjects = Array.from({ length: count }, () => {
    n += 1
    return { name: `澜川名单示例${n}有限公司`, uscc: inventedUscc('enterprise', 6400 + n) }
  })
  await openTestSubjects(t.app, subjects)
  return subjects.map(one => one.uscc)
}
const UNKNOWN = inventedUscc('enterprise', 9_900_001)
const send = (campaignId: CampaignId, list: readonly string[], fields: Record<string, string> = ORDER.fields) =>
  sendBatch(t.app, ONE, campaignId, { ...ORDER, fields, codes: list })
const casesOf = async (campaignId: CampaignId): Promise<number> =>
  (await t.app.db.row<{ n: number }>(sql`select count(*)::int as n from case_file where parent_id = ${campaignId}`))?.n ?? -1

test('M279 · a list becomes cases, each with its own letter and clock; who cannot be found is told, the others go on', async () => {
  const campaignId = await running(t)
  const [a = '', b = '', c = ''] = await codes(3)
  const { batchId, rows } = await send(campaignId, [a, UNKNOWN, b, c])
  assert.equal(rows, 4)
  const key = { campaignId, batchId }
  assert.deepEqual(await workOff(t.app, ONE, key, 3), { rows: 4, opened: 2, refused: 1, waiting: 1 })
  // Somebody else of the unit goes on where the first stopped.
  assert.deepEqual(await workOff(t.app, SECOND, key, 20), { rows: 4, opened: 3, refused: 1, waiting: 0 })
  const { lines } = await readBatch(t.app, ONE, key)
  assert.deepEqual(
    lines.map(one => [one.row, one.number !== null, one.why === null]),
    [
      [1, true, true],
      [2, false, false],
      [3, true, true],
      [4, true, true],
    ],
  )
  assert.match(lines[1]?.why ?? '', /没有这个代码的主体/)
  const letters = await t.app.db.row<{ n: number }>(sql`select count(distinct n.case_id)::int as n from notice n
    join case_file f on f.subject_id = n.subject_id and f.case_id = n.case_id where f.parent_id = ${campaignId}`)
  assert.equal(letters?.n, 3, 'no letter of a campaign stands for those of its cases')
})

test('M279 · the same list is taken once, and working it off again opens nothing again', async () => {
  const campaignId = await running(t)
  const list = await codes(2)
  const first = await send(campaignId, list)
  const again = await send(campaignId, list)
  assert.deepEqual([again.batchId, again.isNew], [first.batchId, false])
  const key = { campaignId, batchId: first.batchId }
  const both = await Promise.all([workOff(t.app, ONE, key, 20), workOff(t.app, SECOND, key, 20)])
  assert.ok(both.every(one => one.waiting === 0 || one.opened <= 2))
  assert.deepEqual(await workOff(t.app, ONE, key, 20), { rows: 2, opened: 2, refused: 0, waiting: 0 })
  assert.equal(await casesOf(campaignId), 2)
  const other = await send(campaignId, list, { ...ORDER.fields, duties: '另一项整改' })
  assert.equal(other.isNew, true)
  const state = await workOff(t.app, ONE, { campaignId, batchId: other.batchId }, 20)
  assert.deepEqual([state.opened, state.refused], [0, 2], 'an open case of the same kind is not opened beside')
})

test('M279 · a line whose case the law refuses says why, with the article; nothing of it stays behind', async () => {
  const campaignId = await running(t)
  const [a = ''] = await codes(1)
  const { batchId } = await send(campaignId, [a], { ...ORDER.fields, until: '2026-06-12' })
  assert.deepEqual(await workOff(t.app, ONE, { campaignId, batchId }, 20), { rows: 1, opened: 0, refused: 1, waiting: 0 })
  const { lines } = await readBatch(t.app, ONE, { campaignId, batchId })
  assert.match(lines[0]?.why ?? '', /整改期限至少给十日.*依据：《/)
  assert.equal(await casesOf(campaignId), 0)
})

test('M279 · a list is refused whole where it is none, too long, or its form is not filled in; another unit’s is not there', async () => {
  const campaignId = await running(t)
  const [a = ''] = await codes(1)
  assert.equal(await codeOf(send(campaignId, [])), 'campaign.no-rows')
  assert.equal(
    await codeOf(
      send(
        campaignId,
        Array.from({ length: 501 }, () => a),
      ),
    ),
    'campaign.too-many-rows',
  )
  assert.equal(await codeOf(send(campaignId, [a, `${a.slice(0, 17)}?`])), 'campaign.row-invalid')
  assert.equal(await codeOf(send(campaignId, [a], {})), 'case.field-missing')
  assert.equal(await codeOf(send(campaignId, [a], { ...ORDER.fields, more: 'x' })), 'case.field-unknown')
  const wish = { ...ORDER, codes: [a] }
  assert.equal(await codeOf(sendBatch(t.app, OUTSIDER, campaignId, wish)), 'campaign.unit-not-part')
  assert.equal(await codeOf(sendBatch(t.app, ONE, campaignId, { ...wish, procedure: 'listing' })), 'campaign.procedure-not-part')
  const { batchId } = await send(campaignId, [a])
  assert.equal(await codeOf(batchState(t.app, PARTNER, { campaignId, batchId })), 'campaign.batch-unknown')
  assert.equal(await codeOf(workOff(t.app, PARTNER, { campaignId, batchId }, 5)), 'campaign.batch-unknown')
})

test('M279 · lines wait when the campaign is over meanwhile; none is marked as refused', async () => {
  const campaignId = await running(t)
  const { batchId } = await send(campaignId, await codes(1))
  t.setNow(new Date('2027-01-04T04:00:00Z'))
  assert.equal(await codeOf(workOff(t.app, ONE, { campaignId, batchId }, 5)), 'campaign.not-running-over')
  t.setNow(new Date('2026-06-08T04:00:00Z'))
  assert.equal((await batchState(t.app, ONE, { campaignId, batchId })).waiting, 1)
})

test('principle 8 · the list lies sealed: the door’s login reads how long it is and not whom it names', async () => {
  const campaignId = await running(t)
  const [a = ''] = await codes(1)
  const { batchId } = await send(campaignId, [a])
  await assert.rejects(t.app.db.run(sql`select sealed from campaign_batch where batch_id = ${batchId}`), { code: '42501' })
  const kept = await t.app.changes.row<{ sealed: Buffer }>(sql`select sealed from campaign_batch where batch_id = ${batchId}`)
  assert.ok(kept && !kept.sealed.includes(a))
})

test('M279 · of a pasted list the codes are taken, each once; every other line says what is wrong with it', async () => {
  const [a = '', b = ''] = await codes(2)
  const list = await listOfTexts([` ${a.toLowerCase()} `, '澜川某某有限公司', b, a, 'ABC123', ''])
  const lines = await readCodes(t.app, list)
  assert.deepEqual(
    lines.map(one => [one.line, one.code]),
    [
      [1, a],
      [2, null],
      [3, b],
      [4, null],
      [5, null],
    ],
  )
  assert.match(lines[1]?.why ?? '', /只认代码/)
  assert.match(lines[3]?.why ?? '', /第1行/)
})

test('M279 · a case that an officer opened by hand before is not doubled by a list', async () => {
  const campaignId = await running(t)
  const [a = ''] = await codes(1)
  const found = await t.app.db.row<{ subject_id: number }>(
    sql`select subject_id from subject_of_code('uscc', ${a}) as f (subject_id)`,
  )
  await openInCampaign(t.app, ONE, campaignId, { ...ORDER, subjectId: found?.subject_id as never })
  const { batchId } = await send(campaignId, [a])
  assert.equal((await workOff(t.app, ONE, { campaignId, batchId }, 5)).refused, 1)
  assert.equal(await casesOf(campaignId), 1)
})
