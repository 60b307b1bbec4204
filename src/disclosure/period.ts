import { addDays, addMonths, type Day, later } from '../base/day.ts'
import type { Regime } from '../law/disclosure-model.ts'
import type { CatalogueItem } from '../law/item-model.ts'
import type { Breach } from './breach.ts'
import { gravityOf, nothingPunished } from './gravity.ts'
import type { DisclosureLaw, Period, PeriodFacts, Reason } from './model.ts'
import { caseOf, type RegimeCase } from './regime-case.ts'

/*
 * From when until when a record is shown. The end is a day, never a job: whoever holds the answer compares it with the legal day.
 * A period of months counts from the day after the act and ends on the corresponding day (民法典 201, 202), which is still shown.
 */

/** A day that ends the publication, and why: the rule, then how the class it turned on was found. */
type End = { readonly on: Day; readonly because: Reason; readonly classed?: Reason }

/** Beyond every regime: the day of a question that wants the whole law as it is known. */
const ALWAYS = '9999-12-31' as Day

/** The reason a record is not shown to anyone who asks for the public. */
export const NOT_PUBLIC = {
  person: { code: 'publication.natural-person', basis: 'sd-reg#20', facts: {} },
  noPenalty: { code: 'publication.no-penalty', basis: 'apl#33', facts: {} },
} as const satisfies Record<string, Reason>

/**
 * The publication of a record under an item's rule. The answer is monotone: a later `today` never makes a record public that had ended.
 *
 * `today` separates regimes in force from known later ones. Both bind: one in force decides in full, a later one ends the publication no
 * earlier than the eve of its first day. Without `today` every regime of the law is taken as in force.
 */
export function publicationPeriod(law: DisclosureLaw, item: CatalogueItem, facts: PeriodFacts, today: Day = ALWAYS): Period {
  if (facts.subjectKind === 'natural-person') return { shown: false, because: [NOT_PUBLIC.person] }
  const rule = item.publication
  const basis = rule.basis[0] ?? null
  switch (rule.rule) {
    case 'never':
      return { shown: false, because: [{ code: 'publication.not-public-item', basis, facts: {} }] }
    case 'standing':
      return between(facts, [], { code: 'publication.while-standing', basis, facts: {} })
    case 'while-valid': {
      if (facts.breach) return ofBreach(facts, facts.breach)
      const ends = facts.validUntil
        ? [{ on: facts.validUntil, because: { code: 'publication.end-of-validity', basis, facts: { until: facts.validUntil } } }]
        : []
      return between(facts, [...ends, ...afterMonths(facts, rule.atMostMonths ?? null, basis)], {
        code: 'publication.while-valid',
        basis,
        facts: {},
      })
    }
    case 'while-listed': {
      const ends = facts.validUntil
        ? [{ on: facts.validUntil, because: { code: 'publication.end-of-listing', basis, facts: { until: facts.validUntil } } }]
        : []
      return between(facts, [...ends, ...afterMonths(facts, rule.termMonths, basis)], {
        code: 'publication.while-listed',
        basis,
        facts: {},
      })
    }
    case 'fixed':
      return between(facts, afterMonths(facts, rule.months, basis), { code: 'publication.fixed', basis, facts: {} })
    case 'by-regime':
      return byRegime(law, facts, today)
  }
}

/** A breach is shown from the day on which it was found, whatever the promise's own validity. */
function ofBreach(facts: PeriodFacts, { on, atMostMonths: months, basis }: Breach): Period {
  const until = addMonths(on, months)
  const because = { code: 'publication.end-of-breach', basis, facts: { on, months, until } }
  return between({ ...facts, decidedOn: on }, [{ on: until, because }], because)
}

/**
 * From when until when a listing is in force, whoever it is about and whether or not it is published: from the entry to the end of its
 * own validity, its term, or the eve of its removal.
 */
