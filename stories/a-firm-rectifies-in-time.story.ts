import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Case, does, refusalOf, seesOwn } from './cases.ts'
import { FIRMS } from './cast.ts'
import type { Player } from './player.ts'
import { ORDERED, ordered, reports } from './rectification.ts'
import { type Story, story } from './tell.ts'

test(
  'M288 · M289 · 被责令限期整改的企业按期改正，经核实办结，不留信用记录',
  story(async s => {
    const [one] = FIRMS
    const { key, firm } = await ordered(s, one)
    s.onDay('2026-12-07')
    await rectified(s, firm, key)
    await untouched(s, one.name)
  }),
)

async function rectified(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('企业报告整改完成，没有附证明', async note => {
    note.came(refusalOf(await reports(firm, key, 'report', false), 'case.paper-missing'))
  })
  await s.step('企业附上补签的合同，再报告', async note => {
    const answer = await reports(firm, key, 'report', true)
    assert.equal(answer.status, 200, answer.text)
    note.came('送经办人员核实，十个工作日内答复')
  })
  await s.step('经办人员核实，办结', async note => {
    const result = '三份劳动合同齐全，已经整改。'
    assert.equal(await does(s.as('wage-officer'), key, 'accept', { result }), 'rectified')
    await s.settle()
    const seen = await seesOwn(firm, key)
    assert.equal(seen.letters.at(-1)?.name, '整改和约谈办结通知书')
    note.sent(result)
    note.came('案件办结：整改完成；企业收到《整改和约谈办结通知书》')
  })
}

async function untouched(s: Story, name: string): Promise<void> {
  await s.step('公众查看这家企业；经办人员想只给三天期限再责令一次', async note => {
    const subjectId = await s.found(name)
    assert.doesNotMatch(await s.anyone.reads(`/subjects/${subjectId}`), /限期整改|劳动合同/)
    const fields = { ...ORDERED, until: '2026-12-10' }
    const path = `/api/v1/subjects/${subjectId}/cases`
    const refused = await s.as('wage-officer').post(path, { procedure: 'rectification', act: 'order', fields })
    note.came('公开页面上没有这件事')
    note.came(refusalOf(refused, 'rectification.day-too-early'))
  })
}
