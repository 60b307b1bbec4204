import { getAccount } from '../access/accounts.ts'
import type { Actor } from '../access/actor.ts'
import { refuseTry, takeTry, tryWentWell } from '../access/brake.ts'
import { change } from '../access/change.ts'
import { requireFresh } from '../access/fresh.ts'
import { accountIdOf } from '../access/sessions.ts'
import { codeKey } from '../access/typed-code.ts'
import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { drawQr } from '../reports/qr.ts'
import { afterEnrolment, afterRemoval, type Enrolled, lockForFactor, requireMayEnrol } from './enrol.ts'
import { type CodeGiven, totpPlace } from './give-code.ts'
import { newTotpSecret, stepOfCode, totpUri, typedSecret } from './totp.ts'

/* One-time codes: set up in two steps, so that nobody is locked out by an app that did not take the secret. */

/** How long a secret that was shown waits for its first code. */
export const CONFIRM_MINUTES = 30

export type TotpStarted = {
  /** Base 32, in groups of four, to be typed. */
  readonly secret: string
  readonly uri: string
  /** The address as a QR code: one SVG. */
  readonly qr: string
}

/** Makes a secret and shows it, this once. It counts from its first code on; an earlier one that waits is forgotten, one that counts stays. */
export async function startTotp(app: App, actor: Actor): Promise<TotpStarted> {
  const accountId = await requireMayEnrol(app, actor)
  const secret = newTotpSecret()
  const factorId = await app.ids.next()
  const sealed = app.keys.seal('data', secret, totpPlace(accountId, factorId))
  await change(app, actor, { deed: 'factor.start', entity: actor.id, detail: { factor: 'totp' } }, async made => {
    await made.tx.run(sql`delete from totp_factor where account_id = ${accountId} and confirmed_at is null`)
    await made.tx.run(sql`insert into totp_factor (account_id, factor_id, secret, made_at, last_step)
      values (${accountId}, ${factorId}, ${sealed}, ${made.at}, -1)`)
  })
  const { login } = await getAccount(app.db, accountId)
  const uri = totpUri(secret, app.city.platformName, login)
  return { secret: typedSecret(secret), uri, qr: drawQr(uri).svg }
}

/**
 * Confirms the secret that waits by its first code; it takes the place of one from before. Refuses `factor.not-started`, `factor.code-wrong`
 * (422), `access.locked` (429).
 */
export async function confirmTotp(app: App, actor: Actor, { code, address }: CodeGiven): Promise<Enrolled> {
  const accountId = await requireMayEnrol(app, actor)
  const waiting = await findWaiting(app, accountId)
  const { login } = await getAccount(app.db, accountId)
  const own = await takeTry(app, { step: 'code', login, address })
  const typed = codeKey(code)
  const step = /^\d{6}$/.test(typed)
    ? stepOfCode(app.keys.open(waiting.secret, totpPlace(accountId, waiting.factorId)), typed, app.now())
    : null
  if (step === null) return await refuseTry(app, own, 'factor.code-wrong')
  const enrolled = await change(
    app,
    actor,
    { deed: 'factor.enrol', entity: actor.id, detail: { factor: 'totp' } },
    async made => {
      const { isFirst } = await lockForFactor(made, accountId)
      await made.tx.run(sql`delete from totp_factor where account_id = ${accountId} and factor_id <> ${waiting.factorId}`)
      const confirmed = await made.tx.run(sql`update totp_factor set confirmed_at = ${made.at}, last_step = ${step}
      where account_id = ${accountId} and factor_id = ${waiting.factorId} and confirmed_at is null`)
      if (confirmed === 0) throw new Refusal('factor.not-started')
      return await afterEnrolment(app, made, accountId, isFirst)
    },
  )
  await tryWentWell(app, own)
  return enrolled
}

async function findWaiting({ db, now }: App, accountId: AccountId): Promise<{ factorId: number; secret: Buffer }> {
  const since = new Date(now().getTime() - CONFIRM_MINUTES * 60_000)
  const row = await db.row<{ factorId: number; secret: Buffer }>(sql`select factor_id as "factorId", secret from totp_factor
    where account_id = ${accountId} and confirmed_at is null and made_at > ${since}`)
  if (!row) throw new Refusal('factor.not-started')
  return row
}

/** Removes the one-time codes. Refuses `factor.unknown` (404) where there are none and `factor.last-needed`. */
export async function removeTotp(app: App, actor: Actor): Promise<void> {
  requireFresh(app, actor)
  const accountId = accountIdOf(actor)
  await change(app, actor, { deed: 'factor.remove', entity: actor.id, detail: { factor: 'totp' } }, async made => {
    await lockForFactor(made, accountId)
    const removed = await made.tx.run(sql`delete from totp_factor where account_id = ${accountId} and confirmed_at is not null`)
    if (removed === 0) throw new NotFound('factor.unknown')
    await afterRemoval(app, made, accountId)
  })
}
