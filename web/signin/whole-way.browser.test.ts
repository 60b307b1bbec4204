import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import { PROVIDER_PASSWORD } from '../../src/identity/testing-provider.ts'
import { FIRM, openProvince, type Province } from '../../src/identity/testing-province.ts'
import { buildConsole } from '../../src/platform/build-console.ts'
import { silent } from '../../src/platform/say.ts'
import { axeFindings, WIDTHS } from '../console/testing.ts'

/* The whole way in a real browser. The platform at 127.0.0.1 and the provider at localhost are two sites for it, as they are in a city. */

let province: Province
let browser: Browser

before(async () => {
  await buildConsole(silent)
  province = await openProvince({ hasFront: true })
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
})
after(async () => {
  await browser?.close()
  await province?.close()
})

async function look(page: Page, name: string): Promise<void> {
  assert.deepEqual(await axeFindings(page), [], name)
  const width = page.viewportSize()?.width
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
    `${name} is wider than ${width}`,
  )
}

/** What the platform's own pages complained of; the provider's are its own. */
function listenForFaults(page: Page): string[] {
  const faults: string[] = []
  const isOurs = (url: string): boolean => url.startsWith(province.platform.address)
  page.on('console', message => {
    if (message.type() === 'error' && isOurs(message.location().url) && !message.text().includes('401'))
      faults.push(message.text())
  })
  page.on('response', response => {
    if (response.status() >= 500 && isOurs(response.url())) faults.push(`${response.status()} ${response.url()}`)
  })
  return faults
}

async function open(width: number, more: { javaScriptEnabled?: boolean } = {}): Promise<BrowserContext> {
  return await browser.newContext({ viewport: { width, height: width > 1000 ? 720 : 640 }, locale: 'zh-CN', ...more })
}

async function passProvider(page: Page, login: string): Promise<void> {
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('口令').fill(PROVIDER_PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
}

for (const width of WIDTHS)
  test(`M061 · at ${width} px a legal representative goes from the account’s door through the provider to the firm’s pages, and out of both`, async () => {
    const context = await open(width)
    const page = await context.newPage()
    const faults = listenForFaults(page)
    await page.goto(`${province.platform.address}/my/looks`)
    await look(page, 'door')
    await page.getByRole('link', { name: '某省统一身份认证登录' }).click()
    await passProvider(page, 'head')
    await page.waitForURL(`${province.platform.address}/my/looks`)
    await page.goto(`${province.platform.address}/my`)
    assert.match((await page.locator('main').textContent()) ?? '', new RegExp(FIRM))
    await page.getByRole('button', { name: '退出登录' }).click()
    // Its script sends the form on: the provider asks, for its own session.
    await page.waitForURL(/localhost:\d+\/session\/end/, { timeout: 8000 })
    await page.getByRole('button', { name: 'Yes, sign me out' }).click()
    await page.waitForURL(`${province.platform.address}/signin?out=1`)
    await page.getByRole('link', { name: '某省统一身份认证登录' }).click()
    await page.getByLabel('口令').waitFor()
    assert.deepEqual(faults, [])
    await context.close()
  })

test('M061 · without scripts the pages say what to do, and it works', async () => {
  const context = await open(360, { javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${province.platform.address}/signin`)
  await page.getByRole('link', { name: '某省统一身份认证登录' }).click()
  await passProvider(page, 'person')
  await page.waitForURL(`${province.platform.address}/my`)
  await page.getByRole('button', { name: '退出登录' }).click()
  assert.match((await page.locator('main').textContent()) ?? '', /您在某省统一身份认证仍处于登录状态/)
  await page.getByRole('button', { name: '同时退出某省统一身份认证' }).click()
  await page.waitForURL(/localhost:\d+\/session\/end/, { timeout: 8000 })
  await context.close()
})

for (const width of WIDTHS)
  test(`M458 · at ${width} px staff comes into the console by the provider, and out of both`, async () => {
    const context = await open(width)
    const page = await context.newPage()
    const faults = listenForFaults(page)
    await page.goto(`${province.platform.address}/console/sign-in`)
    await page.getByRole('link', { name: '某省统一身份认证登录' }).waitFor()
    await look(page, 'console-door')
    await page.getByRole('link', { name: '某省统一身份认证登录' }).click()
    await passProvider(page, 'officer')
    await page.waitForURL(/\/console\/?$/)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('button', { name: '退出' }).first().click({ timeout: 8000 })
    await page.waitForURL(/localhost:\d+\/session\/end/, { timeout: 8000 })
    await page.getByRole('button', { name: 'Yes, sign me out' }).click()
    await page.waitForURL(`${province.platform.address}/console/sign-in`)
    assert.deepEqual(faults, [])
    await context.close()
  })

for (const width of WIDTHS)
  test(`ASVS 7.5.1 · at ${width} px staff who came by the provider proves anew there who it is, and comes back to the page that asked`, async () => {
    const context = await open(width)
    const page = await context.newPage()
    const faults = listenForFaults(page)
    await page.goto(`${province.platform.address}/signin/oidc/province?door=staff`)
    await passProvider(page, 'officer')
    await page.waitForURL(/\/console\/?$/)
    await province.pass(20 * 60)
    await page.goto(`${province.platform.address}/console/security`)
    await page.getByRole('link', { name: '在某省统一身份认证再登录一次' }).waitFor()
    assert.equal(await page.getByText('这个账号由统一身份认证登录，没有密码').count(), 0, 'this one has a password, too')
    await look(page, 'renewal')
    await page.getByRole('link', { name: '在某省统一身份认证再登录一次' }).click()
    await passProvider(page, 'officer')
    await page.waitForURL(`${province.platform.address}/console/security`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    assert.equal(await page.getByRole('link', { name: '在某省统一身份认证再登录一次' }).count(), 0)
    assert.deepEqual(faults, [])
    await context.close()
  })

for (const width of WIDTHS)
  test(`at ${width} px the pages of what did not work, of the invitation and of signing out are sound`, async () => {
    const context = await open(width)
    const page = await context.newPage()
    await page.goto(`${province.platform.address}/signin/oidc/province?door=staff`)
    await passProvider(page, 'invited')
    await page.getByRole('link', { name: '我有管理员给的邀请码' }).waitFor()
    await look(page, 'refused')
    await page.getByRole('link', { name: '我有管理员给的邀请码' }).click()
    await look(page, 'invitation')
    await page.getByLabel('邀请码').fill('AAAAA-AAAAA')
    await page.getByRole('button').last().click()
    await page.getByText('邀请码不对').first().waitFor()
    await look(page, 'invitation-over')
    await page.goto(`${province.platform.address}/signin/oidc/dead?door=subjects`)
    await look(page, 'down')
    await context.close()
    const plain = await open(width, { javaScriptEnabled: false })
    const still = await plain.newPage()
    await still.goto(`${province.platform.address}/signin/oidc/province?door=subjects`)
    await passProvider(still, 'person')
    await still.waitForURL(`${province.platform.address}/my`)
    await still.getByRole('button', { name: '退出登录' }).click()
    await plain.close()
  })
