import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { plain } from '../../web/my/testing.ts'
import { day } from '../base/day.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { TEST_NOW } from '../testing-app.ts'
import { CLIENT_ID, type FederatedPlatform, findFreePort, openFederatedPlatform } from './testing.ts'
import { openTestBrowser, type Seen, type TestBrowser } from './testing-browser.ts'
import { startChild, type TestChild } from './testing-child.ts'
import type { HostileOrder, Token } from './testing-hostile-provider.ts'

/* A process that answers like a provider and means harm. Nothing it says opens a session that its key has not signed for this platform. */

const NOW = TEST_NOW.getTime() / 1000
const ID_NUMBER = inventedResidentId(3, day('1990-03-07'))
const GOOD = { id_number: ID_NUMBER }
let platform: FederatedPlatform
let one: TestChild<HostileOrder>
let other: TestChild<HostileOrder>
let astray: TestChild<HostileOrder>
let otherIssuer = ''

before(async () => {
  ;[one, other, astray] = [0, 1, 2].map(() => startChild<HostileOrder>('testing-hostile-provider.ts')) as [
    typeof one,
    typeof one,
    typeof one,
  ]
  const open = async (child: TestChild<HostileOrder>, metadata = {}) => {
    const settings = { port: await findFreePort(), now: TEST_NOW.getTime(), clientId: CLIENT_ID, metadata }
    return (await child.ask<{ issuer: string }>({ do: 'open', settings })).issuer
  }
  const first = await open(one)
  otherIssuer = await open(other)
  const led = await open(astray, { token_endpoint: 'http://169.254.169.254/token' })
  const subjects = { for: ['subjects' as const] }
  platform = await openFederatedPlatform(await findFreePort(), [
    { issuer: first },
    { ...subjects, id: 'other', name: '某另一认证', issuer: otherIssuer },
    { ...subjects, id: 'astray', name: '某错置认证', issuer: led },
  ])
})
after(async () => {
  await platform?.close()
  await Promise.all([one, other, astray].map(child => child?.stop()))
})

async function signIn(
  order: Omit<Extract<HostileOrder, { do: 'next' }>, 'do'>,
  browser: TestBrowser = openTestBrowser(),
): Promise<Seen> {
  await one.ask({
    do: 'next',
    ...order,
    ...(order.token ? { token: { ...order.token, claims: { ...GOOD, ...order.token.claims } } } : { token: { claims: GOOD } }),
  })
  return await browser.open(`${platform.address}/signin/oidc/province?door=subjects`)
}

const sessions = async (): Promise<number> =>
  (await platform.worker.db.row<{ count: number }>({ text: 'select count(*) as count from session' }))?.count ?? 0

test('what the hostile provider signs as it should is let in: the tests below fail by their fault alone', async () => {
  assert.match(plain((await signIn({})).text), /登录成功/)
})

const TOKENS: readonly (readonly [string, Token, string])[] = [
  ['signed by another key under the known name', { signing: 'other-key' }, 'token-signature'],
  ['changed after it was signed', { signing: 'torn' }, 'token-signature'],
  ['not signed (alg none)', { signing: 'none' }, ''],
  ['signed by the public key taken for a secret (HS256)', { signing: 'hs256-public-key' }, ''],
  ['under a key that the provider does not have', { signing: 'unknown-kid' }, 'token-key-unknown'],
  ['that names none of the provider’s several keys', { signing: 'no-kid' }, 'token-key-unknown'],
  ['with its key in its own head', { signing: 'embedded-key' }, 'token-signature'],
  ['by a key of 1024 bits', { signing: 'weak-rsa' }, 'token-key-unknown'],
  ['with an extension that must be understood', { signing: 'crit' }, ''],
  ['for another client', { claims: { aud: 'somebody-else' } }, ''],
  ['for two clients, held by the other', { claims: { aud: [CLIENT_ID, 'somebody-else'], azp: 'somebody-else' } }, ''],
  ['for two clients, held by nobody', { claims: { aud: [CLIENT_ID, 'somebody-else'] } }, ''],
  ['for this client, held by another', { claims: { azp: 'somebody-else' } }, 'id-token-azp'],
  ['of another issuer', { claims: { iss: 'https://other.invalid' } }, ''],
  ['with the nonce of another sign-in', { claims: { nonce: 'another' } }, ''],
  ['without a nonce', { without: ['nonce'] }, ''],
  ['without a subject', { without: ['sub'] }, ''],
  ['that ended', { claims: { iat: NOW - 400, exp: NOW - 61 } }, ''],
  ['that never ends', { without: ['exp'] }, ''],
  ['made before the sign-in began', { claims: { iat: NOW - 120, exp: NOW + 300 } }, 'id-token-iat-before'],
  ['of tomorrow', { claims: { iat: NOW + 86_400, exp: NOW + 90_000 } }, 'id-token-iat-ahead'],
  ['that is not yet good', { claims: { nbf: NOW + 3600 } }, ''],
]
for (const [what, token, fault] of TOKENS)
  test(`OIDC Core 3.1.3.7 · an ID token ${what} opens nothing`, async () => {
    // A key that was not known a moment ago is asked for again.
    const before = await sessions()
    const page = await signIn({ token })
    assert.equal(page.status, 400, plain(page.text))
    assert.match(plain(page.text), /没有通过核验（/)
    assert.ok(plain(page.text).includes(fault), plain(page.text))
    assert.equal(await sessions(), before)
  })

