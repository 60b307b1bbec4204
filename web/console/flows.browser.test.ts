import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Role } from '../../src/access/actor.ts'
import { sql } from '../../src/db/database.ts'
import { type ConsoleUnderTest, openConsole, settled } from './testing.ts'

/* What people do in the console, done in a browser against the real door. */

let under: ConsoleUnderTest

before(async () => {
  under = await openConsole()
})

after(async () => {
  await under?.close()
})

async function pageOf(role: Role, path: string): Promise<Page> {
  const context = await under.signedIn(role)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${under.address}/console${path}`)
  await settled(page)
  return page
}

async function someFirm(): Promise<{ subjectId: number; name: string; uscc: string }> {
  const row = await under.test.worker.db.row<{ subjectId: number; name: string; uscc: string }>(
    sql`select subject_id as "subjectId", name, uscc from subject_card where kind = 'enterprise' and uscc is not null order by subject_id limit 1`,
  )
  assert.ok(row)
  return row
}

async function countLooks(): Promise<number> {
  const row = await under.test.worker.db.row<{ count: number }>(sql`select count(*)::int as count from look`)
  return row?.count ?? 0
}

test('a clerk sends a file: six numbers add up, a refused cell has an address, the file to mend comes back and goes in again', async () => {
  const page = await pageOf('clerk', '/deliveries')
  await page.locator('tbody td[data-label="未通过"] a').first().click()
  await settled(page)
  const cell = page.locator('tbody a[href^="#r"]').first()
  const anchor = await cell.getAttribute('href')
  await cell.click()
  assert.ok(page.url().endsWith(anchor ?? '?'))
  assert.equal(await page.locator('tr.mx-target').count(), 1, 'the row that the address names is marked')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /下载待改的/ }).click()])
  const path = await file.path()
  await page.getByRole('link', { name: /第.*批报送/ }).click()
  await settled(page)
  await page
    .locator('#mended')
    .setInputFiles({ name: file.suggestedFilename(), mimeType: 'text/plain', buffer: await readFile(path) })
  const again = page.getByLabel('改好的文件的结果')
  await again.getByText(/行中.*行已通过|以前已经收到/).waitFor()
  const numbers = await again.locator('.mx-equation dd').allTextContents()
  const [received = -1, ...outcomes] = numbers.map(text => Number(text.replaceAll(',', '')))
  assert.equal(outcomes.length, 6)
  assert.equal(
    outcomes.reduce((sum, one) => sum + one, 0),
    received,
  )
  await page.context().close()
})

test('cells pasted without a table are not sent; a pasted table is', async () => {
  const page = await pageOf('clerk', '/deliveries/new')
  await page.getByLabel('来源').click()
  await page.locator('.ant-select-item-option').first().click()
  await paste(page, 'textarea', '没有表格')
  await page.getByText('粘贴的不是表格').waitFor()
  await paste(page, 'textarea', '甲\t乙\n1\t2')
  await page.waitForURL(/\/deliveries\/\d+$/)
  await page.waitForFunction(() => !document.title.startsWith('处理中') && document.querySelector('.mx-summary, .mx-equation'))
  await page.context().close()
})

async function paste(page: Page, selector: string, text: string): Promise<void> {
  await page.evaluate(
    ([where = '', what = '']) => {
      const data = new DataTransfer()
      data.setData('text', what)
      document
        .querySelector(where)
        ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    },
    [selector, text],
  )
}

test('the window checks a scanned code by keyboard alone: purpose first, receipt in the answer, focus ready for the next', async () => {
  const firm = await someFirm()
  const page = await pageOf('window-officer', '/check')
  const before = await countLooks()
  await page.keyboard.type(`${firm.uscc.toLowerCase()}\n`)
  await page.getByRole('alert').waitFor()
  assert.equal(await countLooks(), before, 'nothing is asked without a purpose')
  await page.locator('#purpose').fill('行政许可')
  await page.locator('#business-no').fill('XK-2026-001')
  await page.locator('#check-subject').press('Enter')
  await page.locator('.mx-receipt').waitFor()
  assert.match((await page.locator('.mx-answer').textContent()) ?? '', /回执\s*H/)
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'check-subject')
  assert.equal(await countLooks(), before + 1)
  assert.ok(!page.url().includes(firm.uscc))
  await page.context().close()
})

test('the archive shows nothing before a purpose; the address carries the day and not the purpose; another subject asks again', async () => {
  const firm = await someFirm()
  const page = await pageOf('credit-office', `/subjects/${firm.subjectId}?asOf=2026-01-01`)
  assert.equal(await page.locator('tbody').count(), 0)
  const before = await countLooks()
  await page.locator('#purpose').fill('案件办理')
  await page.locator('#business-no').fill('AJ-7')
  await page.getByRole('button', { name: '开始查看' }).click()
  await page.getByText('您看的是2026-01-01当日的情况').waitFor()
  await page.locator('.mx-receipt').waitFor()
  assert.equal(await countLooks(), before + 1)
  assert.match(page.url(), /asOf=2026-01-01$/)
  await page.getByRole('button', { name: '回到现在' }).click()
  await page.locator('tbody button').first().click()
  await page.getByText('从哪里来').waitFor()
  await page.keyboard.press('Escape')
  await page.fill('#global-search', firm.name.slice(0, 4))
  await page.keyboard.press('Enter')
  await settled(page)
  await page.locator('tbody th a').first().click()
  await page.getByRole('button', { name: '开始查看' }).waitFor()
  await page.context().close()
})

test('principle 10 · an archive is printed only as a registered copy with its receipt; a print that nobody registered shows none of it', async () => {
  const firm = await someFirm()
  const page = await pageOf('credit-office', `/subjects/${firm.subjectId}`)
  await page.locator('#purpose').fill('案件办理')
  await page.locator('#business-no').fill('AJ-8')
  await page.getByRole('button', { name: '开始查看' }).click()
  await page.locator('.mx-receipt').waitFor()
  await page.emulateMedia({ media: 'print' })
  await page.getByText('主体档案没有登记打印').waitFor()
  assert.equal(await page.locator('tbody').first().isVisible(), false)
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => {
    globalThis.print = () =>
      document.body.setAttribute('data-printed', document.querySelector('[role=status] .mx-receipt')?.textContent ?? '')
  })
  await page.getByRole('button', { name: '打印' }).click()
  await page.locator('body[data-printed]').waitFor({ state: 'attached' })
  assert.match((await page.locator('body').getAttribute('data-printed')) ?? '', /回执\s*H/)
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.locator('tbody').first().isVisible(), true)
  const entry = await under.test.worker.db.row<{ outlet: string; until: unknown }>(
    sql`select outlet, until from look where subject_id = ${firm.subjectId} order by at desc limit 1`,
  )
  assert.equal(entry?.outlet, 'archive-copy')
  assert.ok(entry.until, 'who has it is asked to correct it until the business is over')
  await page.context().close()
})

test('a person number typed into the search leaves no trace in an address', async () => {
  const page = await pageOf('credit-office', '')
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.fill('#global-search', '86010119900307001X'.slice(0, 17) + checkOf('86010119900307001'))
  await page.keyboard.press('Enter')
  await page.getByText('这像是身份证件号码').waitFor()
  assert.deepEqual(asked, [])
  assert.equal(await page.inputValue('#global-search'), '')
  await page.context().close()
})

function checkOf(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  return '10X98765432'[weights.reduce((sum, weight, at) => sum + weight * Number(first17[at]), 0) % 11] ?? ''
}

test('a column pasted into the search becomes a batch check: the answer streams in, adds up, and can be taken away', async () => {
  const firm = await someFirm()
  const page = await pageOf('credit-office', '')
  await paste(page, '#global-search', `${firm.uscc}\n${firm.name}\n没有这样的企业名称有限公司`)
  await page.getByRole('link', { name: '粘贴了3行，作为批量核查' }).click()
  await page.locator('#purpose').fill('资金扶持')
  await page.locator('#business-no').fill('ZJ-1')
  await page.getByRole('button', { name: '开始核查' }).click()
  await page.getByText(/3行中.*行有在效信息/).waitFor()
  const tabs = await page.getByRole('tab').allTextContents()
  assert.equal(
    tabs.reduce((sum, label) => sum + Number(label.split(' ').at(-1)), 0),
    3,
    tabs.join(),
  )
  await page.getByText('名单与结果的摘要').waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载结果' }).click()])
  const csv = (await readFile(await file.path())).toString('utf8')
  assert.equal(csv.trim().split('\r\n').length, 4)
  await page.context().close()
})

test('a waiting record is returned with a reason and taken back with one key', async () => {
  const page = await pageOf('credit-office', '/waiting')
  const open = async (): Promise<number> =>
    Number(/\d+/.exec((await page.locator('.ant-segmented-item').first().textContent()) ?? '')?.[0])
  const before = await open()
  await page.getByRole('button', { name: /退回/ }).waitFor()
  await page.keyboard.press('r')
  await page.getByLabel('理由').fill('名称与代码对不上，请核对')
  await page.keyboard.press('Enter')
  await page.getByText('已退回报送单位').waitFor()
  await page.waitForFunction(
    count => document.querySelector('.ant-segmented-item')?.textContent?.includes(String(count)),
    before - 1,
  )
  await page.locator('h1').click()
  await page.keyboard.press('u')
  await page.getByText('已撤销前次决定').waitFor()
  await page.waitForFunction(count => document.querySelector('.ant-segmented-item')?.textContent?.includes(String(count)), before)
  await page.context().close()
})

test('the window issues a public report: number, code, and papers that open', async () => {
  const firm = await someFirm()
  const page = await pageOf('window-officer', `/reports?subject=${firm.subjectId}`)
  await page.getByRole('button', { name: '开具报告' }).click()
  await page.getByText(/报告已开具，编号/).waitFor({ timeout: 60_000 })
  const address = await page
    .getByRole('link', { name: /报告PDF/ })
    .first()
    .getAttribute('href')
  const paper = await page.request.get(under.address + address, { headers: { accept: 'application/pdf' } })
  assert.equal(paper.status(), 200)
  assert.equal((await paper.body()).subarray(0, 5).toString('latin1'), '%PDF-')
  await page.context().close()
})

test('a session that ends keeps the page: signed in again, the same person goes on with what was typed and read', async () => {
  const firm = await someFirm()
  const page = await pageOf('credit-office', `/subjects/${firm.subjectId}`)
  await page.locator('#purpose').fill('案件办理')
  await page.locator('#business-no').fill('AJ-8')
  await page.keyboard.press('Enter')
  await page.locator('.mx-receipt').waitFor()
  const before = await countLooks()
  await page.fill('#global-search', firm.name.slice(0, 4))
  await page.context().clearCookies()
  await page.getByRole('button', { name: '更改' }).click()
  await page.locator('#business-no').fill('AJ-9')
  await page.getByRole('button', { name: '开始查看' }).click()
  await page.getByText('登录已到期').waitFor()
  assert.equal(await page.locator('.mx-identity').isVisible(), false, 'what was read is out of sight')
  const account = under.accounts.find(it => it.role === 'credit-office')
  await page.getByLabel('账号').fill(account?.login ?? '')
  await page.locator('#password').fill(account?.password ?? '')
  await page.keyboard.press('Enter')
  await page.locator('.mx-identity').waitFor()
  await page.getByText('业务编号：AJ-9').waitFor()
  await page.locator('.mx-receipt').waitFor()
  assert.equal(await page.inputValue('#global-search'), firm.name.slice(0, 4))
  assert.equal(await countLooks(), before + 1, 'only what was asked for with the new number was read')
  await page.context().close()
})

test('the class of a penalty that nobody gave is asked of an officer, with the reason, in front of what was reported', async () => {
  const page = await pageOf('credit-office', '/waiting')
  const { waiting } = (await (await page.request.get(`${under.address}/api/v1/waiting?limit=100`)).json()) as {
    waiting: { waitingId: number; reason: string }[]
  }
  const asked = waiting.find(it => it.reason === 'penalty.gravity-open')
  assert.ok(asked, 'the example city has a penalty without a class')
  await page.goto(`${under.address}/console/waiting?record=${asked.waitingId}`)
  await page.getByText('这项处罚属于哪一类').waitFor()
  assert.equal(await page.getByRole('button', { name: '认定' }).isDisabled(), true)
  await page.getByText('还缺：分类和理由').waitFor()
  await page.getByLabel('一般').check()
  await page.getByLabel('理由').fill('罚款数额在一般标准以内')
  await page.getByRole('button', { name: '认定' }).click()
  await page.getByText('已认定失信分类').waitFor()
  await page.context().close()
})
