import type { AuthorisationId, RequestId, SubjectId } from '../base/id.ts'
import type { Query, Row } from '../db/database.ts'
import type { SubjectKind } from '../subject/kind.ts'
import type { Authorisation, AuthorisationKey, AuthorisationRequest } from './model.ts'

/* SQL of requests and authorisations: who may see what. What is in somebody's file is read in read.ts alone. */

const REQUEST = `select r.request_id as "requestId", r.receiver, r.subject_id as "subjectId", r.purpose, r.business_no as "businessNo", r.classes, r.days, r.times,
    r.made_at as "madeAt", r.ends_at as "endsAt", a.answer, a.at as "answeredAt", a.subject_id as "answeredFor", a.authorisation_id as "authorisationId"
  from authorisation_request r left join authorisation_answer a using (request_id)`

/** A request by its number. */
export async function findRequest(query: Query, requestId: RequestId): Promise<AuthorisationRequest | undefined> {
  return await query.row<AuthorisationRequest & Row>({
    name: 'find-authorisation-request',
    text: `${REQUEST} where r.request_id = $1`,
    values: [requestId],
  })
}

/** A request by the keyed digests of its code. */
export async function findRequestByCode(query: Query, macs: readonly Buffer[]): Promise<AuthorisationRequest | undefined> {
  return await query.row<AuthorisationRequest & Row>({
    name: 'find-authorisation-request-by-code',
    text: `${REQUEST} where r.code_mac = any($1::bytea[])`,
    values: [macs],
  })
}

/** Unanswered requests addressed to a subject, at an instant, latest first. */
export async function listOpenRequests(query: Query, subjectId: SubjectId, at: Date): Promise<AuthorisationRequest[]> {
  return await query.rows<AuthorisationRequest & Row>({
    name: 'list-open-authorisation-requests',
    text: `${REQUEST} where r.subject_id = $1 and r.ends_at > $2 and a.request_id is null order by r.request_id desc`,
    values: [subjectId, at],
  })
}

/** Requests of a receiver, latest first, before an id. */
export async function listRequests(
  query: Query,
  receiver: string,
  before: number,
  limit: number,
): Promise<AuthorisationRequest[]> {
  return await query.rows<AuthorisationRequest & Row>({
    name: 'list-authorisation-requests',
    text: `${REQUEST} where r.receiver = $1 and r.request_id < $2 order by r.request_id desc limit $3`,
    values: [receiver, before, limit],
  })
}

/** Whether a subject has said no to this receiver about this matter: it is not asked again (UX M9). */
export async function wasRefused(query: Query, subjectId: SubjectId, receiver: string, businessNo: string): Promise<boolean> {
  const row = await query.row<{ was: boolean }>({
    text: `select exists (select from authorisation_answer a join authorisation_request r using (request_id)
      where a.subject_id = $1 and a.answer = 'refused' and r.receiver = $2 and r.business_no = $3) as was`,
    values: [subjectId, receiver, businessNo],
  })
  return row?.was ?? false
}

const AUTHORISATION = `select a.subject_id as "subjectId", a.authorisation_id as "authorisationId", a.request_id as "requestId", a.subject_name as "subjectName", a.uscc,
    a.receiver, a.purpose, a.business_no as "businessNo", a.classes, a.times, a.valid_from as "validFrom", a.valid_until as "validUntil", u.reads,
    u.last_read_at as "lastReadAt", u.ended_at as "endedAt"
  from authorisation a join authorisation_use u on u.subject_id = a.subject_id and u.authorisation_id = a.authorisation_id`

/** An authorisation by its key. */
export async function findAuthorisation(
  query: Query,
  { subjectId, authorisationId }: AuthorisationKey,
): Promise<Authorisation | undefined> {
  return await query.row<Authorisation & Row>({
    name: 'find-authorisation',
    text: `${AUTHORISATION} where a.subject_id = $1 and a.authorisation_id = $2`,
    values: [subjectId, authorisationId],
  })
}

/** What a receiver was let see, latest first, before an id. */
export async function listReceived(query: Query, receiver: string, before: number, limit: number): Promise<Authorisation[]> {
  return await query.rows<Authorisation & Row>({
    name: 'list-received-authorisations',
    text: `${AUTHORISATION} where a.receiver = $1 and a.authorisation_id < $2 order by a.authorisation_id desc limit $3`,
    values: [receiver, before, limit],
  })
}

