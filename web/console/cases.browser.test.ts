import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import type { CaseKey } from '../../src/cases/model.ts'
import { sql } from '../../src/db/database.ts'
import { type ConsoleUnderTest, listenForFaults, openConsole, settled, WIDTHS } from './testing.ts'
import { casePath, lodgeObjections, lookedAt, supplement } from './testing-cases.ts'

/* What an officer does about a case: by due day, with what the law allows now and why not the rest. */

const UNIT = 'market-regulation'
let under: ConsoleUnderTest
let officer: BrowserContext
let keys: CaseKey[]

before(async () => {
  under = await openConsole()
  // On the second of December: overdue, due today, due soon, and three that have time; seven working days are the city's term of an answer.
  const days = ['2026-11-20', '2026-11-23', '2026-11-25', '2026-11-30', '2026-12-01', '2026-12-01']
  keys = await lodgeObjections(under, UNIT, days)
  under.test.setNow(new Date('2026-12-02T05:00:00Z'))
  officer = await under.signedInAs('case.market')
})
after(() => under?.close())

async function open(context: BrowserContext, path: string, width = 1280): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.setViewportSize({ width, height: width > 1000 ? 720 : 640 })
  await page.goto(`${under.address}/console${path}`)
  await settled(page)
  return page
}

async function stateOf(key: CaseKey | undefined): Promise<string | undefined> {
  const row = await under.test.worker.db.row<{ state: string }>(
    sql`select state from case_file where case_id = ${key?.caseId ?? 0}`,
  )
  return row?.state
}

async function looksAt(subjectId: number | undefined): Promise<number> {
  const row = await under.test.worker.db.row<{ count: number }>(
    sql`select count(*)::int as count from look where subject_id = ${subjectId ?? 0} and outlet = 'case'`,
  )
  return row?.count ?? 0
}

for (const width of WIDTHS)
  test(`M258 · principle 7 · at ${width} px the work list stands by due day, red for what is overdue alone; it names nobody, and a counter narrows it`, async () => {
    const page = await open(officer, '', width)
    const faults = listenForFaults(page)
    const table = page.getByRole('table', { name: '轮到本单位的案件' })
    const rows = table.locator('tbody tr')
    await rows.first().waitFor()
    const dues = await rows.locator('td[data-label="到期"]').allInnerTexts()
    assert.match(dues[0] ?? '', /已超期\d+个工作日/)
    assert.deepEqual(
      dues,
      [...dues].sort((a, b) => dayIn(a).localeCompare(dayIn(b))),
    )
    assert.equal(await table.locator('.mx-clock-overdue').count(), dues.filter(text => text.includes('已超期')).length)
    assert.match((await rows.first().locator('th').textContent()) ?? '', /^办理异议YY\d{8}-\d+$/)
    const names = await under.test.worker.db.rows<{ name: string }>(
      sql`select name from subject_card where subject_id = any(${keys.map(key => key.subjectId)}::bigint[])`,
    )
    const text = (await page.locator('main').textContent()) ?? ''
    for (const { name } of names) assert.ok(!text.includes(name), 'a name is a look')
    await lookedAt(page, `work-${width}`)
    await page.getByRole('link', { name: /已超期$/ }).click()
    await page.waitForURL(/due=overdue/)
    await page.waitForFunction(() => document.querySelectorAll('.mx-due-cases tbody tr').length === 1)
    assert.match(await page.title(), /^1件已超期 - 工作台 - 明信$/)
    assert.deepEqual(faults, [])
    await page.close()
  })

const dayIn = (text: string): string => /\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? ''

test('M258 · the case says what may be done now and why not the rest; looking at it is registered once, and its papers can be taken', async () => {
  const key = keys[0]
  const before = await looksAt(key?.subjectId)
  const page = await open(officer, casePath(key))
  assert.equal(await looksAt(key?.subjectId), before + 1)
  assert.match(await page.title(), /^待核查 - 异议 YY\d{8}-\d+ - 明信$/)
  const may = page.getByRole('region', { name: '现在可以' })
  assert.ok((await may.getByRole('link').count()) >= 4)
  await may.getByText('这条信息立即在各处停止公示和使用').waitFor()
  const mayNot = page.getByRole('region', { name: '现在不可以' })
  if ((await mayNot.count()) > 0) assert.match((await mayNot.textContent()) ?? '', /依据：《/)
  await page.getByText('逐日怎么算').first().click()
  await page.getByRole('list', { name: '到期日逐日怎么算' }).first().waitFor()
  await lookedAt(page, 'case-1280')
  await page.setViewportSize({ width: 360, height: 640 })
  await lookedAt(page, 'case-360')
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.getByRole('tab', { name: /^材料/ }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /缴款凭证/ }).click()])
  assert.equal(file.suggestedFilename(), '缴款凭证.pdf')
  await page.getByRole('tab', { name: /^文书与送达/ }).click()
  await page.getByRole('table', { name: '文书与送达' }).waitFor()
  await lookedAt(page, 'letters-1280')
  await page.close()
})

