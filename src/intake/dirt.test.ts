import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readBack } from '../files/spreadsheet-safe.ts'
import { bytesOf } from '../files/testing.ts'
import { firm, penalty } from '../invariants/sent-rows.ts'
import { clerkOf, contentsOf, refusalsOf, type SentRow, send } from '../invariants/testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { getDelivery } from './delivery-store.ts'
import type { Counts } from './model.ts'
import { refusedFile } from './views.ts'

// Real dirt along the whole line, as the issue lists it: what a department's file holds, and what becomes of it.

let t: TestApp
before(async () => {
  t = await openTestApp()
})
after(() => t.close())

const CODE = '行政相对人代码_1(统一社会信用代码)'
const FINE = '罚款金额(万元)'
let serial = 100
const fullWidth = (text: string): string =>
  [...text].map(one => (/[!-~]/.test(one) ? String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0) : one)).join('')

type Outcome = Exclude<keyof Counts, 'received'>
const only = (outcome: Outcome, count = 1): Counts => ({
  ...{ received: count, filed: 0, duplicate: 0, corrected: 0, annulled: 0, refused: 0, waiting: 0 },
  [outcome]: count,
})

type Mended = readonly [what: string, change: (n: number) => SentRow, column: string, value: (n: number) => string]
const uscc = (n: number): string => firm(n).code
const same = (text: string) => (): string => text

/** What is tidied: the cell as sent, and the value that is kept. */
const MENDED: readonly Mended[] = [
  ['M051 · lower-case code', n => ({ [CODE]: uscc(n).toLowerCase() }), 'CF_XDR_SHXYM', uscc],
  ['M051 · full-width digits and letters', n => ({ [CODE]: fullWidth(uscc(n)) }), 'CF_XDR_SHXYM', uscc],
  ['M051 · letter O for zero', n => ({ [CODE]: uscc(n).replaceAll('0', 'O') }), 'CF_XDR_SHXYM', uscc],
  [
    'M051 · blanks in and around the code',
    n => ({ [CODE]: ` ${uscc(n).slice(0, 8)} ${uscc(n).slice(8)}　` }),
    'CF_XDR_SHXYM',
    uscc,
  ],
  ['M071 · 2099/12/31 is no end', same2({ 处罚有效期: '2099/12/31' }), 'CF_YXQ', same('2099-12-31')],
  ['M071 · 长期 is no end', same2({ 处罚有效期: '长期' }), 'CF_YXQ', same('2099-12-31')],
  ['M071 · a day in Chinese numerals', same2({ 处罚决定日期: '二〇二六年五月十五日' }), 'CF_JDRQ', same('2026-05-15')],
  ['M071 · a day in eight digits', same2({ 处罚决定日期: '20260515' }), 'CF_JDRQ', same('2026-05-15')],
  ['M071 · a bare amount has the unit of its heading, 万元', same2({ [FINE]: '2' }), 'CF_NR_FK', same('20000')],
  ['M071 · a suffix in the cell wins: 元', same2({ [FINE]: '20000元' }), 'CF_NR_FK', same('20000')],
  ['M071 · a suffix in the cell wins: 万元', same2({ [FINE]: '1.25万元' }), 'CF_NR_FK', same('12500')],
  ['M071 · Chinese numerals', same2({ [FINE]: '贰万伍仟元整' }), 'CF_NR_FK', same('25000')],
  ['M071 · an amount is never guessed by its size', same2({ [FINE]: '20000' }), 'CF_NR_FK', same('200000000')],
  ['M071 · full-width digits of an amount', same2({ [FINE]: '１．５' }), 'CF_NR_FK', same('15000')],
  ['M070 · several kinds by a separator of their own', same2({ 处罚类别: '警告；罚款' }), 'CF_CFLB', same('警告;罚款')],
  ['M070 · 无 in an optional column is nothing', same2({ 公示截止期: '无' }), 'CF_GSJZQ', same('')],
]

function same2(change: SentRow): () => SentRow {
  return () => change
}

for (const [what, change, column, value] of MENDED) {
  test(`${what}: taken, and kept as it is meant`, async () => {
    const n = ++serial
    const { deliveryId, counts } = await send(t.app, 'ecology-penalty', [penalty(n, `澜垢〔2026〕${n}号`, change(n))])
    assert.deepEqual(counts, only('filed'), JSON.stringify(await refusalsOf(t.app, deliveryId)))
    assert.equal((await contentsOf(t.app, deliveryId)).get(2)?.[column] ?? '', value(n))
  })
}

