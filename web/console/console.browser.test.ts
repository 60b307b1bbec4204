import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import type { Role } from '../../src/access/actor.ts'
import { permissionsFor } from '../../src/access/testing.ts'
import type { DeliveryView } from '../../src/intake/contract.ts'
import { opens, ROUTES, type Route } from './routes.ts'
import { axeFindings, type ConsoleUnderTest, listenForFaults, openConsole, settled, WIDTHS } from './testing.ts'

/* Every page of the console, walked from the table of routes, for each role that may open it, at both widths, against the real door. */

const STAFF: readonly Role[] = [
  'credit-office',
  'clerk',
  'window-officer',
  'receiver',
  'auditor',
  'investigator',
  'privacy-officer',
  'system-administrator',
  'security-administrator',
]
let under: ConsoleUnderTest
let samples: { deliveryId: number; subjectId: number }
let granted: { subjectId: number; authorisationId: number }

before(async () => {
  under = await openConsole()
  const clerk = await under.signedIn('clerk')
  const ask = async (path: string) => await (await clerk.request.get(`${under.address}/api/v1${path}`)).json()
  const { deliveries } = await ask('/deliveries?limit=100')
  const { subjects } = await ask('/subjects?q=%E5%85%AC%E5%8F%B8')
  const delivery = (deliveries as DeliveryView[]).find(it => it.counts.refused > 0)
  samples = { deliveryId: delivery?.deliveryId ?? 0, subjectId: subjects[0]?.subjectId ?? 0 }
  await clerk.close()
  const bank = await under.signedIn('receiver')
  const received = await (await bank.request.get(`${under.address}/api/v1/authorisations`)).json()
  granted = received.authorisations[0]
  await bank.close()
  assert.ok(
    samples.deliveryId > 0 && samples.subjectId > 0,
    'the example city has a delivery with refused rows and an enterprise',
  )
})

after(async () => {
  await under?.close()
})

function addressOf(route: Route): string {
  if (route.name === 'authorisation')
    return `${under.address}/console/authorisations/${granted.subjectId}/${granted.authorisationId}`
  const path = route.path.replace(':deliveryId', String(samples.deliveryId)).replace(':subjectId', String(samples.subjectId))
  return `${under.address}/console${path === '/' ? '' : path}${route.name === 'subjects' ? '?q=%E5%85%AC%E5%8F%B8' : ''}`
}

async function examine(context: BrowserContext, route: Route, name: string): Promise<void> {
  const page = await context.newPage()
  const faults = listenForFaults(page)
  await page.goto(addressOf(route))
  await settled(page)
  assert.equal(await page.locator('h1').count(), 1, `${name}: one heading`)
  const heading = await page.locator('h1').textContent()
  const title = await page.title()
  assert.ok(title.endsWith(` - 明信`) && title.includes(heading ?? '?'), `${name}: title ${title} tells the heading ${heading}`)
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)
  assert.ok(tooWide <= 0, `${name}: ${tooWide} px too wide`)
  assert.deepEqual(await axeFindings(page), [], name)
  assert.deepEqual(faults, [], name)
  await page.close()
}

for (const width of WIDTHS) {
  test(`signing in: axe finds nothing serious at ${width} px`, async () => {
    const context = await under.context(width)
    await examine(context, ROUTES[0], `sign-in ${width}`)
    await context.close()
  })
  for (const role of STAFF) {
    test(`every page that the ${role} may open: axe finds nothing serious at ${width} px`, async () => {
      const context = await under.signedIn(role, width)
      const mayOpen = ROUTES.filter(route => route.needs !== null && opens(route, permissionsFor([role])))
      // The authorisation of the city is the bank's: of any other's not even that there is one.
      const routes = mayOpen.filter(route => route.name !== 'authorisation' || role === 'receiver')
      assert.ok(routes.length >= 4)
      for (const route of routes) await examine(context, route, `${role} ${route.name} ${width}`)
      await context.close()
    })
  }
}

test('who lacks a permission is told which, and no data is drawn', async () => {
  const context = await under.signedIn('window-officer')
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.goto(`${under.address}/console/waiting`)
  await settled(page)
  assert.match((await page.textContent('main')) ?? '', /没有这项权限：确认主体/)
  assert.ok(!asked.some(url => url.includes('/api/v1/waiting')))
  assert.equal(await page.getByRole('link', { name: '待确认主体' }).count(), 0, 'the menu does not offer it either')
  await context.close()
})

test('one comes back to the page that asked after signing in, and the password never stands in an address', async () => {
  const context = await under.context()
  const page = await context.newPage()
  await page.goto(`${under.address}/console/departments?from=2026-01-01`)
  await page.getByLabel('账号').waitFor()
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: '登录' }).click()
  assert.match((await page.getByRole('alert').textContent()) ?? '', /有2处需要修改/)
  const clerk = under.accounts.find(it => it.role === 'clerk')
  await page.getByLabel('账号').fill(clerk?.login ?? '')
  await page.locator('#password').fill('not-the-password')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelector('[role=alert]')?.textContent?.includes('账号或密码') ?? false)
  await page.locator('#password').fill(clerk?.password ?? '')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/console/departments?from=2026-01-01')
  await settled(page)
  await context.close()
})

test('keys lead from page to page; a field keeps its letters', async () => {
  const context = await under.signedIn('credit-office')
  const page = await context.newPage()
  await page.goto(`${under.address}/console`)
  await settled(page)
  await press(page, 'g', 'u')
  await page.waitForURL('**/console/deliveries')
  await press(page, '/')
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'global-search')
  await page.keyboard.type('g w')
  assert.equal(await page.inputValue('#global-search'), 'g w')
  await page.locator('h1').click()
  await press(page, '?')
  await page.getByRole('dialog').waitFor()
  assert.deepEqual(await axeFindings(page), [])
  await context.close()
})

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}
