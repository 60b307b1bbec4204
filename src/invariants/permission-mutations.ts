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
  {
    invariant: 8,
    breaks: 'a window’s binding is its own unit’s to confirm',
    file: 'src/mandates/binding.ts',
    search: 'if (!binding || binding.unit !== actor.unit)',
    replace: 'if (!binding)',
    test: PERMISSIONS,
    named: 'M458 · every door × every role',
  },
  {
    invariant: 8,
    breaks: 'a delay is ended by its own unit',
    file: 'src/oversight/delays.ts',
    search: "(delay.unit !== actor.unit && !may(actor, 'look.delay-approve'))",
    replace: 'delay.unit === null',
    test: PERMISSIONS,
    named: 'M458 · every door × every role',
  },
  {
    invariant: 8,
    breaks: 'a department answers requests that are routed to it',
    file: 'src/rights/answer.ts',
    search: 'request.unit !== null && request.unit === actor.unit',
    replace: 'request.unit !== null',
    test: PERMISSIONS,
    named: 'M458 · every door × every role',
  },
  {
    invariant: 8,
    breaks: 'an authorisation is its own receiver’s',
    file: 'src/authorisation/read.ts',
    search: 'if (found?.receiver !== unit.id) throw',
    replace: 'if (!found) throw',
    test: PERMISSIONS,
    named: 'M458 · every door × every role',
  },
  {
    invariant: 8,
    breaks: 'a mandate is ended by its own subject or agent',
    file: 'src/mandates/end-mandate.ts',
    search: 'if (!mandate || !(isOwn || isPrincipal)) throw',
    replace: 'if (!mandate) throw',
    test: PERMISSIONS,
    named: 'M458 · every door × every role',
  },
]
