import { type Actor, may } from '../access/actor.ts'
import { actorNames } from '../access/actor-name.ts'
import { look, requireReason, type TypedReason } from '../access/look.ts'
import { ownLook } from '../access/own-look.ts'
import type { App } from '../app.ts'
import { resolveSubjects } from '../archive/links.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound } from '../base/refusal.ts'
import { type Row, type Statement, sql } from '../db/database.ts'
import { inForceOn, isInForce } from './in-force.ts'
import type { Answer, Ending } from './model.ts'
import { openReason } from './reason.ts'
import type { AnswerView, InitiatedView, MeasureView } from './shapes.ts'

/* Reading measures: a subject's, for itself and for officers; a unit's by number, which names nobody. */

type SpanRow = {
  readonly subjectId: SubjectId
  readonly caseId: number
  readonly number: string
  readonly measure: string
  readonly body: string
  readonly initiator: string
  readonly fromDay: Day
  readonly term: 'day' | 'event' | 'life'
  readonly untilDay: Day | null
  readonly untilEvent: string | null
  readonly reviewOn: Day
  readonly endedOn: Day | null
  readonly because: Ending | null
}

const SPAN = `m.subject_id as "subjectId", m.case_id as "caseId", m.number, m.measure, m.body, m.initiator, m.from_day as "fromDay", m.term,
  m.until_day as "untilDay", m.until_event as "untilEvent", m.review_on as "reviewOn", e.on_day as "endedOn", e.because`

type AnswerRow = {
  readonly answerId: number
  readonly answer: Answer
  readonly unit: string
  readonly actor: string
  readonly purpose: string
  readonly businessNo: string
  /** Hexadecimal; null: no reason was given. */
  readonly sealed: string | null
  readonly at: string
}

type MeasureRow = Row &
  SpanRow & {
    readonly recordId: number
    readonly decidedOn: Day
    readonly item: string | null
    readonly edition: string | null
    readonly authority: string | null
    readonly statutes: string[]
    readonly servedOn: Day
    readonly answerUntil: Day
    readonly remedies: string[]
    readonly answers: AnswerRow[] | null
  }

/** Measures of subjects, those in force first; of one unit's, where it is named. */
const measuresOf = (subjectIds: readonly SubjectId[], unit: string | null): Statement => ({
  name: 'measures-of-subject',
  text: `select ${SPAN}, m.record_id as "recordId", m.decided_on as "decidedOn", f.item, f.edition, f.authority, m.statutes,
      m.served_on as "servedOn", m.answer_until as "answerUntil", m.remedies,
      (select json_agg(json_build_object('answerId', a.answer_id, 'answer', a.answer, 'unit', a.unit, 'actor', a.actor, 'purpose', a.purpose,
          'businessNo', a.business_no, 'sealed', encode(a.sealed, 'hex'), 'at', a.at) order by a.answer_id desc)
        from measure_answer a where a.subject_id = m.subject_id and a.case_id = m.case_id) as answers
    from measure m left join measure_end e on e.subject_id = m.subject_id and e.case_id = m.case_id
      left join fact_content f on f.subject_id = m.subject_id and f.fact_id = m.record_id
    where m.subject_id = any($1::bigint[]) and ($2::text is null or m.body = $2 or m.initiator = $2)
    order by e.on_day is not null, m.case_id desc`,
  values: [subjectIds, unit],
})

const EVER = new Date('9999-12-31T00:00:00Z')

async function groupOf(app: App, subjectId: SubjectId, today: Day): Promise<readonly SubjectId[]> {
  return (await resolveSubjects(app.db, [subjectId], { asOf: today, knownOn: EVER })).get(subjectId) ?? [subjectId]
}

/**
 * The measures on whoever this actor speaks for, with what the windows answered: a look at oneself (SG13, M209). Refuses whoever speaks for nobody.
 */
export async function readOwnMeasures(app: App, actor: Actor): Promise<{ asOf: Day; measures: MeasureView[] }> {
  const today = legalDay(app.now(), app.city.zone)
  const rows = await ownLook<MeasureRow>(app, actor, 'measures', own => measuresOf([own], null))
  return { asOf: today, measures: rows.map(row => measureView(app, row, today, null)) }
}

/**
 * The measures on a subject that this officer's unit takes or has asked for; for who watches every unit all of them. A look. Refuses
 * `subject.unknown`, `look.purpose-missing`.
 */
