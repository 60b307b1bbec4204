import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { day } from '../../src/base/day.ts'
import { sql } from '../../src/db/database.ts'
import { codeOfUri } from '../../src/factors/testing.ts'
import { inventedResidentId } from '../../src/subject/invented.ts'
import { axeFindings, type ConsoleUnderTest, listenForFaults, openConsole, settled, WIDTHS } from './testing.ts'

/* A firm's representative has lost his password and his phone: two officers of a window reset the account, he is told, and sets up both anew. */

// biome-ignore lint/style/noProcessEnv: read by tests alone: a folder for pictures of what was looked at
const PICTURES = process.env['MINGXIN_PICTURES'] ?? ''
const NEW_PASSWORD = 'qing-chen-kan-yun-8'
const NUMBER = inventedResidentId(77, day('1980-05-06'))
let under: ConsoleUnderTest
let representative = ''

before(async () => {
  under = await openConsole()
  const row = await under.test.worker.db.row<{ name: string | null }>(sql`select s.card->>'legalRepresentative' as name
    from account a join mandate m using (account_id) join pub.subject s on s.subject_id = m.subject_id where a.login = 'firm'`)
  representative = row?.name ?? ''
  assert.notEqual(representative, '')
})
after(async () => {
  await under?.close()
})

async function look(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width > 1000 ? 720 : 640 })
    assert.deepEqual(await axeFindings(page), [], `${name} ${width}`)
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)
    assert.ok(tooWide <= 0, `${name} ${width}: ${tooWide} px too wide`)
    if (PICTURES === '') continue
    mkdirSync(PICTURES, { recursive: true })
    await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`), fullPage: true })
  }
}

const passwordOf = (login: string): string => under.accounts.find(one => one.login === login)?.password ?? ''

async function officer(login: string, width: number): Promise<Page> {
  const context = await under.context(width)
  const data = { login, password: passwordOf(login) }
  const answer = await context.request.post(`${under.address}/api/v1/sessions`, { data })
  assert.ok(answer.ok(), await answer.text())
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${under.address}/console/account-resets`)
  await settled(page)
  return page
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.goto(`${under.address}/signin`)
  await page.getByLabel('账号').fill('firm')
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** The firm on its phone, with a second factor set up a while ago. */
async function phone(): Promise<Page> {
  const page = await (await under.context(360)).newPage()
  page.setDefaultTimeout(15_000)
  await signIn(page, passwordOf('firm'))
  await page.goto(`${under.address}/my/security`)
  await setUpCodes(page)
  return page
}

async function setUpCodes(page: Page): Promise<void> {
  await page.getByRole('button', { name: '设置动态口令' }).click()
  const secret = (await page.locator('.steps .code').evaluate(one => one.firstChild?.textContent))?.replaceAll(' ', '') ?? ''
  await page.getByLabel('动态口令', { exact: true }).fill(codeOfUri(secret, under.test.app.now()))
  await page.getByRole('button', { name: '确认设置' }).click()
  await page.getByRole('link', { name: '已经保存' }).click()
}

async function ask(page: Page): Promise<void> {
  await page.getByRole('button', { name: '提出重置' }).click()
  await page.getByLabel('账号（选填）').fill('firm')
  await page.getByLabel('姓名').fill(representative)
  await page.getByLabel('证件号码').fill(NUMBER)
  await page.getByLabel('同时重置第二步验证').check()
  await page.getByRole('button', { name: '提出重置' }).last().click()
  await page.getByText('已提出重置账号“firm”').waitFor()
}

test('M458 · two officers of a window reset a firm’s account; the firm is told, stops one it never asked for, and sets both up anew on its phone', async () => {
  const own = await phone()
  const one = await officer('window.approval', 1280)
  const faults = listenForFaults(one)
  await look(one, 'account-resets-none')
  await one.getByRole('button', { name: '提出重置' }).click()
  await one.getByRole('button', { name: '提出重置' }).last().click()
  await one.getByRole('link', { name: '请填写姓名，与证件一致。' }).waitFor()
  await look(one, 'account-resets-faults')
  await one.reload()
  await settled(one)
  await ask(one)
  await look(one, 'account-resets-asked')
  assert.deepEqual(faults, [])

  await own.goto(`${under.address}/my`)
  await own.getByText('还没有确认').waitFor()
  await look(own, 'my-reset-asked')
  await own.getByRole('button', { name: '不是我，阻止' }).click()
  await own.getByText('已经撤回或被阻止').waitFor()
  await look(own, 'my-reset-stopped')
  await one.getByRole('button', { name: '完成' }).click()
  await ask(one)

  const two = await officer('window.approval2', 360)
  await look(two, 'account-resets-list')
  await two.getByRole('button', { name: '确认', exact: true }).click()
  await two.getByLabel('姓名').fill(representative)
  await two.getByLabel('证件号码').fill(NUMBER)
  await two.getByLabel('同时重置第二步验证').check()
  await look(two, 'account-resets-confirm')
  await two.getByRole('button', { name: '确认并显示重置码' }).click()
  const paper = two.getByRole('dialog', { name: /密码重置码$/ })
  await paper.waitFor()
  await look(two, 'account-resets-paper')
  const code = (await paper.locator('.mx-handed-code').textContent()) ?? ''
  await paper.getByRole('button', { name: '已交给本人' }).click()
  await two.getByText('已确认，等本人使用').waitFor()
  assert.ok(!(await two.content()).includes(code), 'shown once')

  await own.goto(`${under.address}/my`)
  await own.getByRole('heading', { level: 1, name: '登录我的信用' }).waitFor()
  await own.getByRole('link', { name: '用重置码设置新密码' }).click()
  await look(own, 'my-reset-code')
  await own.getByLabel('账号').fill('firm')
  await own.getByLabel('重置码').fill(code.toLowerCase())
  await own.getByLabel('新密码', { exact: true }).fill(NEW_PASSWORD)
  await own.getByLabel('再输一次新密码').fill(NEW_PASSWORD)
  await own.getByRole('button', { name: '设置新密码' }).click()
  await own.getByText('第二步验证已重置').waitFor()
  await look(own, 'my-reset-done')
  await own.getByLabel('账号').fill('firm')
  await own.getByLabel('密码', { exact: true }).fill(NEW_PASSWORD)
  await own.getByRole('button', { name: '登录', exact: true }).click()
  await own.getByRole('heading', { level: 1, name: '登录安全' }).waitFor()
  await own.getByText('用重置码重新设置').waitFor()
  await look(own, 'my-reset-told')
  await setUpCodes(own)
  await own.getByText('已启用').waitFor()
  await two.reload()
  await two.getByText('本人已设置新密码').waitFor()
})

test('M458 · whoever may not reset an account finds no page for it', async () => {
  for (const role of ['auditor', 'system-administrator', 'receiver'] as const) {
    const page = await (await under.signedIn(role)).newPage()
    await page.goto(`${under.address}/console`)
    await settled(page)
    assert.equal(await page.getByRole('link', { name: '账号重置' }).count(), 0, role)
  }
})
