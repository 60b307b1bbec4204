import '@fastify/cookie'
import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { type Actor, ANYONE, permissionsFor, type Role } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { NotAllowed } from '../base/refusal.ts'
import { sql } from '../db/database.ts'

export const SESSION_COOKIE = 'mingxin_session'
export const SESSION_HOURS = 10
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
 * Who sends this request: bearer token, else session cookie (with its CSRF value on anything that changes), else anyone. At a door that is
 * open to anyone a cookie without its value makes nobody of the sender, so that another site cannot act in a person's name there either.
 */
export async function actorOf(app: App, request: FastifyRequest, mayBeAnyone = false): Promise<Actor> {
  const header = request.headers.authorization
  if (header?.startsWith('Bearer ')) return await tokenActor(app, header.slice(7).trim())
  const cookie = request.cookies?.[SESSION_COOKIE]
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

type AccountRow = {
  account_id: number
  name: string
  unit: string
  roles: Role[]
  subject_id: SubjectId | null
  csrf: string
  seen_at: Date
}

/** The session of a cookie, if it stands; touches its last-seen time at most once a minute. */
export async function findSession(app: App, cookie: string): Promise<{ actor: Actor; csrf: string } | undefined> {
  const now = app.now()
  const row = await app.db.row<AccountRow>({
    name: 'find-session',
    text: `select a.account_id, a.name, a.unit, a.roles, a.subject_id, s.csrf, s.seen_at from session s join account a using (account_id)
      where s.token_hash = $1 and s.ends_at > $2 and s.seen_at > $3 and a.closed_at is null`,
    values: [hashToken(cookie), now, new Date(now.getTime() - IDLE_MINUTES * 60_000)],
  })
  if (!row) return undefined
  if (now.getTime() - row.seen_at.getTime() > 60_000)
    await app.db.run(sql`update session set seen_at = ${now} where token_hash = ${hashToken(cookie)}`)
  const actor: Actor = {
    id: `account:${row.account_id}`,
    name: row.name,
    unit: row.unit,
    roles: row.roles,
    permissions: permissionsFor(app.law, row.roles),
    subjectId: row.subject_id,
  }
  return { actor, csrf: row.csrf }
}

/** A session's own token may come as a bearer too: it is then no cookie that a browser adds by itself, so no CSRF value is needed. */
async function sessionActor(app: App, token: string): Promise<Actor> {
  const found = await findSession(app, token)
  if (!found) throw new NotAllowed('access.session-over', 401)
  return found.actor
}

type TokenRow = { token_id: number; name: string; unit: string; roles: Role[] }

const TOKEN_MEMORY_MS = 5_000

async function tokenActor(app: App, token: string): Promise<Actor> {
  const hash = hashToken(token)
  const key = hash.toString('base64')
  const kept = app.tokens.get(key)
  // A closed token stops within five seconds; every read of data is registered all the same.
  if (kept && kept.until > Date.now()) return kept.actor
  const row = await app.db.row<TokenRow>({
    name: 'find-token',
    text: 'select token_id, name, unit, roles from access_token where token_hash = $1 and closed_at is null and (ends_at is null or ends_at > $2)',
    values: [hash, app.now()],
  })
  if (!row) return await sessionActor(app, token)
  const actor: Actor = {
    id: `token:${row.token_id}`,
    name: row.name,
    unit: row.unit,
    roles: row.roles,
    permissions: permissionsFor(app.law, row.roles),
    subjectId: null,
  }
  if (app.tokens.size > 1000) app.tokens.clear()
  app.tokens.set(key, { actor, until: Date.now() + TOKEN_MEMORY_MS })
  return actor
}