/** What is refused: the cell as sent, and the code that names what is wrong. */
const REFUSED: readonly (readonly [what: string, change: SentRow, code: RegExp])[] = [
  ['M070 · 空 as document number', { 行政处罚决定书文号: '空' }, /^document-number\./],
  ['M070 · 无 as document number', { 行政处罚决定书文号: '无' }, /^document-number\./],
  ['M070 · — as document number', { 行政处罚决定书文号: '—' }, /^document-number\./],
  ['M070 · nothing as document number', { 行政处罚决定书文号: '' }, /^field\.missing$/],
  ['M070 · zeros as code', { [CODE]: '000000000000000000' }, /^uscc\.placeholder$/],
  [
    'M051 · a wrong check digit',
    { [CODE]: `${inventedUscc('enterprise', 7).slice(0, 17)}${/1$/.test(inventedUscc('enterprise', 7)) ? '2' : '1'}` },
    /^uscc\.check/,
  ],
  ['M051 · seventeen characters', { [CODE]: inventedUscc('enterprise', 7).slice(1) }, /^uscc\./],
  ['M051 · a code that a spreadsheet made a number of', { [CODE]: '9.18601E+17' }, /^uscc\.spreadsheet-number$/],
  ['M071 · a day that does not exist', { 处罚决定日期: '2026/02/30' }, /^day\.impossible$/],
  ['M071 · a year of two digits', { 处罚决定日期: '26/05/15' }, /^day\.two-digit-year$/],
  ['M071 · an act of tomorrow', { 处罚决定日期: '2026/11/21' }, /^decision\.after-report-day$/],
  ['M071 · a fine without its amount', { [FINE]: '' }, /^amount\.missing-for-kind$/],
  ['M071 · another currency', { [FINE]: '3000美元' }, /^amount\.currency$/],
  ['M071 · a negative amount', { [FINE]: '-2' }, /^amount\.negative$/],
  ['M070 · a word that the code list does not know', { 处罚类别: '罚酒三杯' }, /^code-list\.unknown-value$/],
  ['M070 · a body that is not in the directory', { 处罚机关: '不存在的局' }, /^unit\./],
  ['M072 · an operation nobody knows', { 操作类型: '随便' }, /^operation\.unknown$/],
  ['M072 · nothing there to annul', { 操作类型: '撤销' }, /^record\.nothing-to-annul$/],
]

for (const [what, change, code] of REFUSED) {
  test(`${what}: refused with its reason, and the reason has a sentence`, async () => {
    const n = ++serial
    const { deliveryId, counts } = await send(t.app, 'ecology-penalty', [penalty(n, `澜垢〔2026〕${n}号`, change)])
    assert.deepEqual(counts, only('refused'))
    const refusals = await refusalsOf(t.app, deliveryId)
    assert.ok(
      refusals.some(one => code.test(one.code)),
      JSON.stringify(refusals),
    )
    for (const refusal of refusals) assert.ok(t.app.words.has(refusal.code), refusal.code)
  })
}

test('M070 · the stand-in code of a sole trader without one is no code: the row waits for a person, it is not lost', async () => {
  const row = penalty(++serial, '澜垢〔2026〕个体号', {
    行政相对人类别: '个体工商户',
    行政相对人名称: '栖澜区林记小吃店',
    [CODE]: '00000000000000000X',
  })
  const { counts } = await send(t.app, 'ecology-penalty', [row])
  assert.deepEqual(counts, only('waiting'))
})

test('M072 · spaces, brackets and widths inside a document number make no other number', async () => {
  const n = ++serial
  const spellings = [`澜垢〔2026〕${n}号`, `澜垢 〔2026〕 ${n} 号`, `澜垢[2026]${n}号`, fullWidth(`澜垢(2026)${n}号`)]
  const rows = spellings.map(number => penalty(n, number))
  const { counts } = await send(t.app, 'ecology-penalty', rows)
  assert.deepEqual([counts.filed, counts.refused, counts.waiting], [1, 0, 0])
  const { rows: keys } = await t.worker.db.pool.query(
    'select count(*)::int as count from fact f join fact_content c using (subject_id, fact_id) where f.kind = $1 and content->>$2 = $3',
    ['record', 'CF_XDR_SHXYM', uscc(n)],
  )
  assert.equal(keys[0].count, 1)
})

