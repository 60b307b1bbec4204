import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import type { FactId, SubjectId } from '../../src/base/id.ts'
import { takeStep } from '../../src/cases/act-on-case.ts'
import type { CaseId } from '../../src/cases/model.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../../src/reports/archive-testing.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { actorFor } from '../../src/testing-app.ts'
import { PASSWORD } from '../../stories/cast.ts'
import { openStage, type Stage } from '../../stories/stage.ts'
import { lookAt } from './browser-testing.ts'

/* A legal representative with a phone in one hand: finds the record, says what is wrong, photographs a paper, reads what has become of it. */

let stage: Stage
let browser: Browser
let made = 700
const officer = { ...actorFor('urban-management', 'case-officer'), id: 'account:31' }

before(async () => {
  stage = await openStage({ host: 'localhost' })
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
})
after(async () => {
  await browser?.close()
  await stage?.close()
})

type OnPhone = { readonly own: BrowserContext; readonly page: Page; readonly subjectId: SubjectId; readonly record: FactId }

/** A firm with a penalty of a day, signed in on a phone. */
async function onPhone(decidedOn: string, scripts = true): Promise<OnPhone> {
  made += 1
  const name = '澜川珩汐食品有限公司'
  const [one] = await openTestSubjects(stage.app, [{ name, uscc: inventedUscc('enterprise', made) }])
  const subjectId = one as SubjectId
  const [record] = await publishTestFacts(stage.app, [penaltyOf(subjectId, `示罚〔2026〕${made}号`, decidedOn)])
  await stage.asFirm(subjectId, name)
  const own = await browser.newContext({
    ...{ viewport: { width: 360, height: 640 }, locale: 'zh-CN', bypassCSP: true },
    javaScriptEnabled: scripts,
  })
  const page = await own.newPage()
  await page.goto(`${stage.address}/signin`)
  await page.getByLabel('账号').fill(`firm.${subjectId}`)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '我的信用', exact: true }).waitFor()
  return { own, page, subjectId, record: record as FactId }
}

const goOn = (page: Page): Promise<void> => page.getByRole('button', { name: '继续' }).click()

/** A photo as a phone takes it: large, and no two dots alike. */
async function photo(page: Page): Promise<Buffer> {
  const data = (await page.evaluate(`(() => {
    const canvas = document.createElement('canvas')
    canvas.width = 3000; canvas.height = 4000
    const pen = canvas.getContext('2d')
    const dots = pen.createImageData(3000, 4000)
    let seed = 7
    for (let at = 0; at < dots.data.length; at += 4) {
      seed = (seed * 1103515245 + 12345) % 2147483648
      dots.data[at] = dots.data[at + 1] = dots.data[at + 2] = 200 + (seed >> 16) % 56
      dots.data[at + 3] = 255
    }
    pen.putImageData(dots, 0, 0)
    pen.fillStyle = '#000'; pen.font = '120px sans-serif'; pen.fillText('示例决定书', 300, 600)
    return canvas.toDataURL('image/jpeg', 0.92)
  })()`)) as string
  return Buffer.from(data.split(',')[1] ?? '', 'base64')
}

