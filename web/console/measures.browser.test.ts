import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import type { Actor } from '../../src/access/actor.ts'
import type { CaseKey } from '../../src/cases/model.ts'
import { beginMeasure } from '../../src/cases/testing-measure-in-force.ts'
import { as, askerToo, type Firm, MeasureDesk } from '../../src/cases/testing-measures.ts'
import { sql } from '../../src/db/database.ts'
import { annulTestRecord } from '../../src/reports/archive-testing.ts'
import { type ConsoleUnderTest, listenForFaults, openConsole, settled } from './testing.ts'
import { casePath, lookedAt } from './testing-cases.ts'

// A measure at the window: the officer reads the law and the decision, answers by name, ends what was held; the unit sees what came of it and when to look again.

let under: ConsoleUnderTest
let desk: MeasureDesk
let one: Firm
let key: CaseKey
let asked: CaseKey
before(async () => {
  under = await openConsole()
  desk = new MeasureDesk(under.test, 7600)
  one = await desk.firm()
  const [first, second] = await Promise.all(['case.approval', 'case.approval2'].map(actorOf))
  key = await beginMeasure(under.test, desk, one, [first as Actor, second as Actor])
  asked = await desk.initiate(await desk.firm())
  await desk.step(askerToo, asked, 'ask')
})
after(() => under.close())

