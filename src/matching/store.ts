import type { Change } from '../access/change.ts'
import type { Day } from '../base/day.ts'
import type { Ids, SubjectId } from '../base/id.ts'
import { plainArray, type Query } from '../db/database.ts'
import { organisationCodeOf, type Uscc } from '../subject/uscc.ts'
import type { Counterpart } from '../validation/model.ts'

/* SQL on subject, subject_card, subject_name, identifier and the look-up tables. */

export type NameRow = { readonly nameKey: string; readonly validUntil: Day | null }

export type Wanted = { readonly kind: string; readonly value: string }

/** `kind value` → the subject that has the identifier now, links resolved. */
export async function findOwners(query: Query, wanted: Iterable<Wanted | undefined>): Promise<Map<string, SubjectId>> {
  const distinct = new Map<string, Wanted>()
  for (const one of wanted) if (one) distinct.set(ownerKey(one), one)
  const owners = new Map<string, SubjectId>()
  if (distinct.size === 0) return owners
  const asked = [...distinct.values()]
  // Two arrays in one row: thousands of rows would each become an object.
  const found = await query.row<{ places: number[] | null; owners: SubjectId[] | null }>({
    name: 'find-owners',
    text: `select array_agg(place) as places, array_agg(subject_id) as owners
      from unnest($1::text[], $2::text[]) with ordinality as wanted (value, kind, place) join identifier_lookup using (value, kind)`,
    values: [plainArray(asked.map(one => one.value)), plainArray(asked.map(one => one.kind))],
  })
  const subjectIds = found?.owners ?? []
  for (const [i, place] of (found?.places ?? []).entries()) {
    owners.set(ownerKey(asked[place - 1] as Wanted), subjectIds[i] as SubjectId)
  }
  return owners
}

export function ownerKey({ kind, value }: Wanted): string {
  return `${kind} ${value}`
}

/** Between the parts of a name and between names in one text: no name key holds them. */
const PART = '\u001f'
const NEXT = '\u001e'

/** All names, present and former, of subjects, the oldest known first. */
export async function findNames(query: Query, subjectIds: readonly SubjectId[]): Promise<Map<SubjectId, NameRow[]>> {
  const found = new Map<SubjectId, NameRow[]>()
  if (subjectIds.length === 0) return found
  const row = await query.row<{ names: string | null }>({
    name: 'find-names',
    text: `select string_agg(subject_id || chr(31) || coalesce(valid_until::text, '') || chr(31) || name_key, chr(30) order by known_from) as names
      from subject_name where subject_id = any($1::bigint[])`,
    values: [plainArray(subjectIds)],
  })
  for (const name of row?.names?.split(NEXT) ?? []) {
    const [subject = '', validUntil = '', nameKey = ''] = name.split(PART)
    const subjectId = Number(subject) as SubjectId
    const one = { nameKey, validUntil: validUntil === '' ? null : (validUntil as Day) }
    const list = found.get(subjectId)
    if (list) list.push(one)
    else found.set(subjectId, [one])
  }
  return found
}

/** Normalised full name → every subject that has or had it. */
export async function findByNames(query: Query, nameKeys: readonly string[]): Promise<Map<string, SubjectId[]>> {
  const found = new Map<string, SubjectId[]>()
  if (nameKeys.length === 0) return found
  const rows = await query.rows<{ name_key: string; subject_id: SubjectId }>({
    name: 'find-by-names',
    text: 'select name_key, subject_id from name_lookup where name_key = any($1::text[]) order by subject_id',
    values: [nameKeys],
  })
  for (const row of rows) {
    const list = found.get(row.name_key)
    if (list) list.push(row.subject_id)
    else found.set(row.name_key, [row.subject_id])
  }
  return found
}

/** Whom a subject is opened for. A person who only signed in has no sealed number: nothing but its index is kept. */
export type Party = Omit<Counterpart, 'document'> & {
  readonly document?: Omit<NonNullable<Counterpart['document']>, 'sealed'> & { readonly sealed: Buffer | null }
}
export type Opening = { readonly kind: string; readonly value: string; readonly counterpart: Party; readonly since: Day }

/**
 * Opens subjects for identifiers nobody has. Two senders at once: the look-up row decides who opened it, the other takes what it finds.
 * Returns `kind value` → subject for every opening, and those of them that this change opened.
 */
