import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { getAccount } from '../access/accounts.ts'
import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { requireFresh } from '../access/fresh.ts'
import { accountIdOf } from '../access/sessions.ts'
import type { App } from '../app.ts'
import type { AccountId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { type Query, sql } from '../db/database.ts'
import { hashToken } from '../http/session.ts'
import { maskResidentNumbers } from '../subject/resident-numbers.ts'
import { afterEnrolment, afterRemoval, type Enrolled, lockForFactor, requireMayEnrol } from './enrol.ts'
import { type RelyingParty, relyingParty } from './relying-party.ts'
import { type TakeChallenge, verifyNew } from './verify-passkey.ts'

/* Passkeys (WebAuthn): a key pair in the person's own device, opened there by PIN, fingerprint or face. Alone it counts as two factors. */

const CHALLENGE_MINUTES = 5
const MOST_PASSKEYS = 20
export type ChallengePurpose = 'enrol' | 'sign-in' | 'renew'

/** The platform as passkeys know it. Refuses `passkey.not-here` where browsers offer none at its address. */
export function requireParty(app: App): RelyingParty {
  const party = relyingParty(app)
  if (!party) throw new Refusal('passkey.not-here')
  return party
}

/** Keeps a challenge, as a digest. It is for one answer within five minutes. */
export async function keepChallenge(
  app: App,
  purpose: ChallengePurpose,
  accountId: AccountId | null,
  challenge: string,
): Promise<void> {
  const now = app.now()
  await app.db.run(sql`delete from passkey_challenge where ends_at < ${now}`)
  await app.db.run(sql`insert into passkey_challenge (challenge_hash, account_id, purpose, ends_at)
    values (${hashToken(challenge)}, ${accountId}, ${purpose}, ${new Date(now.getTime() + CHALLENGE_MINUTES * 60_000)})`)
}

/** Takes a challenge out: of two answers to one challenge the second finds none. */
export function taking(app: App, purpose: ChallengePurpose, accountId: AccountId | null): TakeChallenge {
  return async challenge =>
    (await app.db.run(sql`delete from passkey_challenge where challenge_hash = ${hashToken(challenge)} and purpose = ${purpose}
      and account_id is not distinct from ${accountId}::bigint and ends_at > ${app.now()}`)) === 1
}

/** What to hand to the browser (WebAuthn, …OptionsJSON), and the origin at which it takes it. */
export type Challenge = { origin: string; options: { challenge: string } & Record<string, unknown> }

/** What the browser is asked for when a passkey is made: discoverable, with user verification, not the ones there are. */
export async function beginPasskey(app: App, actor: Actor): Promise<Challenge> {
  const party = requireParty(app)
  const accountId = await requireMayEnrol(app, actor)
  const { login, name } = await getAccount(app.db, accountId)
  const known = await listPasskeys(app.db, accountId)
  if (known.length >= MOST_PASSKEYS) throw new Refusal('passkey.too-many', null, { most: MOST_PASSKEYS })
  const options = await generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userName: login,
    userDisplayName: name,
    // One person's passkeys belong together in the device: the account's number, which says nothing of who it is.
    userID: new Uint8Array(Buffer.from(`account:${accountId}`)),
    timeout: CHALLENGE_MINUTES * 60_000,
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await keepChallenge(app, 'enrol', accountId, options.challenge)
  return { origin: party.origin, options: { ...options } }
}

/** Keeps a passkey under a name. Refuses `passkey.not-verified` (422), `passkey.taken` where it is somebody's already. */
export async function addPasskey(app: App, actor: Actor, name: string, response: RegistrationResponseJSON): Promise<Enrolled> {
  const party = requireParty(app)
  const accountId = await requireMayEnrol(app, actor)
  const made = await verifyNew(party, response, taking(app, 'enrol', accountId))
  const passkeyId = await app.ids.next()
  const detail = { factor: 'passkey', passkeyId }
  return await change(app, actor, { deed: 'factor.enrol', entity: actor.id, detail }, async work => {
    const { isFirst } = await lockForFactor(work, accountId)
    const added =
      await work.tx.run(sql`insert into passkey (account_id, passkey_id, credential_id, public_key, sign_count, transports, name, made_at)
      values (${accountId}, ${passkeyId}, ${made.credentialId}, ${made.publicKey}, ${made.signCount}, ${made.transports}, ${maskResidentNumbers(name)}, ${work.at})
      on conflict (credential_id) do nothing`)
    if (added === 0) throw new Refusal('passkey.taken')
    return await afterEnrolment(app, work, accountId, isFirst)
  })
}

/** What is asked of a passkey: anybody's at the door, one's own to renew a session. */
export async function askPasskey(app: App, purpose: 'sign-in' | 'renew', accountId: AccountId | null): Promise<Challenge> {
  const party = requireParty(app)
  const known = accountId === null ? [] : await listPasskeys(app.db, accountId)
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    userVerification: 'required',
    timeout: CHALLENGE_MINUTES * 60_000,
    // At the door no names are told: the device itself offers what it has.
    ...(accountId === null ? {} : { allowCredentials: known.map(({ credentialId }) => ({ id: credentialId })) }),
  })
  await keepChallenge(app, purpose, accountId, options.challenge)
  return { origin: party.origin, options: { ...options } }
}

export type Passkey = {
  readonly passkeyId: number
  readonly credentialId: string
  readonly name: string
  readonly madeAt: Date
  readonly usedAt: Date | null
}

/** The account's passkeys, the first one first. */
export async function listPasskeys(query: Query, accountId: AccountId): Promise<Passkey[]> {
  return await query.rows<Passkey>(sql`select passkey_id as "passkeyId", credential_id as "credentialId", name, made_at as "madeAt", used_at as "usedAt"
    from passkey where account_id = ${accountId} order by passkey_id`)
}

/** Gives a passkey another name. Refuses `factor.unknown` (404), for somebody else's too. */
export async function renamePasskey(app: App, actor: Actor, passkeyId: number, name: string): Promise<void> {
  requireFresh(app, actor)
  const detail = { factor: 'passkey', passkeyId }
  await change(app, actor, { deed: 'factor.rename', entity: actor.id, detail }, async ({ tx }) => {
    const named = await tx.run(sql`update passkey set name = ${maskResidentNumbers(name)}
      where account_id = ${accountIdOf(actor)} and passkey_id = ${passkeyId}`)
    if (named === 0) throw new NotFound('factor.unknown')
  })
}

/** Removes a passkey. Refuses `factor.unknown` (404) and `factor.last-needed`. */
export async function removePasskey(app: App, actor: Actor, passkeyId: number): Promise<void> {
  requireFresh(app, actor)
  const accountId = accountIdOf(actor)
  const detail = { factor: 'passkey', passkeyId }
  await change(app, actor, { deed: 'factor.remove', entity: actor.id, detail }, async made => {
    await lockForFactor(made, accountId)
    const removed = await made.tx.run(sql`delete from passkey where account_id = ${accountId} and passkey_id = ${passkeyId}`)
    if (removed === 0) throw new NotFound('factor.unknown')
    await afterRemoval(app, made, accountId)
  })
}

export type GivenPasskey = { readonly response: AuthenticationResponseJSON; readonly address: string }
