import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CheckAnswer } from '../src/checks/contract.ts'
import { type Case, clockWorks, does, doesOwn, opens, opensLetter, refusalOf, seesOwn, tries, triesOwn } from './cases.ts'
import { FIRMS } from './cast.ts'
import type { Player } from './player.ts'
import { fileOf, registrationOf } from './rows.ts'
import { type Story, story } from './tell.ts'

const FIRM = FIRMS[4]
const NUMBER = '澜人社欠薪列〔2026〕12号'
const PROPOSED = {
  ground: 'wage-arrears:mass-incident',
  fact: '拖欠31名农民工工资120万元，引发集体上访，责令限期支付，逾期未付',
  proof: '工资台账\n限期支付指令书送达回证\n处置记录',
  document: '澜人社监令〔2026〕40号',
}

test(
  'M202 · M205 · M208 · M215 · 拖欠工资的企业没有陈述申辩，两人办理后列入名单；改正满六个月提前移出',
  story(async s => {
    assert.ok(FIRM)
    await s.as('market-clerk').sends('market-registration', '登记.csv', fileOf(registrationOf(FIRM)))
    const subjectId = await s.found(FIRM.name)
    const firm = await s.asFirm(subjectId, FIRM.name)
    const key = await told(s, firm, subjectId)
    s.onDay('2026-12-01')
    await listed(s, firm, key)
    s.onDay('2026-12-31')
    await early(s, firm, key)
    s.onDay('2027-06-21')
    await left(s, firm, key)
  }),
)

async function told(s: Story, firm: Player, subjectId: number): Promise<Case> {
  const key = await s.step('市人社局经办人员拟列入', async note => {
    note.sent(`${PROPOSED.document}，${PROPOSED.fact}`)
    const opening = { procedure: 'listing', aboutRef: 'wage-arrears', act: 'propose', fields: PROPOSED }
    return await opens(s.as('wage-officer'), subjectId, opening)
  })
  s.onDay('2026-11-23')
  await s.step('复核人员同意，告知书送达；企业打开，没有陈述申辩', async note => {
    await does(s.as('wage-officer2'), key, 'confirm-notice')
    await s.settle()
    await opensLetter(s, firm, key, '列入名单事先告知书')
    note.came('陈述申辩到2026年11月30日')
  })
  return key
}

async function listed(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('期满，经办人员拟决定；复核人员确认列入', async note => {
    await clockWorks(s)
    const defence = '主体收到告知书后没有陈述申辩；事实清楚，证据充分。'
    await does(s.as('wage-officer'), key, 'decide', { 'decision-number': NUMBER, defence })
    note.came(refusalOf(await tries(s.as('wage-officer'), key, 'list'), 'case.same-person'))
    assert.equal(await does(s.as('wage-officer2'), key, 'list'), 'listed')
    await s.settle()
    note.sent(NUMBER)
    note.came('已列入，期限三年')
  })
  await s.step('名单页列出这家企业，窗口核查到它；企业同时收到两份文书', async note => {
    assert.match(await s.anyone.reads('/lists/wage-arrears'), new RegExp(FIRM?.name ?? '-'))
    assert.deepEqual(await hitsOf(s), [NUMBER])
    const seen = await seesOwn(firm, key)
    assert.deepEqual(
      seen.letters.slice(1).map(one => one.name),
      ['列入名单决定书', '信用修复告知书'],
    )
    assert.equal(seen.clocks.find(clock => clock.clock === 'term')?.dueOn, '2029-12-01')
    note.came('《列入名单决定书》和《信用修复告知书》一起送达；期满日2029年12月1日，到期自动移出')
  })
}

const CORRECTED = { 'corrected-on': '2026-12-20', conditions: '工资已于2026年12月20日全部付清，已作出守信承诺。' }

async function early(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('企业付清工资，当月就申请提前移出', async note => {
    note.sent(CORRECTED.conditions)
    note.came(refusalOf(await triesOwn(firm, key, 'ask-exit', CORRECTED), 'list.exit-too-early'))
  })
}

async function left(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('改正满六个月，企业再申请', async note => {
    assert.equal(await doesOwn(firm, key, 'ask-exit', CORRECTED), 'exit-asked')
    note.came('送市人社局核实')
  })
  await s.step('经办人员核实，同意提前移出', async note => {
    const because = '工资全部付清，承诺已签，改正满六个月。'
    await does(s.as('wage-officer'), key, 'grant-exit', { because })
    assert.doesNotMatch(await s.anyone.reads('/lists/wage-arrears'), new RegExp(FIRM?.name ?? '-'))
    assert.deepEqual(await hitsOf(s), [])
    note.sent(because)
    note.came('名单页和核查当时就没有这家企业')
  })
  await s.step('曾取得这条信息的单位都已了结，案件办结', async note => {
    await s.settle()
    const seen = await seesOwn(firm, key)
    assert.equal(seen.stateName, '提前移出')
    assert.equal(seen.letters.at(-1)?.name, '移出名单决定书')
    note.came('案件办结：提前移出')
  })
}

async function hitsOf(s: Story): Promise<string[]> {
  const asked = { subject: FIRM?.code, purpose: '行政许可', businessNo: '许-12' }
  return (await s.as('window').post('/api/v1/checks', asked)).json<CheckAnswer>().hits.map(hit => hit.documentNo)
}
