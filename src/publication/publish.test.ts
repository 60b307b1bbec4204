import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { type Database, openDatabase, sql } from '../db/database.ts'
import { firm, penalty, registration } from '../invariants/sent-rows.ts'
import { send, subjectOf } from '../invariants/testing.ts'
import { recordLink, undoLink } from '../matching/link-subjects.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { publishSubjects } from './publish.ts'

// Publication and what changes groups or takes away, at once.

let t: TestApp
let other: Database
const office = actorFor('credit-office', 'credit-office')
const MERGED = { kind: 'merged-into', validFrom: day('2026-07-01'), reason: '登记机关通知书' } as const

before(async () => {
  t = await openTestApp()
  other = openDatabase(t.database.superuserUrl, { max: 1 })
})
after(async () => {
  await other.close()
  await t.close()
})

let serial = 0
/** Two firms that are published, the first with a penalty. */
async function twoFirms(): Promise<[merged: SubjectId, survivor: SubjectId]> {
  const [one, two] = [++serial, ++serial]
  await send(t.app, 'market-registration', [registration(one), registration(two)])
  await send(t.app, 'ecology-penalty', [penalty(one, `澜合罚〔2026〕${one}号`)])
  const ids = [await subjectOf(t.app, firm(one).code), await subjectOf(t.app, firm(two).code)] as const
  await publishSubjects(t.worker, ids)
  return [...ids]
}

const pageExists = async (subjectId: SubjectId): Promise<boolean> =>
  (await t.worker.db.row(sql`select from pub.subject where subject_id = ${subjectId}`)) !== undefined
const shownUnder = async (subjectId: SubjectId): Promise<number> =>
  (await t.worker.db.row<{ n: number }>(sql`select count(*)::int as n from pub.record where subject_id = ${subjectId}`))?.n ?? -1

test('M056 · a publication that had to wait sees the merger that was recorded meanwhile', async () => {
  const [merged, survivor] = await twoFirms()
  let publishing = Promise.resolve()
  await other.transaction(async tx => {
    await tx.run(sql`select pg_advisory_xact_lock(731, shelf) from generate_series(0, 63) as shelf`)
    publishing = publishSubjects(t.worker, [merged, survivor])
    await sleep(300)
    t.setNow(new Date(TEST_NOW.getTime() + 60_000))
    await recordLink(t.app, office, { ...MERGED, subjectId: merged, toSubject: survivor })
  })
  await publishing
  assert.equal(await pageExists(merged), false)
  assert.deepEqual([await shownUnder(merged), await shownUnder(survivor)], [0, 1])
})

test('principle 3 · a merger that is taken back while the merged one is being published leaves nothing on the other page', async () => {
  const [merged, survivor] = await twoFirms()
  assert.notEqual(merged % 64, survivor % 64)
  const { linkId } = await recordLink(t.app, office, { ...MERGED, subjectId: merged, toSubject: survivor })
  await publishSubjects(t.worker, [merged, survivor])
  assert.equal(await shownUnder(survivor), 1)
  let publishing = Promise.resolve()
  let undoing = Promise.resolve()
  await other.transaction(async tx => {
    // Holds the publication between its reading and its writing.
    await tx.run(sql`update pub.subject set name = name || '旧' where subject_id = ${survivor}`)
    publishing = publishSubjects(t.worker, [merged])
    await sleep(300)
    undoing = undoLink(t.app, office, { subjectId: merged, linkId }, '登记机关更正')
    await sleep(300)
  })
  await Promise.all([publishing, undoing])
  assert.equal(await shownUnder(survivor), 0)
})

test('principle 3 · a record that is annulled while its subject is merged is taken from the page that it has moved to', async () => {
  const [merged, survivor] = await twoFirms()
  const annulled = penalty(serial - 1, `澜合罚〔2026〕${serial - 1}号`, { 操作类型: '撤销' })
  let annulling: Promise<unknown> = Promise.resolve()
  await other.transaction(async tx => {
    // Holds the annulment between its reading and its writing.
    await tx.run(sql`select pg_advisory_xact_lock(732, shelf) from generate_series(0, 63) as shelf`)
    annulling = send(t.app, 'ecology-penalty', [annulled])
    await sleep(500)
    await recordLink(t.app, office, { ...MERGED, subjectId: merged, toSubject: survivor })
    await publishSubjects(t.worker, [merged, survivor])
    assert.equal(await shownUnder(survivor), 1)
  })
  await annulling
  assert.deepEqual([await shownUnder(merged), await shownUnder(survivor)], [0, 0])
})
