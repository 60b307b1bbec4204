import { join } from 'node:path'
import { ROOT } from '../base/root.ts'
import type { Law } from '../law/law.ts'
import { openLaw } from '../law/load.ts'
import { type Permission, permissionsFor as permissionsUnder, type Role } from './actor.ts'

let law: Law | undefined

/** The law of the example city, read once for a test file. */
export function exampleRoles(): Pick<Law, 'roles' | 'permissions'> {
  law ??= openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
  return law
}

/** What these roles may do together in the example city, for tests that make an actor without signing in. */
export function permissionsFor(roles: readonly Role[]): readonly Permission[] {
  return permissionsUnder(exampleRoles(), roles)
}