test('M070 · a row whose cells slipped by one is called shifted, not a dozen other things', async () => {
  const n = ++serial
  const good = penalty(n, `澜垢〔2026〕${n}号`)
  const cells = Object.values(good)
  const shifted = ['', ...cells.slice(0, -1)]
  const row = Object.fromEntries(Object.keys(good).map((heading, i) => [heading, shifted[i] ?? '']))
  const { deliveryId, counts } = await send(t.app, 'ecology-penalty', [row])
  assert.deepEqual(counts, only('refused'))
  assert.deepEqual(
    (await refusalsOf(t.app, deliveryId)).map(one => one.code),
    ['row.columns-shifted'],
  )
})

test('M070 · cells that a spreadsheet would run are kept as they are, neutralised only in what is written, and read back unchanged', async () => {
  const formulas = ['=1+1', '+86', '-2+3', '@SUM(A1)', "'=1", '＝cmd']
  const rows = formulas.map((cell, i) => penalty(++serial, `澜式〔2026〕${i}号`, { 违法事实: cell }))
  const { deliveryId, counts } = await send(t.app, 'ecology-penalty', rows)
  assert.equal(counts.filed, formulas.length)
  assert.deepEqual(
    [...(await contentsOf(t.app, deliveryId)).values()].map(content => content['CF_SY']),
    formulas,
  )
  const refused = formulas.map((cell, i) => penalty(++serial, '无', { 违法事实: cell, 备注: String(i) }))
  const sent = await send(t.app, 'ecology-penalty', refused)
  const { bytes } = await refusedFile(t.app, clerkOf(t.app, 'ecology-penalty'), await getDelivery(t.worker.db, sent.deliveryId))
  const text = (await bytesOf(bytes)).toString()
  for (const cell of formulas.filter(one => !one.startsWith("'")))
    assert.ok(!new RegExp(`(^|,)"?${cell.replaceAll(/[+()]/g, '\\$&')}`, 'm').test(text), cell)
  const written = text
    .split(/\r?\n/)
    .flatMap(line => line.split(','))
    .filter(cell => formulas.includes(readBack(cell)))
  assert.deepEqual(written.map(readBack), formulas)
  const mended = text.replaceAll(/,无,/g, () => `,澜式〔2026〕改${++serial}号,`)
  const again = await send(t.app, 'ecology-penalty', mended)
  assert.equal(again.counts.filed, formulas.length, JSON.stringify(await refusalsOf(t.app, again.deliveryId)))
  assert.deepEqual(
    [...(await contentsOf(t.app, again.deliveryId)).values()].map(content => content['CF_SY']),
    formulas,
  )
})

test('M070 · the columns in another order, and columns that nobody knows', async () => {
  const n = ++serial
  const row = penalty(n, `澜垢〔2026〕${n}号`)
  const turned = { 经办科室: '三科', ...Object.fromEntries(Object.entries(row).reverse()) }
  const { deliveryId, counts } = await send(t.app, 'ecology-penalty', [turned])
  assert.deepEqual(counts, only('filed'))
  assert.equal((await contentsOf(t.app, deliveryId)).get(2)?.['CF_XDR_MC'], firm(n).name)
})

test('M066 · the table of 2016: old headings are known, and the two columns of kinds make one value', async () => {
  const n = ++serial
  const row = {
    行政处罚决定书文号: `澜旧〔2026〕${n}号`,
    处罚名称: '未按图施工',
    处罚类别1: '警告',
    处罚类别2: '通报批评',
    处罚事由: '擅自变更设计文件。',
    处罚依据: '《建设工程质量管理条例》第六十四条',
    行政相对人名称: firm(n).name,
    相对人类别: '法人及非法人组织',
    '代码_1(统一社会信用代码)': firm(n).code,
    法定代表人姓名: '林照远',
    处罚结果: '警告并通报批评',
    处罚决定日期: '2026/05/15',
    处罚机关: '澜川市住房和城乡建设局',
    处罚有效期: '2099/12/31',
  }
  const { deliveryId, counts } = await send(t.app, 'housing-penalty', [row])
  assert.deepEqual(counts, only('filed'), JSON.stringify(await refusalsOf(t.app, deliveryId)))
  assert.equal((await contentsOf(t.app, deliveryId)).get(2)?.['CF_CFLB'], '警告;通报批评')
})
