import type { AuthorisableClass } from './authorisation-model.ts'
import { cites, type Ground, LOCAL_BASIS, type Report, reportTwice } from './ground.ts'
import type { Located } from './reading.ts'

/** What may be granted: named classes of known items, none twice, nothing prohibited; what is sensitive says so by a law. */
export function checkAuthorisable(ground: Ground, report: Report): void {
  const { authorisableClasses: classes, authorisationPurposes: purposes, authorisationLimits: limits } = ground.reading
  reportTwice(classes, one => one.id, 'id', 'law.authorisable-class-duplicate', report)
  reportTwice(purposes, one => one.id, 'id', 'law.authorisation-purpose-duplicate', report)
  const classOf = new Map<string, string>()
  for (const at of classes) {
    checkItems(ground, at, classOf, report)
    checkSensitive(ground, at, report)
    checkProhibited(ground, at, report)
  }
  for (const at of limits)
    if (at.value.usualDays > at.value.longestDays) report('law.authorisation-term-inverted', at, ['usualDays'])
}

function checkItems({ law }: Ground, at: Located<AuthorisableClass>, classOf: Map<string, string>, report: Report): void {
  const { id, items, report: reported } = at.value
  if (items.length === 0 && reported === undefined) report('law.authorisable-class-empty', at, ['items'], { id })
  items.forEach((item, index) => {
    if (!law.items.has(item)) report('law.authorisable-item-unknown', at, ['items', index], { item })
    else if (classOf.has(item)) report('law.authorisable-item-twice', at, ['items', index], { item, other: classOf.get(item) })
    classOf.set(item, id)
  })
}

/** Adverse records of persons touch their dignity: a class that holds them is consented to apart by persons (PIPL 28, 29). */
function checkSensitive({ law }: Ground, at: Located<AuthorisableClass>, report: Report): void {
  const { sensitive, items, name } = at.value
  if (sensitive && !cites(law, sensitive.basis, LOCAL_BASIS))
    report('law.authorisable-sensitive-without-law', at, ['sensitive', 'basis'], { class: name })
  const isOfPersons = items.some(item =>
    law.items.get(item)?.some(edition => edition.effect === 'adverse' && edition.subjects.includes('natural-person')),
  )
  if (isOfPersons && !sensitive?.subjects.includes('natural-person'))
    report('law.authorisable-person-unnamed', at, [], { class: name })
}

/** What may never be collected is offered to nobody, not even by its name (principle 2). */
function checkProhibited({ law }: Ground, at: Located<AuthorisableClass>, report: Report): void {
  const never = law.prohibited.filter(one => one.allowed === 'never').flatMap(one => [one.name, ...one.headings])
  for (const key of ['name', 'shows'] as const) {
    const word = never.find(one => at.value[key].includes(one))
    if (word !== undefined) report('law.authorisable-prohibited', at, [key], { word })
  }
}
