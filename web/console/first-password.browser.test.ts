import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import { openSession } from '../../src/access/sessions.ts'
import { openTestAccount } from '../../src/access/testing.ts'
import { codeOfUri } from '../../src/factors/testing.ts'
import { SESSION_COOKIE } from '../../src/http/session.ts'
import { buildConsole } from '../../src/platform/build-console.ts'
import { silent } from '../../src/platform/say.ts'
import { openStage, type Stage } from '../../stories/stage.ts'
import { axeFindings, listenForFaults, settled, WIDTHS } from './testing.ts'

/* The whole way of a new colleague in a city that asks for a second factor: opened by one, a role by two, activated by himself alone. */

const OWN = 'wo-zi-ji-de-mima-7'
const UNIT = 'ecology-environment'
let stage: Stage
let browser: Browser

before(async () => {
  await buildConsole(silent)
  stage = await openStage({ host: 'localhost', secondFactor: 'required' })
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
})
after(async () => {
  await browser?.close()
  await stage?.close()
})

const context = (width: number): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width, height: width > 1000 ? 720 : 640 }, locale: 'zh-CN', bypassCSP: true })

/** An administrator at the page of people, signed in with both factors. */
async function administrator(role: string, unit: string): Promise<Page> {
  const accountId = await openTestAccount(stage.app, { unit, roles: [role] })
  const caller = { address: '127.0.0.1', agent: '', before: '' }
  const { token } = await openSession(stage.app, { accountId, assurance: 'federated', caller })
  const own = await context(1280)
  await own.addCookies([{ name: SESSION_COOKIE, value: token, url: stage.address }])
  const page = await own.newPage()
  await page.goto(`${stage.address}/console/people?of=${UNIT}`)
  await settled(page)
  return page
}

/** Axe and the width of a page, at every width of the tests. */
async function look(page: Page, name: string): Promise<void> {
  const size = page.viewportSize()
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width > 1000 ? 720 : 640 })
    assert.deepEqual(await axeFindings(page), [], `${name} ${width}`)
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)
    assert.ok(tooWide <= 0, `${name} ${width}: ${tooWide} px too wide`)
  }
  if (size) await page.setViewportSize(size)
}

const cardOf = (page: Page, login: string): Locator => page.locator('.mx-cards > li', { hasText: login })
const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

async function fillFirst(page: Page, login: string, code: string): Promise<void> {
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('启用码').fill(code)
  await page.getByLabel('新密码', { exact: true }).fill(OWN)
  await page.getByLabel('再输一次新密码').fill(OWN)
  await page.getByRole('button', { name: '设置密码并启用' }).click()
}

/** Opens an account in the console; the code of its sheet, which is closed then. */
async function openIn(page: Page, login: string): Promise<string> {
  await page.fill('#new-login', login)
  await page.fill('#new-name', '陆新禾')
  await page.getByRole('button', { name: '建立账号' }).click()
  const sheet = page.getByRole('dialog', { name: /账号启用码$/ })
  await sheet.waitFor()
  const code = (await sheet.locator('.mx-handed-code').textContent()) ?? ''
  assert.match(code, /^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
  await sheet.getByText(`陆新禾 ${login}`).waitFor()
  for (const sentence of [
    /有效至\d{4}-\d\d-\d\d \d\d:\d\d，只能用一次/,
    /\/signin\/first，填写登录名和启用码/,
    /任何人不得代为设置密码/,
  ])
    await sheet.getByText(sentence).waitFor()
  await look(page, 'first-sheet')
  await page.keyboard.press('Escape')
  assert.ok(await sheet.isVisible(), 'the code is not lost by a key')
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.locator('h1').isVisible(), false, 'the sheet prints alone')
  assert.ok(await sheet.locator('.mx-handed-code').isVisible())
  assert.equal(await sheet.getByRole('button').count(), 0, 'paper has no buttons')
  await page.emulateMedia({ media: 'screen' })
  await sheet.getByRole('button', { name: '已交给本人' }).click()
  await sheet.waitFor({ state: 'detached' })
  await cardOf(page, login)
    .getByText(/未启用/)
    .waitFor()
  assert.ok(!(await page.content()).includes(code), 'shown once')
  return code
}

