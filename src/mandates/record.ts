import type { Change } from '../access/change.ts'
import type { Day } from '../base/day.ts'
import type { AccountId, MandateId, SubjectId } from '../base/id.ts'
import { personNameKey } from '../subject/name.ts'
import type { BoundBy, Capacity, EndReason } from './model.ts'

/* What writes mandates and their ends. */

export type NewMandate = {
  readonly subjectId: SubjectId
  readonly mandateId: MandateId
  readonly accountId: AccountId
  readonly capacity: Capacity
  readonly extent: readonly string[] | null
  readonly from: Day
  readonly until: Day | null
  readonly boundBy: BoundBy
  /** What the binding rests on: its kind, its sealed number (aad `mandate:<mandateId>`), and the number of the matter. */
  readonly evidence?: { readonly kind: string; readonly sealed: Buffer | null; readonly businessNo: string | null }
}

/** Appends a mandate. Of a legal representative it keeps the name that the register has, to be compared when the register changes. */
export async function recordMandate(change: Change, mandate: NewMandate): Promise<void> {
  const { subjectId, mandateId, accountId, capacity, extent, from, until, boundBy, evidence } = mandate
  await change.tx.run({
    text: `insert into mandate (subject_id, mandate_id, account_id, capacity, extent, valid_from, valid_until, bound_by, representative, evidence_kind, evidence, business_no, made_at, act_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    values: [
      ...[subjectId, mandateId, accountId, capacity, extent, from, until, boundBy, await representativeOf(change, mandate)],
      ...[evidence?.kind ?? null, evidence?.sealed ?? null, evidence?.businessNo ?? null, change.at, change.actId],
    ],
  })
}

async function representativeOf(change: Change, { subjectId, capacity }: NewMandate): Promise<string | null> {
  if (capacity !== 'legal-representative') return null
  const card = await change.tx.row<{ name: string | null }>({
    text: 'select legal_representative as name from subject_card where subject_id = $1',
    values: [subjectId],
  })
  return card?.name ? personNameKey(card.name) : null
}

export type Ending = {
  readonly subjectId: SubjectId
  readonly mandateId: MandateId
  /** The last day in force; null: over at once. */
  readonly lastDay: Day | null
  readonly why: EndReason
}

/** Appends the end of a mandate. From the commit on, at once means at the next request of every session. */
export async function recordEnd(change: Change, { subjectId, mandateId, lastDay, why }: Ending): Promise<void> {
  await change.tx.run({
    text: `insert into mandate_end (subject_id, mandate_id, act_id, at, last_day, why, ended_by) values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [subjectId, mandateId, change.actId, change.at, lastDay, why, change.actor.id],
  })
}

/**
 * A new legal representative takes the place of those before him: ends, at once, the mandates by office of every other account. For
 * bindings that rest on evidence of the office.
 */
export async function replaceRepresentatives(change: Change, subjectId: SubjectId, by: AccountId): Promise<void> {
  const { at, actId, actor } = change
  await change.tx.run({
    text: `insert into mandate_end (subject_id, mandate_id, act_id, at, why, ended_by)
      select m.subject_id, m.mandate_id, $3, $4, 'replaced', $5 from mandate m where m.subject_id = $1 and m.capacity = 'legal-representative' and m.account_id <> $2
        and not exists (select from mandate_end e where e.subject_id = m.subject_id and e.mandate_id = m.mandate_id and e.last_day is null)`,
    values: [subjectId, by, actId, at, actor.id],
  })
}

/**
 * The register names legal representatives anew: a mandate by office that was bound under another name ends at once. What agents were given
 * by the subject stands (docs/decisions/0015). A register that names nobody ends nothing.
 */
export async function endFormerRepresentatives(
  change: Change,
  named: readonly { readonly subjectId: SubjectId; readonly representative: string | null }[],
): Promise<void> {
  const known = named.filter(one => one.representative !== null)
  if (known.length === 0) return
  const { at, actId, actor } = change
  await change.tx.run({
    name: 'end-former-representatives',
    text: `insert into mandate_end (subject_id, mandate_id, act_id, at, why, ended_by)
      select m.subject_id, m.mandate_id, $3, $4, 'representative-changed', $5
      from unnest($1::bigint[], $2::text[]) as c (subject_id, representative) join mandate m using (subject_id)
      where m.capacity = 'legal-representative' and m.representative <> c.representative
        and not exists (select from mandate_end e where e.subject_id = m.subject_id and e.mandate_id = m.mandate_id and e.last_day is null)`,
    values: [known.map(one => one.subjectId), known.map(one => personNameKey(one.representative ?? '')), actId, at, actor.id],
  })
}
