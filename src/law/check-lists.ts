import { mayBePublic } from './check-disclosure.ts'
import { cites, type Ground, LEGAL_DOCUMENTS, LOCAL_BASIS, NATIONAL_BASIS, type Report, repeated, reportTwice } from './ground.ts'
import type { CatalogueItem } from './item-model.ts'
import { type ListRule, NOTICE_CONTENTS } from './list-model.ts'
import { missingParts, termMonthsOf } from './lists.ts'
import type { Measure } from './measure-model.ts'
import { listingSince, listKeptIn, namesDecider } from './own-lists.ts'
import type { Located } from './reading.ts'

/** Lists: what makes them, on which grounds, after which notice, until when; and the items that keep their entries. */
export function checkLists(ground: Ground, report: Report): void {
  reportTwice(ground.reading.lists, one => one.list, 'list', 'law.list-duplicate', report)
  for (const list of ground.reading.lists) {
    checkBasis(ground, list, report)
    checkGrounds(list, report)
    checkNotice(list, report)
    checkPeriods(list, report)
    checkDecider(ground, list, report)
    checkMeasures(ground, list, report)
    checkKind(list, report)
  }
  for (const item of ground.reading.items) {
    checkItem(ground, item, report)
    checkMirrored(ground, item, report)
  }
}

/** 国办发〔2020〕49号: a list exists only where a law, a regulation or a central document makes it. One that restricts nothing: any legal act. */
function checkBasis({ law }: Ground, list: Located<ListRule>, report: Report): void {
  const { kind, enabled, name, basis } = list.value
  const restricting = list.file.origin === 'city' ? LOCAL_BASIS : NATIONAL_BASIS
  if (enabled && !cites(law, basis, kind === 'serious' ? restricting : LEGAL_DOCUMENTS))
    report('law.list-without-law', list, ['basis'], { list: name })
}

function checkGrounds(list: Located<ListRule>, report: Report): void {
  const { grounds, notListable, periods, name } = list.value
  const ids = grounds.map(one => one.id)
  for (const index of repeated(ids)) report('law.list-ground-duplicate', list, ['grounds', index, 'id'], { ground: ids[index] })
  for (const [key, rows] of [
    ['notListable', notListable],
    ['periods', periods],
  ] as const) {
    rows.forEach((row, at) => {
      row.grounds?.forEach((id, index) => {
        if (!ids.includes(id)) report('law.list-ground-unknown', list, [key, at, 'grounds', index], { ground: id })
      })
    })
  }
  if (periods.length === 0 || periods.some(one => one.grounds === undefined)) return
  grounds.forEach(({ id, text }, index) => {
    if (!periods.some(one => one.grounds?.includes(id)))
      report('law.list-ground-without-period', list, ['grounds', index], { ground: text, list: name })
  })
}

/** M205: five contents, or it is no notice. */
function checkNotice(list: Located<ListRule>, report: Report): void {
  const { notice, name } = list.value
  if (notice === null) return
  const absent = NOTICE_CONTENTS.filter(one => !notice.contents.includes(one))
  if (absent.length > 0)
    report('law.list-notice-incomplete', list, ['notice', 'contents'], { list: name, content: absent.join(', ') })
}

function checkPeriods(list: Located<ListRule>, report: Report): void {
  const { periods, exit, name } = list.value
  periods.forEach(({ months, until, extension }, index) => {
    if ((months === null) === (until === null)) report('law.list-period-end', list, ['periods', index], { list: name })
    if (extension && extension.atLeastMonths > extension.atMostMonths)
      report('law.list-extension-inverted', list, ['periods', index, 'extension'], { list: name })
    if (exit.early && months !== null && exit.early.afterMonths >= months)
      report('law.list-early-after-end', list, ['exit', 'early', 'afterMonths'], { months: exit.early.afterMonths, term: months })
  })
  if (!exit.automatic && exit.early === null && list.value.enabled)
    report('law.list-without-way-out', list, ['exit', 'automatic'], { list: name })
}

