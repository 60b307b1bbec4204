import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { axeFindings, type ConsoleUnderTest, openConsole, settled, WIDTHS } from './testing.ts'

// biome-ignore lint/style/noProcessEnv: read by tests alone: a folder for pictures of what was looked at
const PICTURES = process.env['MINGXIN_PICTURES'] ?? ''
let under: ConsoleUnderTest
before(async () => {
  under = await openConsole()
})
after(() => under.close())

const WORDS = { login: 'new.clerk', name: '新报送员' }

test('M458 · a unit’s administrator makes an account and proposes a role; the security administrator confirms it', async () => {
  const unit = await (await under.signedIn('unit-administrator')).newPage()
  await unit.goto(`${under.address}/console/people`)
  await settled(unit)
  await unit.fill('#new-login', WORDS.login)
  await unit.fill('#new-name', WORDS.name)
  await unit.getByRole('button', { name: '建立账号' }).click()
  await unit
    .getByRole('dialog', { name: /账号启用码$/ })
    .getByRole('button', { name: '已交给本人' })
    .click()
  const card = unit.locator('.mx-cards > li', { hasText: WORDS.login })
  await card.getByRole('button', { name: '提出授予角色' }).click()
  await card.getByLabel('理由').fill('到岗')
  let sent = 0
  await unit.route('**/api/v1/accounts/*/roles', async route => {
    sent++
    await setTimeout(300)
    await route.continue()
  })
  await card.getByRole('button', { name: '提出授予角色' }).dblclick()
  await card.getByText('已提出，等另一人确认').waitFor()
  assert.equal(sent, 1, 'a double click proposes once')
  await unit.getByText('与您有关，由另一人确认').waitFor()

  const security = await (await under.signedIn('security-administrator')).newPage()
  await security.goto(`${under.address}/console/people?of=market-regulation`)
  await settled(security)
  await security.locator('tr', { hasText: WORDS.login }).getByRole('button', { name: '确认', exact: true }).click()
  await security.getByText('已确认。').waitFor()
  const theirs = security.locator('.mx-cards > li', { hasText: WORDS.login })
  await theirs.getByText('待账号启用').waitFor()
  await theirs.getByRole('button', { name: '收回' }).click()
  await theirs.getByLabel('理由').fill('离岗')
  await theirs.locator('form').getByRole('button', { name: '收回' }).click()
  await theirs.getByText('已收回').waitFor()
})

/** On a phone by folds, on a desk as a table; on either what the window may. */
async function readPermissions(page: Page, width: number): Promise<void> {
  const isPhone = width < 640
  assert.equal(await page.locator('.mx-wide-table').isVisible(), !isPhone)
  const fold = page.locator('.mx-folds details', { has: page.getByText('窗口人员', { exact: false }) }).first()
  assert.equal(await fold.isVisible(), isPhone)
  if (!isPhone) return
  await fold.locator('summary').click()
  await fold.getByText('在窗口提出重置主体的账号').waitFor()
  await page.locator('.mx-folds details', { hasText: '/account-resets' }).first().locator('summary').click()
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)
  assert.ok(tooWide <= 0, `unfolded: ${tooWide} px too wide`)
  assert.deepEqual(await axeFindings(page), [], 'unfolded')
  if (PICTURES !== '') await page.screenshot({ path: `${PICTURES}/permissions-360.png`, fullPage: true })
}

for (const width of WIDTHS)
  test(`M458 · the table of permissions and the people are read at ${width} px, and axe finds nothing`, async () => {
    for (const [role, path] of [
      ['system-administrator', 'people'],
      ['security-administrator', 'permissions'],
      ['auditor', 'permissions'],
    ] as const) {
      const context = await under.signedIn(role, width)
      const page = await context.newPage()
      await page.goto(`${under.address}/console/${path}`)
      await settled(page)
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)
      assert.ok(tooWide <= 0, `${path}: ${tooWide} px too wide`)
      assert.deepEqual(await axeFindings(page), [], `${role} ${path} ${width}`)
      if (path === 'permissions') await readPermissions(page, width)
      await context.close()
    }
  })
