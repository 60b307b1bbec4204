import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import { type Day, isDay } from '../base/day.ts'
import type { AccountId, SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { type Query, sql } from '../db/database.ts'
import { findNames, openSubjects, ownerKey } from '../matching/store.ts'
import { personNameKey } from '../subject/name.ts'
import { PERSON_DOCUMENTS, type PersonDocumentKind, parsePersonDocument } from '../subject/person-document.ts'
import { birthOf, isMinorOn, type ResidentId } from '../subject/resident-id.ts'

/* The person behind an account: known by the blind index of a document. One person has one account. */

export type PersonTyped = {
  readonly name: string
  readonly documentKind: string
  readonly documentNumber: string
  /** Asked for where the document's number does not carry it. */
  readonly birth?: string | null | undefined
}

export type Person = {
  readonly name: string
  readonly nameKey: string
  readonly kind: PersonDocumentKind
  /** The index under every key in hex, the active one first. */
  readonly values: readonly string[]
  /** The number itself; kept nowhere but sealed. */
  readonly number: string
}

/**
 * Reads who somebody is, as a clerk or an identity provider says it. Refuses `person-document.kind-unknown`, what is no document number
 * (without repeating it), `binding.name-missing`, `binding.birth-missing`, and `mandate.minor`: minors are no subjects and speak for none.
 */
export function readPerson(app: Pick<App, 'keys' | 'city'>, today: Day, typed: PersonTyped): Person {
  const kind = typed.documentKind as PersonDocumentKind
  if (!Object.hasOwn(PERSON_DOCUMENTS, kind)) throw new Refusal('person-document.kind-unknown', null, {}, 422)
  const read = parsePersonDocument(kind, typed.documentNumber, {
    on: today,
    inventedPrefixes: app.city.inventedPrefixes,
  })
  if (!read.ok) throw new Refusal(read.code, read.basis, { personal: true }, 422)
  const { number } = read.value
  const name = typed.name.trim()
  if (name === '') throw new Refusal('binding.name-missing', null, {}, 422)
  const birth = kind === 'resident-id' ? birthOf(number as string as ResidentId) : (typed.birth ?? '')
  if (!isDay(birth) || birth > today) throw new Refusal('binding.birth-missing', null, {}, 422)
  if (isMinorOn(birth, today)) throw new Refusal('mandate.minor', 'civil-code#17', {}, 422)
  const values = app.keys.blindIndexes(kind, Buffer.from(number)).map(index => index.toString('hex'))
  return { name, nameKey: personNameKey(name), kind, values, number }
}

/** The account of a person, perhaps not activated yet. */
export async function findPersonAccount(query: Query, person: Pick<Person, 'kind' | 'values'>): Promise<AccountId | undefined> {
  const row = await query.row<{ accountId: AccountId }>({
    name: 'find-person-account',
    text: `select account_id as "accountId" from account_person where kind = $1 and value = any($2::text[])`,
    values: [person.kind, person.values],
  })
  return row?.accountId
}

/** Notes whose account this is. Two at once: the first one counts, and its account is answered to both. */
export async function recordPerson(
  change: Change,
  person: Pick<Person, 'kind' | 'values'>,
  accountId: AccountId,
): Promise<AccountId> {
  const [value] = person.values
  await change.tx.run(sql`insert into account_person (kind, value, account_id, made_at, act_id)
    values (${person.kind}, ${value}, ${accountId}, ${change.at}, ${change.actId}) on conflict do nothing`)
  return (await findPersonAccount(change.tx, person)) ?? accountId
}

/**
 * The subject that a person is, opened where the platform does not know him yet: at a window with his sealed number, by a sign-in through a
 * provider with its index only. Refuses `binding.name-differs` where the number is known under another name.
 */
export async function openPersonSubject(
  app: App,
  change: Change,
  person: Person,
  origin: 'window' | 'signed-in' = 'window',
): Promise<SubjectId> {
  const { kind, name, nameKey, number, values } = person
  const [blind = ''] = values
  const known = await change.tx.row<{ subjectId: SubjectId }>({
    text: `select subject_id as "subjectId" from identifier_lookup where kind = $1 and value = any($2::text[])`,
    values: [kind, values],
  })
  if (known) {
    const names = (await findNames(change.tx, [known.subjectId])).get(known.subjectId) ?? []
    if (!names.some(one => one.nameKey === nameKey)) throw new Refusal('binding.name-differs', null, {}, 422)
    return known.subjectId
  }
  const sealed = origin === 'signed-in' ? null : app.keys.seal('data', Buffer.from(number), `person_secret:${kind}`)
  const counterpart = { name, nameKey, kind: 'natural-person' as const, document: { kind, blind, sealed } }
  const opening = { kind, value: blind, counterpart, since: change.today }
  const { owners } = await openSubjects(change, app.ids, origin, [opening])
  return owners.get(ownerKey(opening)) as SubjectId
}
