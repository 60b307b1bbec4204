import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import { findFoot } from '../archive/archive-rows.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { procedureOn } from '../law/law.ts'
import type { SubjectKind } from '../law/model.ts'
import { openingActs } from '../law/procedure-flow.ts'
import type { Procedure, ProcedureAct } from '../law/procedure-model.ts'
import { actView } from './act-view.ts'
import { creditOffice } from './credit-office.ts'
import { barredUntil } from './facts.ts'
import { filesOf } from './files-of.ts'
import type { GuardFacts } from './guards.ts'
import type { Filled, RecordFacts } from './model.ts'
import { officesOf } from './offices.ts'
import { type OwnRecord, readOwnRecords } from './own-records.ts'
import type { ActView } from './shapes.ts'

/* What a subject may open by itself: which procedures, about what, and why not now. Judged as the act itself will be. */

export type OpenCase = {
  readonly procedure: string
  readonly aboutRef: string | null
  readonly caseId: number
  readonly number: string
}

export type OwnOpening = {
  readonly procedure: Procedure
  /** The act that opens it, as its table has it and as a form. */
  readonly rule: ProcedureAct
  readonly act: ActView
  /** The case that is open already about the same. */
  readonly open: OpenCase | null
}

/** What is under way of the subject that this actor speaks for, and what keeps it from opening more. */
export type OwnSituation = {
  readonly open: readonly OpenCase[]
  readonly barredUntil: Day | null
  readonly subjectKind: SubjectKind | null
}

export async function ownSituation(app: App, actor: Actor): Promise<OwnSituation> {
  const own = ownOf(actor)
  const open = await app.db.rows<OpenCase & Row>({
    name: 'own-open-cases',
    text: `select procedure, about_ref as "aboutRef", case_id as "caseId", number from case_file where subject_id = any($1::bigint[]) and closed_at is null`,
    values: [await filesOf(app.db, own, legalDay(app.now(), app.city.zone))],
  })
  const foot = await findFoot(app.db, own)
  return { open, barredUntil: await barredUntil(app, app.db, own), subjectKind: foot?.kind ?? null }
}

function ownOf({ subjectId }: Actor): SubjectId {
  if (subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'case.lodge' })
  return subjectId
}

/** Every procedure in force today that the subject may open about a record, in the order of the tables. */
export function openingsAbout(app: App, actor: Actor, record: RecordFacts, situation: OwnSituation): OwnOpening[] {
  const today = legalDay(app.now(), app.city.zone)
  return [...app.law.procedures.keys()].flatMap(name => {
    const procedure = procedureOn(app.law, name, today)
    return procedure?.about === 'record'
      ? (openingOf(app, actor, { procedure, record, aboutRef: String(record.recordId) }, situation) ?? [])
      : []
  })
}

type AboutWhat = {
  readonly procedure: Procedure
  readonly record: RecordFacts | null
  readonly aboutRef: string | null
}

function openingOf(
  app: App,
  actor: Actor,
  { procedure, record, aboutRef }: AboutWhat,
  { open: cases, barredUntil, subjectKind }: OwnSituation,
): OwnOpening | null {
  const rule = openingActs(procedure).find(act => act.by.includes('subject'))
  if (!rule) return null
  const file = { subjectId: ownOf(actor), unit: unitFor(app, record), openedUnit: null, lastOfficer: null }
  const offices = officesOf(actor, file)
  const judged = (filled: Filled): ActView => {
    const today = legalDay(app.now(), app.city.zone)
    const nothing = { opened: null, served: new Map(), openConfirmations: 0 }
    const about = { record, aboutRef, unit: file.unit, subjectKind, barredUntil }
    const facts: GuardFacts = { law: app.law, today, filled, ...about, ...nothing }
    return actView(app, rule, { procedure, opened: null }, { offices, facts, file })
  }
  const act = judged({})
  const open =
    aboutRef === null ? undefined : cases.find(one => one.procedure === procedure.procedure && one.aboutRef === aboutRef)
  // What stands against it may turn on what is yet to be said: only what no answer could change closes the form.
  const mayDo = act.mayDo || answersTo(rule, record).some(filled => judged(filled).mayDo)
  return { procedure, rule, act: { ...act, mayDo }, open: open ?? null }
}

/** The unit that will be in charge: whoever decided the record, or the credit office where nobody of the city did. */
function unitFor(app: App, record: RecordFacts | null): string {
  return record && app.law.units.has(record.authority) ? record.authority : creditOffice(app)
}

/** What might be answered, as far as a condition can turn on it: each choice, with the earliest of days. */
function answersTo({ fields }: ProcedureAct, record: RecordFacts | null): Filled[] {
  const days = fields.filter(field => field.kind === 'day').map(field => [field.field, record?.decidedOn ?? ''] as const)
  const choices = fields.flatMap(field => Object.keys(field.choices ?? {}).map(choice => [field.field, choice] as const))
  const early = Object.fromEntries(days)
  return [early, ...choices.map(([field, choice]) => ({ ...early, [field]: choice }))]
}

export type AskedOpening = OwnOpening & {
  readonly subjectKind: SubjectKind | null
  /** Null: it is about no record. */
  readonly record: OwnRecord | null
  /** The unit that will be in charge. */
  readonly unit: string
}

/**
 * One opening act of the subject, with the record it is about: a look at its own records. Refuses `case.procedure-unknown` where no such
 * procedure is in force or is the subject's to open, and `case.record-unknown` for a record that is not its own.
 */
export async function readOwnOpening(
  app: App,
  actor: Actor,
  asked: { readonly procedure: string; readonly aboutRef: string | null },
): Promise<AskedOpening> {
  const procedure = procedureOn(app.law, asked.procedure, legalDay(app.now(), app.city.zone))
  if (!procedure) throw new NotFound('case.procedure-unknown')
  const isOfRecord = procedure.about === 'record'
  const { records } = isOfRecord ? await readOwnRecords(app, actor) : { records: [] }
  const record = records.find(one => String(one.facts.recordId) === asked.aboutRef) ?? null
  if (isOfRecord && record === null) throw new Refusal('case.record-unknown', procedure.basis[0] ?? null, {}, 404)
  const situation = await ownSituation(app, actor)
  const opening = openingOf(app, actor, { procedure, record: record?.facts ?? null, aboutRef: asked.aboutRef }, situation)
  if (!opening) throw new NotFound('case.procedure-unknown')
  return { ...opening, subjectKind: situation.subjectKind, record, unit: unitFor(app, record?.facts ?? null) }
}
