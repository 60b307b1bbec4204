import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CheckAnswer } from '../src/checks/contract.ts'
import { FIRMS } from './cast.ts'
import { fileOf, outcomeOf, penaltyOf, wageListingOf } from './rows.ts'
import { type Story, story } from './tell.ts'

const [FIRM] = FIRMS
const NUMBER = '澜环罚〔2026〕31号'
const LISTING = '澜人社欠薪列〔2026〕2号'
const CORRECTED = { 处罚内容: '罚款人民币35000元', '罚款金额(万元)': '3.5' }

test(
  'M082 · M098 · M218 · 部门更正、再撤销已公示的处罚和名单，门户、报告、核查当时就变',
  story(async s => {
    const subjectId = await reported(s)
    const code = await reportIssued(s, subjectId)
    s.onDay('2026-11-23')
    await corrected(s, subjectId, code)
    s.onDay('2026-11-24')
    await annulled(s, subjectId)
    s.onDay('2026-11-25')
    await takenOffTheList(s, subjectId)
  }),
)

async function reported(s: Story): Promise<number> {
  return await s.step('市生态环境局报送员报送一条处罚', async note => {
    const { counts } = await s.as('clerk').sends('ecology-penalty', '处罚.csv', fileOf(penaltyOf(FIRM, NUMBER)))
    assert.deepEqual(outcomeOf(counts), { filed: 1 })
    note.sent(`${FIRM.name}，${NUMBER}，罚款2万元`)
    note.came('收到1行：入档1行')
    return await s.found(FIRM.name)
  })
}

async function reportIssued(s: Story, subjectId: number): Promise<string> {
  return await s.step('公众在门户查到这家企业，开具报告', async note => {
    const page = await s.anyone.reads(`/subjects/${subjectId}`)
    assert.match(page, new RegExp(`${NUMBER}.*罚款人民币20000元`))
    assert.match(page, /公示期2026-11-16至2027-11-16/)
    const code = await issue(s, subjectId)
    assert.match(await s.anyone.reads(`/verify/${code}`), /有效/)
    note.came('门户列出这条处罚，写明公示至2027-11-16')
    note.came('报告可以核验，结果为“有效”')
    return code
  })
}

async function corrected(s: Story, subjectId: number, code: string): Promise<void> {
  await s.step('报送员发现罚款数写错，报送更正', async note => {
    const row = penaltyOf(FIRM, NUMBER, { ...CORRECTED, 操作类型: '更正' })
    const { counts } = await s.as('clerk').sends('ecology-penalty', '更正.csv', fileOf(row))
    assert.deepEqual(outcomeOf(counts), { corrected: 1 })
    note.sent(`${NUMBER}，操作类型“更正”，罚款金额3.5万元`)
    note.came('收到1行：更正1行')
  })
  await s.step('公众再看门户', async note => {
    const page = await s.anyone.reads(`/subjects/${subjectId}`)
    assert.match(page, /罚款人民币35000元/)
    assert.doesNotMatch(page, /20000元/, 'the earlier value is not shown')
    note.came('只见更正后的处罚内容，更正前的数不再出现')
  })
  await s.step('持有旧报告的人再取这份报告', async note => {
    await gone(s, code)
    note.came('报告不再提供（410），核验页显示“已被替代”')
  })
  await s.step('公众重新开具报告', async note => {
    const model = JSON.stringify((await s.anyone.get(`/reports/${await issue(s, subjectId)}`)).json())
    assert.ok(model.includes('35000') && !model.includes('20000元'), model)
    note.came('新报告列出更正后的处罚')
  })
}

