import type { RetentionKind, RetentionRule } from '../law/access-model.ts'
import type { Law } from '../law/law.ts'

/** A rule of retention by its kind, with what a certificate says of it. Throws a RangeError on a law without rules, which is never used. */
export function ruleOf(
  law: Pick<Law, 'retention'>,
  kind: RetentionKind,
): {
  readonly rule: RetentionKind
  readonly name: string
  readonly action: 'delete' | 'freeze'
  readonly basis: readonly string[]
  readonly months: number | null
} {
  const found: RetentionRule | undefined = law.retention?.[kind]
  if (!found) throw new RangeError(`no rule of retention: ${kind}`)
  const { name, action, basis, period } = found
  if (action === 'keep') throw new RangeError(`kept, never ended: ${kind}`)
  return { rule: kind, name, action, basis, months: 'months' in period ? period.months : null }
}
