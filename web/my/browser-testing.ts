import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'

/* What tests of the account's pages do in a browser. */

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
// biome-ignore lint/style/noProcessEnv: read by tests alone: a folder for pictures of what was looked at
const PICTURES = process.env['MINGXIN_PICTURES'] ?? ''

export const SCREENS = [
  [360, 640],
  [1280, 720],
] as const

/** On a phone and on a desk: nothing that axe finds, and nothing wider than the window. */
export async function lookAt(page: Page, name: string): Promise<void> {
  for (const [width, height] of SCREENS) {
    await page.setViewportSize({ width, height })
    await page.addScriptTag({ content: AXE })
    const { violations } = (await page.evaluate('axe.run()')) as { violations: { id: string; nodes: { target: string[] }[] }[] }
    const found = violations.map(one => `${one.id} ${one.nodes.map(node => node.target.join(' ')).join(', ')}`)
    assert.deepEqual(found, [], `${name} ${width}`)
    const over = (await page.evaluate('document.documentElement.scrollWidth - innerWidth')) as number
    assert.ok(over <= 0, `${name} ${width}: ${over} px too wide`)
    if (PICTURES === '') continue
    mkdirSync(PICTURES, { recursive: true })
    await page.screenshot({ path: join(PICTURES, `${name}-${width}.png`), fullPage: true })
  }
}

/** A device with a fingerprint, as the browser itself plays it. */
export async function addAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const device = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...device, isUserVerified: true, automaticPresenceSimulation: true },
  })
}
