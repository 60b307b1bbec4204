import type { Day } from '../base/day.ts'
import { addMonths } from '../base/day.ts'
import type { FactId } from '../base/id.ts'
import type { Domain, ReportLayout } from '../law/report-model.ts'
import { type Paper, type ReportedRecord, type ShownRecord, showRecord } from './compose-record.ts'
import {
  coverOf,
  labelsOf,
  recordsIn,
  registrationSection,
  sectionOf,
  sectionsFor,
  sourceOf,
  summaryOf,
} from './compose-shared.ts'
import { type DomainResult, type PublicReport, type ReportSection, SECTION_NUMBERS, type SpecialReport } from './model.ts'
import type { ReportWindow } from './window.ts'

/*
 * From an archive to a finished report. Pure: the records, the law and the day of issue decide, the same input gives the same report.
 */

export type Composed<Report> = {
  readonly report: Report
  /** The records it shows: when one of them is taken away, the report is superseded. */
  readonly recordIds: readonly FactId[]
  /** The last day on which everything it shows may be shown; null: no end. */
  readonly until: Day | null
}

/**
 * 公共信用信息报告: what the portal shows (M152, M155). `onDisplay` are the records that stand on the portal today; a record must be there
 * and be disclosed by the law. Registration is taken from the archive's latest.
 */
export function composePublic(
  paper: Paper,
  layout: ReportLayout,
  records: readonly ReportedRecord[],
  onDisplay: ReadonlySet<FactId>,
): Composed<PublicReport> {
  const { words, issue } = paper
  const shown = records.flatMap(record => {
    const one = showRecord(paper, record, 'public-report', { day: issue.today })
    return one && (one.item.report.section === 'registration' || onDisplay.has(one.recordId)) ? [one] : []
  })
  const sections: ReportSection[] = []
  const used: ShownRecord[] = []
  for (const section of sectionsFor(layout, paper)) {
    if (section.section === 'registration') {
      const registration = registrationSection(layout, section, paper, shown)
      sections.push(registration.section)
      used.push(...registration.used)
      continue
    }
    const found = recordsIn(shown, section.section)
    used.push(...found)
    sections.push(sectionOf(layout, section, { records: found.map(one => one.printed), source: sourceOf(paper, found) }))
  }
  const report: PublicReport = {
    kind: 'public',
    ...coverOf(paper, layout),
    labels: labelsOf(paper, used),
    summary: summaryOf(layout, used),
    sections: withAdvice(paper, layout, sections),
    notes: [words.say('report.note-known', { at: issue.issuedAt.slice(0, 16).replace('T', ' ') })],
  }
  return { report, recordIds: used.map(one => one.recordId), until: earliestEnd(used) }
}

/** 信用状况提升建议 follows the last numbered section and stands before the city's own supplement. */
function withAdvice({ words }: Paper, layout: ReportLayout, sections: readonly ReportSection[]): ReportSection[] {
  if (layout.advice === undefined) return [...sections]
  const numbered = sections.filter(section => section.no !== '附')
  const no = SECTION_NUMBERS[numbered.length] ?? '十二'
  const advice = sectionOf(
    layout,
    { no, title: words.say('report.advice-title') },
    { paragraphs: [layout.advice], counted: false },
  )
  return [...numbered, advice, ...sections.filter(section => section.no === '附')]
}

function earliestEnd(shown: readonly ShownRecord[]): Day | null {
  let end: Day | null = null
  for (const { until } of shown) if (until !== null && (end === null || until < end)) end = until
  return end
}

export type SpecialScope = {
  readonly window: ReportWindow
  readonly domains: readonly Domain[]
  readonly until: Day | null
}

/**
 * 专项信用报告: violations of the window in the chosen domains (M136–M148). A record of a body with several domains stands in each of them,
 * because none of them may be called clean; the summary counts it once. The report is valid for the layout's months from its issue (M145),
 * but not beyond `until`, the end of the authorisation it is drawn under.
 */
