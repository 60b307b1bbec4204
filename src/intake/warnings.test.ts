import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { day } from '../base/day.ts'
import { penalty } from '../invariants/sent-rows.ts'
import { clerkOf, publishAll, refusalsOf, type SentRow, send } from '../invariants/testing.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { usccCheck } from '../subject/uscc.ts'
import { openTestApp, type TestApp, workerOf } from '../testing-app.ts'
import { getDelivery } from './delivery-store.ts'
import { runLine } from './line.ts'
import { deliveryView, listWarnings, refusedFile } from './views.ts'

// What the sender of a row that is taken is told all the same.

let t: TestApp
before(async () => {
  t = await openTestApp()
})
after(() => t.close())

const MARKET = { 处罚机关: '澜川市市场监督管理局', 处罚机关统一社会信用代码: '', 失信信息类别: '' }
let serial = 700

/** A penalty of the market bureau in the columns of its source. */
function marketPenalty(changes: SentRow = {}): SentRow {
  const n = ++serial
  const unit = [...t.app.law.units.values()].find(one => one.id === 'market-regulation')
  return penalty(n, `澜市监罚〔2026〕${n}号`, { ...MARKET, 处罚机关统一社会信用代码: unit?.uscc ?? '', ...changes })
}

async function warnedOf(source: string, rows: readonly SentRow[]) {
  const { deliveryId, counts } = await send(t.app, source, rows)
  const delivery = await getDelivery(t.worker.db, deliveryId)
  const view = await deliveryView(t.app, delivery)
  const listed = await listWarnings(t.app, clerkOf(t.app, 'ecology-penalty'), delivery, { after: 0, limit: 50 })
  return { deliveryId, counts, view, listed, refused: await refusalsOf(t.app, deliveryId) }
}

test('M098 · a market penalty without the last day of publication is filed, not published, and its sender told so', async () => {
  const rows = [marketPenalty({ 公示截止期: '2027/05/15' }), marketPenalty(), marketPenalty({ 公示截止期: '无' })]
  const { counts, view, listed, refused } = await warnedOf('market-penalty', rows)
  assert.deepEqual([counts.filed, view.warned, refused], [3, 2, []])
  await publishAll(t.app)
  const shown = await t.worker.db.rows<{ document_no: string }>({ text: 'select document_no from pub.record' })
  assert.deepEqual(
    shown.map(row => row.document_no),
    [rows[0]?.['行政处罚决定书文号']],
  )
  assert.deepEqual(
    listed.faults.map(fault => [fault.row, fault.code, fault.columnName, fault.columnLetters]),
    [3, 4].map(row => [row, 'publication.end-not-given', '公示截止期', 'N']),
  )
  assert.match(listed.faults[0]?.why ?? '', /第3行已收下，但暂不公示：“公示截止期”没有填.*国家企业信用信息公示系统/)
  assert.match(listed.faults[0]?.how ?? '', /补填后重报/)
  assert.match(listed.faults[0]?.article ?? '', /总局令第45号/)
  assert.deepEqual(listed.causes, [{ code: 'publication.end-not-given', sentence: '没有填公示截止期，暂不公示', rows: 2 }])
})

const quiet: readonly (readonly [string, string, () => SentRow])[] = [
  ['another domain computes the end itself', 'ecology-penalty', () => penalty(++serial, `澜环罚〔2026〕${serial}号`)],
  [
    'what is minor is never shown',
    'market-penalty',
    () => marketPenalty({ 处罚类别: '警告', 处罚内容: '警告', '罚款金额(万元)': '' }),
  ],
  ['what names the day waits for nothing', 'market-penalty', () => marketPenalty({ 公示截止期: '2027/05/15' })],
]
for (const [why, source, row] of quiet) {
  test(`M098 · no warning: ${why}`, async () => {
    const { counts, view, listed, refused } = await warnedOf(source, [row()])
    assert.deepEqual([counts.filed, view.warned, listed.faults, refused], [1, 0, [], []])
  })
}

