import { createHash } from 'node:crypto'
import type { Day } from '../base/day.ts'
import type { DeclarationFamily, DeclarationRules, RouteRunner, VerificationRoute } from './declaration-model.ts'
import { itemOn, type Law } from './law.ts'
import type { SubjectKind } from './model.ts'

/* What the tables of self-declaration answer. */

type Known = Pick<Law, 'declarations'>

/** The rules in force on a day (null: the latest there are); undefined before the first. */
export function declarationRulesOn({ declarations: { rules } }: Known, day: Day | null): DeclarationRules | undefined {
  if (day === null) return rules.at(-1)
  return rules.findLast(one => one.inForceFrom <= day && (one.inForceUntil === null || day <= one.inForceUntil))
}

/** The family that a field names; undefined where none is called so. */
export function familyOf(rules: DeclarationRules | undefined, family: string | undefined): DeclarationFamily | undefined {
  return rules?.families.find(one => one.family === family)
}

/** Which unit verifies a family in this city; null: the credit office. */
export function verifierOf({ declarations: { verifiers } }: Known, family: string | undefined): string | null {
  return verifiers.get(family ?? '')?.unit ?? null
}

/** The way of verification that somebody runs today. */
export function routeBy(rules: DeclarationRules, by: RouteRunner): VerificationRoute | undefined {
  return rules.routes.find(one => one.by === by)
}

/** The digest of what is promised and authorised in an edition: what one agrees to is what one was shown, to the letter. */
export function statementsDigest({ inForceFrom, statements }: DeclarationRules): string {
  const texts = statements.flatMap(one => [one.statement, one.title, ...one.paragraphs.map(({ text }) => text)])
  return createHash('sha256')
    .update([inForceFrom, ...texts].join('\n'))
    .digest('hex')
}

/** Whether the catalogue has a place for what a subject of this kind declares: where it has none, nothing is taken (principle 1). */
export function mayDeclare(law: Law, kind: SubjectKind, day: Day): boolean {
  const rules = declarationRulesOn(law, day)
  const item = rules && itemOn(law, rules.item, day)
  return item?.subjects.includes(kind) ?? false
}
