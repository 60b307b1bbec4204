import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { z } from 'zod'
import type { LookView } from '../src/access/contract.ts'
import type { CheckAnswer } from '../src/checks/contract.ts'
import { FIRMS } from './cast.ts'
import { fileOf, outcomeOf, wageListingOf } from './rows.ts'
import { type Story, story } from './tell.ts'

const [FIRM, CLEAR] = FIRMS
const LISTING = '澜人社欠薪列〔2026〕5号'
const BUSINESS = '工程许可2026-118'
type Look = z.infer<typeof LookView>

test(
  'M218 · M461 · 窗口办事必查并拿到回执，审计员看得到这次查看，企业看得到谁看过它',
  story(async s => {
    await s.step('市人社局照录一条三月认定的拖欠农民工工资失信名单', async note => {
      const { counts } = await s.as('wage-clerk').sends('wage-arrears', '名单.csv', fileOf(wageListingOf(FIRM, LISTING)))
      assert.deepEqual(outcomeOf(counts), { filed: 1 })
      note.sent(`${FIRM.name}，${LISTING}`)
      note.came('收到1行：入档1行')
    })
    const receipt = await checked(s)
    await refusedWithoutReason(s)
    await nothingInForce(s)
    await audited(s, receipt)
    await seenByTheFirm(s, receipt)
  }),
)

async function checked(s: Story): Promise<string> {
  return await s.step('窗口人员受理施工许可，先核查申请人', async note => {
    const asked = await s.as('window').post('/api/v1/checks', { subject: FIRM.code, purpose: '行政许可', businessNo: BUSINESS })
    assert.equal(asked.status, 200, asked.text)
    const answer = asked.json<CheckAnswer>()
    const [hit] = answer.hits
    assert.equal(answer.hits.length, 1)
    assert.equal(hit?.documentNo, LISTING)
    assert.ok(hit.listName && hit.authorityName && hit.until && hit.statutes.length > 0, 'list, body, end, statute')
    note.sent(`${FIRM.code}，事由：行政许可，业务编号：${BUSINESS}`)
    note.came(`一项在效信息：${hit.listName}，${hit.authorityName}，${hit.decidedOn}列入，至${hit.until}`)
    note.came('附法律依据和法定措施，并给出回执；平台不替窗口决定办或不办')
    return answer.receipt
  })
}

async function refusedWithoutReason(s: Story): Promise<void> {
  await s.step('窗口人员不写事由就查', async note => {
    const refused = await s.as('window').post('/api/v1/checks', { subject: FIRM.code })
    assert.equal(refused.status, 400)
    assert.equal(refused.json<{ code: string }>().code, 'look.purpose-missing')
    note.came('不予查询：先写事由和业务编号')
  })
}

async function nothingInForce(s: Story): Promise<void> {
  await s.step('窗口人员核查另一个代码，平台上没有它的信息', async note => {
    const asked = { subject: CLEAR.code, purpose: '行政许可', businessNo: '工程许可2026-119' }
    const answer = (await s.as('window').post('/api/v1/checks', asked)).json<CheckAnswer>()
    assert.deepEqual(answer.hits, [])
    assert.ok(answer.receipt && answer.sentence)
    note.came('没有信息也是一个答复，同样有回执')
  })
}

async function audited(s: Story, receipt: string): Promise<void> {
  await s.step('审计员翻看查看登记', async note => {
    const { looks } = (await s.as('auditor').get('/api/v1/looks')).json<{ looks: Look[] }>()
    const one = looks.find(look => look.receipt === receipt)
    assert.equal(one?.businessNo, BUSINESS)
    assert.equal(one.subjectName, FIRM.name)
    assert.equal(one.outlet, 'check')
    assert.equal(one.unitName, s.app.law.units.get('approval')?.name)
    assert.ok(
      looks.some(look => look.businessNo === '工程许可2026-119' && !look.found),
      'a look that found nobody is registered too',
    )
    assert.equal(
      looks.some(look => look.businessNo === ''),
      false,
    )
    note.came(`查得回执对应的一次：${one.unitName}，${one.purpose}，${BUSINESS}，看的是${FIRM.name}`)
    note.came('没有查到主体的那一次也登记在册；没有写事由的那一次没有查成，也没有登记')
  })
  await s.step('窗口人员想看查看登记', async note => {
    assert.equal((await s.as('window').get('/api/v1/looks')).status, 403)
    note.came('没有这项权限')
  })
}

async function seenByTheFirm(s: Story, receipt: string): Promise<void> {
  await s.step('企业登录，看谁看过它', async note => {
    const firm = await s.asFirm(await s.found(FIRM.name), FIRM.name)
    const { looks, last30Days } = (await firm.get('/api/v1/looks/mine')).json<{ looks: Look[]; last30Days: number }>()
    assert.equal(last30Days, 1)
    const [one, ...others] = looks
    assert.deepEqual(others, [])
    assert.equal(one?.receipt, receipt)
    assert.equal(one.purpose, '行政许可')
    assert.equal(Object.hasOwn(one, 'actor'), false, 'the officer is not named')
    note.came(`近30日被查看1次：${one.unitName}，事由“${one.purpose}”，业务编号${one.businessNo}；经办人的姓名不列出`)
  })
  await s.step('另一家企业看不到这次查看', async note => {
    const { counts } = await s
      .as('wage-clerk')
      .sends('wage-arrears', '另一家.csv', fileOf(wageListingOf(CLEAR, '澜人社欠薪列〔2026〕6号')))
    assert.deepEqual(outcomeOf(counts), { filed: 1 })
    const other = await s.asFirm(await s.found(CLEAR.name), CLEAR.name)
    assert.deepEqual((await other.get('/api/v1/looks/mine')).json<{ looks: Look[] }>().looks, [])
    note.came('只看得到关于自己的查看')
  })
}
