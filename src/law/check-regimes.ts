import { addDays } from '../base/day.ts'
import type { GravityTable, Regime, RegimeFile } from './disclosure-model.ts'
import { GRAVITIES } from './disclosure-model.ts'
import { type Ground, type Report, repeated } from './ground.ts'
import type { Path } from './place.ts'
import type { Located } from './reading.ts'

/** Publication regimes in time, their cases, and the table that gives a penalty its gravity. */
export function checkRegimes(ground: Ground, report: Report): void {
  const kinds = penaltyKinds(ground)
  for (const file of ground.reading.disclosures) {
    checkRegimeTimes(file, report)
    file.value.regimes.forEach((regime, index) => {
      const at = { ...file, value: regime, path: ['regimes', index] }
      checkCases(ground, at, kinds, report)
    })
    file.value.gravity.forEach((table, index) => {
      const at = { ...file, value: table, path: ['gravity', index] }
      checkGravity(at, kinds, report)
      checkThresholds(ground, at, table.thresholds, report)
    })
    checkGravityTimes(file, report)
    file.value.mirrors.forEach((mirror, index) => {
      if (!ground.law.domains.has(mirror.domain))
        report('law.mirror-domain-unknown', file, ['mirrors', index, 'domain'], { domain: mirror.domain })
    })
  }
}

/** The kinds of penalty a record can carry: the texts of the lists behind every item's `penaltyKinds`. */
function penaltyKinds({ law, reading }: Ground): ReadonlySet<string> {
  const lists = reading.items.map(({ value }) => value.fields.find(field => field.code === value.roles.penaltyKinds)?.list)
  return new Set(lists.flatMap(list => law.codeLists.get(list ?? '')?.values.map(one => one.text) ?? []))
}

function checkRegimeTimes(file: Located<RegimeFile>, report: Report): void {
  const regimes = file.value.regimes.map((value, index) => ({ value, index }))
  for (const index of repeated(regimes.map(one => one.value.id)))
    report('law.regime-duplicate', file, ['regimes', index, 'id'], { id: regimes[index]?.value.id })
  const sorted = [...regimes].sort((a, b) => (a.value.appliesFrom < b.value.appliesFrom ? -1 : 1))
  sorted.forEach(({ value, index }, position) => {
    const facts = { regime: value.id, day: value.appliesFrom }
    if (value.appliesUntil !== null && value.appliesUntil < value.appliesFrom)
      report('law.regime-range-inverted', file, ['regimes', index, 'appliesUntil'], facts)
    const earlier = sorted[position - 1]?.value
    if (earlier === undefined) return
    if (earlier.appliesUntil === null || earlier.appliesUntil >= value.appliesFrom)
      report('law.regime-overlap', file, ['regimes', index, 'appliesFrom'], facts)
    else if (addDays(earlier.appliesUntil, 1) < value.appliesFrom)
      report('law.regime-gap', file, ['regimes', index, 'appliesFrom'], facts)
  })
}

function checkCases({ law }: Ground, at: Located<Regime>, kinds: ReadonlySet<string>, report: Report): void {
  const { cases, id } = at.value
  const open = cases.findIndex(one => one.when.otherwise === true)
  if (open >= 0 && open < cases.length - 1) report('law.regime-case-unreachable', at, ['cases', open + 1, 'case'], { regime: id })
  // Either everything that is left has a case, or each gravity has one of its own.
  const plain = cases.filter(one => Object.keys(one.when).length === 1).map(one => one.when.gravity)
  if (open < 0 && !GRAVITIES.every(gravity => plain.includes(gravity)))
    report('law.regime-case-open', at, ['cases'], { regime: id })
  for (const index of repeated(cases.map(one => one.case)))
    report('law.regime-case-duplicate', at, ['cases', index, 'case'], { case: cases[index]?.case })
  cases.forEach((one, index) => {
    const path: Path = ['cases', index]
    if (Object.keys(one.when).length === 0) report('law.regime-case-empty', at, [...path, 'when'], { case: one.case })
    if (one.atLeastMonths !== null && one.atMostMonths !== null && one.atLeastMonths > one.atMostMonths) {
      report('law.regime-months-inverted', at, [...path, 'atLeastMonths'], {
        case: one.case,
        least: one.atLeastMonths,
        most: one.atMostMonths,
      })
    }
    if (one.shown && one.atMostMonths === null)
      report('law.regime-case-endless', at, [...path, 'atMostMonths'], { case: one.case })
    for (const key of ['onlyKinds', 'anyKind'] as const) {
      one.when[key]?.forEach((kind, position) => {
        if (kinds.size > 0 && !kinds.has(kind)) report('law.regime-kind-unknown', at, [...path, 'when', key, position], { kind })
      })
    }
    one.when.domains?.forEach((domain, position) => {
      if (!law.domains.has(domain)) report('law.regime-domain-unknown', at, [...path, 'when', 'domains', position], { domain })
    })
  })
}

function checkGravity(at: Located<GravityTable>, kinds: ReadonlySet<string>, report: Report): void {
  const given = at.value.kinds.map(one => one.kind)
  for (const index of repeated(given)) report('law.gravity-kind-duplicate', at, ['kinds', index, 'kind'], { kind: given[index] })
  for (const kind of kinds)
    if (!given.includes(kind)) report('law.gravity-kind-missing', at, ['kinds'], { kind, edition: at.value.edition })
  given.forEach((kind, index) => {
    if (kinds.size > 0 && !kinds.has(kind)) report('law.gravity-kind-unknown', at, ['kinds', index, 'kind'], { kind })
  })
}

type Thresholds = GravityTable['thresholds']

/** Amounts from which a fine is large or huge: in order, for a domain that exists, once for each. */
export function checkThresholds({ law }: Ground, at: Located<unknown>, thresholds: Thresholds, report: Report): void {
  for (const index of repeated(thresholds.map(one => one.domain))) {
    report('law.threshold-duplicate', at, ['thresholds', index, 'domain'], { domain: thresholds[index]?.domain })
  }
  thresholds.forEach((one, index) => {
    if (one.generalFrom >= one.seriousFrom)
      report('law.threshold-inverted', at, ['thresholds', index, 'generalFrom'], { domain: one.domain })
    if (one.domain !== '*' && !law.domains.has(one.domain))
      report('law.threshold-domain-unknown', at, ['thresholds', index, 'domain'], { domain: one.domain })
  })
}

function checkGravityTimes(file: Located<RegimeFile>, report: Report): void {
  const { gravity, regimes } = file.value
  const [firstTable] = gravity.map(one => one.inForceFrom).sort()
  const [firstRegime] = regimes.map(one => one.appliesFrom).sort()
  if (firstTable !== undefined && firstRegime !== undefined && firstTable > firstRegime) {
    const index = gravity.findIndex(one => one.inForceFrom === firstTable)
    report('law.gravity-starts-late', file, ['gravity', index, 'inForceFrom'], { day: firstTable, from: firstRegime })
  }
  for (const index of repeated(gravity.map(one => one.inForceFrom)))
    report('law.gravity-day-duplicate', file, ['gravity', index, 'inForceFrom'], { day: gravity[index]?.inForceFrom })
}
