import { addDays, addMonths, type Day, later } from '../base/day.ts'
import type { Breach } from '../disclosure/breach.ts'
import { gravityOf } from '../disclosure/gravity.ts'
import type { DisclosureLaw, PeriodFacts, Reason } from '../disclosure/model.ts'
import { effectPeriod, publicationPeriod } from '../disclosure/period.ts'
import { caseOf, type RegimeCase } from '../disclosure/regime-case.ts'
import { GRAVITIES, type Gravity, type Regime } from '../law/disclosure-model.ts'
import type { CatalogueItem } from '../law/item-model.ts'
import { instrumentInForce, type Law } from '../law/law.ts'
import type { ListRule } from '../law/list-model.ts'
import { listPeriodOf } from '../law/lists.ts'
import type { RepairCondition, RepairedThing, RepairOverride, RepairRegime } from '../law/repair-model.ts'

/*
 * The terms of repair, from the tables alone. A minimum of months ends on the corresponding day (民法典 201, 202): one may apply from the
 * day after it.
 */

export type RepairLawPart = DisclosureLaw & Pick<Law, 'repair' | 'lists' | 'instruments'>

/** What is known of a record when somebody asks for its repair. Any `DisclosedRecord` is one, with what a case adds. */
export type RepairFacts = PeriodFacts & {
  readonly item: CatalogueItem
  /** The ground of a listing, by the id of the list's table. */
  readonly ground?: string | null
  /** The day on which the conduct was corrected, where the case knows it. */
  readonly correctedOn?: Day | null
}

/** `mirrored`: a court, the tax authority or another publisher decides in its own system; the platform shows the result. */
export type RepairDecider = 'deciding-unit' | 'listing-unit' | 'mirrored'

export type RepairTerms = {
  readonly what: RepairedThing
  /** The regime of the day of application; null before the first. */
  readonly regime: string | null
  /** Null where the class turns on fields and kinds instead, or nobody has given it. */
  readonly class: Gravity | null
  readonly decider: RepairDecider
  /** Whose decision is mirrored. */
  readonly publisher: string | null
  readonly repairable: boolean
  /** The first day on which one may apply; null where it cannot be told (see `because`). */
  readonly earliest: Day | null
  /** The last day of publication or effect, after which it ends by itself; null where it has no end or is not shown. */
  readonly latest: Day | null
  readonly conditions: readonly Pick<RepairCondition, 'condition' | 'text' | 'checked'>[]
  readonly because: readonly Reason[]
}

/**
 * What repair asks for, for one record, on the day of application. A later day never makes the first day later: a new regime can only shorten.
 * Nothing is refused here; a record that cannot be repaired here is answered with `repairable: false` and why.
 */
export function repairTerms(law: RepairLawPart, facts: RepairFacts, applicationDay: Day): RepairTerms {
  const what = thingOf(facts.item)
  const regime = law.regimes.find(one => one.appliesFrom <= applicationDay && within(one, applicationDay))
  const table = regime && law.repair.regimes.get(regime.id)
  const end = endOf(law, facts, what, applicationDay)
  const found = { what, regime: regime?.id ?? null, latest: end.on, conditions: table?.conditions ?? [] }
  if (facts.item.effect !== 'adverse' && !facts.breach) return { ...found, ...NOTHING, decider: deciderOf(what) }
  // What a unit of this city has found to be broken is repaired by it, whoever publishes its penalties.
  const mirrored = facts.breach ? null : mirrorOf(law, facts, what)
  if (mirrored)
    return { ...found, ...mirrored, class: null, decider: 'mirrored', earliest: null, because: [mirrored.because, end.because] }
  if (!regime || !table) {
    const because = { code: 'repair.no-regime', basis: null, facts: { on: applicationDay } }
    return { ...found, ...NOBODY, decider: deciderOf(what), class: null, repairable: false, because: [because] }
  }
  const list = listOf(law, facts)
  const classed = classOf(law, regime, table, facts, what)
  const start = list?.exit.early ? listStart(law, list, facts) : startOf(law, facts, what, applicationDay)
  const repairable = classed.row?.repairable ?? true
  return {
    ...found,
    class: classed.gravity,
    decider: table.deciders.find(one => one.of === what)?.decider ?? deciderOf(what),
    publisher: null,
    repairable,
    earliest: repairable ? start.on : null,
    conditions: conditionsOf(table, list),
    because: [...start.because, ...classed.because, end.because],
  }
}

const NOTHING = {
  class: null,
  publisher: null,
  repairable: false,
  earliest: null,
  conditions: [],
  because: [{ code: 'repair.not-adverse', basis: null, facts: {} }],
} as const
const NOBODY = { publisher: null, earliest: null } as const
const within = (regime: Regime, day: Day): boolean => regime.appliesUntil === null || day <= regime.appliesUntil
const deciderOf = (what: RepairedThing): RepairDecider => (what === 'serious-list' ? 'listing-unit' : 'deciding-unit')

/** The class of the registers of abnormal operation or activity (law/catalogue/classes.yaml). */
const ABNORMAL = '05'

