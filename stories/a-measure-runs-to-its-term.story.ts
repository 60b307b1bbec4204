import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Case, clockWorks, does, doesOwn, opensLetter, refusalOf, seesOwn, tries } from './cases.ts'
import { FIRMS } from './cast.ts'
import { answers, asks, backTo, openingOf, ownMeasure, promptsOf, takes } from './measures.ts'
import type { Player } from './player.ts'
import { fileOf, penaltyOf } from './rows.ts'
import { type Story, story } from './tell.ts'

const [FIRM] = FIRMS
const NUMBER = '澜环罚〔2026〕71号'
const SHAM = {
  违法行为类型: '提供虚假材料申请许可',
  违法事实: '申请排污许可时提交的监测报告系伪造。',
  处罚依据: '《中华人民共和国行政许可法》第七十八条',
  处罚类别: '警告',
  处罚内容: '警告',
  '罚款金额(万元)': '',
}
const ASKED = {
  fact: '申请排污许可时提交的监测报告系伪造，已给予警告。',
  reason: '提供虚假材料申请许可，一年内再次申请属于法条所列限制。',
}
const PROPOSED = {
  officer: '周明',
  ends: 'day',
  scope: '一年内再次申请排污许可的，依规定不予受理',
  because: '处罚决定已经生效，事实属于法条所列情形。',
}
const MATTER = { purpose: '行政许可', businessNo: '许-31' }

test(
  'M219 · M223 · M227 · 提供虚假材料的企业先被告知、听取意见，措施到期自动终止；窗口每次答复它都看得到',
  story(async s => {
    await s.as('clerk').sends('ecology-penalty', '处罚.csv', fileOf(penaltyOf(FIRM, NUMBER, SHAM)))
    const subjectId = await s.found(FIRM.name)
    const firm = await s.asFirm(subjectId, FIRM.name)
    const key = await asked(s, subjectId)
    s.onDay('2026-11-23')
    await told(s, firm, key)
    s.onDay('2026-12-01')
    await begun(s, firm, key)
    s.onDay('2027-03-02')
    await prompted(s, firm, key)
    s.onDay('2027-11-17')
    await over(s, firm, key)
  }),
)

async function asked(s: Story, subjectId: number): Promise<Case> {
  const key = await s.step('市生态环境局经办人员查看凭这个处罚可以发起什么，发起再申请限制', async note => {
    const opening = await openingOf(s.as('ecology-officer'), subjectId, 'm01-06')
    assert.equal(opening.mayInitiate, true)
    note.sent(`${opening.name}：${ASKED.reason}`)
    note.came(`法条的期限：${opening.term}；由许可机关响应`)
    return await asks(s.as('ecology-officer'), subjectId, opening, ASKED)
  })
  await s.step('本单位另一人复核同意，案件到市审批局', async note => {
    note.came(refusalOf(await tries(s.as('ecology-officer'), key, 'ask'), 'case.same-person'))
    assert.equal(await does(s.as('ecology-second'), key, 'ask'), 'asked')
    await s.settle()
  })
  return key
}

async function told(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('市审批局经办人员要写成终身', async note => {
    note.came(
      refusalOf(await tries(s.as('approval-officer'), key, 'propose', { ...PROPOSED, ends: 'life' }), 'measure.term-kind'),
    )
  })
  await s.step('改成法条的期限，事先告知书送达；企业打开', async note => {
    assert.equal(await does(s.as('approval-officer'), key, 'propose', PROPOSED), 'serving')
    await s.settle()
    await opensLetter(s, firm, key, '失信惩戒措施事先告知书')
    assert.equal((await seesOwn(firm, key)).clock?.dueOn, '2026-11-30')
    note.sent(PROPOSED.scope)
    note.came('陈述申辩到2026年11月30日；期满以前不会采取措施')
  })
  await s.step('企业陈述申辩', async note => {
    const statement = '监测报告由代办公司提供，我单位不知情。'
    assert.equal(await doesOwn(firm, key, 'state', { statement }), 'stating')
    note.sent(statement)
  })
}

async function begun(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('期满，市审批局两人办理：复核企业的意见，确认采取', async note => {
    await clockWorks(s)
    const defence = '代办不免除申请人对材料真实性的责任；没有其他新的事实。'
    await takes(s, key, defence)
    const seen = await seesOwn(firm, key)
    assert.deepEqual(
      seen.letters.slice(1).map(one => one.name),
      ['失信惩戒措施告知书', '信用修复告知书'],
    )
    assert.equal((await ownMeasure(firm)).untilDay, '2027-11-16')
    note.sent(defence)
    note.came('《失信惩戒措施告知书》和《信用修复告知书》一起送达；自处罚决定起算一年，到2027年11月16日')
  })
}

async function prompted(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('企业再申请排污许可，市审批局窗口核查，得到提示', async note => {
    const [prompt, ...others] = await promptsOf(s, FIRM.code, MATTER)
    assert.deepEqual([prompt?.caseId, prompt?.answered, others], [key.caseId, null, []])
    note.came(`提示：${prompt?.name}；终点：${prompt?.until}；平台不自动拒绝`)
  })
  await s.step('窗口人员具名暂缓，没有写理由不行', async note => {
    note.came(refusalOf(await answers(s, key, MATTER, { answer: 'hold' }), 'measure.reason-missing'))
    const reason = '核对这次申请的是不是同一项许可。'
    assert.equal((await answers(s, key, MATTER, { answer: 'hold', reason })).status, 201)
    note.sent(`暂缓：${reason}`)
  })
  await s.step('核对以后，窗口人员具名适用', async note => {
    const reason = '同一项许可，还在一年以内。'
    assert.equal((await answers(s, key, MATTER, { answer: 'apply', reason })).status, 201)
    note.sent(`适用：${reason}`)
  })
  await s.step('企业在账户里看到每一次答复', async note => {
    const said = (await ownMeasure(firm)).answers.map(one => [one.answer, one.unitName, one.reason])
    assert.deepEqual(said, [
      ['apply', '澜川市行政审批服务局', '同一项许可，还在一年以内。'],
      ['hold', '澜川市行政审批服务局', '核对这次申请的是不是同一项许可。'],
    ])
    note.came('哪个单位、哪一天、怎样答复、什么理由，逐次列出')
  })
}

async function over(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('期限届满的次日，窗口不再得到提示', async note => {
    assert.deepEqual(await promptsOf(s, FIRM.code, { ...MATTER, businessNo: '许-90' }), [])
    assert.equal((await ownMeasure(firm)).isInForce, false)
    note.came('没有提示；不用任何人去办')
  })
  await s.step('平台办结，企业收到终止通知', async note => {
    await clockWorks(s)
    const seen = await seesOwn(firm, key)
    assert.deepEqual([seen.stateName, seen.letters.at(-1)?.name], ['期满终止', '失信惩戒措施终止通知书'])
    note.came('案件办结：期满终止')
  })
  await s.step('市生态环境局看到它发起的措施结果怎样', async note => {
    const { ended, answers: counts } = await backTo(s.as('ecology-officer'), key)
    assert.deepEqual([ended?.because, counts], ['term-over', { apply: 1, hold: 1, release: 0 }])
    note.came('期满终止；窗口适用一次、暂缓一次')
  })
}
