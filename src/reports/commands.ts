import { createHash } from 'node:crypto'
import { type Actor, ANYONE, may } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import { type LookRequest, looking } from '../access/look.ts'
import type { App } from '../app.ts'
import type { Group } from '../archive/links.ts'
import type { Fact } from '../archive/model.ts'
import { type FactRow, factOf, factsOf, listFacts } from '../archive/views.ts'
import { addMonths, type Day, legalDay } from '../base/day.ts'
import type { FactId, ReportId, SubjectId } from '../base/id.ts'
import { grant, NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import type { Query } from '../db/database.ts'
import { layoutOn } from '../law/law.ts'
import type { ReportLayout } from '../law/report-model.ts'
import { keptText } from '../subject/resident-numbers.ts'
import { type Composed, composePublic, composeSpecial } from './compose.ts'
import type { Paper } from './compose-record.ts'
import { cityInstant, type Issue, reportNumber } from './issue.ts'
import type { PublicReport, SpecialReport } from './model.ts'
import { getReported, groupAt, isStillGroup, type ReportedSubject, recordsOfGroup, requireOwn } from './reported-subject.ts'
import {
  checkpointSize,
  countNow,
  endReport,
  findReportOwner,
  type IssuedReport,
  listDisplayed,
  lockReports,
  recordReport,
} from './store.ts'
import type { RenderedReport } from './typesetter.ts'
import { makeVerifyCode, parseVerifyCode } from './verify-code.ts'
import { chosenDomains, specialWindow } from './window.ts'

export type ReportWish =
  | { readonly kind: 'public' }
  | {
      readonly kind: 'special'
      readonly years: number
      /** Domains of the report; absent: all. */
      readonly domains?: readonly string[] | undefined
      readonly purpose?: string | undefined
      readonly businessNo?: string | undefined
      /** The subject lets somebody else draw it: reads under that authorisation, in the place of its own account. */
      readonly authorised?: AuthorisedReading
    }

export type AuthorisedReading = {
  /** The last day on which it may be read: the report is valid no longer. */
  readonly until: Day
  /** All facts of the group, each read registered; throws where the authorisation does not open them. */
  facts(group: Group, shown: readonly string[]): Promise<Fact[]>
  /** In the transaction in which the report is registered. */
  registered(made: Change, report: IssuedReport): Promise<void>
}

/** Everything known: a report speaks of the archive as it is now. */
const EVER = new Date('9999-12-31T00:00:00Z')
const TRIES = 3

/**
 * Issues a report: composes it, sets it in type, keeps PDF and model sealed, and registers it with the digest of the PDF, so that its code
 * can be verified and a withdrawal finds it. A public report is for anyone and shows what the portal shows; a special one is for the
 * subject's own account, and its read is registered as a look at everyone whose records are in it. For a subject that was merged the report
 * is the survivor's, with the records of all (M056).
 *
 * Refuses `subject.unknown`, `report.not-of-persons`, `report.special-own-only`, `report.own-merged`, `report.years-unknown`,
 * `report.window-unknown`, `report.domain-unknown`, and `report.changed-meanwhile` when records keep arriving while it is set.
 */
export async function issueReport(app: App, actor: Actor, subjectId: SubjectId, wish: ReportWish): Promise<Issued> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const draft = await draftReport(app, actor, subjectId, wish)
    const rendered = await app.renderer.render(draft.composed.report)
    const issued = await registerReport(app, actor, draft, rendered)
    if (issued) return { ...issued, mergedFrom: draft.subject.mergedFrom }
  }
  throw new Refusal('report.changed-meanwhile', null, {}, 503)
}

/** A report just issued, and whether another subject was asked for. */
export type Issued = IssuedReport & Pick<ReportedSubject, 'mergedFrom'>

type Draft = {
  readonly subject: ReportedSubject
  readonly reportId: ReportId
  readonly at: Date
  readonly composed: Composed<PublicReport | SpecialReport>
  readonly layout: ReportLayout
  /** How many facts the report was composed from; records of it that stood on the portal. */
  readonly facts: number
  readonly displayed: readonly FactId[]
  readonly authorised?: AuthorisedReading
}