async function annulled(s: Story, subjectId: number): Promise<void> {
  const code = await issue(s, subjectId)
  await s.step('处罚决定被复议撤销，报送员报送撤销', async note => {
    const row = penaltyOf(FIRM, NUMBER, { ...CORRECTED, 操作类型: '撤销' })
    const { counts } = await s.as('clerk').sends('ecology-penalty', '撤销.csv', fileOf(row))
    assert.deepEqual(outcomeOf(counts), { annulled: 1 })
    note.sent(`${NUMBER}，操作类型“撤销”`)
    note.came('收到1行：撤销1行')
  })
  await s.step('公众再看门户的各个出口', async note => {
    const register = '/publicity/penalties?from=2026-11-01&to=2026-11-24'
    for (const path of [`/subjects/${subjectId}`, register, '/'])
      assert.doesNotMatch(await s.anyone.reads(path), new RegExp(NUMBER), path)
    const csv = await s.anyone.get(`${register}&format=csv`, 'text/csv')
    assert.equal(csv.status, 200)
    assert.ok(!csv.text.includes(NUMBER), 'the downloaded register')
    note.came('主体页、双公示登记册和下载的表格里都没有这条处罚')
  })
  await s.step('持有昨天那份报告的人再取这份报告', async note => {
    await gone(s, code)
    note.came('报告不再提供（410），核验页显示“已被替代”')
  })
  await s.step('信用办翻看档案', async note => {
    const asked = `/api/v1/subjects/${subjectId}/records?purpose=异议核实&businessNo=复-1`
    const { records } = (await s.as('credit-office').get(asked)).json<{ records: { state: string; versions: number[] }[] }>()
    assert.deepEqual(
      records.map(one => [one.state, one.versions.length]),
      [['annulled', 3]],
    )
    note.came('档案里仍有这条记录的三个版本：新增、更正、撤销，什么也没有删掉')
  })
}

async function takenOffTheList(s: Story, subjectId: number): Promise<void> {
  const check = async (): Promise<CheckAnswer> => {
    const asked = { subject: FIRM.code, purpose: '行政许可', businessNo: '许-7' }
    return (await s.as('window').post('/api/v1/checks', asked)).json<CheckAnswer>()
  }
  await s.step('市人社局报送员照录三月对这家企业的拖欠农民工工资失信名单认定，窗口随即核查', async note => {
    const { counts } = await s.as('wage-clerk').sends('wage-arrears', '名单.csv', fileOf(wageListingOf(FIRM, LISTING)))
    assert.deepEqual(outcomeOf(counts), { filed: 1 })
    const { hits } = await check()
    assert.deepEqual(
      hits.map(hit => hit.documentNo),
      [LISTING],
    )
    assert.match(await s.anyone.reads('/lists/wage-arrears'), new RegExp(FIRM.name))
    note.sent(`${LISTING}，操作类型“新增”`)
    note.came('核查提示一项在效信息；名单页列出这家企业')
  })
  await s.step('列入决定被撤销，报送员报送撤销，窗口再核查', async note => {
    const row = wageListingOf(FIRM, LISTING, { 操作类型: '撤销' })
    const { counts } = await s.as('wage-clerk').sends('wage-arrears', '撤销名单.csv', fileOf(row))
    assert.deepEqual(outcomeOf(counts), { annulled: 1 })
    const { hits, receipt } = await check()
    assert.deepEqual(hits, [])
    assert.ok(receipt)
    assert.doesNotMatch(await s.anyone.reads('/lists/wage-arrears'), new RegExp(FIRM.name))
    assert.doesNotMatch(await s.anyone.reads(`/subjects/${subjectId}`), new RegExp(LISTING))
    note.sent(`${LISTING}，操作类型“撤销”`)
    note.came('核查没有在效信息，仍给出回执；名单页和主体页都不再列出')
  })
}

async function gone(s: Story, code: string): Promise<void> {
  for (const path of [`/reports/${code}`, `/api/v1/reports/${code}`])
    assert.equal((await s.anyone.get(path, 'application/pdf')).status, 410, path)
  assert.match(await s.anyone.reads(`/verify/${code}`), /已被替代/)
}

async function issue(s: Story, subjectId: number): Promise<string> {
  const issued = await s.anyone.post(`/api/v1/subjects/${subjectId}/reports`, { kind: 'public' })
  assert.equal(issued.status, 201, issued.text)
  return issued.json<{ code: string }>().code
}
