import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { plain } from '../../web/my/testing.ts'
import { day } from '../base/day.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { TEST_NOW } from '../testing-app.ts'
import { CLIENT_ID, type FederatedPlatform, findFreePort, openFederatedPlatform } from './testing.ts'
import { openTestBrowser, type TestBrowser } from './testing-browser.ts'
import { startChild, type TestChild } from './testing-child.ts'
import type { HostileOrder } from './testing-hostile-provider.ts'
import { PROVIDER_PASSWORD } from './testing-provider.ts'
import { openProvince, type Province } from './testing-province.ts'

/* Whoever comes by unified identity is as freshly made sure of as the provider says, and is asked there anew where an act needs it. */

let province: Province
before(async () => {
  province = await openProvince()
})
after(() => province?.close())

const freshUntil = async (browser: TestBrowser): Promise<string | null> =>
  JSON.parse(await browser.read(`${province.platform.address}/api/v1/account/security`)).freshUntil
const start = (more = ''): string => `${province.platform.address}/signin/oidc/province?door=subjects${more}`

test('ASVS 7.5.1 · OIDC Core 2 · a provider whose own session is old lets a person in and proves nothing anew; asked anew it shows its login page', async () => {
  const browser = openTestBrowser()
  assert.match(plain((await province.signIn('person', 'subjects', browser)).text), /登录成功/)
  assert.notEqual(await freshUntil(browser), null, 'just signed in there')
  await province.pass(20 * 60)
  const silent = await browser.open(start())
  assert.match(plain(silent.text), /登录成功/, 'the provider knows its visitor still')
  assert.equal(await freshUntil(browser), null, 'and made sure of nobody')
  const asked = await browser.open(start('&anew=1&back=%2Fmy%2Fsecurity'))
  assert.match(asked.text, /<h1>统一身份认证<\/h1>/)
  const back = await browser.send('/interaction/', { login: 'person', password: PROVIDER_PASSWORD })
  assert.equal(back.headers.get('refresh'), '0; url=/my/security')
  assert.notEqual(await freshUntil(browser), null)
})

test('a person without a password is shown no field for one, and the way to prove it where it signs in', async () => {
  const browser = openTestBrowser()
  await province.signIn('person', 'subjects', browser)
  await province.pass(20 * 60)
  const page = await browser.open(`${province.platform.address}/my/security`)
  assert.doesNotMatch(page.text, /type="password"/)
  assert.match(page.text, /href="\/signin\/oidc\/province\?door=subjects&amp;anew=1&amp;back=%2Fmy%2Fsecurity"/)
  assert.match(plain(page.text), /您由统一身份认证登录，没有本平台的密码/)
  const refused = await browser.send('/my/security/fresh', { password: 'guessed-password-1' }).catch((error: Error) => error)
  assert.ok(refused instanceof Error || refused.status === 403, 'nothing is proved by a password that is none')
})

const NOW = TEST_NOW.getTime() / 1000
const CLAIMS = { id_number: inventedResidentId(3, day('1990-03-07')) }
let careless: TestChild<HostileOrder>
let platform: FederatedPlatform

before(async () => {
  careless = startChild<HostileOrder>('testing-hostile-provider.ts')
  const settings = { port: await findFreePort(), now: TEST_NOW.getTime(), clientId: CLIENT_ID }
  const { issuer } = await careless.ask<{ issuer: string }>({ do: 'open', settings })
  platform = await openFederatedPlatform(await findFreePort(), [{ issuer }])
})
after(async () => {
  await platform?.close()
  await careless?.stop()
})

for (const [what, claims, isAnew, isFresh] of [
  ['it made sure just now', { auth_time: NOW }, true, true],
  ['its clock is fifty seconds ahead', { auth_time: NOW + 50 }, true, true],
  ['it made sure an hour ago', { auth_time: NOW - 3600 }, false, false],
  ['it does not say when', {}, false, false],
  ['it speaks of tomorrow', { auth_time: NOW + 86_400 }, false, false],
] as const)
  test(`OIDC Core 3.1.2.1 · a provider that overlooks what it is asked: ${what}: ${isAnew ? 'taken as anew' : 'not taken as anew'}`, async () => {
    await careless.ask({ do: 'next', token: { claims: { ...CLAIMS, ...claims } } })
    const browser = openTestBrowser()
    const anew = await browser.open(`${platform.address}/signin/oidc/province?door=subjects&anew=1`)
    assert.equal(anew.status, isAnew ? 200 : 403, plain(anew.text))
    if (!isAnew) assert.match(plain(anew.text), /没有重新验证您的身份/)
    const other = openTestBrowser()
    await other.open(`${platform.address}/signin/oidc/province?door=subjects`)
    const security = JSON.parse(await other.read(`${platform.address}/api/v1/account/security`))
    assert.equal(security.freshUntil !== null, isFresh)
  })

test('ASVS 6.8.2 · when it made sure, only what is signed tells: a time in userinfo proves nothing', async () => {
  await careless.ask({ do: 'next', token: { claims: CLAIMS }, userinfo: { sub: 'mallory', auth_time: NOW } })
  const anew = await openTestBrowser().open(`${platform.address}/signin/oidc/province?door=subjects&anew=1`)
  assert.equal(anew.status, 403, plain(anew.text))
})
