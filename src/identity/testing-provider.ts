import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import Provider, {
  type Adapter,
  type AdapterPayload,
  type ClientMetadata,
  type Configuration,
  type Interaction,
  type JWK,
} from 'oidc-provider'

/*
 * A provider of unified identity in a process of its own, for tests: oidc-provider with its own keys, login page and invented people. Its parent
 * tells it over the channel to change keys, to move its clock, to end a person's session.
 */

export type TestPerson = { readonly login: string; readonly acr: string; readonly claims: Readonly<Record<string, unknown>> }
export type ProviderSettings = {
  readonly port: number
  readonly now: number
  readonly clientId: string
  /** How the platform proves who it is, by what this provider has registered of it. */
  readonly authentication: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt'
  readonly secret: string
  /** The platform's public keys (JWK). */
  readonly clientKeys: readonly object[]
  /** The platform's address. */
  readonly platform: string
  readonly alg: 'RS256' | 'PS256' | 'ES256' | 'EdDSA'
  readonly pushed: boolean
  /** Whether it takes sign-outs by POST from other sites: its cookie must come along, which a browser does over TLS only. */
  readonly takesForms: boolean
  /** Whether ID tokens name the person, as providers do that have no userinfo. */
  readonly namesInToken: boolean
  readonly persons: readonly TestPerson[]
}
export const PROVIDER_PASSWORD = 'provider-password'

type Order =
  | { readonly do: 'open'; readonly settings: ProviderSettings }
  | { readonly do: 'clock'; readonly now: number }
  | { readonly do: 'rotate'; readonly alg?: ProviderSettings['alg'] }
  /** What it has registered of the platform is changed. */
  | { readonly do: 'register'; readonly secret?: string; readonly clientKeys?: readonly object[] }
  | { readonly do: 'end-session'; readonly login: string }
  | { readonly do: 'counts' }
export type ProviderOrder = Order

let clock = 0
const RealDate = Date
/** The whole process lives at the instant it is told. */
class ToldDate extends RealDate {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [clock] : given) as [number]))
  }
  static override now(): number {
    return clock
  }
}

const store = new Map<string, AdapterPayload>()
class MapAdapter implements Adapter {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    store.set(`${this.name} ${id}`, structuredClone(payload))
  }
  async find(id: string): Promise<AdapterPayload | undefined> {
    return structuredClone(store.get(`${this.name} ${id}`))
  }
  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...store.entries()].find(([key, one]) => key.startsWith(`${this.name} `) && one.uid === uid)?.[1]
  }
  async findByUserCode(): Promise<undefined> {}
  async consume(id: string): Promise<void> {
    const one = store.get(`${this.name} ${id}`)
    if (one) one['consumed'] = Math.floor(clock / 1000)
  }
  async destroy(id: string): Promise<void> {
    store.delete(`${this.name} ${id}`)
  }
  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, one] of store) if (one.grantId === grantId) store.delete(key)
  }
}

function newKey(alg: ProviderSettings['alg']): JWK {
  const made =
    alg === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : alg === 'EdDSA'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...made.privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: randomUUID() } as JWK
}

const counts: Record<string, number> = {}
const sessions = new Map<string, { sid: string; clientId: string }>()
let settings: ProviderSettings
let provider: Provider
let key: JWK

function open(): void {
  const { issuer } = addressesOf(settings)
  provider = new Provider(issuer, configurationOf(settings))
  provider.proxy = false
  provider.use(async (context, next) => {
    counts[context.path] = (counts[context.path] ?? 0) + 1
    // A browser takes the end of a cookie by this clock.
    context.set('date', new Date().toUTCString())
    if (context.path.startsWith('/interaction/')) return await interact(context.req, context.res, () => (context.respond = false))
    await next()
  })
  provider.on('authorization.success', context => {
    const { session, client } = context.oidc
    if (session?.accountId && client)
      sessions.set(session.accountId, { sid: session.sidFor(client.clientId) as string, clientId: client.clientId })
  })
  provider.on('server_error', (_, error) => process.stderr.write(`provider: ${error.stack}\n`))
}

function addressesOf({ port }: ProviderSettings): { issuer: string } {
  return { issuer: `http://localhost:${port}` }
}

function clientOf({ authentication, secret, clientKeys }: ProviderSettings): Partial<ClientMetadata> {
  return {
    token_endpoint_auth_method: authentication,
    ...(authentication === 'private_key_jwt' ? { jwks: { keys: clientKeys as JWK[] } } : { client_secret: secret }),
  }
}

