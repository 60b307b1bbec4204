import type { Actor } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import { type LookReceipt, look, lookMiss } from '../access/look.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { AccountId, MandateId, SubjectId } from '../base/id.ts'
import { grant, NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { personNameKey } from '../subject/name.ts'
import { parseUscc } from '../subject/uscc.ts'
import { issueActivation } from './activation.ts'
import { accountOf } from './choose-subject.ts'
import { giveMandate } from './give.ts'
import type { Capacity, Extent } from './model.ts'
import { findPersonAccount, openPersonSubject, type Person, type PersonTyped, readPerson, recordPerson } from './person.ts'
import { checkTerm } from './rules.ts'
import { requireWindow } from './window.ts'

/*
 * Binding at a window by two officers: one opens it with the papers, another of the same unit confirms it with the papers before him. The
 * second types name and number anew; what he is shown would not be what he read.
 */

/** How long the second officer has. */
export const BINDING_HOURS = 24

export const EVIDENCE_KINDS = ['identity-document', 'business-licence', 'authorisation-letter'] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

export type BindingWish = PersonTyped & {
  readonly capacity: Capacity
  /** The subject's unified code; null for a person who speaks for himself. */
  readonly uscc: string | null
  readonly extent?: readonly Extent[] | null | undefined
  readonly until?: Day | null | undefined
  readonly evidenceKind: EvidenceKind
  /** Number on the paper that the binding rests on. */
  readonly evidenceNumber: string
}

export type Opened = {
  readonly bindingId: number
  readonly expiresAt: Date
  readonly receipt: string | null
  readonly subjectName: string | null
}
export type Confirmed = {
  readonly mandateId: MandateId
  readonly subjectId: SubjectId
  /** To be handed over on paper; null where the person has an account already. */
  readonly activation: { readonly code: string; readonly expiresAt: Date } | null
}

/**
 * Opens a binding. Looking the subject up by its code is a look, registered under the paper's number. Refuses what `readPerson` refuses,
 * `binding.own`, `binding.code-missing`, what is no code, `binding.subject-unknown`, `mandate.not-representative`, `mandate.not-the-person`,
 * `mandate.not-of-persons`, `binding.evidence-missing`, and what an agent's term and extent refuse.
 */
export async function openBinding(app: App, actor: Actor, wish: BindingWish): Promise<Opened> {
  await requireWindow(app, actor)
  const at = app.now()
  const today = legalDay(at, app.city.zone)
  const person = readPerson(app, today, wish)
  const evidenceNumber = wish.evidenceNumber.trim()
  if (evidenceNumber === '') throw new Refusal('binding.evidence-missing', null, {}, 422)
  requireTerms(wish, today)
  await requireAnother(app, actor, person)
  const subject = wish.capacity === 'self' ? null : await lookUpSubject(app, actor, wish, person)
  const bindingId = await app.ids.next()
  const expiresAt = new Date(at.getTime() + BINDING_HOURS * 3_600_000)
  const seal = (text: string) => app.keys.seal('data', Buffer.from(text), `binding:${bindingId}`)
  const extent = wish.capacity === 'agent' ? (wish.extent ?? null) : null
  const until = wish.capacity === 'agent' ? (wish.until ?? null) : null
  const entity = subject ? `subject:${subject.subjectId}` : `binding:${bindingId}`
  const detail = { bindingId, capacity: wish.capacity, extent, until, evidence: wish.evidenceKind }
  await change(app, actor, { deed: 'binding.open', entity, detail }, made =>
    made.tx.run(sql`insert into binding (binding_id, unit, capacity, for_subject, extent, valid_until, person_kind, person_value, sealed, evidence_kind, evidence, opened_by, opened_at, expires_at, act_id)
      values (${bindingId}, ${actor.unit}, ${wish.capacity}, ${subject?.subjectId ?? null}, ${extent}, ${until}, ${person.kind}, ${person.values[0]}, ${seal(person.name)},
        ${wish.evidenceKind}, ${seal(evidenceNumber)}, ${actor.id}, ${made.at}, ${expiresAt}, ${made.actId})`),
  )
  return { bindingId, expiresAt, receipt: subject?.receipt ?? null, subjectName: subject?.name ?? null }
}

function requireTerms({ capacity, extent, until }: BindingWish, today: Day): void {
  if (capacity !== 'agent') return
  if (!extent || extent.length === 0) throw new Refusal('mandate.extent-missing', 'civil-code#165', {}, 422)
  if (!until) throw new Refusal('mandate.until-missing', 'civil-code#165', {}, 422)
  grant(checkTerm(today, until))
}

/** Nobody binds himself: neither by a document that his account is known by, nor under his own name. */
async function requireAnother(app: App, actor: Actor, person: Person): Promise<void> {
  const own = await findPersonAccount(app.db, person)
  const isOwn = own !== undefined && own === accountOf(actor)
  if (isOwn || personNameKey(actor.name) === person.nameKey) throw new Refusal('binding.own', null, {}, 403)
}

type Found = {
  readonly subjectId: SubjectId
  readonly name: string
  readonly representative: string | null
  readonly kind: string
}

async function lookUpSubject(app: App, actor: Actor, wish: BindingWish, person: Person): Promise<Found & LookReceipt> {
  if (!wish.uscc?.trim()) throw new Refusal('binding.code-missing', null, {}, 422)
  const uscc = grant(parseUscc(wish.uscc, { inventedPrefixes: app.city.inventedPrefixes })).uscc
  const request = {
    actor,
    outlet: 'console-archive',
    purpose: app.words.say('binding.purpose'),
    businessNo: wish.evidenceNumber.trim(),
    shown: ['card'],
  }
  const owner = await app.db.row<{ subjectId: SubjectId | null }>(sql`select subject_of_code('uscc', ${uscc}) as "subjectId"`)
  if (!owner?.subjectId) {
    await lookMiss(app, request, `uscc ${uscc}`)
    throw new NotFound('binding.subject-unknown')
  }
  const { rows, receipt, at } = await look<Found>(app, request, [owner.subjectId], {
    name: 'binding-subject',
    text: 'select subject_id as "subjectId", name, kind, legal_representative as representative from subject_card where subject_id = $1',
    values: [owner.subjectId],
  })
  const [found] = rows
  if (!found) throw new NotFound('binding.subject-unknown')
  const isOther = found.representative !== null && personNameKey(found.representative) !== person.nameKey
  if (wish.capacity === 'legal-representative' && isOther)
    throw new Refusal('mandate.not-representative', 'civil-code#61', {}, 422)
  return { ...found, receipt, at }
}

type BindingRow = {
  unit: string
  capacity: Capacity
  for_subject: SubjectId | null
  extent: Extent[] | null
  valid_until: Day | null
  person_kind: string
  person_value: string
  sealed: Buffer
  evidence_kind: EvidenceKind
  evidence: Buffer
  opened_by: string
  expires_at: Date
  settled_at: Date | null
}

/**
 * Confirms a binding with the papers before him: another officer of the same unit types name and document anew. The person's account gets
 * the mandate; whoever has no account yet gets a code on paper. The act names both officers. Of two who confirm at once one does it.
 *
 * Refuses `binding.unknown`, `binding.same-officer`, `binding.own`, `binding.settled`, `binding.over`, `binding.person-differs`,
 * `binding.name-differs`, `binding.account-closed`, what `readPerson` and `giveMandate` refuse.
 */
export async function confirmBinding(app: App, actor: Actor, bindingId: number, typed: PersonTyped): Promise<Confirmed> {
  await requireWindow(app, actor)
  const person = readPerson(app, legalDay(app.now(), app.city.zone), typed)
  await requireAnother(app, actor, person)
  const fresh = (await app.ids.next()) as AccountId
  return await change(app, actor, { deed: 'binding.confirm', entity: `binding:${bindingId}` }, async made => {
    const binding = await lockBinding(made, bindingId)
    requireConfirmable(app, made, binding, bindingId, person)
    const accountId = await recordPerson(made, person, fresh)
    const subjectId = binding.for_subject ?? (await openPersonSubject(app, made, person))
    const evidenceNumber = app.keys.open(binding.evidence, `binding:${bindingId}`).toString('utf8')
    made.tell({ openedBy: binding.opened_by, confirmedBy: actor.id, subjectId })
    const mandateId = await giveMandate(app, made, {
      accountId,
      subjectId,
      capacity: binding.capacity,
      extent: binding.extent,
      until: binding.valid_until,
      personName: person.name,
      boundBy: 'window',
      evidence: { kind: binding.evidence_kind, number: evidenceNumber, businessNo: String(bindingId) },
    })
    await made.tx.run(sql`update binding set settled_at = ${made.at}, settled_by = ${actor.id}, outcome = 'confirmed', mandate_id = ${mandateId}, for_subject = ${subjectId}
      where binding_id = ${bindingId}`)
    const account = await made.tx.row<{ closed: boolean }>(
      sql`select closed_at is not null as closed from account where account_id = ${accountId}`,
    )
    if (account?.closed) throw new Refusal('binding.account-closed')
    const activation = account ? null : await issueActivation(app, made, accountId, person.name)
    return { mandateId, subjectId, activation }
  })
}

async function lockBinding({ tx, actor }: Change, bindingId: number): Promise<BindingRow> {
  const binding = await tx.row<BindingRow>(sql`select * from binding where binding_id = ${bindingId} for update`)
  // Another unit's binding is nobody's to know of.
  if (!binding || binding.unit !== actor.unit) throw new NotFound('binding.unknown')
  return binding
}

function requireConfirmable(app: App, { at, actor }: Change, binding: BindingRow, bindingId: number, person: Person): void {
  if (binding.opened_by === actor.id) throw new Refusal('binding.same-officer', null, {}, 403)
  if (binding.settled_at) throw new Refusal('binding.settled')
  if (binding.expires_at <= at) throw new Refusal('binding.over')
  const name = app.keys.open(binding.sealed, `binding:${bindingId}`).toString('utf8')
  const isSame = binding.person_kind === person.kind && person.values.includes(binding.person_value)
  if (!isSame || personNameKey(name) !== person.nameKey) throw new Refusal('binding.person-differs', null, {}, 422)
}

/** Takes a binding back that nobody has confirmed: by whoever opened it, or whoever may confirm it. Refuses `binding.unknown`, `binding.settled`. */
export async function withdrawBinding(app: App, actor: Actor, bindingId: number): Promise<void> {
  await change(app, actor, { deed: 'binding.withdraw', entity: `binding:${bindingId}` }, async made => {
    const binding = await lockBinding(made, bindingId)
    if (binding.settled_at) throw new Refusal('binding.settled')
    await made.tx.run(
      sql`update binding set settled_at = ${made.at}, settled_by = ${actor.id}, outcome = 'withdrawn' where binding_id = ${bindingId}`,
    )
  })
}
