import type { App } from '../app.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { hashToken, sameText } from '../http/session.ts'
import type { Door } from './claims.ts'
import { sweepFederatedSessions } from './session-store.ts'

/*
 * Sign-ins on their way to a provider and back. `state` is 256 random bits of which the digest is kept; nonce and PKCE verifier are sealed. A
 * request is taken by deleting it: whatever follows, the same answer is never looked at twice.
 */

export const REQUEST_MINUTES = 10

export type SignInRequest = {
  readonly provider: string
  readonly door: Door
  /** A page of the door's own. */
  readonly back: string
  readonly invitationId: number | null
  readonly nonce: string
  readonly verifier: string
  /** The provider is to make sure of the person anew, whoever is signed in there. */
  readonly anew: boolean
  readonly began: Date
}

export type NewRequest = Omit<SignInRequest, 'began'> & {
  readonly state: string
  /** What the browser that began it holds in a cookie. */
  readonly browser: string
}

const aadOf = (provider: string): Buffer => Buffer.from(`identity_request:${provider}`)

export async function keepRequest(app: App, wanted: NewRequest): Promise<void> {
  const { provider, door, back, invitationId, state, browser, nonce, verifier, anew } = wanted
  const now = app.now()
  const sealed = app.keys.seal(
    'data',
    Buffer.from(JSON.stringify({ nonce, verifier, ...(anew ? { anew: 'yes' } : {}) })),
    aadOf(provider),
  )
  await app.db.run(sql`insert into identity_request (state_digest, provider, door, back, browser_digest, invitation_id, sealed, made_at, ends_at)
    values (${hashToken(state)}, ${provider}, ${door}, ${back}, ${hashToken(browser)}, ${invitationId}, ${sealed}, ${now}, ${new Date(now.getTime() + REQUEST_MINUTES * 60_000)})`)
}

type RequestRow = {
  provider: string
  door: Door
  back: string
  browser_digest: Buffer
  invitation_id: number | null
  sealed: Buffer
  made_at: Date
  ends_at: Date
}

/**
 * Takes the request that an answer belongs to. Refuses `identity.request-over`: there is none, it was taken before, it is more than ten minutes
 * old, another provider answers it (mix-up), or another browser began it.
 */
export async function takeRequest(
  app: App,
  answer: { provider: string; state: string; browser: string },
): Promise<SignInRequest> {
  const row = await app.db.row<RequestRow>(
    sql`delete from identity_request where state_digest = ${hashToken(answer.state)}
      returning provider, door, back, browser_digest, invitation_id, sealed, made_at, ends_at`,
  )
  const isOurs = row && sameText(hashToken(answer.browser).toString('hex'), row.browser_digest.toString('hex'))
  if (!row || !isOurs || row.provider !== answer.provider || row.ends_at <= app.now())
    throw new Refusal('identity.request-over', null, { minutes: REQUEST_MINUTES }, 400)
  const { nonce, verifier, anew } = JSON.parse(app.keys.open(row.sealed, aadOf(row.provider)).toString()) as Record<
    string,
    string
  >
  if (!nonce || !verifier) throw new RangeError('a sealed request without its nonce')
  const { provider, door, back, invitation_id: invitationId, made_at: began } = row
  return { provider, door, back, invitationId, nonce, verifier, anew: anew === 'yes', began }
}

/** Forgets requests that were never answered, logout tokens that are too old to be sent again, ID tokens of ended sessions; run by the clock. */
export async function forgetOldRequests(app: App): Promise<number> {
  const now = app.now()
  await sweepFederatedSessions(app.db)
  const requests = await app.db.run(sql`delete from identity_request where ends_at < ${now}`)
  return requests + (await app.db.run(sql`delete from logout_token where ends_at < ${now}`))
}
