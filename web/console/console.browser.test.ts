import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { axeFindings, type ConsoleUnderTest, openConsole, settled } from './testing.ts'

/* What a person does in the console, whatever the page. */

let under: ConsoleUnderTest
before(async () => {
  under = await openConsole()
})
after(() => under?.close())

test('who lacks a permission is told which, and no data is drawn', async () => {
  const context = await under.signedIn('window-officer')
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.goto(`${under.address}/console/waiting`)
  await settled(page)
  assert.match((await page.textContent('main')) ?? '', /没有这项权限：确认主体/)
  assert.ok(!asked.some(url => url.includes('/api/v1/waiting')))
  assert.equal(await page.getByRole('link', { name: '待确认主体' }).count(), 0, 'the menu does not offer it either')
  await context.close()
})

test('one comes back to the page that asked after signing in, and the password never stands in an address', async () => {
  const context = await under.context()
  const page = await context.newPage()
  await page.goto(`${under.address}/console/departments?from=2026-01-01`)
  await page.getByLabel('账号').waitFor()
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: '登录' }).click()
  assert.match((await page.getByRole('alert').textContent()) ?? '', /有2处需要修改/)
  const clerk = under.accounts.find(it => it.role === 'clerk')
  await page.getByLabel('账号').fill(clerk?.login ?? '')
  await page.locator('#password').fill('not-the-password')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelector('[role=alert]')?.textContent?.includes('账号或密码') ?? false)
  await page.locator('#password').fill(clerk?.password ?? '')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/console/departments?from=2026-01-01')
  await settled(page)
  await context.close()
})

test('keys lead from page to page; a field keeps its letters', async () => {
  const context = await under.signedIn('credit-office')
  const page = await context.newPage()
  await page.goto(`${under.address}/console`)
  await settled(page)
  await press(page, 'g', 'u')
  await page.waitForURL('**/console/deliveries')
  await press(page, '/')
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'global-search')
  await page.keyboard.type('g w')
  assert.equal(await page.inputValue('#global-search'), 'g w')
  await page.locator('h1').click()
  await press(page, '?')
  await page.getByRole('dialog').waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await context.close()
})

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}
