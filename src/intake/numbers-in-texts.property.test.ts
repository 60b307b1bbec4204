import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { addDays, day } from '../base/day.ts'
import type { DeliveryId, WaitingId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { firm, penalty, personPenalty } from '../invariants/sent-rows.ts'
import {
  clerkOf,
  contentsOf,
  csvOf,
  Outside,
  publishAll,
  refusalsOf,
  runs,
  type SentRow,
  send,
  subjectOf,
  waitingOf,
} from '../invariants/testing.ts'
import { decideWaiting } from '../matching/decide-waiting.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { getDelivery } from './delivery-store.ts'
import { keptRows } from './kept-rows.ts'
import { runLine } from './line.ts'
import { noCounts } from './model.ts'
import { receiveDelivery } from './receive.ts'
import { deliveryView, refusedFile } from './views.ts'

// An ID number inside a text is masked before anything is kept readable; the row as sent is kept sealed, so that nothing is lost.

let t: TestApp
let outside: Outside
before(async () => {
  t = await openTestApp()
  outside = await Outside.open(t)
})
after(async () => {
  await outside.close()
  await t.close()
})

let serial = 500
const next = (): number => ++serial
const numberOf = (n: number): string => `澜隐罚〔2026〕${n}号`
const idOf = (n: number, days: number): string => inventedResidentId(n, addDays(day('1940-01-01'), days))
const born = fc.integer({ min: 0, max: 24_000 })
const CODE = '行政相对人代码_1(统一社会信用代码)'

const around = fc.string({ unit: fc.constantFrom(...'甲乙罚款，。号：（）、在某处05 -xA;'), maxLength: 30 })
const written = fc.record({ before: around, behind: around, days: born })

async function keptText(deliveryId: DeliveryId): Promise<string> {
  const texts: string[] = []
  for await (const row of keptRows(t.worker, deliveryId)) texts.push(row.cells.join('|'))
  return texts.join('\n')
}

/** No table holds the number: contents, waiting rows, refusals, deliveries, acts, tasks, and what the public sees. */
async function assertNowhere(id: string): Promise<void> {
  assert.deepEqual(await outside.holding(id), [])
}

/** Columns of free text and of numbers: the column's code in the content where the row is filed. */
const COLUMNS = [
  ['ecology-penalty', '违法行为类型', 'CF_WFXW'],
  ['ecology-penalty', '违法事实', 'CF_SY'],
  ['ecology-penalty', '处罚依据', 'CF_YJ'],
  ['ecology-penalty', '处罚内容', 'CF_NR'],
  ['ecology-penalty', '行政处罚决定书文号', 'CF_WSH'],
  ['ecology-penalty', '法定代表人', 'CF_FRDB'],
  ['transport-penalty-person', '违法事实', 'CF_SY'],
  ['transport-penalty-person', '备注', 'BZ'],
] as const

function rowOf(source: string, n: number, changes: SentRow): SentRow {
  return source === 'ecology-penalty'
    ? penalty(n, numberOf(n), changes)
    : personPenalty(inventedResidentId(n, day('1985-07-09')), numberOf(n), changes)
}

test('M054 · an ID number in whatever text is filed masked; the row as sent is kept sealed, and sent again it is a duplicate', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...COLUMNS), written, async ([source, column, code], { before, behind, days }) => {
      const n = next()
      const id = idOf(n, days)
      const text = `文${before}${id}${behind}完`
      const row = rowOf(source, n, { [column]: text })
      const { deliveryId, counts } = await send(t.app, source, [row])
      assert.deepEqual(counts, { ...noCounts(), received: 1, filed: 1 }, JSON.stringify(await refusalsOf(t.app, deliveryId)))
      const shown = (await contentsOf(t.app, deliveryId)).get(2)?.[code] ?? ''
      assert.ok(shown.startsWith('文') && shown.endsWith('完') && shown.includes('***'), shown)
      assert.ok((await keptText(deliveryId)).includes(id), 'the sealed row still says what was sent')
      // Other bytes, the same row.
      const again = await send(t.app, source, [row, rowOf(source, next(), {})])
      assert.deepEqual(again.counts, { ...noCounts(), received: 2, filed: 1, duplicate: 1 })
      await publishAll(t.app)
      await assertNowhere(id)
    }),
    runs(40),
  )
  assert.notDeepEqual(await outside.holding(firm(serial).code.slice(0, 6)), [], 'the search finds what is there')
})

