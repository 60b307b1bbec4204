import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { sql } from '../db/database.ts'
import { runLine } from '../intake/line.ts'
import type { Channel } from '../intake/model.ts'
import { receiveDelivery } from '../intake/receive.ts'
import { firm, wageListing } from '../invariants/sent-rows.ts'
import { clerkOf, csvOf, refusalsOf, type SentRow, send, subjectOf } from '../invariants/testing.ts'
import { openNotice } from '../notices/proof.ts'
import { drainTasks } from '../platform/worker.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { actorFor, openTestApp, type TestApp, workerOf } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import { runClocks } from './run-clocks.ts'

// Principle 6: notice before listing. A list that is decided here is entered by a case and by nothing that somebody sends.

let t: TestApp
const SINCE = '2026-04-01'
const as = (id: string, unit: string, ...roles: string[]): Actor => ({ ...actorFor(unit, ...roles), id })
const officer = as('account:41', 'human-resources', 'case-officer')
const colleague = as('account:42', 'human-resources', 'case-officer')

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
})
after(() => t.close())

type Told = Awaited<ReturnType<typeof refusalsOf>>
const told = async (source: string, row: SentRow): Promise<Told> =>
  await refusalsOf(t.app, (await send(t.app, source, [row])).deliveryId)

for (const channel of ['console', 'api', 'drop', 'import'] as const satisfies readonly Channel[])
  test(`principle 6 · M202 · by ${channel} an entry of a list decided here is refused with the list, the day and the article`, async () => {
    const row = wageListing(1, `澜途〔2026〕${channel}号`, { '列入(认定)日期': SINCE })
    const sending = { source: 'wage-arrears', channel, fileName: '名单.csv', content: Buffer.from(csvOf([row])) }
    const { deliveryId } = await receiveDelivery(t.app, clerkOf(t.app, 'wage-arrears'), sending, { queue: false })
    const counts = await runLine(workerOf(t.app), deliveryId)
    assert.deepEqual([counts.refused, counts.filed, counts.waiting], [1, 0, 0])
    const [fault] = await refusalsOf(t.app, deliveryId)
    assert.equal(fault?.code, 'list.decided-here')
    assert.deepEqual(fault?.facts, { list: t.app.law.lists.get('wage-arrears')?.name, from: SINCE })
    const basis = await t.worker.db.row<{ basis: string }>(sql`select basis from refusal where delivery_id = ${deliveryId}`)
    assert.ok(t.app.law.lists.get('wage-arrears')?.basis.includes(basis?.basis ?? ''))
  })

test('principle 6 · M202 · what was decided before there was a procedure is brought in once, with its decision document, and may be taken off', async () => {
  const number = '澜人社欠薪列〔2025〕31号'
  const old = wageListing(2, number, { '列入(认定)日期': '2026-03-31' })
  assert.equal((await send(t.app, 'wage-arrears', [old])).counts.filed, 1)
  const again = { ...old, 主要失信事实: '责令限期支付后逾期未支付。' }
  assert.equal((await send(t.app, 'wage-arrears', [{ ...again, 列入事由: old['列入事由'] ?? '' }])).counts.duplicate, 1)
  const { counts } = await send(t.app, 'wage-arrears', [{ ...old, 移出日期: '2026-06-01' }])
  assert.equal(counts.corrected, 1)
  const [unnumbered] = await told('wage-arrears', wageListing(3, ''))
  assert.equal(unnumbered?.code, 'field.missing')
  assert.equal(unnumbered?.column_name, '列入决定书')
})

test('principle 6 · M210 · an honour that bears the name of the list decided here is refused, another honour is taken', async () => {
  const { code, name } = firm(4)
  const honour = {
    ...{ 获奖单位: name, 统一社会信用代码: code, 荣誉称号: '质量奖', 文号: '澜质〔2026〕1号', 发文日期: '2026-05-20' },
    ...{ 层级: '市级荣誉', 发文单位: '澜川市社会信用体系建设办公室' },
  }
  const own = { ...honour, 荣誉称号: '列入《澜川市守信激励对象名单》', 文号: '澜质〔2026〕2号' }
  assert.deepEqual(
    (await told('honour', own)).map(one => one.code),
    ['list.decided-here'],
  )
  assert.deepEqual(await told('honour', honour), [])
})

