import type { Mutation } from './mutate.ts'

const PERMISSIONS = 'src/invariants/permission-matrix.test.ts'

/** Permissions given away, one line each: the matrix notices each of them. */
export const PERMISSION_MUTATIONS: readonly Mutation[] = [
  {
    invariant: 8,
    breaks: 'roles give what they hold and nothing else',
    file: 'src/access/actor.ts',
    search: 'PERMISSIONS.filter(permission => held.has(permission))',
    replace: "PERMISSIONS.filter(permission => held.has(permission) || permission === 'archive.read')",
    test: PERMISSIONS,
    named: 'M458 · 50,000 draws',
  },
  {
    invariant: 8,
    breaks: 'a door asks for its permission',
    file: 'src/http/gate.ts',
    search: "return may(actor, door.needs) ? 'open' : 'not-allowed'",
    replace: "return may(actor, door.needs) ? 'open' : 'open'",
    test: PERMISSIONS,
    named: 'M458 · 50,000 draws',
  },
  {
    invariant: 8,
    breaks: 'a unit’s administrator stays within its unit',
    file: 'src/people/scope.ts',
    search: 'isCity || (unit !== null',
    replace: 'isCity || (id !== null) || (unit !== null',
    test: PERMISSIONS,
    named: 'M458 · every door × every role',
  },
]