function configurationOf(given: ProviderSettings): Configuration {
  const { platform, clientId, alg, pushed, takesForms, namesInToken, persons } = given
  const base = `${platform}/signin`
  return {
    adapter: MapAdapter,
    jwks: { keys: [key] },
    cookies: { keys: ['test-only'], ...(takesForms ? { long: { sameSite: 'none' as const } } : {}) },
    enableHttpPostMethods: takesForms,
    clients: [
      {
        client_id: clientId,
        ...clientOf(given),
        redirect_uris: [`${base}/oidc/province/callback`],
        post_logout_redirect_uris: [`${base}/out`],
        backchannel_logout_uri: `${base}/oidc/province/logout`,
        backchannel_logout_session_required: true,
        id_token_signed_response_alg: alg,
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    conformIdTokenClaims: !namesInToken,
    acrValues: ['low', 'high', 'two-factor'],
    claims: { openid: ['sub'], profile: ['name', 'id_number', 'uscc', 'corp_role', 'employee_no'] },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      pushedAuthorizationRequests: { enabled: pushed },
      rpInitiatedLogout: { enabled: true },
    },
    ttl: { Interaction: 3600, Session: 86_400, Grant: 86_400, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
    // Its own guard would not let it call a platform on this machine.
    fetch: (address, options) => fetch(address, plainOptions(options)),
    interactions: { url: (_, { uid }: Interaction) => `/interaction/${uid}` },
    findAccount: (_, sub) => {
      const person = persons.find(one => one.login === sub)
      return person && { accountId: sub, claims: async () => ({ sub, ...person.claims }) }
    },
    loadExistingGrant: async context => {
      const { client, session } = context.oidc
      const grant = new context.oidc.provider.Grant({
        clientId: client?.clientId as string,
        accountId: session?.accountId as string,
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
  }
}

type Raw = import('node:http').IncomingMessage
type Answer = import('node:http').ServerResponse

async function interact(request: Raw, response: Answer, own: () => void): Promise<void> {
  own()
  let body = ''
  for await (const part of request) body += String(part)
  const typed = new URLSearchParams(body)
  if (request.method === 'POST' && typed.has('cancel'))
    return await provider.interactionFinished(request, response, { error: 'access_denied' })
  const person = settings.persons.find(one => one.login === typed.get('login'))
  if (request.method === 'POST' && person && typed.get('password') === PROVIDER_PASSWORD)
    return await provider.interactionFinished(request, response, { login: { accountId: person.login, acr: person.acr } })
  response.statusCode = 200
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(`<!doctype html><html lang="zh-CN"><title>统一身份认证</title><h1>统一身份认证</h1><form method="post" action="${request.url}">
    <label>账号<input name="login"></label><label>口令<input name="password" type="password"></label><button>登录</button>
    <button name="cancel" value="1">取消</button></form>`)
}

async function obey(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'open': {
      settings = order.settings
      clock = settings.now
      globalThis.Date = ToldDate as DateConstructor
      key = newKey(settings.alg)
      open()
      const server = createServer((request, response) => void provider.callback()(request, response))
      await new Promise<void>(resolve => server.listen(settings.port, 'localhost', resolve))
      return addressesOf(settings)
    }
    case 'clock':
      clock = order.now
      return null
    case 'rotate':
      settings = { ...settings, alg: order.alg ?? settings.alg }
      key = newKey(settings.alg)
      open()
      return key.kid
    case 'register':
      settings = { ...settings, ...order }
      open()
      return null
    case 'end-session': {
      const session = sessions.get(order.login)
      const client = session && (await provider.Client.find(session.clientId))
      await (client as unknown as { backchannelLogout(sub: string, sid: string): Promise<void> }).backchannelLogout(
        order.login,
        session?.sid as string,
      )
      return null
    }
    case 'counts':
      return { ...counts }
  }
}

process.on('message', async ({ id, order }: { id: number; order: Order }) => {
  const answer = await obey(order).then(
    value => ({ id, value }),
    (error: Error) => ({ id, error: error.stack ?? error.message }),
  )
  process.send?.(answer)
})
process.on('disconnect', () => process.exit(0))

function plainOptions(options: RequestInit | undefined): RequestInit {
  const { dispatcher: _, ...rest } = (options ?? {}) as RequestInit & { dispatcher?: unknown }
  return rest
}