test('M258 · an officer asks for material, the clock rests; it comes, and he reads why he cannot take more time', async () => {
  const key = keys[4]
  const page = await open(officer, casePath(key))
  const faults = listenForFaults(page)
  await page.getByRole('link', { name: '请补充材料' }).click()
  await page.getByRole('heading', { name: '请补充材料', level: 1 }).waitFor()
  await page.getByRole('button', { name: '请补充材料' }).click()
  const summary = page.getByRole('alert')
  await summary.getByText('请填写“缺什么材料”。').waitFor()
  await lookedAt(page, 'act-missing-1280')
  await page.getByLabel('缺什么材料').fill('请交罚款缴款凭证的原件照片')
  await page.getByText('案件转入“待补充材料”').waitFor()
  await page.setViewportSize({ width: 360, height: 640 })
  await lookedAt(page, 'act-360')
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.getByRole('button', { name: '请补充材料' }).click()
  await page.getByText('已办：请补充材料。').waitFor()
  await page.getByText('现在轮到主体，您这里没有要办的。').waitFor()
  assert.equal(await stateOf(key), 'awaiting-material')
  await lookedAt(page, 'waiting-1280')
  await supplement(under, key as CaseKey)
  await page.reload()
  await settled(page)
  await page.getByRole('region', { name: '现在可以' }).getByRole('link', { name: '异议不成立，维持' }).waitFor()
  const mayNot = page.getByRole('region', { name: '现在不可以' })
  await mayNot.getByText('本地的规定没有给这个期限延长的余地，请在期限内办结。依据：《').waitFor()
  assert.deepEqual(faults, [])
  await page.close()
})

test('M258 · M261 · two officers press at once: one act, and the other reads who did what; what he typed is kept', async () => {
  const key = keys[3]
  const colleague = await under.signedInAs('case.market2')
  const [one, two] = [
    await open(officer, `${casePath(key)}?act=ask-material`),
    await open(colleague, `${casePath(key)}?act=keep`),
  ]
  await two.getByLabel('核查结果和理由').fill('决定书上的数额与报送的一致')
  await one.getByLabel('缺什么材料').fill('请交缴款凭证')
  await one.getByRole('button', { name: '请补充材料' }).click()
  await one.getByText('已办：请补充材料。').waitFor()
  const press = async (): Promise<void> => await two.getByRole('button', { name: '异议不成立，维持' }).click()
  if ((await two.getByRole('button', { name: '核对' }).count()) > 0) await two.getByRole('button', { name: '核对' }).click()
  await press()
  const refusal = two.getByRole('alert')
  await refusal.getByText(/您打开本页后，澜川市市场监督管理局已经作出“请补充材料”。您的操作没有执行/).waitFor()
  await two.getByText('现在轮到主体').waitFor()
  await lookedAt(two, 'overtaken-1280')
  assert.equal(await stateOf(key), 'awaiting-material')
  await supplement(under, key as CaseKey)
  await colleague.close()
  await one.close()
})

test('M258 · what nothing brings back is looked over once more, with all that follows; then the record is gone and the case goes on', async () => {
  const key = keys[1]
  const page = await open(officer, casePath(key))
  await page.getByRole('link', { name: '异议成立，删除' }).click()
  await page.getByLabel('核查结果和理由').fill('报送时多写了一个零')
  await page.getByRole('button', { name: '核对' }).click()
  await page.getByRole('heading', { name: '核对：异议成立，删除' }).waitFor()
  await page.getByText('报送时多写了一个零').waitFor()
  await page.getByText('这一步办了以后，本案件里不能撤回。').waitFor()
  await lookedAt(page, 'review-1280')
  await page.getByRole('button', { name: '返回修改' }).click()
  assert.equal(await page.getByLabel('核查结果和理由').inputValue(), '报送时多写了一个零')
  await page.getByRole('button', { name: '核对' }).click()
  await page.getByRole('button', { name: '异议成立，删除' }).click()
  await page.getByText('已办：异议成立，删除。').waitFor()
  await page.getByRole('link', { name: /下一件：/ }).waitFor()
  assert.match((await stateOf(key)) ?? '', /^(confirming|corrected)$/)
  const left = await under.test.worker.db.rows(sql`select from pub.record r join case_file c on c.subject_id = r.subject_id
    and c.about_ref = r.record_id::text where c.case_id = ${key?.caseId ?? 0}`)
  assert.equal(left.length, 0)
  await page.close()
})

test('M258 · a case passed to another unit is no longer shown here, and stands in that unit’s list', async () => {
  const key = keys[2]
  const page = await open(officer, casePath(key))
  await page.getByRole('link', { name: '转其他单位' }).click()
  await page.getByLabel('转给哪个单位').selectOption({ label: '澜川市生态环境局' })
  await page.getByLabel('转办的理由').fill('处罚由生态环境部门作出')
  await page.getByRole('button', { name: '转其他单位' }).click()
  await page.getByText('已办：转其他单位。案件已经不在本单位').waitFor()
  await page.waitForURL(/\/console\/cases$/)
  const other = await under.signedInAs('case.ecology')
  const there = await open(other, '/cases?turn=ours')
  await there.locator(`a[href$="${casePath(key)}"]`).waitFor()
  await other.close()
  await page.close()
})

for (const width of WIDTHS)
  test(`SG2 · the credit office sees the clocks of every unit at ${width} px, breaches by name, each figure a way to its cases`, async () => {
    const office = await under.signedIn('credit-office', width)
    const page = await open(office, '/clocks', width)
    await page.getByText(/已超期：.*澜川市市场监督管理局\d+件/).waitFor()
    await lookedAt(page, `clocks-${width}`)
    await page.getByRole('link', { name: /^澜川市市场监督管理局，已超期/ }).click()
    await page.waitForURL(/cases\?unit=market-regulation&due=overdue/)
    await page.getByRole('table', { name: '在办案件' }).waitFor()
    await page.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1)
    await lookedAt(page, `cases-${width}`)
    await office.close()
  })