export async function readSubjectMeasures(
  app: App,
  actor: Actor,
  subjectId: SubjectId,
  wish: TypedReason,
): Promise<{ asOf: Day; measures: MeasureView[]; receipt: string }> {
  const reason = requireReason(wish)
  const known = await app.db.row(sql`select subject_id from subject where subject_id = ${subjectId}`)
  if (!known) throw new NotFound('subject.unknown')
  const today = legalDay(app.now(), app.city.zone)
  const group = await groupOf(app, subjectId, today)
  const unit = may(actor, 'case.coordinate') ? null : (actor.unit ?? '')
  const request = { actor, outlet: 'check', ...reason, shown: ['measures'] }
  const { rows, receipt } = await look<MeasureRow>(app, request, group, measuresOf(group, unit))
  const names = await actorNames(
    app.db,
    rows.flatMap(row => (row.answers ?? []).map(one => one.actor)),
  )
  return { asOf: today, measures: rows.map(row => measureView(app, row, today, names)), receipt }
}

type InitiatedRow = Row & SpanRow & Record<Answer, number>

type Page = { readonly state: 'in-force' | 'ended'; readonly after?: number | undefined; readonly limit: number }

/** The measures that a unit takes or has asked for, the latest first, by number: what came of them goes back to whoever asked (M219). */
export async function listInitiated(
  app: App,
  actor: Actor,
  { state, after, limit }: Page,
): Promise<{ asOf: Day; measures: InitiatedView[]; next: number | null }> {
  const today = legalDay(app.now(), app.city.zone)
  const unit = may(actor, 'case.coordinate') ? null : (actor.unit ?? '')
  const count = (answer: Answer): string => `(select count(*)::int from measure_answer a
      where a.subject_id = m.subject_id and a.case_id = m.case_id and a.answer = '${answer}') as ${answer}`
  const rows = await app.db.rows<InitiatedRow>({
    name: 'measures-of-unit',
    text: `select ${SPAN}, ${count('apply')}, ${count('hold')}, ${count('release')}
      from measure m left join measure_end e on e.subject_id = m.subject_id and e.case_id = m.case_id
      where ($1::text is null or m.body = $1 or m.initiator = $1) and ${inForceOn('$2')} = $3 and ($4::bigint is null or m.case_id < $4)
      order by m.case_id desc limit $5`,
    values: [unit, today, state === 'in-force', after ?? null, limit],
  })
  const measures = rows.map(row => {
    const { apply, hold, release } = row
    return { ...spanView(app, row, today), answers: { apply, hold, release } }
  })
  return { asOf: today, measures, next: rows.length === limit ? (rows.at(-1)?.caseId ?? null) : null }
}

/** The end in words. */
export function untilOf(
  { words }: Pick<App, 'words'>,
  { term, untilDay, untilEvent }: Pick<SpanRow, 'term' | 'untilDay' | 'untilEvent'>,
): string {
  if (term === 'life') return words.say('measure.life')
  if (term === 'day' || untilEvent === null) return untilDay ?? ''
  return untilDay === null ? untilEvent : words.say('measure.event-by', { event: untilEvent, day: untilDay })
}

function spanView(app: App, row: SpanRow, today: Day): Omit<InitiatedView, 'answers'> {
  const { subjectId, caseId, number, measure, body, initiator, fromDay, term, untilDay, reviewOn, endedOn, because } = row
  const nameOf = (unit: string): string => app.law.units.get(unit)?.name ?? unit
  return {
    ...{ subjectId, caseId, number, measure, body, initiator, fromDay, term, untilDay, reviewOn },
    name: app.law.measures.get(measure)?.name ?? measure,
    bodyName: nameOf(body),
    initiatorName: nameOf(initiator),
    until: untilOf(app, row),
    isInForce: isInForce(row, today),
    ended: endedOn && because && { on: endedOn, because, sentence: app.words.say(`measure.ending-${because}`) },
  }
}

type Names = ReadonlyMap<string, string | null>

function measureView(app: App, row: MeasureRow, today: Day, names: Names | null): MeasureView {
  const { recordId, decidedOn, item, edition, authority, statutes, servedOn, answerUntil, remedies } = row
  const found = item === null ? undefined : app.law.items.get(item)?.find(one => one.inForceFrom === edition)
  return {
    ...spanView(app, row, today),
    ...{ statutes, servedOn, answerUntil, remedies },
    cites: statutes.map(app.words.names.cite),
    ground: {
      recordId,
      decidedOn,
      itemName: found?.name ?? '',
      authorityName: authority === null ? '' : (app.law.units.get(authority)?.name ?? authority),
    },
    answers: (row.answers ?? []).map(one => answerView(app, one, names)),
  }
}

/** The subject is told which unit answered; officers, who did. */
export function answerView(app: App, one: AnswerRow, names: Names | null): AnswerView {
  const { answerId, answer, unit, purpose, businessNo, sealed, at } = one
  return {
    ...{ answerId, answer, unit, purpose, businessNo },
    unitName: app.law.units.get(unit)?.name ?? unit,
    officer: names?.get(one.actor) ?? null,
    reason: sealed === null ? null : openReason(app, answerId, Buffer.from(sealed, 'hex')),
    at: new Date(at).toISOString(),
  }
}
