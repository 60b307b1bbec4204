import '@fastify/cookie'
import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Actor, ANYONE, type Assurance, permissionsFor, type Role } from '../access/actor.ts'
import type { Stage } from '../access/next-step.ts'
import { rolesSql } from '../access/role-grants.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { AccountId, MandateId, SubjectId } from '../base/id.ts'
import { NotAllowed } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { ACTING_COLUMNS, actingMandate } from '../mandates/in-force.ts'
import { type Capacity, permissionsBy } from '../mandates/model.ts'
import { ACCESS_TOKEN } from '../programs/model.ts'
import { programActor } from '../programs/program-actor.ts'
import { isOpenUnsigned } from '../programs/scopes.ts'

export const SESSION_COOKIE = 'mingxin_session'
export const SESSION_HOURS = 10
/** A password alone is good for so long: time enough to set up a second factor. */
export const FACTOR_MINUTES = 20
/** After this time without a request a session is over. */
export const IDLE_MINUTES = 60
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

export function hashToken(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

export function newToken(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`
}

/**
 * A cookie's name on the wire. Over https it binds the cookie to this very host (RFC 6265bis), so that no neighbour's page can set one; such a
 * cookie is set with the path `/`.
 */
export function hostCookieName({ publicUrl }: Pick<App, 'publicUrl'>, name: string): string {
  return publicUrl.startsWith('https:') ? `__Host-${name}` : name
}

/** The session's cookie. */
export function sessionCookieName(app: Pick<App, 'publicUrl'>): string {
  return hostCookieName(app, SESSION_COOKIE)
}

/** The token in the request's session cookie; '' where there is none. */
export function sessionTokenOf(app: App, request: FastifyRequest): string {
  return request.cookies?.[sessionCookieName(app)] ?? ''
}

/**
 * Who sends this request: bearer token, else session cookie (with its CSRF value on anything that changes), else anyone. At a door that is
 * open to anyone a cookie without its value makes nobody of the sender, so that another site cannot act in a person's name there either.
 */
export async function actorOf(app: App, request: FastifyRequest, mayBeAnyone = false): Promise<Actor> {
  const actor = await senderOf(app, request, mayBeAnyone)
  // Whoever has yet to give the second factor is, where the public may come in, one of the public.
  return mayBeAnyone && actor.session?.stage === 'factor' ? ANYONE : actor
}

async function senderOf(app: App, request: FastifyRequest, mayBeAnyone: boolean): Promise<Actor> {
  const header = request.headers.authorization
  if (header?.startsWith('Bearer ')) {
    const token = header.slice(7).trim()
    return token.startsWith(`${ACCESS_TOKEN}_`) ? await programActor(app, request, token) : await tokenActor(app, token)
  }
  const cookie = sessionTokenOf(app, request)
  if (!cookie) return ANYONE
  const found = await findSession(app, cookie)
  if (!found) return ANYONE
  if (SAFE.has(request.method) || sameText(request.headers['x-csrf'], found.csrf)) return found.actor
  if (mayBeAnyone) return ANYONE
  throw new NotAllowed('access.csrf')
}

/** Whether a value that came with a request is the secret one, in a time that tells nothing of either. */
export function sameText(given: unknown, wanted: string): boolean {
  if (typeof given !== 'string') return false
  // As many characters may still be more bytes.
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}

type SessionRow = {
  session_id: number
  account_id: AccountId
  name: string
  unit: string
  roles: Role[]
  mandate_id: MandateId | null
  subject_id: SubjectId | null
  capacity: Capacity | null
  extent: string[] | null
  csrf: string
  seen_at: Date
  stage: Stage
  assurance: Assurance
  fresh_at: Date | null
}

/** Somebody's session: who, the value that goes back with every change, and what the account may be once it is whole. */
export type FoundSession = {
  readonly actor: Actor
  readonly csrf: string
  readonly account: { readonly accountId: AccountId; readonly roles: readonly Role[]; readonly subjectId: SubjectId | null }
}

/** What stands in `account.unit` for the accounts of those who speak for subjects. */
export const OF_A_SUBJECT = 'subject'

/** The session of a cookie, if it stands, with the mandate in force by which it acts; touches its last-seen time at most once a minute. */
export async function findSession(app: App, cookie: string): Promise<FoundSession | undefined> {
  if (cookie === '') return undefined
  const now = app.now()
  const row = await app.db.row<SessionRow>({
    name: 'find-session',
    text: `select s.session_id, a.account_id, a.name, a.unit, ${rolesSql('a.account_id', '$4::date')} as roles, s.csrf, s.seen_at, s.stage, s.assurance, s.fresh_at, ${ACTING_COLUMNS}
      from session s join account a using (account_id) ${actingMandate('$2', '$4')}
      where s.token_hash = $1 and s.ends_at > $2 and s.seen_at > $3 and a.closed_at is null`,
    values: [hashToken(cookie), now, new Date(now.getTime() - IDLE_MINUTES * 60_000), legalDay(now, app.city.zone)],
  })
  if (!row) return undefined
  if (now.getTime() - row.seen_at.getTime() > 60_000)
    await app.db.run(sql`update session set seen_at = ${now} where token_hash = ${hashToken(cookie)}`)
  const account = { accountId: row.account_id, roles: row.roles, subjectId: row.subject_id }
  return { actor: actorIn(app, row), csrf: row.csrf, account }
}

/**
 * Before the second factor a session is somebody's name and nothing more: no role, no permission, no subject. After it, an account of a unit
 * may what its roles may, one that speaks for a subject what its mandate gives of that.
 */
function actorIn({ law }: App, row: SessionRow): Actor {
  const { account_id: accountId, name, unit, roles, assurance, capacity } = row
  const session = { sessionId: row.session_id, stage: row.stage, freshAt: row.fresh_at }
  const actor = { id: `account:${accountId}`, name, unit, assurance, session }
  if (row.stage !== 'whole') return { ...actor, roles: [], permissions: [], subjectId: null }
  const ofRoles = permissionsFor(law, roles)
  if (unit !== OF_A_SUBJECT) return { ...actor, roles, permissions: ofRoles, subjectId: null }
  const permissions = permissionsBy(capacity && { capacity, extent: row.extent }, ofRoles)
  return { ...actor, roles, permissions, subjectId: row.subject_id, mandateId: row.mandate_id, capacity }
}

/** A session's own token may come as a bearer too: it is then no cookie that a browser adds by itself, so no CSRF value is needed. */
async function sessionActor(app: App, token: string): Promise<Actor> {
  const found = await findSession(app, token)
  if (!found) throw new NotAllowed('access.session-over', 401)
  return found.actor
}

type TokenRow = { token_id: number; name: string; unit: string; roles: Role[] }

/** Nothing of a token is remembered: what is closed, here or in another process, is closed at once. */
async function tokenActor(app: App, token: string): Promise<Actor> {
  const row = await app.db.row<TokenRow>({
    name: 'find-token',
    text: 'select token_id, name, unit, roles from access_token where token_hash = $1 and closed_at is null and (ends_at is null or ends_at > $2)',
    values: [hashToken(token), app.now()],
  })
  if (!row) return await sessionActor(app, token)
  return {
    id: `token:${row.token_id}`,
    name: row.name,
    unit: row.unit,
    roles: row.roles,
    // In production whoever is shown somebody's data signs for it; such a token cannot (docs/decisions/0016).
    permissions: permissionsFor(app.law, row.roles).filter(one => !app.config.production || isOpenUnsigned(app, one)),
    subjectId: null,
    assurance: 'token',
  }
}
