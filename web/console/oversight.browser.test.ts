import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { makeExampleOversight } from '../../src/demo/oversight.ts'
import { axeFindings, type ConsoleUnderTest, listenForFaults, openConsole, settled, WIDTHS } from './testing.ts'

/* Who watches those who look: the auditor asks, the investigator explains, the auditor closes; a delay is asked for and another decides. */

let under: ConsoleUnderTest
let auditor: BrowserContext
let investigator: BrowserContext
let officer: BrowserContext

before(async () => {
  under = await openConsole()
  await makeExampleOversight(under.test.worker)
  auditor = await under.signedIn('auditor')
  investigator = await under.signedIn('investigator')
  officer = await under.signedIn('privacy-officer')
})
after(() => under?.close())

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${under.address}/console${path}`)
  await settled(page)
  return page
}

const ASKED = '请说明为什么查阅这些档案'
const EXPLAINED = '核查同一排污口的上下游单位，案卷第3卷'

async function examined(page: Page, name: string): Promise<void> {
  assert.deepEqual(await axeFindings(page), [], name)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  assert.equal(wide, 0, `${name}: too wide`)
}

test('M461 · the auditor reads what stands out in words, asks for an explanation, and each receipt leads to the look', async () => {
  const page = await open(auditor, '/looks/alerts')
  const faults = listenForFaults(page)
  const panel = page.getByRole('region', { name: /查阅了\d+个与本单位业务无关的主体的档案/ })
  await panel.getByText('市生态环境局办案人员').first().waitFor()
  await panel.getByRole('button', { name: /要求说明/ }).click()
  await panel.getByRole('button', { name: /要求说明/ }).click()
  await page.getByRole('alert').getByText('请写明').waitFor()
  await panel.getByLabel('请查看人说明什么').fill(ASKED)
  await panel.getByRole('button', { name: /要求说明/ }).click()
  const said = panel.getByRole('status')
  await said.getByText(/已要求说明，查看人应在\d{4}-\d{2}-\d{2}前说明/).waitFor()
  await panel.getByText(ASKED).waitFor()
  assert.equal(await panel.locator('.mx-clock-overdue').count(), 0, 'red is for what is overdue')
  assert.equal(await panel.locator('.mx-clock').count(), 1)
  const receipt = (await panel.locator('.mx-receipts a').first().textContent()) ?? ''
  await panel.locator('.mx-receipts a').first().click()
  await page.waitForURL(/\/looks\?receipt=/)
  await page.locator('tbody td[data-label="回执"]').first().waitFor()
  const found = await page.locator('tbody td[data-label="回执"]').allTextContents()
  assert.ok(found.length > 0 && found.every(one => one === receipt))
  await page.goBack()
  await page.getByRole('link', { name: '此人当天的全部查看' }).click()
  await page.waitForURL(/\/looks\?actor=/)
  await page.locator('tbody tr').first().waitFor()
  assert.ok((await page.locator('tbody tr').count()) >= 10)
  await page.getByText(/只看这个人的查看（市生态环境局办案人员/).waitFor()
  assert.deepEqual(faults, [])
  await page.close()
})

test('M461 · only who was asked has the entry in the menu, with its count; the explanation is given, the auditor closes it', async () => {
  const other = await open(officer, '')
  assert.equal(await other.getByRole('link', { name: /要我说明的查看/ }).count(), 0)
  await other.close()
  const page = await open(investigator, '')
  await page.getByRole('link', { name: '说明1次查看的缘由' }).waitFor()
  await page.getByRole('link', { name: '要我说明的查看（1）' }).click()
  await settled(page)
  await page.getByText(ASKED).waitFor()
  assert.equal(await page.locator('.mx-receipts a').count(), 0, 'the register stays shut to whoever looked')
  await page.getByLabel('说明', { exact: true }).fill(EXPLAINED)
  await page.getByRole('button', { name: /提交说明/ }).click()
  await page.getByRole('status').getByText('说明已提交').waitFor()
  await page.getByText(EXPLAINED).first().waitFor()
  await page.close()

  const closing = await open(auditor, '/looks/alerts')
  await closing.getByText(EXPLAINED).waitFor()
  await closing.getByRole('button', { name: /正当，了结/ }).click()
  await closing.getByLabel('为什么认为正当').fill('与案卷一致')
  await closing.getByRole('button', { name: /正当，了结/ }).click()
  await closing.getByText(/已了结：正当/).waitFor()
  await closing.getByText('没有待了结的异常查看').waitFor()
  await closing.getByRole('link', { name: '连同已了结的一起看' }).click()
  await closing.getByText('与案卷一致').waitFor()
  assert.equal(await closing.getByRole('button', { name: /违规，移送/ }).count(), 0, 'what is closed is not closed again')
  await closing.close()
})

test('M272 · an investigator asks for a delay; what is missing is said at its field; another approves; the unit ends it', async () => {
  const page = await open(investigator, '/looks/delays')
  await page.getByRole('button', { name: '申请暂缓告知' }).click()
  await page.getByRole('button', { name: '提交申请' }).click()
  await page.getByText('有4处需要修改').waitFor()
  await page.getByLabel('业务编号').fill('澜环案〔2026〕9号')
  await page.getByLabel('告知会妨碍正在进行的调查').check()
  await page.getByLabel('理由', { exact: true }).fill('告知会使当事人转移证据')
  await page.getByLabel('暂缓至').fill('2036-01-01')
  await page.getByRole('button', { name: '提交申请' }).click()
  await page
    .getByRole('alert')
    .getByText(/“暂缓至”应在/)
    .waitFor()
  const hint = (await page.locator('#delay-until-hint').textContent()) ?? ''
  await page.getByLabel('暂缓至').fill(/\d{4}-\d{2}-\d{2}/.exec(hint)?.[0] ?? '')
  await page.getByRole('button', { name: '提交申请' }).click()
  await page.getByRole('status').getByText('申请已提交').waitFor()
  const own = page.getByRole('region', { name: /澜环案〔2026〕9号/ })
  await own.getByText('待批准').waitFor()
  assert.deepEqual(
    await own.getByRole('button').allTextContents(),
    ['撤回申请澜环案〔2026〕9号'],
    'whoever asked does not decide',
  )

  const deciding = await open(officer, '/looks/delays')
  const waiting = deciding.getByRole('region', { name: /澜环案〔2026〕9号/ })
  await waiting.getByLabel('办理意见').fill('取证期间确有必要')
  await waiting.getByRole('button', { name: '批准', exact: false }).first().click()
  await deciding
    .getByRole('status')
    .getByText(/已批准/)
    .waitFor()
  const refused = deciding.getByRole('region', { name: /示例案2026-2/ })
  await refused.getByLabel('办理意见').fill('没有写明怎样妨碍')
  await refused.getByRole('button', { name: /不批准/ }).click()
  await deciding
    .getByRole('status')
    .getByText(/未批准/)
    .waitFor()
  await deciding.getByText('没有待批准的申请').waitFor()
  await deciding.close()

  await page.reload()
  await settled(page)
  await page.getByText('没有写明怎样妨碍').waitFor()
  await own.getByText('取证期间确有必要').waitFor()
  await own.getByRole('button', { name: /提前结束/ }).click()
  await own.getByLabel('为什么提前结束').fill('案件已结')
  await own.getByRole('button', { name: /提前结束/ }).click()
  await page.getByRole('status').getByText('已提前结束').waitFor()
  await own.getByText('案件已结').waitFor()
  await page.close()
})

test('M272 · an investigator takes back what nobody has decided; whoever approves has it no more before him', async () => {
  const page = await open(investigator, '/looks/delays')
  await page.getByRole('button', { name: '申请暂缓告知' }).click()
  await page.getByLabel('业务编号').fill('澜环案〔2026〕10号')
  await page.getByLabel('告知会妨碍正在进行的调查').check()
  await page.getByLabel('理由', { exact: true }).fill('告知会使当事人转移证据')
  const hint = (await page.locator('#delay-until-hint').textContent()) ?? ''
  await page.getByLabel('暂缓至').fill(/\d{4}-\d{2}-\d{2}/.exec(hint)?.[0] ?? '')
  await page.getByRole('button', { name: '提交申请' }).click()
  const own = page.getByRole('region', { name: /澜环案〔2026〕10号/ })
  await own.getByRole('button', { name: /撤回申请/ }).click()
  await own.getByLabel('为什么撤回').fill('案件已移送')
  await own.getByRole('button', { name: /撤回申请/ }).click()
  await page.getByRole('status').getByText('已撤回申请').waitFor()
  await own.getByText('申请人已撤回').waitFor()
  await own.getByText('案件已移送').waitFor()
  assert.equal(await own.getByRole('button').count(), 0)
  await page.close()
  const deciding = await open(officer, '/looks/delays')
  await deciding.getByText('没有待批准的申请').waitFor()
  await deciding.close()
})

for (const width of WIDTHS)
  test(`the screens of those who watch at ${width} px: axe finds nothing serious, nothing is too wide`, async () => {
    const [watching, looking] = [await under.signedIn('auditor', width), await under.signedIn('investigator', width)]
    for (const [context, path] of [
      [watching, '/looks'],
      [watching, '/looks/alerts?all=1'],
      [watching, '/looks/delays'],
      [looking, '/looks/mine'],
      [looking, '/looks/delays'],
    ] as const) {
      const page = await open(context, path)
      await examined(page, `${path} ${width}`)
      if (path === '/looks')
        assert.equal(await page.locator('#business-no').count(), width > 640 ? 1 : 0, 'a phone shows what stands out')
      const ask = page.getByRole('button', { name: '申请暂缓告知' })
      if ((await ask.count()) > 0) {
        await ask.click()
        await page.getByRole('button', { name: '提交申请' }).click()
        await examined(page, `${path} with its form, ${width}`)
      }
      await page.close()
    }
    await watching.close()
    await looking.close()
  })
