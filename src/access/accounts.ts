import type { App } from '../app.ts'
import { addDays, legalDay } from '../base/day.ts'
import type { AccountId, MandateId, SubjectId } from '../base/id.ts'
import { grant, NotFound, Refusal } from '../base/refusal.ts'
import { type Query, sql } from '../db/database.ts'
import { hashToken, newToken, OF_A_SUBJECT } from '../http/session.ts'
import { recordMandate } from '../mandates/record.ts'
import { maskResidentNumbers } from '../subject/resident-numbers.ts'
import { type Actor, type Role, SYSTEM } from './actor.ts'
import { type Change, change } from './change.ts'
import { closeAccounts } from './close-accounts.ts'
import { type FirstCode, issueFirstCode } from './first-code.ts'
import { type Organisation, organisationOf } from './organisation-of.ts'
import { checkPassword, hashPassword } from './password.ts'
import { appendGrant } from './role-grants.ts'
import { clashing, mayBeHeldIn, namesOf } from './role-rules.ts'

export type NewAccount = {
  /** What is typed at the door: 3 to 60 small letters, digits and `.-_@`. */
  readonly login: string
  readonly name: string
  /** A unit of the city; null for the account of a subject. */
  readonly unit: string | null
  /** Empty for an account made in the console: its roles are conferred by two persons (`src/people`). */
  readonly roles: readonly Role[]
  /** Whom the account speaks for from today on, bound by the operator: a person for himself, anyone else as its legal representative. */
  readonly subjectId?: SubjectId
}
/** An account that was promised before, with this id, to whoever brings a password for it now. */
export type Promised = {
  readonly accountId: AccountId
  readonly password: string
  /** Redeems the promise: the first thing done in the same transaction. */
  readonly redeem: (made: Change) => Promise<void>
}
export type NewlyOpened = FirstCode & { readonly accountId: AccountId }

const LOGIN = /^[a-z0-9][a-z0-9._@-]{2,59}$/

/** A login as it is compared: width, case and blanks at the ends do not count. */
export function loginKey(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase()
}

/**
 * Opens an account without a password, and answers the code with which its owner sets one; until then none of its roles is in force
 * (`first-password.ts`). Refuses a malformed or taken login (`account.login-malformed`, `account.login-taken`), one that is a person's ID number
 * (`account.login-person-number`: logins stand readable), an unknown unit or role, a subject for an account of a unit
 * (`account.subject-needed`; one of a person may stand without any: mandates come and go), a subject that there is not (`subject.unknown`), and
 * roles that nobody holds together (`role.exclusive`) or not in this unit (`role.not-of-unit`). Roles are for the operator's terminal and the
 * example city: in the console a role is conferred by two persons (`src/people`).
 */
export async function createAccount(app: App, account: NewAccount, actor: Actor = SYSTEM): Promise<NewlyOpened> {
  const accountId = (await app.ids.next()) as AccountId
  const login = await requireSound(app, account, actor)
  return await insertAccount(app, { ...account, login, accountId }, actor, async made => ({
    accountId,
    ...(await issueFirstCode(app, made, accountId)),
  }))
}

/** Makes an account that was promised, with the password of whoever redeems the promise. Refuses what `createAccount` and `checkPassword` refuse. */
export async function createPromised(app: App, account: NewAccount, promised: Promised, actor: Actor): Promise<void> {
  const { accountId, redeem } = promised
  const login = await requireSound(app, account, actor)
  const owner = {
    isStaff: !account.roles.includes('subject'),
    known: knownOf(app, { ...account, login }),
    breachedFile: app.config.breachedFile,
  }
  const password = await hashPassword(grant(await checkPassword(promised.password, owner)))
  await insertAccount(app, { ...account, login, accountId, redeem }, actor, async made => {
    await made.tx.run(
      sql`update account set password = ${password}, password_at = ${made.at}, activated_at = ${made.at} where account_id = ${accountId}`,
    )
  })
}

