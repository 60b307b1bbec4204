import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Case, clockWorks, does, doesOwn, opens, opensLetter, refusalOf, seesOwn } from './cases.ts'
import { FIRMS } from './cast.ts'
import { answers, asks, backTo, openingOf, ownMeasure, promptsOf, takes } from './measures.ts'
import type { Player } from './player.ts'
import { fileOf, registrationOf } from './rows.ts'
import { type Story, story } from './tell.ts'

const FIRM = FIRMS[2]
const NUMBER = '澜人社欠薪列〔2026〕15号'
const LISTED = {
  ground: 'wage-arrears:mass-incident',
  fact: '拖欠24名农民工工资90万元，引发集体上访，责令限期支付，逾期未付',
  proof: '工资台账\n限期支付指令书送达回证\n处置记录',
  document: '澜人社监令〔2026〕52号',
}
const ASKED = { fact: '逾期未支付农民工工资，已列入名单。', reason: '名单期间申请建筑施工许可，属于法条所列事项。' }
const PROPOSED = {
  officer: '周明',
  ends: 'event',
  scope: '名单期间申请建筑施工许可的，依规定限制',
  because: '列入名单的决定已经生效，属于法条所列情形。',
}
const MATTER = { purpose: '行政许可', businessNo: '许-41' }

test(
  'M219 · M220 · M223 · 对名单企业采取的措施，在它提前移出名单的同一时刻终止，不用申请',
  story(async s => {
    await s.as('market-clerk').sends('market-registration', '登记.csv', fileOf(registrationOf(FIRM)))
    const subjectId = await s.found(FIRM.name)
    const firm = await s.asFirm(subjectId, FIRM.name)
    const listing = await told(s, firm, subjectId)
    s.onDay('2026-12-01')
    await listed(s, listing)
    const key = await asked(s, firm, subjectId)
    s.onDay('2026-12-09')
    await begun(s, firm, key)
    s.onDay('2027-06-21')
    await left(s, firm, listing, key)
  }),
)

async function told(s: Story, firm: Player, subjectId: number): Promise<Case> {
  return await s.step('市人社局拟把拖欠工资的企业列入名单，另一人复核；企业打开告知书', async note => {
    const opening = { procedure: 'listing', aboutRef: 'wage-arrears', act: 'propose', fields: LISTED }
    const key = await opens(s.as('wage-officer'), subjectId, opening)
    await does(s.as('wage-officer2'), key, 'confirm-notice')
    await s.settle()
    await opensLetter(s, firm, key, '列入名单事先告知书')
    note.sent(`${LISTED.document}，${LISTED.fact}`)
    return key
  })
}

async function listed(s: Story, key: Case): Promise<void> {
  await s.step('企业没有陈述申辩，两人办理，列入名单', async note => {
    await clockWorks(s)
    const defence = '主体收到告知书后没有陈述申辩；事实清楚，证据充分。'
    await does(s.as('wage-officer'), key, 'decide', { 'decision-number': NUMBER, defence })
    assert.equal(await does(s.as('wage-officer2'), key, 'list'), 'listed')
    await s.settle()
    note.sent(NUMBER)
  })
}

async function asked(s: Story, firm: Player, subjectId: number): Promise<Case> {
  const key = await s.step('市人社局凭这份名单发起措施，另一人复核，送市审批局', async note => {
    const opening = await openingOf(s.as('wage-officer'), subjectId, 'm01-11')
    const found = await asks(s.as('wage-officer'), subjectId, opening, ASKED)
    assert.equal(await does(s.as('wage-officer2'), found, 'ask'), 'asked')
    await s.settle()
    note.sent(`${opening.name}：${ASKED.reason}`)
    note.came(`法条的期限：${opening.term}`)
    return found
  })
  await s.step('市审批局拟采取，写明终点是移出名单；企业打开事先告知书，陈述申辩', async note => {
    assert.equal(await does(s.as('approval-officer'), key, 'propose', PROPOSED), 'serving')
    await s.settle()
    await opensLetter(s, firm, key, '失信惩戒措施事先告知书')
    const statement = '工资正在筹措，年底以前付清。'
    assert.equal(await doesOwn(firm, key, 'state', { statement }), 'stating')
    note.sent(PROPOSED.scope)
    note.came(`企业的意见：${statement}`)
  })
  return key
}

async function begun(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('期满，市审批局复核企业的意见，两人办理，措施生效', async note => {
    await clockWorks(s)
    const defence = '工资还没有付清，所依据的名单仍然有效；付清并移出以后措施随之终止。'
    await takes(s, key, defence)
    assert.equal((await ownMeasure(firm)).isInForce, true)
    note.sent(defence)
  })
  await s.step('市审批局窗口核查，得到提示，具名适用', async note => {
    const [prompt] = await promptsOf(s, FIRM.code, MATTER)
    assert.equal(prompt?.caseId, key.caseId)
    assert.equal((await answers(s, key, MATTER, { answer: 'apply' })).status, 201)
    note.came(`提示：${prompt?.name}；终点：${prompt?.until}`)
  })
}

const CORRECTED = { 'corrected-on': '2026-12-20', conditions: '工资已于2026年12月20日全部付清，已作出守信承诺。' }

async function left(s: Story, firm: Player, listing: Case, key: Case): Promise<void> {
  await s.step('企业付清工资满六个月，申请提前移出名单', async note => {
    assert.equal(await doesOwn(firm, listing, 'ask-exit', CORRECTED), 'exit-asked')
    assert.equal((await promptsOf(s, FIRM.code, { ...MATTER, businessNo: '许-42' })).length, 1)
    note.sent(CORRECTED.conditions)
    note.came('还没有决定，窗口仍得到提示')
  })
  await s.step('市人社局同意移出，措施在同一时刻终止', async note => {
    const because = '工资全部付清，承诺已签，改正满六个月。'
    await does(s.as('wage-officer'), listing, 'grant-exit', { because })
    assert.deepEqual(await promptsOf(s, FIRM.code, { ...MATTER, businessNo: '许-43' }), [])
    assert.equal((await ownMeasure(firm)).ended?.because, 'ground-gone')
    note.sent(because)
    note.came('窗口当时就没有提示；企业没有为措施申请任何东西')
    refusalOf(await answers(s, key, { ...MATTER, businessNo: '许-43' }, { answer: 'apply' }), 'measure.not-in-force')
    note.came('窗口再答复“适用”，平台不接受：措施已经终止')
  })
  await s.step('措施案件随之办结，企业收到终止通知，市人社局看到结果', async note => {
    await s.settle()
    const seen = await seesOwn(firm, key)
    assert.deepEqual([seen.stateName, seen.letters.at(-1)?.name], ['依据消灭终止', '失信惩戒措施终止通知书'])
    const { ended, answers: counts } = await backTo(s.as('wage-officer'), key)
    assert.deepEqual([ended?.because, counts], ['ground-gone', { apply: 1, hold: 0, release: 0 }])
    note.came('案件办结：依据消灭终止；窗口适用过一次')
  })
}
