import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import { sql } from '../../src/db/database.ts'
import { openTestSubjects } from '../../src/reports/archive-testing.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { CAST, PASSWORD } from '../../stories/cast.ts'
import { openStage, type Stage } from '../../stories/stage.ts'
import { lookAt } from '../my/browser-testing.ts'

/* One clock, drawn for the officer and for the subject: the same sentence, the same days, the same day for a calendar. */

let stage: Stage
let browser: Browser
let subjectId: number
const FIRM = '澜川珩汐食品有限公司'

before(async () => {
  stage = await openStage()
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
  const [made = 0] = await openTestSubjects(stage.app, [{ name: FIRM, uscc: inventedUscc('enterprise', 931) }])
  subjectId = made
  await stage.asFirm(subjectId, FIRM)
})
after(async () => {
  await browser?.close()
  await stage?.close()
})

async function signedIn(login: string, faults: string[]): Promise<{ own: BrowserContext; page: Page }> {
  const own = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'zh-CN', bypassCSP: true })
  const page = await own.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', error => faults.push(error.message))
  const answer = await own.request.post(`${stage.address}/api/v1/sessions`, { data: { login, password: PASSWORD } })
  assert.ok(answer.ok(), await answer.text())
  return { own, page }
}

/** The clock's sentence, the lines of its sum, and the day of its file. */
async function unfolded(page: Page, fold: string): Promise<{ sentence: string; lines: string[]; day: string | undefined }> {
  const clock = page.locator(fold)
  await clock.getByText('逐日怎么算').click()
  const runs = clock.getByRole('list', { name: '到期日逐日怎么算' })
  await runs.waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), clock.getByText('加入日历').click()])
  const file = readFileSync(await download.path(), 'utf8')
  assert.match(file, /^BEGIN:VCALENDAR\r\n[\s\S]*SEQUENCE:0\r\n/)
  return {
    sentence: ((await clock.locator('span').first().textContent()) ?? '').replace(/^\S\s*/, ''),
    lines: (await runs.getByRole('listitem').allInnerTexts()).map(line => line.replaceAll(/\s+/g, ' ').trim()),
    day: /DTSTART;VALUE=DATE:(\d{8})/.exec(file)?.[1],
  }
}

test('ux 4.5 · subject and officer see one clock: its sentence, every day with its reason, and the day for a calendar', async () => {
  const faults: string[] = []
  const firm = await signedIn(`firm.${subjectId}`, faults)
  await firm.page.goto(`${stage.address}/my/rights/new?kind=explanation`)
  await firm.page.getByLabel('要求和理由').fill('请说明处理规则')
  await firm.page.getByRole('button', { name: '提出请求', exact: true }).click()
  await firm.page.waitForURL(/\/my\/rights\/requests\/\d+$/)
  const shown = await unfolded(firm.page, '.clock-fold')
  assert.equal(shown.sentence, `2026-12-11到期（还有15个工作日），由${stage.app.city.contact.office}办理。`)
  assert.equal(shown.day, '20261211')
  assert.deepEqual(shown.lines.slice(0, 3), [
    '2026-11-20 起算日，不计入',
    '2026-11-21至11-22 周末，不计',
    '2026-11-23至11-27 第1至5个工作日',
  ])
  await lookAt(firm.page, 'clock-own')

  const requestId = firm.page.url().split('/').at(-1)
  const officer = await signedIn(CAST['credit-office'].login, faults)
  await officer.page.goto(`${stage.address}/console/rights?state=open&request=${subjectId}-${requestId}`)
  const seen = await unfolded(officer.page, '.mx-clock-fold')
  assert.deepEqual(seen, shown)
  await lookAt(officer.page, 'clock-desk')
  assert.deepEqual(faults, [])
})

test('ux 4.5 · a clock that a unit has missed is red for both, and no appointment', async () => {
  const faults: string[] = []
  const row = await stage.app.db.row<{ requestId: number }>(
    sql`select request_id as "requestId" from rights_request where subject_id = ${subjectId}`,
  )
  stage.moveTo('2026-12-16' as Parameters<Stage['moveTo']>[0])
  const firm = await signedIn(`firm.${subjectId}`, faults)
  await firm.page.goto(`${stage.address}/my/rights/requests/${row?.requestId}`)
  const officer = await signedIn(CAST['credit-office'].login, faults)
  await officer.page.goto(`${stage.address}/console/rights?state=open&request=${subjectId}-${row?.requestId}`)
  for (const [page, mark] of [
    [firm.page, '.clock-fold .clock-overdue'],
    [officer.page, '.mx-clock-fold .mx-clock-overdue'],
  ] as const) {
    await page.locator(mark).getByText('已超期3个工作日').waitFor()
    assert.equal(await page.getByText('加入日历').count(), 0)
  }
  await lookAt(firm.page, 'clock-own-overdue')
  await lookAt(officer.page, 'clock-desk-overdue')
  assert.deepEqual(faults, [])
})
