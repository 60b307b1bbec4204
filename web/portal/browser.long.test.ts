import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { type Browser, chromium } from 'playwright-core'
import { CODES, putExampleRows, RICH, RICH_RECORD } from './example-rows.ts'
import { PAGES } from './pages.ts'
import { openTestPortal, type TestPortal } from './testing.ts'

/* Every page of the table in a real browser: axe, no sideways scrolling, keyboard, the flows without scripts. */

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path => existsSync(path))
const skip = CHROMIUM ? false : 'no Chromium on this machine'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let portal: TestPortal
let browser: Browser
let base = ''

before(async () => {
  if (!CHROMIUM) return
  portal = await openTestPortal()
  await putExampleRows(portal.owner)
  base = await portal.http.listen({ port: 0, host: '127.0.0.1' })
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync']
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', ...quiet] })
})
after(async () => {
  await browser?.close()
  await portal?.close()
})

const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  '/search': ['/search', '/search?q=明信', '/search?q=x', '/search?q=没有这家'],
  '/subjects/:id': [`/subjects/${RICH}`, '/subjects/1004'],
  '/subjects/:id/records/:recordId': [`/subjects/${RICH}/records/${RICH_RECORD}`, `/subjects/${RICH}/records/1`],
  '/subjects/:id/sections/:section': [`/subjects/${RICH}/sections/administration`],
  '/code/:uscc': ['/code/none'],
  '/publicity/penalties': ['/publicity/penalties?authority=emergency', '/publicity/penalties?from=2020-01-01&to=x'],
  '/lists/:list': ['/lists/market-regulation-serious', '/lists/dishonest-judgment-debtor', '/lists/wage-arrears'],
  '/commitments/current/:number': ['/commitments/current/86010020261102000001'],
  '/reports': ['/reports?q=明信'],
  '/verify': ['/verify', '/verify?code=12'],
  '/verify/:code': Object.values(CODES).map(code => `/verify/${code}`),
  '/catalogue/:item': ['/catalogue/penalty-org'],
  '/procedures/:procedure': ['/procedures/objection'],
  '/law/:instrument': ['/law/ndrc-36', '/law/ndrc-58'],
}

type Violation = { id: string; impact: string | null; nodes: { target: string[] }[] }

for (const [view, width, height] of [
  ['100', 360, 640],
  ['100', 1280, 720],
  ['200', 360, 640],
  ['100c', 360, 640],
  ['100h', 1280, 720],
] as const)
  test(`WCAG 2.2 AA · axe finds nothing on any page at ${width}px, view ${view}, and nothing scrolls sideways`, {
    skip,
  }, async () => {
    const context = await browser.newContext({ viewport: { width, height }, bypassCSP: true, locale: 'zh-CN' })
    await context.addCookies([{ name: 'view', value: view, url: base }])
    const page = await context.newPage()
    for (const path of PAGES.flatMap(one => ADDRESSES[one.path] ?? [one.path])) {
      await page.goto(base + path)
      await page.addScriptTag({ content: AXE })
      const found = (await page.evaluate('axe.run()')) as { violations: Violation[] }
      const told = found.violations.map(
        one => `${one.impact} ${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`,
      )
      assert.deepEqual(told, [], path)
      const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      assert.equal(wider, 0, `${path} is wider than the window`)
    }
    await context.close()
  })

test('without scripts and by keyboard alone: search, subject, record, register page two, verification', { skip }, async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(base)
  await page.keyboard.press('Tab')
  assert.equal(await page.locator(':focus').textContent(), '跳到正文')
  await page.locator('#q').focus()
  await page.keyboard.type('明信安康食品科技')
  await page.keyboard.press('Enter')
  await page.locator('.hit a').first().click()
  assert.match((await page.locator('h1').textContent()) ?? '', /明信安康食品科技有限公司/)
  await page.locator('.record h3 a').first().click()
  assert.match((await page.locator('h1').textContent()) ?? '', /澜市监罚〔2026〕118号/)
  await page.goto(`${base}/publicity/penalties?authority=emergency`)
  await page.locator('a[rel=next]').click()
  assert.equal(await page.locator('tbody tr').count(), 20)
  await page.goto(`${base}/verify`)
  await page.locator('#code').fill(CODES.valid.toLowerCase())
  await page.keyboard.press('Enter')
  assert.equal(await page.locator('.verify-block h2').textContent(), '有效')
  await context.close()
})

test('the page compares a file with the report on the device, and obeys its own policy while it does', { skip }, async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const refused: string[] = []
  page.on('console', message => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text())
  })
  await page.goto(`${base}/verify/${CODES.valid}`)
  await page
    .locator('#compare-file')
    .setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('another file') })
  await page.locator('#compare-answer.late').waitFor()
  assert.match((await page.locator('#compare-answer').textContent()) ?? '', /不一致/)
  assert.deepEqual(refused, [])
  await context.close()
})

test('the first visit of a subject fits the budget: six requests, sixty kilobytes, nothing from elsewhere', {
  skip,
}, async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.goto(`${base}/subjects/${RICH}`, { waitUntil: 'networkidle' })
  assert.ok(asked.length <= 6, asked.join('\n'))
  assert.ok(asked.every(url => url.startsWith(base)))
  await context.close()
})
