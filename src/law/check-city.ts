import { isAssignedProvince } from '../subject/division.ts'
import { parseUscc } from '../subject/uscc.ts'
import type { Unit } from './city-model.ts'
import { type Ground, type Report, repeated, reportTwice } from './ground.ts'
import { unitNameKey } from './law.ts'
import type { Located } from './reading.ts'

/** The city itself, its units, and whether between them every item and every domain has somebody. */
export function checkCity(ground: Ground, report: Report): void {
  checkItself(ground, report)
  const { units } = ground.reading
  reportTwice(units, one => one.id, 'id', 'law.unit-duplicate', report)
  reportTwice(units, one => one.uscc, 'uscc', 'law.unit-uscc-duplicate', report)
  checkNames(units, report)
  for (const unit of units) {
    checkCode(ground, unit, report)
    checkParents(ground, unit, report)
    checkTasks(ground, unit, report)
  }
  checkCoverage(ground, report)
}

function checkItself({ reading }: Ground, report: Report): void {
  for (const city of reading.cities) {
    const { inventedPrefixes, counties, zone, notice } = city.value
    inventedPrefixes.forEach((prefix, index) => {
      if (isAssignedProvince(`${prefix}0101`))
        report('law.invented-prefix-assigned', city, ['inventedPrefixes', index], { prefix })
    })
    if (inventedPrefixes.length === 0 && city.value.secondFactor === 'optional')
      report('law.second-factor-optional', city, ['secondFactor'])
    if (inventedPrefixes.length > 0 && notice === null) report('law.invented-without-notice', city, ['notice'])
    for (const index of repeated(counties.map(one => one.id)))
      report('law.county-duplicate', city, ['counties', index, 'id'], { id: counties[index]?.id })
    if (!isZone(zone)) report('law.city-zone-unknown', city, ['zone'], { zone })
  }
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    // The platform tells an unknown zone in no other way.
    return false
  }
}

/** Files name units as they like: a name that two units carry would file a record under the wrong one. */
function checkNames(units: readonly Located<Unit>[], report: Report): void {
  const owner = new Map<string, string>()
  for (const unit of units) {
    const { id, name, shortName, aliases } = unit.value
    const names = [
      { key: 'name', name },
      ...(shortName === undefined ? [] : [{ key: 'shortName', name: shortName }]),
      ...aliases.map(alias => ({ key: 'aliases', name: alias })),
    ]
    for (const one of names) {
      const other = owner.get(unitNameKey(one.name))
      if (other !== undefined && other !== id) report('law.unit-name-ambiguous', unit, [one.key], { name: one.name, other })
      owner.set(unitNameKey(one.name), id)
    }
  }
}

function checkCode({ law }: Ground, unit: Located<Unit>, report: Report): void {
  const read = parseUscc(unit.value.uscc, { inventedPrefixes: law.city.inventedPrefixes })
  if (read.ok && read.value.uscc === unit.value.uscc) return
  const code = !read.ok && read.code === 'uscc.division-unknown' ? 'law.unit-uscc-prefix' : 'law.unit-uscc-invalid'
  report(code, unit, ['uscc'], { unit: unit.value.name, prefix: unit.value.uscc.slice(2, 4) })
}

function checkParents({ law }: Ground, unit: Located<Unit>, report: Report): void {
  const { parent, county, id } = unit.value
  if (county !== null && !law.city.counties.some(one => one.id === county))
    report('law.unit-county-unknown', unit, ['county'], { county })
  if (parent !== null && !law.units.has(parent)) report('law.unit-parent-unknown', unit, ['parent'], { parent })
  const seen = new Set([id])
  for (let above = parent; above !== null; above = law.units.get(above)?.parent ?? null) {
    if (above === id) report('law.unit-parent-cycle', unit, ['parent'], { unit: unit.value.name })
    if (seen.has(above)) return
    seen.add(above)
  }
}

function checkTasks({ law }: Ground, unit: Located<Unit>, report: Report): void {
  const { items, domains } = unit.value
  items.forEach((item, index) => {
    const editions = law.items.get(item)
    if (editions === undefined) report('law.unit-item-unknown', unit, ['items', index], { item })
    // The special report is chosen by domain: a violation outside every domain would make a false certificate.
    else if (domains.length === 0 && editions.some(one => one.report.violation))
      report('law.violation-without-domain', unit, ['items', index], { unit: unit.value.name, item })
  })
  unit.value.measures.forEach((id, index) => {
    const measure = law.measures.get(id)
    // What a court or the tax authority decides, no unit of the city takes here.
    if (measure?.row !== 'sub-measure' || measure.computed === 'never')
      report('law.unit-measure-unknown', unit, ['measures', index], { measure: id })
  })
  for (const index of repeated(items)) report('law.unit-item-twice', unit, ['items', index], { item: items[index] })
  domains.forEach((domain, index) => {
    if (!law.domains.has(domain)) report('law.unit-domain-unknown', unit, ['domains', index], { domain })
  })
}

function checkCoverage({ law, reading }: Ground, report: Report): void {
  const reported = new Set(reading.units.flatMap(one => one.value.items))
  for (const editions of Map.groupBy(reading.items, one => one.value.item).values()) {
    const latest = editions.at(-1)
    if (latest && !reported.has(latest.value.item)) report('law.item-without-unit', latest, ['item'], { item: latest.value.name })
  }
  const owned = new Set(reading.units.flatMap(one => one.value.domains))
  for (const domain of reading.domains) {
    if (law.units.size > 0 && !owned.has(domain.value.id))
      report('law.domain-without-unit', domain, ['id'], { domain: domain.value.name })
  }
}
