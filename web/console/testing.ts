import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core'
import { findChromium } from '../../scripts/test/groups.ts'
import { addDays, legalDay } from '../../src/base/day.ts'
import { type ExampleAccount, makeExampleAccounts } from '../../src/demo/accounts.ts'
import { loadDemo } from '../../src/demo/load.ts'
import { openApiDoor } from '../../src/platform/api-door.ts'
import { buildConsole } from '../../src/platform/build-console.ts'
import { silent } from '../../src/platform/say.ts'
import { startWorker } from '../../src/platform/worker.ts'
import { openTestApp, type TestApp } from '../../src/testing-app.ts'

/* A console for tests: the real door on real PostgreSQL, a small example city that came in through the real intake, a real browser. */

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const WIDTHS = [1280, 360] as const

export type ConsoleUnderTest = {
  readonly address: string
  readonly test: TestApp
  readonly accounts: readonly ExampleAccount[]
  /** A signed-in context of a role, at a width. */
  signedIn(role: ExampleAccount['role'], width?: number): Promise<BrowserContext>
  /** The same for one account of several that hold a role. */
  signedInAs(login: string, width?: number): Promise<BrowserContext>
  context(width?: number): Promise<BrowserContext>
  close(): Promise<void>
}

export async function openConsole(): Promise<ConsoleUnderTest> {
  const test = await openTestApp()
  const { app, worker: line } = test
  const lastDay = addDays(legalDay(app.now(), app.city.zone), -1)
  await loadDemo(line, { subjects: 120, records: 900, seed: 7, day: lastDay })
  const accounts = await makeExampleAccounts(line)
  await buildConsole(silent)
  const http = await openApiDoor(app)
  await http.listen({ port: 0, host: '127.0.0.1' })
  const worker = await startWorker(line)
  const address = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`
  const browser: Browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
  const context = async (width = 1280): Promise<BrowserContext> => {
    const viewport = { width, height: width > 1000 ? 720 : 640 }
    return countingRequests(await browser.newContext({ viewport, locale: 'zh-CN', acceptDownloads: true }))
  }
  const signIn = async (login: string, width?: number): Promise<BrowserContext> => {
    const made = await context(width)
    const account = accounts.find(it => it.login === login)
    const answer = await made.request.post(`${address}/api/v1/sessions`, { data: { login, password: account?.password } })
    if (!answer.ok()) throw new Error(`${login} cannot sign in: ${await answer.text()}`)
    return made
  }
  return {
    address,
    test,
    accounts,
    context,
    signedIn: (role, width) => signIn(accounts.find(it => it.role === role)?.login ?? role, width),
    signedInAs: signIn,
    close: async () => {
      await browser.close()
      await worker.stop()
      await http.close()
      await test.close()
    },
  }
}

/** What the page complained of while it was open: scripts, refused styles, faults of the server. An unsigned visitor's 401 is an answer. */
export function listenForFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', error => faults.push(`script: ${error.message}`))
  page.on('console', message => {
    if (message.type() === 'error' && !message.text().includes('401')) faults.push(`console: ${message.text()}`)
  })
  page.on('response', response => {
    if (response.status() >= 500) faults.push(`server: ${response.status()} ${response.url()}`)
  })
  return faults
}

const underWay = new WeakMap<BrowserContext, Set<Request>>()

function countingRequests(context: BrowserContext): BrowserContext {
  const open = new Set<Request>()
  context.on('request', request => open.add(request))
  context.on('requestfinished', request => open.delete(request))
  context.on('requestfailed', request => open.delete(request))
  underWay.set(context, open)
  return context
}

/* A click inside the console loads no document, so the browser's own "network idle" stays true from the first page on. */
const QUIET_FOR_MS = 250

/** Waits until nothing loads and no placeholder is left, for a quarter of a second: the page that a click leads to is drawn only when its parts are here. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  const open = underWay.get(page.context()) ?? new Set()
  const isDrawn = () => !document.querySelector('.ant-skeleton, .mx-busy') && document.querySelector('h1') !== null
  for (let quiet = 0; quiet < QUIET_FOR_MS; quiet += 50) {
    await page.waitForFunction(isDrawn)
    await sleep(50)
    if ([...open].some(request => isOf(request, page))) quiet = -50
  }
}

/** A service worker's request has no frame, one of a page on its way none yet. */
function isOf(request: Request, page: Page): boolean {
  try {
    return request.frame().page() === page
  } catch {
    return false
  }
}

/** Serious and critical findings of axe, as sentences. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return await page.evaluate(async () => {
    type Finding = { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }
    const { axe } = globalThis as unknown as { axe: { run: (root: Document) => Promise<{ violations: Finding[] }> } }
    const { violations } = await axe.run(document)
    return violations
      .filter(it => it.impact === 'serious' || it.impact === 'critical')
      .map(it => `${it.id} ${it.nodes.map(node => `${node.target.join(' ')}: ${node.failureSummary}`).join(' | ')}`)
  })
}
