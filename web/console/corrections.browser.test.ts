import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { openConsole, settled } from './testing.ts'
import { casePath, lodgeObjections, lookedAt, twoOfficers } from './testing-cases.ts'

/* A record corrected within its objection, as the two officers see it: what it says, what it should say, and what the second looks over. */

let under: Awaited<ReturnType<typeof openConsole>>
let officer: BrowserContext
let colleague: BrowserContext
let path: string

before(async () => {
  under = await openConsole()
  const [key] = await lodgeObjections(under, 'market-regulation', ['2026-11-20'])
  path = casePath(key)
  ;[officer, colleague] = await twoOfficers(under, 'market-regulation')
})
after(() => under?.close())

async function open(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${under.address}/console${path}`)
  await settled(page)
  return page
}

test('M260 · an officer opens the wrong column of a record, writes what it should say, sees old and new, and proposes', async () => {
  const page = await open(officer)
  await page.getByRole('link', { name: '异议成立，提出更正' }).click()
  await page.getByRole('heading', { name: '异议成立，提出更正', level: 1 }).waitFor()
  await page.getByRole('button', { name: '异议成立，提出更正' }).click()
  await page.getByText('请填写“更正的内容”').first().waitFor()
  await page.getByRole('button', { name: '更正：处罚内容' }).click()
  const input = page.getByLabel('处罚内容', { exact: true })
  await input.fill('警告（以决定书正本为准）')
  await page.getByText('已改1项').waitFor()
  await lookedAt(page, 'correction-form-1280')
  await page.setViewportSize({ width: 360, height: 640 })
  await lookedAt(page, 'correction-form-360')
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.getByLabel('核查结果和理由').fill('核对决定书正本，报送有误')
  await page.getByRole('button', { name: '异议成立，提出更正' }).click()
  await page.getByText('已办：异议成立，提出更正。').waitFor()
  await page.getByText('更正为“警告（以决定书正本为准）”').waitFor()
  await page.close()
})

test('M260 · the second officer reads old and new in the course of the case, looks over what follows, and confirms', async () => {
  const page = await open(colleague)
  await page.getByText('更正为“警告（以决定书正本为准）”').waitFor()
  await page.getByRole('link', { name: '确认更正' }).click()
  await page.getByRole('button', { name: '核对' }).click()
  await page.getByText('更正后的信息立即替换原来的').waitFor()
  await lookedAt(page, 'correction-confirm-1280')
  await page.getByRole('button', { name: '确认更正' }).click()
  await page.getByText('已办：确认更正。').waitFor()
  await lookedAt(page, 'corrected-1280')
  await page.close()
})
