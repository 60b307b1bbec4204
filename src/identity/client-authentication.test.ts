import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { plain } from '../../web/my/testing.ts'
import type { TokenAlgorithm } from '../law/identity-model.ts'
import { CLIENT_ID, CLIENT_SECRET } from './testing.ts'
import { openTestBrowser } from './testing-browser.ts'
import { PROVIDER_PASSWORD } from './testing-provider.ts'
import { openProvince, type Province, type ProvinceSettings } from './testing-province.ts'

/* How the platform proves to a real provider (oidc-provider, in a process of its own) who it is, and how it leads people to sign out there. */

type OwnKey = { readonly pem: string; readonly jwk: object }

function ownKey(alg: TokenAlgorithm, kid: string): OwnKey {
  const { publicKey, privateKey } = pairFor(alg)
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { pem, jwk: { ...publicKey.export({ format: 'jwk' }), alg, use: 'sig', kid } }
}

function pairFor(alg: TokenAlgorithm): { publicKey: KeyObject; privateKey: KeyObject } {
  if (alg === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return alg === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('rsa', { modulusLength: 2048 })
}

const keyed = (alg: TokenAlgorithm, key: OwnKey, pushed: boolean, keyId?: string): ProvinceSettings => ({
  secret: key.pem,
  configured: { client: { id: CLIENT_ID, authentication: 'private-key-jwt', signsWith: alg, ...(keyId ? { keyId } : {}) } },
  provided: { authentication: 'private_key_jwt', clientKeys: [key.jwk], pushed },
})

const posted = (pushed: boolean): ProvinceSettings => ({
  configured: { client: { id: CLIENT_ID, authentication: 'client-secret-post' } },
  provided: { authentication: 'client_secret_post', pushed },
})

/** Nothing is kept of a sign-in that was refused. */
async function refused(province: Province, sentence: RegExp): Promise<void> {
  const counts = async (): Promise<number[]> => [
    await province.countOf('session'),
    await province.countOf('account'),
    await province.countOf('federated_person'),
  ]
  const before = await counts()
  const browser = openTestBrowser()
  const begun = await browser.open(`${province.platform.address}/signin/oidc/province?door=subjects`)
  const page = begun.status < 400 ? await browser.send('/interaction/', { login: 'person', password: PROVIDER_PASSWORD }) : begun
  assert.ok(page.status >= 400 && page.status <= 503 && page.status !== 500, String(page.status))
  assert.match(plain(page.text), sentence)
  assert.doesNotMatch(page.text, /PRIVATE KEY|test-only/)
  assert.deepEqual(await counts(), before)
}

async function accepted(province: Province): Promise<void> {
  const page = await province.signIn('person')
  assert.match(plain(page.text), /登录成功/, plain(page.text))
}

const UNKNOWN_CLIENT = /某省统一身份认证没有接受这次登录（invalid-client）/
const UNUSABLE = /某省统一身份认证的密钥文件是空的，或者里面不是配置所写种类的私钥/

for (const [alg, pushed] of [
  ['RS256', true],
  ['PS256', false],
  ['ES256', true],
  ['EdDSA', false],
] as const)
  describe(`RFC 7523 · private_key_jwt by ${alg}, ${pushed ? 'asked beforehand (RFC 9126)' : 'at the token endpoint'}`, () => {
    const [first, second] = [ownKey(alg, 'own-1'), ownKey(alg, 'own-2')]
    let province: Province
    after(() => province?.close())

    test('the platform signs for itself, and a person comes in', async () => {
      province = await openProvince(keyed(alg, first, pushed))
      await accepted(province)
    })

    test('its own key is changed while it runs: the new one counts from the next sign-in on, the old one no more', async () => {
      await province.provider.ask({ do: 'register', clientKeys: [first.jwk, second.jwk] })
      await accepted(province)
      await province.platform.replaceSecret(second.pem)
      await accepted(province)
      await province.provider.ask({ do: 'register', clientKeys: [second.jwk] })
      await accepted(province)
      await province.platform.replaceSecret(first.pem)
      await refused(province, UNKNOWN_CLIENT)
    })

    test('a key that the provider never saw, one of another kind, none at all: refused in a sentence', async () => {
      await province.platform.replaceSecret(ownKey(alg, 'own-2').pem)
      await refused(province, UNKNOWN_CLIENT)
      for (const wrong of [ownKey(alg === 'EdDSA' ? 'RS256' : 'EdDSA', 'own-2').pem, CLIENT_SECRET, '']) {
        await province.platform.replaceSecret(wrong)
        await refused(province, UNUSABLE)
      }
      await province.platform.replaceSecret(second.pem)
      await accepted(province)
    })
  })

test('RFC 7515 4.1.4 · a key that is named is found by its name, and another name is nobody’s', async t => {
  const key = ownKey('ES256', 'own-1')
  const province = await openProvince(keyed('ES256', key, true, 'own-1'))
  t.after(() => province.close())
  await accepted(province)
  await province.provider.ask({ do: 'register', clientKeys: [{ ...key.jwk, kid: 'own-2' }] })
  await refused(province, UNKNOWN_CLIENT)
})

for (const pushed of [true, false])
  test(`RFC 6749 2.3.1 · client_secret_post${pushed ? ', asked beforehand' : ''}: in with the secret, a sentence with another, in again with the new one`, async t => {
    const province = await openProvince(posted(pushed))
    t.after(() => province.close())
    await accepted(province)
    await province.platform.replaceSecret('test-only-another-secret')
    await refused(province, UNKNOWN_CLIENT)
    await province.provider.ask({ do: 'register', secret: 'test-only-another-secret' })
    await accepted(province)
    await province.platform.replaceSecret('')
    await refused(province, UNUSABLE)
  })

for (const signOut of ['get', 'post'] as const)
  test(`RP-Initiated Logout 1.0 · by ${signOut}: an ID token that names somebody ${signOut === 'post' ? 'goes along in the form, in no address' : 'stays here'}`, async t => {
    const province = await openProvince({
      configured: { signOut },
      provided: { namesInToken: true, takesForms: signOut === 'post' },
    })
    t.after(() => province.close())
    const browser = openTestBrowser()
    await province.signIn('head', 'subjects', browser)
    await browser.open(`${province.platform.address}/my`)
    const leave = await browser.send('/my/sign-out')
    assert.match(leave.text, new RegExp(`<form method="${signOut}" action="http://localhost:\\d+/session/end"`))
    assert.equal(/name="id_token_hint" value="ey/.test(leave.text), signOut === 'post')
    assert.equal((await province.me(browser))['code'], 'access.sign-in-needed', 'here it is over whatever follows')
    const asked = await browser.send('/session/end')
    assert.equal(asked.status, 200, plain(asked.text))
    assert.doesNotMatch(asked.url, /id_token_hint/)
    const back = await browser.send('/session/end/confirm', { logout: 'yes' })
    assert.equal(back.url, `${province.platform.address}/signin?out=1`)
    const again = await browser.open(`${province.platform.address}/signin/oidc/province?door=subjects`)
    assert.match(again.text, /<h1>统一身份认证<\/h1>/, 'the provider does not know the person any more')
  })
