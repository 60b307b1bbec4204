import type { Actor } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import { accountIdOf, type Caller, openSession, raiseSession, type SignedIn, sessionOfToken } from '../access/sessions.ts'
import { countTry } from '../access/tally.ts'
import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { findSession } from '../http/session.ts'
import { type GivenPasskey, requireParty, taking } from './passkeys.ts'
import { verifyAnswer } from './verify-passkey.ts'

/* Signing in, giving the second factor and renewing a session with a passkey. */

type Kept = {
  accountId: AccountId
  passkeyId: number
  publicKey: Buffer
  signCount: number
}

/**
 * Signs in with a passkey alone: the device has verified its user, so it counts as two factors. Where this browser waits for somebody's second
 * factor it must be that person's. Refuses `passkey.unknown`, `passkey.not-verified` and `passkey.other-account` (422).
 */
export async function signInWithPasskey(
  app: App,
  { response }: Pick<GivenPasskey, 'response'>,
  caller: Caller,
): Promise<SignedIn> {
  const kept = await findPasskey(app, response.id)
  const waiting = await findSession(app, caller.before)
  if (waiting?.actor.session?.stage === 'factor' && waiting.account.accountId !== kept.accountId)
    await refuse(app, 'passkey.other-account')
  const signCount = await verify(app, kept, response, 'sign-in', null)
  const { accountId } = kept
  const signedIn = await openSession(app, { accountId, assurance: 'two-factor', caller }, made => useKey(made, kept, signCount))
  await countTry(app, 'passkey', 'ok')
  return signedIn
}

/** Renews the actor's whole session with one of its own passkeys. Refuses as signing in does. */
export async function renewByPasskey(app: App, actor: Actor, { response }: Pick<GivenPasskey, 'response'>): Promise<SignedIn> {
  const { session } = actor
  if (session?.stage !== 'whole') throw new NotAllowed('access.factor-needed')
  const kept = await findPasskey(app, response.id)
  if (kept.accountId !== accountIdOf(actor)) await refuse(app, 'passkey.other-account')
  const signCount = await verify(app, kept, response, 'renew', kept.accountId)
  const token = await change(
    app,
    actor,
    { deed: 'session.renew', entity: actor.id, detail: { factor: 'passkey' } },
    async made => {
      await useKey(made, kept, signCount)
      return await raiseSession(made, session.sessionId)
    },
  )
  await countTry(app, 'passkey', 'ok')
  return await sessionOfToken(app, token)
}

async function refuse(app: App, code: string): Promise<never> {
  await countTry(app, 'passkey', 'wrong')
  throw new Refusal(code, null, {}, 422)
}

async function findPasskey(app: App, credentialId: string): Promise<Kept> {
  const kept =
    await app.db.row<Kept>(sql`select p.account_id as "accountId", p.passkey_id as "passkeyId", p.public_key as "publicKey", p.sign_count as "signCount"
    from passkey p join account a using (account_id) where p.credential_id = ${credentialId} and a.closed_at is null`)
  return kept ?? (await refuse(app, 'passkey.unknown'))
}

async function verify(
  app: App,
  { publicKey, signCount }: Kept,
  response: GivenPasskey['response'],
  purpose: 'sign-in' | 'renew',
  accountId: AccountId | null,
): Promise<number> {
  const credential = { id: response.id, publicKey: new Uint8Array(publicKey), counter: signCount }
  const now = await verifyAnswer(requireParty(app), response, credential, taking(app, purpose, accountId))
  return now ?? (await refuse(app, 'passkey.not-verified'))
}

/** Keeps the counter. A copy of the device that was a moment faster is found out here. */
async function useKey({ tx, at }: Change, { accountId, passkeyId, signCount }: Kept, now: number): Promise<void> {
  const used = await tx.run(sql`update passkey set sign_count = ${now}, used_at = ${at}
    where account_id = ${accountId} and passkey_id = ${passkeyId} and sign_count = ${signCount}`)
  if (used === 0) throw new Refusal('passkey.not-verified', null, {}, 422)
}
