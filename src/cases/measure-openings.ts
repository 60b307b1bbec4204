import type { Actor } from '../access/actor.ts'
import { look, requireReason, type TypedReason } from '../access/look.ts'
import type { App } from '../app.ts'
import type { ArchivedRecord } from '../archive/model.ts'
import { type FactRow, factOf, factsOf, recordsOf } from '../archive/views.ts'
import { day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { type ItemEditionId, procedureOn } from '../law/law.ts'
import type { Measure } from '../law/measure-model.ts'
import { termText } from '../law/measures.ts'
import type { SubjectKind } from '../law/model.ts'
import { openingActs } from '../law/procedure-flow.ts'
import { firstUnmet, type GuardFacts } from './guards.ts'
import { listOfRecord, type MeasureTrigger, measureRef, triggersOf } from './measure-case.ts'
import type { RecordFacts } from './model.ts'
import { recordView } from './record-view.ts'

/* Which measures an officer's unit may ask for about a subject, record by record, and why not the others: judged as the act itself will be. */

const EVERY_DAY = day('2999-12-31')

type Wish = TypedReason

/** A look. Refuses `subject.unknown`, `look.purpose-missing`, `case.procedure-unknown` where no procedure of measures is in force. */
export async function readMeasureOpenings(app: App, actor: Actor, subjectId: SubjectId, wish: Wish) {
  const reason = requireReason(wish)
  const today = legalDay(app.now(), app.city.zone)
  const [initiate] = openingActs(procedureOn(app.law, 'measure', today) ?? unknown())
  const found = await app.db.row<{ kind: SubjectKind }>(sql`select kind from subject where subject_id = ${subjectId}`)
  if (!found) throw new NotFound('subject.unknown')
  const request = { actor, outlet: 'case', ...reason, shown: ['records'] }
  const { rows, receipt } = await look<FactRow>(app, request, [subjectId], factsOf([subjectId], app.now()))
  const records = recordsOf(rows.map(factOf), EVERY_DAY).flatMap(one => {
    const record = factsAbout(app, one)
    if (record.state !== 'standing' || record.effect !== 'adverse') return []
    const judge = (measure: Measure, trigger: MeasureTrigger): GuardFacts => ({
      ...{ law: app.law, today, subjectId, aboutRef: measureRef(record.recordId, measure.id), unit: actor.unit },
      ...{ subjectKind: found.kind, record, opened: null, served: new Map(), barredUntil: null, openConfirmations: 0 },
      filled: { trigger: trigger.id, unit: bodiesOf(app, measure)[0]?.unit ?? '' },
    })
    const measures = triggered(app, record).map(([measure, trigger]) => {
      const verdict = firstUnmet(initiate?.guards ?? [], judge(measure, trigger), measure.statutes[0] ?? null)
      const article = !verdict.ok && verdict.basis ? app.words.names.cite(verdict.basis) : ''
      return {
        ...{ measure: measure.id, name: measure.name, aboutRef: measureRef(record.recordId, measure.id) },
        ...{ trigger: trigger.id, triggerName: trigger.said, term: termText(measure.term), units: bodiesOf(app, measure) },
        cites: measure.statutes.map(app.words.names.cite),
        mayInitiate: verdict.ok,
        why: verdict.ok ? null : app.words.say(verdict.code, { ...verdict.facts, article }),
      }
    })
    return measures.length === 0 ? [] : [{ ...recordView(app, record), contested: record.contested, measures }]
  })
  return { asOf: today, records, receipt }
}

function unknown(): never {
  throw new NotFound('case.procedure-unknown')
}

/** What its statute brings about on this record, open or not: of a list what names the list, of another decision what rests on decisions. */
function triggered({ law }: App, record: RecordFacts): (readonly [Measure, MeasureTrigger])[] {
  const list = listOfRecord(law, record)?.list ?? null
  return [...law.measures.values()]
    .filter(({ row }) => row === 'sub-measure')
    .flatMap(measure =>
      triggersOf(law, measure)
        .filter(trigger => trigger.list === list)
        .map(trigger => [measure, trigger] as const),
    )
}

const bodiesOf = ({ law }: App, { id }: Measure): { unit: string; name: string }[] =>
  [...law.units.values()].filter(unit => unit.measures.includes(id)).map(unit => ({ unit: unit.id, name: unit.name }))

function factsAbout({ law }: App, { recordId, head, state, contested }: ArchivedRecord): RecordFacts {
  const item = law.itemEditions.get(`${head.item}@${head.edition}` as ItemEditionId)
  return {
    ...{ subjectId: head.subjectId, recordId, item: head.item, edition: head.edition, authority: head.authority },
    ...{ decidedOn: head.decidedOn, content: head.content, effect: item?.effect ?? 'adverse', state, contested, disclosed: null },
  }
}