async function draftReport(app: App, actor: Actor, subjectId: SubjectId, wish: ReportWish): Promise<Draft> {
  const at = app.now()
  const group = await groupAt(app, subjectId, at)
  if (wish.kind === 'special' && !wish.authorised) requireOwn(actor, subjectId, group)
  const reportId = (await app.ids.next()) as ReportId
  const today = legalDay(at, app.city.zone)
  const layout = layoutOn(app.law, wish.kind, today)
  if (!layout) throw new Refusal('report.no-layout', null, { day: today }, 503)
  const code = makeVerifyCode()
  const issue: Issue = {
    today,
    issuedAt: cityInstant(at, app.city.zone),
    number: reportNumber(at, app.city.zone, reportId),
    code,
    verifyUrl: `${app.publicUrl}/verify/${code}`,
  }
  const made = { asked: subjectId, group, reportId, at, layout, issue }
  return wish.kind === 'public' ? await draftPublic(app, actor, made) : await draftSpecial(app, actor, made, wish)
}

/** What a report is made with before anything is read. */
type Made = Pick<Draft, 'reportId' | 'at' | 'layout'> & {
  readonly asked: SubjectId
  readonly group: Group
  readonly issue: Issue
}

async function organisationOf(app: App, query: Query, { asked, group }: Made): Promise<ReportedSubject> {
  const subject = await getReported(query, app.words, asked, group)
  if (subject.card.kind === 'natural-person') throw new Refusal('report.not-of-persons', 'sd-reg#20', {}, 422)
  return subject
}

function paperOf(app: App, { card, merged }: ReportedSubject, { issue }: Made): Paper {
  return { law: app.law, words: app.words, card, merged, issue }
}

function draftDeed({ group, reportId }: Made) {
  return { deed: 'report.draft', entity: `subject:${group[0]}`, detail: { reportId } }
}

/** What it is composed from is read as an act: everything kept about the group, of which only what stands on the portal leaves. */
async function draftPublic(app: App, actor: Actor, made: Made): Promise<Draft> {
  const { group, layout, issue } = made
  const read = await change(app, actor, draftDeed(made), async ({ tx }) => {
    const subject = await organisationOf(app, tx, made)
    const displayed = await listDisplayed(tx, group, issue.today)
    // A subject that the portal does not know is nobody's to ask about.
    if (!displayed) throw new NotFound('subject.unknown')
    return { subject, displayed, facts: await listFacts(tx, group, EVER) }
  })
  const { subject, displayed, facts } = read
  const records = recordsOfGroup(app.law, group, facts, issue.today)
  const composed = composePublic(paperOf(app, subject, made), layout, records, displayed)
  return { ...made, subject, composed, facts: facts.length, displayed: composed.recordIds.filter(id => displayed.has(id)) }
}

type SpecialWish = Extract<ReportWish, { kind: 'special' }>
/** Whose report it is, and everything kept about the group. */
type File = { readonly subject: ReportedSubject; readonly facts: Fact[] }

async function draftSpecial(app: App, actor: Actor, made: Made, wish: SpecialWish): Promise<Draft> {
  const { layout, issue } = made
  const { authorised } = wish
  const window = grant(specialWindow(layout, app.law.calendar, issue.today, wish.years))
  const domains = grant(chosenDomains(app.law.domains, wish.domains))
  const { subject, facts } = authorised
    ? await authorisedFile(app, actor, made, authorised)
    : await ownFile(app, actor, made, wish)
  const records = recordsOfGroup(app.law, made.group, facts, issue.today)
  const composed = composeSpecial(paperOf(app, subject, made), layout, records, {
    window,
    domains,
    until: authorised?.until ?? null,
  })
  return { ...made, subject, composed, facts: facts.length, displayed: [], ...(authorised ? { authorised } : {}) }
}

const shownBy = ({ layout }: Made): string[] => layout.sections.map(section => section.section)

/** Read by the subject itself: one look. */
async function ownFile(app: App, actor: Actor, made: Made, wish: SpecialWish): Promise<File> {
  const typedNumber = wish.businessNo?.trim()
  const request: LookRequest = {
    actor,
    outlet: 'special-report',
    purpose: wish.purpose?.trim() || app.words.say('report.purpose-own'),
    businessNo: typedNumber || made.issue.number,
    isMadeNumber: !typedNumber,
    ground: { kind: 'own' },
    shown: shownBy(made),
    until: addMonths(made.issue.today, made.layout.validMonths ?? 1),
  }
  return await looking(app, async at => {
    const subject = await organisationOf(app, at, made)
    const { rows } = await at.look<FactRow>(request, made.group, factsOf(made.group, EVER))
    return { subject, facts: rows.map(factOf) }
  })
}

