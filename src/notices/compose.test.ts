import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../base/root.ts'
import { openLaw } from '../law/load.ts'
import { ADVERSE, type NoticeTemplate, WITH_REMEDIES } from '../law/notice-model.ts'
import { composeLetter, type OwnFacts } from './compose.ts'
import type { NoticeFacts } from './model.ts'
import { sampleFacts } from './testing.ts'

const law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
const own: OwnFacts = {
  subject: '示例市云麓食品有限公司',
  addressee: '示例市云麓食品有限公司（统一社会信用代码91860100A73687870E）',
  unit: '示例市市场监督管理局',
  number: '示例局信文〔2026〕1号',
  day: '2026年11月20日',
  platform: '示例平台',
  contact: '示例局，0000-0000000',
}
const templates = [...law.notices.values()].flat()
const template = (id: string): NoticeTemplate => law.notices.get(id)?.at(-1) as NoticeTemplate
const compose = (id: string, facts: NoticeFacts) => composeLetter(law, template(id), own, facts)

for (const one of templates) {
  test(`M205 · ${one.name} · every blank filled leaves no brace, no gap and every article by its name`, () => {
    const letter = composeLetter(law, one, own, sampleFacts(one))
    assert.ok(letter.ok, letter.ok ? '' : letter.code)
    const text = [letter.value.title, ...letter.value.paragraphs].join('\n')
    assert.doesNotMatch(text, /[{}]|undefined|null|#/)
    assert.match(text, /《/)
    if (WITH_REMEDIES.has(one.kind)) {
      assert.match(text, /六十日内依照《中华人民共和国行政复议法》（2023修订）第二十条申请行政复议/)
      assert.match(text, /六个月内依照《中华人民共和国行政诉讼法》（2017修正）第四十六条向人民法院提起行政诉讼/)
    }
  })

  test(`M205 · ${one.name} · nothing required may be left out, one by one`, () => {
    for (const { blank, name, required } of one.blanks) {
      const { [blank]: left, ...rest } = sampleFacts(one)
      const answer = composeLetter(law, one, own, rest)
      assert.equal(answer.ok, !required, `${blank} ${String(left)}`)
      if (!answer.ok) assert.deepEqual([answer.code, answer.facts['blank']], ['notice.fact-missing', name])
    }
  })
}

test('M205 · the notice before a list tells its five contents and the way out', () => {
  const letter = compose('listing-notice', sampleFacts(template('listing-notice'), { 'hearing-days': 5 }))
  assert.ok(letter.ok)
  const text = letter.value.paragraphs.join('\n')
  for (const told of [
    '事由：',
    '认定的事实：',
    '证据：\n1. 第一项\n2. 第二项',
    '拟列入的依据：',
    '措施或者产生下列后果：',
    '陈述和申辩',
    '退出途径：',
  ])
    assert.ok(text.includes(told), told)
  assert.match(text, /自收到本文书之日起5个工作日内提出/)
})

test('M205 · what an optional blank holds together is left out with it', () => {
  const { 'hearing-days': _, ...facts } = sampleFacts(template('listing-notice'))
  const letter = compose('listing-notice', facts)
  assert.ok(letter.ok && !letter.value.paragraphs.join('').includes('听证'))
})

const malformed: readonly (readonly [blank: string, fact: NoticeFacts[string]])[] = [
  ['list', ''],
  ['list', '  '],
  ['list', '一行\n两行'],
  ['list', '长'.repeat(301)],
  ['list', 7],
  ['list', ['一', '二']],
  ['matter', '长'.repeat(5001)],
  ['evidence', '一行'],
  ['evidence', []],
  ['evidence', ['']],
  ['evidence', ['一\n二']],
  ['answer-days', -1],
  ['answer-days', '明天'],
  ['rules', ['nothing#1']],
  ['rules', ['《某法》第一条']],
  ['rules', 'apl#45'],
  ['rules', []],
]
for (const [blank, fact] of malformed)
  test(`a fact of another type is refused: ${blank} = ${JSON.stringify(fact).slice(0, 30)}`, () => {
    const answer = compose('listing-notice', sampleFacts(template('listing-notice'), { [blank]: fact }))
    assert.deepEqual(answer.ok ? 'ok' : answer.code, 'notice.fact-malformed')
  })

test('nobody edits the legal part in a case: a fact that no blank asks for is refused, and a fact is never read as a mark', () => {
  const facts = sampleFacts(template('listing-decision'))
  for (const extra of ['remedies', 'body', 'title', 'subject', 'unit', 'number', 'contact'])
    assert.equal(compose('listing-decision', { ...facts, [extra]: '不得申请复议' }).ok, false, extra)
  const letter = compose('listing-decision', { ...facts, fact: '见{term:suit}{article:apl#1}{unit}' })
  assert.ok(letter.ok && letter.value.paragraphs.some(text => text.includes('见{term:suit}{article:apl#1}{unit}')))
})

test('M209 · what takes away is never counted as served by lying there, and always names who may be asked', () => {
  for (const one of templates.filter(each => ADVERSE.has(each.kind)))
    for (const rule of one.channels)
      if ('served' in rule) assert.ok(typeof rule.served === 'string' || 'daysAfterPublication' in rule.served, one.name)
})
