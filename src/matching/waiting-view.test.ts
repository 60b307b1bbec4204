import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { z } from 'zod'
import type { SubjectId, WaitingId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { type Doors, openDoors } from '../invariants/doors.ts'
import { firm, penalty, registration, uncodedPenalty } from '../invariants/sent-rows.ts'
import { type Sent, send, subjectOf, waitingOf } from '../invariants/testing.ts'
import { nameKey } from '../subject/name.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import type { listWaiting } from './contract.ts'
import { decideWaiting } from './decide-waiting.ts'
import { showWaiting } from './waiting-view.ts'

let t: TestApp
let doors: Doors
let firms: [SubjectId, SubjectId]
const office = actorFor('credit-office', 'credit-office')
const STRANGER = '澜川查无此名商行'

before(async () => {
  t = await openTestApp()
  doors = await openDoors(t)
  await send(t.app, 'market-registration', [registration(1), registration(2)])
  firms = (await Promise.all([1, 2].map(n => subjectOf(t.app, firm(n).code)))) as typeof firms
})
after(async () => {
  await doors.close()
  await t.close()
})

async function waitingFor(row: Readonly<Record<string, string>>): Promise<[WaitingId, Sent]> {
  const sent = await send(t.app, 'ecology-penalty', [row])
  const [line] = await waitingOf(t.app, sent.deliveryId)
  return [(line ?? assert.fail('nothing waits')).waiting_id as WaitingId, sent]
}

type Registered = { looks: SubjectId[]; misses: { asked: Buffer; business_no: string }[] }
async function registeredBy(deed: () => Promise<unknown>): Promise<Registered> {
  const [{ last } = { last: 0 }] = await t.worker.db.rows<{ last: number }>(
    sql`select greatest((select max(look_id) from look), (select max(look_id) from look_miss), 0) as last`,
  )
  await deed()
  const looks = await t.worker.db.rows<{ subject_id: SubjectId }>(
    sql`select subject_id from look where look_id > ${last} order by subject_id`,
  )
  const misses = await t.worker.db.rows<Registered['misses'][number]>(
    sql`select asked, business_no from look_miss where look_id > ${last}`,
  )
  return { looks: looks.map(one => one.subject_id), misses }
}

test('principle 8 · the list of the queue says where a row came from and why it waits, names nobody, and is no look', async () => {
  const [waitingId, { deliveryId }] = await waitingFor(penalty(1, '澜待〔2026〕1号', { 行政相对人名称: firm(2).name }))
  const [other] = await waitingFor(uncodedPenalty(STRANGER, '澜待〔2026〕2号'))
  await decideWaiting(t.app, office, other, { decision: 'returned', reason: '请补填代码' })
  const registered = await registeredBy(async () => {
    const clerk = await doors.signIn('credit-office', ['credit-office'])
    const [open, decided] = await Promise.all(
      ['open', 'decided'].map(state => doors.ask('api', clerk, { method: 'GET', url: `/api/v1/waiting?state=${state}` })),
    )
    assert.ok(open)
    const { waiting } = open.json() as z.output<(typeof listWaiting)['output']>
    const { openedAt, ...title } = waiting.find(one => one.waitingId === waitingId) ?? assert.fail('not in the list')
    assert.deepEqual(title, {
      waitingId,
      unitName: '澜川市生态环境局',
      itemName: t.app.law.items.get('penalty-org')?.at(-1)?.name,
      reason: 'match.code-and-name-disagree',
      sentence: '代码与名称对不上，须确认是哪个主体。',
      deliveryId,
      rowNo: 2,
    })
    assert.ok(openedAt)
    const said = `${open.body}${decided?.body}`
    for (const secret of [firm(1).name, firm(1).code, firm(2).name, firm(2).code, STRANGER, '澜待'])
      assert.equal(said.includes(secret), false, secret)
  })
  assert.deepEqual(registered, { looks: [], misses: [] })
})

test('principle 8 · a row that may be about nobody known is a look that found nobody, with the digest of what a check would ask', async () => {
  const [waitingId] = await waitingFor(uncodedPenalty(STRANGER, '澜待〔2026〕3号'))
  const { looks, misses } = await registeredBy(async () => {
    const view = await showWaiting(t.app, office, waitingId)
    assert.deepEqual([view.counterpart.name, view.candidates], [STRANGER, []])
  })
  assert.deepEqual(looks, [])
  assert.deepEqual(
    misses.map(miss => [miss.business_no, miss.asked.toString('hex')]),
    [[`W${waitingId}`, t.app.keys.blindIndex('look-miss', `name ${nameKey(STRANGER)}`).toString('hex')]],
  )
})

test('principle 8 · a row shows its candidates and whoever it was decided to be: one look at each', async () => {
  const [waitingId] = await waitingFor(uncodedPenalty(firm(1).name, '澜待〔2026〕4号'))
  const show = () => showWaiting(t.app, office, waitingId)
  assert.deepEqual(await registeredBy(show), { looks: [firms[0]], misses: [] })
  await decideWaiting(t.app, office, waitingId, { decision: 'same', subjectId: firms[1], reason: '已更名' })
  assert.deepEqual(
    (await registeredBy(show)).looks,
    [...firms].sort((a, b) => a - b),
  )
  assert.deepEqual(
    (await show()).candidates.map(one => one.subjectId),
    [firms[0]],
    'the candidates are those that there were',
  )
})
