import { type Actor, may } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import { requireFresh } from '../access/fresh.ts'
import { type Organisation, organisationOf } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import type { AuthorisationId, RequestId, SubjectId } from '../base/id.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { nameShownTo } from '../disclosure/mask-for.ts'
import { groupAt } from '../reports/reported-subject.ts'
import type { AuthorisationRequest } from './model.ts'
import { codeMacs, readCode, requireOpen } from './request.ts'
import { findKind, findPublicFace, findRequest, findRequestByCode, type SubjectFace } from './store.ts'
import { type ConsentText, consentText, digestOf, endOfTerm } from './text.ts'

/** How a subject came to a request: by the code it scanned, or because it is addressed to it. */
export type RequestPlace = { readonly code: string } | { readonly requestId: RequestId }

/** A request as its subject reads it, with the text it may consent to. */
export type Consultation = {
  readonly request: AuthorisationRequest
  readonly receiver: Organisation
  readonly subjectId: SubjectId
  readonly text: ConsentText
}

/** The subject that this actor may bind. Refuses `access.not-allowed`. */
export function requireSubject(actor: Actor): SubjectId {
  if (actor.subjectId === null || !may(actor, 'authorisation.grant'))
    throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'authorisation.grant' })
  return actor.subjectId
}

/**
 * What a request asks of the subject that this actor speaks for. An answered or ended one is shown too, for it says so. Refuses
 * `authorisation.request-unknown` where there is none, or where it is addressed to somebody else.
 */
export async function consult(app: App, actor: Actor, place: RequestPlace): Promise<Consultation> {
  const subjectId = requireSubject(actor)
  const request =
    'code' in place
      ? await findRequestByCode(app.db, codeMacs(app, readCode(place.code)))
      : await findRequest(app.db, place.requestId)
  // A number is no key: by it a subject opens what is addressed to it, or what it has answered.
  const whose = request?.subjectId ?? ('code' in place ? null : (request?.answeredFor ?? -1))
  if (!request || (whose !== null && whose !== subjectId)) throw new NotFound('authorisation.request-unknown')
  const [receiver, face, kind] = await Promise.all([
    organisationOf(app, request.receiver),
    findPublicFace(app.db, subjectId),
    findKind(app.db, subjectId),
  ])
  if (!receiver?.isOpen) throw new NotFound('authorisation.request-unknown')
  return { request, receiver, subjectId, text: consentText(app, request, receiver, { kind, name: face?.name ?? null }) }
}

export type Grant = {
  /** A shorter term than the one asked for. */
  readonly days?: number | undefined
  /** Sensitive classes consented to apart. */
  readonly sensitive: readonly string[]
  /** The digest of the text that was shown, as hex. */
  readonly textDigest: string
}

/**
 * Grants what a request asks for: its plain classes, and each sensitive one that was consented to apart. Appended with the text, in one
 * transaction with the request's only answer.
 *
 * A phone that was left on a table must not be enough: `access.not-fresh` (403) unless the person proved who it is within ten minutes. Asked
 * last, so that nobody proves anything for a request that cannot be granted. Saying no and revoking ask for nothing (decision 18).
 *
 * Refuses `authorisation.request-unknown`, `.request-over`, `.request-answered`, `.text-changed` (what was shown is not what would be kept),
 * `.days-out-of-range`, `.class-unknown`, `.nothing-granted`, `.subject-merged`, `access.not-fresh`.
 */
export async function grantRequest(app: App, actor: Actor, place: RequestPlace, grant: Grant): Promise<AuthorisationId> {
  const { request, subjectId, text } = await consult(app, actor, place)
  requireOpen(request, app.now())
  if (grant.textDigest !== text.digest.toString('hex')) throw new Refusal('authorisation.text-changed', 'pipl#14')
  const days = grant.days ?? request.days
  if (!Number.isInteger(days) || days < 1 || days > request.days)
    throw new Refusal('authorisation.days-out-of-range', null, { longest: request.days }, 422)
  const classes = grantedClasses(text, grant.sensitive)
  const group = await groupAt(app, subjectId, app.now())
  if (group[0] !== subjectId) throw new Refusal('authorisation.subject-merged', null)
  requireFresh(app, actor)
  const authorisationId = (await app.ids.next()) as AuthorisationId
  const detail = {
    requestId: request.requestId,
    authorisationId,
    receiver: request.receiver,
    purpose: request.purpose,
    classes,
    days,
  }
  return await change(app, actor, { deed: 'authorisation.grant', entity: `subject:${subjectId}`, detail }, async made => {
    await answerOnce(made, request.requestId, { answer: 'granted', subjectId, authorisationId })
    await recordGrant(app, made, { request, subjectId, authorisationId, classes, days, text })
    return authorisationId
  })
}

