import type { Actor } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { listFacts, recordsOf } from '../archive/views.ts'
import { day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import type { Right, RightKind, RightsLaw } from '../law/access-model.ts'
import type { Law } from '../law/law.ts'
import { keptIfTyped } from '../validation/typed-text.ts'
import { stateOf } from './clock.ts'
import type { RequestKey, RightsRequest, RightsText } from './model.ts'
import { appendEntry, insertRequest, lockRequest } from './store.ts'

const EVER = new Date('9999-12-31T00:00:00Z')
const EVERY_DAY = day('2999-12-31')

/** The rules of rights; a law without them is never used. */
export function rightsLaw(law: Pick<Law, 'rights'>): RightsLaw {
  if (!law.rights) throw new RangeError('a law without rights')
  return law.rights
}

export type Lodged = {
  readonly kind: RightKind
  readonly text?: string | undefined
  /** Of a correction: which field is wrong, and what it should be. */
  readonly field?: string | undefined
  readonly shouldBe?: string | undefined
  readonly recordId?: number | undefined
  readonly lookReceipt?: string | undefined
}

/**
 * A subject asks for something about itself. What the platform can answer at once (查阅, 复制) is answered in the same change; a correction
 * goes to the unit that decided; everything else to the officer for personal information.
 *
 * Refuses `rights.persons-only` (a right of natural persons), `rights.text-missing`, `rights.record-missing`, `rights.look-missing`,
 * `rights.record-unknown`, `rights.look-unknown` (not one's own), `rights.already-open` and `text.prohibited`.
 */
export async function lodgeRequest(app: App, actor: Actor, input: Lodged): Promise<RequestKey & { readonly number: string }> {
  const { subjectId } = actor
  if (subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'rights.lodge' })
  const right = rightsLaw(app.law).rights[input.kind]
  const text = textOf(app, right, input)
  const requestId = await app.ids.next()
  const key = { subjectId, requestId }
  const entity = `rights:${requestId}`
  return await change(app, actor, { deed: 'rights.lodge', entity, detail: { kind: input.kind, subjectId } }, async made => {
    const number = `GR${made.today.replaceAll('-', '')}-${requestId}`
    await requireRight(made, subjectId, right)
    const unit = await unitOf(app, made, subjectId, right, input)
    const look = await ownLook(made, subjectId, input)
    const about = { kind: input.kind, factId: input.recordId ?? null, lookReceipt: look }
    await requireNoneOpen(made, subjectId, about)
    const { workingDays } = right.clock
    await insertRequest(made, { ...key, number, workingDays, ...about, unit })
    await appendEntry(app, made, key, { entryNo: 1, step: 'lodged' }, text)
    if (right.answeredBy === 'platform') await appendEntry(app, made, key, { entryNo: 2, step: 'granted' }, null)
    if (unit !== null) await appendEntry(app, made, key, { entryNo: 2, step: 'routed' }, null)
    return { ...key, number }
  })
}

/** A text of a request or of its answer, as it may be kept; '' where there is none. Refuses `text.prohibited`. */
export function typed(app: Pick<App, 'law' | 'now' | 'city'>, text: string): string {
  return keptIfTyped(app.law, text, legalDay(app.now(), app.city.zone))
}

const WITH_TEXT: ReadonlySet<RightKind> = new Set(['portability', 'deletion', 'restriction', 'explanation', 'look-complaint'])

function textOf(app: App, right: Right, { kind, text, field, shouldBe }: Lodged): RightsText | null {
  const given = (value: string | undefined): string => (value ?? '').trim()
  const missing = kind === 'correction' ? !(given(field) && given(shouldBe)) : WITH_TEXT.has(kind) && !given(text)
  if (missing) throw new Refusal('rights.text-missing', right.basis[0] ?? null, {}, 422)
  if (!given(text) && !given(field)) return null
  return {
    text: typed(app, given(text)),
    ...(kind === 'correction' ? { field: typed(app, given(field)), shouldBe: typed(app, given(shouldBe)) } : {}),
  }
}

async function requireRight(made: Change, subjectId: SubjectId, right: Right): Promise<void> {
  const subject = await made.tx.row<{ kind: string }>(sql`select kind from subject where subject_id = ${subjectId}`)
  if (!subject) throw new NotFound('subject.unknown')
  if (subject.kind !== 'natural-person' && !right.organisations)
    throw new Refusal('rights.persons-only', right.basis[0] ?? null, { kind: right.name }, 422)
}

/** The unit that decided the record in question; null for what the officer answers. The record must be one of the asker's own. */
async function unitOf(
  app: App,
  made: Change,
  subjectId: SubjectId,
  right: Right,
  { kind, recordId }: Lodged,
): Promise<string | null> {
  if (recordId === undefined) {
    if (kind === 'correction') throw new Refusal('rights.record-missing', right.basis[0] ?? null, {}, 422)
    return null
  }
  const records = recordsOf(await listFacts(made.tx, [subjectId], EVER), EVERY_DAY)
  const record = records.find(one => one.recordId === recordId)
  if (!record) throw new NotFound('rights.record-unknown')
  const { authority } = record.head
  return right.answeredBy === 'unit' && app.law.units.has(authority) ? authority : null
}

async function ownLook({ tx }: Change, subjectId: SubjectId, { kind, lookReceipt }: Lodged): Promise<string | null> {
  if (kind !== 'look-complaint') return null
  const receipt = (lookReceipt ?? '').trim().toUpperCase()
  if (receipt === '') throw new Refusal('rights.look-missing', 'pipl#50', {}, 422)
  const found = await tx.row(sql`select receipt from look where receipt = ${receipt} and subject_id = ${subjectId} limit 1`)
  if (!found) throw new NotFound('rights.look-unknown')
  return receipt
}

/** What a request is about, as it is kept: what was typed beside it tells two apart that are the same. */
type Kept = Pick<RightsRequest, 'kind' | 'factId' | 'lookReceipt'>

/** A second request of the same kind about the same thing would only be answered twice. */
async function requireNoneOpen({ tx }: Change, subjectId: SubjectId, { kind, factId, lookReceipt }: Kept): Promise<void> {
  // Two that are sent at once wait for one another here.
  await tx.run(sql`select pg_advisory_xact_lock(733, (${subjectId}::bigint % 2147483647)::int)`)
  const open = await tx.row<{ number: string }>(sql`select number from rights_request
    where subject_id = ${subjectId} and kind = ${kind} and closed_at is null
      and fact_id is not distinct from ${factId}::bigint and look_receipt is not distinct from ${lookReceipt}::text limit 1`)
  if (open) throw new Refusal('rights.already-open', null, { number: open.number })
}

/** The subject takes its request back, as long as it is not answered. Refuses `rights.closed`. */
export async function withdrawRequest(app: App, actor: Actor, key: RequestKey): Promise<void> {
  if (actor.subjectId === null || actor.subjectId !== key.subjectId) throw new NotFound('rights.unknown')
  await change(app, actor, { deed: 'rights.withdraw', entity: `rights:${key.requestId}` }, async made => {
    const request = await lockRequest(made.tx, key)
    if (request.closedAt !== null || stateOf(request.entries) === 'proposed') throw new Refusal('rights.closed')
    await appendEntry(app, made, key, { entryNo: request.entries.length + 1, step: 'withdrawn' }, null)
  })
}
