import { after, before, test } from 'node:test'
import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import { beginMeasure } from '../../src/cases/testing-measure-in-force.ts'
import { MeasureDesk, officer, PROPOSED, window } from '../../src/cases/testing-measures.ts'
import { answerMeasure } from '../../src/measures/answer.ts'
import { PASSWORD } from '../../stories/cast.ts'
import { openStage, type Stage } from '../../stories/stage.ts'
import { lookAt } from './browser-testing.ts'

/* On a phone without scripts: whoever is restricted finds out by whom, until when, and the way out. */

let stage: Stage
let browser: Browser
let desk: MeasureDesk
before(async () => {
  stage = await openStage({ host: 'localhost' })
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
  desk = new MeasureDesk(stage.test, 7800)
})
after(async () => {
  await browser?.close()
  await stage?.close()
})

test('SG13 · M209 · on a phone without scripts a firm finds its measures from its menu, reads them whole, and is one tap from asking for the end', async () => {
  const one = await desk.firm()
  const key = await beginMeasure(stage.test, desk, one)
  await answerMeasure(stage.app, window, key, {
    purpose: '行政许可',
    businessNo: '许-7',
    answer: 'hold',
    reason: '正在核实是否已经付清',
  })
  await stage.asFirm(one.subjectId, '澜川措施示例有限公司')
  const own = await browser.newContext({
    viewport: { width: 360, height: 640 },
    locale: 'zh-CN',
    javaScriptEnabled: false,
    bypassCSP: true,
  })
  const page = await own.newPage()
  await page.goto(`${stage.address}/signin`)
  await page.getByLabel('账号').fill(`firm.${one.subjectId}`)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await page.getByText('我的栏目').click()
  await page.getByRole('link', { name: '对我的措施' }).first().click()
  await page.getByRole('heading', { level: 1, name: '对我的措施' }).waitFor()
  await page.getByRole('heading', { level: 2, name: '在实施的（1项）' }).waitFor()
  await page.getByText('正在核实是否已经付清').waitFor()
  await page.getByRole('link', { name: '申请解除' }).click()
  await page.getByText('第1步').waitFor()
  await own.close()
})

test('SG13 · M209 · the page is drawn for a phone and a desk, with a measure proposed, with one in force and with none: axe finds nothing', async () => {
  const states = { none: await desk.firm(), proposed: await desk.firm(), 'in-force': await desk.firm() }
  const first = await beginMeasure(stage.test, desk, states['in-force'])
  await answerMeasure(stage.app, window, first, { purpose: '行政许可', businessNo: '许-8', answer: 'apply', reason: '' })
  const key = await desk.asked(states.proposed)
  await desk.step(officer, key, 'propose', PROPOSED)
  await desk.opensLetter(states.proposed, key, 'measure-intention')
  for (const [name, { subjectId }] of Object.entries(states)) {
    await stage.asFirm(subjectId, '澜川措施示例有限公司')
    const own = await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'zh-CN', bypassCSP: true })
    const page = await own.newPage()
    await page.goto(`${stage.address}/signin`)
    await page.getByLabel('账号').fill(`firm.${subjectId}`)
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '我的信用', exact: true }).waitFor()
    if (name === 'in-force') await lookAt(page, 'my-home-measure')
    await page.goto(`${stage.address}/my/measures`)
    await lookAt(page, `my-measures-${name}`)
    if (name === 'proposed') {
      await page.goto(`${stage.address}/my/cases/${key.caseId}`)
      await lookAt(page, 'my-case-measure-stating')
    }
    await own.close()
  }
})
