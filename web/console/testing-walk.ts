import assert from 'node:assert/strict'
import type { BrowserContext } from 'playwright-core'
import type { Role } from '../../src/access/actor.ts'
import { permissionsFor } from '../../src/access/testing.ts'
import { day } from '../../src/base/day.ts'
import type { CampaignId } from '../../src/campaigns/model.ts'
import { openInCampaign } from '../../src/campaigns/open-case.ts'
import { ONE, ORDER, openTestGovernmentCase, running } from '../../src/campaigns/testing.ts'
import type { CaseKey } from '../../src/cases/model.ts'
import type { DeliveryView } from '../../src/intake/contract.ts'
import { opens, ROUTES, type Route } from './routes.ts'
import { axeFindings, type ConsoleUnderTest, listenForFaults, openConsole, settled } from './testing.ts'
import { lodgeObjections } from './testing-cases.ts'

/* Every page of the console, walked from the table of routes, for each role that may open it, at one width, against the real door. A file for each width: two run at a time. */

const STAFF: readonly Role[] = [
  'credit-office',
  'clerk',
  'window-officer',
  'case-officer',
  'receiver',
  'auditor',
  'investigator',
  'privacy-officer',
  'system-administrator',
  'security-administrator',
]
let under: ConsoleUnderTest
let samples: { deliveryId: number; subjectId: number }
let shownCase: CaseKey | undefined
let campaignId: CampaignId
let granted: { subjectId: number; authorisationId: number }

async function open(): Promise<void> {
  under = await openConsole()
  shownCase = (await lodgeObjections(under, 'market-regulation', ['2026-11-20']))[0]
  await openCampaign()
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
}

/** A campaign of the case officer's unit with a case, and a body of the state that owes money. */
async function openCampaign(): Promise<void> {
  const { app } = under.test
  campaignId = await running(under.test, { lastDay: day('2027-03-31'), goals: { urged: 3 } })
  const subjectId = await openTestGovernmentCase(app)
  const fields = { ...ORDER.fields, until: '2026-12-20' }
  await openInCampaign(app, ONE, campaignId, { ...ORDER, fields, subjectId })
}

function addressOf(route: Route): string {
  if (route.name === 'authorisation')
    return `${under.address}/console/authorisations/${granted.subjectId}/${granted.authorisationId}`
  if (route.name === 'case') return `${under.address}/console/subjects/${shownCase?.subjectId}/cases/${shownCase?.caseId}`
  const path = route.path
    .replace(':deliveryId', String(samples.deliveryId))
    .replace(':subjectId', String(samples.subjectId))
    .replace(':campaignId', String(campaignId))
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
  const text = (await page.locator('body').textContent()) ?? ''
  assert.doesNotMatch(text, /console\.[a-z-]+\.[a-z]/, `${name}: a key stands where its sentence should`)
  assert.deepEqual(await axeFindings(page), [], name)
  assert.deepEqual(faults, [], name)
  await page.close()
}

/** Opens the example city with its console, and finds the samples that pages of one thing are opened with. */
export async function openWalk(): Promise<{ close(): Promise<void> }> {
  await open()
  return under
}

/** The walks at one width, by their names: the page of signing in, then those of each role. */
export function walksAt(width: number): Readonly<Record<string, () => Promise<void>>> {
  const names = STAFF.map(
    role => [`every page that the ${role} may open: axe finds nothing serious at ${width} px`, role] as const,
  )
  return {
    [`signing in: axe finds nothing serious at ${width} px`]: async () => {
      const context = await under.context(width)
      await examine(context, ROUTES[0], `sign-in ${width}`)
      await context.close()
    },
    ...Object.fromEntries(names.map(([name, role]) => [name, () => walkAs(role, width)])),
  }
}

async function walkAs(role: Role, width: number): Promise<void> {
  const context = await under.signedIn(role, width)
  const mayOpen = ROUTES.filter(route => route.needs !== null && opens(route, permissionsFor([role])))
  // The authorisation of the city is the bank's: of any other's not even that there is one.
  const routes = mayOpen.filter(route => route.name !== 'authorisation' || role === 'receiver')
  assert.ok(routes.length >= 4)
  for (const route of routes) await examine(context, route, `${role} ${route.name} ${width}`)
  await context.close()
}
