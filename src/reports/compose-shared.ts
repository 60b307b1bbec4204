import type { Law } from '../law/law.ts'
import type { ReportLayout } from '../law/report-model.ts'
import type { Paper, ShownRecord } from './compose-record.ts'
import { type ReportRecord, type ReportSection, SECTION_NUMBERS } from './model.ts'

/* What both kinds of report have: cover, labels, sections of a layout, counts. Pure. */

type SectionNo = ReportSection['no']
type LayoutSection = ReportLayout['sections'][number]

const SOURCES_NAMED = 5

/** The cover and the parts that do not depend on the kind. */
export function coverOf(paper: Paper, layout: ReportLayout) {
  const { law, words, card, merged, issue } = paper
  const particulars = [
    { name: words.say('report.cover-status'), value: card.status ?? words.say('report.cover-unregistered') },
    ...(card.foundedOn ? [{ name: words.say('report.cover-founded'), value: card.foundedOn }] : []),
    ...(card.formerNames.length > 0
      ? [{ name: words.say('report.cover-former'), value: card.formerNames.map(former => former.name).join('、') }]
      : []),
    ...(merged.length > 0
      ? [
          {
            name: words.say('report.cover-merged'),
            value: merged.map(({ name, uscc }) => (uscc ? `${name}（${uscc}）` : name)).join('、'),
          },
        ]
      : []),
  ]
  return {
    title: layout.title,
    layoutEdition: words.say('report.edition', { day: layout.inForceFrom }),
    number: issue.number,
    issuedAt: issue.issuedAt,
    issuer: issuerOf(law),
    cityName: law.city.name,
    exampleCity: law.city.notice !== null,
    subject: {
      name: card.name,
      uscc: card.uscc ?? words.say('report.cover-no-code'),
      kindName: words.say(`report.kind-${card.kind}`),
      particulars,
    },
    statements: layout.statements,
    verifyCode: issue.code,
    verifyUrl: issue.verifyUrl,
  }
}

function issuerOf(law: Law): string {
  for (const unit of law.units.values()) if (unit.kind === 'credit-office' && unit.parent === null) return unit.name
  return law.city.contact.office
}

/** 主体标签: what departments decided, from records in force; the registrar's status first. Never a grade. */
export function labelsOf({ words, card }: Paper, shown: readonly ShownRecord[]): string[] {
  const labels: string[] = []
  const status = card.status?.replace(/[(（].*$/, '')
  if (status) labels.push(status)
  const has = (section: string, wanted: (record: ShownRecord) => boolean): boolean =>
    shown.some(record => record.item.report.section === section && wanted(record))
  if (has('honours', record => record.item.effect === 'favourable')) labels.push(words.say('report.label-honoured'))
  if (has('serious-lists', record => record.inForce)) labels.push(words.say('report.label-serious'))
  if (has('abnormal', record => record.inForce)) labels.push(words.say('report.label-abnormal'))
  return labels
}

/** The layout's sections that this kind of subject has. */
export function sectionsFor(layout: ReportLayout, paper: Paper): LayoutSection[] {
  return layout.sections.filter(section => section.subjects === undefined || section.subjects.includes(paper.card.kind))
}

/** The records of a section, by the item's place in the report, latest first. */
export function recordsIn(shown: readonly ShownRecord[], section: string): ShownRecord[] {
  // Records come latest first and sorting is stable.
  return shown.filter(record => record.item.report.section === section).sort((a, b) => a.item.report.order - b.item.report.order)
}

/** The counts of the summary, in the layout's order. */
export function summaryOf(layout: ReportLayout, shown: readonly ShownRecord[]): { label: string; count: number }[] {
  return layout.summary.map(({ label, sections }) => ({
    label,
    count: shown.filter(record => (sections as readonly string[]).includes(record.item.report.section)).length,
  }))
}

/** 来源 of a section: who reported its records and when the last of them came. */
export function sourceOf({ words }: Paper, records: readonly ShownRecord[]): string {
  if (records.length === 0) return ''
  const providers = [...new Set(records.map(record => record.provider))]
  const units =
    providers.length > SOURCES_NAMED
      ? words.say('report.sources-many', { units: providers.slice(0, SOURCES_NAMED).join('、'), count: providers.length })
      : providers.join('、')
  const last = records
    .map(record => record.receivedOn)
    .sort()
    .at(-1)
  return words.say('report.section-source', { units, on: last })
}

/** A section of the model. Throws on a number that no layout has. */
export function sectionOf(
  layout: ReportLayout,
  { no, title }: Pick<LayoutSection, 'no' | 'title'>,
  parts: { records?: ReportRecord[]; paragraphs?: string[]; source?: string; counted?: boolean },
): ReportSection {
  if (!(SECTION_NUMBERS as readonly string[]).includes(no)) throw new RangeError(`no section number: ${no}`)
  return {
    no: no as SectionNo,
    title,
    source: parts.source ?? '',
    counted: parts.counted ?? true,
    records: parts.records ?? [],
    paragraphs: parts.paragraphs ?? [],
    emptyText: layout.emptyText,
  }
}

/** 登记注册基础信息: the latest registration and what came after it; from the card where no registrar has reported yet. */
export function registrationSection(
  layout: ReportLayout,
  section: LayoutSection,
  paper: Paper,
  shown: readonly ShownRecord[],
): { section: ReportSection; used: readonly ShownRecord[] } {
  const records = recordsIn(shown, 'registration')
  const first = records[0]
  // A registration is said anew with every change: only the latest of the leading item is the subject's registration today.
  const used = records.filter(record => record === first || record.item.item !== first?.item.item)
  const printed =
    used.length > 0
      ? used.map(record => (record === first ? { ...record.printed, title: '' } : record.printed))
      : [fromCard(paper)]
  return { section: sectionOf(layout, section, { records: printed, source: sourceOf(paper, used), counted: false }), used }
}

function fromCard({ card, words }: Paper): ReportRecord {
  return {
    title: '',
    marks: [],
    fields: [
      { name: words.say('report.card-name'), value: card.name },
      { name: words.say('report.card-code'), value: card.uscc ?? '' },
      { name: words.say('report.card-kind'), value: words.say(`report.kind-${card.kind}`) },
    ],
    provenance: words.say('report.card-only-reported'),
  }
}
