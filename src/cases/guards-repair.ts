import { addMonths, type Day } from '../base/day.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import type { Law } from '../law/law.ts'
import { type RepairTerms, repairTerms } from '../repair/terms.ts'
import type { Guard, GuardFacts } from './guards.ts'

/* Conditions of repair, from the tables of law/repair: whose to decide, of a kind that can be repaired, its shortest period over, nobody barred. */

const MET = granted(true as const)

/** The terms of the record's repair on the day of application; null where it is no record of the subject's. */
function termsOf({ law, record, filled, today }: GuardFacts): RepairTerms | null {
  if (!record?.disclosed) return null
  return repairTerms(law, { ...record.disclosed, correctedOn: (filled['performed-on'] as Day | undefined) ?? null }, today)
}

const withTerms =
  (judge: (terms: RepairTerms, facts: GuardFacts, basis: string | null) => Verdict<true>): Guard =>
  (facts, basis) => {
    const terms = termsOf(facts)
    return terms ? judge(terms, facts, basis) : refused('case.record-unknown', basis)
  }

/** A court, the tax authority, another publisher decides in its own system: it is told who and where. */
const decidedHere = withTerms((terms, _, basis) => {
  if (terms.decider !== 'mirrored') return MET
  const because = terms.because[0]
  return refused('repair.decided-elsewhere', because?.basis ?? basis, { publisher: terms.publisher })
})

const kindAllowed = withTerms((terms, _, basis) =>
  terms.repairable ? MET : refused('repair.kind-not-repairable', terms.because[0]?.basis ?? basis),
)

/** The shortest period of display is over, on whatever ground: a plan that a court approved shields the record until then. */
const periodOver = withTerms((terms, { today }, basis) => {
  if (terms.earliest === null) return refused('repair.day-unknown', terms.because[0]?.basis ?? basis)
  const from = terms.because[0]?.basis ?? basis
  return terms.earliest <= today ? MET : refused('repair.display-period-not-over', from, { on: terms.earliest })
})

/** The same where it is applied for. A court's reorganisation plan does not wait for it: it is shielded first. */
const periodReached: Guard = (facts, basis) =>
  facts.filled['ground'] === 'reorganisation' && facts.record?.disclosed ? MET : periodOver(facts, basis)

const notBarred: Guard = ({ barredUntil, today }, basis) =>
  barredUntil !== null && today <= barredUntil ? refused('repair.barred', basis, { until: barredUntil }) : MET

/** Only a record whose subject applied with a plan is shielded while the plan is carried out. */
const reorganisation: Guard = ({ filled }, basis) =>
  filled['ground'] === 'reorganisation' ? MET : refused('repair.no-reorganisation', basis)

export const REPAIR_GUARDS = {
  'repair-decided-here': decidedHere,
  'repair-kind-allowed': kindAllowed,
  'repair-period-reached': periodReached,
  'repair-period-over': periodOver,
  'repair-not-barred': notBarred,
  'repair-reorganisation': reorganisation,
} as const satisfies Record<string, Guard>

/** The last day on which somebody may not apply whose repair was revoked on a day for false material; null where no rule says so. */
export function barEnd(law: Pick<Law, 'repair' | 'regimes'>, revokedOn: Day): Day | null {
  const regime = law.regimes.find(
    one => one.appliesFrom <= revokedOn && (one.appliesUntil === null || revokedOn <= one.appliesUntil),
  )
  const months = regime && law.repair.regimes.get(regime.id)?.falseMaterial?.barredMonths
  return months ? addMonths(revokedOn, months) : null
}
