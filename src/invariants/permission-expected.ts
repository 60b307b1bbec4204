import { type Answer, ORACLE, RELATIONS, type Relation } from './permission-oracle.ts'

/** What the oracle answers a caller with these roles at a door: the best of what each role is answered; `nobody`: not signed in. */
export function expected(door: string, roles: readonly string[] | 'nobody', relation: Relation): Answer {
  const found = ORACLE[door]
  if (!found) throw new RangeError(`the oracle has no line for ${door}`)
  const at = RELATIONS.indexOf(relation)
  if (roles === 'nobody')
    return found.asks === 'anyone' ? ((found.but?.['nobody'] ?? found.answers)[at] ?? 'allowed') : 'not-signed-in'
  const isOpen = found.asks === 'anyone' || found.asks === 'signed-in'
  const passing = isOpen ? roles : roles.filter(role => found.roles.includes(role))
  if (passing.length === 0) return isOpen ? (found.answers[at] ?? 'allowed') : 'not-allowed'
  const answers = passing.map(role => (found.but?.[role] ?? found.answers)[at] ?? 'allowed')
  return BEST_FIRST.find(answer => answers.includes(answer)) ?? 'not-allowed'
}

const BEST_FIRST: readonly Answer[] = ['allowed', 'refused', 'not-found', 'not-allowed', 'not-signed-in']
