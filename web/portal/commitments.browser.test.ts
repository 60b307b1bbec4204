import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import { putExampleRows } from './example-rows.ts'
import { openTestPortal, type TestPortal } from './testing.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const NUMBER = '86010020261102000001'

let portal: TestPortal
let browser: Browser
let base = ''
before(async () => {
  portal = await openTestPortal()
  await putExampleRows(portal.owner)
  base = await portal.http.listen({ port: 0, host: '127.0.0.1' })
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox', '--disable-gpu'] })
})
after(async () => {
  await browser?.close()
  await portal?.close()
})

type Violation = { id: string; nodes: { target: string[] }[] }

for (const [width, height] of [
  [360, 640],
  [1280, 720],
] as const)
  test(`M116 · M209 · axe finds nothing on the pages of commitments and of letters that are announced at ${width} px, and nothing scrolls sideways`, async () => {
    const context = await browser.newContext({ viewport: { width, height }, bypassCSP: true, locale: 'zh-CN' })
    const tab = await context.newPage()
    for (const path of ['/announcements', '/commitments/current', `/commitments/current/${NUMBER}`, '/commitments/matters']) {
      await tab.goto(base + path)
      await tab.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
      await tab.addScriptTag({ content: AXE })
      const { violations } = (await tab.evaluate('axe.run()')) as { violations: Violation[] }
      const told = violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`)
      assert.deepEqual(told, [], path)
      const wider = await tab.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      assert.equal(wider, 0, `${path} is wider than the window`)
    }
    await context.close()
  })
