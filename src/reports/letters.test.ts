import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PrintedLetters } from './letters-model.ts'
import { openRenderer } from './render.ts'
import { drawPage, joined, openPdf, readText } from './testing.ts'
import { openTypesetter } from './typesetter.ts'

/* Letters as they are printed: every word in the text layer, in order, on pages that can be told apart. */

const typesetter = openTypesetter()
const MM = 72 / 25.4

type Given = PrintedLetters['letters'][number]
const letter = (n: number, more: Partial<Given> = {}): Given => ({
  title: `关于拟将示例市云麓食品有限公司列入示例名单的事先告知书${n}`,
  number: `示例局信文〔2026〕${n}号`,
  unitName: '示例市市场监督管理局',
  addressee: '示例市云麓食品有限公司（统一社会信用代码91860100A73687870E）',
  day: '2026年11月20日',
  paragraphs: ['本机关拟将你（单位）列入示例名单。', '证据：\n1. 第一项\n2. 第二项', '可以在2026年12月1日以前陈述和申辩。'],
  cover: null,
  ...more,
})
const letters = (all: readonly Given[], more: Partial<PrintedLetters> = {}): PrintedLetters => ({
  kind: 'letters',
  exampleCity: true,
  madeAt: '2026-11-20T12:00:00+08:00',
  letters: [...all],
  ...more,
})

test('M205 · a letter’s text layer holds unit, title, number, whom it is for, every paragraph and the day, in order', async () => {
  const { pdf, pages, warnings } = typesetter.typeset(letters([letter(1)]))
  const text = joined(await readText(pdf))
  let from = 0
  const given = letter(1)
  for (const part of [
    given.unitName,
    given.title,
    given.number,
    `${given.addressee}：`,
    ...given.paragraphs,
    given.unitName,
    given.day,
  ]) {
    const at = text.indexOf(part.replace(/\s/g, ''), from)
    assert.ok(at >= from, part)
    from = at
  }
  assert.deepEqual([pages, warnings], [1, []])
  assert.match(text, /第1页共1页/)
  assert.ok(text.includes('示例城市：全部数据为虚构'))
  assert.ok(!joined(await readText(typesetter.typeset(letters([letter(1)], { exampleCity: false })).pdf)).includes('虚构'))
})

test('letters of one pile begin on pages of their own and are counted each by itself; a cover goes before the letter', async () => {
  const long = letter(2, { paragraphs: Array.from({ length: 60 }, (_, i) => `第${i}段。${'示例情况。'.repeat(20)}`) })
  const cover = { recipient: '示例市云麓食品有限公司', postal: '示例市云麓区长青路188号', telephone: '13800000000' }
  const { pdf, pages } = typesetter.typeset(letters([letter(1, { cover }), long, letter(3)]))
  const items = await readText(pdf)
  const page = (n: number): string => joined(items.filter(item => item.page === n))
  assert.match(page(1), /收件示例市云麓食品有限公司示例市云麓区长青路188号电话13800000000/)
  assert.ok(!page(1).includes('拟将'))
  assert.match(page(2), /示例局信文〔2026〕1号第1页共1页/)
  const last = pages - 3
  assert.ok(last >= 3)
  assert.match(page(3), new RegExp(`示例局信文〔2026〕2号第1页共${last}页`))
  assert.match(page(pages - 1), new RegExp(`第${last}页共${last}页`))
  assert.match(page(pages), /示例局信文〔2026〕3号第1页共1页/)
  for (const item of items)
    assert.ok(item.x >= 25 * MM && item.x + item.width <= (210 - 21) * MM, `“${item.text}” on page ${item.page}`)
})

test('what a case filled in is text and never code', async () => {
  const hostile = '#panic("no") $a$ *粗* `码` \\ @引用 <label> [甲] // 注释 #read("/letter.typ")'
  const { pdf, warnings } = typesetter.typeset(letters([letter(1, { paragraphs: [hostile], title: hostile })]))
  assert.equal(joined(await readText(pdf)).split(hostile.replace(/\s/g, '')).length - 1, 2)
  assert.deepEqual(warnings, [])
})

test('the same letters give the same bytes, before and after others', () => {
  const first = typesetter.typeset(letters([letter(1)])).pdf
  typesetter.typeset(letters([letter(2), letter(3)]))
  assert.ok(first.equals(typesetter.typeset(letters([letter(1)])).pdf))
})

test('on the page there is ink where the words stand and none in the margins', async () => {
  const document = await openPdf(typesetter.typeset(letters([letter(1)])).pdf)
  const { width, height, data } = await drawPage(document, 1, 1)
  const dark = (fromY: number, toY: number, fromX: number, toX: number): number => {
    let count = 0
    for (let y = Math.round(fromY * MM); y < toY * MM && y < height; y++)
      for (let x = Math.round(fromX * MM); x < toX * MM && x < width; x++)
        if ((data[(y * width + x) * 4] ?? 255) < 128) count += 1
    return count
  }
  await document.loadingTask.destroy()
  assert.ok(dark(30, 120, 26, 184) > 1500, 'the letter')
  assert.equal(dark(0, 297, 0, 24), 0, 'left margin')
  assert.equal(dark(0, 297, 186, 210), 0, 'right margin')
})

test('the pool prints letters beside reports and refuses what is no letter', async () => {
  const renderer = openRenderer({ workers: 1 })
  await assert.rejects(renderer.renderLetters(letters([])), { name: 'ZodError' })
  const { pdf } = await renderer.renderLetters(letters([letter(1)]))
  await renderer.close()
  assert.ok(pdf.equals(typesetter.typeset(letters([letter(1)])).pdf))
})
