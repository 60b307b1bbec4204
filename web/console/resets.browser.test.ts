import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { inventedUscc } from '../../src/subject/invented.ts'
import { axeFindings, type ConsoleUnderTest, listenForFaults, openConsole, settled, WIDTHS } from './testing.ts'

/* What two administrators do about people and organisations: a lost password, another unit, another name; and the proof asked for in between. */

let under: ConsoleUnderTest
before(async () => {
  under = await openConsole()
})
after(() => under.close())

const LOGIN = 'clerk.ecology'
const NEW_PASSWORD = 'qing-chen-kan-yun-8'

async function open(role: 'system-administrator' | 'security-administrator', of: string): Promise<Page> {
  const page = await (await under.signedIn(role)).newPage()
  await page.goto(`${under.address}/console/people?of=${of}`)
  await settled(page)
  return page
}

async function look(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width > 1000 ? 720 : 640 })
    assert.deepEqual(await axeFindings(page), [], `${name} ${width}`)
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)
    assert.ok(tooWide <= 0, `${name} ${width}: ${tooWide} px too wide`)
  }
  await page.setViewportSize({ width: 1280, height: 720 })
}

const later = (minutes: number): void => under.test.setNow(new Date(under.test.app.now().getTime() + minutes * 60_000))
const passwordOf = (role: string): string => under.accounts.find(it => it.role === role)?.password ?? ''

