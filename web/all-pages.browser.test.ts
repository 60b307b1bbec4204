import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { type Browser, chromium, type Page as Tab } from 'playwright-core'
import { findChromium } from '../scripts/test/groups.ts'
import { exampleRoles } from '../src/access/testing.ts'
import { makeRequest } from '../src/authorisation/request.ts'
import { authorise, banker, wishOf } from '../src/authorisation/testing.ts'
import { day } from '../src/base/day.ts'
import type { SubjectId } from '../src/base/id.ts'
import { sql } from '../src/db/database.ts'
import { loadDemo } from '../src/demo/load.ts'
import { openApiDoor } from '../src/platform/api-door.ts'
import { withdrawReport } from '../src/reports/commands.ts'
import { actorFor, workerOf } from '../src/testing-app.ts'
import { PASSWORD } from '../stories/cast.ts'
import { openStage, type Stage } from '../stories/stage.ts'
import { opens, ROUTES } from './console/routes.ts'
import { ACCOUNT_FORMS, ACCOUNT_PAGES, PERSON_FORMS, PERSON_PAGES } from './my/pages.ts'
import { openPortal } from './portal/open-portal.ts'
import { PAGES } from './portal/pages.ts'

// Every page of the portal and of a subject's account, walked from their tables over a small city that came in through the real intake; and
// that no table, the portal's, the account's or the console's, can leave a page out. The console's pages are walked from its table in console/console.browser.test.ts.

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WIDTHS = [
  [360, 640],
  [1280, 720],
] as const

const EVERY_IMPACT: readonly string[] = ['minor', 'moderate', 'serious', 'critical']
const GRAVE: readonly string[] = ['serious', 'critical']

let stage: Stage
let browser: Browser
/** Parameter of an address → one that exists. */
let given: Readonly<Record<string, string | number>>
/** Answers that are no page of the table, with the status they come with. */
let others: readonly (readonly [path: string, status: number])[]
/** The account of the subject above. */
let firmLogin = ''

before(async () => {
  stage = await openStage()
  await loadDemo(workerOf(stage.app), { subjects: 120, records: 900, seed: 7, day: day('2026-11-19') })
  const one = await stage.app.db.row<{ id: number; record: number; section: string; uscc: string }>(
    sql`select s.subject_id as id, max(r.record_id) as record, max(r.section) as section, s.uscc from pub.subject s join pub.record r using (subject_id)
      where s.uscc is not null and (r.shown_until is null or r.shown_until > '2026-12-31') group by s.subject_id, s.uscc order by count(distinct r.section) desc, 1 limit 1`,
  )
  assert.ok(one, 'the city has a subject with records')
  const issue = async (): Promise<string> =>
    (await stage.anyone.post(`/api/v1/subjects/${one.id}/reports`, { kind: 'public' })).json<{ code: string }>().code
  const [code, gone] = [await issue(), await issue()]
  await withdrawReport(stage.app, actorFor('credit-office', 'credit-office'), gone, '开错了')
  const own = await stage.asFirm(one.id, '示例企业')
  const request = await own.post('/api/v1/rights/requests', { kind: 'explanation', text: '请说明公示期怎样计算' })
  const { requestId } = request.json<{ requestId: number }>()
  const objecting = {
    procedure: 'objection',
    act: 'lodge',
    aboutRef: String(one.record),
    fields: { wrong: 'content', 'should-be': '数额有误' },
  }
  const { caseId } = (await own.post('/api/v1/cases/mine', objecting)).json<{ caseId: number }>()
  const [letter] = (await own.get(`/api/v1/cases/mine/${caseId}`)).json<{ letters: { noticeId: number }[] }>().letters
  assert.ok(letter, 'the objection has its letter')
  await putCommitment(stage.app, one.id)
  const granted = await authorise(stage.app, one.id as SubjectId, { classes: ['penalties', 'payments'] })
  const wish = wishOf({ classes: ['penalties', 'payments'] })
  const asked = await makeRequest(stage.app, banker, wish)
  const addressed = await makeRequest(stage.app, banker, { ...wish, subject: one.uscc })
  firmLogin = `firm.${one.id}`
  const [item, instrument] = ['penalty-org', 'ndrc-36']
  const grants = { grantCode: asked.code, askId: addressed.requestId, authorisationId: granted.authorisationId }
  given = {
    id: one.id,
    recordId: one.record,
    section: one.section,
    uscc: one.uscc,
    list: 'wage-arrears',
    item,
    instrument,
    procedure: 'objection',
    code,
    requestId,
    number: COMMITMENT,
    noticeId: letter.noticeId,
    caseId,
    act: 'withdraw',
    ...grants,
  }
  others = [
    ['/search?q=公司', 200],
    ['/search?q=没有这一家', 200],
    ['/search?q=x', 400],
    ['/verify?code=12', 400],
    [`/verify/${gone}`, 200],
    ['/verify/0000', 404],
    [`/reports/${gone}`, 410],
    [`/subjects/${one.id}/records/1`, 404],
    ['/no-such-page', 404],
    ['/reports?q=公司', 200],
    ['/console/no-such-page', 200],
  ]
  browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
})
after(async () => {
  await browser?.close()
  await stage?.close()
})