export async function openSubjects(
  change: Change,
  ids: Ids,
  origin: 'registered' | 'reported' | 'window' | 'signed-in',
  openings: readonly Opening[],
): Promise<{ owners: Map<string, SubjectId>; opened: Set<SubjectId> }> {
  const sorted = [...openings].sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
  const fresh = (await ids.take(sorted.length)) as SubjectId[]
  const won = await change.tx.rows<{ value: string; kind: string; subject_id: SubjectId }>({
    name: 'claim-identifiers',
    text: `insert into identifier_lookup (value, kind, subject_id) select * from unnest($1::text[], $2::text[], $3::bigint[]) on conflict do nothing returning value, kind, subject_id`,
    values: [sorted.map(one => one.value), sorted.map(one => one.kind), fresh],
  })
  const mine = new Map(won.map(row => [ownerKey(row), row.subject_id]))
  const made = sorted.filter(one => mine.has(ownerKey(one)))
  if (made.length > 0) {
    const subjectIds = made.map(one => mine.get(ownerKey(one)) as SubjectId)
    await insertSubjects(change, origin, made, subjectIds)
  }
  const opened = new Set(mine.values())
  if (made.length === sorted.length) return { owners: mine, opened }
  const theirs = await findOwners(
    change.tx,
    sorted.filter(one => !mine.has(ownerKey(one))),
  )
  return { owners: new Map([...mine, ...theirs]), opened }
}

async function insertSubjects(
  change: Change,
  origin: string,
  made: readonly Opening[],
  subjectIds: readonly SubjectId[],
): Promise<void> {
  const { tx, at, actId } = change
  const parties = made.map(one => one.counterpart)
  await tx.run({
    name: 'open-subjects',
    text: `with opened as (select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) as o (subject_id, kind, name, name_key, uscc)),
      s as (insert into subject (subject_id, kind, origin, opened_at, act_id) select subject_id, kind, $6, $7, $8 from opened),
      c as (insert into subject_card (subject_id, kind, name, name_key, uscc, registered, updated_at) select subject_id, kind, name, name_key, uscc, $6 = 'registered', $7 from opened),
      n as (insert into subject_name (subject_id, name_key, known_from, name) select subject_id, name_key, $7, name from opened)
      insert into name_lookup (name_key, subject_id) select name_key, subject_id from opened on conflict do nothing`,
    values: [
      subjectIds,
      parties.map(p => p.kind),
      parties.map(p => p.name),
      parties.map(p => p.nameKey),
      parties.map(p => p.uscc ?? null),
      origin,
      at,
      actId,
    ],
  })
  await recordIdentifiers(
    change,
    made.flatMap((one, i) => identifiersOf(one, subjectIds[i] as SubjectId)),
  )
  await recordSecrets(change, made, subjectIds)
}

export type NewIdentifier = {
  readonly subjectId: SubjectId
  readonly kind: string
  readonly value: string
  readonly since: Day | null
}

/** The identifiers that one row tells of a subject; a 18-character code carries the organisation code in it (old and new codes linked). */
export function identifiersOf(one: { counterpart: Party; since: Day }, subjectId: SubjectId): NewIdentifier[] {
  const { uscc, organisationCode, registrationNumber, taxNumber, institutionNumber, document } = one.counterpart
  const told: NewIdentifier[] = []
  const add = (kind: string, value: string | undefined): void => {
    if (value) told.push({ subjectId, kind, value, since: one.since })
  }
  add('uscc', uscc)
  add('organisation-code', uscc ? organisationCodeOf(uscc as Uscc) : organisationCode)
  add('registration-number', registrationNumber)
  add('tax-number', taxNumber)
  add('institution-number', institutionNumber)
  if (document) add(document.kind, document.blind)
  return told
}

/** Appends identifiers and their look-up rows. A weak number that another subject has already stays with that one. */
export async function recordIdentifiers(change: Change, told: readonly NewIdentifier[]): Promise<void> {
  if (told.length === 0) return
  const sorted = [...told].sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
  await change.tx.run({
    name: 'record-identifiers',
    text: `with told as (select * from unnest($1::bigint[], $2::text[], $3::text[], $4::date[]) as t (subject_id, kind, value, since)),
      i as (insert into identifier (subject_id, kind, value, known_from, valid_from) select subject_id, kind, value, $5, since from told on conflict do nothing)
      insert into identifier_lookup (value, kind, subject_id) select value, kind, subject_id from told on conflict do nothing`,
    values: [
      sorted.map(one => one.subjectId),
      sorted.map(one => one.kind),
      sorted.map(one => one.value),
      sorted.map(one => one.since),
      change.at,
    ],
  })
}

async function recordSecrets(change: Change, made: readonly Opening[], subjectIds: readonly SubjectId[]): Promise<void> {
  const secrets = made.flatMap((one, i) =>
    one.counterpart.document?.sealed ? [{ subjectId: subjectIds[i] as SubjectId, ...one.counterpart.document }] : [],
  )
  if (secrets.length === 0) return
  await change.tx.run({
    name: 'record-secrets',
    text: 'insert into person_secret (subject_id, kind, sealed) select * from unnest($1::bigint[], $2::text[], $3::bytea[]) on conflict do nothing',
    values: [secrets.map(one => one.subjectId), secrets.map(one => one.kind), secrets.map(one => one.sealed)],
  })
}