/** Read by whom the subject allowed it: whose file it is, is read as an act, the facts by a look under the authorisation. */
async function authorisedFile(app: App, actor: Actor, made: Made, authorised: AuthorisedReading): Promise<File> {
  const subject = await change(app, actor, draftDeed(made), ({ tx }) => organisationOf(app, tx, made))
  return { subject, facts: await authorised.facts(made.group, shownBy(made)) }
}

/** Registers what was rendered; null when the archive or the portal has changed since it was composed: then it is composed anew. */
async function registerReport(app: App, actor: Actor, draft: Draft, rendered: RenderedReport): Promise<IssuedReport | null> {
  const { report } = draft.composed
  const { group, card } = draft.subject
  const { subjectId } = card
  const digest = createHash('sha256').update(rendered.pdf).digest()
  const deed = { deed: `report.issue-${report.kind}`, entity: `subject:${subjectId}` }
  return change(app, actor, { ...deed, detail: { reportId: draft.reportId, number: report.number } }, async made => {
    await lockReports(made.tx, [subjectId])
    const now = await countNow(made.tx, group, draft.displayed)
    const isSame = now.facts === draft.facts && now.displayed === draft.displayed.length
    if (!isSame || !(await isStillGroup(made.tx, group, made.today))) {
      made.tell({ dropped: true })
      return null
    }
    const [pdf, model] = await Promise.all([app.files.put(rendered.pdf), app.files.put(Buffer.from(JSON.stringify(report)))])
    const issued: IssuedReport = {
      subjectId,
      reportId: draft.reportId,
      code: report.verifyCode,
      number: report.number,
      kind: report.kind,
      layout: `${draft.layout.layout}@${draft.layout.inForceFrom}`,
      issuedAt: draft.at,
      issuedTo: receiverOf(actor),
      windowFrom: report.kind === 'special' ? (report.window.from as Day) : null,
      windowTo: report.kind === 'special' ? (report.window.to as Day) : null,
      validUntil: draft.composed.until,
      pages: rendered.pages,
      digest,
      pdfHash: pdf.hash,
      modelHash: model.hash,
      recordIds: draft.composed.recordIds,
      logSize: await checkpointSize(made.tx),
      subjectName: card.name,
      uscc: card.uscc,
    }
    await recordReport(made, issued)
    await draft.authorised?.registered(made, issued)
    made.tell({ digest: digest.toString('hex'), records: issued.recordIds.length, warnings: rendered.warnings.length })
    return issued
  })
}

/** To whom a report was handed: the subject, the unit, or nobody known. */
export function receiverOf(actor: Actor): string {
  if (actor.subjectId !== null) return `subject:${actor.subjectId}`
  return actor.unit === null ? actor.id : `unit:${actor.unit}`
}

/**
 * Takes an issued report back, with a reason: from then on it is not served and verification says so. For the credit office.
 * Refuses `report.reason-missing`, `report.unknown`, `report.already-ended`.
 */
export async function withdrawReport(app: App, actor: Actor, codeText: string, reason: string): Promise<void> {
  if (!may(actor, 'report.withdraw')) throw new NotAllowed('access.not-allowed')
  if (reason.trim() === '') throw new Refusal('report.reason-missing', null, {}, 422)
  const code = parseVerifyCode(codeText)
  const owner = code.ok ? await findReportOwner(app.db, code.value) : undefined
  if (!owner) throw new NotFound('report.unknown')
  const { subjectId, reportId } = owner
  await change(app, actor, { deed: 'report.withdraw', entity: `subject:${subjectId}`, detail: { reportId } }, made =>
    withdrawOne(made, subjectId, reportId, keptText(reason.trim(), made.today)),
  )
}

async function withdrawOne(made: Change, subjectId: SubjectId, reportId: ReportId, reason: string): Promise<void> {
  await lockReports(made.tx, [subjectId])
  made.tell({ reason })
  if (!(await endReport(made, subjectId, reportId, 'withdrawn', reason))) throw new Refusal('report.already-ended')
}

/** Issues a public report of each subject, some at a time; how many. For measuring: the same way as one asked for at the door. */
export async function issueReports(app: App, subjectIds: readonly SubjectId[], atATime = 4): Promise<number> {
  let next = 0
  const work = async (): Promise<void> => {
    for (let subjectId = subjectIds[next++]; subjectId !== undefined; subjectId = subjectIds[next++])
      await issueReport(app, ANYONE, subjectId, { kind: 'public' })
  }
  await Promise.all(Array.from({ length: Math.min(atATime, subjectIds.length) }, work))
  return subjectIds.length
}