/** Who decides, and that what is decided here is complete: nobody is put on a list whose notice, period or exit nobody has written down. */
function checkDecider({ law }: Ground, list: Located<ListRule>, report: Report): void {
  const { units, publisher, platformRole, recordedAs, enabled, name, remedies, annulment } = list.value
  units?.forEach((unit, index) => {
    if (!law.units.has(unit)) report('law.list-unit-unknown', list, ['units', index], { unit })
  })
  if (recordedAs !== undefined && !law.items.has(recordedAs))
    report('law.list-item-unknown', list, ['recordedAs'], { item: recordedAs })
  if (publisher === 'court' && platformRole === 'decided-here')
    report('law.list-court-decided-here', list, ['platformRole'], { list: name })
  if (!enabled || platformRole !== 'decided-here') return
  if (listingSince(law) === null) report('law.list-without-procedure', list, ['platformRole'], { list: name })
  const missing = missingParts(list.value)
  if (missing.length > 0) report('law.list-incomplete', list, ['platformRole'], { list: name, part: missing.join(', ') })
  if (remedies.length === 0) report('law.list-without-remedy', list, ['remedies'], { list: name })
  if (annulment === null) report('law.list-without-annulment', list, ['annulment'], { list: name })
}

function checkMeasures({ law }: Ground, list: Located<ListRule>, report: Report): void {
  const { kind, measures, subjects, name } = list.value
  measures.forEach((id, index) => {
    const at = ['measures', index]
    const measure = law.measures.get(id)
    if (measure === undefined) report('law.list-measure-unknown', list, at, { measure: id })
    else if (!measure.enabled) report('law.list-measure-closed', list, at, { measure: measure.name })
    else if (!meant(measure, subjects)) report('law.list-measure-target', list, at, { measure: measure.name, list: name })
    else if (kind === 'attention' && measure.kind === 'by-law')
      report('law.list-attention-restricts', list, at, { measure: measure.name, list: name })
  })
}

function meant({ target }: Pick<Measure, 'target'>, subjects: ListRule['subjects']): boolean {
  if (target === 'both') return true
  return subjects.some(kind => (kind === 'natural-person') === (target === 'person'))
}

/** What only one kind of list has. */
function checkKind(list: Located<ListRule>, report: Report): void {
  const { kind, handling, measures, subjects, publication, name } = list.value
  if ((kind === 'attention') !== handling.length > 0) report('law.list-handling', list, ['handling'], { list: name })
  if (kind === 'honour' && measures.length > 0) report('law.list-honour-restricts', list, ['measures'], { list: name })
  if (publication.audience === 'public' && subjects.every(one => one === 'natural-person'))
    report('law.list-person-public', list, ['publication', 'audience'], { list: name })
}

/** An entry that was decided elsewhere comes with its decision: its number, as of every item, and whoever made it. */
function checkMirrored({ law }: Ground, item: Located<CatalogueItem>, report: Report): void {
  const list = listKeptIn(law, item.value)
  if (list?.platformRole === 'mirror' && !namesDecider(item.value))
    report('law.list-mirror-without-decider', item, ['roles'], { list: list.name })
}

/** The item that keeps a list's entries: the list exists and is open, and both say the same of subjects, term and publicity. */
function checkItem(ground: Ground, item: Located<CatalogueItem>, report: Report): void {
  const { list, subjects, publication } = item.value
  if (list === undefined) return
  const found = ground.law.lists.get(list)
  if (found === undefined) report('law.list-unknown', item, ['list'], { list })
  else if (!found.enabled) report('law.list-disabled', item, ['list'], { list: found.name })
  if (!found?.enabled) return
  subjects.forEach((kind, index) => {
    if (!found.subjects.includes(kind)) report('law.list-subject-differs', item, ['subjects', index], { kind, list: found.name })
  })
  if (publication.rule === 'while-listed' && publication.termMonths !== termMonthsOf(found))
    report('law.list-term-differs', item, ['publication', 'termMonths'], { list: found.name })
  if (mayBePublic(item.value) && found.publication.audience !== 'public')
    report('law.list-publication-differs', item, ['disclosure'], { list: found.name })
}