export function effectPeriod(item: CatalogueItem, facts: PeriodFacts): { readonly from: Day; readonly until: Day | null } {
  let until: Day | null = facts.validUntil
  const rule = item.publication
  if (rule.rule === 'while-listed' && rule.termMonths !== null)
    until = earliest(until, addMonths(facts.decidedOn, rule.termMonths))
  if (facts.removedOn) until = earliest(until, addDays(facts.removedOn, -1))
  return { from: facts.decidedOn, until }
}

function earliest(a: Day | null, b: Day): Day {
  return a === null || b < a ? b : a
}

/** True where the period lets the record be seen on a day. */
export function isShownOn(period: Period, day: Day): boolean {
  return period.shown && period.from <= day && (period.until === null || day <= period.until)
}

function afterMonths(facts: PeriodFacts, months: number | null, basis: string | null): End[] {
  if (months === null) return []
  const on = addMonths(facts.decidedOn, months)
  return [{ on, because: { code: 'publication.end-of-months', basis, facts: { months, until: on } } }]
}

/** What ends any publication, whatever the rule: the sender's own end, and removal. */
function commonEnds(facts: PeriodFacts): End[] {
  const ends: End[] = []
  if (facts.shownUntil)
    ends.push({
      on: facts.shownUntil,
      because: { code: 'publication.end-by-sender', basis: null, facts: { until: facts.shownUntil } },
    })
  if (facts.removedOn) {
    ends.push({
      on: addDays(facts.removedOn, -1),
      because: { code: 'publication.removed', basis: null, facts: { on: facts.removedOn } },
    })
  }
  return ends
}

/** The earliest of the ends; the reason that governs stands first. */
function between(facts: PeriodFacts, ruled: readonly End[], open: Reason): Period {
  const ends = [...ruled, ...commonEnds(facts)]
  if (ends.length === 0) return { shown: true, from: facts.decidedOn, until: null, because: [open] }
  ends.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const because = ends.flatMap(end => (end.classed ? [end.because, end.classed] : [end.because]))
  const until = (ends[0] as End).on
  if (until < facts.decidedOn) return { shown: false, because }
  return { shown: true, from: facts.decidedOn, until: until === ALWAYS ? null : until, because }
}

function byRegime(law: DisclosureLaw, facts: PeriodFacts, today: Day): Period {
  if (nothingPunished(facts.penaltyKinds)) return { shown: false, because: [NOT_PUBLIC.noPenalty] }
  const mirror = law.mirrors.find(it => facts.domains.includes(it.domain))
  if (mirror) return mirrored(law, facts, mirror)
  const found = regimeEnds(law, facts, today)
  if ('because' in found) return { shown: false, because: found.because }
  const { ends, open } = found
  if (ends.length === 0)
    return { shown: false, because: [{ code: 'publication.no-regime', basis: null, facts: { decidedOn: facts.decidedOn } }] }
  const period = between(facts, ends, { code: 'publication.no-regime', basis: null, facts: {} })
  // A class that nobody has given matters only as long as some class would still show the record.
  if (open === null || !period.shown || (period.until !== null && period.until < today && today !== ALWAYS)) return period
  return {
    shown: false,
    waits: 'gravity',
    because: [{ code: 'publication.waits-gravity', basis: open.basis, facts: {} }, open.missing],
  }
}

type RegimeEnds = { readonly ends: End[]; readonly open: { readonly missing: Reason; readonly basis: string | null } | null }

/** The ends under every regime that reaches the act, or why one of them hides it. */
function regimeEnds(law: DisclosureLaw, facts: PeriodFacts, today: Day): RegimeEnds | { readonly because: readonly Reason[] } {
  const ends: End[] = []
  let open: RegimeEnds['open'] = null
  for (const regime of law.regimes) {
    if (regime.appliesUntil !== null && regime.appliesUntil < facts.decidedOn) continue
    const answer = underRegime(law, regime, facts)
    if (regime.appliesFrom > facts.decidedOn && regime.appliesFrom > today) {
      ends.push(eveOf(regime, answer))
      continue
    }
    if (answer.kind === 'hidden') return { because: answer.classed ? [answer.because, answer.classed] : [answer.because] }
    ends.push(answer)
    if (answer.kind === 'open') open = { missing: answer.missing, basis: answer.because.basis }
  }
  return { ends, open }
}

