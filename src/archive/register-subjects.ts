import type { Change } from '../access/change.ts'
import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { plainArray } from '../db/database.ts'
import type { CatalogueItem } from '../law/item-model.ts'
import type { Law } from '../law/law.ts'
import { nameChangeOf } from '../law/name-change.ts'
import { endFormerRepresentatives } from '../mandates/record.ts'
import { identifiersOf, recordIdentifiers } from '../matching/store.ts'
import type { CheckedRow } from '../validation/model.ts'
import type { Content, Fact, NewFact } from './model.ts'
import { type NamePeriod, namePeriods } from './name-periods.ts'
import { cardItems, keepsCard, type Registration, registrationOf } from './registrations.ts'
import { FACT_COLUMNS, type FactRow, factOf, recordsOf } from './views.ts'

/*
 * What the registrar says becomes the subject's card and the times of its names: always folded from all its registrations and notices of
 * change, so that it does not matter in which order they arrive, are corrected or annulled.
 */

/** Takes registrations that were just filed into cards, names and identifiers. */
export async function registerSubjects(
  law: Law,
  change: Change,
  item: CatalogueItem,
  facts: readonly NewFact[],
  rows: readonly CheckedRow[],
): Promise<void> {
  if (facts.length === 0) return
  const rowOf = new Map(rows.map(row => [row.rowNo, row]))
  const telling = facts.filter(fact => keepsCard(item) || tellsName(item, fact))
  if (telling.length > 0) await refreshCards(law, change, [...new Set(telling.map(fact => fact.subjectId))], telling)
  await recordIdentifiers(
    change,
    facts.flatMap(fact => {
      const row = fact.kind === 'annulment' ? undefined : rowOf.get(fact.rowNo)
      return row ? identifiersOf({ counterpart: row.counterpart, since: row.decidedOn }, fact.subjectId) : []
    }),
  )
}

/** Most notices of change are not about the name. What replaces another version may take back what that one said of it. */
function tellsName(item: CatalogueItem, fact: NewFact): boolean {
  if (item.nameChange === undefined) return false
  return fact.kind !== 'record' || nameChangeOf(item, contentOf(fact)) !== undefined
}

function contentOf(fact: NewFact): Content {
  return JSON.parse(String(fact.contentText)) as Content
}

/** The same after a person decided about a single row of an item. */
export async function registerDecided(law: Law, change: Change, item: string, subjectId: SubjectId): Promise<void> {
  if (cardItems(law).includes(item)) await refreshCards(law, change, [subjectId])
}

/** Folds the cards of subjects anew. `fresh`: what this change filed about them, so that of a subject it opened nothing is read back. */
export async function refreshCards(
  law: Law,
  change: Change,
  subjectIds: readonly SubjectId[],
  fresh: readonly NewFact[] = [],
): Promise<void> {
  const cards = await lockCards(change, subjectIds)
  const known = cards.filter(card => fresh.length === 0 || card.is_older).map(card => card.subject_id)
  const facts = new Map<SubjectId, Fact[]>(cards.map(card => [card.subject_id, []]))
  const read = new Set(known)
  for (const fact of fresh) if (!read.has(fact.subjectId)) facts.get(fact.subjectId)?.push(freshFact(fact, change.at))
  for (const fact of await listRegistrations(law, change, known)) facts.get(fact.subjectId)?.push(fact)
  const folded = cards.map(card => {
    // Acts cannot be of a later day than the one they are reported on.
    const records = recordsOf(facts.get(card.subject_id) ?? [], change.today)
    return { subjectId: card.subject_id, registration: registrationOf(law, records), names: namePeriods(law, records) }
  })
  await recordNames(change, folded)
  await updateCards(change, folded)
  await endFormerRepresentatives(
    change,
    folded.map(({ subjectId, registration }) => ({ subjectId, representative: registration?.legalRepresentative ?? null })),
  )
}

type Folded = {
  readonly subjectId: SubjectId
  readonly registration: Registration | undefined
  readonly names: readonly NamePeriod[]
}

/** Two changes that register one subject at once: the second one folds what the first one filed. */
async function lockCards(
  change: Change,
  subjectIds: readonly SubjectId[],
): Promise<{ subject_id: SubjectId; is_older: boolean }[]> {
  return await change.tx.rows({
    name: 'lock-cards',
    text: `select c.subject_id, s.act_id <> $2 as is_older from subject_card c join subject s using (subject_id)
      where c.subject_id = any($1::bigint[]) order by c.subject_id for update of c`,
    values: [plainArray(subjectIds), change.actId],
  })
}

async function listRegistrations(law: Law, change: Change, subjectIds: readonly SubjectId[]): Promise<Fact[]> {
  if (subjectIds.length === 0) return []
  const rows = await change.tx.rows<FactRow>({
    name: 'list-registrations',
    text: `select ${FACT_COLUMNS} from fact_content where subject_id = any($1::bigint[]) and item = any($2::text[])`,
    values: [plainArray(subjectIds), cardItems(law)],
  })
  return rows.map(factOf)
}

function freshFact(fact: NewFact, at: Date): Fact {
  return { ...fact, knownFrom: at, content: contentOf(fact) }
}

type NameRow = {
  subject_id: SubjectId
  name_key: string
  valid_from: Day | null
  valid_until: Day | null
  told: boolean
  name: string
}

