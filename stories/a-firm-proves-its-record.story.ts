import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { z } from 'zod'
import type { ReportView, VerifyView } from '../src/reports/contract.ts'
import type { SpecialReport } from '../src/reports/model.ts'
import { FIRMS } from './cast.ts'
import { readPaper } from './paper.ts'
import { fileOf, outcomeOf, penaltyOf, registrationOf, wageListingOf } from './rows.ts'
import { type Story, story } from './tell.ts'

const [FIRM] = FIRMS
const MINOR = '澜环罚〔2026〕8号'
const GENERAL = '澜环罚〔2026〕52号'
const OLD = '澜环罚〔2024〕3号'
const LISTING = '澜人社欠薪列〔2026〕9号'
const CHOSEN = ['ecology-environment', 'market-regulation'] as const
const WISH = { kind: 'special', years: 2, domains: CHOSEN } as const
type Issued = z.infer<typeof ReportView>

test(
  'M136 · M138 · M143 · M144 · M145 · M147 · 企业自助开具两年的专项报告代替无违法违规证明，对方核验，一个月后过期',
  story(async s => {
    const subjectId = await recorded(s)
    await onlyItself(s, subjectId)
    const issued = await issuedToItself(s, subjectId)
    await read(s, subjectId, issued)
    await verified(s, issued)
  }),
)

async function recorded(s: Story): Promise<number> {
  return await s.step('几个部门先后报送了这家企业的登记、处罚和名单', async note => {
    await s.as('market-clerk').sends('market-registration', '登记.csv', fileOf(registrationOf(FIRM)))
    const penalties = [
      penaltyOf(FIRM, GENERAL),
      penaltyOf(FIRM, MINOR, {
        失信信息类别: 'Ⅰ类',
        处罚决定日期: '2026/03/16',
        处罚内容: '罚款人民币3000元',
        '罚款金额(万元)': '0.3',
      }),
      penaltyOf(FIRM, OLD, { 处罚决定日期: '2024/06/03' }),
    ]
    const { counts } = await s.as('clerk').sends('ecology-penalty', '处罚.csv', fileOf(...penalties))
    assert.deepEqual(outcomeOf(counts), { filed: 3 })
    await s.as('wage-clerk').sends('wage-arrears', '名单.csv', fileOf(wageListingOf(FIRM, LISTING)))
    note.sent(`生态环境：${GENERAL}（一般）、${MINOR}（轻微）、${OLD}（两年以前）`)
    note.sent(`人力资源社会保障：${LISTING}`)
    return await s.found(FIRM.name)
  })
}

async function onlyItself(s: Story, subjectId: number): Promise<void> {
  await s.step('别人想开这家企业的专项报告', async note => {
    for (const player of [s.anyone, s.as('window')]) {
      const refused = await player.post(`/api/v1/subjects/${subjectId}/reports`, WISH)
      assert.equal(refused.status, 403)
      assert.equal(refused.json<{ code: string }>().code, 'report.special-own-only')
    }
    note.came('公众和窗口人员都不能开：专项报告只向主体本人出具')
  })
}

async function issuedToItself(s: Story, subjectId: number): Promise<Issued> {
  return await s.step('企业登录，选近两年、生态环境和市场监管两个领域', async note => {
    const firm = await s.asFirm(subjectId, FIRM.name)
    const answer = await firm.post(`/api/v1/subjects/${subjectId}/reports`, WISH)
    assert.equal(answer.status, 201, answer.text)
    const issued = answer.json<Issued>()
    assert.deepEqual(issued.window, { from: '2024-11-20', to: '2026-11-19' })
    assert.equal(issued.validUntil, '2026-12-20')
    note.sent('专项报告，近两年，领域：生态环境、市场监管')
    note.came(
      `当即出具，免费；查询期${issued.window?.from}至${issued.window?.to}（截至上一个工作日），核验有效期至${issued.validUntil}`,
    )
    return issued
  })
}

async function read(s: Story, subjectId: number, issued: Issued): Promise<void> {
  await s.step('企业读这份报告', async note => {
    const firm = await s.asFirm(subjectId, FIRM.name)
    const report = (await firm.get(`/api/v1/reports/${issued.code}`)).json<SpecialReport>()
    const model = JSON.stringify(report)
    assert.ok(model.includes(GENERAL) && model.includes(MINOR), 'a minor penalty is listed here')
    assert.ok(!model.includes(OLD), 'what is older than the window is not')
    assert.ok(!model.includes(LISTING), 'nor what belongs to a domain that was not chosen')
    assert.deepEqual(
      report.domains.map(domain => domain.count),
      [2, 0],
    )
    assert.match(model, /主管机关另行出具/)
    const pdf = await firm.get(`/api/v1/reports/${issued.code}`, 'application/pdf')
    const { text, code } = await readPaper(pdf.bytes)
    assert.equal(code.replaceAll(' ', ''), issued.code, text)
    note.came(`生态环境领域2条：${GENERAL}和轻微的${MINOR}；市场监管领域：未查询到违法违规记录`)
    note.came('两年以前的处罚和没有选的领域不在其中；犯罪记录写明由主管机关另行出具')
    note.came('首页右上角有核验码')
  })
  await s.step('公众在门户上看同一家企业', async note => {
    const page = await s.anyone.reads(`/subjects/${subjectId}`)
    assert.ok(page.includes(GENERAL) && !page.includes(MINOR), 'what is minor never stands on the portal')
    note.came('只见一般的处罚；轻微的只在本人的专项报告里')
  })
}

async function verified(s: Story, issued: Issued): Promise<void> {
  const verify = async (): Promise<VerifyView> => (await s.anyone.get(`/api/v1/verify/${issued.code}`)).json<VerifyView>()
  await s.step('招标人收到报告，扫码核验', async note => {
    const view = await verify()
    assert.equal(view.state, 'valid')
    assert.equal(view.digest, issued.digest)
    const page = await s.anyone.reads(new URL(issued.verifyUrl).pathname)
    assert.match(page, /有效/)
    assert.ok(!page.includes(GENERAL), 'verification shows nothing of the contents')
    note.came('有效；显示主体、日期和文件摘要，不显示报告内容')
  })
  s.onDay('2026-12-20')
  await s.step('招标人在有效期最后一天再核验', async note => {
    assert.equal((await verify()).state, 'valid')
    note.came('仍然有效')
  })
  s.onDay('2026-12-21')
  await s.step('招标人过了一个月再核验', async note => {
    assert.equal((await verify()).state, 'expired')
    assert.match(await s.anyone.reads(`/verify/${issued.code}`), /已过有效期/)
    note.came('已过有效期，请对方重新开具')
  })
}
