import { getAccount } from '../access/accounts.ts'
import type { Actor } from '../access/actor.ts'
import { refuseTry, takeTry, tryWentWell } from '../access/brake.ts'
import { type Change, change } from '../access/change.ts'
import { verifyPassword } from '../access/password.ts'
import { accountIdOf, hasFactor, raiseSession, renewSession, type SignedIn, sessionOfToken } from '../access/sessions.ts'
import { requirePasswordStill } from '../access/still.ts'
import { codeKey } from '../access/typed-code.ts'
import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { findRecoveryCode, RECOVERY_CODE } from './recovery.ts'
import { stepOfCode } from './totp.ts'

/* Giving the second factor by typing: a one-time code or a recovery code. Each opens once. */

type Found =
  | { readonly factor: 'totp'; readonly factorId: number; readonly step: number }
  | { readonly factor: 'recovery'; readonly no: number }

/** What seals a TOTP secret to its place. */
export const totpPlace = (accountId: AccountId, factorId: number): string => `totp_factor:${accountId}:${factorId}`

async function findCode(app: App, accountId: AccountId, typed: string): Promise<Found | undefined> {
  const code = codeKey(typed)
  if (RECOVERY_CODE.test(code)) {
    const no = await findRecoveryCode(app, accountId, code)
    return no === undefined ? undefined : { factor: 'recovery', no }
  }
  if (!/^\d{6}$/.test(code)) return undefined
  const rows = await app.db.rows<{
    factorId: number
    secret: Buffer
    lastStep: number
  }>(sql`select factor_id as "factorId", secret, last_step as "lastStep"
    from totp_factor where account_id = ${accountId} and confirmed_at is not null`)
  for (const { factorId, secret, lastStep } of rows) {
    const step = stepOfCode(app.keys.open(secret, totpPlace(accountId, factorId)), code, app.now())
    if (step !== null && step > lastStep) return { factor: 'totp', factorId, step }
  }
  return undefined
}

/** Uses a code up inside a change. Of two that come with one code at once the second is refused. */
async function spend({ tx, at }: Change, accountId: AccountId, found: Found): Promise<void> {
  const spent =
    found.factor === 'totp'
      ? await tx.run(sql`update totp_factor set last_step = ${found.step}
          where account_id = ${accountId} and factor_id = ${found.factorId} and last_step < ${found.step}`)
      : await tx.run(sql`update recovery_code set used_at = ${at}
          where account_id = ${accountId} and code_no = ${found.no} and used_at is null`)
  if (spent === 0) throw new Refusal('factor.code-wrong', null, {}, 422)
}

export type CodeGiven = { readonly code: string; readonly address: string }

/**
 * Gives the second factor to a session that waits for it, or renews one that is whole: it gets another token. Refuses `factor.code-wrong` (422)
 * for a code that is none, is too old or was used, `access.locked` (429) after five of them, `factor.none` where the account has no factor.
 */
export async function giveCode(app: App, actor: Actor, { code, address }: CodeGiven): Promise<SignedIn> {
  const accountId = accountIdOf(actor)
  const { session } = actor
  if (!session) throw new NotAllowed('access.own-account-only')
  if (!(await hasFactor(app.db, accountId))) throw new Refusal('factor.none')
  const { login } = await getAccount(app.db, accountId)
  const own = await takeTry(app, { step: 'code', login, address })
  const found = await findCode(app, accountId, code)
  if (!found) return await refuseTry(app, own, 'factor.code-wrong')
  const deed = session.stage === 'whole' ? 'session.renew' : 'session.factor'
  const detail = { factor: found.factor }
  const token = await change(app, actor, { deed, entity: actor.id, detail }, async made => {
    await spend(made, accountId, found)
    return await raiseSession(made, session.sessionId)
  })
  await tryWentWell(app, own)
  return await sessionOfToken(app, token)
}

/**
 * Renews a session whose account has no second factor by the password; answers its new token. Refuses `access.wrong-password` (422), `access.locked` (429), and
 * `factor.needed` where there is a factor: then that is asked for.
 */
export async function renewByPassword(
  app: App,
  actor: Actor,
  { password, address }: { password: string; address: string },
): Promise<string> {
  const accountId = accountIdOf(actor)
  if (actor.session?.stage !== 'whole') throw new NotAllowed('access.factor-needed')
  if (await hasFactor(app.db, accountId)) throw new Refusal('factor.needed')
  const account = await getAccount(app.db, accountId)
  const own = await takeTry(app, { step: 'password', login: account.login, address })
  if (!(await verifyPassword(account.password, password))) return await refuseTry(app, own, 'access.wrong-password')
  await tryWentWell(app, own)
  const { sessionId } = actor.session
  const deed = { deed: 'session.renew', entity: actor.id, detail: { factor: 'password' } }
  return await change(app, actor, deed, async made => {
    await requirePasswordStill(made, account, { code: 'access.wrong-password', status: 422 })
    return await renewSession(made, sessionId)
  })
}