for (const width of WIDTHS)
  test(`ASVS 6.4.1 · M458 · an account is opened, a role conferred, and only its owner activates it, at ${width} px, up to the second factor`, async () => {
    const login = `colleague-${width}`
    const unit = await administrator('unit-administrator', UNIT)
    const security = await administrator('security-administrator', 'credit-office')
    const code = await openIn(unit, login)
    const card = cardOf(unit, login)
    await card.getByText(/等本人用启用码设置密码，\d{4}-\d\d-\d\d \d\d:\d\d前有效；角色在启用后生效/).waitFor()
    await card.getByRole('button', { name: '提出授予角色' }).click()
    await card.getByLabel('理由').fill('到岗')
    await card.getByRole('button', { name: '提出授予角色' }).click()
    await card.getByText('已提出，等另一人确认').waitFor()
    await security.reload()
    await settled(security)
    const waiting = security.locator('tr', { hasText: login })
    await waiting.getByText(/，未启用/).waitFor()
    await look(security, 'dormant-proposal')
    await waiting.getByRole('button', { name: '确认', exact: true }).click()
    await cardOf(security, login)
      .getByText(/待账号启用/)
      .waitFor()
    await look(security, 'dormant-role')

    // Whoever opened the account, in the browser in which he is signed in.
    await unit.goto(`${stage.address}/signin/first`)
    await fillFirst(unit, login, code)
    await unit.getByRole('alert').filter({ hasText: '启用码只能由账号本人使用' }).waitFor()

    const own = await context(width)
    const page = await own.newPage()
    const faults = listenForFaults(page)
    await page.goto(`${stage.address}/console/sign-in`)
    await page.getByRole('link', { name: '新账号用启用码设置密码' }).click()
    await heading(page, '启用新账号')
    await look(page, 'first')
    await fillFirst(page, login, '0000-0000-0000-0000')
    await page.getByText('账号或启用码不正确').first().waitFor()
    assert.equal(await page.getByLabel('账号').inputValue(), login, 'what was typed is there still')
    assert.equal(await page.getByLabel('启用码').inputValue(), '', 'but no secret')
    await look(page, 'first-wrong')
    await fillFirst(page, login, code.toLowerCase().replaceAll('-', ' '))
    await heading(page, '先设置第二步验证')
    await look(page, 'first-enrol')
    await page.getByRole('button', { name: '设置动态口令' }).click()
    const secret = (await page.locator('code').first().textContent())?.replaceAll(' ', '') ?? ''
    await page.getByLabel('动态口令', { exact: true }).fill(codeOfUri(secret, stage.app.now()))
    await page.getByRole('button', { name: '确认设置' }).click()
    await page.getByRole('button', { name: '已经保存' }).click()
    await heading(page, '工作台')
    assert.deepEqual(
      faults.filter(fault => !/422/.test(fault)),
      [],
    )
    await security.reload()
    await settled(security)
    await cardOf(security, login).getByText(/有效/).first().waitFor()
    assert.equal(await cardOf(security, login).getByText('未启用').count(), 0)
    for (const one of [unit, security, page]) await one.context().close()
  })

test('M458 · an account whose code has lapsed says so in the list, and two administrators issue one anew', async () => {
  const system = await administrator('system-administrator', 'credit-office')
  await openIn(system, 'too-late')
  const began = stage.app.now()
  stage.test.setNow(new Date(began.getTime() + 4 * 86_400_000))
  const [asks, confirms] = [
    await administrator('system-administrator', 'credit-office'),
    await administrator('security-administrator', 'credit-office'),
  ]
  const card = cardOf(asks, 'too-late')
  await card.getByText('启用码已过期或者作废').waitFor()
  await card.getByRole('button', { name: '提出重发启用码' }).click()
  assert.equal(await card.getByLabel('同时重置第二步验证').count(), 0, 'there is none yet')
  await look(asks, 'ask-again')
  await card.getByLabel('理由').fill('启用码过期')
  await card.getByRole('button', { name: '提出重发启用码' }).click()
  await card.getByText('已提出，等安全管理员确认').waitFor()
  await confirms.reload()
  await settled(confirms)
  const row = confirms.locator('.mx-resets tr', { hasText: 'too-late' })
  await row.getByText('首次设置密码').waitFor()
  await row.getByRole('button', { name: '确认重置' }).click()
  await confirms.getByText('原启用码作废，重置码只显示这一次').waitFor()
  await look(confirms, 'confirm-again')
  await confirms.getByRole('button', { name: '确认并显示重置码' }).click()
  await confirms.getByRole('dialog', { name: /密码重置码$/ }).waitFor()
  assert.equal(await confirms.getByText('第二步验证').count(), 0)
  for (const one of [system, asks, confirms]) await one.context().close()
  stage.test.setNow(began)
})
