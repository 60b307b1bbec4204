import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { type Organisation, organisationsOf } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import type { AuthorisationId, SubjectId } from '../base/id.ts'
import { NotFound } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { cityInstant } from '../reports/issue.ts'
import { type Consultation, requireSubject, sealPlace } from './answer.ts'
import type * as doors from './contract.ts'
import {
  type Authorisation,
  type AuthorisationKey,
  type AuthorisationRequest,
  authorisationState,
  isSensitive,
  offeredTerms,
  requestState,
} from './model.ts'
import { lastDayOf, ownAuthorisation } from './read.ts'
import { requireReceiver } from './receiver.ts'
import {
  findAuthorisation,
  hasInForce,
  listEnding,
  listGiven,
  listNotices,
  listOpenRequests,
  listReceived,
  type Notice,
} from './store.ts'
import type * as own from './subject-contract.ts'

type Offer = z.infer<typeof doors.getOffer.output>
type StateView = z.infer<typeof doors.RequestStateView>
type AuthorisationView = z.infer<typeof doors.AuthorisationView>

/** What the actor's organisation may ask for. Refuses `authorisation.receiver-unverified`. */
export async function offerFor(app: App, actor: Actor): Promise<Offer> {
  const unit = await requireReceiver(app, actor, 'authorisation.request')
  const { law } = app
  const purposes = [...law.authorisationPurposes.values()].filter(one => one.receivers.includes(unit.kind))
  const { usualDays, longestDays, requestMinutes } = law.authorisationLimits
  const classes = [...law.authorisableClasses.values()].map(one => ({
    id: one.id,
    name: one.name,
    shows: one.shows,
    example: one.example,
    sensitive: isSensitive(one, 'enterprise')
      ? ('all' as const)
      : isSensitive(one, 'natural-person')
        ? ('persons' as const)
        : ('no' as const),
    report: one.report !== undefined,
  }))
  return { purposes: purposes.map(({ id, name }) => ({ id, name })), classes, usualDays, longestDays, requestMinutes }
}

/** A request as its receiver follows it. */
export function requestView(app: App, request: AuthorisationRequest): StateView {
  const { zone } = app.city
  const state = requestState(request, app.now())
  return {
    requestId: request.requestId,
    state,
    purposeName: purposeName(app, request.purpose),
    businessNo: request.businessNo,
    madeAt: cityInstant(request.madeAt, zone),
    endsAt: cityInstant(request.endsAt, zone),
    subjectId: state === 'granted' ? request.answeredFor : null,
    authorisationId: request.authorisationId,
  }
}

/** Requests that wait for an answer of this actor's subject. */
export async function requestsTo(app: App, actor: Actor): Promise<(StateView & { receiverName: string })[]> {
  const open = await listOpenRequests(app.db, requireSubject(actor), app.now())
  const receivers = await organisationsOf(
    app,
    open.map(request => request.receiver),
  )
  return open.map(request => ({ ...requestView(app, request), receiverName: nameOf(receivers, request.receiver) }))
}

/** A request as its subject reads it. */
export function consultationView(app: App, { request, receiver, text }: Consultation): z.infer<typeof own.ConsentView> {
  return {
    requestId: request.requestId,
    state: requestState(request, app.now()),
    receiverName: receiver.name,
    receiverCode: receiver.uscc,
    purposeName: purposeName(app, request.purpose),
    businessNo: request.businessNo,
    days: request.days,
    terms: [...offeredTerms(request.days)],
    times: request.times,
    endsAt: cityInstant(request.endsAt, app.city.zone),
    lines: [...text.lines],
    classes: text.classes.map(one => ({ ...one })),
    textDigest: text.digest.toString('hex'),
    textEdition: text.edition,
  }
}

