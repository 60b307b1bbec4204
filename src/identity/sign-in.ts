import * as oidc from 'openid-client'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { rolesOf } from '../access/role-grants.ts'
import { type Caller, openSession, type SignedIn } from '../access/sessions.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { grant, NotFound, Refusal } from '../base/refusal.ts'
import { SESSION_HOURS } from '../http/session.ts'
import { chooseSubject } from '../mandates/choose-subject.ts'
import { bindByClaims } from './bind-by-claims.ts'
import { comerOf, holdComer } from './binding-store.ts'
import { type Door, factorsOf, idTokenFault, provedAt, readClaims, stableIdOf } from './claims.ts'
import { verifyToken } from './key-set.ts'
import { unsound } from './outbound.ts'
import { ownPath } from './own-path.ts'
import { heardFrom } from './provider-answer.ts'
import { CLOCK_TOLERANCE_SECONDS, linkTo, type ProviderLink } from './provider-link.ts'
import { insertFederatedSession } from './session-store.ts'
import { keepRequest, type SignInRequest } from './sign-in-request.ts'
import type { Claims } from './signed-token.ts'
import { bindStaff } from './staff-binding.ts'

/*
 * Signing in by OpenID Connect: authorization code with PKCE, state, nonce and the issuer's name in the answer (RFC 9207). The library checks
 * the answer's form and the ID token's claims; the signature, the times and everything that concerns the platform are checked here.
 */

export function callbackOf(app: App, provider: string): string {
  return new URL(`/signin/oidc/${provider}/callback`, app.publicUrl).href
}

export type Beginning = {
  readonly provider: string
  readonly door: Door
  readonly back: string
  readonly invitationId: number | null
  /** To prove anew who it is: whoever is signed in at the provider signs in there once more. */
  readonly anew: boolean
}

/**
 * Begins a sign-in: where the browser is to go. `browser`: a random value that the browser keeps in a cookie. Throws
 * `identity.provider-unknown` for a provider that does not serve this door; refuses what keeps the provider from being asked.
 */
export async function beginSignIn(app: App, wanted: Beginning, browser: string): Promise<URL> {
  const link = linkTo(app, wanted.provider)
  const { provider } = link
  if (!provider.for.includes(wanted.door)) throw new NotFound('identity.provider-unknown')
  const configuration = await link.configuration()
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
  const levels = [provider.realName, provider.twoFactors].flatMap(level => (level?.claim === 'acr' ? level.values : []))
  const parameters = {
    redirect_uri: callbackOf(app, provider.id),
    response_type: 'code',
    scope: provider.scopes.join(' '),
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    // With an age asked for, the provider must say when it made sure of the person (Core 3.1.2.1).
    ...(wanted.anew ? { max_age: '0', prompt: 'login' } : { max_age: String(SESSION_HOURS * 3600) }),
    ...(levels.length > 0 ? { acr_values: [...new Set(levels)].join(' ') } : {}),
  }
  const pushes = configuration.serverMetadata().pushed_authorization_request_endpoint !== undefined
  const address = await heardFrom(provider, async () =>
    pushes
      ? await oidc.buildAuthorizationUrlWithPAR(configuration, parameters)
      : oidc.buildAuthorizationUrl(configuration, parameters),
  )
  await keepRequest(app, { ...wanted, back: ownPath(wanted.door, wanted.back), state, nonce, verifier, browser })
  return address
}

export type Finished = Pick<SignedIn, 'token'> & { readonly back: string; readonly door: Door }

/**
 * Ends a sign-in with the provider's answer (the callback's whole address). `request`: what `takeRequest` gave. Nothing is kept of a sign-in
 * that is refused: neither a binding nor a session. The session is as fresh as the provider's own proof: one that says nothing of its time, or
 * was given before, lets nobody do what asks for a fresh one. Refuses `identity.not-anew` where it was asked for anew and did not come.
 */
export async function finishSignIn(app: App, request: SignInRequest, answer: URL, caller: Caller): Promise<Finished> {
  const link = linkTo(app, request.provider)
  const { provider } = link
  const { claims, idToken } = await askClaims(app, link, request, answer)
  const freshAt = provedAt(claims, { now: app.now(), tolerance: CLOCK_TOLERANCE_SECONDS })
  const since = request.began.getTime() - CLOCK_TOLERANCE_SECONDS * 1000
  if (request.anew && (freshAt === null || freshAt.getTime() < since))
    throw new Refusal('identity.not-anew', null, { name: provider.name }, 403)
  const today = legalDay(app.now(), app.city.zone)
  const claimed = grant(readClaims(provider, claims, { door: request.door, today, inventedPrefixes: app.city.inventedPrefixes }))
  const comer = comerOf(app, provider.id, 'person', grant(stableIdOf(provider, claims)))
  const deed = { deed: 'identity.recognise', entity: `identity-provider:${provider.id}`, detail: { door: request.door } }
  const { accountId, mandateId } = await change(app, SYSTEM, deed, async made => {
    await holdComer(made, comer)
    if (claimed.as !== 'staff') return await bindByClaims(app, made, comer, claimed)
    return { accountId: await bindStaff(app, made, comer, claimed, request.invitationId), mandateId: null }
  })
  const { sid } = claims
  const kept = {
    provider: provider.id,
    person: comerOf(app, provider.id, 'sub', String(claims['sub'])).indexes[0] ?? '',
    session: typeof sid === 'string' ? (comerOf(app, provider.id, 'sid', sid).indexes[0] ?? null) : null,
    idToken: app.keys.seal('data', Buffer.from(idToken), Buffer.from(`federated_session:${provider.id}`)),
  }
  const assurance = factorsOf(provider, claims) === 2 ? 'federated' : 'federated-single'
  const beginning = { accountId, roles: await rolesOf(app, accountId), assurance, caller, freshAt } as const
  const session = await openSession(app, beginning, made => insertFederatedSession(made, kept))
  // Who comes for a subject speaks for it at once, whomever else he may speak for.
  const mayChoose = session.actor.session?.stage === 'whole' && session.actor.mandateId !== mandateId
  if (mandateId !== null && mayChoose) await chooseSubject(app, session.actor, mandateId)
  return { token: session.token, back: request.back, door: request.door }
}

/** The ID token's claims, verified, with those of userinfo beside them. */
async function askClaims(
  app: App,
  { provider, keys, configuration }: ProviderLink,
  { nonce, verifier, began }: SignInRequest,
  answer: URL,
): Promise<{ claims: Claims; idToken: string }> {
  const settings = await configuration()
  const state = answer.searchParams.get('state') ?? ''
  const tokens = await heardFrom(provider, () =>
    oidc.authorizationCodeGrant(settings, answer, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    }),
  )
  const idToken = tokens.id_token
  if (idToken === undefined) throw unsound('id-token-missing')
  const { claims } = await verifyToken(keys, idToken, provider.algorithms)
  const times = { clientId: provider.client.id, now: app.now(), began, tolerance: CLOCK_TOLERANCE_SECONDS }
  const fault = idTokenFault(claims, times)
  if (fault !== null) throw unsound(`id-token-${fault}`)
  if (!provider.userinfo) return { claims, idToken }
  const sub = String(claims['sub'])
  const { auth_time: _, ...more } = await heardFrom(provider, () => oidc.fetchUserInfo(settings, tokens.access_token, sub))
  // What is signed stands: userinfo adds, it does not replace; and when somebody was made sure of, only what is signed tells.
  return { claims: { ...more, ...claims }, idToken }
}
