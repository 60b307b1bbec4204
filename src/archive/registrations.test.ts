import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { firm, penalty, registration } from '../invariants/sent-rows.ts'
import { publishAll, type SentRow, send, subjectOf, waitingOf } from '../invariants/testing.ts'
import { decideWaiting } from '../matching/decide-waiting.ts'
import { inventedUscc } from '../subject/invented.ts'
import { organisationCodeOf, type Uscc } from '../subject/uscc.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { findCard } from './cards.ts'
import { readArchive } from './read-archive.ts'
import { standingRecords } from './registrations.ts'
import { listFacts, recordsOf } from './views.ts'

let t: TestApp
before(async () => {
  t = await openTestApp()
})
after(() => t.close())

const office = actorFor('credit-office', 'credit-office')
const LOOK = { purpose: '行政审批', businessNo: '审〔2026〕2号' }
const TODAY = day('2026-11-20')

const named = (n: number, ending: string): string => firm(n).name.replace('贸易有限公司', ending)
const approve = (n: number, on: string, ending: string, changes: SentRow = {}): Promise<unknown> =>
  send(t.app, 'market-registration', [
    registration(n, { '核准（变更）日期': on, '企业（字号）名称': named(n, ending), ...changes }),
  ])
const cardOf = async (n: number) => findCard(t.worker.db, await subjectOf(t.app, firm(n).code))

test('M056 · registrations that arrive in the wrong order give the same card: the latest approval speaks', async () => {
  await approve(1, '2025-06-01', '科技有限公司', { 登记状态代码: 'ZX', 核准注销日期: '2025-06-01' })
  await approve(1, '2022-02-01', '贸易有限公司')
  await approve(1, '2023-08-01', '商贸有限公司')
  const card = await cardOf(1)
  assert.deepEqual([card?.name, card?.status, card?.endedOn], [named(1, '科技有限公司'), '注销', '2025-06-01'])
  assert.deepEqual(card?.formerNames, [
    { name: named(1, '商贸有限公司'), from: '2023-08-01', until: '2025-06-01' },
    { name: named(1, '贸易有限公司'), from: null, until: '2023-08-01' },
  ])
})

test('M056 · a corrected approval corrects the card, and a name told by mistake is no former name', async () => {
  await approve(2, '2025-01-10', '科计有限公司')
  await approve(2, '2025-01-10', '科技有限公司')
  const card = await cardOf(2)
  assert.deepEqual([card?.name, card?.formerNames], [named(2, '科技有限公司'), []])
})

test('M052 · a name that only a department reported is no former name, but its files still find the subject', async () => {
  await send(t.app, 'ecology-penalty', [penalty(3, '澜名〔2026〕3号', { 行政相对人名称: named(3, '旧称有限公司') })])
  const before = await cardOf(3)
  assert.deepEqual([before?.registered, before?.name], [false, named(3, '旧称有限公司')])
  await approve(3, '2026-02-01', '科技有限公司')
  const card = await cardOf(3)
  assert.deepEqual([card?.registered, card?.name, card?.formerNames], [true, named(3, '科技有限公司'), []])
  const { deliveryId, counts } = await send(t.app, 'ecology-penalty', [
    penalty(3, '澜名〔2026〕4号', { 行政相对人名称: named(3, '旧称有限公司') }),
  ])
  assert.equal(counts.filed, 1)
  const [fact] = await t.worker.db.rows<{ matched_by: string }>(
    sql`select matched_by from fact where delivery_id = ${deliveryId}`,
  )
  assert.equal(fact?.matched_by, 'uscc+former-name')
})

test('M056 · a notice of a single change does not empty the card', async () => {
  await approve(4, '2025-03-01', '贸易有限公司')
  const before = await cardOf(4)
  const change = {
    主体名称: named(4, '贸易有限公司'),
    统一社会信用代码: firm(4).code,
    变更项目: '住所',
    变更前: '甲路1号',
    变更后: '乙路2号',
    变更核准日期: '2026-01-05',
  }
  const { counts } = await send(t.app, 'market-change', [change])
  assert.equal(counts.filed, 1)
  assert.deepEqual(await cardOf(4), before)
})

test('M052 · old codes lead to the subject of the new one: the code carries the organisation code, the registration tells the number', async () => {
  await approve(5, '2025-03-01', '贸易有限公司')
  const subjectId = await subjectOf(t.app, firm(5).code)
  const old = organisationCodeOf(firm(5).code as Uscc)
  assert.deepEqual((await cardOf(5))?.oldCodes, [old])
  assert.equal(await subjectOf(t.app, old), subjectId)
  // Only a sole trader may be reported without the new code.
  const row = penalty(5, '澜旧〔2026〕5号', {
    行政相对人类别: '个体工商户',
    '行政相对人代码_1(统一社会信用代码)': '',
    '行政相对人代码_3(组织机构代码)': `${old.slice(0, 8)}-${old.slice(8)}`,
  })
  const { deliveryId, counts } = await send(t.app, 'ecology-penalty', [row])
  assert.equal(counts.filed, 1)
  const [fact] = await t.worker.db.rows<{ subject_id: number; matched_by: string }>(
    sql`select subject_id, matched_by from fact where delivery_id = ${deliveryId}`,
  )
  assert.deepEqual({ ...fact }, { subject_id: subjectId, matched_by: 'organisation-code+name' })
})

