import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { openTestGovernmentCase } from '../../src/campaigns/testing.ts'
import { sql } from '../../src/db/database.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { listenForFaults, openConsole, settled } from './testing.ts'
import { lookedAt, twoOfficers } from './testing-cases.ts'

/* A campaign from its form to its report, by two officers; a list that becomes cases; the ledger of the government’s own cases. */

let under: Awaited<ReturnType<typeof openConsole>>
let officer: BrowserContext
let colleague: BrowserContext
let codes: string[]
let faults: string[] = []

before(async () => {
  under = await openConsole()
  under.test.setNow(new Date('2026-11-20T05:00:00Z'))
  ;[officer, colleague] = await twoOfficers(under, 'urban-management')
  const rows = await under.test.worker.db.rows<{ uscc: string }>(
    sql`select uscc from pub.subject where kind = 'enterprise' and uscc is not null order by subject_id limit 2`,
  )
  codes = rows.map(row => row.uscc)
  await openTestGovernmentCase(under.test.app)
})
after(() => under?.close())

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  faults = listenForFaults(page)
  await page.goto(`${under.address}/console${path}`)
  await settled(page)
  return page
}

test('M279 · an officer proposes a campaign; a number of punishments is refused with the reason, and his own confirmation is not offered', async () => {
  const page = await open(officer, '/campaigns/new')
  await page.getByRole('button', { name: '交另一人确认' }).click()
  await page.getByText('请填写名称，至少4个字').first().waitFor()
  await page.getByLabel('名称', { exact: true }).fill('占道经营专项治理')
  await page.getByLabel('主题').selectOption({ label: '屡禁不止的问题' })
  await page.getByLabel('治理内容').fill('清理占道经营，罚款不少于20家。')
  await page.getByText('上级或者本单位的文件', { exact: true }).click()
  await page.getByLabel('文号').fill('澜城管〔2026〕3号')
  await page.getByLabel('发文单位').fill('澜川市城市管理局')
  await page.getByLabel('开始').fill('2026-11-20')
  await page.getByLabel('结束').fill('2026-12-31')
  await page.getByLabel('督促的案件数').fill('3')
  await lookedAt(page, 'campaign-form-1280')
  await page.getByRole('button', { name: '交另一人确认' }).click()
  await page.getByText('这里给“罚款”定了数目').waitFor()
  await page.getByLabel('治理内容').fill('督促沿街门店收回占道的货物，逐户核实。')
  await page.getByRole('button', { name: '交另一人确认' }).click()
  await page.getByRole('heading', { name: '占道经营专项治理' }).waitFor()
  await page.getByText('等本单位另一人确认，确认以后才开始。').waitFor()
  await lookedAt(page, 'campaign-proposed-1280')
  assert.deepEqual(
    faults.filter(one => !one.includes('422')),
    [],
  )
  await page.close()
})

test('M281 · M458 · it stands among the other officer’s tasks, and begins when he confirms it', async () => {
  const page = await open(colleague, '')
  await page.getByRole('link', { name: '确认或者退回1项专项治理' }).click()
  await page.getByRole('link', { name: '占道经营专项治理' }).click()
  await page.getByRole('button', { name: '确认开始' }).click()
  await page.getByRole('link', { name: '成批提出案件' }).waitFor()
  assert.deepEqual(faults, [])
  await page.close()
})

test('M279 · a pasted list becomes cases, each its own; what is no code and who is not known say why', async () => {
  const page = await open(officer, '/campaigns')
  await page.getByRole('link', { name: '占道经营专项治理' }).click()
  await page.getByRole('link', { name: '成批提出案件' }).click()
  await page.getByRole('button', { name: '限期整改' }).click()
  const unknown = inventedUscc('enterprise', 9_900_007)
  await page.getByLabel('粘贴统一社会信用代码').fill([...codes, unknown, '某某商店'].join('\n'))
  await page.getByRole('button', { name: '认出代码' }).click()
  await page.getByText('认出3个代码，1行没有认出。').waitFor()
  await page.getByLabel('查明的事实').fill('货物摆放在人行道上')
  await page.getByLabel('整改的内容').fill('收回占道的货物')
  await page.getByLabel('整改到哪一天').fill('2026-12-20')
  await page.getByLabel('逾期的后果').fill('逾期未整改的，依次提示约谈、警示约谈')
  await lookedAt(page, 'campaign-list-1280')
  await page.getByRole('button', { name: '责令限期整改' }).click()
  await page.getByText('3个代码：成了案件2件，没有成1个，还没有办0个').waitFor()
  await page.getByText('平台上没有这个代码的主体').waitFor()
  await lookedAt(page, 'campaign-receipt-1280')
  await page.reload()
  await settled(page)
  await page.getByText('3个代码：成了案件2件，没有成1个，还没有办0个').waitFor()
  assert.deepEqual(faults, [])
  await page.close()
})

test('M279 · M281 · the page of the campaign counts by unit and state; on a phone too; a case says to which campaign it belongs', async () => {
  const page = await open(officer, '/campaigns')
  await page.getByRole('link', { name: '占道经营专项治理' }).click()
  await page.getByRole('table', { name: '各单位' }).waitFor()
  await page.getByText('2件，目标3件').waitFor()
  await lookedAt(page, 'campaign-1280')
  await page.setViewportSize({ width: 360, height: 640 })
  await lookedAt(page, 'campaign-360')
  await page.setViewportSize({ width: 1280, height: 720 })
  await page
    .getByRole('table', { name: '在办案件' })
    .getByRole('link', { name: /限期整改/ })
    .first()
    .click()
  await page.getByText('所在专项治理').waitFor()
  await page.goto(`${under.address}/console/cases/new?procedure=rectification`)
  await settled(page)
  await page.getByLabel('放进专项治理').selectOption({ label: '占道经营专项治理' })
  assert.deepEqual(faults, [])
  await page.close()
})

test('M281 · the lead unit concludes it after looking it over; nothing is put into it any more', async () => {
  const page = await open(officer, '/campaigns')
  await page.getByRole('link', { name: '占道经营专项治理' }).click()
  await page.getByRole('button', { name: '核对' }).click()
  await page.getByText('请写总结，至少10个字').waitFor()
  await page.getByLabel('总结', { exact: true }).fill('多数门店是卸货以后没有及时收回，已约定卸货时段。')
  await page.getByRole('button', { name: '核对' }).click()
  await page.getByRole('button', { name: '总结，结束专项治理' }).click()
  await page.getByRole('heading', { name: '2026-11-20总结' }).waitFor()
  await page.getByText('已总结').first().waitFor()
  await lookedAt(page, 'campaign-concluded-1280')
  assert.deepEqual(faults, [])
  await page.close()
})

test('M282 · the credit office reads the ledger of bodies of the state, narrows it, and takes it along', async () => {
  const context = await under.signedIn('credit-office')
  const page = await open(context, '/government-cases')
  await page.getByRole('link', { name: '澜川示例管理局' }).waitFor()
  await page.getByText('拖欠设备款').waitFor()
  await lookedAt(page, 'government-cases-1280')
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: '导出' }).click()
  const csv = await readFile((await (await download).path()) ?? '', 'utf8')
  assert.match(csv, /澜川示例管理局/)
  await page.getByText('已办结', { exact: true }).click()
  await page.getByText('还没有办结的案件。').waitFor()
  await page.setViewportSize({ width: 360, height: 640 })
  await page.getByText('全部', { exact: true }).click()
  await page.getByRole('link', { name: '澜川示例管理局' }).waitFor()
  await lookedAt(page, 'government-cases-360')
  assert.deepEqual(faults, [])
  await page.close()
  await context.close()
})
