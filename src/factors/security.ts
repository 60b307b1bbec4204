import { getAccount } from '../access/accounts.ts'
import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { FRESH_MINUTES, isFresh, requireFresh } from '../access/fresh.ts'
import { accountIdOf, listOwnSessions, needsFactor } from '../access/sessions.ts'
import type { App } from '../app.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import type { Security } from './contract.ts'
import { lockForFactor } from './enrol.ts'
import { listPasskeys } from './passkeys.ts'
import { countRecoveryCodes, makeRecoveryCodes } from './recovery.ts'
import { relyingParty } from './relying-party.ts'

/** Everything that keeps the actor's own account, as its owner sees it. */
export async function readSecurity(app: App, actor: Actor): Promise<Security> {
  const accountId = accountIdOf(actor)
  const { login, unit } = await getAccount(app.db, accountId)
  const times = await app.db.row<{ totp: Date | null; password: Date | null }>(sql`select
    (select max(confirmed_at) from totp_factor where account_id = ${accountId}) as totp, case when password is not null then coalesce(password_at, made_at) end as password
    from account where account_id = ${accountId}`)
  const passkeys = await listPasskeys(app.db, accountId)
  const freshAt = isFresh(app, actor) ? (actor.session?.freshAt ?? null) : null
  return {
    login,
    needsFactor: needsFactor(app, unit),
    totpSince: times?.totp?.toISOString() ?? null,
    passkeys: passkeys.map(({ passkeyId, name, madeAt, usedAt }) => ({
      passkeyId,
      name,
      madeAt: madeAt.toISOString(),
      usedAt: usedAt?.toISOString() ?? null,
    })),
    recoveryCodes: await countRecoveryCodes(app.db, accountId),
    passwordSince: times?.password?.toISOString() ?? null,
    passkeyOrigin: relyingParty(app)?.origin ?? null,
    freshUntil: freshAt ? new Date(freshAt.getTime() + FRESH_MINUTES * 60_000).toISOString() : null,
    sessions: (await listOwnSessions(app, actor)).map(one => ({
      ...one,
      since: one.since.toISOString(),
      seenAt: one.seenAt.toISOString(),
    })),
  }
}

/** Ten new recovery codes in place of the old ones. Refuses `factor.none` where there is no second factor to recover. */
export async function renewRecoveryCodes(app: App, actor: Actor): Promise<string[]> {
  requireFresh(app, actor)
  const accountId = accountIdOf(actor)
  return await change(app, actor, { deed: 'factor.recovery-codes', entity: actor.id }, async made => {
    const { isFirst } = await lockForFactor(made, accountId)
    if (isFirst) throw new Refusal('factor.none')
    return await makeRecoveryCodes(app, made, accountId)
  })
}
