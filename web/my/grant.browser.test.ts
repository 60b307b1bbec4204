import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import { makeRequest } from '../../src/authorisation/request.ts'
import { banker, wishOf } from '../../src/authorisation/testing.ts'
import { codeOfUri } from '../../src/factors/testing.ts'
import { openTestSubjects } from '../../src/reports/archive-testing.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { PASSWORD } from '../../stories/cast.ts'
import { openStage, type Stage } from '../../stories/stage.ts'
import { addAuthenticator, lookAt } from './browser-testing.ts'

/* A yes on a phone, of somebody who signed in a while ago: by password, by code, by fingerprint; nothing chosen is lost. */

let stage: Stage
let browser: Browser
let made = 910

before(async () => {
  // Browsers take a passkey for a name, never for an address of numbers.
  stage = await openStage({ host: 'localhost' })
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
})
after(async () => {
  await browser?.close()
  await stage?.close()
})

const later = (minutes: number): void => stage.test.setNow(new Date(stage.app.now().getTime() + minutes * 60_000))

async function signIn(scripts = true): Promise<{ own: BrowserContext; page: Page }> {
  const name = '澜川珩汐食品有限公司'
  const [subjectId = 0] = await openTestSubjects(stage.app, [{ name, uscc: inventedUscc('enterprise', ++made) }])
  await stage.asFirm(subjectId, name)
  const own = await browser.newContext({
    viewport: { width: 360, height: 640 },
    locale: 'zh-CN',
    bypassCSP: true,
    javaScriptEnabled: scripts,
  })
  const page = await own.newPage()
  await page.goto(`${stage.address}/signin`)
  await page.getByLabel('账号').fill(`firm.${subjectId}`)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '我的信用', exact: true }).waitFor()
  return { own, page }
}

/** A request on the screen, a term and a sensitive class chosen. */
async function choose(page: Page): Promise<void> {
  const { code } = await makeRequest(stage.app, banker, wishOf({ classes: ['penalties', 'payments'] }))
  await page.goto(`${stage.address}/my/grant/${code}`)
  await page.getByLabel('授权期限').selectOption({ label: '30天' })
  await page.getByRole('checkbox', { name: /缴费/ }).check()
}

async function isGranted(page: Page): Promise<void> {
  await page.getByText('随时可以在本页撤回').waitFor()
  const told = (await page.locator('dl').first().textContent()) ?? ''
  assert.ok(told.includes('缴费') && told.includes('2026-11-20至2026-12-20'), told)
}

test('M461 · a fingerprint proves who it is without leaving the page; then one press grants what was chosen', async () => {
  const { own, page } = await signIn()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  await addAuthenticator(own, page)
  await page.goto(`${stage.address}/my/security`)
  await page.getByLabel('通行密钥名称').fill('手机')
  await page.getByRole('button', { name: '添加通行密钥' }).click()
  await page.getByRole('link', { name: '已经保存' }).click()
  later(11)
  await choose(page)
  await lookAt(page, 'grant-passkey')
  await page.getByRole('button', { name: '使用通行密钥' }).click()
  await page.getByText('已验证。请核对填写的内容').waitFor()
  await lookAt(page, 'grant-passkey-proved')
  assert.equal(await page.getByLabel('动态口令或恢复码').count(), 0, 'nothing more is asked for')
  assert.deepEqual(
    [await page.getByLabel('授权期限').inputValue(), await page.getByRole('checkbox', { name: /缴费/ }).isChecked()],
    ['30', true],
  )
  await page.getByRole('button', { name: '同意授权' }).click()
  await isGranted(page)
  await lookAt(page, 'granted')
  assert.deepEqual(faults, [])
  await own.close()
})

test('M461 · a code of the app is typed in the same form, without a script; a wrong one costs nothing that was chosen', async () => {
  const { own, page } = await signIn(false)
  await page.goto(`${stage.address}/my/security`)
  await page.getByRole('button', { name: '设置动态口令' }).click()
  const secret = (await page.locator('.code').first().textContent())?.replaceAll(' ', '') ?? ''
  await page.getByLabel('动态口令', { exact: true }).fill(codeOfUri(secret, stage.app.now()))
  await page.getByRole('button', { name: '确认设置' }).click()
  await page.getByRole('link', { name: '已经保存' }).click()
  later(11)
  await choose(page)
  await page.getByLabel('动态口令或恢复码').fill('000000')
  await page.getByRole('button', { name: '同意授权' }).click()
  await page.getByRole('link', { name: /口令不正确/ }).waitFor()
  assert.deepEqual(
    [await page.getByLabel('授权期限').inputValue(), await page.getByRole('checkbox', { name: /缴费/ }).isChecked()],
    ['30', true],
  )
  await page.getByLabel('动态口令或恢复码').fill(codeOfUri(secret, stage.app.now()))
  await page.getByRole('button', { name: '同意授权' }).click()
  await isGranted(page)
  await own.close()
})

test('M461 · with a password alone that is asked for; axe finds nothing where it was wrong', async () => {
  const { own, page } = await signIn()
  later(11)
  await choose(page)
  assert.equal(
    await page.getByRole('button', { name: '使用通行密钥' }).count(),
    0,
    'no passkey is offered to an account without one',
  )
  await lookAt(page, 'grant-password')
  await page.getByRole('button', { name: '同意授权' }).click()
  await page.getByRole('link', { name: '请填写密码' }).waitFor()
  await lookAt(page, 'grant-password-missing')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '同意授权' }).click()
  await isGranted(page)
  await own.close()
})
