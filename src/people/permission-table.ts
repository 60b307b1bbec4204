import type { Endpoint } from '../http/endpoint.ts'
import type { Law } from '../law/law.ts'
import type { Words } from '../words/words.ts'
import type { PermissionTable } from './model.ts'

/**
 * The table of permissions as an auditor reads it: every role, every permission with the roles that hold it, every door with what it asks for,
 * whose things it opens, and the roles that pass it. Made from the contracts and the law alone: the same for the page and for the document.
 */
export function permissionTable(
  law: Pick<Law, 'roles' | 'permissions' | 'digest'>,
  words: Words,
  doors: readonly Endpoint[],
  prefix: string,
): PermissionTable {
  const roles = [...law.roles.values()]
  const holding = (permission: string): string[] =>
    roles.filter(role => role.permissions.includes(permission)).map(role => role.id)
  const passing = (needs: string): string[] =>
    needs === 'anyone' || needs === 'signed-in' ? roles.map(role => role.id) : holding(needs)
  const byAddress = [...doors].sort((a, b) => (a.path === b.path ? (a.method < b.method ? -1 : 1) : a.path < b.path ? -1 : 1))
  return {
    roles: roles.map(({ id, name, duty, holder, administrator }) => ({ id, name, duty, holder, administrator })),
    permissions: [...law.permissions.values()].map(({ id, name, kind }) => ({
      id,
      name,
      kind,
      kindName: words.say(`permission.kind-${kind}`),
      roles: holding(id),
    })),
    doors: byAddress.map(({ method, path, summary, needs, reach }) => ({
      method,
      path: prefix + path,
      summary,
      needs,
      needsName: law.permissions.get(needs)?.name ?? words.say(`permission.needs-${needs}`),
      reach: [...reach],
      reachNames: reach.map(one => words.say(`permission.reach-${one}`)),
      roles: passing(needs),
    })),
    lawDigest: law.digest,
  }
}
