import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectFormat } from './format.ts'
import { readRows } from './read.ts'
import { withFile } from './testing.ts'
import { cellStyle } from './xlsx/styles.ts'
import { writeWorkbook } from './xlsx/write.ts'

const MEGABYTE = 1024 * 1024

/** Reads all rows; says how many, how fast, and how far memory went beyond what the first fifth took, by when the heap has its size. */
async function measure(
  path: string,
  rows: number,
): Promise<{ count: number; perSecond: number; grownMb: number; peakMb: number }> {
  const began = performance.now()
  let [count, settled, peak] = [0, 0, 0]
  for await (const chunk of readRows(path, { format: await detectFormat(path) })) {
    count += chunk.rows.length
    const now = process.memoryUsage.rss()
    if (count <= rows / 5) settled = Math.max(settled, now)
    peak = Math.max(peak, now)
  }
  const perSecond = Math.round(count / ((performance.now() - began) / 1000))
  return { count, perSecond, grownMb: (peak - settled) / MEGABYTE, peakMb: peak / MEGABYTE }
}

function cellsOf(i: number): string[] {
  const cells = [
    `虚构${i}号贸易有限公司`,
    '法人及非法人组织',
    `91990000${String(i).padStart(9, '0')}X`,
    `虚市监罚〔2026〕${i}号`,
    '2026-03-05',
    '罚款',
    '0.5',
  ]
  for (let j = cells.length; j < 28; j++) cells.push(j % 3 === 0 ? '' : `第${j}列的内容${(i * j) % 997}`)
  return cells
}

async function* csvOf(rows: number): AsyncGenerator<Buffer> {
  let text = ''
  for (let i = 0; i < rows; i++) {
    text += `${cellsOf(i).join(',')}\r\n`
    if (text.length < 100_000) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

test('reading · a million rows of CSV take no more memory than the first two hundred thousand', async t => {
  await withFile(csvOf(1_000_000), async path => {
    const { count, perSecond, grownMb, peakMb } = await measure(path, 1_000_000)
    t.diagnostic(`CSV ${perSecond} rows/s of 28 cells, grown ${grownMb.toFixed(0)} MB, peak ${peakMb.toFixed(0)} MB`)
    assert.equal(count, 1_000_000)
    assert.ok(grownMb < 60, `grown by ${grownMb} MB`)
  })
})

function* bookRows(rows: number): Generator<{ cells: string[]; style: typeof cellStyle.text }> {
  for (let i = 0; i < rows; i++) yield { cells: cellsOf(i), style: cellStyle.text }
}

test('reading · 200,000 rows of XLSX stay below 400 MB and above 25,000 rows a second', async t => {
  const columns = Array.from({ length: 28 }, () => ({ width: 12 }))
  await withFile(writeWorkbook({ name: '表', columns, top: [], rows: bookRows(200_000) }), async path => {
    const { count, perSecond, peakMb } = await measure(path, 200_000)
    t.diagnostic(`XLSX ${perSecond} rows/s of 28 cells, peak ${peakMb.toFixed(0)} MB`)
    assert.equal(count, 200_000)
    assert.ok(peakMb < 400, `peak ${peakMb} MB`)
    assert.ok(perSecond > 25_000, `${perSecond} rows a second`)
  })
})
