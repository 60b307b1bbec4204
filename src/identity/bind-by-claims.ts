import { openSubjectAccount } from '../access/accounts.ts'
import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { AccountId, MandateId, SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { giveMandate } from '../mandates/give.ts'
import { findPersonAccount, openPersonSubject, type Person, readPerson, recordPerson } from '../mandates/person.ts'
import { findStanding } from '../mandates/standing.ts'
import { type Comer, findBound, insertBinding } from './binding-store.ts'
import type { Claimed } from './claims.ts'

/*
 * Which account a provider's word opens, and for whom it speaks. One person has one account, whether he was bound at a window before or comes
 * through a provider for the first time; of his number only the blind index is kept. Nobody becomes staff here (staff-binding.ts).
 */

type ForSubject = Exclude<Claimed, { readonly as: 'staff' }>
export type Spoken = { readonly accountId: AccountId; readonly mandateId: MandateId }

/**
 * The account and the mandate of whoever came for a subject, inside a change. A person for himself and an organisation's legal representative
 * get their mandate by the provider's word; an agent must have one. Refuses `identity.person-changed` (the provider's id stood for somebody
 * else before), `identity.account-closed`, `identity.organisation-unknown`, `identity.agent-without-mandate`, `binding.name-differs` (the
 * number is another name's), `mandate.not-representative` (the register names somebody else).
 */
export async function bindByClaims(app: App, made: Change, comer: Comer, claimed: ForSubject): Promise<Spoken> {
  const person = claimed.residentId === null ? null : personOf(app, made, claimed.name, claimed.residentId)
  const accountId = await accountOfComer(app, made, comer, claimed.name, person)
  const subjectId = await subjectOf(app, made, claimed, person)
  made.tell({ accountId, subjectId, as: claimed.as })
  if (claimed.as !== 'agent') {
    const evidence = { kind: 'unified-identity', number: null, businessNo: null }
    const given = { accountId, subjectId, capacity: claimed.as, personName: claimed.name, boundBy: 'oidc', evidence } as const
    return { accountId, mandateId: await giveMandate(app, made, given) }
  }
  // What an agent may do, and until when, the legal representative or a window has said; the provider's word alone says neither.
  const mandateId = await findStanding(made, accountId, subjectId)
  if (mandateId === undefined) throw new Refusal('identity.agent-without-mandate', 'civil-code#165', {}, 403)
  return { accountId, mandateId }
}

function personOf(app: App, { today }: Change, name: string, documentNumber: string): Person {
  return readPerson(app, today, { name, documentKind: 'resident-id', documentNumber })
}

/** Bound before; else the person's own account, wherever it came from; else a new one. */
async function accountOfComer(app: App, made: Change, comer: Comer, name: string, person: Person | null): Promise<AccountId> {
  const bound = await findBound(made.tx, comer, 'subject')
  if (bound?.isClosed) throw new Refusal('identity.account-closed', null, {}, 403)
  const known = person && (await findPersonAccount(made.tx, person))
  if (bound && person) await requireSamePerson(made, bound.accountId, known ?? undefined, person)
  if (bound) {
    if (person && !known) await recordPerson(made, person, bound.accountId)
    return bound.accountId
  }
  const accountId = known ?? ((await app.ids.next()) as AccountId)
  const row = await made.tx.row<{ isClosed: boolean }>(
    sql`select closed_at is not null as "isClosed" from account where account_id = ${accountId}`,
  )
  if (row?.isClosed) throw new Refusal('identity.account-closed', null, {}, 403)
  // An account that a window has promised is not there yet: it begins now, and the code on paper is spent.
  if (!row) await openSubjectAccount(made, { accountId, provider: comer.provider, name })
  if (person) await recordPerson(made, person, accountId)
  await insertBinding(app, made, comer, { holder: 'subject', accountId, boundBy: 'claims' })
  return accountId
}

/** A provider that gives one person's id to another would let the second into the account of the first. */
async function requireSamePerson(
  made: Change,
  bound: AccountId,
  known: AccountId | undefined,
  { kind, values }: Person,
): Promise<void> {
  const another = await made.tx.row(
    sql`select from account_person where account_id = ${bound} and kind = ${kind} and value <> all(${values}::text[])`,
  )
  if (another || (known !== undefined && known !== bound)) throw new Refusal('identity.person-changed', null, {}, 403)
}

async function subjectOf(app: App, made: Change, claimed: ForSubject, person: Person | null): Promise<SubjectId> {
  if (claimed.as === 'self') {
    if (!person) throw new RangeError('a person for himself without a number')
    return await openPersonSubject(app, made, person, 'signed-in')
  }
  const row = await made.tx.row<{ subject_id: SubjectId }>(sql`select l.subject_id from identifier_lookup l
    join subject s on s.subject_id = l.subject_id and s.kind <> 'natural-person' where l.kind = 'uscc' and l.value = ${claimed.uscc}`)
  // Who has never been registered or reported is not opened by a sign-in: the registrar says which organisations there are.
  if (!row) throw new Refusal('identity.organisation-unknown', null, {}, 403)
  return row.subject_id
}
