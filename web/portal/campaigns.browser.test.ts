import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import { openTestPortal, type TestPortal } from './testing.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
// biome-ignore lint/style/noProcessEnv: read by tests alone: a folder for pictures of what was looked at
const PICTURES = process.env['MINGXIN_PICTURES'] ?? ''

let portal: TestPortal
let browser: Browser
let base = ''

/** Campaigns as publication writes them: one that runs, told in full; one concluded, of which single parts are not told. */
const ROWS = [
  [
    '食品经营许可公示专项治理',
    null,
    null,
    { opened: 12, open: 6, done: 6, endedOther: 0, goals: [{ name: '督促的案件数', planned: 20 }] },
  ],
  [
    '餐饮门店许可公示专项治理',
    '2026-08-13',
    '多数是换证以后没有更新。',
    { opened: 10, open: 0, done: null, endedOther: null, goals: [] },
  ],
] as const

before(async () => {
  portal = await openTestPortal()
  for (const [at, [name, concludedOn, summary, figures]] of ROWS.entries())
    await portal.owner.run({
      text: `insert into pub.campaign (campaign_id, name, theme_name, aim, basis, lead_name, unit_names, first_day, last_day, concluded_on, summary, figures, made_at)
        values ($1, $2, '重点行业领域', '督促门店公示许可证，逐户核实。', '澜川市市场监督管理局澜市监〔2026〕18号', '澜川市市场监督管理局', '["澜川市卫生健康委员会"]',
          '2026-06-01', '2026-12-31', $3, $4, $5, now())`,
      values: [at + 1, name, concludedOn, summary, JSON.stringify(figures)],
    })
  await portal.owner.run({
    text: `insert into pub.government_case (as_of, open, overdue, settled_in_time, settled_late, made_at) values ('2026-11-20', 1, 1, 1, 0, now())`,
  })
  base = await portal.http.listen({ port: 0, host: '127.0.0.1' })
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox', '--disable-gpu'] })
})
after(async () => {
  await browser?.close()
  await portal?.close()
})

test('M281 · M282 · anybody reads how far campaigns are and how late the government is with its own; of few it is said why they are not told', async () => {
  const answer = await portal.http.inject({ url: '/campaigns', headers: { accept: 'application/json' } })
  const data = answer.json() as { campaigns: { name: string }[]; government: { overdue: number } }
  assert.deepEqual(
    data.campaigns.map(one => one.name),
    ROWS.map(([name]) => name),
    'what runs stands in front',
  )
  assert.equal(data.government.overdue, 1)
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, javaScriptEnabled: false })
  const tab = await context.newPage()
  await tab.goto(`${base}/procedures`)
  await tab.getByRole('link', { name: '专项治理', exact: true }).click()
  await tab.getByRole('heading', { level: 1, name: '专项治理' }).waitFor()
  const text = (await tab.getByRole('main').textContent()) ?? ''
  assert.match(text, /其中已超期\s*1件/)
  assert.match(text, /12件/)
  assert.match(text, /数目较小，不单列/)
  assert.match(text, /2026-08-13已经总结/)
  await context.close()
})

type Violation = { id: string; nodes: { target: string[] }[] }

for (const [view, width, height] of [
  ['100', 360, 640],
  ['100', 1280, 720],
  ['200', 360, 640],
] as const)
  test(`M281 · axe finds nothing on the page of campaigns at ${width} px, view ${view}, and nothing scrolls sideways`, async () => {
    const context = await browser.newContext({ viewport: { width, height }, bypassCSP: true, locale: 'zh-CN' })
    await context.addCookies([{ name: 'view', value: view, url: base }])
    const tab = await context.newPage()
    await tab.goto(`${base}/campaigns`)
    if (PICTURES !== '') {
      mkdirSync(PICTURES, { recursive: true })
      await tab.screenshot({ path: `${PICTURES}/portal-campaigns-${width}-${view}.png`, fullPage: true })
    }
    await tab.addScriptTag({ content: AXE })
    const { violations } = (await tab.evaluate('axe.run()')) as { violations: Violation[] }
    assert.deepEqual(
      violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`),
      [],
    )
    assert.equal(await tab.evaluate('document.documentElement.scrollWidth - innerWidth'), 0)
    await context.close()
  })
