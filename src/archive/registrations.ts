import type { Day } from '../base/day.ts'
import type { FactId } from '../base/id.ts'
import type { RecordState } from '../disclosure/model.ts'
import { type ItemEdition, itemEdition, type Law } from '../law/law.ts'
import { nameKey } from '../subject/name.ts'
import type { ArchivedRecord } from './model.ts'

/*
 * Every approval by the registrar is a record of its own (code + day of approval). The latest is the registration, the others are how it
 * came to be: they are history in the archive and shown nowhere else. What the registration says is the subject's card.
 */

/** What the registrar says of a subject, as of a day. */
export type Registration = {
  readonly recordId: FactId
  /** The fact that speaks: the record's last version. */
  readonly factId: FactId
  /** The day of the approval. */
  readonly decidedOn: Day
  readonly name: string
  readonly uscc: string | null
  readonly status: string | null
  readonly district: string | null
  readonly address: string | null
  readonly enterpriseType: string | null
  readonly legalRepresentative: string | null
  readonly foundedOn: Day | null
  readonly endedOn: Day | null
}

/** A name with its time. `until`: the first day on which it no longer was the name; null: it still is. */
export type NamePeriod = {
  readonly name: string
  readonly key: string
  readonly from: Day | null
  readonly until: Day | null
  readonly factId: FactId
}

/** A record with what has become of it, for disclosure: a registration that a later one follows is `corrected`. */
export type StandingRecord = Omit<ArchivedRecord, 'state'> & { readonly state: RecordState }

type KeepsCard = Pick<ItemEdition, 'nature' | 'roles'>

/** True for items that say how a subject stands in the register; a notice of a single change is not one of them. */
export function keepsCard(item: KeepsCard): boolean {
  return item.nature === 'registration' && item.roles.registrationStatus !== undefined
}

/** Ids of all items that keep cards. */
export function cardItems(law: Law): string[] {
  return [...law.items].flatMap(([id, editions]) => (editions.some(keepsCard) ? [id] : []))
}

function registrationsIn(law: Law, records: readonly ArchivedRecord[]): { record: ArchivedRecord; item: ItemEdition }[] {
  return records.flatMap(record => {
    if (record.state !== 'standing') return []
    const item = itemEdition(law, `${record.head.item}@${record.head.edition}`)
    return item && keepsCard(item) ? [{ record, item }] : []
  })
}

/**
 * The rule for every outlet: of a subject's registrations only the latest stands, the earlier ones are disclosed as `corrected`; other
 * records keep their state. `records` are one subject's, latest decision first, as `recordsOf` gives them.
 */
export function standingRecords(law: Law, records: readonly ArchivedRecord[]): StandingRecord[] {
  const followed = new Set(
    registrationsIn(law, records)
      .slice(1)
      .map(one => one.record.recordId),
  )
  return records.map(record => (followed.has(record.recordId) ? { ...record, state: 'corrected' } : record))
}

/** The registration that speaks among one subject's records; undefined where the registrar has not said anything. */
export function registrationOf(law: Law, records: readonly ArchivedRecord[]): Registration | undefined {
  const latest = registrationsIn(law, records)[0]
  if (!latest) return undefined
  const { record, item } = latest
  const { roles } = item
  const { content } = record.head
  const of = (column: string | undefined): string | null => (column ? content[column] || null : null)
  return {
    recordId: record.recordId,
    factId: record.head.factId,
    decidedOn: record.head.decidedOn,
    name: content[roles.subjectName] ?? '',
    uscc: of(roles.uscc),
    status: of(roles.registrationStatus),
    district: of(roles.district),
    address: of(roles.address),
    enterpriseType: of(roles.enterpriseType),
    legalRepresentative: of(roles.legalRepresentative),
    foundedOn: of(roles.foundedOn ?? roles.validFrom) as Day | null,
    endedOn: of(roles.endedOn) as Day | null,
  }
}

const BETWEEN_NAMES = /[;；]/

/**
 * Names as the registrations of one subject bound them: a name holds from the approval that brought it to the approval that brought the
 * next. A former name that only the column 曾用名 tells had ended when it was told. The present name stands first.
 */
export function namePeriods(law: Law, records: readonly ArchivedRecord[]): NamePeriod[] {
  const oldestFirst = registrationsIn(law, records).reverse()
  const periods = new Map<string, NamePeriod>()
  const told: NamePeriod[] = []
  let present: NamePeriod | undefined
  for (const { record, item } of oldestFirst) {
    const { content, factId, decidedOn } = record.head
    const name = content[item.roles.subjectName] ?? ''
    const key = nameKey(name)
    for (const former of (content[item.roles.formerName ?? ''] ?? '').split(BETWEEN_NAMES)) {
      if (former.trim() !== '') told.push({ name: former.trim(), key: nameKey(former), from: null, until: decidedOn, factId })
    }
    if (present?.key === key) continue
    // Who takes an old name again bears it from then on; that it was borne before is in the facts.
    if (present) periods.set(present.key, { ...present, until: decidedOn })
    present = { name, key, from: present ? decidedOn : null, until: null, factId }
    periods.set(key, present)
  }
  for (const former of told) if (!periods.has(former.key)) periods.set(former.key, former)
  return [...periods.values()].sort(latestFirst)
}

function latestFirst(a: NamePeriod, b: NamePeriod): number {
  const [left, right] = [a.until ?? '9999-12-31', b.until ?? '9999-12-31']
  return left < right ? 1 : left > right ? -1 : 0
}
