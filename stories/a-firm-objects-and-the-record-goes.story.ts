import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CheckAnswer } from '../src/checks/contract.ts'
import {
  assertNowhere,
  caseAtDesk,
  confirms,
  everywhere,
  issued,
  lodged,
  officeStep,
  openCorrection,
  opensLetter,
  ownPaper,
  ownStep,
} from './case-desk.ts'
import { type Case, seesOwn } from './cases.ts'
import { FIRMS } from './cast.ts'
import type { Player } from './player.ts'
import { fileOf, outcomeOf, wageListingOf } from './rows.ts'
import { type Story, story } from './tell.ts'

const [, , FIRM] = FIRMS
const NUMBER = '澜人社欠薪列〔2026〕11号'
const PAGES = ['/lists/wage-arrears']
const MARK = '异议处理中'

test(
  'M257 · M258 · M260 · M261 · 企业对名单信息提出异议，当时标注；补充材料以后异议成立，各处不再出现，取得过它的窗口确认以后办结',
  story(async s => {
    const { firm, subjectId } = await listed(s)
    const hit = await checked(s)
    const { key, code } = await objected(s, firm, { subjectId, recordId: String(hit) })
    s.onDay('2026-11-23')
    await materialAsked(s, firm, key)
    s.onDay('2026-11-25')
    await supplemented(s, firm, key)
    await upheld(s, firm, key, code)
    s.onDay('2026-11-26')
    await confirmed(s, firm, key)
  }),
)

async function listed(s: Story): Promise<{ firm: Player; subjectId: number }> {
  return await s.step('市人社局报送员照录一条三月认定的拖欠农民工工资失信名单', async note => {
    const { counts } = await s.as('wage-clerk').sends('wage-arrears', '名单.csv', fileOf(wageListingOf(FIRM, NUMBER)))
    assert.deepEqual(outcomeOf(counts), { filed: 1 })
    const subjectId = await s.found(FIRM.name)
    note.sent(`${FIRM.name}，${NUMBER}`)
    note.came('收到1行：入档1行；名单页列出这家企业')
    return { firm: await s.asFirm(subjectId, FIRM.name), subjectId }
  })
}

const checkOf = async (s: Story): Promise<CheckAnswer> =>
  (
    await s.as('window').post('/api/v1/checks', { subject: FIRM.code, purpose: '行政许可', businessNo: '许-21' })
  ).json<CheckAnswer>()

async function checked(s: Story): Promise<number> {
  return await s.step('窗口人员办理许可，核查这家企业', async note => {
    const { hits } = await checkOf(s)
    assert.deepEqual(
      hits.map(hit => [hit.documentNo, hit.marks]),
      [[NUMBER, ['in-force']]],
    )
    note.came('核查提示一项在效信息：窗口取得了这条信息，平台记着它')
    return hits[0]?.recordId ?? 0
  })
}

type About = { readonly subjectId: number; readonly recordId: string }

async function objected(s: Story, firm: Player, { subjectId, recordId }: About): Promise<{ key: Case; code: string }> {
  const code = await issued(s, subjectId)
  const key = await s.step('企业登录“我的信用”，对这条信息提出异议', async note => {
    const fields = { wrong: 'content', 'should-be': '工资已经在责令期限内付清，有银行流水。' }
    const opened = await lodged(firm, { procedure: 'objection', act: 'lodge', aboutRef: recordId, fields })
    const { clock, unitName, letters } = await seesOwn(firm, opened)
    assert.deepEqual([clock?.dueOn, letters.map(one => one.name)], ['2026-12-01', ['异议受理通知书']])
    note.sent('内容有误：工资已经在责令期限内付清')
    note.came(`得到案件编号和《异议受理通知书》；由${unitName}在2026-12-01以前答复`)
    return opened
  })
  await s.step('公众在提出的当时打开门户', async note => {
    for (const [place, text] of await everywhere(s, subjectId, PAGES)) {
      if (place !== '/') assert.ok(text.includes(place === 'report' ? 'contested' : MARK), place)
    }
    const { hits } = await checkOf(s)
    assert.ok(hits[0]?.marks.includes('contested'))
    assert.equal((await s.anyone.get(`/api/v1/reports/${code}`)).status, 410)
    note.came('主体页、名单页、新开的报告和窗口的核查都标着“异议处理中”；没有标注的旧报告不再提供')
  })
  return { key, code }
}

