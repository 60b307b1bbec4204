import assert from 'node:assert/strict'
import { test } from 'node:test'
import { articleNumeral, cite, printArticle } from './citation.ts'
import { lawDocuments } from './documents.ts'
import { openLaw } from './load.ts'
import { planted, withLaw } from './testing.ts'
import { smallLaw } from './testing-law.ts'

const numerals = [
  [1, '一'],
  [10, '十'],
  [12, '十二'],
  [20, '二十'],
  [78, '七十八'],
  [100, '一百'],
  [105, '一百零五'],
  [110, '一百一十'],
  [266, '二百六十六'],
  [1260, '一千二百六十'],
] as const
for (const [count, numeral] of numerals)
  test(`M033 · article ${count} is cited as ${numeral}`, () => assert.equal(articleNumeral(count), numeral))

const articles = [
  ['9', '第九条'],
  ['26(四)', '第二十六条（四）'],
  ['17.2', '第十七条第二款'],
  ['(十五)', '（十五）'],
  ['四', '四'],
] as const
for (const [article, printed] of articles)
  test(`M033 · ${article} is printed as ${printed}`, () => assert.equal(printArticle(article), printed))

const law = withLaw(smallLaw(), openLaw)

test('M033 · an act is cited by title, number and article', () => {
  assert.equal(cite(law, 'act#9'), '《某法》第九条')
  assert.equal(cite(law, 'nothing#9'), 'nothing#9')
})

test('M033 · the documents say every item, list, period and year, and are the same each time', () => {
  const documents = lawDocuments(law)
  assert.deepEqual(
    [...documents.keys()].filter(name => !name.startsWith('plain-')),
    [
      'README.md',
      'authorisable.md',
      'black-firms.md',
      'calendar.md',
      'campaigns.md',
      'clocks.md',
      'code-lists.md',
      'commitments.md',
      'declarations.md',
      'declared.md',
      'lists.md',
      'masking.md',
      'measures.md',
      'notices.md',
      'penalty.md',
      'people.md',
      'periods.md',
      'procedure-declaring.md',
      'procedure-objecting.md',
      'procedure-placing.md',
      'procedure-restricting.md',
      'procedure-urging.md',
      'procedures.md',
      'renaming.md',
      'repair.md',
    ],
  )
  assert.deepEqual([...lawDocuments(withLaw(smallLaw(), openLaw))], [...documents])
  assert.match(documents.get('penalty.md') ?? '', /## 2024-01-01起[\s\S]*## 2020-01-01至2023-12-31/)
  assert.match(documents.get('penalty.md') ?? '', /\| `FINE` \| 罚款金额 \| 金额（万元） \|/)
  assert.match(documents.get('lists.md') ?? '', /《某法》第五条/)
  assert.match(documents.get('lists.md') ?? '', /\| 还缺 \| 事由、事前告知、期限 \|/)
  assert.match(documents.get('repair.md') ?? '', /\| 决定是否受理 \| 自推送起3个工作日 \|/)
  assert.match(documents.get('commitments.md') ?? '', /\*\*违反的依法承担责任，同意公开。\*\*/)
  assert.match(documents.get('declarations.md') ?? '', /\| 别的平台 \| 查询 \| 尚未接通，平台不提供 \|/)
  assert.match(documents.get('measures.md') ?? '', /限制准入/)
  assert.match(documents.get('periods.md') ?? '', /\| 仅有警告 \| 不公示 \|/)
  assert.match(documents.get('renaming.md') ?? '', /“变更事项”为名称变更、名称的，自“变更日期”起由“变更前”改为“变更后”/)
  assert.match(documents.get('calendar.md') ?? '', /已公布至2025-12-31/)
  assert.match(documents.get('notices.md') ?? '', /六十日内复议，六个月内起诉/)
  assert.match(documents.get('notices.md') ?? '', /与指引同时送达/)
})

test('M033 · a changed rule changes its document', () => {
  const texts = smallLaw()
  const path = 'law/catalogue/items/people@2024-01-01.yaml'
  texts[path] = planted(texts[path] ?? '', 'retention: { years: 5', 'retention: { years: 6')
  const changed = lawDocuments(withLaw(texts, openLaw))
  const before = lawDocuments(law)
  assert.deepEqual(
    [...changed.keys()].filter(name => changed.get(name) !== before.get(name)),
    ['people.md'],
  )
})
