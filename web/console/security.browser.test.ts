import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import { openActivated } from '../../src/access/testing.ts'
import { codeOfUri, PASSWORD } from '../../src/factors/testing.ts'
import { openApiDoor } from '../../src/platform/api-door.ts'
import { buildConsole } from '../../src/platform/build-console.ts'
import { silent } from '../../src/platform/say.ts'
import { openTestApp, type TestApp } from '../../src/testing-app.ts'
import { axeFindings, listenForFaults, settled, WIDTHS } from './testing.ts'

/* Staff of a city that asks for a second factor, in the console: set one up, sign in with both, with a passkey alone, and keep it in order. */

let t: TestApp
let http: Awaited<ReturnType<typeof openApiDoor>>
let browser: Browser
let address = ''

before(async () => {
  t = await openTestApp()
  await buildConsole(silent)
  const app = { ...t.app, city: { ...t.app.city, secondFactor: 'required' as const }, publicUrl: 'http://localhost:1' }
  http = await openApiDoor(app)
  await http.listen({ port: 0, host: '127.0.0.1' })
  address = `http://localhost:${(http.server.address() as AddressInfo).port}`
  app.publicUrl = address
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
})
after(async () => {
  await browser?.close()
  await http?.close()
  await t?.close()
})

let made = 0
async function clerk(): Promise<string> {
  const login = `desk-${++made}`
  await openActivated(t.app, { login, name: '报送员', unit: 'ecology-environment', roles: ['clerk'], password: PASSWORD })
  return login
}

const context = (): Promise<BrowserContext> => browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'zh-CN' })

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto(`${address}/console`)
  await page.getByLabel('账号').fill(login)
  await page.locator('#password').fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

async function look(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width > 1000 ? 720 : 640 })
    await settled(page)
    assert.deepEqual(await axeFindings(page), [], `${name} ${width}`)
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)
    assert.ok(tooWide <= 0, `${name} ${width}: ${tooWide} px too wide`)
  }
  await page.setViewportSize({ width: 1280, height: 720 })
}

const later = (seconds: number): void => t.setNow(new Date(t.app.now().getTime() + seconds * 1000))

test('staff without a second factor set one up before anything else is drawn; next time both are asked for', async () => {
  const login = await clerk()
  const own = await context()
  const page = await own.newPage()
  const faults = listenForFaults(page)
  await signIn(page, login)
  await heading(page, '先设置第二步验证')
  assert.equal(await page.getByRole('navigation').count(), 0, 'no menu yet')
  await look(page, 'enrol')
  await page.getByRole('button', { name: '设置动态口令' }).click()
  const secret = (await page.locator('code').first().textContent())?.replaceAll(' ', '') ?? ''
  await look(page, 'enrol-totp')
  await page.getByLabel('动态口令', { exact: true }).fill(codeOfUri(secret, t.app.now()))
  await page.getByRole('button', { name: '确认设置' }).click()
  await page.getByRole('heading', { name: '请保存恢复码' }).waitFor()
  assert.equal(await page.locator('.mx-codes li').count(), 10)
  await look(page, 'enrol-codes')
  await page.getByRole('button', { name: '已经保存' }).click()
  await heading(page, '工作台')
  await page.getByRole('button', { name: '退出' }).first().click()
  await page.waitForURL('**/console/sign-in**')
  later(60)
  await signIn(page, login)
  await heading(page, '第二步验证')
  await look(page, 'second-step')
  faults.length = 0
  await page.getByLabel('动态口令或恢复码').fill('000000')
  await page.getByRole('button', { name: '验证', exact: true }).click()
  await page.getByRole('alert').filter({ hasText: '口令不正确' }).waitFor()
  await page.getByLabel('动态口令或恢复码').fill(codeOfUri(secret, t.app.now()))
  await page.getByRole('button', { name: '验证', exact: true }).click()
  await heading(page, '工作台')
  await page.getByRole('navigation', { name: '工作台菜单' }).getByRole('link', { name: '登录安全' }).click()
  await heading(page, '登录安全')
  await look(page, 'security')
  await page.getByRole('button', { name: '停用动态口令' }).click()
  await page.getByRole('alert').filter({ hasText: '不能停用最后一种' }).waitFor()
  assert.deepEqual(
    faults.filter(fault => !/40[39]|422/.test(fault)),
    [],
  )
  await own.close()
})

test('a passkey lets staff in alone, and proves again who it is', async () => {
  const login = await clerk()
  const own = await context()
  const page = await own.newPage()
  const cdp = await own.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
  } as const
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options: { ...options, automaticPresenceSimulation: true } })
  await signIn(page, login)
  await page.getByLabel('通行密钥名称').fill('柜台电脑')
  await page.getByRole('button', { name: '添加通行密钥' }).click()
  await page.getByRole('button', { name: '已经保存' }).click()
  await heading(page, '工作台')
  await page.getByRole('button', { name: '退出' }).first().click()
  await page.waitForURL('**/console/sign-in**')
  await page.getByRole('button', { name: '使用通行密钥' }).click()
  await heading(page, '工作台')
  later(11 * 60)
  await page.getByRole('navigation', { name: '工作台菜单' }).getByRole('link', { name: '登录安全' }).click()
  await page.getByRole('heading', { name: '再验证一次身份' }).waitFor()
  await look(page, 'renewal')
  await page.getByRole('button', { name: '使用通行密钥' }).click()
  await page.getByRole('button', { name: '停用通行密钥“柜台电脑”' }).waitFor()
  await page.getByLabel('通行密钥“柜台电脑”的新名称').fill('窗口电脑')
  await page.getByRole('button', { name: '改名' }).click()
  await page.getByText('窗口电脑').first().waitFor()
  await look(page, 'security-passkey')
  await own.close()
})