/** Types the password into the dialog that asks again who it is. */
async function proveAgain(page: Page, role: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '再验证一次身份' })
  await dialog.getByLabel('密码', { exact: true }).fill(passwordOf(role))
  await dialog.getByRole('button', { name: '验证', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

test('M458 · two administrators reset a lost password: asked, proved again, confirmed, handed over once, used', async () => {
  const [system, security] = [
    await open('system-administrator', 'ecology-environment'),
    await open('security-administrator', 'ecology-environment'),
  ]
  const faults = [listenForFaults(system), listenForFaults(security)]
  later(11)
  const card = system.locator('.mx-cards > li', { hasText: LOGIN })
  await card.getByRole('button', { name: '提出重置密码' }).click()
  await card.getByLabel('理由').fill('忘记密码，已当面核对身份')
  await card.getByLabel('同时重置第二步验证').check()
  await look(system, 'reset-ask')
  await card.getByRole('button', { name: '提出重置密码' }).click()
  await system.getByRole('dialog', { name: '再验证一次身份' }).getByLabel('密码', { exact: true }).waitFor()
  assert.equal(await system.evaluate(() => document.activeElement?.id), 'factor-code', 'the field has the focus')
  await look(system, 'reset-proof')
  await system.getByRole('dialog').getByRole('button', { name: '不办' }).click()
  await card.getByRole('alert').filter({ hasText: '请先再验证一次' }).waitFor()
  assert.equal(await card.getByLabel('理由').inputValue(), '忘记密码，已当面核对身份', 'nothing typed is lost')
  await card.getByRole('button', { name: '提出重置密码' }).click()
  await proveAgain(system, 'system-administrator')
  await card.getByText('已提出，等安全管理员确认').waitFor()
  const mine = system.locator('.mx-resets tr', { hasText: LOGIN })
  await mine.getByRole('button', { name: '撤回' }).waitFor()
  assert.equal(await mine.getByRole('button', { name: '确认重置' }).count(), 0, 'whoever asks does not confirm')

  await security.goto(`${under.address}/console/`)
  await settled(security)
  await look(security, 'work-list')
  await security.getByRole('link', { name: '确认1个账号的密码重置' }).click()
  await settled(security)
  const theirs = security.locator('.mx-resets tr', { hasText: LOGIN })
  await theirs.getByRole('button', { name: '撤回' }).waitFor() // either stops what is in the wrong hands
  await theirs.getByRole('button', { name: '确认重置' }).click()
  await look(security, 'reset-confirm')
  await security.getByRole('button', { name: '确认并显示重置码' }).click()
  await proveAgain(security, 'security-administrator')
  const paper = security.getByRole('dialog', { name: /密码重置码$/ })
  await paper.waitFor()
  const code = (await paper.locator('.mx-handed-code').textContent()) ?? ''
  assert.match(code, /^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
  for (const sentence of [/有效至\d{4}-\d\d-\d\d \d\d:\d\d，只能用一次/, /第二步验证保留/, /\/signin\/reset/])
    await paper.getByText(sentence).waitFor()
  await look(security, 'reset-paper')
  await security.keyboard.press('Escape')
  assert.ok(await paper.isVisible(), 'the code is not lost by a key')
  await security.emulateMedia({ media: 'print' })
  assert.equal(await security.locator('h1').isVisible(), false, 'the sheet holds nothing of the page behind')
  assert.ok(await paper.locator('.mx-handed-code').isVisible())
  assert.equal(await paper.getByRole('button').count(), 0, 'paper has no buttons')
  await security.emulateMedia({ media: 'screen' })
  await paper.getByRole('button', { name: '已交给本人' }).click()
  await theirs.getByText('已确认，等本人使用').waitFor()
  await theirs.getByRole('button', { name: '撤回重置码' }).waitFor()
  assert.ok(!(await security.content()).includes(code), 'shown once')
  await look(security, 'reset-waits')

  const own = await (await under.context(360)).newPage()
  await own.goto(`${under.address}/signin/reset`)
  await own.getByLabel('账号').fill(LOGIN)
  await own.getByLabel('重置码').fill(code)
  await own.getByLabel('新密码', { exact: true }).fill(NEW_PASSWORD)
  await own.getByLabel(/再.*新密码/).fill(NEW_PASSWORD)
  await own.getByRole('button', { name: '设置新密码' }).click()
  await own.getByText('新密码已设置，请用新密码登录').waitFor()
  await own.goto(`${under.address}/console`)
  await own.getByLabel('账号').fill(LOGIN)
  await own.locator('#password').fill(NEW_PASSWORD)
  await own.getByRole('button', { name: '登录', exact: true }).click()
  await own.getByRole('heading', { level: 1, name: '工作台' }).waitFor()
  await security.reload()
  await security.getByText('没有待办的密码重置').waitFor()
  assert.deepEqual(
    faults.flat().filter(fault => !/40[39]/.test(fault)),
    [],
  )
})

test('M458 · the administrator who asked withdraws a reset before it is confirmed', async () => {
  const system = await open('system-administrator', 'market-regulation')
  const card = system.locator('.mx-cards > li', { hasText: 'clerk.market' })
  await card.getByRole('button', { name: '提出重置密码' }).click()
  await card.getByLabel('理由').fill('忘记密码')
  await card.getByRole('button', { name: '提出重置密码' }).click()
  await card.getByRole('button', { name: '返回' }).click()
  await system.locator('.mx-resets tr', { hasText: 'clerk.market' }).getByRole('button', { name: '撤回' }).click()
  await system.getByText('已撤回。').waitFor()
  await system.getByText('没有待办的密码重置').waitFor()
  for (const role of ['unit-administrator', 'auditor'] as const) {
    const page = await (await under.signedIn(role)).newPage()
    await page.goto(`${under.address}/console/people`)
    await settled(page)
    assert.equal(await page.locator('.mx-resets').count(), 0, role)
    assert.equal(await page.getByRole('button', { name: '提出重置密码' }).count(), 0, role)
  }
})

test('M458 · an account gets another name, is moved, and loses its roles with the old unit', async () => {
  const system = await open('system-administrator', 'market-regulation')
  await system.fill('#new-login', 'moved.clerk')
  await system.fill('#new-name', '原姓名')
  await system.getByRole('button', { name: '建立账号' }).click()
  await system.getByRole('button', { name: '已交给本人' }).click()
  const card = system.locator('.mx-cards > li', { hasText: 'moved.clerk' })
  await card.getByRole('button', { name: '变更姓名或机构' }).click()
  await look(system, 'change-account')
  await card.getByLabel('姓名').fill('新姓名')
  await card.getByLabel('理由').fill('姓名登记有误')
  await card.getByRole('button', { name: '变更姓名', exact: true }).click()
  await card.getByRole('heading', { name: '新姓名' }).waitFor()
  await card.getByRole('button', { name: '变更姓名或机构' }).click()
  await card.getByRole('combobox', { name: '机构' }).fill('生态环境局')
  await system
    .locator('.ant-select-item-option', { hasText: /^.*市生态环境局$/ })
    .first()
    .click()
  await card.getByLabel('理由').fill('岗位调动')
  await card.getByRole('button', { name: '调动并收回角色' }).click()
  await card.waitFor({ state: 'detached' })
  await system.goto(`${under.address}/console/people?of=ecology-environment`)
  await system.locator('.mx-cards > li', { hasText: 'moved.clerk' }).getByRole('heading', { name: '新姓名' }).waitFor()
})

test('M458 · a registered organisation is changed by two persons; whoever confirms reads what changes', async () => {
  const system = await open('system-administrator', 'credit-office')
  await system.fill('#org-name', '澜川示例村镇银行')
  await system.fill('#org-uscc', inventedUscc('enterprise', 7_000_001))
  await system.fill('#org-reason', '接入授权查询')
  await system.getByRole('button', { name: '登记机构' }).click()
  await system.getByText('已提出，等另一人确认').waitFor()
  const security = await open('security-administrator', 'credit-office')
  await security.locator('tr', { hasText: '澜川示例村镇银行' }).getByRole('button', { name: '确认', exact: true }).click()
  await security.getByText('已确认。').waitFor()
  await system.reload()
  await settled(system)
  await system
    .getByRole('navigation', { name: '机构', exact: true })
    .getByRole('button', { name: /澜川示例村镇银行/ })
    .click()
  await system.getByRole('button', { name: '填写变更内容' }).click()
  assert.equal(await system.inputValue('#change-name'), '澜川示例村镇银行')
  await look(system, 'change-organisation')
  await system.fill('#change-name', '澜川示例农村银行')
  await system.fill('#change-reason', '名称变更登记')
  await system.getByRole('button', { name: '提出变更机构' }).click()
  await system.locator('form', { hasText: '提出变更机构' }).getByText('已提出，等另一人确认').waitFor()
  await security.reload()
  await settled(security)
  const row = security.locator('tr', { hasText: '澜川示例村镇银行' })
  await row.getByText('变更登记：名称改为“澜川示例农村银行”').waitFor()
  later(11)
  await row.getByRole('button', { name: '确认', exact: true }).click()
  await proveAgain(security, 'security-administrator')
  await security.getByText('已确认。').waitFor()
  await security
    .getByRole('navigation', { name: '机构', exact: true })
    .getByRole('button', { name: /澜川示例农村银行/ })
    .waitFor()
})
