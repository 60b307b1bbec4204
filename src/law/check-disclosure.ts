import { type Ground, type Report, reportTwice } from './ground.ts'
import type { CatalogueItem, PublicationRule } from './item-model.ts'
import type { Located } from './reading.ts'

/** What each item's record shows and for how long. */
export function checkDisclosure(ground: Ground, report: Report): void {
  const longest = longestRegime(ground)
  for (const item of ground.reading.items) {
    checkMode(ground, item, report)
    checkListing(item, report)
    checkBreaches(ground, item, report)
    const { retention, publication } = item.value
    const months = publicationMonths(publication, longest)
    if (months !== null && retention.years !== null && retention.years * 12 < months) {
      report('law.retention-too-short', item, ['retention', 'years'], { years: retention.years, months })
    }
    if (publication.rule === 'by-regime' && item.value.roles.penaltyKinds === undefined)
      report('law.by-regime-without-kinds', item, ['publication', 'rule'])
  }
  checkProhibited(ground, report)
}

/** The longest publication that any regime allows, in months: the national limit. */
export function longestRegime({ law }: Ground): number {
  return Math.max(0, ...law.regimes.flatMap(regime => regime.cases.map(one => one.atMostMonths ?? 0)))
}

/** How long a rule can publish, in months; null where it names no number. */
export function publicationMonths(rule: PublicationRule, longest: number): number | null {
  switch (rule.rule) {
    case 'by-regime':
      return longest
    case 'fixed':
      return rule.months
    case 'while-valid':
      return Math.max(rule.atMostMonths ?? 0, ...(rule.breaches ?? []).map(one => one.atMostMonths)) || null
    case 'while-listed':
      return rule.termMonths
    case 'never':
    case 'standing':
      return null
  }
}

/** True where a record of the item can be public: by its mode, or by its own column. */
export const mayBePublic = (item: CatalogueItem): boolean =>
  item.disclosure.mode === 'public' || item.disclosure.publicWhen !== undefined

/** The mode, the publication rule and the publication clock say the same. */
function checkMode({ law }: Ground, item: Located<CatalogueItem>, report: Report): void {
  const { disclosure, publication, clocks } = item.value
  const isPublic = mayBePublic(item.value)
  if (!isPublic && clocks.publish !== null) report('law.publish-clock-not-public', item, ['clocks', 'publish'])
  if (isPublic && publication.rule === 'never') report('law.public-never-shown', item, ['publication', 'rule'])
  if (!isPublic && publication.rule !== 'never')
    report('law.publication-not-public', item, ['publication', 'rule'], { mode: disclosure.mode })
  checkWhen(law, item, 'publicWhen', report)
  checkWhen(law, item, 'onlyWhen', report)
}

const WHEN_CODES = {
  publicWhen: ['law.public-when-column-unknown', 'law.public-when-value-unknown'],
  onlyWhen: ['law.only-when-column-unknown', 'law.only-when-value-unknown'],
} as const

/** What a record's own column opens or keeps back is a column of the item, and its texts are those of its code list. */
function checkWhen(law: Ground['law'], item: Located<CatalogueItem>, key: keyof typeof WHEN_CODES, report: Report): void {
  const when = item.value.disclosure[key]
  if (when === undefined) return
  const [noColumn, noValue] = WHEN_CODES[key]
  const column = item.value.fields.find(one => one.code === when.field)
  if (column === undefined) report(noColumn, item, ['disclosure', key, 'field'], { column: when.field })
  const texts = law.codeLists.get(column?.list ?? '')?.values.map(one => one.text) ?? []
  when.is.forEach((value, index) => {
    if (column && !texts.includes(value)) report(noValue, item, ['disclosure', key, 'is', index], { column: column.name, value })
  })
}

/** What makes a breach stands in the row itself: its columns are there, and say what their code lists say. */
function checkBreaches({ law }: Ground, item: Located<CatalogueItem>, report: Report): void {
  const { publication, fields } = item.value
  if (publication.rule !== 'while-valid') return
  const columnOf = (code: string) => fields.find(one => one.code === code)
  publication.breaches?.forEach(({ when, from, atLeastMonths, atMostMonths }, index) => {
    const at = ['publication', 'breaches', index]
    if (columnOf(from)?.type !== 'day') report('law.breach-column-unknown', item, [...at, 'from'], { column: from })
    if (atLeastMonths > atMostMonths) report('law.breach-months-inverted', item, [...at, 'atLeastMonths'])
    for (const [code, values] of Object.entries(when)) {
      const column = columnOf(code)
      const texts = law.codeLists.get(column?.list ?? '')?.values.map(one => one.text) ?? []
      const wrong = values.find(value => !texts.includes(value))
      if (column === undefined) report('law.breach-column-unknown', item, [...at, 'when', code], { column: code })
      else if (wrong !== undefined)
        report('law.breach-value-unknown', item, [...at, 'when', code], { column: column.name, value: wrong })
    }
  })
}

function checkListing(item: Located<CatalogueItem>, report: Report): void {
  const { nature, list, publication, roles, report: printed } = item.value
  const isWhileListed = publication.rule === 'while-listed'
  // An abnormal-operation register is no list of law/lists, but then the row itself must say when it ended.
  if (isWhileListed && list === undefined && roles.removedOn === undefined)
    report('law.while-listed-without-list', item, ['publication', 'rule'])
  else if (isWhileListed && publication.termMonths === null && roles.removedOn === undefined && roles.validUntil === undefined) {
    report('law.while-listed-without-end', item, ['publication', 'rule'])
  }
  if (nature === 'listing' && printed.section === 'serious-lists' && list === undefined)
    report('law.listing-without-list', item, ['nature'])
}

function checkProhibited({ reading }: Ground, report: Report): void {
  reportTwice(reading.prohibited, one => one.id, 'id', 'law.prohibited-duplicate', report)
  for (const ban of reading.prohibited) {
    ban.value.valuePatterns.forEach((pattern, index) => {
      if (!compiles(pattern)) report('law.prohibited-pattern', ban, ['valuePatterns', index], { pattern })
    })
  }
}

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    // The language tells a malformed pattern in no other way.
    return false
  }
}
