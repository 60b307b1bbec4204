import { cites, type Ground, LEGAL_DOCUMENTS, type Level, type Report, repeated } from './ground.ts'
import type { Path } from './place.ts'
import type { Located } from './reading.ts'
import { NEVER_REQUIRED, REPAIRED_THINGS, type RepairRegime, type RepairTransition } from './repair-model.ts'

/** What sets a publication period of its own against the general one: a law or an administrative regulation, nothing below. */
const OVERRIDING: ReadonlySet<Level> = new Set(['law', 'regulation'])

/** Words for what may never be a condition of repair, however a table calls it. */
const NEVER_WORDS = /培训|公益|慈善|捐|收费|缴费|付费|第三方.*报告|信用报告/

/** Repair: every regime has its table, every class its row, every step its clock; nothing forbidden is asked for. */
export function checkRepair(ground: Ground, report: Report): void {
  const { reading, law } = ground
  for (const regime of reading.repairs) {
    checkClasses(ground, regime, report)
    checkConditions(regime, report)
    checkForbidden(ground, regime, report)
    checkFalseMaterial(regime, report)
  }
  const held = new Set(reading.repairs.map(one => one.value.regime))
  for (const file of reading.disclosures) {
    file.value.regimes.forEach(({ id }, index) => {
      if (!held.has(id)) report('law.repair-regime-missing', file, ['regimes', index, 'id'], { regime: id })
    })
  }
  for (const file of reading.repairTransitions) checkTransition({ law, reading }, file, report)
}

function checkClasses({ law }: Ground, at: Located<RepairRegime>, report: Report): void {
  const { classes, others, regime: id } = at.value
  const regime = law.regimes.find(one => one.id === id)
  if (regime === undefined) {
    report('law.repair-regime-unknown', at, ['regime'], { regime: id })
    return
  }
  const cases = regime.cases.map(one => one.case)
  for (const [key, rows] of [
    ['classes', classes],
    ['others', others],
  ] as const) {
    rows.forEach((row, index) => {
      if (!cases.includes(row.case)) report('law.repair-class-unknown', at, [key, index, 'case'], { case: row.case, regime: id })
    })
  }
  for (const index of repeated(classes.map(one => one.case)))
    report('law.repair-class-duplicate', at, ['classes', index, 'case'], { case: classes[index]?.case })
  for (const one of cases)
    if (!classes.some(row => row.case === one)) report('law.repair-class-missing', at, ['classes'], { case: one, regime: id })
}

function checkConditions(at: Located<RepairRegime>, report: Report): void {
  const { conditions, deciders, clocks, regime } = at.value
  for (const wanted of ['period-reached', 'duty-performed', 'commitment-signed'] as const)
    if (!conditions.some(one => one.condition === wanted))
      report('law.repair-condition-missing', at, ['conditions'], { regime, condition: wanted })
  for (const of of REPAIRED_THINGS)
    if (!deciders.some(one => one.of === of)) report('law.repair-decider-missing', at, ['deciders'], { regime, of })
  deciders.forEach((one, index) => {
    if ((one.of === 'serious-list') !== (one.decider === 'listing-unit'))
      report('law.repair-decider-wrong', at, ['deciders', index, 'decider'], { of: one.of })
  })
  if (clocks.extend !== undefined && clocks.extend.times > 1)
    report('law.repair-extended-twice', at, ['clocks', 'extend', 'times'], { regime })
  if (clocks.decide.workingDays !== null && clocks.tell.workingDays === null)
    report('law.repair-result-untold', at, ['clocks', 'tell', 'workingDays'], { regime })
}

/** Order 36: three conditions and two materials. Training, charity, a fee, a third party's report are never asked for (X09). */
function checkForbidden({ law }: Ground, at: Located<RepairRegime>, report: Report): void {
  const { neverRequired, requires, conditions, materials, regime } = at.value
  if (NEVER_REQUIRED.some(one => !neverRequired.includes(one)))
    report('law.repair-never-incomplete', at, ['neverRequired'], { regime })
  const asked: readonly (readonly [Path, string])[] = [
    ...requires.map((one, index) => [['requires', index, 'what'], one.what] as const),
    ...conditions.map((one, index) => [['conditions', index, 'text'], one.text] as const),
    ...materials.map((one, index) => [['materials', index, 'name'], one.name] as const),
  ]
  for (const [path, text] of asked) if (NEVER_WORDS.test(text)) report('law.repair-requires-never', at, path, { what: text })
  requires.forEach((one, index) => {
    if (!cites(law, one.basis, LEGAL_DOCUMENTS))
      report('law.repair-requirement-basis', at, ['requires', index], { what: one.what })
  })
  const given = materials.map(one => one.material)
  for (const wanted of ['proof-of-performance', 'commitment'] as const)
    if (!given.includes(wanted)) report('law.repair-material-missing', at, ['materials'], { regime, material: wanted })
  materials.forEach((one, index) => {
    if (one.material === 'set-by-law' && !cites(law, one.basis, LEGAL_DOCUMENTS))
      report('law.repair-requirement-basis', at, ['materials', index], { what: one.name })
  })
}

/** A bar without an end is no bar that the law knows. */
function checkFalseMaterial(at: Located<RepairRegime>, report: Report): void {
  const { falseMaterial, regime } = at.value
  if (falseMaterial !== null && falseMaterial.barredMonths === null)
    report('law.repair-bar-endless', at, ['falseMaterial', 'barredMonths'], { regime })
}

function checkTransition({ law, reading }: Ground, at: Located<RepairTransition>, report: Report): void {
  const { overrides, mirrors } = at.value
  const kinds = new Set(law.gravity.flatMap(table => table.kinds.map(one => one.kind)))
  overrides.forEach((one, index) => {
    const path = ['overrides', index]
    if (!cites(law, one.basis, OVERRIDING)) report('law.repair-override-basis', at, path, { name: one.name })
    if (one.anyKind === undefined && one.domains === undefined) report('law.repair-override-open', at, path, { name: one.name })
    if (one.atLeastMonths !== null && one.atMostMonths !== null && one.atLeastMonths > one.atMostMonths)
      report('law.repair-override-inverted', at, [...path, 'atLeastMonths'], { name: one.name })
    one.anyKind?.forEach((kind, position) => {
      if (!kinds.has(kind)) report('law.repair-kind-unknown', at, [...path, 'anyKind', position], { kind })
    })
  })
  const mirrored = reading.disclosures.flatMap(file => file.value.mirrors.map(one => one.domain))
  mirrors.forEach((one, index) => {
    if (!mirrored.includes(one.domain))
      report('law.repair-mirror-unknown', at, ['mirrors', index, 'domain'], { domain: one.domain })
    one.notEarly.forEach((kind, position) => {
      if (!kinds.has(kind)) report('law.repair-kind-unknown', at, ['mirrors', index, 'notEarly', position], { kind })
    })
  })
}
