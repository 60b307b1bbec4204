import assert from 'node:assert/strict'
import { test } from 'node:test'
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
import { type Case, refusalOf, seesOwn, tries } from './cases.ts'
import { FIRMS } from './cast.ts'
import type { Player } from './player.ts'
import { BUSINESS, type Fined, fined, GROUNDS, lodging, REGISTER } from './repair-desk.ts'
import { type Story, story } from './tell.ts'

const [, , , , FIRM] = FIRMS
const NUMBER = '澜环罚〔2026〕45号'
const FINDING = '缴款、整改、承诺逐项核实，最短公示期已满。'

test(
  'M262 · M263 · M267 · M268 · M269 · M271 · 企业改正以后申请修复：太早的告知从哪天起可以申请，到期受理，两人同意，各处不再出现',
  story(async s => {
    const one = await penalised(s)
    const { firm, subjectId, recordId } = one
    await tooEarly(s, firm, recordId)
    s.onDay('2026-11-30')
    const code = await issued(s, subjectId)
    const key = await applied(s, firm, recordId)
    s.onDay('2026-12-02')
    await accepted(s, firm, key)
    s.onDay('2026-12-04')
    await granted(s, key)
    await goneEverywhere(s, firm, key, code)
    s.onDay('2026-12-07')
    await confirmed(s, one, key)
  }),
)

async function penalised(s: Story): Promise<Fined> {
  return await s.step('市生态环境局报送了2026年8月28日作出的处罚，市审批局的业务系统办许可时取过这家企业的记录', async note => {
    const one = await fined(s, FIRM, NUMBER)
    for (const [place, text] of await everywhere(s, one.subjectId, [REGISTER]))
      if (place !== '/') assert.ok(text.includes(NUMBER), place)
    note.sent(`${FIRM.name}，${NUMBER}，失信信息类别Ⅱ类`)
    note.came('门户、双公示登记册、报告都列出这条处罚')
    return one
  })
}

async function tooEarly(s: Story, firm: Player, recordId: string): Promise<void> {
  await s.step('企业申请修复', async note => {
    const refused = refusalOf(await firm.post('/api/v1/cases/mine', lodging(recordId)), 'repair.display-period-not-over')
    note.came(refused)
    assert.match(refused, /2026-11-\d\d起可以申请/)
  })
}

async function applied(s: Story, firm: Player, recordId: string): Promise<Case> {
  return await s.step('最短公示期满，企业再申请：写明改正和履行的情况，签承诺；不收费，不要培训，不要第三方报告', async note => {
    const key = await lodged(firm, lodging(recordId))
    const { unitName, clock, letters } = await seesOwn(firm, key)
    assert.deepEqual([clock?.dueOn, letters.length], ['2026-12-03', 0])
    note.sent(`已改正并履行义务：${GROUNDS.performed}`)
    note.came(`推送到作出处罚的${unitName}，2026-12-03以前决定是否受理`)
    return key
  })
}

async function accepted(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('市生态环境局经办人员受理', async note => {
    assert.equal(await officeStep(s.as('ecology-officer'), key, { act: 'accept' }), 'accepted')
    const { clock } = await seesOwn(firm, key)
    assert.equal(clock?.dueOn, '2026-12-16')
    note.came(`${clock.dueOn}以前决定；决定以前信息照常公示`)
  })
  await s.step('企业自愿附上参加培训的记录，经办人员核实', async note => {
    const officer = s.as('ecology-officer')
    const nothing = await tries(officer, key, 'note-training', { 'training-verified': 'confirmed' })
    note.came(`没有附上的不能要：${refusalOf(nothing, 'repair.no-training-told')}`)
    const paperId = await ownPaper(firm, '结业证明.pdf')
    const fields = { 'training-by': '澜川市企业服务中心', 'training-on': '2026-11-10', 'training-result': 'passed' }
    assert.equal(await ownStep(firm, key, { act: 'add-training', fields, papers: [{ paper: 'training', paperId }] }), 'accepted')
    const verified = { act: 'note-training', fields: { 'training-verified': 'confirmed' } }
    assert.equal(await officeStep(officer, key, verified), 'accepted')
    const { act } = (await caseAtDesk(officer, key)).entries.at(-2) ?? {}
    assert.equal(act, 'add-training')
    note.sent('澜川市企业服务中心，2026年11月10日，考试合格，附结业证明')
    note.came('记入案件，案件停在原来的环节：培训不是修复的条件')
  })
}

async function granted(s: Story, key: Case): Promise<void> {
  await s.step('经办人员核实以后提出同意修复，想自己确认', async note => {
    const officer = s.as('ecology-officer')
    assert.equal(await officeStep(officer, key, { act: 'propose-grant', fields: { finding: FINDING } }), 'proposed')
    const alone = await tries(officer, key, 'grant')
    note.sent(FINDING)
    note.came(`不能：${refusalOf(alone, 'case.same-person')}`)
    assert.ok((await s.anyone.reads(`/subjects/${key.subjectId}`)).includes(NUMBER), 'one person changes nothing')
  })
  await s.step('本单位另一人确认', async note => {
    assert.equal(await officeStep(s.as('ecology-second'), key, { act: 'grant' }), 'confirming')
    note.came('两人同意，修复生效')
  })
}

async function goneEverywhere(s: Story, firm: Player, key: Case, code: string): Promise<void> {
  await s.step('公众和持有旧报告的人在确认的当时再看', async note => {
    await assertNowhere(s, key.subjectId, [REGISTER], NUMBER)
    const csv = await s.anyone.get(`${REGISTER}&format=csv`, 'text/csv')
    assert.equal(csv.status, 200)
    assert.ok(!csv.text.includes(NUMBER), 'the downloaded register')
    assert.equal((await s.anyone.get(`/api/v1/reports/${code}`)).status, 410)
    note.came('主体页、登记册和下载的表格、新报告都没有这条处罚；旧报告不再提供')
  })
  await s.step('企业在账号里打开两份文书', async note => {
    for (const name of ['信用修复受理通知书', '准予信用修复决定书']) {
      const { unitName, servedOn } = await opensLetter(firm, name)
      assert.equal(servedOn, '2026-12-04')
      note.came(`${name}：${unitName}，打开的当日送达`)
    }
  })
}

async function confirmed(s: Story, { firm, holder }: Fined, key: Case): Promise<void> {
  await s.step('取过记录的业务系统删除自己的复制件，确认', async note => {
    const correction = await openCorrection(holder, key.subjectId)
    assert.deepEqual([correction.cause, correction.businessNos], ['repaired', [BUSINESS]])
    await confirms(holder, correction)
    await s.settle()
    const { state, stateName } = await seesOwn(firm, key)
    assert.equal(state, 'repaired')
    note.came(`最后一个单位确认，案件自己办结：${stateName}`)
  })
  await s.step('企业对同一条信息再申请一次', async note => {
    const again = await firm.post('/api/v1/cases/mine', lodging(String((await seesOwn(firm, key)).record?.recordId)))
    note.came(`不需要：${refusalOf(again, 'case.record-ended')}`)
  })
}
