import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { SubjectId } from '../../src/base/id.ts'
import { advanceNotices } from '../../src/notices/advance.ts'
import { serveTestNotice } from '../../src/notices/testing.ts'
import { openTestSubjects } from '../../src/reports/archive-testing.ts'
import { joined, readText } from '../../src/reports/testing.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { axeFindings, type ConsoleUnderTest, listenForFaults, openConsole, settled } from './testing.ts'

/* A clerk serves on paper: prints what nobody opened, writes down the number, what came back, and the publication. */

let under: ConsoleUnderTest
const numbers: string[] = []
let unit: string

before(async () => {
  under = await openConsole()
  const { app, worker } = under.test
  unit = under.accounts.find(one => one.role === 'clerk')?.unit ?? ''
  const [firm] = await openTestSubjects(app, [{ name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 900_502) }])
  const { now } = app
  for (const template of ['listing-notice', 'listing-decision'])
    numbers.push((await serveTestNotice(app, firm as SubjectId, template, { from: unit })).number)
  await serveTestNotice(app, firm as SubjectId, 'objection-transfer', { from: 'credit-office', to: { unit } })
  under.test.setNow(new Date(now().getTime() + 6 * 86_400_000))
  await advanceNotices(worker)
})
after(() => under?.close())

async function open(path: string, width = 1280): Promise<Page> {
  const context = await under.signedIn('clerk', width)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${under.address}/console${path}`)
  await settled(page)
  return page
}

async function examined(page: Page, name: string): Promise<void> {
  assert.deepEqual(await axeFindings(page), [], name)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.equal(wide, 0, `${name}: too wide`)
}

test('M209 · the print queue: the letters are printed as one file behind their addresses, posted, come back, and are published', async () => {
  const page = await open('/notices?box=to-post')
  const faults = listenForFaults(page)
  const button = page.getByRole('button', { name: /打印选中的\d份/ })
  await button.waitFor()
  await examined(page, 'print queue')
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
  const text = joined(await readText(await readFile(await file.path())))
  for (const number of numbers) assert.ok(text.includes(number), number)
  assert.match(text, /收件澜川云麓食品有限公司/)
  await page
    .getByRole('status')
    .getByText(/已生成\d份文书的打印文件/)
    .waitFor()

  await page.getByRole('link', { name: numbers[1] ?? '' }).click()
  const panel = page.getByRole('region', { name: /列入名单决定书/ })
  await panel.getByText('邮寄 已打印').waitFor()
  await panel.getByLabel('邮件单号或者签收人').fill('EX123456789CN')
  await panel.getByRole('button', { name: '记录' }).click()
  await panel.getByText('邮寄 已寄出').waitFor()
  await panel.getByText('单号或者签收人：EX123456789CN').waitFor()
  await panel.getByRole('radio', { name: '退回' }).check()
  await panel.getByRole('button', { name: '记录' }).click()
  await page.getByRole('alert').getByText('请写明退回或者拒收的原因').waitFor()
  await panel.getByLabel('退回或者拒收的原因').fill('查无此址')
  await panel.getByRole('button', { name: '记录' }).click()
  await panel.getByText('邮寄 退回').waitFor()
  await panel.getByRole('radio', { name: '公告' }).check()
  await panel.getByLabel('刊登在哪里').fill('某报第四版')
  await panel.getByRole('button', { name: '在门户公告' }).click()
  await panel.getByText('公告 已公告').waitFor()
  await examined(page, 'a letter')
  assert.deepEqual(
    faults.filter(fault => !fault.includes('422')),
    [],
  )
  await page.context().close()
})

test('a letter between units is read after it was opened, which is its service', async () => {
  const page = await open('/notices?box=received')
  await page.getByRole('link', { name: /异议核实函/ }).click()
  const panel = page.getByRole('region', { name: /异议核实函/ })
  await panel.getByText('打开即记录送达时间。打开以后可以看到正文。').waitFor()
  await panel.getByRole('button', { name: '打开文书' }).click()
  await panel.getByText('工作台 已打开').waitFor()
  await panel.getByText('正文', { exact: true }).click()
  await panel.getByText(/请于.*以前在本平台答复/).waitFor()
  await page.context().close()
})

test('on a phone nothing of the letters is too wide', async () => {
  for (const box of ['sent', 'unserved', 'to-post', 'received']) {
    const page = await open(`/notices?box=${box}`, 360)
    await page.getByRole('heading', { level: 1, name: '文书送达' }).waitFor()
    await examined(page, box)
    await page.context().close()
  }
})
