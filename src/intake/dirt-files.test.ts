import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { encodeGb18030 } from '../files/gb18030.ts'
import { bytesOf, workbookOf } from '../files/testing.ts'
import { writeWorkbook } from '../files/xlsx/write.ts'
import { firm, licence, penalty, registration } from '../invariants/sent-rows.ts'
import { contentsOf, csvOf, type SentRow, send, waitingOf } from '../invariants/testing.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { getDelivery } from './delivery-store.ts'
import { keptRows } from './kept-rows.ts'
import type { Counts } from './model.ts'

// Files as they come, and rows that come again: formats, repetitions, corrections, annulments, names that disagree.

let t: TestApp
before(async () => {
  t = await openTestApp()
})
after(() => t.close())

let serial = 3000

type Outcome = Exclude<keyof Counts, 'received'>
const only = (outcome: Outcome, count = 1): Counts => ({
  ...{ received: count, filed: 0, duplicate: 0, corrected: 0, annulled: 0, refused: 0, waiting: 0 },
  [outcome]: count,
})

const titled = (rows: readonly SentRow[]): AsyncGenerator<Buffer> => {
  const headings = Object.keys(rows[0] ?? {})
  return writeWorkbook({
    name: '双公示',
    columns: headings.map(() => ({ width: 12 })),
    top: [
      { cells: ['行政处罚信息报送表'], style: 'title', isMerged: true } as never,
      { cells: ['填报单位：澜川市生态环境局'], style: 'title', isMerged: true } as never,
      { cells: headings, style: 'heading' } as never,
    ],
    rows: rows.map(row => ({ cells: headings.map(heading => row[heading] ?? ''), style: 'text' }) as never),
  })
}

test('M066 · a workbook with merged title rows above its heading', async () => {
  const n = ++serial
  const bytes = await bytesOf(titled([penalty(n, `澜册〔2026〕${n}号`), penalty(n, '无')]))
  const { deliveryId, counts } = await send(t.app, 'ecology-penalty', bytes)
  assert.deepEqual([counts.received, counts.filed, counts.refused], [2, 1, 1])
  assert.deepEqual([...(await contentsOf(t.app, deliveryId)).keys()], [4], 'rows are counted as the sender sees them')
})

test('M066 · GB18030 with a rare character', async () => {
  const n = ++serial
  const row = penalty(n, `澜国〔2026〕${n}号`, { 违法事实: '在㳇水𬇙段排放。' })
  const { deliveryId, counts } = await send(t.app, 'ecology-penalty', encodeGb18030(csvOf([row])))
  assert.deepEqual(counts, only('filed'))
  assert.equal((await contentsOf(t.app, deliveryId)).get(2)?.['CF_SY'], '在㳇水𬇙段排放。')
})

test('M066 · UTF-8 with a byte order mark and Windows line ends', async () => {
  const n = ++serial
  const text = `\uFEFF${csvOf([penalty(n, `澜标〔2026〕${n}号`)]).replaceAll('\n', '\r\n')}`
  assert.deepEqual((await send(t.app, 'ecology-penalty', text)).counts, only('filed'))
})

test('M066 · a zip bomb dressed as a workbook is refused whole and its bytes go', async () => {
  const bomb = await bytesOf(workbookOf(`<row r="1"><c><v>1</v></c></row>${' '.repeat(40 * 1024 * 1024)}`))
  const { deliveryId, counts } = await send(t.app, 'ecology-penalty', bomb)
  assert.equal(counts.received, 0)
  const delivery = await getDelivery(t.worker.db, deliveryId)
  assert.deepEqual([delivery.state, delivery.refusal?.code], ['refused', 'xlsx.too-large'])
  assert.equal(await t.app.files.has(delivery.fileHash), false)
})

