import { createPrivateKey } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import * as oidc from 'openid-client'
import type { App } from '../app.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import type { IdentityProvider, TokenAlgorithm } from '../law/identity-model.ts'
import type { Law } from '../law/law.ts'
import { type KeySet, openKeySet } from './key-set.ts'
import { isOfProvider, OUTBOUND_SECONDS, outboundTo, unsound } from './outbound.ts'
import { heardFrom } from './provider-answer.ts'

/* A provider as this process knows it: what it says of itself, its keys, and how the platform proves to it who it is. */

/** How far the two clocks may be apart. */
export const CLOCK_TOLERANCE_SECONDS = 60
const DISCOVERED_MS = 3_600_000

export type ProviderLink = {
  readonly provider: IdentityProvider
  readonly keys: KeySet
  /** For one conversation: the library's clock is set to the platform's. */
  configuration(): Promise<oidc.Configuration>
}

/** By law: a new edition of the configuration begins anew. */
const links = new WeakMap<Law, Map<string, ProviderLink>>()

/** The provider of an id. Throws `identity.provider-unknown` (404). */
export function linkTo(app: App, id: string): ProviderLink {
  const provider = app.law.identityProviders.get(id)
  if (!provider) throw new NotFound('identity.provider-unknown')
  const kept = links.get(app.law) ?? new Map<string, ProviderLink>()
  links.set(app.law, kept)
  const link = kept.get(id) ?? openLink(app, provider)
  kept.set(id, link)
  return link
}

function openLink(app: App, provider: IdentityProvider): ProviderLink {
  let known: { metadata: oidc.ServerMetadata; at: number } | undefined
  const metadata = async (): Promise<oidc.ServerMetadata> => {
    const now = app.now().getTime()
    if (known && Math.abs(now - known.at) < DISCOVERED_MS) return known.metadata
    known = { metadata: await discover(provider), at: now }
    return known.metadata
  }
  const fetchKeys = (): Promise<unknown> =>
    heardFrom(provider, async () => {
      const { jwks_uri: address } = await metadata()
      if (address === undefined) throw unsound('keys-missing')
      const answer = await outboundTo(provider)(address, {
        method: 'GET',
        headers: { accept: 'application/json' },
        body: undefined,
        redirect: 'manual',
      })
      if (answer.status !== 200) throw unsound('keys-missing')
      return await answer.json()
    })
  return {
    provider,
    keys: openKeySet(fetchKeys, app.now),
    configuration: async () => {
      const client = { [oidc.clockTolerance]: CLOCK_TOLERANCE_SECONDS, [oidc.clockSkew]: skewOf(app) }
      const made = new oidc.Configuration(await metadata(), provider.client.id, client, await authenticationOf(app, provider))
      return prepared(made, provider)
    },
  }
}

function prepared(made: oidc.Configuration, provider: IdentityProvider): oidc.Configuration {
  made[oidc.customFetch] = outboundTo(provider)
  made.timeout = OUTBOUND_SECONDS
  // The law check lets an address without TLS pass on this very machine only, and never in production.
  if (provider.issuer.startsWith('http:')) oidc.allowInsecureRequests(made)
  return made
}

/** The library reads the machine's clock; in the example city, and in tests, the platform's stands elsewhere. */
function skewOf(app: App): number {
  return Math.round((app.now().getTime() - Date.now()) / 1000)
}

const ENDPOINTS = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'userinfo_endpoint',
  'end_session_endpoint',
  'pushed_authorization_request_endpoint',
] as const

/** What the provider says of itself. It must be who it was configured to be, with every endpoint on its own hosts. */
async function discover(provider: IdentityProvider): Promise<oidc.ServerMetadata> {
  const found = await heardFrom(provider, () =>
    oidc.discovery(new URL(provider.issuer), provider.client.id, undefined, oidc.None(), {
      [oidc.customFetch]: outboundTo(provider),
      timeout: OUTBOUND_SECONDS,
      execute: provider.issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [],
    }),
  )
  const { supportsPKCE: _, ...metadata } = found.serverMetadata()
  if (metadata.issuer !== provider.issuer) throw unsound('issuer-differs')
  if (!metadata.authorization_endpoint || !metadata.token_endpoint || !metadata.jwks_uri) throw unsound('endpoint-missing')
  for (const name of ENDPOINTS) {
    const address = metadata[name]
    if (address !== undefined && !isOfProvider(provider, address))
      throw new Refusal('identity.address-foreign', null, { name: provider.name }, 502)
  }
  // What the city allows is asked of each token (signed-token.ts): a provider that takes up another kind of key need not be asked again first.
  return { ...metadata, id_token_signing_alg_values_supported: [...provider.algorithms] }
}

async function authenticationOf(app: App, provider: IdentityProvider): Promise<oidc.ClientAuth> {
  const { authentication, file, keyId, signsWith } = provider.client
  const secret = await readSecret(app, provider, file)
  if (authentication === 'client-secret-basic') return oidc.ClientSecretBasic(secret)
  if (authentication === 'client-secret-post') return oidc.ClientSecretPost(secret)
  const key = await importPrivate(secret, signsWith ?? 'RS256').catch(() => null)
  if (key === null) throw new Refusal('identity.secret-unusable', null, { name: provider.name }, 503)
  // The library writes the newer name of RFC 9864 for an Ed25519 key; a provider that knows RFC 8037 alone would not take it.
  const asSaid: oidc.ModifyAssertionFunction = header => {
    header['alg'] = signsWith ?? 'RS256'
  }
  return oidc.PrivateKeyJwt(keyId === undefined ? key : { key, kid: keyId }, { [oidc.modifyAssertion]: asSaid })
}

/**
 * Read for every conversation: a secret that is replaced counts at once. Refuses `identity.secret-missing`, a file that others may read
 * (`identity.secret-open`), an empty one (`identity.secret-unusable`); none of them says what stands in it.
 */
async function readSecret(app: App, { name }: IdentityProvider, file: string): Promise<string> {
  const folder = app.config.secretsDir
  const path = isAbsolute(file) ? file : folder === null ? null : join(folder, file)
  const found = path === null ? null : await stat(path).catch(() => null)
  if (path === null || !found?.isFile()) throw new Refusal('identity.secret-missing', null, { name }, 503)
  if ((found.mode & 0o007) !== 0 && process.platform !== 'win32') throw new Refusal('identity.secret-open', null, { name }, 503)
  const secret = (await readFile(path, 'utf8')).trim()
  if (secret === '') throw new Refusal('identity.secret-unusable', null, { name }, 503)
  return secret
}

const IMPORT_AS = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  EdDSA: { name: 'Ed25519' },
} as const satisfies Record<TokenAlgorithm, object>

/** Throws for what is no private key, and for one of another kind than the city's file says. */
async function importPrivate(pem: string, alg: TokenAlgorithm): Promise<oidc.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' })
  return await crypto.subtle.importKey('pkcs8', new Uint8Array(der), IMPORT_AS[alg], false, ['sign'])
}
