import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ReportModel } from './model.ts'
import { openRenderer } from './render.ts'
import { CODE, joined, openPdf, type PrintedItem, penalty, publicReport, readText, section, specialReport } from './testing.ts'
import { openTypesetter } from './typesetter.ts'
import { verifyCodeGroups } from './verify-code.ts'

const MM = 72 / 25.4
const typesetter = openTypesetter()

async function printed(model: ReportModel): Promise<{ items: PrintedItem[]; text: string; pages: number; warnings: string[] }> {
  const { pdf, pages, warnings } = typesetter.typeset(model)
  const items = await readText(pdf)
  return { items, text: joined(items), pages, warnings }
}

function assertInOrder(text: string, parts: readonly string[]): void {
  let from = 0
  for (const part of parts) {
    const bare = part.replace(/\s/g, '')
    const at = text.indexOf(bare, from)
    assert.notEqual(at, -1, `“${part}” is missing after ${from}`)
    from = at + bare.length
  }
}

test('M155 · the public report says every field of every record, in the order of the national layout', async () => {
  const report = publicReport(3, 4)
  const { text } = await printed(report)
  const said = report.sections.flatMap(block => [
    `${block.no}、${block.title}`,
    block.source,
    ...block.paragraphs,
    ...(block.records.length + block.paragraphs.length === 0 ? [block.emptyText] : []),
    ...block.records.flatMap((record, i) => [
      ...(block.counted ? [`第${i + 1}条`] : []),
      record.title,
      ...record.marks.map(mark => mark.text),
      record.provenance,
      ...record.fields.flatMap(field => [field.name, field.value || '—', ...(field.basis ? [`依据：${field.basis}`] : [])]),
    ]),
  ])
  assertInOrder(text, said)
  const summary = [
    '信用信息概要',
    '行政管理',
    '诚实守信',
    '严重失信',
    '经营异常',
    '信用承诺',
    '信用评价',
    '司法判决',
    '其他',
    '7000',
    '报告说明',
  ]
  assertInOrder(text, summary)
})

test('M155 · a report has title, language, tags and outline for those who cannot see it', async () => {
  const document = await openPdf(typesetter.typeset(publicReport(1, 0)).pdf)
  const { info, metadata } = await document.getMetadata()
  const told = info as { Title: string; Language: string; CreationDate: string }
  assert.equal(told.Title, '法人和非法人组织公共信用信息报告 示例市云麓食品有限公司')
  assert.match(told.Language, /^zh/)
  assert.deepEqual(await document.getMarkInfo(), { Marked: true, UserProperties: false, Suspects: false })
  assert.match(metadata?.getRaw() as string, /pdfaid:part>2<[\s\S]*pdfaid:conformance>A</)
  const [title] = await document.getOutline()
  assert.deepEqual(
    title?.items.slice(0, 2).map(entry => entry.title),
    ['一、登记注册基础信息', '二、行政管理信息'],
  )
  assert.match(told.CreationDate, /^D:20261121121530Z/)
  await document.loadingTask.destroy()
})

test('M147 · code and QR stand at the top right of page one, in groups of four, and the code in every foot', async () => {
  const { items, pages } = await printed(publicReport(4, 4))
  const groups = verifyCodeGroups(CODE)
  for (const group of groups) {
    const item = items.find(found => found.page === 1 && found.text === group)
    assert.ok(item && item.x > (210 / 2) * MM && item.y < (297 / 4) * MM, `group ${group} at the top right`)
  }
  for (let page = 1; page <= pages; page++) {
    const foot = joined(items.filter(item => item.page === page && item.y > 270 * MM))
    assert.ok(
      foot.includes(`核验码：${CODE}`) &&
        foot.includes(`第${page}页共${pages}页`) &&
        foot.includes('https://credit.example/verify'),
      foot,
    )
  }
})

test('the example city’s sentence stands on every page, and on none of a real city', async () => {
  const { items, pages } = await printed(publicReport(4, 4))
  for (let page = 1; page <= pages; page++)
    assert.ok(items.some(item => item.page === page && item.text === '示例城市：全部数据为虚构'))
  const real = await printed(publicReport(1, 0, { exampleCity: false }))
  assert.ok(!real.text.includes('虚构'))
})

test('M136 M139 M143 M145 · a special report without records names window, 45 domains, criminal records and its last day', async () => {
  const report = specialReport(0, 0)
  const { text, items } = await printed(report)
  assertInOrder(text, [
    report.window.sentence,
    '领域',
    '查询结果',
    '明细',
    ...report.domains.flatMap(domain => [domain.name, domain.result, '—']),
  ])
  assertInOrder(text, ['第45领域', '犯罪记录', report.criminalRecord])
  assert.ok(items.some(item => item.page === 1 && item.y < 75 * MM && item.text.includes('2026-12-21')))
  assert.doesNotMatch(text, /分数|评分：|等级：|信用分/)
})

test('M137 · the table of domains points to the details, which are counted through', async () => {
  const { text } = await printed(specialReport(2, 1))
  assertInOrder(text, ['第2领域有2条第1至2条', '第5领域有1条第3条', '明细：第2领域', '第1条', '第2条', '明细：第5领域', '第3条'])
})

test('200 records break well: heading rows repeat, nothing leaves the page, days and codes stay on one line', async () => {
  const report = specialReport(0, 200)
  const { items, pages, text } = await printed(report)
  assert.ok(pages > 40 && pages < 100, `${pages} pages`)
  assert.ok(text.includes('第200条'))
  for (const item of items)
    assert.ok(item.x >= 18 * MM && item.x + item.width <= (210 - 18) * MM, `“${item.text}” on page ${item.page}`)
  const days = items.filter(item => /2026-0[123]-\d\d/.test(item.text)).length
  assert.ok(days >= 200 * 4, `${days} whole days`)
  assert.ok(!items.some(item => /\d{4}-$|\d{4}-\d\d-$/.test(item.text.trim())))
})

