import type { Change } from '../access/change.ts'
import type { SubjectId } from '../base/id.ts'
import type { CatalogueItem } from '../law/model.ts'
import { identifiersOf, recordIdentifiers } from '../matching/store.ts'
import { nameKey } from '../subject/name.ts'
import type { CheckedRow } from '../validation/model.ts'
import type { NewFact } from './model.ts'

/*
 * What the registrar says becomes the subject's card: name, status, address; a new name ends the former one. Annulled registrations change nothing here.
 */

type Card = {
  subjectId: SubjectId
  kind: string
  name: string
  nameKey: string
  uscc: string | null
  status: string | null
  district: string | null
  address: string | null
  enterpriseType: string | null
  legalRepresentative: string | null
  foundedOn: string | null
  endedOn: string | null
  factId: number
  since: string
  formerName: string | null
}

/** Takes registrations that were just filed into the cards; the latest of a chunk governs. */
export async function registerSubjects(
  change: Change,
  item: CatalogueItem,
  facts: readonly NewFact[],
  rows: readonly CheckedRow[],
): Promise<void> {
  const rowOf = new Map(rows.map(row => [row.rowNo, row]))
  const cards = new Map<SubjectId, Card>()
  for (const fact of facts) {
    const row = rowOf.get(fact.rowNo)
    if (row && fact.kind !== 'annulment') cards.set(fact.subjectId, cardOf(item, fact, row))
  }
  if (cards.size === 0) return
  const list = [...cards.values()].sort((a, b) => a.subjectId - b.subjectId)
  await recordNames(change, list)
  await upsertCards(change, list)
  await recordIdentifiers(
    change,
    facts.flatMap(fact => {
      const row = rowOf.get(fact.rowNo)
      return row ? identifiersOf({ counterpart: row.counterpart, since: row.decidedOn }, fact.subjectId) : []
    }),
  )
}

function cardOf(item: CatalogueItem, fact: NewFact, row: CheckedRow): Card {
  const { roles } = item
  const content = JSON.parse(row.contentText) as Record<string, string>
  const of = (column: string | undefined): string | null => (column ? (content[column] ?? null) : null)
  return {
    subjectId: fact.subjectId,
    kind: row.counterpart.kind,
    name: row.counterpart.name,
    nameKey: row.counterpart.nameKey,
    uscc: row.counterpart.uscc ?? null,
    status: of(roles.registrationStatus),
    district: of(roles.district),
    address: of(roles.address),
    enterpriseType: of(roles.enterpriseType),
    legalRepresentative: of(roles.legalRepresentative),
    foundedOn: of(roles.validFrom) ?? fact.decidedOn,
    endedOn: of(roles.endedOn),
    factId: fact.factId,
    since: fact.decidedOn,
    formerName: of(roles.formerName),
  }
}

async function recordNames(change: Change, cards: readonly Card[]): Promise<void> {
  const { tx, at } = change
  const former = cards.flatMap(card =>
    (card.formerName ?? '')
      .split(';')
      .filter(Boolean)
      .map(name => ({ subjectId: card.subjectId, name, nameKey: nameKey(name), factId: card.factId, until: card.since })),
  )
  const present = cards.map(card => ({
    subjectId: card.subjectId,
    name: card.name,
    nameKey: card.nameKey,
    factId: card.factId,
    until: null,
  }))
  // A name that the registrar no longer gives has ended on the day of the new registration.
  await tx.run({
    name: 'end-former-names',
    text: `insert into subject_name (subject_id, name_key, known_from, name, valid_from, valid_until, fact_id)
      select n.subject_id, n.name_key, $4, n.name, n.valid_from, w.since, w.fact_id from unnest($1::bigint[], $2::text[], $3::date[], $5::bigint[]) as w (subject_id, name_key, since, fact_id)
      join lateral (select distinct on (name_key) * from subject_name s where s.subject_id = w.subject_id order by name_key, known_from desc) n on n.name_key <> w.name_key and n.valid_until is null
      on conflict do nothing`,
    values: [
      cards.map(card => card.subjectId),
      cards.map(card => card.nameKey),
      cards.map(card => card.since),
      at,
      cards.map(card => card.factId),
    ],
  })
  const told = [...present, ...former]
  await tx.run({
    name: 'record-names',
    text: `with told as (select * from unnest($1::bigint[], $2::text[], $3::text[], $4::date[], $5::bigint[]) as t (subject_id, name_key, name, valid_until, fact_id)),
      n as (insert into subject_name (subject_id, name_key, known_from, name, valid_until, fact_id) select t.subject_id, t.name_key, $6, t.name, t.valid_until, t.fact_id from told t
        where not exists (select from subject_name s where s.subject_id = t.subject_id and s.name_key = t.name_key) on conflict do nothing)
      insert into name_lookup (name_key, subject_id) select distinct name_key, subject_id from told on conflict do nothing`,
    values: [
      told.map(t => t.subjectId),
      told.map(t => t.nameKey),
      told.map(t => t.name),
      told.map(t => t.until),
      told.map(t => t.factId),
      at,
    ],
  })
}

async function upsertCards(change: Change, cards: readonly Card[]): Promise<void> {
  const column = <Key extends keyof Card>(key: Key): Card[Key][] => cards.map(card => card[key])
  await change.tx.run({
    name: 'upsert-cards',
    text: `insert into subject_card (subject_id, kind, name, name_key, uscc, registered, status, district, address, enterprise_type, legal_representative, founded_on, ended_on, fact_id, updated_at)
      select subject_id, kind, name, name_key, uscc, true, status, district, address, enterprise_type, legal_representative, founded_on, ended_on, fact_id, $14
      from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::date[], $12::date[], $13::bigint[])
        as c (subject_id, kind, name, name_key, uscc, status, district, address, enterprise_type, legal_representative, founded_on, ended_on, fact_id)
      on conflict (subject_id) do update set name = excluded.name, name_key = excluded.name_key, uscc = coalesce(excluded.uscc, subject_card.uscc), registered = true, status = excluded.status,
        district = excluded.district, address = excluded.address, enterprise_type = excluded.enterprise_type, legal_representative = excluded.legal_representative,
        founded_on = excluded.founded_on, ended_on = excluded.ended_on, fact_id = excluded.fact_id, updated_at = excluded.updated_at`,
    values: [
      column('subjectId'),
      column('kind'),
      column('name'),
      column('nameKey'),
      column('uscc'),
      column('status'),
      column('district'),
      column('address'),
      column('enterpriseType'),
      column('legalRepresentative'),
      column('foundedOn'),
      column('endedOn'),
      column('factId'),
      change.at,
    ],
  })
}
