import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { plain } from '../../web/my/testing.ts'
import { forgetOldSessions } from '../access/sessions.ts'
import { workerOf } from '../testing-app.ts'
import { forgetOldRequests } from './sign-in-request.ts'
import { openTestBrowser } from './testing-browser.ts'
import { PROVIDER_PASSWORD } from './testing-provider.ts'
import { openProvince, type Province } from './testing-province.ts'

/* A real provider (oidc-provider) in a process of its own, and the platform as its relying party: keys, clocks, answers sent again, signing out. */

let province: Province
before(async () => {
  province = await openProvince()
})
after(() => province?.close())
const signIn: Province['signIn'] = (...given) => province.signIn(...given)
const me: Province['me'] = browser => province.me(browser)
const countOf: Province['countOf'] = table => province.countOf(table)
const pass: Province['pass'] = (seconds, ahead) => province.pass(seconds, ahead)

test('OIDC Core 10.1.1 · the provider changes its key while somebody is on the way, and the kind of key too', async () => {
  for (const alg of ['RS256', 'PS256', 'ES256', 'EdDSA'] as const) {
    await pass(11)
    const browser = openTestBrowser()
    await browser.open(`${province.platform.address}/signin/oidc/province?door=subjects`)
    await province.provider.ask({ do: 'rotate', alg })
    const page = await browser.send('/interaction/', { login: 'person', password: PROVIDER_PASSWORD })
    assert.match(plain(page.text), /登录成功/, `${alg}: ${plain(page.text)}`)
  }
})

test('keys and what the provider says of itself are asked once, not at every sign-in', async () => {
  await signIn('person')
  const before = await province.provider.ask<Record<string, number>>({ do: 'counts' })
  for (let i = 0; i < 3; i++) await signIn('person')
  const after = await province.provider.ask<Record<string, number>>({ do: 'counts' })
  for (const path of ['/jwks', '/.well-known/openid-configuration']) assert.equal(after[path], before[path], path)
  assert.equal(after['/request'], (before['/request'] ?? 0) + 3, 'requests are pushed (RFC 9126)')
})

for (const [ahead, sentence] of [
  [50, /登录成功/],
  [-50, /登录成功/],
  [600, /没有通过核验（id-token-iat-ahead）/],
  [-900, /没有通过核验（/],
  [-300, /没有通过核验（id-token-iat-before）/],
] as const)
  test(`OIDC Core 3.1.3.7 · a provider whose clock stands ${ahead} s apart: ${sentence.source}`, async () => {
    await pass(0, ahead)
    const page = await signIn('person')
    await pass(0)
    assert.match(plain(page.text), sentence)
  })

test('OIDC Core 3.1.2.7 · an answer counts once, in the browser that asked, for ten minutes', async () => {
  const over = /这次登录已经用过、已超过10分钟，或者不是在这个浏览器里开始的/
  const browser = openTestBrowser()
  await signIn('person', 'subjects', browser)
  const begin = `${province.platform.address}/signin/oidc/province?door=subjects`
  // The provider knows the person now: it leads on without its login page. The last step is kept back.
  const answerOf = async (): Promise<string> => {
    let at = begin
    while (!at.includes('/callback')) at = await browser.peek(at)
    return at
  }
  const answer = await answerOf()
  assert.match(plain((await openTestBrowser().open(answer)).text), over, 'another browser')
  assert.match(plain((await browser.open(answer)).text), over, 'what another browser tried is gone')
  const second = await answerOf()
  assert.match(plain((await browser.open(second)).text), /登录成功/)
  assert.match(plain((await browser.open(second)).text), over, 'the same answer again')
  const third = new URL(await answerOf())
  third.searchParams.set('code', new URL(second).searchParams.get('code') ?? '')
  assert.match(plain((await browser.open(third.href)).text), /没有接受这次登录（invalid-grant）/, 'a code that was used')
  const fourth = new URL(await answerOf())
  fourth.searchParams.set('iss', 'https://other.invalid')
  assert.match(plain((await browser.open(fourth.href)).text), /没有通过核验/, 'RFC 9207')
  const late = await answerOf()
  await pass(601)
  assert.match(plain((await browser.open(late)).text), over, 'too late')
  for (const query of ['', '?code=x', '?state=x', '?state=x&state=y&code=z', '?error=access_denied&state=%00'])
    assert.match(
      plain((await browser.open(`${province.platform.address}/signin/oidc/province/callback${query}`)).text),
      over,
      query,
    )
})

