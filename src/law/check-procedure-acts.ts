import { type Report, repeated } from './ground.ts'
import { traitOf } from './procedure-flow.ts'
import type { Procedure, ProcedureAct, ProcedureField } from './procedure-model.ts'
import type { Located } from './reading.ts'

type At = Located<Procedure>
type Path = readonly (string | number)[]
type Seen = { readonly path: Path; readonly report: Report }

/** Each act by itself: what it asks, of whom, who does it, and what it says to the subject. */
export function checkProcedureActs(at: At, report: Report): void {
  at.value.acts.forEach((act, index) => {
    const seen = { path: ['acts', index], report }
    checkFields(at, act, seen)
    checkAsked(at, act, seen)
    checkDoer(at, act, seen)
    checkReasons(at, act, seen)
  })
}

function checkFields(at: At, { name, fields, papers }: ProcedureAct, { path, report }: Seen): void {
  for (const index of repeated(fields.map(one => one.field)))
    report('law.procedure-field-twice', at, [...path, 'fields', index, 'field'], { act: name, field: fields[index]?.name })
  for (const index of repeated(papers.map(one => one.paper)))
    report('law.procedure-paper-twice', at, [...path, 'papers', index, 'paper'], { act: name, paper: papers[index]?.name })
  fields.forEach((field, index) => {
    const isChoice = field.kind === 'choice'
    const has = Object.keys(field.choices ?? {}).length
    const isGiven = field.choicesOf !== undefined
    if (isChoice && !isGiven ? has < 2 : field.choices !== undefined || (isGiven && !isChoice))
      report('law.procedure-choices', at, [...path, 'fields', index], { act: name, field: field.name })
  })
}

/** What no procedure may ask of a subject (令36: two papers; 收费、培训、公益 are no condition). */
const NEVER_ASKED = /培训|公益|慈善|捐款|捐赠|缴费|收费|费用|第三方报告/
const MOST_REPAIR_PAPERS = 2

/** What a condition or a choice asks about, by the first part of its name. */
const ASKS_ABOUT: Readonly<Record<string, readonly string[]>> = {
  // A measure rests on a record of its subject.
  record: ['record', 'measure'],
  repair: ['record'],
  list: ['list'],
  measure: ['measure'],
  declaration: ['declaration'],
}

function checkAsked(at: At, { name, from, to, fields, papers, guards, by }: ProcedureAct, { path, report }: Seen): void {
  const { about } = at.value
  const isFit = (word: string): boolean => (ASKS_ABOUT[word.split('-')[0] ?? ''] ?? [about]).includes(about)
  const unfit = guards.findIndex(guard => !isFit(guard))
  if (unfit >= 0) report('law.procedure-guard-unfit', at, [...path, 'guards', unfit], { act: name })
  fields.forEach((field, index) => {
    if (field.choicesOf && !isFit(field.choicesOf))
      report('law.procedure-guard-unfit', at, [...path, 'fields', index], { act: name })
  })
  checkTraining(at, { name, from, to, fields, papers, guards }, { path, report })
  if (!by.includes('subject')) return
  for (const key of ['fields', 'papers'] as const)
    ({ fields, papers })[key].forEach((one, index) => {
      if (one.required && NEVER_ASKED.test(one.name))
        report('law.procedure-asks-forbidden', at, [...path, key, index], { act: name, asked: one.name })
    })
  if (at.value.procedure.startsWith('repair') && papers.filter(paper => paper.required).length > MOST_REPAIR_PAPERS)
    report('law.procedure-asks-more', at, [...path, 'papers'], { act: name, most: MOST_REPAIR_PAPERS })
}

const OF_TRAINING = /^training(-|$)/

/** Training is voluntary: what asks about it leaves the case where it is, so that no way leads through it. */
function checkTraining(
  at: At,
  { name, from, to, fields, papers, guards }: Pick<ProcedureAct, 'name' | 'from' | 'to' | 'fields' | 'papers' | 'guards'>,
  { path, report }: Seen,
): void {
  if (from.length > 0 && to === 'same') return
  const asked = { fields: fields.map(one => one.field), papers: papers.map(one => one.paper), guards }
  for (const key of ['fields', 'papers', 'guards'] as const)
    asked[key].forEach((word, index) => {
      if (OF_TRAINING.test(word)) report('law.procedure-training-condition', at, [...path, key, index], { act: name })
    })
}

/** What the platform does by itself has its moment and needs no form; what a second person does is a second look. */
function checkDoer(at: At, act: ProcedureAct, { path, report }: Seen): void {
  const { by, when, confirms, fields, papers, effects } = act
  const facts = { act: act.name }
  const isClock = by.includes('clock')
  if (isClock && by.length > 1) report('law.procedure-clock-mixed', at, [...path, 'by'], facts)
  if (isClock && when === undefined) report('law.procedure-when-missing', at, [...path, 'by'], facts)
  if (!isClock && when !== undefined) report('law.procedure-when-misplaced', at, [...path, 'when'], facts)
  if (by.length === 1 && isClock && fields.length + papers.length > 0)
    report('law.procedure-clock-fills', at, [...path, fields.length > 0 ? 'fields' : 'papers'], facts)
  if (by.includes('second') !== (confirms !== undefined)) report('law.procedure-second-alone', at, [...path, 'by'], facts)
  if (effects.includes('transfer-case') && !fields.some(field => field.required && field.kind === 'unit'))
    report('law.procedure-transfer-nowhere', at, [...path, 'effects'], facts)
}

const isReason = (field: ProcedureField): boolean => field.kind === 'long-text' && field.required && field.told

const OFFICIAL: ReadonlySet<string> = new Set(['decider', 'second', 'initiator', 'credit-office'])

/** The subject learns of a longer clock and of a bad end, with the reasons. */
function checkReasons({ value, ...rest }: At, act: ProcedureAct, { path, report }: Seen): void {
  const at = { value, ...rest }
  const facts = { act: act.name }
  const isTold = act.notices.some(notice => notice.to === 'subject')
  if (act.clocks.extend.length > 0) {
    if (!isTold) report('law.procedure-extension-untold', at, [...path, 'clocks', 'extend'], facts)
    if (!act.fields.some(isReason)) report('law.procedure-extension-unreasoned', at, [...path, 'clocks', 'extend'], facts)
  }
  const to = value.states.find(state => state.state === act.to)
  if (to?.end === 'ill' && act.by.some(office => OFFICIAL.has(office))) {
    const confirmed = value.acts.find(one => one.act === act.confirms)
    if (!isTold) report('law.procedure-ill-end-untold', at, [...path, 'to'], facts)
    if (![...act.fields, ...(confirmed?.fields ?? [])].some(isReason))
      report('law.procedure-ill-end-unreasoned', at, [...path, 'to'], facts)
  }
  const byTwo = act.effects.findIndex(effect => traitOf(effect).byTwo)
  if (byTwo >= 0 && act.by.some(office => office !== 'second'))
    report('law.procedure-repair-alone', at, [...path, 'effects', byTwo], facts)
  const grave = act.effects.findIndex(effect => traitOf(effect).grave !== null)
  if (grave < 0) return
  if (act.by.includes('clock')) report('law.procedure-grave-by-clock', at, [...path, 'effects', grave], facts)
  else if (act.by.some(office => office !== 'second')) report('law.procedure-grave-alone', at, [...path, 'effects', grave], facts)
}