function grantedClasses(text: ConsentText, sensitive: readonly string[]): string[] {
  const apart = new Set(sensitive)
  const stranger = sensitive.find(id => !text.classes.some(one => one.id === id && one.consent !== null))
  if (stranger !== undefined) throw new Refusal('authorisation.class-unknown', null, { class: stranger }, 422)
  const classes = text.classes.filter(one => one.consent === null || apart.has(one.id)).map(one => one.id)
  if (classes.length === 0) throw new Refusal('authorisation.nothing-granted', 'pipl#29', {}, 422)
  return classes
}

type Answer =
  | { readonly answer: 'granted'; readonly subjectId: SubjectId; readonly authorisationId: AuthorisationId }
  | { readonly answer: 'refused'; readonly subjectId: SubjectId; readonly authorisationId: null }

/** The key of an answer is its request: of two answers at once, one waits for the other and is none. */
async function answerOnce(made: Change, requestId: RequestId, { answer, subjectId, authorisationId }: Answer): Promise<void> {
  const added =
    await made.tx.run(sql`insert into authorisation_answer (request_id, answer, subject_id, authorisation_id, at, actor, act_id)
    values (${requestId}, ${answer}, ${subjectId}, ${authorisationId}, ${made.at}, ${made.actor.id}, ${made.actId}) on conflict do nothing`)
  if (added === 0) throw new Refusal('authorisation.request-answered', null, {}, 410)
}

type Granted = {
  readonly request: AuthorisationRequest
  readonly subjectId: SubjectId
  readonly authorisationId: AuthorisationId
  readonly classes: readonly string[]
  readonly days: number
  readonly text: ConsentText
}

async function recordGrant(app: App, made: Change, granted: Granted): Promise<void> {
  const { request, subjectId, authorisationId, classes, days, text } = granted
  const { until } = endOfTerm(made.at, days, app.city.zone)
  const face = await nameFor(app, made, subjectId)
  const sealed = app.keys.seal('data', text.lines.join('\n'), sealPlace(subjectId, authorisationId))
  await made.tx.run(sql`insert into authorisation (subject_id, authorisation_id, request_id, subject_name, uscc, receiver, purpose, business_no, classes, times, valid_from, valid_until, granted_by, mandate_id, text_edition, text_digest, text_sealed, act_id)
    values (${subjectId}, ${authorisationId}, ${request.requestId}, ${face.name}, ${face.uscc}, ${request.receiver}, ${request.purpose}, ${request.businessNo}, ${classes}, ${request.times}, ${made.at}, ${until}, ${made.actor.id}, ${made.actor.mandateId ?? null}, ${text.edition}, ${text.digest}, ${sealed}, ${made.actId})`)
  await made.tx.run(
    sql`insert into authorisation_use (subject_id, authorisation_id, reads) values (${subjectId}, ${authorisationId}, 0)`,
  )
  for (const one of text.classes) {
    if (one.consent === null || !classes.includes(one.id)) continue
    await made.tx.run(sql`insert into separate_consent (subject_id, authorisation_id, class, given_at, text_digest)
      values (${subjectId}, ${authorisationId}, ${one.id}, ${made.at}, ${digestOf(one.consent)})`)
  }
}

/** Where a kept text belongs: moved elsewhere it does not open. */
export function sealPlace(subjectId: SubjectId, authorisationId: AuthorisationId): string {
  return `authorisation.text_sealed/${subjectId}/${authorisationId}`
}

/** Who it is, as the receiver may read it: a person sits before it, and is not named in full. */
async function nameFor(
  { law }: Pick<App, 'law'>,
  made: Change,
  subjectId: SubjectId,
): Promise<Pick<SubjectFace, 'name' | 'uscc'>> {
  const row = await made.tx.row<SubjectFace>(sql`select kind, name, uscc from subject_card where subject_id = ${subjectId}`)
  if (!row) throw new NotFound('subject.unknown')
  return { name: nameShownTo(law, 'receiver', row), uscc: row.kind === 'natural-person' ? null : row.uscc }
}

/** Says no: lets nobody see anything, and asks for no fresh proof. Refuses `authorisation.request-unknown`, `.request-over`, `.request-answered`. */
export async function refuseRequest(app: App, actor: Actor, place: RequestPlace): Promise<void> {
  const { request, subjectId } = await consult(app, actor, place)
  requireOpen(request, app.now())
  const detail = { requestId: request.requestId, receiver: request.receiver }
  await change(app, actor, { deed: 'authorisation.refuse', entity: `subject:${subjectId}`, detail }, made =>
    answerOnce(made, request.requestId, { answer: 'refused', subjectId, authorisationId: null }),
  )
}