const MIRRORED = {
  案件性质: '虚开发票',
  '案件名称（纳税人）': firm(5).name,
  统一社会信用代码: firm(5).code,
  纳税人识别号: firm(5).code,
  公布日期: '2026-05-15',
  列入事由: '虚开发票',
  主要失信事实: '虚开发票一百五十份',
  稽查局: '国家税务总局澜川市税务局稽查局',
}

test('principle 6 · M204 · an entry of a list decided elsewhere comes with its decision document and whoever decided, or is refused', async () => {
  assert.deepEqual(await told('tax-serious', { ...MIRRORED, 认定文号: '澜税〔2026〕1号' }), [])
  assert.deepEqual(
    (await told('tax-serious', { ...MIRRORED, 认定文号: '' })).map(one => [one.code, one.column_name]),
    [['field.missing', '认定文号']],
  )
  assert.deepEqual(
    (await told('tax-serious', { ...MIRRORED, 认定文号: '无' })).map(one => one.code),
    ['document-number.placeholder'],
  )
  const nobody = { ...MIRRORED, 认定文号: '澜税〔2026〕2号', 认定单位: '某某局', 认定单位统一社会信用代码: '' }
  assert.ok((await told('tax-serious', nobody)).length > 0)
})

test('principle 6 · M216 · what a case has listed no file corrects or annuls, not by the number and not by an earlier day either', async () => {
  const { code, name } = firm(6)
  const [subjectId] = await openTestSubjects(t.app, [{ name, uscc: code }])
  assert.ok(subjectId)
  const number = '澜人社欠薪列〔2026〕61号'
  await listByCase(subjectId, number)
  assert.equal(await subjectOf(t.app, code), subjectId)
  const earlier = wageListing(6, number, { '列入(认定)日期': '2026-03-02' })
  const before = await standing(subjectId)
  for (const row of [earlier, { ...earlier, 操作类型: '撤销' }, { ...earlier, 移出日期: '2026-05-01' }]) {
    assert.deepEqual(
      (await told('wage-arrears', row)).map(one => one.code),
      ['list.decided-here'],
      row['操作类型'],
    )
  }
  assert.deepEqual(await standing(subjectId), before)
})

const standing = async (subjectId: number): Promise<unknown> =>
  (await t.worker.db.rows(sql`select fact_id, kind from fact where subject_id = ${subjectId} order by fact_id`)).map(row => ({
    ...row,
  }))

async function listByCase(subjectId: Awaited<ReturnType<typeof subjectOf>>, number: string): Promise<void> {
  const me = { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId }
  const fields = {
    ground: 'wage-arrears:criminal-amount',
    fact: '拖欠工资',
    proof: '工资台账',
    document: '澜人社监令〔2026〕8号',
  }
  const key = await openCase(t.app, officer, {
    ...{ procedure: 'listing', act: 'propose', subjectId },
    ...{ aboutRef: 'wage-arrears', fields },
  })
  await takeStep(t.app, colleague, key, { act: 'confirm-notice' })
  const letter = await t.worker.db.row<{ notice_id: number }>(
    sql`select notice_id from notice where case_id = ${key.caseId} and notice = 'listing-notice'`,
  )
  await openNotice(t.app, me, { subjectId, noticeId: letter?.notice_id ?? 0 }, [subjectId])
  await drainTasks(t.worker)
  t.setNow(new Date('2026-06-16T04:00:00Z'))
  await runClocks(t.worker)
  await takeStep(t.app, officer, key, { act: 'decide', fields: { 'decision-number': number, defence: '没有陈述申辩' } })
  await takeStep(t.app, colleague, key, { act: 'list' })
}
