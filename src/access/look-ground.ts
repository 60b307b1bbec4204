import { Refusal } from '../base/refusal.ts'
import { cite } from '../law/citation.ts'
import type { Law } from '../law/law.ts'

/** Why the law lets somebody look: an article, an authorisation of the subject, or that it is the subject itself. */
export type LookGround =
  | { readonly kind: 'law'; readonly basis: string }
  /** `authorisationId` null: the subject's own paper or code, which it handed over. */
  | { readonly kind: 'authorisation'; readonly authorisationId: number | null }
  | { readonly kind: 'own' }

type Reason = { readonly purpose: string; readonly basis?: string | null; readonly ground?: LookGround }

/**
 * The ground of a look: the one that the platform itself gives, else what is typed as a basis, else what the purpose brings. A purpose that
 * asks for an authorisation opens nothing by its name. Refuses `look.ground-missing` (400).
 */
export function groundOf(law: Law, { purpose, basis, ground }: Reason): LookGround {
  if (ground) return ground
  const rule = law.lookPurposes.get(purpose)
  if (basis?.trim()) {
    return rule?.ground === 'authorisation'
      ? { kind: 'authorisation', authorisationId: null }
      : { kind: 'law', basis: basis.trim() }
  }
  if (rule?.ground !== 'law') throw new Refusal('look.ground-missing', 'pipl#34', {}, 400)
  return { kind: 'law', basis: rule.basis.map(one => cite(law, one)).join('；') }
}