/** The login of a sound wish, as it is kept. */
async function requireSound(app: App, account: NewAccount, actor: Actor): Promise<string> {
  const login = loginKey(account.login)
  if (!LOGIN.test(login)) throw new Refusal('account.login-malformed', null, {}, 422)
  if (maskResidentNumbers(login) !== login) throw new Refusal('account.login-person-number', null, {}, 422)
  if (account.roles.length > 0 || actor.id === SYSTEM.id) requireRoles(app, account.roles)
  const speaksForSubjects = account.roles.includes('subject')
  if ((account.subjectId !== undefined && !speaksForSubjects) || (speaksForSubjects && account.roles.length > 1))
    throw new Refusal('account.subject-needed', null, {}, 422)
  await requireHoldable(app, account)
  return login
}

type Inserted = NewAccount & Pick<Partial<Promised>, 'redeem'> & { readonly accountId: AccountId }

async function insertAccount<T>(app: App, account: Inserted, actor: Actor, also: (made: Change) => Promise<T>): Promise<T> {
  const { accountId, login, name, roles, subjectId } = account
  const mandateId = (await app.ids.next()) as MandateId
  const unit = roles.includes('subject') ? OF_A_SUBJECT : account.unit
  const detail = { unit, roles, subjectId: subjectId ?? null }
  const deed = 'account.create'
  return await change(app, actor, { deed, entity: `account:${accountId}`, detail }, async made => {
    await account.redeem?.(made)
    const added = await made.tx.run(sql`insert into account (account_id, login, name, unit, made_at)
      values (${accountId}, ${login}, ${maskResidentNumbers(name)}, ${unit}, ${made.at}) on conflict (login) do nothing`)
    if (added === 0) throw new Refusal('account.login-taken', null, { login })
    for (const role of roles) await appendGrant(made, accountId, { role, from: made.today, until: null, reason: deed }, true)
    if (subjectId !== undefined) await bindByOperator(made, accountId, mandateId, subjectId)
    return await also(made)
  })
}

async function bindByOperator(made: Change, accountId: AccountId, mandateId: MandateId, subjectId: SubjectId): Promise<void> {
  const subject = await made.tx.row<{ kind: string }>(sql`select kind from subject where subject_id = ${subjectId}`)
  if (!subject) throw new NotFound('subject.unknown')
  const capacity = subject.kind === 'natural-person' ? 'self' : 'legal-representative'
  const from = made.today
  await recordMandate(made, { subjectId, mandateId, accountId, capacity, extent: null, from, until: null, boundBy: 'operator' })
  made.tell({ bound: mandateId, capacity })
}

/** What a stranger would try first of this account's owner: see `PasswordOwner`. */
export function knownOf(app: App, { login, name, unit }: Pick<NewAccount, 'login' | 'name' | 'unit'>): (string | null)[] {
  const found = unit === null ? undefined : app.law.units.get(unit)
  return [login, name, unit, found?.name ?? null, found?.shortName ?? null, app.city.name, app.city.platformName, 'mingxin']
}

/**
 * Opens the account of a person who comes for a subject through a unified identity, inside the change that binds it. Its login is the provider's name with
 * the account's number; nobody has a password to it. `name`: the person's, as the provider says it.
 */
export async function openSubjectAccount(
  made: Change,
  wanted: { readonly accountId: AccountId; readonly provider: string; readonly name: string },
): Promise<void> {
  await made.tx.run(sql`insert into account (account_id, login, name, unit, made_at, activated_at)
    values (${wanted.accountId}, ${`${wanted.provider}.${wanted.accountId}`}, ${maskResidentNumbers(wanted.name)}, ${OF_A_SUBJECT}, ${made.at}, ${made.at})`)
  await appendGrant(made, wanted.accountId, { role: 'subject', from: made.today, until: null, reason: 'account.create' }, true)
}

function requireRoles(app: App, roles: readonly Role[]): void {
  const foreign = roles.find(role => !app.law.roles.has(role))
  if (foreign !== undefined || roles.length === 0)
    throw new Refusal('account.role-unknown', null, { role: foreign, roles: [...app.law.roles.keys()].join('、') }, 422)
}

/** The open organisation of an id. Refuses `account.unit-unknown`. */
async function requireUnit(app: Pick<App, 'law' | 'db'>, unit: string | null): Promise<Organisation> {
  const found = unit === null ? undefined : await organisationOf(app, unit)
  if (!found?.isOpen) throw new Refusal('account.unit-unknown', null, { unit }, 422)
  return found
}