test('M258 · on a phone a firm objects to its own record without help, and sees it marked and clocked at once', async () => {
  const { own, page, subjectId } = await onPhone('2026-05-06')
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  await lookAt(page, 'my-home')
  await page.setViewportSize({ width: 360, height: 640 })
  await page.getByRole('link', { name: '关于我的记录' }).first().click()
  await page.getByRole('heading', { level: 1, name: '关于我的记录' }).waitFor()
  await lookAt(page, 'my-records')
  await page.setViewportSize({ width: 360, height: 640 })
  await page.getByRole('link', { name: '提出异议' }).click()
  await page.getByText('第1步，共5步').waitFor()
  await lookAt(page, 'objection-1')
  await goOn(page)
  await page.getByRole('link', { name: /请填写“哪里不对”/ }).waitFor()
  await lookAt(page, 'objection-1-missing')
  await page.getByRole('radio', { name: '内容有误' }).check()
  await goOn(page)
  await page.getByLabel('应当是什么').fill('罚款数额应为一万元，决定书第二页写明。')
  await lookAt(page, 'objection-2')
  await goOn(page)
  await page.getByText('第3步，共5步').waitFor()
  await lookAt(page, 'objection-3')
  const file = { name: '决定书.jpg', mimeType: 'image/jpeg', buffer: await photo(page) }
  assert.ok(file.buffer.length > 2 * 1024 * 1024, 'as large as a phone makes them')
  await page.getByLabel(/证明材料/).setInputFiles(file)
  await page.getByText(/决定书.jpg原来\d\.\dMB，已缩小到/).waitFor()
  await page.getByRole('button', { name: '上传，再加一份' }).click()
  await page.getByText('已经上传1份').waitFor()
  await lookAt(page, 'objection-3-kept')
  await goOn(page)
  await page.getByLabel(/联系电话/).fill('0860-5550101')
  await goOn(page)
  await page.getByRole('heading', { name: '请核对' }).waitFor()
  await lookAt(page, 'objection-check')
  await page.setViewportSize({ width: 360, height: 640 })
  await page.getByRole('button', { name: /提交/ }).click()
  await page.getByText('异议已收到').waitFor()
  await lookAt(page, 'objection-receipt')
  const shown = await stage.anyone.get(`/subjects/${subjectId}`)
  assert.match(shown.text, /contested|异议处理中/)
  const caseId = Number(/cases\/(\d+)/.exec(page.url())?.[1]) as CaseId
  await takeStep(stage.app, officer, { subjectId, caseId }, { act: 'ask-material', fields: { missing: '请补充决定书第二页。' } })
  await page.goto(`${stage.address}/my`)
  await page.getByRole('link', { name: '补充材料（异议）' }).waitFor()
  await lookAt(page, 'my-home-task')
  await page.getByRole('link', { name: '补充材料（异议）' }).click()
  await page.getByRole('heading', { name: '现在等您办理' }).waitFor()
  await lookAt(page, 'case-yours')
  await page.getByText('逐日怎么算').first().click()
  await page.getByRole('link', { name: '补充材料', exact: true }).click()
  await page.getByText('第1步，共3步').waitFor()
  await lookAt(page, 'supplement-1')
  await page.goto(`${stage.address}/my/cases`)
  await lookAt(page, 'my-cases')
  assert.deepEqual(faults, [])
  await own.close()
})

test('M266 · on a phone without scripts a firm applies for repair without help: conditions, papers, commitment, receipt with its clock', async () => {
  const { own, page } = await onPhone('2026-05-06', false)
  await page.getByText('我的栏目').click()
  await page.getByRole('link', { name: '关于我的记录' }).first().click()
  await page.getByRole('link', { name: '申请修复' }).click()
  await page.getByRole('heading', { name: '修复的条件' }).waitFor()
  await page.getByRole('link', { name: '开始填写' }).click()
  await page.getByRole('radio', { name: '已改正并履行义务' }).check()
  await goOn(page)
  await page.getByLabel('改正和履行的情况').fill('五月二十日缴清罚款，标签已经全部更换。')
  await goOn(page)
  const file = { name: '缴款凭证.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 invented') }
  await page.getByLabel(/履行证明/).setInputFiles(file)
  await goOn(page)
  await page.getByLabel(/履行完毕的日期/).fill('2026-05-20')
  await goOn(page)
  await page.getByRole('checkbox', { name: '我已阅读并同意' }).check()
  await goOn(page)
  await page.getByRole('heading', { name: '请核对' }).waitFor()
  await page.getByRole('link', { name: '更改改正和履行的情况' }).click()
  await page.getByLabel('改正和履行的情况').fill('五月二十日缴清罚款，标签已经全部更换，六月验收。')
  await goOn(page)
  await page.getByText('六月验收').waitFor()
  await page.getByRole('button', { name: '提交（申请修复）' }).click()
  await page.getByText('申请已提交，编号XF').waitFor()
  await page.getByText('受理期限', { exact: true }).waitFor()
  await own.close()
})

test('M266 · the pages of a repair and what refuses one are drawn for a phone and a desk: axe finds nothing', async () => {
  const { own, page, record } = await onPhone('2026-05-06')
  await page.goto(`${stage.address}/my/repairs/new?record=${record}`)
  await lookAt(page, 'repair-start')
  for (const q of ['ground', 'performed', 'paper-proof', 'performed-on', 'commitment']) {
    await page.goto(`${stage.address}/my/repairs/new?record=${record}&q=${q}`)
    await lookAt(page, `repair-${q}`)
  }
  await own.close()
  const early = await onPhone('2026-10-06')
  await early.page.goto(`${stage.address}/my/repairs/new?record=${early.record}`)
  await early.page.getByText('现在不能提出').waitFor()
  await lookAt(early.page, 'repair-early')
  await early.page.goto(`${stage.address}/my/records`)
  await lookAt(early.page, 'my-records-early')
  await early.own.close()
})
