import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everywhere, lodged, officeStep, opensLetter, ownRecord, ownStep } from './case-desk.ts'
import { type Case, refusalOf, seesOwn, tries } from './cases.ts'
import { FIRMS } from './cast.ts'
import type { Player } from './player.ts'
import { fileOf, outcomeOf, penaltyOf } from './rows.ts'
import { type Story, story } from './tell.ts'

const [, , , FIRM] = FIRMS
const NUMBER = '澜环罚〔2026〕77号'
const MARK = '异议处理中'
const FINDING = '监测报告和现场笔录相互印证，处罚内容与决定书正本一致。'
const REVIEWED = '复核了监测报告、笔录和决定书，信息与决定书一致，维持。'
const COMMENT = '我单位已对该处罚申请行政复议，治理设施已于本月改造完毕。'

test(
  'M257 · M258 · M260 · 企业的异议没有成立：写明理由答复，申请复核后维持，企业在信息旁写下自己的说明',
  story(async s => {
    const firm = await reported(s)
    const recordId = await ownRecord(firm, NUMBER)
    const key = await objected(s, firm, recordId)
    s.onDay('2026-11-24')
    await answered(s, firm, key)
    s.onDay('2026-11-26')
    await reviewAsked(s, firm, key)
    s.onDay('2026-11-27')
    await upheld(s, firm, key)
    await commented(s, firm, key, recordId)
  }),
)

async function reported(s: Story): Promise<Player> {
  return await s.step('市生态环境局报送员报送一条处罚', async note => {
    const { counts } = await s.as('clerk').sends('ecology-penalty', '处罚.csv', fileOf(penaltyOf(FIRM, NUMBER)))
    assert.deepEqual(outcomeOf(counts), { filed: 1 })
    note.sent(`${FIRM.name}，${NUMBER}，罚款2万元`)
    note.came('收到1行：入档1行')
    return await s.asFirm(await s.found(FIRM.name), FIRM.name)
  })
}

const pageOf = (s: Story, { subjectId }: Case): Promise<string> => s.anyone.reads(`/subjects/${subjectId}`)

async function objected(s: Story, firm: Player, recordId: string): Promise<Case> {
  return await s.step('企业对这条处罚提出异议', async note => {
    const fields = { wrong: 'content', 'should-be': '超标的不是我单位的排口，不应当罚款。' }
    const lodging = { procedure: 'objection', act: 'lodge', aboutRef: recordId, fields }
    const key = await lodged(firm, lodging)
    assert.match(await pageOf(s, key), new RegExp(MARK))
    refusalOf(await firm.post('/api/v1/cases/mine', lodging), 'case.record-contested')
    note.sent(`内容有误：${fields['should-be']}`)
    note.came('门户当时标注“异议处理中”；同一条信息不能再提一件')
    return key
  })
}

async function answered(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('市生态环境局经办人员不写理由就想维持', async note => {
    const refused = await tries(s.as('ecology-officer'), key, 'keep', {})
    note.came(`不予办理：${refusalOf(refused, 'case.field-missing')}`)
  })
  await s.step('经办人员核查以后答复：维持', async note => {
    assert.equal(await officeStep(s.as('ecology-officer'), key, { act: 'keep', fields: { finding: FINDING } }), 'answered')
    assert.doesNotMatch(await pageOf(s, key), new RegExp(MARK))
    note.sent(FINDING)
    note.came('门户的标注取消，信息还在')
  })
  await s.step('企业打开答复', async note => {
    const { letter } = await opensLetter(firm, '异议答复书')
    assert.ok(JSON.stringify(letter).includes(FINDING))
    const { acts, clocks } = await seesOwn(firm, key)
    assert.ok(acts.find(one => one.act === 'ask-review')?.mayDo)
    const window = clocks.find(one => one.clock === 'review-window')
    assert.equal(window?.dueOn, '2026-12-08')
    note.came(`答复写明理由；不服的，${window.dueOn}以前可以申请复核`)
  })
}

async function reviewAsked(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('企业申请复核', async note => {
    const fields = { 'why-review': '笔录没有写采样的时间。' }
    assert.equal(await ownStep(firm, key, { act: 'ask-review', fields }), 'in-review')
    assert.match(await pageOf(s, key), new RegExp(MARK))
    const { waitsFor, clock } = await seesOwn(firm, key)
    assert.equal(clock?.clock, 'review')
    note.sent(fields['why-review'])
    note.came(`转到${waitsFor}复核，${clock.dueOn}以前；门户恢复“异议处理中”`)
  })
  await s.step('原来的经办人员想自己复核', async note => {
    const refused = await tries(s.as('ecology-officer'), key, 'review-keep', { 'review-finding': '维持' })
    note.came(`不能：${refusalOf(refused, 'case.not-yours-to-do')}`)
  })
}

async function upheld(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('信用办复核以后维持', async note => {
    const doing = { act: 'review-keep', fields: { 'review-finding': REVIEWED } }
    assert.equal(await officeStep(s.as('credit-office'), key, doing), 'upheld')
    const page = await pageOf(s, key)
    assert.doesNotMatch(page, new RegExp(MARK))
    assert.ok(page.includes(NUMBER))
    note.sent(REVIEWED)
    note.came('门户的标注取消，信息还在')
  })
  await s.step('企业看复核的结果', async note => {
    const { letter, remedies } = await opensLetter(firm, '异议答复书')
    assert.ok(JSON.stringify(letter).includes(REVIEWED))
    const { means, closedAt } = await seesOwn(firm, key)
    assert.ok(closedAt)
    note.came(`案件办结：${means}`)
    for (const { name, term } of remedies) note.came(`${name}：${term}`)
  })
}

async function commented(s: Story, firm: Player, key: Case, recordId: string): Promise<void> {
  await s.step('企业在这条信息旁写自己的说明', async note => {
    const written = await firm.post(`/api/v1/rights/records/${recordId}/comment`, { text: COMMENT })
    assert.equal(written.status, 201, written.text)
    note.sent(COMMENT)
  })
  await s.step('公众再看门户和新开的报告', async note => {
    for (const [place, text] of await everywhere(s, key.subjectId, []))
      if (place !== '/') assert.ok(text.includes(COMMENT) && text.includes(NUMBER), place)
    note.came('处罚和企业的说明在一起：看得到一方，就看得到另一方')
  })
}
