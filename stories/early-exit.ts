import assert from 'node:assert/strict'
import type { CheckAnswer } from '../src/checks/contract.ts'
import { type Case, clockWorks, does, doesOwn, opens, opensLetter, refusalOf, seesOwn } from './cases.ts'
import { FIRMS } from './cast.ts'
import type { Player } from './player.ts'
import { fileOf, registrationOf } from './rows.ts'
import type { Story } from './tell.ts'

/* How a firm is listed, leaves early, and is told that its exit is to be taken back: what two stories begin with. */

export const FIRM = FIRMS[6]
export const NUMBER = '澜人社欠薪列〔2026〕19号'
const PROPOSED = {
  ground: 'wage-arrears:mass-incident',
  fact: '拖欠22名农民工工资86万元，引发集体上访，责令限期支付，逾期未付',
  proof: '工资台账\n限期支付指令书送达回证',
  document: '澜人社监令〔2026〕51号',
}
const FALSE_GROUNDS = { 'corrected-on': '2026-05-20', conditions: '工资已于2026年5月20日全部付清，附代发回单。' }
const TOLD = {
  matter: '申请提前移出时提交的代发回单是伪造的',
  fact: '开户银行回复没有这笔代发，22名农民工至今没有收到工资。',
  evidence: '银行回函\n农民工询问笔录',
  measures: '撤销提前移出，恢复列入到原来的期满日\n窗口和部门核查时重新提示',
}

/** The firm is listed, leaves early and is heard on 7 December 2026 about taking its exit back; `statement` is what it says. */
export async function untilHeard(s: Story, statement: string): Promise<{ readonly firm: Player; readonly revocation: Case }> {
  assert.ok(FIRM)
  await s.as('market-clerk').sends('market-registration', '登记.csv', fileOf(registrationOf(FIRM)))
  const subjectId = await s.found(FIRM.name)
  const firm = await s.asFirm(subjectId, FIRM.name)
  const key = await listed(s, firm, subjectId)
  s.onDay('2026-12-02')
  const recordId = await leftEarly(s, firm, key)
  s.onDay('2026-12-07')
  return { firm, revocation: await noticed(s, firm, { subjectId, recordId }, statement) }
}

async function listed(s: Story, firm: Player, subjectId: number): Promise<Case> {
  const opening = { procedure: 'listing', aboutRef: 'wage-arrears', act: 'propose', fields: PROPOSED }
  const key = await opens(s.as('wage-officer'), subjectId, opening)
  s.onDay('2026-11-23')
  await does(s.as('wage-officer2'), key, 'confirm-notice')
  await s.settle()
  await opensLetter(s, firm, key, '列入名单事先告知书')
  s.onDay('2026-12-01')
  await clockWorks(s)
  return await s.step('告知、陈述申辩期满以后，市人社局两人决定列入拖欠农民工工资失信名单', async note => {
    await does(s.as('wage-officer'), key, 'decide', { 'decision-number': NUMBER, defence: '没有陈述申辩；事实清楚。' })
    assert.equal(await does(s.as('wage-officer2'), key, 'list'), 'listed')
    await s.settle()
    assert.equal((await seesOwn(firm, key)).clocks.find(clock => clock.clock === 'term')?.dueOn, '2029-12-01')
    note.came('列入三年，到2029年12月1日')
    return key
  })
}

export const hitsOf = async (s: Story): Promise<CheckAnswer['hits']> => {
  const asked = { subject: FIRM?.code, purpose: '行政许可', businessNo: '许-19' }
  return (await s.as('window').post('/api/v1/checks', asked)).json<CheckAnswer>().hits
}
export const isOnPage = async (s: Story): Promise<boolean> =>
  (await s.anyone.reads('/lists/wage-arrears')).includes(FIRM?.name ?? '-')

async function leftEarly(s: Story, firm: Player, key: Case): Promise<number> {
  const [hit] = await hitsOf(s)
  await s.step('企业提交代发回单，申请提前移出；经办人员同意', async note => {
    assert.equal(await doesOwn(firm, key, 'ask-exit', FALSE_GROUNDS), 'exit-asked')
    await does(s.as('wage-officer'), key, 'grant-exit', { because: '有代发回单，改正满六个月。' })
    assert.equal(await isOnPage(s), false)
    note.sent(FALSE_GROUNDS.conditions)
    note.came('名单页和核查当时就没有这家企业')
  })
  await s.step('核查过它的窗口还没有确认，经办人员就想撤销', async note => {
    const refused = await s.as('wage-officer').post(`/api/v1/subjects/${key.subjectId}/cases`, opening(hit?.recordId ?? 0))
    note.came(refusalOf(refused, 'list.not-left-early'))
  })
  await s.step('窗口确认以后，案件办结：提前移出', async note => {
    const { corrections } = (await s.as('window').get('/api/v1/receivers/corrections')).json<{
      corrections: { subjectId: number; noticeId: number }[]
    }>()
    const one = corrections.find(correction => correction.subjectId === key.subjectId)
    await s.as('window').post(`/api/v1/receivers/corrections/${key.subjectId}/${one?.noticeId}/confirmations`, { how: 'deleted' })
    await s.settle()
    assert.equal((await seesOwn(firm, key)).stateName, '提前移出')
    note.came('案件办结')
  })
  return hit?.recordId ?? 0
}

const opening = (recordId: number) => ({
  procedure: 'exit-revocation',
  act: 'propose-notice',
  aboutRef: String(recordId),
  fields: TOLD,
})

async function noticed(
  s: Story,
  firm: Player,
  { subjectId, recordId }: { readonly subjectId: number; readonly recordId: number },
  statement: string,
): Promise<Case> {
  const key = await s.step('银行回函说回单是伪造的，经办人员提出撤销提前移出', async note => {
    const opened = await opens(s.as('wage-officer'), subjectId, opening(recordId))
    await s.settle()
    assert.equal(await isOnPage(s), false)
    note.sent(`${TOLD.matter}：${TOLD.fact}`)
    note.came('告知书放进企业的账号；送达以前什么都不变')
    return opened
  })
  await s.step('企业打开告知书，陈述申辩', async note => {
    await opensLetter(s, firm, key, '撤销提前移出事先告知书')
    await s.settle()
    const { clock } = await seesOwn(firm, key)
    assert.equal(clock?.dueOn, '2026-12-14')
    await doesOwn(firm, key, 'state', { statement })
    note.came('2026年12月14日以前可以陈述申辩；意见送办理单位复核')
  })
  return key
}
