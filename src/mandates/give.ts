import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import type { AccountId, MandateId, SubjectId } from '../base/id.ts'
import { grant, NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { personNameKey } from '../subject/name.ts'
import type { BoundBy, Capacity, Extent } from './model.ts'
import { recordEnd, recordMandate, replaceRepresentatives } from './record.ts'
import { checkTerm, isInForce } from './rules.ts'
import { listOfAccount, lockMandates } from './store.ts'

/* A mandate that rests on evidence of who somebody is: papers at a window, or claims of an identity provider. */

export type Given = {
  readonly accountId: AccountId
  readonly subjectId: SubjectId
  readonly capacity: Capacity
  /** Of an agent; others speak in everything. */
  readonly extent?: readonly Extent[] | null | undefined
  /** Of an agent: the last day. */
  readonly until?: Day | null | undefined
  /** What the evidence calls the person. */
  readonly personName: string
  readonly boundBy: Extract<BoundBy, 'oidc' | 'window'>
  readonly evidence: { readonly kind: string; readonly number: string | null; readonly businessNo: string | null }
}

/**
 * Gives a mandate from today on, inside a change; its id. What the account had for the subject before is replaced; a new legal
 * representative takes the place of the one before. One who has just this mandate already keeps it, and its id is answered.
 *
 * Refuses `subject.unknown`, `mandate.not-the-person` (a natural person speaks for himself, or by an agent), `mandate.not-of-persons`,
 * `mandate.not-representative` (the register names somebody else, 民法典 61), `mandate.extent-missing`, `mandate.until-missing`,
 * `mandate.until-past`, `mandate.too-long`.
 */
export async function giveMandate(app: App, made: Change, given: Given): Promise<MandateId> {
  const { accountId, subjectId, capacity, boundBy, evidence } = given
  await requireCapacity(made, given)
  const { extent, until } = termsOf(made, given)
  await lockMandates(made.tx, subjectId)
  const standing = (await listOfAccount(made.tx, accountId)).filter(
    one => one.subjectId === subjectId && isInForce(one, one.ends, made.at, made.today),
  )
  const same = standing.find(one => one.capacity === capacity && capacity !== 'agent')
  if (same) return same.mandateId
  for (const { mandateId } of standing) await recordEnd(made, { subjectId, mandateId, lastDay: null, why: 'replaced' })
  if (capacity === 'legal-representative') await replaceRepresentatives(made, subjectId, accountId)
  const mandateId = (await app.ids.next()) as MandateId
  const sealed = evidence.number === null ? null : app.keys.seal('data', Buffer.from(evidence.number), `mandate:${mandateId}`)
  const kept = { kind: evidence.kind, sealed, businessNo: evidence.businessNo }
  const mandate = { subjectId, mandateId, accountId, capacity, extent, from: made.today, until, boundBy, evidence: kept }
  await recordMandate(made, mandate)
  made.tell({ given: mandateId, to: `account:${accountId}`, capacity, extent, until, evidence: evidence.kind })
  return mandateId
}

type CardRow = { kind: string; representative: string | null }

async function requireCapacity({ tx }: Change, { subjectId, capacity, personName }: Given): Promise<void> {
  const card = await tx.row<CardRow>(
    sql`select kind, legal_representative as representative from subject_card where subject_id = ${subjectId}`,
  )
  if (!card) throw new NotFound('subject.unknown')
  const isPerson = card.kind === 'natural-person'
  if (capacity === 'self' && !isPerson) throw new Refusal('mandate.not-the-person', null, {}, 422)
  if (capacity === 'legal-representative' && isPerson) throw new Refusal('mandate.not-of-persons', null, {}, 422)
  const isOther = card.representative !== null && personNameKey(card.representative) !== personNameKey(personName)
  if (capacity === 'legal-representative' && isOther) throw new Refusal('mandate.not-representative', 'civil-code#61', {}, 422)
}

function termsOf({ today }: Change, { capacity, extent, until }: Given): { extent: readonly Extent[] | null; until: Day | null } {
  if (capacity !== 'agent') return { extent: null, until: null }
  if (!extent || extent.length === 0) throw new Refusal('mandate.extent-missing', 'civil-code#165', {}, 422)
  if (!until) throw new Refusal('mandate.until-missing', 'civil-code#165', {}, 422)
  return { extent: [...new Set(extent)].sort(), until: grant(checkTerm(today, until)) }
}