/** A name as it now stands. `factId: null`: the registrar does not bear it out, it was only ever reported, or told by mistake. */
type NewName = Omit<NamePeriod, 'factId'> & { readonly subjectId: SubjectId; readonly factId: number | null }

async function recordNames(change: Change, folded: readonly Folded[]): Promise<void> {
  const rows = await change.tx.rows<NameRow>({
    name: 'list-present-names',
    text: `select distinct on (subject_id, name_key) subject_id, name_key, name, valid_from, valid_until, fact_id is not null as told
      from subject_name where subject_id = any($1::bigint[]) order by subject_id, name_key, known_from desc`,
    values: [plainArray(folded.map(one => one.subjectId))],
  })
  const kept = Map.groupBy(rows, row => row.subject_id)
  const names = folded.flatMap(one => newNames(one, kept.get(one.subjectId) ?? []))
  if (names.length === 0) return
  // The instants of the platform have milliseconds: a microsecond more is after all that is known, and before what comes next.
  await change.tx.run({
    name: 'record-names',
    text: `with told as (select * from unnest($1::bigint[], $2::text[], $3::text[], $4::date[], $5::date[], $6::bigint[]) as t (subject_id, name_key, name, valid_from, valid_until, fact_id)),
      n as (insert into subject_name (subject_id, name_key, known_from, name, valid_from, valid_until, fact_id)
        select subject_id, name_key, greatest($7::timestamptz, (select max(s.known_from) + interval '1 microsecond' from subject_name s where s.subject_id = t.subject_id and s.name_key = t.name_key)),
          name, valid_from, valid_until, fact_id from told t)
      insert into name_lookup (name_key, subject_id) select distinct name_key, subject_id from told on conflict do nothing`,
    values: [
      plainArray(names.map(one => one.subjectId)),
      names.map(one => one.key),
      names.map(one => one.name),
      plainArray(names.map(one => one.from)),
      plainArray(names.map(one => one.until)),
      plainArray(names.map(one => one.factId)),
      change.at,
    ],
  })
}

/** What of a subject's names has changed. Names are never taken out: an older file may still use them. */
function newNames({ subjectId, registration, names }: Folded, kept: readonly NameRow[]): NewName[] {
  const byKey = new Map(kept.map(row => [row.name_key, row]))
  const made: NewName[] = []
  for (const name of names) {
    const before = byKey.get(name.key)
    byKey.delete(name.key)
    const isSame = before && before.valid_from === name.from && before.valid_until === name.until
    if (!isSame || (name.until !== null && !before.told)) made.push({ ...name, subjectId })
  }
  for (const { name_key: key, name, valid_from: from, valid_until, told } of byKey.values()) {
    if (told || (registration && valid_until === null))
      made.push({
        subjectId,
        key,
        name,
        from,
        until: registration ? (valid_until ?? registration.decidedOn) : null,
        factId: null,
      })
  }
  return made
}

async function updateCards(change: Change, folded: readonly Folded[]): Promise<void> {
  const spoken = folded.filter(one => one.registration !== undefined)
  const silent = folded.filter(one => one.registration === undefined)
  if (silent.length > 0) {
    // The registrar has taken back all it said, or has told of a change of name alone: known from reports only, under the name it was opened with.
    await change.tx.run({
      name: 'forget-registrations',
      text: `update subject_card s set name = coalesce(c.name, o.name), name_key = coalesce(c.name_key, o.name_key), registered = false, status = null, district = null,
          address = null, enterprise_type = null, legal_representative = null, founded_on = null, ended_on = null, fact_id = null, updated_at = $2
        from unnest($1::bigint[], $3::text[], $4::text[]) as c (subject_id, name, name_key)
          cross join lateral (select n.name, n.name_key from subject_name n where n.subject_id = c.subject_id order by n.known_from limit 1) o
        where s.subject_id = c.subject_id and (s.registered or s.name <> coalesce(c.name, o.name))`,
      values: [
        plainArray(silent.map(one => one.subjectId)),
        change.at,
        silent.map(one => one.names[0]?.name ?? null),
        silent.map(one => one.names[0]?.key ?? null),
      ],
    })
  }
  if (spoken.length === 0) return
  const column = <Key extends keyof Registration>(key: Key): (Registration[Key] | null)[] =>
    spoken.map(one => one.registration?.[key] ?? null)
  await change.tx.run({
    name: 'update-cards',
    text: `update subject_card s set name = c.name, name_key = c.name_key, uscc = coalesce(c.uscc, s.uscc), registered = true, status = c.status, district = c.district,
        address = c.address, enterprise_type = c.enterprise_type, legal_representative = c.legal_representative, founded_on = c.founded_on, ended_on = c.ended_on,
        fact_id = c.fact_id, updated_at = $13
      from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::date[], $11::date[], $12::bigint[])
        as c (subject_id, name, name_key, uscc, status, district, address, enterprise_type, legal_representative, founded_on, ended_on, fact_id)
      where s.subject_id = c.subject_id`,
    values: [
      plainArray(spoken.map(one => one.subjectId)),
      spoken.map(one => one.names[0]?.name ?? ''),
      spoken.map(one => one.names[0]?.key ?? ''),
      column('uscc'),
      column('status'),
      column('district'),
      column('address'),
      column('enterpriseType'),
      column('legalRepresentative'),
      plainArray(column('foundedOn')),
      plainArray(column('endedOn')),
      plainArray(column('factId')),
      change.at,
    ],
  })
}