test('a record longer than a page repeats its heading on every page it reaches', async () => {
  const fields = Array.from({ length: 90 }, (_, i) => ({
    name: `字段${i}`,
    value: `${i}：${'当事人于2026-01-15销售不合格产品，罚款1.25万元。'.repeat(5)}`,
  }))
  const { items, pages } = await printed(publicReport(0, 0, { sections: [section('二', '甲', [penalty(1, { fields })])] }))
  assert.ok(pages >= 5)
  for (let page = 2; page < pages; page++) {
    const lines = items.filter(item => item.page === page && item.y > 22 * MM && item.text.trim() !== '')
    assert.match(joined(lines.slice(0, 3)), /^第1条/, `page ${page}`)
  }
  assertInOrder(
    joined(items),
    fields.map(field => field.value.slice(0, 12)),
  )
})

test('one field longer than a page breaks over pages and loses nothing', async () => {
  const value = Array.from({ length: 1200 }, (_, i) => `第${i}句话。`).join('')
  const { text, pages, items } = await printed(
    publicReport(0, 0, { sections: [section('二', '甲', [penalty(1, { fields: [{ name: '违法事实', value }] })])] }),
  )
  assert.ok(pages >= 3)
  assertInOrder(
    text,
    Array.from({ length: 1200 }, (_, i) => `${i}句`),
  )
  for (const item of items) assert.ok(item.y < (297 - 10) * MM)
})

const hostile = [
  '#let x = 1 #panic("no") #read("/template.typ")',
  '$a^2$ *粗* _斜_ `码` \\ \\u{41} @引用 <label> [甲] {乙}',
  '// 注释 /* 注释 */ -- --- ... ~ "引号" \'单\' = 标题 + 列表 - 项',
  '#image("x.svg") #import "parts.typ": *',
  '<script>alert(1)</script>&amp;&#65;',
]
for (const text of hostile) {
  test(`text is never read as code: ${text.slice(0, 24)}`, async () => {
    const record = penalty(1, {
      title: text,
      comment: text,
      provenance: text,
      fields: [{ name: text, value: text, basis: text }],
      marks: [{ state: 'contested', text: text.slice(0, 60) }],
    })
    const base = publicReport(0, 0)
    const report = publicReport(0, 0, {
      title: text,
      labels: [text.slice(0, 40)],
      notes: [text],
      statements: [text],
      subject: { ...base.subject, name: text },
      sections: [section('二', text, [record], { source: text, counted: false }), section('三', '空', [], { emptyText: text })],
    })
    const shown = await printed(report)
    const bare = text.replace(/\s/g, '')
    assert.ok(shown.text.split(bare).length - 1 >= 11, `${shown.text.split(bare).length - 1} times`)
    assert.deepEqual(shown.warnings, [])
  })
}

test('a character without a glyph prints as its code, with a warning, in a name as in a field', async () => {
  const base = publicReport(0, 0)
  const { text, warnings } = await printed(publicReport(0, 0, { subject: { ...base.subject, name: '示例市\u{31350}行' } }))
  assert.ok(text.includes('示例市[U+31350]行'))
  assert.deepEqual(warnings, ['no glyph for U+31350'])
})

test('a word longer than its cell breaks and never runs over the edge', async () => {
  const record = penalty(1, {
    fields: [{ name: '摘要', value: `${'0123456789abcdef'.repeat(20)}https://credit.example/${'a-'.repeat(80)}` }],
  })
  const { items } = await printed(publicReport(0, 0, { sections: [section('二', '甲', [record])] }))
  for (const item of items) assert.ok(item.x + item.width <= (210 - 18) * MM, item.text)
})

test('the same model gives the same bytes, also after other reports', () => {
  const first = typesetter.typeset(publicReport(2, 2)).pdf
  typesetter.typeset(specialReport(1, 1))
  assert.ok(first.equals(typesetter.typeset(publicReport(2, 2)).pdf))
})

test('fonts are embedded as subsets: a report of four pages stays below 300 kB', () => {
  const { pdf, pages } = typesetter.typeset(publicReport(4, 4))
  assert.equal(pages, 4)
  assert.ok(pdf.length < 300_000, `${pdf.length} bytes`)
  assert.match(pdf.toString('latin1'), /\/FontName \/[A-Z]{6}\+NotoSansSC-Regular/)
})

test('a renderer does several reports at once, refuses what is no report, and finishes before it closes', async () => {
  const renderer = openRenderer({ workers: 2 })
  await assert.rejects(renderer.render({ ...publicReport(0, 0), number: 'no number' }), { name: 'ZodError' })
  const asked = [1, 2, 3, 4].map(n => renderer.render(publicReport(n, 0)))
  const closing = renderer.close()
  const rendered = await Promise.all(asked)
  await closing
  for (const [i, report] of rendered.entries())
    assert.ok(joined(await readText(report.pdf)).includes(`示市监许准〔2026〕${i + 1}号`))
  await assert.rejects(renderer.render(publicReport(0, 0)), /closed/)
})

test('two typesetters at once give the bytes that one gives', async () => {
  const models = [publicReport(2, 2), specialReport(1, 1), publicReport(0, 3), publicReport(5, 0)]
  const expected = models.map(model => typesetter.typeset(model).pdf)
  const renderer = openRenderer({ workers: 2 })
  const rendered = await Promise.all([...models, ...models, ...models].map(model => renderer.render(model)))
  await renderer.close()
  for (const [i, { pdf }] of rendered.entries())
    assert.ok(pdf.equals(expected[i % models.length] ?? Buffer.alloc(0)), `report ${i}`)
})
