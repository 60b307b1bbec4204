import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { SYSTEM } from '../../src/access/actor.ts'
import { change } from '../../src/access/change.ts'
import type { FactId, SubjectId } from '../../src/base/id.ts'
import { openDatabase, sql } from '../../src/db/database.ts'
import { withdrawRecords } from '../../src/publication/withdraw.ts'
import { axeFindings, type ConsoleUnderTest, listenForFaults, openConsole, settled, WIDTHS } from './testing.ts'

/* A window checks listed firms, their listings are removed, and the window confirms; the credit office sees who has yet to. */

// biome-ignore lint/style/noProcessEnv: read by tests alone: a folder for pictures of what was looked at
const PICTURES = process.env['MINGXIN_PICTURES'] ?? ''

type Listed = { subjectId: SubjectId; recordId: FactId; uscc: string; name: string }

let under: ConsoleUnderTest
let window: BrowserContext
let office: BrowserContext
let listed: Listed[] = []

before(async () => {
  under = await openConsole()
  window = await under.signedIn('window-officer')
  office = await under.signedIn('credit-office')
  listed =
    await under.test.worker.db.rows<Listed>(sql`select distinct on (subject_id) subject_id as "subjectId", record_id as "recordId", uscc, subject_name as name
    from pub.record where list is not null and uscc is not null order by subject_id limit 3`)
  assert.equal(listed.length, 3, 'the example city has listed firms')
})
after(() => under?.close())

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${under.address}/console${path}`)
  await settled(page)
  return page
}

/** At both widths, with a picture where one is asked for. */
async function examined(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width > 1000 ? 720 : 640 })
    assert.deepEqual(await axeFindings(page), [], `${name} ${width}`)
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)
    assert.ok(tooWide <= 0, `${name} ${width}: ${tooWide} px too wide`)
    if (PICTURES === '') continue
    mkdirSync(PICTURES, { recursive: true })
    await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`), fullPage: true })
  }
  await page.setViewportSize({ width: 1280, height: 720 })
}

async function check(page: Page, { uscc, name }: Listed, businessNo: string): Promise<void> {
  await page.locator('#purpose').fill('行政许可')
  await page.locator('#business-no').fill(businessNo)
  await page.locator('#check-subject').fill(uscc)
  await page.locator('#check-subject').press('Enter')
  await page.locator('.mx-answer-subject').getByText(name).waitFor()
}

const remove = (one: Listed | undefined): Promise<void> => {
  assert.ok(one)
  const { app } = under.test
  return change(app, SYSTEM, { deed: 'test.remove', entity: 'system' }, made =>
    withdrawRecords(app, made, [one], 'record.removed'),
  )
}

test('principle 10 · the window checks, the listing is removed, and the window finds whose it is and says that its copy is gone', async () => {
  const page = await open(window, '/check')
  const faults = listenForFaults(page)
  await check(page, listed[0] as Listed, '审批窗口-1')
  await check(page, listed[1] as Listed, '审批窗口-2')
  await page.getByRole('button', { name: '这项业务已办结' }).click()
  await page.getByText('业务审批窗口-2已登记办结').waitFor()
  await remove(listed[0])
  await remove(listed[1])
  await page.goto(`${under.address}/console`)
  await page.getByRole('link', { name: '确认1件更正' }).click()
  const panel = page.getByRole('region', { name: /有记录移除了/ })
  await panel.getByText('审批窗口-1').first().waitFor()
  assert.equal(await panel.count(), 1, 'the closed business is not asked about')
  await panel.getByRole('button', { name: /看是哪个主体/ }).click()
  await panel.getByText(listed[0]?.name ?? '?').waitFor()
  await examined(page, 'receivers-open')
  await panel.getByRole('button', { name: /已删除/ }).click()
  await page.getByRole('status').getByText('已确认为“已删除”').waitFor()
  await page.getByText('没有待确认的更正').waitFor()
  await page.getByText('已确认', { exact: true }).first().click()
  await page
    .getByRole('region', { name: /有记录移除了/ })
    .getByText('确认为')
    .waitFor()
  assert.deepEqual(faults, [])
  await page.close()
})

test('principle 7 · what is overdue is red for the unit and the credit office; at both widths axe finds nothing', async () => {
  const page = await open(window, '/check')
  await check(page, listed[2] as Listed, '审批窗口-3')
  await remove(listed[2])
  await page.close()
  await late()
  for (const [context, path, wanted] of [
    [window, '/receivers', '其中超期1件'],
    [office, '/receivers?units=all', '超期'],
  ] as const) {
    const seen = await open(context, path)
    await seen.getByText(wanted).first().waitFor()
    assert.ok((await seen.locator('.mx-clock-overdue').count()) > 0, `${path}: nothing is red`)
    await examined(seen, path.includes('all') ? 'receivers-units' : 'receivers-overdue')
    await seen.close()
  }
  const seen = await open(office, '/receivers?units=all')
  const table = seen.getByRole('table', { name: /各单位的更正确认/ })
  await table.getByRole('link').first().click()
  await seen.getByRole('link', { name: '看所有单位的' }).waitFor()
  assert.equal(await seen.getByRole('button', { name: /已删除/ }).count(), 0, 'nobody confirms for another unit')
  await seen.close()
})

/** The notice is a week old: its day is over. As the owner of the schema, for a test's clock stands still. */
async function late(): Promise<void> {
  const owner = openDatabase(under.test.database.url, { max: 1 })
  await owner.run(sql`update receiver_notice set at = at - interval '7 days', due_on = due_on - 7 where confirmed_at is null`)
  await owner.close()
}