const COMMITMENT = '86010020261119000001'

/** A commitment that is to be kept, as the public sees it. */
async function putCommitment({ changes }: Stage['app'], subjectId: number): Promise<void> {
  await changes.run(sql`insert into pub.commitment (number, subject_id, subject_name, uscc, unit, unit_name, type, type_name, matter, template, edition, digest, text,
      made_on, valid_until, made_at)
    values (${COMMITMENT}, ${subjectId}, '示例企业', null, 'approval', '澜川市行政审批服务局', 'missing-material', '容缺受理型', '食品经营许可（变更）',
      'missing-material-commitment', '2026-04-01', ${'ab'.repeat(32)}, ${JSON.stringify(['承诺在2026-11-29以前补交下列材料。'])}::jsonb, '2026-11-19', '2026-11-29', now())`)
}

/** An address of a page that exists. Fails for a parameter that nobody has an example of. */
function addressOf(path: string): string {
  return path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) => {
    assert.ok(name in given, `${path}: no example of :${name}; give one above`)
    return encodeURIComponent(String(given[name]))
  })
}

for (const [width, height] of WIDTHS) {
  test(`every page of the portal: axe finds nothing serious, and nothing is wider than the window, at ${width} px`, async () => {
    const context = await browser.newContext({ viewport: { width, height }, bypassCSP: true, locale: 'zh-CN' })
    const tab = await context.newPage()
    const addresses = [...PAGES.map(page => [addressOf(page.path), 200] as const), ...others]
    const found: string[] = []
    for (const [path, status] of addresses) {
      const answer = await tab.goto(stage.address + path)
      await tab.locator('h1').first().waitFor()
      if (answer?.status() !== status) found.push(`${path}: ${answer?.status()} instead of ${status}`)
      for (const finding of await findingsOf(tab)) found.push(`${path}: ${finding}`)
    }
    assert.deepEqual(found, [])
    await context.close()
  })
}

/** How a visitor may want pages drawn (portal/view.ts), and how wide the window is. */
const VIEWS = [
  ['100', 360, 640],
  ['100', 1280, 720],
  ['200', 360, 640],
  ['100c', 360, 640],
  ['100h', 1280, 720],
] as const

/** Signs the city's firm in as a person does, without scripts. */
async function signInFirm(tab: Tab): Promise<void> {
  await tab.goto(`${stage.address}/my`)
  await tab.getByLabel('账号').fill(firmLogin)
  await tab.getByLabel('密码').fill(PASSWORD)
  await tab.getByRole('button', { name: '登录', exact: true }).click()
  await tab.getByRole('heading', { level: 1, name: '我的信用' }).waitFor()
}

for (const [view, width, height] of VIEWS) {
  test(`every page of a subject's account: axe finds nothing, and nothing is wider than the window, at ${width} px, view ${view}`, async () => {
    const context = await browser.newContext({ viewport: { width, height }, bypassCSP: true, locale: 'zh-CN' })
    await context.addCookies([{ name: 'view', value: view, url: stage.address }])
    const tab = await context.newPage()
    const found: string[] = []
    const look = async (what: string): Promise<void> => {
      for (const finding of await findingsOf(tab, EVERY_IMPACT)) found.push(`${what}: ${finding}`)
    }
    await tab.goto(`${stage.address}/signin?back=/my/looks`)
    await look('the door')
    await tab.getByRole('button', { name: '登录', exact: true }).click()
    await look('the door, with faults')
    await signInFirm(tab)
    await tab.goto(`${stage.address}/my/reports/special`)
    await tab.locator('details.domains summary').click()
    await tab.getByRole('button', { name: '开具报告' }).click()
    await look('the form, with faults')
    for (const path of [
      ...[...ACCOUNT_PAGES, ...PERSON_PAGES].map(page => addressOf(page.path)),
      '/my/activate',
      '/my/reports?before=1',
      '/my/nothing',
    ]) {
      await tab.goto(stage.address + path)
      await look(path)
    }
    assert.deepEqual(found, [])
    await context.close()
  })
}