export function composeSpecial(
  paper: Paper,
  layout: ReportLayout,
  records: readonly ReportedRecord[],
  { window, domains, until }: SpecialScope,
): Composed<SpecialReport> {
  const { words, issue, law } = paper
  const shown = records.flatMap(record => showRecord(paper, record, 'special-report', { day: issue.today, window }) ?? [])
  const isEverything = domains.length === law.domains.size
  const groups = groupByDomain(paper, shown, domains, isEverything)
  const used = [...new Set(groups.flatMap(group => group.records))]
  // What is registered is no violation: it is shown as the public report shows it.
  const registered = records.flatMap(record => {
    const one = showRecord(paper, record, 'public-report', { day: issue.today })
    return one?.item.report.section === 'registration' ? [one] : []
  })
  const sections: ReportSection[] = []
  for (const section of sectionsFor(layout, paper)) {
    if (section.section !== 'registration') {
      sections.push(sectionOf(layout, section, { paragraphs: pointers(paper, groups, section.section), counted: false }))
      continue
    }
    const registration = registrationSection(layout, section, paper, registered)
    sections.push(registration.section)
    used.push(...registration.used)
  }
  const months = addMonths(issue.today, layout.validMonths ?? 1)
  const validUntil = until !== null && until < months ? until : months
  const report: SpecialReport = {
    kind: 'special',
    ...coverOf(paper, layout),
    labels: labelsOf(paper, used),
    window: { ...window, sentence: words.say('report.window', { from: window.from, to: window.to }) },
    domains: groups.map(group => domainResult(paper, group)),
    criminalRecord: layout.criminalRecord ?? law.city.criminalRecord,
    summary: summaryOf(layout, used),
    sections,
    validUntil,
    notes: notesOf(paper, groups, domains.length, isEverything),
  }
  return { report, recordIds: used.map(one => one.recordId), until: validUntil }
}

type Group = { readonly name: string; readonly records: readonly ShownRecord[] }

function groupByDomain(
  { words }: Paper,
  shown: readonly ShownRecord[],
  domains: readonly Domain[],
  isEverything: boolean,
): Group[] {
  const groups: Group[] = domains.map(({ id, name }) => ({
    name,
    records: shown.filter(record => record.domains.includes(id)),
  }))
  const homeless = shown.filter(record => record.domains.length === 0)
  // A body without a domain cannot be chosen; where everything is asked for, its records must not get lost.
  if (isEverything && homeless.length > 0) groups.push({ name: words.say('report.domain-other'), records: homeless })
  return groups
}

function domainResult({ words }: Paper, { name, records }: Group): DomainResult {
  const count = records.length
  const result = count === 0 ? words.say('report.domain-none') : words.say('report.domain-found', { count })
  return { name, result, count, records: records.map(one => one.printed) }
}

/** 行政处罚：有2条，见明细第1条、第4条. Details are counted through all domains, as the paper prints them. */
function pointers({ words }: Paper, groups: readonly Group[], section: string): string[] {
  const numbers = new Map<ShownRecord, number>()
  let count = 0
  for (const { records } of groups)
    for (const record of records) {
      count += 1
      if (!numbers.has(record)) numbers.set(record, count)
    }
  const headings = new Map<string, number[]>()
  for (const [record, number] of numbers) {
    if (record.item.report.section !== section) continue
    const { heading } = record.item.report
    headings.set(heading, [...(headings.get(heading) ?? []), number])
  }
  return [...headings].map(([heading, found]) =>
    words.say('report.section-pointer', { heading, count: found.length, numbers: found.map(no => `第${no}条`).join('、') }),
  )
}

function notesOf({ words, issue }: Paper, groups: readonly Group[], chosen: number, isEverything: boolean): string[] {
  const notes = [words.say('report.note-known', { at: issue.issuedAt.slice(0, 16).replace('T', ' ') })]
  if (!isEverything) notes.push(words.say('report.note-domains', { count: chosen }))
  const all = groups.flatMap(group => group.records)
  if (new Set(all).size < all.length) notes.push(words.say('report.note-several-domains'))
  notes.push(words.say('report.note-renew', { address: new URL('/my/reports', issue.verifyUrl).href }))
  return notes
}
