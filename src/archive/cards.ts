import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import type { Query, Statement } from '../db/database.ts'
import type { SubjectKind } from '../subject/kind.ts'

export type FormerName = { readonly name: string; readonly from: Day | null; readonly until: Day | null }

/** A subject as it is now; its former names as the registrar bounds them. */
export type SubjectCard = {
  readonly subjectId: SubjectId
  readonly kind: SubjectKind
  readonly name: string
  readonly uscc: string | null
  /** False: known from reports only. */
  readonly registered: boolean
  readonly status: string | null
  readonly district: string | null
  readonly address: string | null
  readonly enterpriseType: string | null
  readonly legalRepresentative: string | null
  readonly foundedOn: Day | null
  readonly endedOn: Day | null
  readonly formerNames: readonly FormerName[]
  readonly oldCodes: readonly string[]
}

/** The statement that reads cards of subjects, in the order of their ids. For `look()` where they are persons. */
export function cardsOf(subjectIds: readonly SubjectId[]): Statement {
  return {
    name: 'list-cards',
    text: `select c.subject_id as "subjectId", c.kind, c.name, c.uscc, c.registered, c.status, c.district, c.address, c.enterprise_type as "enterpriseType",
        c.legal_representative as "legalRepresentative", c.founded_on as "foundedOn", c.ended_on as "endedOn",
        coalesce((select json_agg(json_build_object('name', n.name, 'from', n.valid_from, 'until', n.valid_until) order by n.valid_until desc, n.name)
          from (select distinct on (name_key) * from subject_name where subject_id = c.subject_id order by name_key, known_from desc) n
          where n.name_key <> c.name_key and n.valid_until is not null and n.fact_id is not null), '[]') as "formerNames",
        coalesce((select json_agg(i.value order by i.value) from identifier i where i.subject_id = c.subject_id and i.kind in ('organisation-code', 'registration-number')), '[]') as "oldCodes"
      from subject_card c where c.subject_id = any($1::bigint[]) order by c.subject_id`,
    values: [subjectIds],
  }
}

/**
 * The card of an organisation as publication last wrote it: public, and no look. Undefined for a person, for one that was merged into another,
 * and until publication has come to it.
 */
export async function findPublicCard(query: Query, subjectId: SubjectId): Promise<SubjectCard | undefined> {
  const row = await query.row<Omit<SubjectCard, 'registered'> & { card: Partial<SubjectCard> & Pick<SubjectCard, 'registered'> }>(
    {
      name: 'find-public-card',
      text: `select subject_id as "subjectId", kind, name, uscc, status, district, founded_on as "foundedOn", card from pub.subject where subject_id = $1`,
      values: [subjectId],
    },
  )
  if (!row) return undefined
  const { card, ...columns } = row
  return { ...card, ...columns }
}

/** Cards of subjects, in the order of their ids; unknown ids are left out. */
export async function listCards(query: Query, subjectIds: readonly SubjectId[]): Promise<SubjectCard[]> {
  return await query.rows<SubjectCard>(cardsOf(subjectIds))
}

/** One card; undefined for an unknown subject. */
export async function findCard(query: Query, subjectId: SubjectId): Promise<SubjectCard | undefined> {
  return (await listCards(query, [subjectId]))[0]
}