for (const [what, order, sentence] of [
  ['userinfo of another person', { userinfo: { sub: 'somebody-else' } }, '没有通过核验（'],
  ['an answer that leads elsewhere', { tokenAnswer: 'redirect' }, '没有通过核验（'],
  ['an answer of two megabytes', { tokenAnswer: 'endless' }, '没有通过核验（too-large）'],
  ['an answer that is a page', { tokenAnswer: 'html' }, '没有通过核验（'],
  ['an answer in another issuer’s name (RFC 9207)', { iss: 'https://other.invalid' }, '没有通过核验（'],
  ['an answer in nobody’s name though one was promised (RFC 9207)', { iss: null }, '没有通过核验（'],
] as const)
  test(`OIDC Core 5.3.2, 16 · ${what} opens nothing`, async () => {
    const before = await sessions()
    const page = await signIn(order)
    assert.ok(plain(page.text).includes(sentence), plain(page.text))
    assert.equal(await sessions(), before)
  })

test('a provider that does not answer is waited for eight seconds, not for ever', async () => {
  const began = process.hrtime.bigint()
  const page = await signIn({ tokenAnswer: 'hang' })
  const waited = Number(process.hrtime.bigint() - began) / 1e9
  assert.deepEqual([page.status, waited > 5 && waited < 12], [503, true])
})

test('what userinfo says does not take the place of what was signed', async () => {
  const browser = openTestBrowser()
  const page = await signIn({ token: { claims: { acr: 'low' } }, userinfo: { acr: 'high' } }, browser)
  assert.match(plain(page.text), /实名等级不够/)
})

test('OAuth 2.0 mix-up · the answer of one provider is not taken at the address of another', async () => {
  await one.ask({ do: 'next', token: { claims: GOOD } })
  const browser = openTestBrowser()
  const at = await browser.peek(await browser.peek(`${platform.address}/signin/oidc/province?door=subjects`))
  assert.match(at, /\/signin\/oidc\/province\/callback/)
  const before = await sessions()
  const page = await browser.open(at.replace('/oidc/province/', '/oidc/other/'))
  assert.match(plain(page.text), /这次登录已经用过/)
  // The other provider's own answer with the first one's state, as an attacker in the middle would send it on.
  const away = new URL(await browser.peek(`${platform.address}/signin/oidc/province?door=subjects`))
  const swapped = await browser.peek(`${otherIssuer}/authorize${away.search}`)
  assert.match(plain((await browser.open(swapped)).text), /没有通过核验（/)
  assert.equal(await sessions(), before)
})

test('a provider that sends the platform to a host of its own choice is not followed (SSRF)', async () => {
  const page = await openTestBrowser().open(`${platform.address}/signin/oidc/astray?door=subjects`)
  assert.equal(page.status, 502)
  assert.match(plain(page.text), /某错置认证给出的地址不在配置的范围内/)
})

