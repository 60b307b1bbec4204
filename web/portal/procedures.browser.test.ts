import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import { openTestPortal, type TestPortal } from './testing.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let portal: TestPortal
let browser: Browser
let base = ''
before(async () => {
  portal = await openTestPortal()
  base = await portal.http.listen({ port: 0, host: '127.0.0.1' })
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox', '--disable-gpu'] })
})
after(async () => {
  await browser?.close()
  await portal?.close()
})

type Violation = { id: string; nodes: { target: string[] }[] }

/** View as portal/view.ts keeps it, width, height. */
const VIEWS = [
  ['100', 360, 640],
  ['100', 1280, 720],
  ['200', 360, 640],
  ['100c', 360, 640],
  ['100h', 1280, 720],
] as const
for (const [view, width, height] of VIEWS)
  test(`M146 · axe finds nothing on the pages of procedures at ${width} px, view ${view}, and nothing scrolls sideways`, async () => {
    const context = await browser.newContext({ viewport: { width, height }, bypassCSP: true, locale: 'zh-CN' })
    await context.addCookies([{ name: 'view', value: view, url: base }])
    const tab = await context.newPage()
    for (const path of ['/procedures', '/procedures/objection', '/measures']) {
      await tab.goto(base + path)
      await tab.addScriptTag({ content: AXE })
      const { violations } = (await tab.evaluate('axe.run()')) as { violations: Violation[] }
      const found = violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`)
      assert.deepEqual(found, [], path)
      assert.equal(await tab.evaluate('document.documentElement.scrollWidth - innerWidth'), 0, path)
    }
    await context.close()
  })

test('M146 · without scripts, from the front page to a step and to the account', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, javaScriptEnabled: false })
  const tab = await context.newPage()
  await tab.goto(base)
  await tab.getByRole('main').getByRole('link', { name: '办事规程', exact: true }).click()
  await tab.getByRole('heading', { level: 1, name: '办事规程' }).waitFor()
  await tab.getByRole('link', { name: '异议', exact: true }).click()
  await tab.getByRole('heading', { level: 1, name: '异议办事规程' }).waitFor()
  await tab.getByRole('link', { name: '待接收单位确认', exact: true }).first().click()
  const step = tab.locator('#state-confirming')
  await step.waitFor()
  assert.match(tab.url(), /#state-confirming$/)
  assert.equal(await step.evaluate(one => one.matches(':target')), true)
  assert.equal(await tab.getByRole('link', { name: '开始办理' }).getAttribute('href'), '/my')
  await context.close()
})
