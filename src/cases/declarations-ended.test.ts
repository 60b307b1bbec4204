import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from '../db/database.ts'
import { openNotice } from '../notices/proof.ts'
import type { CaseKey } from './model.ts'
import { runClocks } from './run-clocks.ts'
import { codeOf, colleague, type Declaring, type DeclaringFirm, officer, openDeclaring, VERIFIED } from './testing-declaration.ts'

// How a declaration ends: by its day, taken back at any time, or removed as untrue after it was heard; and what never comes of it.

let d: Declaring
before(async () => {
  d = await openDeclaring(7300)
})
after(() => d.t.close())
beforeEach(() => d.onDay('2026-06-08'))

test('M087 · pipl#15 · a verified declaration that is taken back stops in the same moment, and its case ends when every receiver has confirmed', async () => {
  const one = await d.firm()
  const key = await d.declared(one, d.licensed(one))
  assert.equal((await d.shown(one)).length, 1)
  await d.act(one.me, key, 'take-back')
  assert.deepEqual(await d.shown(one), [])
  await d.works()
  assert.equal(await d.stateOf(one, key), 'withdrawn')
  const own = await d.t.worker.db.rows(sql`select from record_standing where subject_id = ${one.subjectId} and kind = 'removed'`)
  assert.equal(own.length, 1)
})

test('M087 · what is not verified yet is withdrawn without a trace in the archive', async () => {
  const one = await d.firm()
  const key = await d.declared(one, d.unheard())
  await d.act(one.me, key, 'withdraw')
  assert.equal(await d.stateOf(one, key), 'withdrawn')
  assert.equal(await d.filed(one), 0)
  assert.equal(await codeOf(d.act(officer, key, 'verify', VERIFIED)), 'case.closed')
})

test('principle 3 · a declaration ends by its day, without a person', async () => {
  const one = await d.firm()
  const key = await d.declared(one, d.licensed(one, { until: '2026-07-01' }))
  d.onDay('2026-07-01')
  await runClocks(d.t.worker)
  assert.equal(await d.stateOf(one, key), 'verified', 'on its last day it holds')
  d.onDay('2026-07-02')
  await runClocks(d.t.worker)
  assert.equal(await d.stateOf(one, key), 'expired')
  const after = await d.t.worker.db.rows(
    sql`select from pub.record where subject_id = ${one.subjectId} and item = 'self-declared-org' and (shown_until is null or shown_until >= '2026-07-02')`,
  )
  assert.equal(after.length, 0)
})

/** Verified by a clerk; told that it seems untrue; the letter opened on the day. */
async function questioned(one: DeclaringFirm): Promise<CaseKey> {
  const key = await d.declared(one, d.unheard())
  await d.act(officer, key, 'verify', VERIFIED)
  await d.act(officer, key, 'give-notice', { fact: '认证机构答复证书不是它颁发的。', evidence: '认证机构复函\n公示截图' })
  assert.equal(await codeOf(d.act(officer, key, 'propose-strike', { 'strike-because': '证书不实' })), 'case.act-not-open')
  const letter = await d.t.worker.db.row<{ notice_id: number }>(
    sql`select notice_id from notice where case_id = ${key.caseId} and notice = 'declaration-untrue-notice'`,
  )
  await openNotice(d.t.app, one.me, { subjectId: one.subjectId, noticeId: letter?.notice_id ?? 0 }, [one.subjectId])
  await d.works()
  return key
}

test('M093 · principle 6 · what was found untrue is removed after notice and statement by two persons, with a warning and no punishment', async () => {
  const one = await d.firm()
  const key = await questioned(one)
  assert.equal(await d.stateOf(one, key), 'heard-from')
  assert.equal((await d.shown(one)).length, 1, 'until it is decided it stands')
  await d.act(one.me, key, 'state', { statement: '证书是代理机构办的。' })
  await d.act(officer, key, 'propose-strike', { 'strike-because': '认证机构没有颁发过这份证书。' })
  assert.equal(await codeOf(d.act(officer, key, 'confirm-strike')), 'case.same-person')
  await d.act(colleague, key, 'confirm-strike')
  assert.deepEqual(await d.shown(one), [])
  await d.works()
  const view = await d.seen(one, key)
  assert.equal(view.state, 'struck')
  assert.ok(view.letters.some(letter => letter.name === '自主申报不实认定和警示书'))
  const others = await d.t.worker.db.rows<{ item: string }>(
    sql`select distinct item from fact where subject_id = ${one.subjectId} and kind = 'record' and item not in ('registration-org', 'licence-org')`,
  )
  assert.deepEqual(
    others.map(row => row.item),
    ['self-declared-org'],
    'no breach and no listing comes of it',
  )
})

test('M093 · what proves true in the statement stays, and its validity runs on', async () => {
  const one = await d.firm()
  const key = await questioned(one)
  await d.act(one.me, key, 'state', { statement: '认证机构已经更正答复。' })
  await d.act(officer, key, 'keep', { 'kept-because': '认证机构更正了答复，证书属实。' })
  const view = await d.seen(one, key)
  assert.equal(view.state, 'verified')
  assert.equal(view.clocks.find(clock => clock.clock === 'validity')?.doneOn, null)
  assert.equal((await d.shown(one)).length, 1)
})