async function actorOf(login: string): Promise<Actor> {
  const row = await under.test.worker.db.row<{ id: number }>(sql`select account_id as id from account where login = ${login}`)
  return as(`account:${row?.id}`, 'approval', 'case-officer')
}

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${under.address}/console${path}`)
  await settled(page)
  return page
}

/** Checks the firm under a business number. */
async function check(page: Page, businessNo: string): Promise<void> {
  await page.getByLabel('事由').fill('行政许可')
  await page.getByLabel('业务编号').fill(businessNo)
  await page.getByLabel('代码或完整名称').fill(one.code)
  await page.getByRole('button', { name: '核查', exact: true }).click()
  await page.getByRole('heading', { name: /项措施，请逐项答复/ }).waitFor()
  await settled(page)
}

for (const width of [1280, 360] as const)
  test(`M218 · SG11 · at ${width} px a window officer holds a matter with its reason, releases it later, and the answer says who and when`, async () => {
    const page = await open(await under.signedInAs('window.approval', width), '/check')
    const faults = listenForFaults(page)
    const no = `许-${width}`
    await check(page, no)
    const prompts = page.getByRole('region', { name: /项措施，请逐项答复/ })
    const text = (await prompts.textContent()) ?? ''
    for (const said of [
      '澜川市行政审批服务局',
      '市审批局经办人员',
      '列入名单期间',
      '2027-12-01',
      '澜川市人力资源和社会保障局',
      '澜人社欠薪列〔2026〕',
      '保障农民工工资支付条例',
    ])
      assert.ok(text.includes(said), `${said}: ${text}`)
    assert.match(text, /平台不自动拒绝任何人的事项/)
    await lookedAt(page, `check-prompt-${width}`)
    await prompts.getByRole('button', { name: '暂缓', exact: true }).click()
    await page.getByRole('button', { name: '具名答复：暂缓' }).click()
    await page.getByRole('alert').getByText('请写明理由，主体和发起单位会看到').waitFor()
    await page.getByRole('textbox', { name: '理由' }).fill('正在核实是否已经付清')
    await lookedAt(page, `check-hold-${width}`)
    await page.getByRole('button', { name: '具名答复：暂缓' }).click()
    await prompts.getByText('已答复：暂缓').waitFor()
    await check(page, no)
    await prompts.getByText('理由：正在核实是否已经付清').waitFor()
    await prompts.getByText(/市审批局窗口人员.*，2026-12-01/).waitFor()
    assert.equal(await prompts.getByRole('button', { name: '暂缓', exact: true }).count(), 0, 'what is held is not held again')
    await prompts.getByRole('button', { name: '不适用', exact: true }).click()
    await page.getByRole('textbox', { name: '理由' }).fill('已经付清，有凭证')
    await page.getByRole('button', { name: '具名答复：不适用' }).click()
    await prompts.getByText('已答复：不适用').waitFor()
    assert.equal(await prompts.getByRole('button').count(), 0, 'answered for good')
    await page.getByRole('button', { name: '本单位的措施和以前的答复' }).click()
    const earlier = page.getByRole('region', { name: '以前的答复' })
    await earlier.getByText(`行政许可 ${no}`).waitFor()
    await earlier.getByText('已答复：暂缓').first().waitFor()
    await lookedAt(page, `check-answered-${width}`)
    assert.deepEqual(faults, [])
    await page.close()
  })

test('M219 · the unit sees its measures by number, when each is looked at again, and what the windows did; the work list has the day to respond', async () => {
  const own = await under.signedInAs('case.approval')
  const page = await open(own, '/measures')
  const faults = listenForFaults(page)
  const row = page.getByRole('row', { name: /拖欠农民工工资/ })
  await row.getByText('适用0次，暂缓2次，不适用2次').waitFor()
  assert.equal(await row.locator('.mx-clock-overdue').count(), 0, 'a year is left')
  assert.ok(!((await page.locator('main').textContent()) ?? '').includes('澜川措施示例'), 'a name is a look')
  await lookedAt(page, 'measures-1280')
  under.test.setNow(new Date('2027-11-10T04:00:00Z'))
  const later = await open(await under.signedInAs('case.approval', 360), '/measures')
  await later.locator('.mx-clock-overdue', { hasText: '2027-12-01，30天内要复查' }).waitFor()
  await lookedAt(later, 'measures-soon-360')
  under.test.setNow(new Date('2026-12-01T04:00:00Z'))
  await page.goto(`${under.address}/console`)
  await settled(page)
  await page
    .getByRole('table', { name: '轮到本单位的案件' })
    .getByRole('row', { name: /联合惩戒/ })
    .first()
    .waitFor()
  await lookedAt(page, 'work-measure-1280')
  for (const [name, at, may] of [
    ['asked', asked, '拟采取措施'],
    ['in-force', key, '复查，继续采取'],
  ] as const) {
    await page.goto(`${under.address}/console${casePath(at)}`)
    await settled(page)
    await lookedAt(page, `case-measure-${name}-1280`)
    await page.setViewportSize({ width: 360, height: 640 })
    await lookedAt(page, `case-measure-${name}-360`)
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.getByRole('region', { name: '现在可以' }).getByRole('link', { name: may }).waitFor()
  }
  assert.deepEqual(faults, [])
})

test('principle 3 · what was held when a measure ended is released from the earlier answers; nothing else can be done with it', async () => {
  const page = await open(await under.signedInAs('window.approval'), '/check')
  await check(page, '许-终')
  await page.getByRole('button', { name: '暂缓', exact: true }).click()
  await page.getByRole('textbox', { name: '理由' }).fill('等主管部门答复')
  await page.getByRole('button', { name: '具名答复：暂缓' }).click()
  await page.getByText('已答复：暂缓').waitFor()
  await annulTestRecord(under.test.app, one.fact, one.recordId)
  await page.getByLabel('业务编号').fill('许-另')
  await page.getByRole('button', { name: /核查$/ }).click()
  await page.getByText('没有').first().waitFor()
  await settled(page)
  assert.equal(await page.getByRole('heading', { name: /请逐项答复/ }).count(), 0, 'what has ended prompts nobody')
  await page.getByRole('button', { name: '本单位的措施和以前的答复' }).click()
  const earlier = page.getByRole('region', { name: '以前的答复' })
  await earlier.getByText(/终止：据以采取措施的名单或者决定不再有效/).waitFor()
  assert.equal(await earlier.getByRole('button').count(), 1, 'a hold can only be released')
  await earlier.getByRole('button', { name: '不适用', exact: true }).click()
  await page.getByRole('textbox', { name: '理由' }).fill('措施已经终止')
  await page.getByRole('button', { name: '具名答复：不适用' }).click()
  await earlier.getByText('理由：措施已经终止').waitFor()
  await lookedAt(page, 'check-ended-1280')
  await page.close()
})

test('M219 · M224 · before it asks for a measure a unit sees on which record it may rest, of whom, and why not; then only what may bring that one about', async () => {
  const { subjectId } = await desk.firm()
  const page = await open(await under.signedInAs('case.market'), `/cases/new?procedure=measure&subject=${subjectId}`)
  const faults = listenForFaults(page)
  await page.getByRole('combobox', { name: '事由' }).fill('行政许可')
  await page.getByLabel('业务编号').fill('案-1')
  await page.getByRole('button', { name: '开始查看' }).click()
  await page.getByText(/人力资源和社会保障局作出，请由它发起/).waitFor()
  assert.equal(await page.getByRole('button', { name: /拖欠农民工工资/ }).count(), 0, 'another unit decided')
  await lookedAt(page, 'new-measure-not-1280')
  const { id } = (await under.test.worker.db.row<{ id: number }>(
    sql`select max(fact_id) as id from fact_content where subject_id = ${subjectId} and kind = 'record'`,
  )) ?? { id: 0 }
  assert.deepEqual(faults, [])
  await page.goto(`${under.address}/console/cases/new?procedure=measure&subject=${subjectId}&about=${id}:m01-11`)
  await settled(page)
  await page.getByText('所依据的名单或者决定属于').waitFor()
  assert.equal(
    await page
      .getByRole('radio', { name: /拖欠农民工工资失信联合惩戒对象名单/ })
      .or(page.getByRole('option', { name: /失信联合惩戒对象名单/ }))
      .count(),
    1,
  )
  await page.close()
})
