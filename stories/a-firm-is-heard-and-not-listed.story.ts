import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Case, clockWorks, does, doesOwn, opens, opensLetter, refusalOf, seesOwn, tries } from './cases.ts'
import { FIRMS } from './cast.ts'
import type { Player } from './player.ts'
import { fileOf, registrationOf } from './rows.ts'
import { type Story, story } from './tell.ts'

const FIRM = FIRMS[3]
const PROPOSED = {
  ground: 'wage-arrears:criminal-amount',
  fact: '2026年5月至8月拖欠12名农民工工资46万元，责令限期支付，逾期未付',
  proof: '工资台账\n限期支付指令书送达回证',
  document: '澜人社监令〔2026〕31号',
}

test(
  'M205 · M206 · M207 · 拟列入名单的企业先收到告知书，陈述申辩成立，没有列入',
  story(async s => {
    const subjectId = await registered(s)
    const firm = await s.asFirm(subjectId, FIRM?.name ?? '')
    const key = await proposed(s, subjectId)
    s.onDay('2026-11-23')
    await told(s, firm, key)
    s.onDay('2026-11-25')
    await stated(s, firm, key)
    s.onDay('2026-12-01')
    await dropped(s, firm, key)
  }),
)

async function registered(s: Story): Promise<number> {
  assert.ok(FIRM)
  await s.as('market-clerk').sends('market-registration', '登记.csv', fileOf(registrationOf(FIRM)))
  return await s.found(FIRM.name)
}

async function proposed(s: Story, subjectId: number): Promise<Case> {
  const officer = s.as('wage-officer')
  const opening = { procedure: 'listing', aboutRef: 'wage-arrears', act: 'propose' }
  await s.step('市人社局经办人员拟列入，没有写明生效的法律文书', async note => {
    const fields = { ...PROPOSED, document: '无' }
    const refused = await officer.post(`/api/v1/subjects/${subjectId}/cases`, { ...opening, fields })
    note.came(refusalOf(refused, 'list.document-not-named'))
  })
  await s.step('经办人员要把它列入税务部门认定的名单', async note => {
    const fields = PROPOSED
    const refused = await officer.post(`/api/v1/subjects/${subjectId}/cases`, { ...opening, aboutRef: 'tax-serious', fields })
    note.came(refusalOf(refused, 'list.decided-elsewhere'))
  })
  return await s.step('经办人员写明事由、事实、证据和文书，拟列入；自己不能复核自己', async note => {
    const key = await opens(officer, subjectId, { ...opening, fields: PROPOSED })
    note.sent(`拖欠农民工工资失信联合惩戒对象名单，${PROPOSED.document}`)
    note.came(refusalOf(await tries(officer, key, 'confirm-notice'), 'case.same-person'))
    return key
  })
}

async function told(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('市人社局复核人员同意，告知书送达企业账户', async note => {
    assert.equal(await does(s.as('wage-officer2'), key, 'confirm-notice'), 'serving')
    await s.settle()
    note.came('企业账户里有一份《列入名单事先告知书》')
  })
  await s.step('企业打开告知书', async note => {
    await opensLetter(s, firm, key, '列入名单事先告知书')
    const seen = await seesOwn(firm, key)
    assert.equal(seen.stateName, '陈述申辩期')
    assert.equal(seen.clock?.dueOn, '2026-11-30')
    note.came('当日送达；陈述申辩到2026年11月30日')
  })
  await s.step('经办人员等不及，要拟决定', async note => {
    const early = await tries(s.as('wage-officer'), key, 'decide', {
      'decision-number': '澜人社欠薪列〔2026〕9号',
      defence: '无',
    })
    note.came(refusalOf(early, 'case.act-not-open'))
  })
}

async function stated(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('企业陈述申辩', async note => {
    const statement = '工资已于2026年9月2日全部付清，有银行代发回单；指令书写的是另一工地。'
    assert.equal(await doesOwn(firm, key, 'state', { statement }), 'notified')
    note.sent(statement)
    note.came('意见送经办人员；期满以前还可以补充')
  })
}

async function dropped(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('陈述申辩期满，经办人员核实以后决定不列入', async note => {
    await clockWorks(s)
    const because = '经向银行核实，工资已于责令期限内付清，列入的事由不成立。'
    assert.equal(await does(s.as('wage-officer'), key, 'drop', { because }), 'dropped')
    await s.settle()
    note.sent(because)
    note.came('案件办结：不予列入')
  })
  await s.step('企业收到决定书；公众在名单页和主体页都看不到它', async note => {
    assert.equal((await seesOwn(firm, key)).letters.at(-1)?.name, '不予列入决定书')
    const name = new RegExp(FIRM?.name ?? '-')
    assert.doesNotMatch(await s.anyone.reads('/lists/wage-arrears'), name)
    note.came('账户里有《不予列入决定书》；从头到尾没有公示过任何信息')
  })
}
