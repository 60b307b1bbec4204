import { type Actor, SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { grant, NotFound, Refusal } from '../base/refusal.ts'
import { verifierOf } from '../law/declarations.ts'
import { procedureOn } from '../law/law.ts'
import { pledgeOf } from '../law/pledge.ts'
import { waitsForOpening } from '../law/procedure-flow.ts'
import { editionOf, type Procedure, type ProcedureAct } from '../law/procedure-model.ts'
import { keptIfTyped } from '../validation/typed-text.ts'
import { confirmationsOf } from './beside.ts'
import { clocksAfter, transferred } from './clocks.ts'
import { creditOffice } from './credit-office.ts'
import { type Decision, decide } from './decide.ts'
import { type EffectGround, runEffects } from './effects.ts'
import { guardFacts, recordFacts } from './facts.ts'
import { holderFor, relatedTo } from './files-of.ts'
import { readFilled, readPapers } from './filled.ts'
import type { GuardFacts } from './guards.ts'
import { sendLetters } from './letters.ts'
import { MEASURE_REF } from './measure-case.ts'
import type { CaseClock, CaseEntry, CaseFile, CaseId, CaseKey, Filled, HandedPaper, OpenedCase, RecordFacts } from './model.ts'
import { requireNoneOpen } from './none-open.ts'
import { maySee, officesOf } from './offices.ts'
import { handIn } from './papers.ts'
import { runningEdition } from './running-edition.ts'
import { appendEntry, clocksOf, entriesOf, filledOf, insertCase, lockCase, saveClocks } from './store.ts'
import { spanOf } from './terms.ts'

/*
 * The one door by which a case is opened and moves: lock, decide, write, follow. One act, its entry, its clocks, its letters and what follows
 * from it are one transaction with the audit entry; a refusal leaves nothing behind.
 */

export type Doing = {
  readonly act: string
  readonly fields?: Filled | undefined
  readonly papers?: readonly HandedPaper[] | undefined
}

export type Opening = Doing & {
  readonly procedure: string
  readonly subjectId: SubjectId
  /** The record, list, measure… by its id. */
  readonly aboutRef?: string | undefined
  /** What this case is a part of: a campaign (src/campaigns). */
  readonly parentId?: number | undefined
  /** Of a case that follows from another: who is in charge of it and what it takes over. */
  readonly follows?: { readonly unit: string; readonly carried: Filled } | undefined
}

export type Opened = CaseKey & { readonly number: string; readonly state: string }

/**
 * Opens a case with its first act, by the edition in force today. Refuses `case.procedure-unknown`, `case.about-unknown`,
 * `case.already-open`, `case.record-unknown` and whatever `decide` and the conditions of the act refuse.
 */
export async function openCase(app: App, actor: Actor, opening: Opening): Promise<Opened> {
  const caseId = (await app.ids.next()) as CaseId
  const deed = {
    deed: `case.${opening.act}`,
    entity: `case:${caseId}`,
    detail: { procedure: opening.procedure, subjectId: opening.subjectId },
  }
  return await change(app, actor, deed, made => openWithin(app, made, opening, caseId))
}

const REFS: Readonly<Record<string, RegExp>> = { record: /^[1-9]\d{0,15}$/, measure: MEASURE_REF }

/** Of one thing there is one number: written otherwise it would be another case about the same. What people write is none. */
function requireRef({ about, basis }: Procedure, aboutRef: string | null): void {
  const isRef = aboutRef === null || (REFS[about] ?? /^[a-z0-9][a-z0-9-]*$/).test(aboutRef)
  if (!isRef) throw new Refusal('case.about-unknown', basis[0] ?? null, {}, 422)
}

/** The same inside a change of another command, e.g. an effect that opens a case. */
export async function openWithin(app: App, made: Change, opening: Opening, caseId: CaseId): Promise<Opened> {
  const { subjectId, aboutRef = null, parentId = null } = opening
  const procedure = procedureOn(app.law, opening.procedure, made.today)
  if (!procedure) throw new NotFound('case.procedure-unknown')
  requireRef(procedure, aboutRef)
  const unit = opening.follows?.unit ?? (await unitInCharge(app, made, procedure, opening))
  const { actor } = made
  const lastOfficer = null
  const openedUnit = actor.subjectId === null && actor.id !== SYSTEM.id ? actor.unit : null
  const offices = officesOf(actor, { subjectId, unit, openedUnit, lastOfficer })
  const given = grantInput(app, made, procedure, opening)
  const input = { ...given, filled: { ...opening.follows?.carried, ...given.filled } }
  const about = { subjectId, about: procedure.about, aboutRef, unit }
  const facts = await guardFacts(app, { query: made.tx, today: made.today }, about, null, input.filled)
  const decision = grant(decide({ procedure, opened: null }, opening.act, offices, facts))
  const key = { subjectId, caseId }
  const number = `${procedure.prefix}${made.today.replaceAll('-', '')}-${caseId}`
  const { state, turn } = decision.to
  // A record may be under way in the file of another of its group; a list or a matter is each one's own.
  if (procedure.about === 'record') await requireNoneOpen(made.tx, await relatedTo(made.tx, subjectId), procedure, aboutRef)
  await insertCase(made, { ...key, number, ...about, openedUnit, parentId, procedure, state, turn })
  const file = { ...key, number, ...about, openedUnit, parentId, entryNo: 0, state: null }
  await follow(app, made, { file, procedure, decision, clocks: [], ...knownOf(facts), ...input })
  // What the platform does as soon as it is opened, it does by itself: whoever opened it is not made to wait for it.
  if (waitsForOpening(procedure, state)) await app.queue.enqueue(made.tx, 'case-opened', key)
  return { ...key, number, state }
}

export type Step = Doing & {
  /** The number of the last act that the person saw: where another was done since, nothing is done. */
  readonly seen?: number | undefined
}

/**
 * Does an act of a case. Refuses `case.unknown`, `case.changed-meanwhile` (naming what was done since), and whatever `decide` and the conditions
 * of the act refuse.
 */
export async function takeStep(app: App, actor: Actor, key: CaseKey, step: Step): Promise<{ entryNo: number; state: string }> {
  const deed = { deed: `case.${step.act}`, entity: `case:${key.caseId}`, detail: { subjectId: key.subjectId } }
  return await change(app, actor, deed, made => stepWithin(app, made, key, step))
}

/** The same inside a change of another command. */
export async function stepWithin(app: App, made: Change, key: CaseKey, step: Step): Promise<{ entryNo: number; state: string }> {
  const file = await lockCase(made.tx, key)
  const heldFor = await holderFor(made.tx, made.actor, file.subjectId, made.today)
  // Of a case that somebody may not see it is not even said that it is there.
  if (made.actor.id !== SYSTEM.id && !maySee(made.actor, { ...file, subjectId: heldFor })) throw new NotFound('case.unknown')
  const entries = await entriesOf(made.tx, key)
  if (step.seen !== undefined && step.seen !== file.entryNo) throw changedMeanwhile(app, file, entries)
  const { procedure } = runningEdition(app.law, file, made.today)
  const clocks = await clocksOf(made.tx, key)
  const opened: OpenedCase = { file, procedure, entries, clocks, filled: await filledOf(app, made.tx, key) }
  const input = grantInput(app, made, procedure, step)
  const known = await guardFacts(app, { query: made.tx, today: made.today }, file, opened, input.filled)
  const facts = { ...known, actor: made.actor.id }
  const offices = officesOf(made.actor, { ...file, subjectId: heldFor, lastOfficer: lastOfficer(procedure, entries, step.act) })
  const decision = grant(decide({ procedure, opened }, step.act, offices, facts))
  return await follow(app, made, { file, procedure, decision, clocks, ...knownOf(facts), ...input })
}

/** Who did the act that this one confirms; another person is to confirm it. */
function lastOfficer(procedure: Procedure, entries: readonly CaseEntry[], name: string): string | null {
  const confirms = procedure.acts.find(act => act.act === name)?.confirms
  return entries.findLast(entry => entry.act === confirms)?.actor ?? null
}

type Input = { readonly filled: Filled; readonly papers: readonly HandedPaper[] }

/** What was filled in, as it may be kept: no number of a person, nothing prohibited. */
function grantInput(app: App, made: Change, procedure: Procedure, { act: name, fields = {}, papers = [] }: Doing): Input {
  const act = procedure.acts.find(one => one.act === name)
  if (!act) throw new Refusal('case.act-unknown', procedure.basis[0] ?? null, { act: name }, 422)
  const filled = grant(readFilled(app.law, act, fields))
  const kept = Object.entries(filled).map(([field, value]) => [field, keptIfTyped(app.law, value, made.today)] as const)
  return { filled: Object.fromEntries(kept), papers: grant(readPapers(act, papers)) }
}

const knownOf = (facts: GuardFacts): Pick<Following, 'all' | 'record' | 'served'> => ({
  all: facts.filled,
  record: facts.record,
  served: facts.served,
})

type Following = Input & {
  readonly file: Pick<CaseFile, 'subjectId' | 'caseId' | 'number' | 'about' | 'aboutRef' | 'unit' | 'entryNo' | 'openedUnit'> & {
    readonly state: string | null
  }
  readonly procedure: Procedure
  readonly decision: Decision
  readonly clocks: readonly CaseClock[]
  /** What was filled in so far, this act's too. */
  readonly all: Filled
  readonly record: RecordFacts | null
  readonly served: ReadonlyMap<string, Day>
}

/** Writes a decided act and all that follows from it. */
async function follow(app: App, made: Change, following: Following): Promise<{ entryNo: number; state: string }> {
  const { file, procedure, decision, filled, all, papers } = following
  const { act, office, to } = decision
  const key = { subjectId: file.subjectId, caseId: file.caseId }
  const entryNo = file.entryNo + 1
  const passesTo = passesToUnit(act, filled, all)
  const unit = passesTo ?? file.unit
  await appendEntry(app, made, key, {
    ...{ entryNo, act: act.act, from: file.state, to: to.state, turn: to.turn, office, unit, filled },
    ...{ basis: act.basis[0] ?? '', edition: editionOf(procedure), isEnd: to.end !== null },
  })
  await handIn(made, key, entryNo, papers)
  const clocks = await moveClocks(app, made, following, unit)
  await runEffects(app, made, {
    key,
    aboutRef: file.aboutRef,
    act,
    filled: all,
    unit,
    number: file.number,
    entryNo,
    open: follower(app),
  })
  await sendLetters(app, made, { ...following, filled: all, file: { ...file, unit }, clocks })
  // Where nobody was handed what is taken away, nobody is waited for.
  if (to.turn === 'receivers' && (await confirmationsOf(made.tx, key)).open === 0)
    await app.queue.enqueue(made.tx, 'corrections-confirmed', key)
  made.tell({ number: file.number, act: act.act, to: to.state, entryNo })
  return { entryNo, state: to.state }
}

/** The unit to which an act passes the case: the one that it names, or that was named when the case was opened. */
function passesToUnit({ effects }: ProcedureAct, filled: Filled, all: Filled): string | undefined {
  if (effects.includes('transfer-case')) return filled['unit']
  return effects.includes('ask-responder') ? all['unit'] : undefined
}

/** A case that follows from an act is the platform's to open, in the transaction of that act. */
const follower =
  (app: App): EffectGround['open'] =>
  async (made, { unit, carried, ...opening }) => {
    const caseId = (await app.ids.next()) as CaseId
    const { subjectId } = await openWithin(app, { ...made, actor: SYSTEM }, { ...opening, follows: { unit, carried } }, caseId)
    return { subjectId, caseId }
  }

async function moveClocks(app: App, made: Change, following: Following, unit: string): Promise<CaseClock[]> {
  const { file, procedure, decision, clocks, all, record, served } = following
  const { act } = decision
  const facts = { law: app.law, today: made.today, filled: all, aboutRef: file.aboutRef, record, opened: { procedure } }
  const ground = {
    ...{ calendar: app.law.calendar, procedure, today: made.today, filled: all, unit },
    spanOf: (span: Parameters<typeof spanOf>[0]) => spanOf(span, facts),
    servedOn: act.when && 'served' in act.when ? (served.get(act.when.served) ?? null) : null,
  }
  const changed = clocksAfter(act, clocks, ground)
  const kept = clocks.filter(clock => !changed.some(one => one.clock === clock.clock && one.runNo === clock.runNo))
  const passed = unit === file.unit ? [] : transferred([...kept, ...changed], ground, unit)
  await saveClocks(made.tx, file, [...changed, ...passed])
  return [...kept, ...changed]
}

/**
 * Of a record: the unit that decided it, or the credit office where nobody of the city did. Of a commitment: the unit whose matter it is. Of a
 * declaration: the unit that verifies its family, or the credit office. Of anything else: who opens it, or the credit office.
 */
async function unitInCharge(
  app: App,
  made: Change,
  procedure: Procedure,
  { subjectId, aboutRef, fields }: Opening,
): Promise<string> {
  if (procedure.about === 'record' && aboutRef !== undefined) {
    const record = await recordFacts(app, made.tx, { subjectId, recordId: Number(aboutRef), today: made.today })
    if (record && app.law.units.has(record.authority)) return record.authority
  } else if (procedure.about === 'commitment') {
    const pledge = pledgeOf(app.law, fields?.['matter']?.trim(), made.today)
    if (pledge) return pledge.unit
  } else if (procedure.about === 'declaration') return verifierOf(app.law, fields?.['family']?.trim()) ?? creditOffice(app)
  else if (made.actor.subjectId === null && made.actor.unit !== null && app.law.units.has(made.actor.unit)) return made.actor.unit
  return creditOffice(app)
}

function changedMeanwhile(app: App, file: CaseFile, entries: readonly CaseEntry[]): Refusal {
  const last = entries.at(-1)
  const unit = last?.unit ? app.law.units.get(last.unit)?.name : null
  const act = app.law.procedures
    .get(file.procedure)
    ?.flatMap(one => one.acts)
    .find(one => one.act === last?.act)
  return new Refusal('case.changed-meanwhile', null, {
    unit: unit ?? app.words.say(last?.office === 'subject' ? 'case.by-subject' : 'case.by-platform'),
    at: last?.at.toISOString() ?? '',
    act: act?.name ?? '',
  })
}
