import { addDays } from '../base/day.ts'
import { mayBePublic } from './check-disclosure.ts'
import type { Ground, Report } from './ground.ts'
import { repeated, reportTwice } from './ground.ts'
import type { CatalogueItem } from './item-model.ts'
import type { CodeList } from './model.ts'
import type { Located } from './reading.ts'

const CLASSES = Array.from({ length: 13 }, (_, index) => String(index + 1).padStart(2, '0'))

/** Classes, code lists, and each item as a whole: its editions, who it is about, what may not be asked. */
export function checkItems(ground: Ground, report: Report): void {
  checkClasses(ground, report)
  checkCodeLists(ground, report)
  checkEditions(ground, report)
  for (const item of ground.reading.items) {
    if (!ground.law.classes.has(item.value.class)) report('law.item-class-unknown', item, ['class'], { class: item.value.class })
    checkPeople(ground, item, report)
  }
}

function checkClasses({ reading }: Ground, report: Report): void {
  reportTwice(reading.classes, one => one.id, 'id', 'law.class-duplicate', report)
  const first = reading.classes[0]
  const held = new Set(reading.classes.map(one => one.value.id))
  for (const id of CLASSES) if (first && !held.has(id)) report('law.class-missing', first, [], { class: id })
  const used = new Set(reading.items.map(one => one.value.class))
  for (const one of reading.classes)
    if (!used.has(one.value.id)) report('law.class-without-item', one, ['id'], { class: one.value.name })
}

function checkCodeLists({ reading }: Ground, report: Report): void {
  reportTwice(reading.codeLists, one => one.list, 'list', 'law.code-list-duplicate', report)
  for (const list of reading.codeLists) checkValues(list, report)
}

function checkValues(list: Located<CodeList>, report: Report): void {
  const { values } = list.value
  for (const index of repeated(values.map(one => one.code)))
    report('law.code-duplicate', list, ['values', index, 'code'], { value: values[index]?.code })
  const owner = new Map<string, number>()
  values.forEach((one, index) => {
    for (const text of [one.text, ...one.aliases]) {
      const earlier = owner.get(text)
      if (earlier !== undefined) report('law.code-text-duplicate', list, ['values', index], { value: text })
      owner.set(text, index)
    }
  })
}

/** The editions of one item follow each other day by day. */
function checkEditions({ reading }: Ground, report: Report): void {
  const items = Map.groupBy(reading.items, one => one.value.item)
  for (const editions of items.values()) {
    for (const one of editions) {
      const { inForceFrom, inForceUntil, inForceFrom: from } = one.value
      if (inForceUntil !== null && inForceUntil < inForceFrom)
        report('law.item-range-inverted', one, ['inForceUntil'], { from, until: inForceUntil })
      if (one.file.edition && one.file.edition.inForceFrom !== from)
        report('law.database-day-differs', one, ['inForceFrom'], { day: one.file.edition.inForceFrom })
    }
    const sorted = [...editions].sort((a, b) => (a.value.inForceFrom < b.value.inForceFrom ? -1 : 1))
    sorted.slice(1).forEach((later, index) => {
      const earlier = sorted[index]
      if (earlier && earlier.file.origin === later.file.origin) checkSuccession(earlier.value, later, report)
    })
  }
}

function checkSuccession(earlier: CatalogueItem, later: Located<CatalogueItem>, report: Report): void {
  const facts = { item: later.value.item, day: later.value.inForceFrom }
  if (earlier.inForceUntil === null || earlier.inForceUntil >= later.value.inForceFrom) {
    report('law.item-overlap', later, ['inForceFrom'], facts)
  } else if (addDays(earlier.inForceUntil, 1) < later.value.inForceFrom) report('law.item-gap', later, ['inForceFrom'], facts)
}

const plain = (text: string): string => text.normalize('NFKC').replace(/[\s()]/g, '')

/** Principles 2 and 9: what a person's record may not hold, and that it is never public. */
function checkPeople({ reading }: Ground, at: Located<CatalogueItem>, report: Report): void {
  const { subjects, effect, disclosure, mayFileByNameAlone, fields } = at.value
  if (effect === 'adverse' && mayFileByNameAlone) report('law.item-adverse-by-name', at, ['mayFileByNameAlone'])
  if (!subjects.includes('natural-person')) return
  if (subjects.length === 1 && mayBePublic(at.value) && at.file.origin === 'national')
    report('law.item-person-public', at, ['disclosure', 'mode'])
  for (const { value: ban } of reading.prohibited) {
    // With consent a heading is refused only where nobody can have consented: the item is not disclosed by authorisation.
    if (ban.allowed === 'with-consent' && disclosure.mode === 'authorised') continue
    const headings = ban.headings.map(plain)
    fields.forEach((field, index) => {
      const own = [field.name, ...field.aliases].map(plain)
      if (own.some(one => headings.includes(one)))
        report('law.item-prohibited-heading', at, ['fields', index, 'name'], { heading: field.name, kind: ban.name })
    })
  }
}