test('Back-Channel Logout 1.0 · a session that ends at the provider ends here at once, and no other', async () => {
  const [person, head] = [openTestBrowser(), openTestBrowser()]
  await signIn('person', 'subjects', person)
  await signIn('head', 'subjects', head)
  await province.provider.ask({ do: 'end-session', login: 'person' })
  assert.equal((await me(person))['code'], 'access.sign-in-needed')
  assert.equal((await me(head))['subjectId'], province.firm)
})

test('RP-Initiated Logout 1.0 · signing out here ends the session at the provider too, and leads back', async () => {
  const browser = openTestBrowser()
  await signIn('head', 'subjects', browser)
  await browser.open(`${province.platform.address}/my`)
  const leave = await browser.send('/my/sign-out')
  assert.match(plain(leave.text), /您在某省统一身份认证仍处于登录状态/)
  assert.match(leave.text, /name="id_token_hint" value="ey/)
  assert.match(String(leave.headers.get('content-security-policy')), /form-action 'self' http:\/\/localhost:\d+;/)
  assert.equal((await me(browser))['code'], 'access.sign-in-needed')
  await browser.send('/session/end')
  const back = await browser.send('/session/end/confirm', { logout: 'yes' })
  assert.equal(back.url, `${province.platform.address}/signin?out=1`)
  // The provider does not know the person any more.
  assert.match(
    (await browser.open(`${province.platform.address}/signin/oidc/province?door=subjects`)).text,
    /<h1>统一身份认证<\/h1>/,
  )
})

test('a provider that is down: a clear page, and nothing half done; up again, everybody comes in', async () => {
  const before = [await countOf('session'), await countOf('identity_request')]
  const dead = province.platform.app.law.identityProviders.get('dead')
  assert.ok(dead)
  const page = await openTestBrowser().open(`${province.platform.address}/signin/oidc/dead?door=subjects`)
  assert.equal(page.status, 503)
  assert.match(plain(page.text), /某停用认证没有应答，现在不能用它登录。请稍后再试，或者用账号和密码登录。/)
  assert.deepEqual([await countOf('session'), await countOf('identity_request')], before)
  const unknown = await openTestBrowser().open(`${province.platform.address}/signin/oidc/nowhere?door=subjects`)
  assert.equal(unknown.status, 404)
  assert.equal((await openTestBrowser().open(`${province.platform.address}/signin/oidc/dead?door=staff`)).status, 404)
})

test('ux · the sign-in page offers the unified identity before account and password', async () => {
  const page = await openTestBrowser().open(`${province.platform.address}/signin?back=/my/looks`)
  const at = page.text.indexOf('某省统一身份认证登录')
  assert.ok(at > 0 && at < page.text.indexOf('name="password"'))
  assert.ok(page.text.includes('/signin/oidc/province?door=subjects&amp;back=%2Fmy%2Flooks'))
})

test('the clock forgets what was never answered, and what sessions that have ended had kept', async () => {
  await openTestBrowser().open(`${province.platform.address}/signin/oidc/province?door=subjects`)
  await pass(24 * 3600)
  await forgetOldSessions(workerOf(province.platform.app))
  await forgetOldRequests(workerOf(province.platform.app))
  assert.equal(await countOf('identity_request'), 0)
  assert.deepEqual(await province.platform.app.changes.rows({ text: 'select from federated_session' }), [])
})
