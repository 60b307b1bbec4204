import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import { SYSTEM } from '../../src/access/actor.ts'
import { change } from '../../src/access/change.ts'
import type { FactId, SubjectId } from '../../src/base/id.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../../src/reports/archive-testing.ts'
import { setStanding } from '../../src/standing/commands.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { CAST, PASSWORD } from '../../stories/cast.ts'
import { openStage, type Stage } from '../../stories/stage.ts'
import { lookAt } from './browser-testing.ts'

/* A firm on a phone says something beside its record, and what the public, the firm and an officer then see. */

const NAME = '澜川珩汐食品有限公司'
const SAID = '罚款已于五月二十日缴清，排放口已加装在线监测设备。'
let stage: Stage
let browser: Browser
let firm: SubjectId
let record: FactId

before(async () => {
  stage = await openStage()
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
  const { worker } = stage.test
  ;[firm] = (await openTestSubjects(worker, [{ name: NAME, uscc: inventedUscc('enterprise', 910_001) }])) as [SubjectId]
  ;[record] = (await publishTestFacts(worker, [
    penaltyOf(firm, '示罚〔2026〕1号', '2026-05-06'),
    penaltyOf(firm, '示罚〔2026〕2号', '2026-06-08'),
  ])) as [FactId]
  await stage.asFirm(firm, NAME)
  await change(worker, SYSTEM, { deed: 'test.case-step', entity: 'system' }, made =>
    setStanding(worker, made, { subjectId: firm, recordId: record }, { kind: 'contested', caseId: 1, basis: 'pipl#46' }),
  )
})
after(async () => {
  await browser?.close()
  await stage?.close()
})

async function signedIn(login: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'zh-CN', bypassCSP: true })
  const page = await context.newPage()
  await page.goto(`${stage.address}/signin`)
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.waitForURL(url => !url.pathname.startsWith('/signin'))
  return page
}

test('M257 · M260 · on a phone a firm says something beside a contested record, and the public reads both there', async () => {
  const page = await signedIn(`firm.${firm}`)
  await page.goto(`${stage.address}/my/rights/file`)
  await page.getByRole('link', { name: '写主体说明' }).last().click()
  await page.getByRole('heading', { level: 1, name: '主体说明', exact: true }).waitFor()
  await page.getByText('示罚〔2026〕1号').waitFor()
  await lookAt(page, 'comment')
  await page.getByLabel('主体说明', { exact: true }).fill(SAID)
  await page.getByRole('button', { name: '显示这段说明' }).click()
  await page.locator(`#record-${record}`).getByText(SAID).waitFor()
  await lookAt(page, 'own-file')
  await page.goto(`${stage.address}/subjects/${firm}`)
  const card = page.locator('article.record').filter({ hasText: SAID })
  await card.getByText('异议处理中').waitFor()
  assert.equal(await page.getByText('有主体说明').count(), 1)
  await lookAt(page, 'portal-subject')
  await page.goto(`${stage.address}/subjects/${firm}/records/${record}`)
  await page.getByText(SAID).waitFor()
  await lookAt(page, 'portal-record')
  await page.context().close()
})

test('M260 · an officer who opens the archive sees the mark, why it stands there, and the firm’s own words', async () => {
  const page = await signedIn(CAST['credit-office'].login)
  await page.goto(`${stage.address}/console/subjects/${firm}`)
  await page.locator('#purpose').fill('案件办理')
  await page.locator('#business-no').fill('AJ-7')
  await page.getByRole('button', { name: '开始查看' }).click()
  await page.locator('tbody button').first().waitFor()
  await page.locator('tbody tr').filter({ hasText: '异议处理中' }).locator('button').first().click()
  const paper = page.locator('.ant-drawer')
  await paper.getByText('从哪里来').waitFor()
  await paper.getByText(/自2026-11-20起异议处理中。依据/).waitFor()
  await paper.getByText(SAID).waitFor()
  await page.context().close()
})
