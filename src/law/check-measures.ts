import {
  cites,
  type Ground,
  instrumentIdOf,
  LEGAL_DOCUMENTS,
  type Level,
  LOCAL_BASIS,
  levelsOf,
  type Report,
  reportTwice,
} from './ground.ts'
import type { Measure } from './measure-model.ts'
import { needsReview } from './measures.ts'
import type { Located } from './reading.ts'

/** Nine measures that have no basis anywhere (49号五, principle 9); a row may say so, none may be switched on. */
const BLOCKED = /^x0[1-9](-|$)/
const LISTED = /^m(0[1-9]|1[0-4])$/

/** What may take something away: law, regulation, central document, and the Supreme Court's interpretation for its own measures. */
const RESTRICTING: ReadonlySet<Level> = new Set([...LOCAL_BASIS, 'judicial-interpretation'])

/** Principle 5: no measure without statute, body, trigger and end; nothing automatic; nothing on kin or affiliates. */
export function checkMeasures(ground: Ground, report: Report): void {
  const { reading } = ground
  reportTwice(reading.measures, one => one.id, 'id', 'law.measure-duplicate', report)
  for (const measure of reading.measures) {
    checkRow(ground, measure, report)
    checkDecider(ground, measure, report)
    checkTerm(measure, report)
    checkTrigger(ground, measure, report)
    if (measure.value.enabled) checkEnabled(ground, measure, report)
  }
  checkLists(ground, report)
}

/** What a row of its kind is, and what a city may not bring. */
function checkRow({ reading }: Ground, at: Located<Measure>, report: Report): void {
  const { id, name, row, parent, reaches, autoExecute, enabled } = at.value
  const isBlocked = BLOCKED.test(id) || row === 'prohibited'
  if (isBlocked && enabled) report('law.measure-blocked', at, ['enabled'], { measure: name })
  if (isBlocked && at.file.origin === 'city') report('law.overlay-measure-blocked', at, ['id'], { measure: name })
  if (BLOCKED.test(id) !== (row === 'prohibited') || LISTED.test(id) !== (row === 'national-list'))
    report('law.measure-row', at, ['row'], { measure: name })
  if (row === 'national-list' && enabled) report('law.measure-list-enabled', at, ['enabled'], { measure: name })
  const national = reading.measures.some(one => one.value.id === parent && one.value.row === 'national-list')
  if (row === 'sub-measure' && !national) report('law.measure-parent-unknown', at, ['parent'], { measure: name })
  if (autoExecute) report('law.measure-auto-execute', at, ['autoExecute'], { measure: name })
  reaches.forEach((one, index) => {
    if ((one === 'relative' || one === 'affiliate') && row !== 'prohibited')
      report('law.measure-reaches-kin', at, ['reaches', index], { measure: name })
  })
}

/** A court's or the tax authority's limit is theirs: shown, never computed (M232). */
function checkDecider({ law }: Ground, at: Located<Measure>, report: Report): void {
  const { name, row, body, statutes, decidedBy, computed, enabled } = at.value
  if (row !== 'sub-measure') return
  const levels = levelsOf(law, statutes)
  const isCourts = body?.includes('人民法院') || (enabled && levels.size === 1 && levels.has('judicial-interpretation'))
  if (isCourts && decidedBy !== 'court') report('law.measure-court-unmarked', at, ['body'], { measure: name })
  if (decidedBy !== 'body' && computed !== 'never') report('law.measure-court-computed', at, ['decidedBy'], { measure: name })
}

function checkTerm(at: Located<Measure>, report: Report): void {
  const { name, term, termReview } = at.value
  if (term !== null && 'months' in term && term.months.atLeast > term.months.atMost)
    report('law.measure-term-inverted', at, ['term'], { measure: name })
  if (needsReview(term) && termReview === undefined) report('law.measure-without-review', at, ['term'], { measure: name })
}

function checkTrigger({ law }: Ground, at: Located<Measure>, report: Report): void {
  const { name, trigger, target } = at.value
  trigger.lists.forEach((id, index) => {
    const list = law.lists.get(id)
    const path = ['trigger', 'lists', index]
    if (list === undefined) report('law.measure-list-unknown', at, path, { list: id })
    else if (target !== 'both' && !list.subjects.some(kind => (kind === 'natural-person') === (target === 'person')))
      report('law.measure-list-target', at, path, { measure: name, list: list.name })
  })
}

function checkEnabled({ law }: Ground, at: Located<Measure>, report: Report): void {
  const { name, kind, statutes, body, term, trigger, published } = at.value
  if (statutes.length === 0) report('law.measure-without-statute', at, ['enabled'], { measure: name })
  if (body === null) report('law.measure-without-body', at, ['enabled'], { measure: name })
  if (term === null) report('law.measure-without-term', at, ['enabled'], { measure: name })
  if (trigger.lists.length + trigger.decisions.length === 0)
    report('law.measure-without-trigger', at, ['enabled'], { measure: name })
  if (published === undefined) report('law.measure-unpublished', at, ['enabled'], { measure: name })
  else if (!law.instruments.has(published.in)) report('law.basis-unknown', at, ['published', 'in'], { basis: published.in })
  const allowed = kind === 'by-law' ? RESTRICTING : LEGAL_DOCUMENTS
  if (statutes.length > 0 && kind !== 'at-own-discretion' && !cites(law, statutes, allowed))
    report('law.measure-basis-too-low', at, ['statutes'], { measure: name })
  const acts = statutes.flatMap(one => law.instruments.get(instrumentIdOf(one)) ?? [])
  if (acts.length > 0 && acts.every(one => one.inForceUntil !== null))
    report('law.measure-statute-ended', at, ['statutes'], { measure: name })
}

/** A list names a measure, and the measure names the list: neither stands alone. */
function checkLists({ law, reading }: Ground, report: Report): void {
  for (const list of reading.lists) {
    list.value.measures.forEach((id, index) => {
      const measure = law.measures.get(id)
      if (measure?.enabled && !measure.trigger.lists.includes(list.value.list))
        report('law.measure-list-differs', list, ['measures', index], { measure: measure.name, list: list.value.name })
    })
  }
}