test('M072 · the same file twice, and its rows once more in another file: nothing twice', async () => {
  const rows = Array.from({ length: 6 }, () => {
    const n = ++serial
    return penalty(n, `澜再〔2026〕${n}号`)
  })
  const mixed = [...rows, penalty(++serial, '无')]
  assert.deepEqual((await send(t.app, 'ecology-penalty', mixed)).counts, { ...only('filed', 6), received: 7, refused: 1 })
  const again = { ...only('duplicate', 6), received: 7, refused: 1 }
  assert.deepEqual((await send(t.app, 'ecology-penalty', mixed)).counts, again)
  assert.deepEqual((await send(t.app, 'ecology-penalty', `${csvOf([...mixed].reverse())}\n`)).counts, again)
})

test('M072 · a row that was refused for its day is taken from the same file when the day has come', async () => {
  const n = ++serial
  const file = csvOf([penalty(n, `澜明〔2026〕${n}号`, { 处罚决定日期: '2026/11/21' })])
  assert.deepEqual((await send(t.app, 'ecology-penalty', file)).counts, only('refused'))
  const today = t.app.now()
  t.setNow(new Date(today.getTime() + 24 * 3_600_000))
  const { counts } = await send(t.app, 'ecology-penalty', file)
  t.setNow(today)
  assert.deepEqual(counts, only('filed'))
})

test('M072 · changed: a correction; the old version again: waits; withdrawn: an annulment; sent once more: refused', async () => {
  const n = ++serial
  const number = `澜改〔2026〕${n}号`
  const first = penalty(n, number, { 违法事实: '第一版' })
  const second = penalty(n, number, { 违法事实: '第二版', 操作类型: '更正' })
  const steps: readonly (readonly [SentRow, Outcome])[] = [
    [first, 'filed'],
    [first, 'duplicate'],
    [second, 'corrected'],
    [second, 'duplicate'],
    [first, 'waiting'],
    [first, 'duplicate'],
    [penalty(n, number, { 操作类型: '撤销' }), 'annulled'],
    [penalty(n, number, { 操作类型: '作废' }), 'duplicate'],
    [penalty(n, number, { 违法事实: '第三版' }), 'refused'],
  ]
  for (const [i, [row, outcome]] of steps.entries()) {
    // A blank line more: the same rows, but not the same bytes.
    const { counts } = await send(t.app, 'ecology-penalty', csvOf([row]) + '\n'.repeat(i))
    assert.deepEqual(counts, only(outcome), `step ${i}`)
  }
})

test('M058 · another name under the same number waits, and so does a code that belongs to another name', async () => {
  const n = ++serial
  const m = ++serial
  const number = `澜他〔2026〕${n}号`
  await send(t.app, 'ecology-penalty', [penalty(n, number), penalty(m, `澜他〔2026〕${m}号`)])
  const other = await send(t.app, 'ecology-penalty', [penalty(m, number)])
  const wrong = await send(t.app, 'ecology-penalty', [penalty(n, `${number}附`, { 行政相对人名称: firm(m).name })])
  assert.deepEqual([other.counts, wrong.counts], [only('waiting'), only('waiting')])
  assert.deepEqual(
    [...(await waitingOf(t.app, other.deliveryId)), ...(await waitingOf(t.app, wrong.deliveryId))].map(one => one.reason),
    ['match.number-of-another', 'match.code-and-name-disagree'],
  )
})

test('M058 · the same day and reason for many firms are many records, each with the code in its key', async () => {
  const rows = Array.from({ length: 4 }, () => registration(++serial))
  assert.deepEqual((await send(t.app, 'market-registration', rows)).counts, only('filed', 4))
})

test('M070 · the rows as sent are kept, sealed, with their numbers', async () => {
  const n = ++serial
  const { deliveryId } = await send(t.app, 'health-licence', [licence(n, `澜留〔2026〕${n}号`)])
  const kept = []
  for await (const row of keptRows(t.worker, deliveryId)) kept.push(row)
  assert.deepEqual(
    kept.map(row => [row.row, row.cells[0]]),
    [[2, firm(n).name]],
  )
})
