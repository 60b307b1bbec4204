import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { sql } from '../db/database.ts'
import { findAccount, loginKey } from './accounts.ts'
import type { Actor } from './actor.ts'
import { refuseTry, takeTry, tryWentWell } from './brake.ts'
import type { Me } from './contract.ts'
import { organisationOf } from './organisation-of.ts'
import { verifyPassword } from './password.ts'
import { accountIdOf, type Caller, hasPasskey, openSession, type SignedIn, sessionOfToken } from './sessions.ts'
import { requirePasswordStill } from './still.ts'

/**
 * Begins a session with login and password; where the account has a second factor, or must have one, the session may do nothing else yet.
 * Refuses `access.wrong-login` (401) without saying which of the two is wrong, in the same time for logins that nobody has, and
 * `access.locked` (429) after too many wrong tries.
 */
export async function beginSession(app: App, login: string, password: string, caller: Caller): Promise<SignedIn> {
  const own = await takeTry(app, { step: 'password', login: loginKey(login), address: caller.address })
  const account = await findAccount(app.db, login)
  if (!(await verifyPassword(account?.password, password)) || !account)
    return await refuseTry(app, own, 'access.wrong-login', 401)
  await tryWentWell(app, own)
  const { accountId } = account
  // Between the look and the session it may have been reset or changed, which ends every session there is.
  return await openSession(app, { accountId, assurance: 'password', caller }, made =>
    requirePasswordStill(made, account, { code: 'access.wrong-login', status: 401 }),
  )
}

/** What the screen knows of whoever is signed in. */
export async function viewOfMe(app: App, actor: Actor, token: string): Promise<Me> {
  // A program has no session: nothing is left for it to do, and no value goes back with its changes.
  const { csrf, step } = actor.session ? await sessionOfToken(app, token) : { csrf: '', step: 'whole' as const }
  const subject =
    actor.subjectId === null
      ? undefined
      : await app.db.row<{ name: string }>(sql`select name from pub.subject where subject_id = ${actor.subjectId}`)
  return {
    id: actor.id,
    name: actor.name,
    unit: actor.unit,
    unitName: (actor.unit && (await organisationOf(app, actor.unit))?.name) ?? null,
    roles: [...actor.roles],
    permissions: [...actor.permissions],
    subjectId: actor.subjectId,
    // Of a person, or of a firm that publication has not come to yet, the account says who it is.
    subjectName: subject?.name ?? (actor.subjectId === null ? null : actor.name),
    csrf,
    step,
    hasPasskey: actor.session !== undefined && (await hasPasskey(app.db, accountIdOf(actor))),
    assurance: actor.assurance,
    today: legalDay(app.now(), app.city.zone),
    cityName: app.city.name,
    platformName: app.city.platformName,
    notice: app.city.notice,
    purposes: [...new Set([...app.law.lookPurposes.values()].flatMap(one => (one.offered ? one.name : [])))],
    districts: Object.fromEntries(app.city.counties.map(county => [county.division, county.name])),
  }
}
