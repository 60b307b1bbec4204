import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { sql } from '../../src/db/database.ts'
import { listenForFaults, openConsole, settled } from './testing.ts'
import { casePath, lodgeRepair, lookedAt, OFFICERS_PASSWORD, twoOfficers } from './testing-cases.ts'

/* What two officers of one unit do about a case: one takes time and proposes, the other confirms; then they open one themselves. */

const NOW = new Date('2026-11-20T05:00:00Z')
let under: Awaited<ReturnType<typeof openConsole>>
let officer: BrowserContext
let colleague: BrowserContext
let key: Awaited<ReturnType<typeof lodgeRepair>>

before(async () => {
  under = await openConsole()
  under.test.setNow(NOW)
  key = await lodgeRepair(under)
  ;[officer, colleague] = await twoOfficers(under, 'urban-management')
})
after(() => under?.close())

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${under.address}/console${path}`)
  await settled(page)
  return page
}

/** Opens an act of the case, fills it in, does it, and waits for its being said. */
async function act(page: Page, name: string, fields: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('region', { name: '现在可以' }).getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value)
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByText(`已办：${name}。`).waitFor()
}

test('M264 · an officer accepts, takes more time once, and proposes; what waits for the second is not his', async () => {
  const page = await open(officer, casePath(key))
  const faults = listenForFaults(page)
  await act(page, '受理', {})
  await act(page, '延长期限', { 延长的理由: '需要向缴款银行核实' })
  const mayNot = page.getByRole('region', { name: '现在不可以' })
  await mayNot.getByText('期限已经延长过，依规定不能再延长').waitFor()
  await page.getByText('逐日怎么算').first().click()
  await page
    .getByText(/延长\d+个工作日/)
    .first()
    .waitFor()
  await page.getByRole('region', { name: '现在可以' }).getByRole('link', { name: '提出同意修复' }).click()
  await page.getByText('由本单位另一人确认后才算数').waitFor()
  await page.getByLabel('核实的情况').fill('罚款已缴清，整改已验收，承诺已签')
  await page.getByRole('button', { name: '提出同意修复' }).click()
  await page.getByText('已办：提出同意修复。').waitFor()
  await mayNot.getByText('提出的人不能自己确认').first().waitFor()
  await lookedAt(page, 'proposed-1280')
  await page.goto(`${under.address}/console/cases?turn=second`)
  await settled(page)
  await page.getByText('没有符合这些条件的案件').waitFor()
  await page.goto(`${under.address}/console`)
  await settled(page)
  await page.getByRole('link', { name: '等另一人确认的案件（1件）' }).waitFor()
  assert.deepEqual(faults, [])
  await page.close()
})

test('M264 · M458 · it stands among the other officer’s tasks; he proves who he is, looks it over, confirms, and the record is gone', async () => {
  const page = await open(colleague, '')
  await page.getByRole('link', { name: '确认1件案件的决定' }).click()
  await page.waitForURL(/turn=second/)
  await page
    .getByRole('table', { name: '在办案件' })
    .getByRole('link', { name: /确认.*的决定/ })
    .click()
  await page.getByText('第二人确认').first().waitFor()
  await page.getByRole('link', { name: '确认同意修复' }).click()
  await page.getByRole('button', { name: '核对' }).click()
  await page.getByRole('heading', { name: '核对：确认同意修复' }).waitFor()
  await page.getByText('停止公示和使用').first().waitFor()
  under.test.setNow(new Date(NOW.getTime() + 11 * 60_000))
  await page.getByRole('button', { name: '确认同意修复' }).click()
  const dialog = page.getByRole('dialog', { name: '再验证一次身份' })
  await dialog.getByLabel('密码', { exact: true }).fill(OFFICERS_PASSWORD)
  await dialog.getByRole('button', { name: '验证', exact: true }).click()
  await page.getByText('已办：确认同意修复。').waitFor()
  await lookedAt(page, 'granted-1280')
  const left = await under.test.worker.db.rows(sql`select from pub.record r join case_file c on c.subject_id = r.subject_id
    and c.about_ref = r.record_id::text where c.case_id = ${key.caseId}`)
  assert.equal(left.length, 0)
  await page.close()
})

test('SG13 · an officer opens a case from the archive: procedure, whom, which record, the form; a second one is refused with the first', async () => {
  const page = await open(officer, `/subjects/${key.subjectId}`)
  const faults = listenForFaults(page)
  await page.getByRole('link', { name: '提出案件' }).click()
  await page.getByRole('heading', { name: '提出案件', level: 1 }).waitFor()
  await lookedAt(page, 'new-case-1280')
  await page.getByRole('button', { name: '撤销修复' }).click()
  await page.getByRole('region', { name: '对谁' }).getByRole('button', { name: '更换' }).click()
  await page.locator('#case-subject').fill(key.name)
  await page.locator('#case-subject').press('Enter')
  await page.getByRole('button', { name: '选这个' }).first().click()
  await page.getByText(key.name).first().waitFor()
  await page.locator('#purpose').fill('案件办理')
  await page.locator('#business-no').fill('AJ-11')
  await page.getByRole('button', { name: '开始查看' }).click()
  await page.locator('tr', { hasText: key.documentNo }).getByRole('button', { name: '选这个' }).click()
  await page.getByRole('region', { name: '针对哪条信息' }).getByText(key.documentNo).waitFor()
  const form = { 事由: '缴款凭证是伪造的', 查明的事实: '银行没有这笔缴款', 证据: '银行回函', 撤销的后果: '余下的公示期继续' }
  await page.getByRole('button', { name: '拟撤销修复' }).click()
  await page.getByRole('alert').getByText('请填写“查明的事实”。').waitFor()
  await lookedAt(page, 'new-case-form-1280')
  await page.setViewportSize({ width: 360, height: 640 })
  await lookedAt(page, 'new-case-form-360')
  await page.setViewportSize({ width: 1280, height: 720 })
  for (const [label, value] of Object.entries(form)) await page.getByLabel(label, { exact: true }).last().fill(value)
  await page.getByRole('button', { name: '拟撤销修复' }).click()
  await page.waitForURL(/\/subjects\/\d+\/cases\/\d+$/)
  await page.getByText('告知书送达中').first().waitFor()
  await page.goto(`${under.address}/console/cases/new?subject=${key.subjectId}&procedure=repair-revocation&about=${key.recordId}`)
  await settled(page)
  for (const [label, value] of Object.entries(form)) await page.getByLabel(label, { exact: true }).last().fill(value)
  await page.getByRole('button', { name: '拟撤销修复' }).click()
  await page
    .getByRole('alert')
    .getByText(/同一事项已经在办，编号CX/)
    .waitFor()
  await page.getByRole('link', { name: '打开在办的那件' }).waitFor()
  assert.deepEqual(
    faults.filter(fault => !fault.includes('409') && !fault.includes('422')),
    [],
  )
  await page.close()
})