function thingOf(item: CatalogueItem): RepairedThing {
  if (item.list !== undefined) return 'serious-list'
  return item.class === ABNORMAL ? 'abnormal-register' : 'penalty'
}

const listOf = (law: RepairLawPart, { item }: RepairFacts): ListRule | undefined => law.lists.get(item.list ?? '')

/** Whose own system decides: the list's, or the publisher of the domain. */
function mirrorOf(
  law: RepairLawPart,
  facts: RepairFacts,
  what: RepairedThing,
): { readonly publisher: string; readonly repairable: boolean; readonly because: Reason } | null {
  const list = listOf(law, facts)
  if (list?.platformRole === 'mirror') {
    const because = { code: 'repair.list-mirrored', basis: list.basis[0] ?? null, facts: { authority: list.authority } }
    return { publisher: list.authority, repairable: true, because }
  }
  const mirror = list ? undefined : law.mirrors.find(one => facts.domains.includes(one.domain))
  if (mirror === undefined) return null
  const own = law.repair.mirrors.find(one => one.domain === mirror.domain)
  const never = what === 'penalty' ? facts.penaltyKinds.find(kind => own?.notEarly.includes(kind)) : undefined
  const { publisher } = mirror
  const basis = own?.basis[0] ?? mirror.basis[0] ?? null
  if (never !== undefined)
    return { publisher, repairable: false, because: { code: 'repair.not-early', basis, facts: { publisher, kind: never } } }
  return { publisher, repairable: true, because: { code: 'repair.mirrored', basis, facts: { publisher } } }
}

type Start = { readonly on: Day | null; readonly because: readonly Reason[] }

/** The day after the shortest minimum of every regime from the act's day to the application; a statute's own minimum stands above them. */
function startOf(law: RepairLawPart, facts: RepairFacts, what: RepairedThing, applicationDay: Day): Start {
  if (facts.breach) return breachStart(facts.breach)
  const own = what === 'penalty' ? overrideOf(law, facts, applicationDay) : undefined
  if (own !== undefined && own.atLeastMonths !== null) {
    const on = afterMonths(facts.decidedOn, own.atLeastMonths)
    return {
      on,
      because: [
        {
          code: 'repair.from-statute',
          basis: own.basis[0] ?? null,
          facts: { name: own.name, months: own.atLeastMonths, from: on },
        },
      ],
    }
  }
  const tried: Minimum[] = []
  const because: Reason[] = []
  for (const regime of law.regimes) {
    if (!within(regime, facts.decidedOn) || regime.appliesFrom > applicationDay) continue
    const row = rowOf(law, regime, facts, what)
    if ('waits' in row) because.push(row.waits)
    else tried.push({ regime, row: row.row, months: row.row.atLeastMonths ?? 0 })
  }
  tried.sort((a, b) => a.months - b.months)
  const [shortest] = tried
  if (shortest === undefined) return { on: null, because }
  return {
    on: afterMonths(facts.decidedOn, shortest.months),
    because: [...tried.map(one => minimumReason(one, facts)), ...transitionReason(law, tried), ...because],
  }
}

function breachStart({ on, atLeastMonths: months, basis }: Breach): Start {
  const from = afterMonths(on, months)
  return { on: from, because: [{ code: 'repair.from-breach', basis, facts: { on, months, from } }] }
}

type Minimum = { readonly regime: Regime; readonly row: RegimeCase; readonly months: number }

function minimumReason({ regime, row, months }: Minimum, facts: RepairFacts): Reason {
  const from = afterMonths(facts.decidedOn, months)
  const code = months === 0 ? 'repair.from-no-minimum' : 'repair.from-minimum'
  return { code, basis: row.basis[0] ?? null, regime: regime.id, facts: { regime: regime.name, months, from } }
}

/** Where more than one regime was asked, which rule chose. */
function transitionReason(law: RepairLawPart, tried: readonly Minimum[]): Reason[] {
  return tried.length < 2 ? [] : [{ code: 'repair.shortest', basis: law.repair.transition.basis[0] ?? null, facts: {} }]
}

const afterMonths = (from: Day, months: number): Day => (months === 0 ? from : addDays(addMonths(from, months), 1))

/** A list with a way out of its own: its months from the listing or from the correction, whatever the general classes say. */
function listStart(law: RepairLawPart, list: ListRule, facts: RepairFacts): Start {
  const { early } = list.exit
  if (early === null) return { on: null, because: [] }
  const named = { list: list.name, months: early.afterMonths }
  const rule: Reason = {
    code: 'repair.list-own-rule',
    basis: law.repair.listsOwnRule.basis[0] ?? null,
    facts: { list: list.name },
  }
  const basis = early.basis[0] ?? null
  if (early.from === 'correction') {
    if (!facts.correctedOn) return { on: null, because: [{ code: 'repair.waits-correction', basis, facts: named }, rule] }
    const from = afterMonths(facts.correctedOn, early.afterMonths)
    return { on: from, because: [{ code: 'repair.from-correction', basis, facts: { ...named, from } }, rule] }
  }
  const from = afterMonths(facts.decidedOn, early.afterMonths)
  return { on: from, because: [{ code: 'repair.from-listing', basis, facts: { ...named, from } }, rule] }
}

