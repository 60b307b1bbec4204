import { randomUUID } from 'node:crypto'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { hashToken, newToken, SESSION_HOURS } from '../http/session.ts'
import { findAccount, loginKey } from './accounts.ts'
import { type Actor, permissionsFor, SYSTEM } from './actor.ts'
import { change } from './change.ts'
import type { Me } from './contract.ts'
import { verifyPassword } from './password.ts'

/* The door with its brake. Tries are counted by keyed digest of the login and of the address; neither stands in the database in clear. */

const WINDOW_MINUTES = 15
/** Wrong tries within the window, for one login and from one address. */
export const TRIES_OF_LOGIN = 5
export const TRIES_FROM_ADDRESS = 40

export type SignedIn = { readonly token: string; readonly csrf: string; readonly actor: Actor }

/**
 * Signs in with login and password. Refuses `access.wrong-login` (401) without saying which of the two is wrong, in the same time for logins
 * that nobody has, and `access.locked` (429) after too many wrong tries. A locked try is not counted: nobody can keep a login locked.
 */
export async function beginSession(app: App, login: string, password: string, address: string): Promise<SignedIn> {
  const macs = [digestOf(app, `login ${loginKey(login)}`), digestOf(app, `address ${address}`)] as const
  const own = await takeTry(app, macs)
  const account = await findAccount(app.db, login)
  if (!(await verifyPassword(account?.password, password)) || !account) throw new Refusal('access.wrong-login', null, {}, 401)
  await app.db.run({
    text: `update sign_in_attempt s set ok = true from ${OWN} where s.login_mac = own.mac and s.at = own.at::timestamptz`,
    values: [own.macs, own.moments],
  })
  const [token, csrf] = [newToken('mxs'), randomUUID()]
  const actor = await accountActor(app, account.accountId)
  await change(app, actor, { deed: 'session.begin', entity: `account:${account.accountId}` }, made =>
    made.tx.run(sql`insert into session (token_hash, account_id, csrf, made_at, seen_at, ends_at)
      values (${hashToken(token)}, ${account.accountId}, ${csrf}, ${made.at}, ${made.at}, ${new Date(made.at.getTime() + SESSION_HOURS * 3_600_000)})`),
  )
  return { token, csrf, actor }
}

function digestOf(app: App, text: string): Buffer {
  return app.keys.mac('session', `sign-in ${text}`)
}

/** A try as it was written down: its rows by digest and moment. Moments stay text, for a Date would lose their microseconds. */
type Try = { readonly macs: readonly Buffer[]; readonly moments: readonly string[] }
const OWN = 'unnest($1::bytea[], $2::text[]) as own (mac, at)'

/** Writes the try down first and counts then: of many tries at once none slips past the count. */
async function takeTry(app: App, macs: readonly [Buffer, Buffer]): Promise<Try> {
  const now = app.now()
  const since = new Date(now.getTime() - WINDOW_MINUTES * 60_000)
  const own = await writeTry(app, macs, now)
  const row = await app.db.row<{ login: number; address: number }>({
    text: `select count(*) filter (where login_mac = $1 and at > coalesce((select max(at) from sign_in_attempt o where o.login_mac = $1 and o.ok), '-infinity')) as login,
      count(*) filter (where login_mac = $2) as address from sign_in_attempt where login_mac in ($1, $2) and not ok and at > $3`,
    values: [...macs, since],
  })
  if (row && row.login <= TRIES_OF_LOGIN && row.address <= TRIES_FROM_ADDRESS) return own
  await app.db.run({
    text: `delete from sign_in_attempt s using ${OWN} where s.login_mac = own.mac and s.at = own.at::timestamptz`,
    values: [own.macs, own.moments],
  })
  throw new Refusal('access.locked', null, { minutes: WINDOW_MINUTES }, 429)
}

/** One row for each digest, each at a moment of its own: two tries within one millisecond are two. */
async function writeTry(app: App, macs: readonly Buffer[], now: Date): Promise<Try> {
  const written = new Map<string, { mac: Buffer; at: string }>()
  while (written.size < macs.length) {
    const rows = await app.db.rows<{ mac: Buffer; at: string }>({
      text: `insert into sign_in_attempt (login_mac, at, ok)
        select mac, greatest($2::timestamptz, (select max(at) + interval '1 microsecond' from sign_in_attempt s where s.login_mac = mac)), false
        from unnest($1::bytea[]) as t (mac) on conflict do nothing returning login_mac as mac, at::text`,
      values: [macs.filter(mac => !written.has(mac.toString('hex'))), now],
    })
    for (const row of rows) written.set(row.mac.toString('hex'), row)
  }
  const rows = [...written.values()]
  return { macs: rows.map(row => row.mac), moments: rows.map(row => row.at) }
}

/** Forgets tries that no longer count; run by the clock. */
export async function forgetOldTries(app: App): Promise<number> {
  const before = new Date(app.now().getTime() - 2 * WINDOW_MINUTES * 60_000)
  return await app.db.run(sql`delete from sign_in_attempt where at < ${before}`)
}

/** Deletes sessions that have ended; run by the clock. */
export async function forgetOldSessions(app: App): Promise<number> {
  return await app.db.run(sql`delete from session where ends_at < ${app.now()}`)
}

async function accountActor(app: App, accountId: number): Promise<Actor> {
  const row = await app.db.row<Pick<Actor, 'name' | 'unit' | 'roles' | 'subjectId'>>(
    sql`select name, unit, roles, subject_id as "subjectId" from account where account_id = ${accountId}`,
  )
  return row ? { id: `account:${accountId}`, ...row, permissions: permissionsFor(app.law, row.roles) } : SYSTEM
}

/** Ends the session of a token; false where it had ended before. */
export async function endSession(app: App, actor: Actor, token: string): Promise<boolean> {
  return await change(app, actor, { deed: 'session.end', entity: actor.id }, async made => {
    return (await made.tx.run(sql`delete from session where token_hash = ${hashToken(token)}`)) > 0
  })
}

/** What the screen knows of whoever is signed in. */
export async function viewOfMe(app: App, actor: Actor, csrf: string): Promise<Me> {
  const subject =
    actor.subjectId === null
      ? undefined
      : await app.db.row<{ name: string }>(sql`select name from subject_card where subject_id = ${actor.subjectId}`)
  return {
    id: actor.id,
    name: actor.name,
    unit: actor.unit,
    unitName: (actor.unit && app.law.units.get(actor.unit)?.name) ?? null,
    roles: [...actor.roles],
    permissions: [...actor.permissions],
    subjectId: actor.subjectId,
    subjectName: subject?.name ?? null,
    csrf,
    today: legalDay(app.now(), app.city.zone),
    cityName: app.city.name,
    platformName: app.city.platformName,
    notice: app.city.notice,
    districts: Object.fromEntries(app.city.counties.map(county => [county.division, county.name])),
  }
}