test('M058 · a branch has a file of its own: what is reported about it stays there, and nobody can decide it into its parent', async () => {
  await approve(6, '2025-03-01', '贸易有限公司')
  const parent = await subjectOf(t.app, firm(6).code)
  const code = inventedUscc('branch', 6)
  const name = `${named(6, '贸易有限公司')}望湖路分公司`
  const branch = { 行政相对人名称: name, '行政相对人代码_1(统一社会信用代码)': code }
  await send(t.app, 'ecology-penalty', [penalty(6, '澜分〔2026〕1号', branch)])
  const own = await subjectOf(t.app, code)
  assert.notEqual(own, parent)
  const { subject, records } = await readArchive(t.app, office, own, LOOK)
  assert.deepEqual([subject.kind, records.length], ['branch', 1])
  assert.equal((await readArchive(t.app, office, parent, LOOK)).records.filter(one => one.item === 'penalty-org').length, 0)
  const { deliveryId } = await send(t.app, 'ecology-penalty', [
    penalty(6, '澜分〔2026〕2号', { ...branch, '行政相对人代码_1(统一社会信用代码)': firm(6).code }),
  ])
  const [waiting] = await waitingOf(t.app, deliveryId)
  assert.equal(waiting?.reason, 'match.code-and-name-disagree')
  const decided = decideWaiting(t.app, office, waiting?.waiting_id as never, { decision: 'same', subjectId: parent })
  await assert.rejects(decided, { code: 'waiting.of-another-kind' })
})

test('M020 · every approval stays in the archive, the latest as the registration, the others as history that nobody else is shown', async () => {
  await approve(7, '2022-02-01', '贸易有限公司')
  await approve(7, '2025-06-01', '科技有限公司')
  await publishAll(t.app)
  const subjectId = await subjectOf(t.app, firm(7).code)
  const { records } = await readArchive(t.app, office, subjectId, LOOK)
  assert.deepEqual(
    records.map(one => [one.decidedOn, one.state, one.marks]),
    [
      ['2025-06-01', 'standing', ['displayed']],
      ['2022-02-01', 'former', ['former']],
    ],
  )
  const shownTo = records.map(one => one.outlets.filter(outlet => outlet.shown).map(outlet => outlet.outlet))
  assert.ok(shownTo[0]?.includes('portal-page') && shownTo[0].includes('public-report'))
  assert.deepEqual(shownTo[1], ['account', 'console-archive', 'archive-copy', 'api-records', 'export'])
  const portal = records[1]?.outlets.find(outlet => outlet.outlet === 'portal-page')
  assert.deepEqual(
    portal?.because.map(reason => reason.code),
    ['registration.former'],
  )
  const then = await readArchive(t.app, office, subjectId, { ...LOOK, asOf: day('2024-01-01') })
  assert.deepEqual([then.subject.name, then.records.map(one => one.state)], [named(7, '贸易有限公司'), ['standing']])
  const states = standingRecords(t.app.law, recordsOf(await listFacts(t.worker.db, [subjectId], t.app.now()), TODAY))
  assert.deepEqual(
    states.map(one => one.state),
    ['standing', 'corrected'],
    'the rule for publication, reports and checks',
  )
})

test('M056 · a registration that a person decided about makes the card; taken back, the card is what it was', async () => {
  await approve(8, '2025-03-01', '贸易有限公司')
  await approve(8, '2025-03-01', '商贸有限公司')
  const before = await cardOf(8)
  const again = registration(8, { '核准（变更）日期': '2025-03-01', '企业（字号）名称': named(8, '贸易有限公司') })
  const { deliveryId } = await send(t.app, 'market-registration', [again, registration(80)])
  const [waiting] = await waitingOf(t.app, deliveryId)
  assert.equal(waiting?.reason, 'record.equals-superseded')
  const subjectId = await subjectOf(t.app, firm(8).code)
  await decideWaiting(t.app, office, waiting?.waiting_id as never, { decision: 'same', subjectId: subjectId as SubjectId })
  assert.equal((await cardOf(8))?.name, named(8, '贸易有限公司'))
  await decideWaiting(t.app, office, waiting?.waiting_id as never, { decision: 'undone' })
  assert.deepEqual(await cardOf(8), before)
})
