import type { App } from '../app.ts'
import { grant, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import { getAccount, type KeptAccount, knownOf } from './accounts.ts'
import type { Actor } from './actor.ts'
import { refuseTry, takeTry, tryWentWell } from './brake.ts'
import { change } from './change.ts'
import { requireFresh } from './fresh.ts'
import { checkPassword, hashPassword, verifyPassword } from './password.ts'
import { accountIdOf, endSessionsOf } from './sessions.ts'
import { requireSessionStill } from './still.ts'

export type PasswordChange = { readonly old: string; readonly password: string; readonly address: string }

/**
 * Changes the actor's own password and ends its other sessions. The session must be fresh, which asks for the second factor where there is
 * one. Refuses `access.wrong-password` (422; also where the old one was reset or changed since it was looked at), `access.session-over` (401) where
 * the session ended since, `access.locked` (429), `account.password-same`, and what `checkPassword` refuses.
 */
export async function changePassword(app: App, actor: Actor, { old, password, address }: PasswordChange): Promise<void> {
  requireFresh(app, actor)
  const accountId = accountIdOf(actor)
  const account = await getAccount(app.db, accountId)
  const own = await takeTry(app, { step: 'password', login: account.login, address })
  if (!(await verifyPassword(account.password, old))) await refuseTry(app, own, 'access.wrong-password')
  await tryWentWell(app, own)
  if (old.normalize('NFC') === password.normalize('NFC')) throw new Refusal('account.password-same', null, {}, 422)
  const kept = await fitPassword(app, account, password)
  await change(app, actor, { deed: 'password.change', entity: actor.id }, async made => {
    // Many that are under way when a reset is confirmed must not bring a password back that it took.
    const changed = await made.tx.run(sql`update account set password = ${kept}, password_at = ${made.at}
      where account_id = ${accountId} and password = ${account.password} and closed_at is null`)
    if (changed === 0) throw new Refusal('access.wrong-password', null, {}, 422)
    await requireSessionStill(made)
    made.tell({ ended: await endSessionsOf(made, accountId, actor.session?.sessionId ?? null) })
  })
}

/** A password that fits its owner, as it is kept. Refuses what `checkPassword` refuses (422). */
export async function fitPassword(
  app: App,
  account: Pick<KeptAccount, 'login' | 'name' | 'unit'>,
  password: string,
): Promise<string> {
  const isStaff = account.unit !== OF_A_SUBJECT
  return await hashPassword(
    grant(await checkPassword(password, { isStaff, known: knownOf(app, account), breachedFile: app.config.breachedFile })),
  )
}