test('M065 · two rows that differ in an ID number alone are two contents: the second is a correction, not a duplicate', async () => {
  await fc.assert(
    fc.asyncProperty(born, async days => {
      const n = next()
      const [one, other] = [idOf(n, days), idOf(n + 1, days)]
      const sendWith = (id: string): ReturnType<typeof send> =>
        send(t.app, 'ecology-penalty', [penalty(n, numberOf(n), { 违法事实: `${id}在场` })])
      assert.equal((await sendWith(one)).counts.filed, 1)
      assert.equal((await sendWith(other)).counts.corrected, 1)
    }),
    runs(5),
  )
})

test('M065 · two documents whose numbers are ID numbers stay two records, though both are shown by three stars', async () => {
  const n = next()
  const ids = [idOf(n, 9000), idOf(n, 9001)]
  const { deliveryId, counts } = await send(
    t.app,
    'ecology-penalty',
    ids.map(id => penalty(n, id)),
  )
  assert.equal(counts.filed, 2)
  const contents = [...(await contentsOf(t.app, deliveryId)).values()]
  assert.deepEqual(
    contents.map(content => content['CF_WSH']),
    ['***', '***'],
  )
  for (const id of ids) await assertNowhere(id)
})

test('M054 · a row that waits for a person holds it nowhere readable, and waits once', async () => {
  await fc.assert(
    fc.asyncProperty(written, async ({ before, behind, days }) => {
      const n = next()
      const id = idOf(n, days)
      await send(t.app, 'ecology-penalty', [penalty(n, numberOf(n))])
      // Another firm under the same number.
      const row = penalty(next(), numberOf(n), { 违法事实: `${before}${id}${behind}` })
      const { deliveryId, counts } = await send(t.app, 'ecology-penalty', [row])
      assert.equal(counts.waiting, 1, JSON.stringify(await refusalsOf(t.app, deliveryId)))
      assert.equal((await waitingOf(t.app, deliveryId)).length, 1)
      assert.equal((await send(t.app, 'ecology-penalty', [row, penalty(next(), numberOf(serial))])).counts.duplicate, 1)
      await assertNowhere(id)
      // What a person decides is filed as it waited.
      const [waiting] = await waitingOf(t.app, deliveryId)
      const subjectId = await subjectOf(t.app, row[CODE] ?? '')
      await decideWaiting(t.app, clerkOf(t.app, 'ecology-penalty'), (waiting?.waiting_id ?? 0) as WaitingId, {
        decision: 'same',
        subjectId,
      })
      assert.equal((await contentsOf(t.app, deliveryId)).size, 1)
      await assertNowhere(id)
    }),
    runs(10),
  )
})

test('M054 · what follows 其他- in a list, and a certificate’s number, are texts too', async () => {
  const n = next()
  const id = idOf(n, 9000)
  const changes = {
    处罚类别: `罚款;其他-责令${id}停止`,
    '行政相对人代码_6(社会组织登记证号)': `社证${id}`,
    暂扣或吊销证照名称及编号: `T${id}`,
  }
  const { deliveryId } = await send(t.app, 'ecology-penalty', [penalty(n, numberOf(n), changes)])
  const content = (await contentsOf(t.app, deliveryId)).get(2)
  assert.deepEqual(
    ['CF_CFLB', 'CF_XDR_SHZZ', 'CF_NR_ZKDX'].map(code => content?.[code]),
    ['罚款;其他-责令***停止', '社证***', 'T***'],
  )
  await assertNowhere(id)
})

