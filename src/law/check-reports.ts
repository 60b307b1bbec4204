import { addDays } from '../base/day.ts'
import { type Ground, type Report, repeated, reportTwice } from './ground.ts'
import type { Located } from './reading.ts'
import type { ReportLayout } from './report-model.ts'

const DOMAINS = 45
const SUMMARY_COUNTS = 8

/** The special report's domains and the layouts of both reports. */
export function checkReports(ground: Ground, report: Report): void {
  checkDomains(ground, report)
  for (const kind of ['public', 'special'] as const) {
    const layouts = ground.reading.layouts.filter(one => one.value.layout === kind)
    for (const layout of layouts) checkLayout(layout, report)
    checkLayoutTimes(layouts, report)
  }
  checkSectionsOfItems(ground, report)
}

function checkDomains({ reading }: Ground, report: Report): void {
  const { domains } = reading
  const first = domains[0]
  if (first && domains.length !== DOMAINS)
    report('law.domain-count', { ...first, path: [] }, ['domains'], { count: domains.length, wanted: DOMAINS })
  reportTwice(domains, one => one.id, 'id', 'law.domain-duplicate', report)
  reportTwice(domains, one => String(one.order), 'order', 'law.domain-order-duplicate', report)
}

function checkLayout(at: Located<ReportLayout>, report: Report): void {
  const { layout, sections, summary, windows, validMonths, criminalRecord, inForceFrom, inForceUntil } = at.value
  if (inForceUntil !== null && inForceUntil < inForceFrom) report('law.layout-range-inverted', at, ['inForceUntil'])
  if (sections.length === 0) report('law.layout-empty', at, ['sections'])
  if (layout === 'public' && summary.length !== SUMMARY_COUNTS)
    report('law.layout-summary-count', at, ['summary'], { count: summary.length, wanted: SUMMARY_COUNTS })
  const held = new Set(sections.map(one => one.section))
  summary.forEach((count, index) => {
    const missing = count.sections.find(section => !held.has(section))
    if (missing)
      report('law.layout-summary-section', at, ['summary', index, 'sections'], { label: count.label, section: missing })
  })
  // The same section may stand once for each kind of subject.
  const places = sections.map(one => `${one.section} ${one.subjects?.join() ?? ''}`)
  for (const index of repeated(places))
    report('law.layout-section-twice', at, ['sections', index, 'section'], { section: sections[index]?.section })
  if (layout !== 'special') return
  if (windows.length === 0) report('law.layout-without-windows', at, [])
  if (validMonths === null) report('law.layout-without-validity', at, ['validMonths'])
  if (criminalRecord === undefined) report('law.layout-without-criminal-record', at, [])
}

function checkLayoutTimes(layouts: readonly Located<ReportLayout>[], report: Report): void {
  const sorted = [...layouts].sort((a, b) => (a.value.inForceFrom < b.value.inForceFrom ? -1 : 1))
  sorted.slice(1).forEach((later, index) => {
    const end = sorted[index]?.value.inForceUntil
    if (end === undefined) return
    const facts = { layout: later.value.layout, day: later.value.inForceFrom }
    if (end === null || end >= later.value.inForceFrom) report('law.layout-overlap', later, ['inForceFrom'], facts)
    else if (addDays(end, 1) < later.value.inForceFrom) report('law.layout-gap', later, ['inForceFrom'], facts)
  })
}

/** An item whose section no layout prints would vanish from the report; a violation outside the special report likewise. */
function checkSectionsOfItems({ reading, law }: Ground, report: Report): void {
  const sectionsOf = (layout: ReportLayout['layout']) =>
    new Set(law.layouts.filter(one => one.layout === layout).flatMap(one => one.sections.map(section => section.section)))
  const [inPublic, inSpecial] = [sectionsOf('public'), sectionsOf('special')]
  for (const item of reading.items) {
    const { section, violation } = item.value.report
    if (!inPublic.has(section)) report('law.item-section-missing', item, ['report', 'section'], { section })
    if (violation && !inSpecial.has(section)) report('law.violation-section-missing', item, ['report', 'section'], { section })
    if (violation && item.value.effect !== 'adverse') report('law.violation-not-adverse', item, ['report', 'violation'])
  }
}