test('the account answers at no address that is not in its tables', async () => {
  const http = await openApiDoor(stage.app)
  await http.ready()
  const bound = pathsOf(http.printRoutes({ commonPrefix: false })).filter(path => /^\/my(?:\/|$)/.test(path))
  await http.close()
  // The doors, and files: of a report, of a case, a last day for one's own calendar.
  const files = [
    '/my/reports/:code/pdf',
    '/my/notices/:noticeId/file',
    '/my/cases/:caseId/due/:file',
    '/my/cases/:caseId/papers/:paperId',
  ]
  const days = ['/my/repairs/:recordId/from.ics', '/my/rights/requests/:requestId/due.ics']
  const others = ['/my/sign-in', '/my/sign-out', '/my/activate', ...files, ...days]
  const named = [...ACCOUNT_PAGES, ...ACCOUNT_FORMS, ...PERSON_PAGES, ...PERSON_FORMS].map(one => one.path)
  assert.deepEqual([...new Set(bound.filter(path => !others.includes(path)))].sort(), [...new Set(named)].sort())
})

/** The innermost elements that reach beyond the window. */
const WIDEST = `[...document.querySelectorAll('main *, header *, footer *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .filter(one => ![...one.children].some(inner => inner.getBoundingClientRect().right > innerWidth + 1))
  .slice(0, 3).map(one => one.tagName + '.' + one.className + ' ' + (one.textContent ?? '').slice(0, 20)).join(' | ')`

async function findingsOf(tab: Tab, impacts: readonly string[] = GRAVE): Promise<string[]> {
  await tab.addScriptTag({ content: AXE })
  type Violation = { id: string; impact: string; nodes: { target: string[] }[] }
  const { violations } = (await tab.evaluate('axe.run()')) as { violations: Violation[] }
  const wider = (await tab.evaluate('document.documentElement.scrollWidth - innerWidth')) as number
  return [
    ...violations
      .filter(one => impacts.includes(one.impact))
      .map(one => `${one.id} ${one.nodes.map(node => node.target.join(' ')).join(', ')}`),
    ...(wider > 0 ? [`${wider} px too wide: ${await tab.evaluate(WIDEST)}`] : []),
    ...((await tab.locator('h1').count()) === 1 ? [] : ['not one h1']),
  ]
}

test('a page with a fault is found out', async () => {
  const tab = await browser.newPage({ viewport: { width: 360, height: 640 } })
  await tab.setContent('<!doctype html><html><body><img src="x" style="width: 500px"><p>no heading</p></body></html>')
  assert.deepEqual(
    (await findingsOf(tab)).map(found => found.split(' ').at(0)),
    ['document-title', 'html-has-lang', 'image-alt', '148', 'not'],
  )
  await tab.close()
})

test('the portal answers at no address that is not in its table of pages', async () => {
  const { law, words, now } = stage.app
  const nobody = 'postgres://nobody@127.0.0.1:1/none'
  const http = await openPortal({ databaseUrl: nobody, law, words, city: law.city, publicUrl: 'http://portal.invalid', now })
  await http.ready()
  const bound = pathsOf(http.printRoutes({ commonPrefix: false }))
  await http.close()
  const files = bound.filter(path => path.startsWith('/assets/'))
  assert.ok(files.length > 0)
  // No pages: what robots may fetch, and the toolbar's form, which leads back.
  const noPages = [...files, '/robots.txt', '/view']
  assert.deepEqual(bound.filter(path => !noPages.includes(path)).sort(), PAGES.map(page => page.path).sort())
})

/** The whole paths of Fastify's printed tree of routes. */
function pathsOf(tree: string): string[] {
  const above: string[] = []
  return tree.split('\n').flatMap(line => {
    const [, indent = '', part = '', methods] = /^([│ ]*)[├└]── (\S+)(?: \((.*)\))?$/.exec(line) ?? []
    if (part === '') return []
    const depth = indent.length / 4
    above[depth] = depth === 0 ? part : `${above[depth - 1]}${part}`
    above.length = depth + 1
    return methods ? [above[depth] ?? ''] : []
  })
}

test('every page of the console is opened by somebody, and its parameters are those its walk has examples of', () => {
  for (const route of ROUTES) {
    const openers = [...exampleRoles().roles.values()].filter(role => role.holder === 'person' && opens(route, role.permissions))
    assert.ok(openers.length > 0, `${route.name}: no role of the staff opens it`)
    const names = [...route.path.matchAll(/:([a-zA-Z]+)/g)].map(([, name]) => name)
    assert.ok(
      names.every(name => ['deliveryId', 'subjectId', 'authorisationId', 'caseId', 'campaignId'].includes(name ?? '')),
      `${route.path}: give console.browser.test.ts an example`,
    )
  }
  assert.equal(new Set(ROUTES.map(route => route.path)).size, ROUTES.length)
})
