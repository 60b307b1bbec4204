import { addMonths, type Day } from '../base/day.ts'
import { granted, refused } from '../base/refusal.ts'
import { declarationRulesOn, familyOf, mayDeclare, statementsDigest } from '../law/declarations.ts'
import type { Law } from '../law/law.ts'
import type { SubjectKind } from '../law/model.ts'
import type { Guard } from './guards.ts'
import { limitIn } from './limits.ts'

/*
 * Conditions of a self-declaration: whoever the catalogue has a place for, promising and authorising the text in force as it was shown, with what
 * its family asks for, for a time that has not ended; and whether the data of departments say the same (M086–M088).
 */

const MET = granted(true as const)

/** Principle 1: of whom the catalogue has no item for this, nothing is taken. */
const subjectMeant: Guard = ({ law, subjectKind, today }, basis) => {
  const why = subjectKind === null ? null : whyNotDeclare(law, subjectKind, today)
  return why === null ? MET : refused(why, basis)
}

/** Why one of a kind cannot declare on a day, as the code of a sentence; null where it can. */
export const whyNotDeclare = (law: Law, kind: SubjectKind, day: Day): string | null =>
  mayDeclare(law, kind, day) ? null : 'declaration.subject-not-meant'

/** M087 · what is promised and authorised is the edition in force, as it was shown. */
const textSeen: Guard = ({ law, today, filled }, basis) => {
  const rules = declarationRulesOn(law, today)
  return rules && filled['digest'] === statementsDigest(rules) ? MET : refused('declaration.text-changed', basis)
}

const complete: Guard = ({ law, today, filled }, basis) => {
  const family = familyOf(declarationRulesOn(law, today), filled['family'])
  if (!family) return refused('declaration.family-unknown', basis)
  const missing = family.needs.find(one => !filled[one])
  return missing === undefined ? MET : refused(`declaration.${missing}-missing`, basis, { family: family.name })
}

/** From tomorrow on, and not for longer than one declaration may hold. */
const dayRight: Guard = (facts, basis) => {
  const { filled, today } = facts
  const until = filled['until'] ?? ''
  if (until <= today) return refused('declaration.day-past', basis, { today })
  const latest = addMonths(today, limitIn(facts, 'declaration', 'most-months'))
  return until <= latest ? MET : refused('declaration.day-too-late', basis, { latest })
}

const stillValid: Guard = ({ filled, today }, basis) => {
  const until = filled['until'] ?? ''
  return until > today ? MET : refused('declaration.over', basis, { until })
}

/** M088 · the machine verifies what it finds word for word, and decides nothing else. */
const inData: Guard = ({ compared, filled, today }, basis) =>
  compared?.outcome === 'match' && (filled['until'] ?? '') > today ? MET : refused('declaration.not-in-data', basis)

export const DECLARATION_GUARDS = {
  'declaration-subject-meant': subjectMeant,
  'declaration-text-seen': textSeen,
  'declaration-complete': complete,
  'declaration-day-right': dayRight,
  'declaration-still-valid': stillValid,
  'declaration-in-data': inData,
} as const satisfies Record<string, Guard>