type UnderRegime =
  | ({ readonly kind: 'ends' } & End)
  | { readonly kind: 'hidden'; readonly because: Reason; readonly classed?: Reason }
  /** The class is not known; `on` is the latest end that any class would give. */
  | ({ readonly kind: 'open'; readonly missing: Reason } & End)

function underRegime(law: DisclosureLaw, regime: Regime, facts: PeriodFacts): UnderRegime {
  const direct = caseOf(regime, facts, null)
  if (direct !== 'needs-gravity') return answerOf(regime, direct, facts)
  const on = later(regime.appliesFrom, facts.decidedOn)
  const found = gravityOf(law, facts, on)
  if ('gravity' in found) return { ...answerOf(regime, caseOf(regime, facts, found.gravity), facts), classed: found.because }
  let latest = facts.decidedOn
  for (const row of regime.cases) {
    if (row.shown && row.atMostMonths !== null && addMonths(facts.decidedOn, row.atMostMonths) > latest)
      latest = addMonths(facts.decidedOn, row.atMostMonths)
  }
  const because: Reason = {
    code: 'publication.end-under-any-class',
    basis: regime.basis[0] ?? null,
    regime: regime.id,
    facts: { until: latest, regime: regime.name },
  }
  return { kind: 'open', on: latest, because, missing: found.because }
}

function answerOf(regime: Regime, row: RegimeCase | undefined | 'needs-gravity', facts: PeriodFacts): UnderRegime {
  const named = { regime: regime.id, basis: regime.basis[0] ?? null }
  if (row === undefined || row === 'needs-gravity')
    return { kind: 'hidden', because: { code: 'publication.no-case', ...named, facts: { regime: regime.name } } }
  const basis = row.basis[0] ?? named.basis
  if (!row.shown)
    return {
      kind: 'hidden',
      because: { code: `publication.hidden-${row.case}`, basis, regime: regime.id, facts: { regime: regime.name } },
    }
  const on = row.atMostMonths === null ? ALWAYS : addMonths(facts.decidedOn, row.atMostMonths)
  const because: Reason = {
    code: 'publication.end-by-regime',
    basis,
    regime: regime.id,
    facts: { regime: regime.name, case: row.case, months: row.atMostMonths, until: on },
  }
  return { kind: 'ends', on, because }
}

/** A regime that is known but not yet in force ends a publication no earlier than the eve of its first day. */
function eveOf(regime: Regime, answer: UnderRegime): End {
  const eve = addDays(regime.appliesFrom, -1)
  return { on: answer.kind === 'ends' && answer.on > eve ? answer.on : eve, because: answer.because }
}

/** Another publisher's period is mirrored, never computed; what is minor is not shown here even where that publisher shows it. */
function mirrored(law: DisclosureLaw, facts: PeriodFacts, mirror: DisclosureLaw['mirrors'][number]): Period {
  const basis = mirror.basis[0] ?? null
  const found = gravityOf(law, facts)
  if ('gravity' in found && found.gravity === 'minor')
    return {
      shown: false,
      because: [{ code: 'publication.hidden-minor', basis, facts: { regime: mirror.publisher } }, found.because],
    }
  const because: Reason = { code: 'publication.mirrored', basis, facts: { publisher: mirror.publisher } }
  if (!facts.shownUntil)
    return {
      shown: false,
      waits: 'mirror-end',
      because: [{ code: 'publication.waits-mirror-end', basis, facts: { publisher: mirror.publisher } }],
    }
  const period = between(facts, [], because)
  return { ...period, because: [...period.because, because] }
}
