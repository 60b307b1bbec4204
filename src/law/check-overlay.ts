import { longestRegime, mayBePublic, publicationMonths } from './check-disclosure.ts'
import { checkThresholds } from './check-regimes.ts'
import type { Ground, Report } from './ground.ts'
import type { CatalogueItem } from './item-model.ts'
import type { Located } from './reading.ts'

/** What a city may not do: replace a national rule, show longer, restrict without statute, show persons. */
export function checkOverlay(ground: Ground, report: Report): void {
  const national = new Set(ground.reading.items.filter(one => one.file.origin === 'national').map(one => one.value.item))
  const longest = longestRegime(ground)
  for (const item of ground.reading.items) {
    if (item.file.origin !== 'city') continue
    if (national.has(item.value.item)) report('law.overlay-replaces-item', item, ['item'], { item: item.value.item })
    if (item.value.subjects.includes('natural-person') && mayBePublic(item.value))
      report('law.overlay-person-public', item, ['disclosure', 'mode'])
    checkLength(item, longest, report)
  }
  for (const measure of ground.reading.measures) {
    if (measure.file.origin === 'city' && measure.value.statutes.length === 0)
      report('law.overlay-measure-without-statute', measure, ['statutes'], { measure: measure.value.name })
  }
  checkLocalThresholds(ground, report)
}

function checkLength(item: Located<CatalogueItem>, longest: number, report: Report): void {
  const { publication, effect } = item.value
  const months = publicationMonths(publication, longest)
  if (months !== null && months > longest) report('law.overlay-publication-too-long', item, ['publication'], { months, longest })
  // What takes away needs an end of its own; a local rule cannot make it stand until somebody removes it.
  if (
    effect === 'adverse' &&
    (publication.rule === 'standing' || (publication.rule === 'while-listed' && publication.termMonths === null))
  ) {
    report('law.overlay-publication-endless', item, ['publication', 'rule'], { longest })
  }
}

function checkLocalThresholds(ground: Ground, report: Report): void {
  const national = new Set(ground.law.gravity.flatMap(table => table.thresholds.map(one => one.domain)))
  for (const table of ground.reading.cityGravity) {
    const { thresholds } = table.value
    checkThresholds(ground, table, thresholds, report)
    thresholds.forEach((one, index) => {
      if (national.has(one.domain))
        report('law.overlay-replaces-threshold', table, ['thresholds', index, 'domain'], { domain: one.domain })
    })
  }
}