/** Cells that are refused, and what a reason would repeat. */
const FAULTY = [
  '处罚类别',
  '处罚决定日期',
  '罚款金额(万元)',
  '处罚机关',
  '操作类型',
  CODE,
  '行政相对人代码_2(工商注册号)',
] as const
const labels = fc.constantFrom('', '卡号', '账号：', '许可证号', '身份证号码', '张某', '通行证')

test('M054 · no reason repeats an ID number, whatever stands before it in the cell', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...FAULTY), labels, around, born, async (column, label, behind, days) => {
      const n = next()
      const id = idOf(n, days)
      const row = penalty(n, numberOf(n), { [column]: `${label}${id}${behind}。`, 违法事实: `${label}${id}` })
      const { counts } = await send(t.app, 'ecology-penalty', [row])
      assert.equal(counts.refused, 1)
      await assertNowhere(id)
    }),
    runs(30),
  )
})

test('M051 · an ID number in a subject’s name is refused: a name with stars in it would be another’s key', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), born, async (isPerson, days) => {
      const n = next()
      const id = idOf(n, days)
      const [source, row] = isPerson
        ? ['transport-penalty-person', rowOf('transport-penalty-person', n, { 当事人姓名: `周栖禾${id}` })]
        : ['ecology-penalty', rowOf('ecology-penalty', n, { 行政相对人名称: `${firm(n).name}（${id}）` })]
      const { deliveryId, counts } = await send(t.app, source as string, [row as SentRow])
      assert.equal(counts.refused, 1)
      assert.deepEqual(
        (await refusalsOf(t.app, deliveryId)).map(one => one.code),
        ['cell.person-number'],
      )
      assert.ok(!(await keptText(deliveryId)).includes(id), 'the refused cell is not kept')
      await assertNowhere(id)
    }),
    runs(6),
  )
})

test('M054 · in titles, headings and file names it is masked when the delivery is recorded, also where the file is refused whole', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('good', 'faulty', 'refused'), written, async (kind, { before, behind, days }) => {
      const n = next()
      const id = idOf(n, days)
      const row = penalty(n, numberOf(n), kind === 'faulty' ? { 处罚类别: '没有这一类' } : {})
      const heading = kind === 'refused' ? `宗教信仰${id}` : `经办${id}`
      const file = `填报人：${id}\n${csvOf([{ ...row, [heading]: '甲' }])}`
      const name = `${before.replaceAll(/[/\\]/g, '')}${id}${behind}.csv`
      const sending = {
        source: 'ecology-penalty',
        channel: 'console',
        fileName: name,
        content: Readable.from([Buffer.from(file)]),
      } as const
      const { deliveryId, fileName } = await receiveDelivery(t.app, clerkOf(t.app, 'ecology-penalty'), sending)
      await runLine(t.worker, deliveryId)
      const delivery = await getDelivery(t.worker.db, deliveryId)
      assert.equal(delivery.state, kind === 'refused' ? 'refused' : 'settled')
      assert.ok(fileName.includes('***') && fileName.endsWith('.csv'), fileName)
      assert.ok(!JSON.stringify(await deliveryView(t.app, delivery)).includes(id))
      if (kind === 'faulty') {
        const { bytes } = await refusedFile(t.app, clerkOf(t.app, 'ecology-penalty'), delivery)
        for await (const piece of bytes) assert.ok(!piece.includes(id))
      }
      await assertNowhere(id)
    }),
    runs(12),
  )
})

test('M054 · a number of papers made like an ID number of a child stays readable, or a record would lose its number', async () => {
  const n = next()
  const paper = inventedResidentId(n, day('2026-03-05'))
  const { deliveryId } = await send(t.app, 'ecology-penalty', [penalty(n, paper)])
  assert.equal((await contentsOf(t.app, deliveryId)).get(2)?.['CF_WSH'], paper)
  const row = await t.worker.db.row<{ content: string }>(
    sql`select content::text from fact_content where content::text like ${`%${paper}%`}`,
  )
  assert.ok(row)
})