/** Whether a person of the unit may hold the roles, and all of them together. */
async function requireHoldable({ law, db }: App, { unit, roles }: Pick<NewAccount, 'unit' | 'roles'>): Promise<void> {
  const clash = clashing(law, roles)
  if (clash) throw new Refusal('role.exclusive', null, namesOf(law, clash))
  if (roles.includes('subject')) return
  const { kind, name } = await requireUnit({ law, db }, unit)
  const foreign = roles.find(role => !mayBeHeldIn(law, role, kind))
  if (foreign) throw new Refusal('role.not-of-unit', null, { role: law.roles.get(foreign)?.name, unit: name })
}

/** Closes an account for good and ends its sessions at once. */
export async function closeAccount(app: App, login: string, actor: Actor = SYSTEM): Promise<AccountId> {
  const found = await findAccount(app.db, login)
  if (!found) throw new NotFound('account.unknown')
  await change(app, actor, { deed: 'account.close', entity: `account:${found.accountId}` }, made =>
    closeAccounts(made, [found.accountId]),
  )
  return found.accountId
}

export type AccountRow = {
  readonly accountId: AccountId
  readonly name: string
  /** argon2id; null: nobody has a password to it. */
  readonly password: string | null
  /** Its owner has come before (`first-password.ts`). */
  readonly isActivated: boolean
}

/** The open account of a login. */
export async function findAccount(query: Query, login: string): Promise<AccountRow | undefined> {
  return await query.row<AccountRow>({
    name: 'find-account',
    text: 'select account_id as "accountId", name, password, activated_at is not null as "isActivated" from account where login = $1 and closed_at is null',
    values: [loginKey(login)],
  })
}

export type KeptAccount = AccountRow & { readonly login: string; readonly unit: string }

/** An open account by its number. Refuses `account.unknown` (404). */
export async function getAccount(query: Query, accountId: AccountId): Promise<KeptAccount> {
  const row = await query.row<KeptAccount>({
    name: 'get-account',
    text: 'select account_id as "accountId", login, name, unit, password, activated_at is not null as "isActivated" from account where account_id = $1 and closed_at is null',
    values: [accountId],
  })
  if (!row) throw new NotFound('account.unknown')
  return row
}

export type NewAccessToken = {
  readonly name: string
  readonly unit: string
  readonly roles: readonly Role[]
  readonly days: number
}
export type MadeToken = { readonly token: string; readonly tokenId: number; readonly endsAt: Date }

const LONGEST_DAYS = 3650

/** Makes a program's token; it is answered once and kept as a digest only. Refuses `token.days-out-of-range` and what an account refuses. */
export async function createToken(app: App, wanted: NewAccessToken, actor: Actor = SYSTEM): Promise<MadeToken> {
  requireRoles(app, wanted.roles)
  await requireUnit(app, wanted.unit)
  if (!Number.isInteger(wanted.days) || wanted.days < 1 || wanted.days > LONGEST_DAYS)
    throw new Refusal('token.days-out-of-range', null, { longest: LONGEST_DAYS }, 422)
  if (wanted.roles.includes('subject')) throw new Refusal('account.subject-needed', null, {}, 422)
  const tokenId = await app.ids.next()
  const token = newToken('mxt')
  const lastDay = addDays(legalDay(app.now(), app.city.zone), wanted.days)
  const endsAt = new Date(app.now().getTime() + wanted.days * 86_400_000)
  const detail = { unit: wanted.unit, roles: wanted.roles, lastDay }
  await change(app, actor, { deed: 'token.create', entity: `token:${tokenId}`, detail }, made =>
    made.tx.run(sql`insert into access_token (token_hash, token_id, name, unit, roles, made_at, ends_at)
      values (${hashToken(token)}, ${tokenId}, ${maskResidentNumbers(wanted.name)}, ${wanted.unit}, ${wanted.roles}, ${made.at}, ${endsAt})`),
  )
  return { token, tokenId, endsAt }
}

/** Closes a token: the next request with it is refused, at every door. */
export async function closeToken(app: App, tokenId: number, actor: Actor = SYSTEM): Promise<void> {
  await change(app, actor, { deed: 'token.close', entity: `token:${tokenId}` }, async made => {
    const closed = await made.tx.run(
      sql`update access_token set closed_at = ${made.at} where token_id = ${tokenId} and closed_at is null`,
    )
    if (closed === 0) throw new NotFound('token.unknown')
  })
}
