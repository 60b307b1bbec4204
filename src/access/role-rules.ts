import type { Law } from '../law/law.ts'
import type { UnitKind } from '../law/unit-kind.ts'
import type { Role } from './actor.ts'

type Roles = Pick<Law, 'roles' | 'permissions'>

/** Two of these roles that nobody may hold at the same time; null where there are none. An administrator holds nothing beside it. */
export function clashing(law: Roles, roles: readonly Role[]): readonly [Role, Role] | null {
  const held = [...new Set(roles)]
  for (const [index, one] of held.entries())
    for (const other of held.slice(index + 1)) if (exclude(law, one, other) || exclude(law, other, one)) return [one, other]
  return null
}

function exclude(law: Roles, one: Role, other: Role): boolean {
  const rule = law.roles.get(one)
  // A subject's own account speaks for the subject alone.
  return rule !== undefined && (rule.administrator !== null || rule.holder !== 'person' || rule.exclusiveWith.includes(other))
}

/** Two roles as a sentence names them. */
export function namesOf(law: Roles, [one, other]: readonly [Role, Role]): { role: string; other: string } {
  return { role: law.roles.get(one)?.name ?? one, other: law.roles.get(other)?.name ?? other }
}

/** Whether a person of an organisation of this kind may hold the role; a program's role is no person's. */
export function mayBeHeldIn(law: Roles, role: Role, kind: UnitKind): boolean {
  const rule = law.roles.get(role)
  return rule?.holder === 'person' && rule.heldIn.includes(kind)
}

/** Whether conferring the role takes a second person: all but roles that see nothing beyond rules. */
export function takesTwo(law: Roles, role: Role): boolean {
  return (law.roles.get(role)?.permissions ?? []).some(permission => law.permissions.get(permission)?.kind !== 'rules')
}

/** Whether one of the roles is an administrator of the whole city (三员), and not of his own unit only. */
export function administersCity(law: Roles, roles: readonly Role[]): boolean {
  return roles.some(role => ['system', 'security', 'audit'].includes(law.roles.get(role)?.administrator ?? ''))
}
