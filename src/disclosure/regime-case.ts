import type { Regime } from '../law/disclosure-model.ts'
import type { PeriodFacts } from './model.ts'

/** A case of a publication regime: what it is about, and how long such a record is shown at least and at most. */
export type RegimeCase = Regime['cases'][number]

/** The first case whose every condition holds. A condition on the class cannot be judged without one. */
export function caseOf(
  regime: Regime,
  facts: PeriodFacts,
  gravity: PeriodFacts['gravity'],
): RegimeCase | undefined | 'needs-gravity' {
  for (const row of regime.cases) {
    if (!holdsWithoutGravity(row.when, facts)) continue
    if (row.when.gravity && gravity === null) return 'needs-gravity'
    if (!row.when.gravity || row.when.gravity === gravity) return row
  }
  return undefined
}

function holdsWithoutGravity(when: RegimeCase['when'], facts: PeriodFacts): boolean {
  const { procedure, onlyKinds, anyKind, domains } = when
  if (procedure && procedure !== (facts.procedure ?? 'ordinary')) return false
  if (onlyKinds && !(facts.penaltyKinds.length > 0 && facts.penaltyKinds.every(kind => onlyKinds.includes(kind)))) return false
  if (anyKind && !facts.penaltyKinds.some(kind => anyKind.includes(kind))) return false
  return !domains || facts.domains.some(domain => domains.includes(domain))
}
