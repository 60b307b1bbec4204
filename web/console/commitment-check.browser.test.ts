import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { sql } from '../../src/db/database.ts'
import { send } from '../../src/invariants/testing.ts'
import { axeFindings, type ConsoleUnderTest, openConsole, settled } from './testing.ts'

/* At the window and before a tender: where a commitment may stand for a proof, a paper or a bond, and what bars whom. */

let under: ConsoleUnderTest
let clean: Firm
let other: Firm

before(async () => {
  under = await openConsole()
  const [one, another] = await cleanFirms()
  assert.ok(one && another)
  clean = one
  other = another
  await breaks(other)
})
after(() => under?.close())

type Firm = { readonly subjectId: number; readonly name: string; readonly uscc: string }

/** Firms that stand on no list and have broken nothing. */
async function cleanFirms(): Promise<Firm[]> {
  return await under.test.worker.db.rows<Firm>(
    sql`select c.subject_id as "subjectId", c.name, c.uscc from subject_card c where kind = 'enterprise' and uscc is not null
      and not exists (select from fact f where f.subject_id = c.subject_id and f.item <> 'registration-org') order by subject_id limit 2`,
  )
}

async function breaks({ name, uscc }: Firm): Promise<void> {
  const { counts } = await send(under.test.app, 'commitment', [
    {
      ...{ 承诺编码: '86010020260302000901', 承诺单位: name, 承诺人代码: uscc, 承诺书类型: '容缺', 承诺事由: '食品经营许可' },
      ...{ 承诺内容: '五日内补交材料', 违诺责任: '撤回受理', 承诺作出日期: '2026-03-02', 履约情况: '未履约' },
      ...{ 未履行的承诺内容: '材料没有补交', 违诺责任追究内容: '撤回受理', 承诺履行状态认定日期: '2026-03-20' },
      ...{ 承诺履行状态认定单位: '澜川市发展和改革委员会', 承诺履行状态认定单位代码: '11860100G473757469' },
    },
  ])
  assert.equal(counts.filed, 1)
}

async function checks(page: Page, { uscc }: Firm): Promise<string> {
  await page.locator('#purpose').fill('行政许可')
  await page.locator('#business-no').fill('XK-2026-118')
  await page.locator('#check-subject').fill(uscc)
  await page.locator('#check-subject').press('Enter')
  await page.getByRole('button', { name: '哪些事项可以用承诺办' }).click()
  const found = page.locator('section[aria-labelledby="commitment-matters"]')
  await found.getByRole('status').waitFor()
  await settled(page)
  return (await found.textContent()) ?? ''
}

const looksOf = async ({ subjectId }: Firm): Promise<number> =>
  (
    await under.test.worker.db.row<{ count: number }>(
      sql`select count(*)::int as count from look where subject_id = ${subjectId}`,
    )
  )?.count ?? 0

for (const width of [1280, 360])
  test(`M122 · M127 · M132 · the check says at ${width} px where a commitment stands for a paper, a proof or a bond, and what a breach bars`, async () => {
    const context = await under.signedIn('window-officer', width)
    const page = await context.newPage()
    await page.goto(`${under.address}/console/check`)
    await settled(page)
    const before = await looksOf(clean)
    const open = await checks(page, clean)
    assert.match(open, /可以承诺的[1-9]\d*项，不适用的0项/)
    assert.match(open, /政府投资小额工程招标.*投标保证金.*可以承诺/)
    assert.equal(await looksOf(clean), before + 2, 'the matters are a look of their own')
    const barred = await checks(page, other)
    assert.match(barred, /可以承诺的\d+项，不适用的[1-9]\d*项/)
    assert.match(barred, /有违背承诺的记录没有修复，“政府投资小额工程招标”不适用承诺办理.*依据：/)
    assert.deepEqual(await axeFindings(page), [])
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.ok(wide <= 0, 'nothing is wider than the window')
    await context.close()
  })