/** What was given to the actor's organisation, latest first. Refuses `authorisation.receiver-unverified`. */
export async function receivedBy(
  app: App,
  actor: Actor,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<z.infer<typeof doors.listReceived.output>> {
  const unit = await requireReceiver(app, actor, 'archive.read-authorised')
  const rows = await listReceived(app.db, unit.id, before ?? Number.MAX_SAFE_INTEGER, limit)
  const notices = byAuthorisation(await listNotices(app.db, rows))
  return {
    authorisations: rows.map(row => receivedView(app, row, notices.get(row.authorisationId))),
    next: rows.length === limit ? (rows.at(-1)?.authorisationId ?? null) : null,
  }
}

/** One that was given to the actor's organisation. Refuses `authorisation.unknown` for every other. */
export async function oneReceived(app: App, actor: Actor, key: AuthorisationKey): Promise<z.infer<typeof doors.ReceivedView>> {
  const row = await ownAuthorisation(app, actor, key)
  const notices = byAuthorisation(await listNotices(app.db, [row]))
  return receivedView(app, row, notices.get(row.authorisationId))
}

export function receivedView(app: App, row: Authorisation, notice?: Notice): z.infer<typeof doors.ReceivedView> {
  return { ...authorisationView(app, row, notice), subjectName: row.subjectName, uscc: row.uscc }
}

type Refused = { readonly id: AuthorisationId; readonly count: number; readonly at: Date; readonly reason: string }

/** What the actor's subject lets others see, latest first, each with what was done under it. Refuses `access.not-allowed`. */
export async function givenBy(
  app: App,
  actor: Actor,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<z.infer<typeof own.listGiven.output>> {
  const subjectId = requireSubject(actor)
  const rows = await listGiven(app.db, subjectId, before ?? Number.MAX_SAFE_INTEGER, limit)
  return {
    authorisations: await givenViews(app, subjectId, rows),
    next: rows.length === limit ? (rows.at(-1)?.authorisationId ?? null) : null,
  }
}

/** One of them, with the text that was consented to. Refuses `authorisation.unknown`. */
export async function readGiven(
  app: App,
  actor: Actor,
  authorisationId: AuthorisationId,
): Promise<{
  readonly view: z.infer<typeof own.GivenView>
  readonly lines: readonly string[]
  readonly digest: string
  readonly edition: string
}> {
  const subjectId = requireSubject(actor)
  const found = await findAuthorisation(app.db, { subjectId, authorisationId })
  const kept = await app.db.row<{ sealed: Buffer; digest: Buffer; edition: string }>({
    text: 'select text_sealed as sealed, text_digest as digest, text_edition as edition from authorisation where subject_id = $1 and authorisation_id = $2',
    values: [subjectId, authorisationId],
  })
  const [view] = found ? await givenViews(app, subjectId, [found]) : []
  if (!view || !kept) throw new NotFound('authorisation.unknown')
  const lines = app.keys.open(kept.sealed, sealPlace(subjectId, authorisationId)).toString('utf8').split('\n')
  return { view, lines, digest: kept.digest.toString('hex'), edition: kept.edition }
}

/** Those of the actor's subject that end within some days. */
export async function endingSoon(app: App, actor: Actor, days: number): Promise<z.infer<typeof own.GivenView>[]> {
  const subjectId = requireSubject(actor)
  const at = app.now()
  const rows = await listEnding(app.db, subjectId, at, new Date(at.getTime() + (days + 1) * 86_400_000))
  return await givenViews(app, subjectId, rows)
}

/** Whether the actor's subject lets anybody read now. */
export async function hasStanding(app: App, actor: Actor): Promise<boolean> {
  return await hasInForce(app.db, requireSubject(actor), app.now())
}

async function givenViews(
  app: App,
  subjectId: SubjectId,
  rows: readonly Authorisation[],
): Promise<z.infer<typeof own.GivenView>[]> {
  const ids = rows.map(row => row.authorisationId)
  const values = [subjectId, ids]
  const [receivers, refused, reports, notices] = await Promise.all([
    organisationsOf(
      app,
      rows.map(row => row.receiver),
    ),
    app.db.rows<Refused & Row>({
      name: 'refused-reads',
      text: `select authorisation_id as id, count(*) as count, max(at) as at, (array_agg(reason order by at desc, attempt_id desc))[1] as reason
        from refused_read where subject_id = $1 and authorisation_id = any($2::bigint[]) group by authorisation_id`,
      values,
    }),
    app.db.rows<{ id: AuthorisationId; count: number }>({
      name: 'authorised-reports',
      text: 'select authorisation_id as id, count(*) as count from authorised_report where subject_id = $1 and authorisation_id = any($2::bigint[]) group by authorisation_id',
      values,
    }),
    listNotices(app.db, rows),
  ])
  const asked = byAuthorisation(notices)
  return rows.map(row => {
    const no = refused.find(one => one.id === row.authorisationId)
    return {
      ...authorisationView(app, row, asked.get(row.authorisationId)),
      receiverName: nameOf(receivers, row.receiver),
      refusedReads: no?.count ?? 0,
      lastRefusedAt: no ? cityInstant(no.at, app.city.zone) : null,
      lastRefusal: no ? app.words.say(`grant.reason.${no.reason}`) : null,
      reports: reports.find(one => one.id === row.authorisationId)?.count ?? 0,
    }
  })
}

function authorisationView(app: App, row: Authorisation, notice: Notice | undefined): AuthorisationView {
  const { zone } = app.city
  const text = (at: Date | null): string | null => (at === null ? null : cityInstant(at, zone))
  return {
    subjectId: row.subjectId,
    authorisationId: row.authorisationId,
    state: authorisationState(row, app.now()),
    purposeName: purposeName(app, row.purpose),
    businessNo: row.businessNo,
    classes: row.classes.map(id => ({ id, name: className(app, id) })),
    times: row.times,
    validFrom: cityInstant(row.validFrom, zone),
    until: lastDayOf(app, row.validUntil),
    reads: row.reads,
    lastReadAt: text(row.lastReadAt),
    endedAt: text(row.endedAt),
    deletion: notice
      ? { noticeId: notice.noticeId, askedAt: cityInstant(notice.at, zone), confirmedAt: text(notice.confirmedAt) }
      : null,
  }
}

function byAuthorisation(notices: readonly Notice[]): ReadonlyMap<AuthorisationId, Notice> {
  return new Map(notices.map(one => [one.authorisationId, one]))
}

export function className({ law }: App, id: string): string {
  return law.authorisableClasses.get(id)?.name ?? id
}

function purposeName({ law }: App, id: string): string {
  return law.authorisationPurposes.get(id)?.name ?? id
}

function nameOf(organisations: ReadonlyMap<string, Organisation>, id: string): string {
  return organisations.get(id)?.name ?? id
}