type Row = { readonly row: RegimeCase; readonly gravity: Gravity | null } | { readonly waits: Reason }

/** The case of a regime for the record: by kinds and class for a penalty, by the repair table for what is none. */
function rowOf(law: RepairLawPart, regime: Regime, facts: RepairFacts, what: RepairedThing): Row {
  if (what !== 'penalty') {
    const named = law.repair.regimes.get(regime.id)?.others.find(one => one.what === what)?.case
    const row = regime.cases.find(one => one.case === named)
    return row ? { row, gravity: row.when.gravity ?? null } : { waits: noCase(regime) }
  }
  const direct = caseOf(regime, facts, null)
  if (direct !== undefined && direct !== 'needs-gravity') return { row: direct, gravity: direct.when.gravity ?? null }
  const found = gravityOf(law, facts, later(regime.appliesFrom, facts.decidedOn))
  if (!('gravity' in found)) return { waits: found.because }
  const row = caseOf(regime, facts, found.gravity)
  return row === undefined || row === 'needs-gravity' ? { waits: noCase(regime) } : { row, gravity: found.gravity }
}

const noCase = (regime: Regime): Reason => ({
  code: 'repair.no-case',
  basis: regime.basis[0] ?? null,
  regime: regime.id,
  facts: { regime: regime.name },
})

type Classed = {
  readonly gravity: Gravity | null
  readonly row: RepairRegime['classes'][number] | undefined
  readonly because: readonly Reason[]
}

/** The class under the regime of the application, and the row of its repair table. */
function classOf(law: RepairLawPart, regime: Regime, table: RepairRegime, facts: RepairFacts, what: RepairedThing): Classed {
  if (facts.breach) {
    const { gravity } = facts.breach
    return { gravity, row: table.classes.find(one => one.case === gravity), because: [] }
  }
  const found = rowOf(law, regime, facts, what)
  if ('waits' in found) return { gravity: null, row: undefined, because: [found.waits] }
  const row = table.classes.find(one => one.case === found.row.case)
  const gravity = found.gravity ?? GRAVITIES.find(one => one === found.row.case) ?? null
  const because =
    row?.repairable === false ? [{ code: 'repair.not-repairable', basis: row.basis[0] ?? null, facts: { class: row.text } }] : []
  return { gravity, row, because }
}

/** The law or regulation with a period of its own, in force on the day of application. */
function overrideOf(law: RepairLawPart, facts: RepairFacts, on: Day): RepairOverride | undefined {
  return law.repair.overrides.find(one => {
    if (one.anyKind && !facts.penaltyKinds.some(kind => one.anyKind?.includes(kind))) return false
    if (one.domains && !facts.domains.some(domain => one.domains?.includes(domain))) return false
    return one.basis.some(basis => {
      const instrument = law.instruments.get(basis.split('#')[0] ?? '')
      return instrument !== undefined && instrumentInForce(instrument, on)
    })
  })
}

type EndOf = { readonly on: Day | null; readonly because: Reason }

/** The day on which it ends by itself: the end of publication, for a listing the end of its effect, for a statute its own maximum if earlier. */
function endOf(law: RepairLawPart, facts: RepairFacts, what: RepairedThing, today: Day): EndOf {
  if (what === 'serious-list') return listEnd(law, facts)
  const period = publicationPeriod(law, facts.item, facts, today)
  const [because = { code: 'repair.no-end', basis: null, facts: {} }] = period.because
  const shown = period.shown ? period.until : null
  const own = what === 'penalty' && !facts.breach ? overrideOf(law, facts, today) : undefined
  if (!own || own.atMostMonths === null || !period.shown) return { on: shown, because }
  const until = addMonths(facts.decidedOn, own.atMostMonths)
  if (shown !== null && shown <= until) return { on: shown, because }
  return {
    on: until,
    because: {
      code: 'repair.until-statute',
      basis: own.basis[0] ?? null,
      facts: { name: own.name, months: own.atMostMonths, until },
    },
  }
}

function listEnd(law: RepairLawPart, facts: RepairFacts): EndOf {
  const { until } = effectPeriod(facts.item, facts)
  const list = listOf(law, facts)
  const period = list && facts.ground ? listPeriodOf(list, facts.ground) : undefined
  const own = period && period.months !== null ? addMonths(facts.decidedOn, period.months) : null
  const on = own !== null && (until === null || own < until) ? own : until
  const basis = (period ?? list?.exit)?.basis[0] ?? null
  if (on === null) return { on, because: { code: 'repair.list-without-term', basis, facts: { list: list?.name ?? null } } }
  return { on, because: { code: 'repair.until-list-term', basis, facts: { list: list?.name ?? null, until: on } } }
}

/** The three conditions, and those of a list's own way out. */
function conditionsOf(table: RepairRegime, list: ListRule | undefined): RepairTerms['conditions'] {
  const own = list?.exit.early?.conditions ?? []
  return [...table.conditions, ...own.map(text => ({ condition: 'set-by-law' as const, text, checked: 'officer' as const }))]
}
