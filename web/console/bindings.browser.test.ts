import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { day } from '../../src/base/day.ts'
import { sql } from '../../src/db/database.ts'
import { inventedResidentId } from '../../src/subject/invented.ts'
import { axeFindings, type ConsoleUnderTest, listenForFaults, openConsole, settled } from './testing.ts'

/* From the window to the agent: two officers bind a firm's legal representative, who opens the account with the code on paper and, on a
 * phone, makes an agent. Done in a browser against the real door; every page on the way passes axe and is no wider than the window. */

const PASSWORD = 'lan-chuan-17-bamboo'
const NUMBER = inventedResidentId(1, day('1980-05-06'))
let under: ConsoleUnderTest
const found: string[] = []

before(async () => {
  under = await openConsole()
})
after(async () => {
  await under?.close()
})

async function look(page: Page, what: string): Promise<void> {
  for (const finding of await axeFindings(page)) found.push(`${what}: ${finding}`)
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  if (wider > 0) found.push(`${what}: ${wider} px too wide`)
}

async function officer(login: string, width: number): Promise<Page> {
  const context = await under.context(width)
  const account = under.accounts.find(one => one.login === login)
  const answer = await context.request.post(`${under.address}/api/v1/sessions`, { data: { login, password: account?.password } })
  assert.ok(answer.ok(), await answer.text())
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${under.address}/console/bindings`)
  await settled(page)
  return page
}

async function fillPerson(page: Page, name: string): Promise<void> {
  await page.getByLabel('姓名').fill(name)
  await page.getByLabel('证件号码').fill(NUMBER)
}

type Firm = { name: string; uscc: string; representative: string }

async function someFirm(): Promise<Firm> {
  const row =
    await under.test.worker.db.row<Firm>(sql`select c.name, c.uscc, c.legal_representative as representative from subject_card c join pub.subject using (subject_id)
    where c.kind = 'enterprise' and c.uscc is not null and c.legal_representative is not null order by c.subject_id limit 1`)
  assert.ok(row)
  return row
}

test('M061 · M062 · two officers bind, the person activates on a phone, invites an agent, and speaks for the firm', async () => {
  const firm = await someFirm()
  const one = await officer('window.approval', 1280)
  const faults = listenForFaults(one)
  await one.getByRole('button', { name: '提出绑定' }).click()
  await look(one, 'the form of the first officer')
  await one.getByLabel('主体的统一社会信用代码').fill(firm.uscc)
  await fillPerson(one, firm.representative)
  await one.getByLabel('营业执照编号').fill('照-2026-0001')
  await one.getByRole('button', { name: '提出绑定' }).last().click()
  await one.getByText('请本单位另一名窗口人员').waitFor()
  await look(one, 'the opened binding')
  assert.deepEqual(faults, [])

  const two = await officer('window.approval2', 360)
  await look(two, 'the list on a phone')
  await two.getByRole('button', { name: '确认', exact: true }).click()
  await fillPerson(two, firm.representative)
  await look(two, 'the form of the second officer')
  await two.getByRole('button', { name: '确认绑定' }).click()
  await two.getByRole('heading', { name: '已绑定' }).waitFor()
  await look(two, 'the paper')
  const code = (await two.locator('.mx-code-paper').textContent()) ?? ''

  const phone = await under.context(360)
  const page = await activate(phone, code)
  await page.getByRole('heading', { level: 1, name: '我的信用' }).waitFor()
  await look(page, 'the overview')
  assert.match((await page.locator('.speaks-for').textContent()) ?? '', new RegExp(`代表：${firm.name}（法定代表人）`))
  await inviteAgent(page)
  await page.goto(`${under.address}/my/agents`)
  await look(page, 'the agents')
  await page.goto(`${under.address}/my/subject`)
  await look(page, 'the choice')
  assert.deepEqual(found, [])
})

async function activate(phone: BrowserContext, code: string): Promise<Page> {
  const page = await phone.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${under.address}/my/activate`)
  await look(page, 'the activation')
  await page.getByLabel('激活码').fill(code)
  await page.getByLabel('账号').fill('bound.person')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByLabel('再填一次密码').fill(PASSWORD)
  await page.getByRole('button', { name: '激活' }).click()
  await page.getByRole('heading', { level: 1, name: '账号已开通' }).waitFor()
  await look(page, 'the activated account')
  await page.goto(`${under.address}/my/sign-in`)
  await page.getByLabel('账号').fill('bound.person')
  await page.getByLabel('密码').fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  return page
}

async function inviteAgent(page: Page): Promise<void> {
  await page.getByRole('link', { name: '经办人' }).click()
  await page.getByRole('link', { name: '邀请经办人' }).click()
  await page.getByRole('button', { name: '生成邀请码' }).click()
  await look(page, 'the invitation, with faults')
  await page.getByLabel('经办人姓名').fill('周晓岚')
  await page.getByLabel('开具信用报告').check()
  await page.getByLabel('截止日').fill('2027-03-31')
  await page.getByRole('button', { name: '生成邀请码' }).click()
  await page.getByRole('heading', { level: 1, name: '邀请码已生成' }).waitFor()
  await look(page, 'the code')
}
