import type { Day } from '../base/day.ts'
import type { FactId } from '../base/id.ts'
import type { RecordState } from '../disclosure/model.ts'
import type { KnownRecord } from '../disclosure/record.ts'
import { type ItemEdition, itemEdition, type Law } from '../law/law.ts'
import type { ArchivedRecord } from './model.ts'

/*
 * Every approval by the registrar is a record of its own (code + day of approval). The latest is the registration, the others are how it
 * came to be: they are history in the archive and shown nowhere else. What the registration says is the subject's card; the name on it is that
 * of name-periods.ts, because a notice of change may be younger than the last approval.
 */

/** What the registrar says of a subject, as of a day. */
export type Registration = {
  readonly recordId: FactId
  /** The fact that speaks: the record's last version. */
  readonly factId: FactId
  /** The day of the approval. */
  readonly decidedOn: Day
  readonly uscc: string | null
  readonly status: string | null
  readonly district: string | null
  readonly address: string | null
  readonly enterpriseType: string | null
  readonly legalRepresentative: string | null
  readonly foundedOn: Day | null
  readonly endedOn: Day | null
}

/** A record with what has become of it, for disclosure: a registration that a later one follows is `corrected`. */
export type StandingRecord = Omit<ArchivedRecord, 'state'> & { readonly state: RecordState }

/** The same as disclosure asks for it: by its last version. */
export function knownRecord({ head, state, contested, comment, gravity }: StandingRecord): KnownRecord {
  const { content, decidedOn, authority } = head
  return { content, decidedOn, authority, state, contested, comment, gravity }
}

type KeepsCard = Pick<ItemEdition, 'nature' | 'roles'>

/** True for items that say how a subject stands in the register; a notice of a single change is not one of them. */
export function keepsCard(item: KeepsCard): boolean {
  return item.nature === 'registration' && item.roles.registrationStatus !== undefined
}

/** Ids of all items that say something of cards: what keeps them, and notices that tell of a change of name. */
export function cardItems(law: Law): string[] {
  return [...law.items].flatMap(([id, editions]) => (editions.some(one => keepsCard(one) || one.nameChange) ? [id] : []))
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
