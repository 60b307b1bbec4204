import type { Source } from './city-model.ts'
import type { Ground, Report } from './ground.ts'
import { columnOf, headingKey, type ItemEdition, isAssigned, type Law } from './law.ts'
import type { Field } from './model.ts'
import { ownListOf } from './own-lists.ts'
import type { Located } from './reading.ts'

/** Each department's file format against the item it reports. */
export function checkSources(ground: Ground, report: Report): void {
  for (const source of ground.reading.sources) {
    const { unit, item } = source.value
    if (!ground.law.units.has(unit)) report('law.source-unit-unknown', source, ['unit'], { unit })
    const edition = ground.law.items.get(item)?.at(-1)
    if (edition === undefined) {
      report('law.source-item-unknown', source, ['item'], { item })
      continue
    }
    if (ground.law.units.has(unit) && !isAssigned(ground.law, unit, item))
      report('law.source-not-assigned', source, ['item'], { unit, item })
    const about = { source, edition, law: ground.law, report }
    checkColumns(about)
    checkRequired(about)
    checkValues(about)
    checkUnits(about)
    checkExpected(about)
  }
}

type About = { readonly source: Located<Source>; readonly edition: ItemEdition; readonly law: Law; readonly report: Report }

function checkColumns({ source, edition, report }: About): void {
  const { columns, ignored, legacy, operation } = source.value
  const from = new Map<string, string>()
  for (const [heading, code] of Object.entries(columns)) {
    if (!edition.fieldByCode.has(code))
      report('law.source-column-unknown', source, ['columns', heading], { heading, column: code })
    const earlier = from.get(code)
    if (earlier !== undefined)
      report('law.source-column-twice', source, ['columns', heading], { heading, other: earlier, column: code })
    from.set(code, heading)
  }
  const mapped = new Set(Object.keys(columns).map(headingKey))
  ignored.forEach((heading, index) => {
    if (mapped.has(headingKey(heading))) report('law.source-ignored-mapped', source, ['ignored', index], { heading })
  })
  if (operation !== undefined && mapped.has(headingKey(operation)))
    report('law.source-operation-mapped', source, ['operation'], { heading: operation })
  if (legacy !== undefined && !edition.legacyByHeading.has(legacy))
    report('law.source-legacy-unknown', source, ['legacy'], { legacy, item: edition.name })
}

/** A required column comes from a mapped heading, from its own heading, or from a constant. */
function checkRequired({ source, edition, report }: About): void {
  const { columns, ignored, constants, legacy } = source.value
  const given = new Set([...Object.values(columns), ...Object.keys(constants)])
  const taken = new Set([...Object.keys(columns), ...ignored].map(headingKey))
  const isReached = (field: Field): boolean => {
    if (given.has(field.code)) return true
    const own = [field.code, field.name, ...field.aliases].filter(heading => !taken.has(headingKey(heading)))
    if (own.some(heading => columnOf(edition, heading, legacy) === field.code)) return true
    return [...edition.legacyByHeading.values()].some(older =>
      [...older].some(([heading, code]) => code === field.code && !taken.has(heading)),
    )
  }
  for (const field of edition.fields) {
    if (field.required && !isReached(field)) report('law.source-required-missing', source, ['columns'], { column: field.name })
  }
}

function checkValues({ source, edition, law, report }: About): void {
  const { values, constants } = source.value
  const isKnown = (code: string, value: string): boolean => {
    const list = law.codeLists.get(edition.fieldByCode.get(code)?.list ?? '')
    return list === undefined || list.openEnded || list.values.some(one => one.text === value || one.code === value)
  }
  for (const [code, mapping] of Object.entries(values)) {
    if (!edition.fieldByCode.has(code))
      report('law.source-column-unknown', source, ['values', code], { heading: code, column: code })
    for (const [theirs, ours] of Object.entries(mapping)) {
      if (!isKnown(code, ours))
        report('law.source-value-unknown', source, ['values', code, theirs], { column: code, value: ours })
    }
  }
  for (const [code, value] of Object.entries(constants)) {
    if (!edition.fieldByCode.has(code))
      report('law.source-column-unknown', source, ['constants', code], { heading: code, column: code })
    if (!isKnown(code, value)) report('law.source-value-unknown', source, ['constants', code], { column: code, value })
  }
}

function checkUnits({ source, edition, report }: About): void {
  for (const code of Object.keys(source.value.units)) {
    if (edition.fieldByCode.get(code)?.type !== 'amount')
      report('law.source-unit-not-amount', source, ['units', code], { column: code })
  }
}

/** Of a list that is decided here nothing is expected by file: its entries come from cases (principle 6). */
function checkExpected({ source, edition, law, report }: About): void {
  const { expect } = source.value
  if (expect === undefined) return
  if (expect.rows.atLeast > expect.rows.atMost) report('law.source-expect-inverted', source, ['expect', 'rows'])
  const own = ownListOf(law, edition)
  if (own?.namedIn === null) report('law.source-list-decided-here', source, ['expect'], { list: own.name, from: own.from })
}
