import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import type { SubjectId } from '../../src/base/id.ts'
import { serveTestNotice } from '../../src/notices/testing.ts'
import { openTestSubjects } from '../../src/reports/archive-testing.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { PASSWORD } from '../../stories/cast.ts'
import { openStage, type Stage } from '../../stories/stage.ts'
import { lookAt } from './browser-testing.ts'

/* A firm receives a decision on its phone: it is told, opens it, reads its last days, and keeps the file. */

let stage: Stage
let browser: Browser

before(async () => {
  stage = await openStage({ host: 'localhost' })
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
})
after(async () => {
  await browser?.close()
  await stage?.close()
})

test('M205 M209 · on a phone: told, opened as an act, read with its remedies, kept as a file; axe finds nothing at both widths', async () => {
  const name = '澜川珩汐食品有限公司'
  const [subjectId] = await openTestSubjects(stage.test.worker, [{ name, uscc: inventedUscc('enterprise', 900_501) }])
  await stage.asFirm(subjectId as number, name)
  const facts = {
    list: '市场监督管理严重违法失信名单',
    fact: '当事人于2026年3月至5月销售标签未标明生产日期的预包装食品，经责令改正后仍未改正。',
    evidence: ['现场检查笔录', '进货台账复印件，共12页'],
  }
  const { noticeId, number } = await serveTestNotice(stage.app, subjectId as SubjectId, 'listing-decision', { facts })
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'zh-CN', bypassCSP: true })
  const page = await context.newPage()
  await page.goto(`${stage.address}/signin?back=${encodeURIComponent('/my/notices')}`)
  await page.getByLabel('账号').fill(`firm.${subjectId}`)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '文书', exact: true }).waitFor()
  await lookAt(page, 'notices-list')
  await page.setViewportSize({ width: 360, height: 640 })
  await page.getByRole('link', { name: '列入名单决定书' }).click()
  await page.getByRole('heading', { level: 2, name: '打开即记录送达时间' }).waitFor()
  await lookAt(page, 'notice-closed')
  await page.getByRole('button', { name: '打开文书' }).click()
  await page.getByText(facts.fact).waitFor()
  assert.equal(new URL(page.url()).pathname, `/my/notices/${noticeId}`)
  await page.getByText('救济途径和最后一日').waitFor()
  await lookAt(page, 'notice-open')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '下载PDF' }).click()])
  assert.equal(file.suggestedFilename(), `notice-${noticeId}.pdf`)
  assert.ok((await readFile(await file.path())).subarray(0, 5).equals(Buffer.from('%PDF-')))
  await page.goto(`${stage.address}/my/notices`)
  const row = page.getByRole('row', { name: new RegExp(number.replace(/[〔〕]/g, '.')) })
  await row.getByText('2026-').first().waitFor()
  assert.equal(await row.getByText('未打开').count(), 0)
  await page.getByRole('link', { name: '填写送达地址' }).click()
  await page.getByRole('heading', { level: 1, name: '送达地址' }).waitFor()
  await lookAt(page, 'service-address')
  await context.close()
})
