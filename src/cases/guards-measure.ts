import { granted, refused } from '../base/refusal.ts'
import { MEASURE_PART_NAMES } from '../law/measure-document.ts'
import type { Measure } from '../law/measure-model.ts'
import { openMeasure, reaches, termText } from '../law/measures.ts'
import { creditOffice } from './credit-office.ts'
import type { Guard, GuardFacts } from './guards.ts'
import { endOf, isDecision, lastDaysOf, latestEnd, listOfRecord, measureOf, triggersOf } from './measure-case.ts'
import type { RecordFacts } from './model.ts'

/*
 * Conditions of a measure, from the register of measures: open, begun by the unit that decided, on a list or decision that its statute names, about
 * nobody whom it does not reach, taken by the body that it names, until the end that it gives (principle 5, M218–M228, M232).
 */

const MET = granted(true as const)

type Judge = (measure: Measure, facts: GuardFacts, basis: string | null) => ReturnType<Guard>

const ofMeasure =
  (judge: Judge): Guard =>
  (facts, basis) => {
    const found = measureOf(facts.law, facts.aboutRef)
    return found ? judge(found, facts, basis) : refused('measure.unknown', basis)
  }

const withRecord = (judge: (measure: Measure, record: RecordFacts, facts: GuardFacts) => ReturnType<Guard>): Guard =>
  ofMeasure((measure, facts, basis) =>
    facts.record ? judge(measure, facts.record, facts) : refused('case.record-unknown', basis),
  )

const articleOf = ({ statutes }: Measure): string | null => statutes[0] ?? null

/** M232, M236 · a court's limit is the court's; the nine that no law permits are refused with their reason; a closed row says what it lacks. */
const openable = ofMeasure((measure, { law, today }) => {
  const { id, name, body, note = '', row } = measure
  const article = articleOf(measure)
  if (row === 'prohibited') return refused('measure.prohibited', article, { measure: name, why: note })
  if (measure.decidedBy !== 'body' || measure.computed === 'never')
    return refused('measure.decided-elsewhere', article, { measure: name, body: body ?? '' })
  const open = openMeasure(law, id, today)
  if (open.open) return MET
  const missing = open.missing.map(part => MEASURE_PART_NAMES[part]).join('、')
  return refused('measure.not-openable', article, { measure: name, missing })
})

/** The unit that decided asks for it; of what was decided in another system, the credit office too. */
const initiatedHere = withRecord((measure, record, { law, unit }) => {
  if (unit === record.authority) return MET
  const isElsewhere = !law.units.has(record.authority) || listOfRecord(law, record)?.platformRole === 'mirror'
  if (isElsewhere && unit === creditOffice({ law })) return MET
  const authority = law.units.get(record.authority)?.name ?? record.authority
  return refused('measure.initiated-elsewhere', articleOf(measure), { authority })
})

/** SG1 · the record is what the statute names; of a key-attention list only what matches the degree is done, and none of it restricts (M203). */
const triggered = withRecord((measure, record, { law, filled }) => {
  const list = listOfRecord(law, record)
  const article = articleOf(measure)
  if (list?.kind === 'attention') return refused('measure.attention-only', list.basis[0] ?? article, { list: list.name })
  const chosen = triggersOf(law, measure).find(one => one.id === filled['trigger'])
  if (!chosen) return refused('measure.trigger-unknown', article, { measure: measure.name })
  const isSuch = chosen.list === null ? list === null && isDecision(law, record) : chosen.list === list?.list
  return isSuch ? MET : refused('measure.trigger-differs', article, { trigger: chosen.said })
})

/** M221, M228 · nobody but the subject of the record, and that one only where the statute reaches such as it. */
const subjectMeant = withRecord((measure, record, { subjectId, subjectKind }) => {
  const isPerson = subjectKind === 'natural-person'
  const isMeant = measure.target === 'both' || (measure.target === 'person') === isPerson
  const isOwn = record.subjectId === subjectId
  if (isOwn && subjectKind !== null && isMeant && reaches(measure, 'subject')) return MET
  return refused('measure.subject-not-meant', articleOf(measure), { measure: measure.name })
})

const bodyRight = ofMeasure((measure, { law, filled }) => {
  const unit = law.units.get(filled['unit'] ?? '')
  if (unit?.measures.includes(measure.id)) return MET
  return refused('measure.not-the-body', articleOf(measure), { unit: unit?.name ?? '', body: measure.body ?? '' })
})

/** M227 · what is over before it could begin is not begun. */
const termLeft = withRecord((measure, record, { law, today }) => {
  const on = latestEnd(law, measure, record)
  return on === null || on > today ? MET : refused('measure.term-over', articleOf(measure), { measure: measure.name, on })
})

/** M223, M227 · a day within the statute's bounds, the event that it names, or life where it says so. */
const termRight = withRecord((measure, record, { law, today, filled }) => {
  // Asked for the button of the act: the end is a field of its form, which refuses to be left empty.
  if (filled['ends'] === undefined) return MET
  const end = endOf(law, measure, record, filled)
  const article = articleOf(measure)
  const term = termText(measure.term) ?? ''
  if (end === null) {
    const days = filled['ends'] === 'day' ? lastDaysOf(law, measure, record) : null
    return days
      ? refused('measure.term-day', article, { measure: measure.name, term, ...days })
      : refused('measure.term-kind', article, { measure: measure.name, term })
  }
  if (end.on !== null && end.on <= today) return refused('measure.term-over', article, { measure: measure.name, on: end.on })
  return MET
})

export const MEASURE_GUARDS = {
  'measure-openable': openable,
  'measure-initiated-here': initiatedHere,
  'measure-triggered': triggered,
  'measure-subject-meant': subjectMeant,
  'measure-body-right': bodyRight,
  'measure-term-left': termLeft,
  'measure-term-right': termRight,
} as const satisfies Record<string, Guard>