const logout = (body: string, type = 'application/x-www-form-urlencoded'): Promise<Response> =>
  fetch(`${platform.address}/signin/oidc/province/logout`, { method: 'POST', body, headers: { 'content-type': type } })
const sendLogout = async (token: Token): Promise<number> =>
  (await logout(new URLSearchParams({ logout_token: await one.ask<string>({ do: 'logout-token', token }) }).toString())).status

const LOGOUTS: readonly (readonly [string, Token])[] = [
  ['signed by another key', { signing: 'other-key' }],
  ['not signed', { signing: 'none' }],
  ['signed by the public key taken for a secret', { signing: 'hs256-public-key' }],
  ['of another issuer', { claims: { iss: 'https://other.invalid' } }],
  ['for another client', { claims: { aud: 'somebody-else' } }],
  ['without the event', { without: ['events'] }],
  ['of another event', { claims: { events: { 'http://schemas.openid.net/event/other': {} } } }],
  ['whose event is no object', { claims: { events: { 'http://schemas.openid.net/event/backchannel-logout': 1 } } }],
  ['with a nonce: it is an ID token', { claims: { nonce: 'x' } }],
  ['that names nobody', { without: ['sub', 'sid'] }],
  ['without a number of its own', { without: ['jti'] }],
  ['without its time', { without: ['iat'] }],
  ['of tomorrow', { claims: { iat: NOW + 86_400, exp: NOW + 86_500 } }],
  ['of yesterday', { claims: { iat: NOW - 86_400, exp: NOW + 60 } }],
  ['that ended', { claims: { iat: NOW - 200, exp: NOW - 100 } }],
  ['of another type', { header: { typ: 'at+jwt' } }],
]
for (const [what, token] of LOGOUTS)
  test(`Back-Channel Logout 1.0, 2.6 · a logout token ${what} ends nothing`, async () => {
    await signIn({})
    const before = await sessions()
    assert.equal(await sendLogout(token), 400)
    assert.equal(await sessions(), before)
  })

test('Back-Channel Logout 1.0 · a sound logout token ends every session of the person, once; other people stay', async () => {
  const [mine, again] = [openTestBrowser(), openTestBrowser()]
  await signIn({}, mine)
  await signIn({}, again)
  await signIn({
    token: { claims: { sub: 'alice', name: '某乙', id_number: inventedResidentId(9, day('1988-02-02')) } },
    userinfo: { sub: 'alice' },
  })
  const text = await one.ask<string>({ do: 'logout-token', token: {} })
  const body = new URLSearchParams({ logout_token: text }).toString()
  const first = await logout(body)
  assert.deepEqual([first.status, first.headers.get('cache-control'), await first.text()], [200, 'no-store', ''])
  assert.equal(await sessions(), 1)
  await signIn({}, mine)
  assert.equal((await logout(body)).status, 400, 'sent again')
  assert.equal(await sessions(), 2)
  for (const [what, given, type] of [
    ['nothing', ''],
    ['no token', 'logout_token=x'],
    ['two', 'logout_token=a&logout_token=b'],
    ['JSON', '{"logout_token":"x"}', 'application/json'],
  ] as const)
    assert.ok([400, 415].includes((await logout(given, type)).status), what)
})

test('JWKS flooding · a hundred tokens under made-up keys make the platform ask for keys once in ten seconds', async () => {
  platform.t.setNow(new Date(TEST_NOW.getTime() + 30_000))
  const before = (await one.ask<Record<string, number>>({ do: 'counts' }))['/jwks'] ?? 0
  for (let round = 0; round < 10; round++)
    assert.deepEqual(
      new Set(await Promise.all(Array.from({ length: 10 }, () => sendLogout({ signing: 'unknown-kid' })))),
      new Set([400]),
    )
  const after = (await one.ask<Record<string, number>>({ do: 'counts' }))['/jwks'] ?? 0
  assert.equal(after - before, 1)
  platform.t.setNow(new Date(TEST_NOW.getTime() + 41_000))
  await sendLogout({ signing: 'unknown-kid' })
  assert.equal(((await one.ask<Record<string, number>>({ do: 'counts' }))['/jwks'] ?? 0) - before, 2)
  platform.t.setNow(TEST_NOW)
})
