import { PERMISSIONS, type Permission } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { UnitKind } from '../law/unit-kind.ts'

/* What a program may be given, and for what it must sign: read from the table of roles and permissions (law/access/roles.yaml). */

/** Every program may exchange its own keys; nobody gives or takes that. */
export const OWN_KEYS: Permission = 'program.rotate-own'

/** Whether a door that needs this answers a program that does not sign: rules and the units' own figures say nothing of anybody. */
export function isOpenUnsigned(app: Pick<App, 'law'>, permission: string): boolean {
  return app.law.permissions.get(permission)?.kind === 'rules'
}

/** The permissions that a program of a unit of this kind may be given: what the roles of programs hold there. */
export function scopesOpenTo(app: Pick<App, 'law'>, kind: UnitKind): readonly Permission[] {
  const held = [...app.law.roles.values()]
    .filter(role => role.holder === 'program' && role.heldIn.includes(kind))
    .flatMap(role => role.permissions)
  return PERMISSIONS.filter(permission => permission !== OWN_KEYS && held.includes(permission))
}
