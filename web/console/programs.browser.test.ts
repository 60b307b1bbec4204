import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { signed, tokenRequest } from '../../src/programs/testing.ts'
import { axeFindings, type ConsoleUnderTest, listenForFaults, openConsole, settled, WIDTHS } from './testing.ts'

/* Two administrators open a program in the console, and the program comes in with its key. */

let under: ConsoleUnderTest
let system: BrowserContext
let security: BrowserContext

before(async () => {
  under = await openConsole()
  system = await under.signedIn('system-administrator')
  security = await under.signedIn('security-administrator')
})
after(() => under?.close())

async function open(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${under.address}/console/programs`)
  await settled(page)
  return page
}

test('M458 · the system administrator proposes a program and adds its key; the security administrator confirms; it gets a token', async () => {
  const page = await open(system)
  const faults = listenForFaults(page)
  await page.getByRole('button', { name: '登记接口程序' }).click()
  await page.getByLabel('单位', { exact: true }).click()
  await page.keyboard.type('市场监督')
  await page.keyboard.press('Enter')
  await page.getByLabel('名称', { exact: true }).fill('许可办理系统')
  await page.getByLabel('用途', { exact: true }).fill('办理许可前核查')
  await page.getByLabel('联合惩戒和信用核查').check()
  await page.getByLabel('期限', { exact: true }).fill('2027-10-31')
  await page.getByRole('button', { name: '提出登记' }).click()
  const panel = page.getByRole('region', { name: /许可办理系统/ })
  await panel.getByRole('button', { name: /加密钥/ }).click()
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  await panel.getByLabel('公钥', { exact: true }).fill(String(publicKey.export({ format: 'pem', type: 'spki' })))
  await panel.getByRole('button', { name: '加密钥', exact: true }).click()
  await panel.getByText(/安全管理员确认后可以使用/).waitFor()
  assert.equal(await panel.getByRole('button', { name: /确认登记/ }).count(), 0, 'whoever proposed it does not confirm it')
  await page.close()

  const other = await open(security)
  const same = other.getByRole('region', { name: /许可办理系统/ })
  await same.getByRole('button', { name: /确认登记/ }).click()
  await same.getByRole('heading', { name: /可用/ }).waitFor()
  const clientId = await same.locator('dd').first().textContent()
  const keyId = await same.locator('tbody th, tbody [role=rowheader]').first().textContent()
  const key = { keyId: keyId ?? '', algorithm: 'ed25519' as const, secret: privateKey }
  const request = signed(under.test.app, key, tokenRequest(clientId ?? ''))
  const ask = (sent: typeof request) =>
    fetch(under.address + sent.url, { method: 'POST', headers: { ...sent.headers }, body: String(sent.body) })
  assert.equal((await ask(request)).status, 200)

  await same.getByRole('button', { name: /作废/ }).click()
  await same.getByText(/当即失效/).waitFor()
  await same.getByRole('button', { name: /确定作废/ }).click()
  await same.getByText('已作废').waitFor()
  assert.equal((await ask(signed(under.test.app, key, tokenRequest(clientId ?? '')))).status, 401)
  assert.deepEqual(faults, [])
  await other.close()
})

test('a shared secret is shown once, and is gone when the page is opened again', async () => {
  const page = await open(system)
  const panel = page.getByRole('region', { name: /许可办理系统/ })
  await panel.getByRole('button', { name: /加密钥/ }).click()
  await panel.getByLabel('算法').click()
  await page.getByText('HMAC-SM3（共享密钥）').last().click()
  await panel.getByRole('button', { name: '加密钥', exact: true }).click()
  const secret = await panel.locator('code').textContent()
  assert.match(secret ?? '', /^[\w-]{43}$/)
  await page.reload()
  await settled(page)
  assert.ok(!(await page.content()).includes(secret ?? '?'))
  await page.close()
})

for (const width of WIDTHS)
  test(`the page of programs at ${width} px has no serious finding, its form open or not`, async () => {
    const context = await under.signedIn('system-administrator', width)
    const page = await open(context)
    assert.deepEqual(await axeFindings(page), [])
    await page.getByRole('button', { name: '登记接口程序' }).click()
    await page.getByLabel('名称', { exact: true }).waitFor()
    assert.deepEqual(await axeFindings(page), [])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.equal(wide, 0)
    await page.reload()
    await settled(page)
    await context.close()
  })