async function materialAsked(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('市人社局经办人员看案件，请企业补充材料', async note => {
    const officer = s.as('wage-officer')
    const seen = await caseAtDesk(officer, key)
    assert.deepEqual([seen.state, seen.subjectName], ['lodged', FIRM.name])
    const state = await officeStep(officer, key, { act: 'ask-material', fields: { missing: '代发工资的银行流水' } })
    assert.equal(state, 'awaiting-material')
    note.sent('缺：代发工资的银行流水')
    note.came('补充以前答复期限停着')
  })
  await s.step('企业打开补充材料的通知', async note => {
    const { letter } = await opensLetter(firm, '补充材料通知书')
    assert.match(JSON.stringify(letter), /代发工资的银行流水/)
    const { clocks } = await seesOwn(firm, key)
    assert.equal(clocks.find(one => one.clock === 'answer')?.suspendedSince, '2026-11-24')
    note.came('通知写明缺什么；案件页写明答复期限自2026-11-24停着')
  })
}

async function supplemented(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('企业补充银行流水', async note => {
    const paperId = await ownPaper(firm, '银行流水.pdf')
    const doing = { act: 'supplement', papers: [{ paper: 'supplement', paperId }] }
    assert.equal(await ownStep(firm, key, doing), 'lodged')
    const answer = (await seesOwn(firm, key)).clocks.find(one => one.clock === 'answer')
    assert.equal(answer?.dueOn, '2026-12-03')
    note.sent('银行流水.pdf')
    note.came('答复期限接着走，停了两个工作日，延到2026-12-03')
  })
}

async function upheld(s: Story, firm: Player, key: Case, code: string): Promise<void> {
  await s.step('经办人员核对流水，异议成立', async note => {
    const fields = { finding: '流水显示工资已在责令期限内付清，列入的事实不成立。' }
    assert.equal(await officeStep(s.as('wage-officer'), key, { act: 'delete', fields }), 'confirming')
    note.sent(fields.finding)
    note.came('这条信息当时停止公示和使用，等取得过它的单位确认')
  })
  await s.step('公众、窗口和持有旧报告的人再看', async note => {
    await assertNowhere(s, key.subjectId, PAGES, NUMBER)
    assert.deepEqual((await checkOf(s)).hits, [])
    assert.equal((await s.anyone.get(`/api/v1/reports/${code}`)).status, 410)
    note.came('主体页、名单页、新报告都没有这条信息；核查没有在效信息；旧报告不再提供')
  })
  await s.step('企业打开处理结果', async note => {
    const { letter } = await opensLetter(firm, '异议成立通知书')
    assert.match(JSON.stringify(letter), /列入的事实不成立/)
    const { confirmations } = await seesOwn(firm, key)
    assert.deepEqual(confirmations, { all: 1, open: 1 })
    note.came('通知书写明核查结果；案件页写明还有1个单位没有确认更正')
  })
}

async function confirmed(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('窗口人员看到更正通知，删除自己的复制件后确认', async note => {
    const correction = await openCorrection(s.as('window'), key.subjectId)
    assert.deepEqual([correction.cause, correction.dueOn, correction.businessNos], ['annulled', '2026-11-26', ['许-21']])
    await confirms(s.as('window'), correction)
    await s.settle()
    note.came('通知写明是哪一次核查取得的、2026-11-26以前确认')
  })
  await s.step('企业再看案件', async note => {
    const { state, stateName, closedAt, confirmations } = await seesOwn(firm, key)
    assert.deepEqual([state, confirmations.open], ['corrected', 0])
    assert.ok(closedAt)
    note.came(`最后一个单位确认以后，案件自己办结：${stateName}`)
  })
}
