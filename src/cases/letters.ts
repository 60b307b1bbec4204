import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import { noticeOn } from '../law/law.ts'
import { dayText } from '../law/notice-term.ts'
import type { Procedure, ProcedureAct } from '../law/procedure-model.ts'
import { dueOf } from '../legal-clock/due.ts'
import type { NoticeFact } from '../notices/model.ts'
import { serveNotice } from '../notices/serve.ts'
import { firstDue } from './case-line.ts'
import { findEarlyExit } from './case-records.ts'
import { findCommitment } from './commitment-store.ts'
import { saidChanges } from './corrected-values.ts'
import type { Decision } from './decide.ts'
import { commitmentLetterFacts } from './letters-commitments.ts'
import { declarationLetterFacts } from './letters-declarations.ts'
import { listFacts } from './letters-list.ts'
import { measureFacts } from './letters-measure.ts'
import type { CaseClock, CaseFile, Filled, RecordFacts } from './model.ts'
import { recordView } from './record-view.ts'
import { declaredOn } from './store.ts'
import { spanOf, type TermFacts } from './terms.ts'

/* The letters of an act: the table says which, the template says what; a case supplies the facts for the blanks and nothing else. */

export type LetterGround = {
  readonly file: Pick<CaseFile, 'subjectId' | 'caseId' | 'number' | 'aboutRef' | 'unit' | 'openedUnit'>
  readonly procedure: Procedure
  readonly decision: Decision
  /** Everything that was filled in so far. */
  readonly filled: Filled
  readonly clocks: readonly CaseClock[]
  readonly record: RecordFacts | null
  /** Letters of the case that reached the subject. */
  readonly served: ReadonlyMap<string, Day>
}

/** Serves every letter of an act, in its transaction. */
export async function sendLetters(app: App, made: Change, ground: LetterGround): Promise<void> {
  const { file, decision } = ground
  const { subjectId, caseId } = file
  const about = await aboutFacts(app, made, ground)
  for (const letter of decision.act.notices) {
    const unit = letter.to === 'initiator' ? file.openedUnit : file.unit
    // Nobody writes a letter to itself.
    if (letter.to === 'initiator' && unit === file.unit) continue
    await serveNotice(app, made, {
      ...{
        subjectId,
        caseId,
        template: letter.template,
        from: letter.to === 'decider' ? (file.openedUnit ?? file.unit) : file.unit,
      },
      facts: factsOf(app, made, { ...ground, about }, letter),
      basis: decision.act.basis[0] ?? null,
      to: letter.to === 'subject' || unit === null ? 'subject' : { unit },
    })
  }
}

type Facts = Readonly<Record<string, NoticeFact | undefined>>

/** What is known of the thing that the case is about and stands in a register of its own. */
async function aboutFacts(app: App, made: Change, { procedure, file, filled, record, decision }: LetterGround): Promise<Facts> {
  const { act } = decision
  if (procedure.about === 'declaration')
    return declarationLetterFacts(app, { filled, act, declaredOn: await declaredOn(made.tx, file), today: made.today })
  if (procedure.about === 'record' && record) return restoredFacts(app, made, record)
  if (procedure.about !== 'commitment') return {}
  const kept = await findCommitment(made.tx, file)
  return kept ? commitmentLetterFacts(app, kept, filled) : {}
}

/** Of a listing that is put back: from when until when, by the term that it had. */
async function restoredFacts(app: App, made: Change, { subjectId, recordId }: RecordFacts): Promise<Facts> {
  const early = await findEarlyExit(app.law, made.tx, subjectId, recordId)
  if (!early) return {}
  const until = early.until ? dayText(early.until) : app.words.say('list.until-event')
  return { 'restored-from': made.today, 'restored-until': until }
}

type Letter = ProcedureAct['notices'][number]

/** What fills the blanks that a letter has: what every case knows of itself, and the fields that the table names. */
type Known = LetterGround & { readonly about: Facts }

function factsOf(app: App, made: Change, ground: Known, { template, fill }: Letter): Record<string, NoticeFact> {
  const found = noticeOn(app.law, template, made.today)
  if (!found) throw new Refusal('notice.no-edition', null, { letter: template, day: made.today })
  const standard = { ...standardFacts(app, ground, made.today), ...ground.about }
  const facts: Record<string, NoticeFact> = {}
  for (const { blank, type } of found.blanks) {
    const field = fill[blank]
    const fact = field === undefined ? standard[blank] : saidField(app, ground, field)
    if (fact !== undefined) facts[blank] = type === 'lines' && typeof fact === 'string' ? linesOf(fact) : fact
  }
  return facts
}

/** What was filled in, as a letter says it. */
function saidField(app: App, { procedure, filled, record }: Known, name: string): string | undefined {
  const value = filled[name]
  const kind = procedure.acts.flatMap(act => act.fields).find(field => field.field === name)?.kind
  return value !== undefined && kind === 'record-values' ? saidChanges(app, record, value).join('\n') : value
}

const linesOf = (text: string): string[] =>
  text
    .split(/[\r\n]+/)
    .map(line => line.trim())
    .filter(line => line !== '')

function standardFacts(app: App, ground: LetterGround, today: Day): Record<string, NoticeFact | undefined> {
  const { file, procedure, decision, clocks, record, filled, served } = ground
  const { aboutRef } = file
  const days = answerDays(procedure, { law: app.law, today, filled, aboutRef, opened: { procedure } })
  const { basis } = decision.act
  const standard = {
    record: record ? recordTitle(app, record) : undefined,
    'case-number': file.number,
    rules: basis,
    handler: file.unit,
    due: dueFact(app, clocks),
    'answer-days': days,
    // What an act does is done on its day: nobody types another into the letter.
    'from-day': today,
  }
  if (procedure.about === 'measure')
    return {
      ...standard,
      ...measureFacts(app, { aboutRef, record, filled, clocks, act: decision.act, today, title: standard.record }),
    }
  if (procedure.about !== 'list') return standard
  const notifiedOn = served.get('listing-notice')
  return { ...standard, ...listFacts(app, { aboutRef, filled, today, basis, notifiedOn, answerDays: days }) }
}

/** The record as a letter names it: what kind, which document. */
function recordTitle(app: App, record: RecordFacts): string {
  const { itemName, documentNo } = recordView(app, record)
  return documentNo === '' ? itemName : `${itemName}（${documentNo}）`
}

/** The last day of the duty that is due first; where the calendar of its year is not published, so much is said. */
function dueFact(app: App, clocks: readonly CaseClock[]): string | undefined {
  const first = firstDue(clocks)
  if (!first) return undefined
  const found = dueOf(app.law.calendar, first.runs)
  return 'due' in found ? found.due : 'unknown' in found ? `unknown:${found.unknown}` : undefined
}

/** How many working days there are to answer a letter, from the day on which it is served. */
function answerDays(procedure: Procedure, facts: TermFacts): number | undefined {
  const rule = procedure.clocks.find(clock => clock.from === 'service' && clock.duty === 'subject')
  const span = rule && spanOf(rule.span, facts)
  return span?.unit === 'working' ? span.count : undefined
}