/** What a subject lets others see, latest first, before an id. */
export async function listGiven(query: Query, subjectId: SubjectId, before: number, limit: number): Promise<Authorisation[]> {
  return await query.rows<Authorisation & Row>({
    name: 'list-given-authorisations',
    text: `${AUTHORISATION} where a.subject_id = $1 and a.authorisation_id < $2 order by a.authorisation_id desc limit $3`,
    values: [subjectId, before, limit],
  })
}

/** Authorisations of a subject that are in force at one instant and no longer at a later one. */
export async function listEnding(query: Query, subjectId: SubjectId, at: Date, by: Date): Promise<Authorisation[]> {
  return await query.rows<Authorisation & Row>({
    name: 'list-ending-authorisations',
    text: `${AUTHORISATION} where a.subject_id = $1 and a.valid_until > $2 and a.valid_until <= $3 and u.ended_at is null and (a.times is null or u.reads < a.times)
      order by a.valid_until`,
    values: [subjectId, at, by],
  })
}

/** Whether a subject lets anybody read at an instant. */
export async function hasInForce(query: Query, subjectId: SubjectId, at: Date): Promise<boolean> {
  const [first] = await query.rows<Authorisation & Row>({
    name: 'first-authorisation-in-force',
    text: `${AUTHORISATION} where a.subject_id = $1 and a.valid_until > $2 and u.ended_at is null and (a.times is null or u.reads < a.times) limit 1`,
    values: [subjectId, at],
  })
  return first !== undefined
}

export type SubjectFace = { readonly kind: SubjectKind; readonly name: string; readonly uscc: string | null }

/** Who a subject is, as everybody may know it; undefined where the public knows nobody. */
export async function findPublicFace(query: Query, subjectId: SubjectId): Promise<SubjectFace | undefined> {
  return await query.row<SubjectFace>({
    name: 'find-public-face',
    text: 'select kind, name, uscc from pub.subject where subject_id = $1',
    values: [subjectId],
  })
}

/** The kind of a subject. */
export async function findKind(query: Query, subjectId: SubjectId): Promise<SubjectKind | null> {
  const row = await query.row<{ kind: SubjectKind }>({
    name: 'find-subject-kind',
    text: 'select kind from subject where subject_id = $1',
    values: [subjectId],
  })
  return row?.kind ?? null
}

/** The organisation that has exactly this unified code, as the public knows it. */
export async function findByPublicCode(query: Query, uscc: string): Promise<SubjectId | undefined> {
  const row = await query.row<{ id: SubjectId }>({
    name: 'find-by-public-code',
    text: 'select subject_id as id from pub.subject where uscc = $1',
    values: [uscc],
  })
  return row?.id
}

export type Ending = { readonly reads: number; readonly endedAt: Date | null }

/** Holds the one row that a read and a revocation both change, until the end of the transaction. */
export async function lockUse(tx: Query, { subjectId, authorisationId }: AuthorisationKey): Promise<Ending | undefined> {
  return await tx.row<Ending>({
    name: 'lock-authorisation-use',
    text: 'select reads, ended_at as "endedAt" from authorisation_use where subject_id = $1 and authorisation_id = $2 for update',
    values: [subjectId, authorisationId],
  })
}

export type Notice = {
  readonly noticeId: number
  readonly subjectId: SubjectId
  readonly authorisationId: AuthorisationId
  readonly at: Date
  readonly confirmedAt: Date | null
}

/** What the receivers of these authorisations are asked to do with their copies: those of one page, however many there are elsewhere. */
export async function listNotices(query: Query, of: readonly AuthorisationKey[]): Promise<Notice[]> {
  if (of.length === 0) return []
  return await query.rows<Notice & Row>({
    name: 'list-notices',
    text: `select n.notice_id as "noticeId", n.subject_id as "subjectId", n.authorisation_id as "authorisationId", n.at, e.at as "confirmedAt"
      from unnest($1::bigint[], $2::bigint[]) as w (subject_id, authorisation_id) join receiver_notice n using (subject_id, authorisation_id)
        left join receiver_notice_end e on e.subject_id = n.subject_id and e.notice_id = n.notice_id`,
    values: [of.map(one => one.subjectId), of.map(one => one.authorisationId)],
  })
}