test('M098 · an annulment is not asked for the last day', async () => {
  const row = marketPenalty()
  await send(t.app, 'market-penalty', [row])
  const { counts, view } = await warnedOf('market-penalty', [{ ...row, 操作类型: '撤销' }])
  assert.deepEqual([counts.annulled, view.warned], [1, 0])
})

test('M051 · a code whose inner digit is wrong is taken, and said', async () => {
  const { counts, listed } = await warnedOf('ecology-penalty', [
    penalty(++serial, `澜环罚〔2026〕${serial}号`, { '行政相对人代码_1(统一社会信用代码)': innerWrong() }),
  ])
  assert.equal(counts.filed, 1)
  assert.deepEqual(
    listed.faults.map(fault => [fault.code, fault.columnLetters, fault.value]),
    [['uscc.inner-digit', 'C', innerWrong()]],
  )
  assert.match(listed.faults[0]?.how ?? '', /请对照证照确认/)
})

test('M054 · an old registration number with a wrong digit is taken, and said; one that reads as an ID number is not repeated', async () => {
  const changes = ['430101000000001', inventedResidentId(3, day('1971-03-04')).replace(/^(.{6})19(.{9}).$/, '$1$2')]
  const { counts, listed } = await warnedOf(
    'ecology-penalty',
    changes.map(number => penalty(++serial, `澜环罚〔2026〕${serial}号`, { '行政相对人代码_2(工商注册号)': number })),
  )
  assert.equal(counts.filed, 2)
  assert.ok(listed.faults.length >= 2)
  assert.ok(listed.faults.every(fault => fault.code.startsWith('registration-number.')))
  assert.ok(listed.faults.filter(fault => fault.row === 3).every(fault => fault.value === '（个人信息，未显示）'))
})

test('M071 · a sum in the other unit than the text is taken, and said', async () => {
  const row = penalty(++serial, `澜环罚〔2026〕${serial}号`, { '罚款金额(万元)': '20000' })
  const { counts, view, listed } = await warnedOf('ecology-penalty', [row])
  assert.deepEqual([counts.filed, view.warned, listed.faults[0]?.code], [1, 1, 'penalty.fine-unit'])
})

test('M078 · a row that waits for a person is warned of, a refused one is not, and no warning goes back in the file to mend', async () => {
  const waiting = marketPenalty({ '行政相对人代码_1(统一社会信用代码)': '', 行政相对人类别: '个体工商户' })
  const refusedRow = marketPenalty({ 处罚决定日期: '2026/02/30' })
  const { deliveryId, counts, view, listed } = await warnedOf('market-penalty', [waiting, refusedRow])
  assert.deepEqual([counts.waiting, counts.refused, view.warned], [1, 1, 1])
  assert.deepEqual(
    listed.faults.map(fault => fault.row),
    [2],
  )
  let mend = ''
  for await (const bytes of (
    await refusedFile(t.app, clerkOf(t.app, 'ecology-penalty'), await getDelivery(t.worker.db, deliveryId))
  ).bytes)
    mend += bytes.toString()
  assert.ok(!mend.includes('暂不公示'))
})

test('M078 · a line that is run again warns once', async () => {
  const { deliveryId } = await send(t.app, 'market-penalty', [marketPenalty()])
  const { app } = t
  // The chunk is settled; the end of the delivery alone is taken back.
  await app.changes.run({
    text: "update delivery_state set state = 'settling', settled_at = null where delivery_id = $1",
    values: [deliveryId],
  })
  await runLine(workerOf(app), deliveryId)
  assert.equal((await deliveryView(app, await getDelivery(app.changes, deliveryId))).warned, 1)
  assert.equal(
    (
      await listWarnings(app, clerkOf(t.app, 'ecology-penalty'), await getDelivery(app.changes, deliveryId), {
        after: 0,
        limit: 5,
      })
    ).faults.length,
    1,
  )
})

/** An invented code right in its last character and wrong in its seventeenth. */
function innerWrong(): string {
  const code = inventedUscc('enterprise', 4711)
  const first17 = `${code.slice(0, 16)}${code[16] === '1' ? '2' : '1'}`
  return `${first17}${usccCheck(first17)}`
}
