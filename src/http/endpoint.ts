import { z } from 'zod'
import type { Permission } from '../access/actor.ts'

/*
 * The doors as data: path, permission, input, output, possible refusals. Read by the server, the console, OpenAPI and the permission table.
 */

export type Needs = Permission | 'anyone' | 'signed-in'

/**
 * Whose things a door opens to whoever may pass it. With the permission it says what becomes of one's own, another's, another unit's:
 * - `public`: what everybody may have
 * - `by-code`: one thing, to whoever holds the code that was handed out for it
 * - `self`: the caller's own account, session, factors
 * - `own-subject`: the subject that the caller speaks for, and no other
 * - `authorised-subject`: subjects that have authorised the caller, as far as they have
 * - `any-subject`: any subject, each look with purpose and business number in the register
 * - `own-unit`: what belongs to the caller's unit; another unit's only with a permission that says so
 * - `unit-tree`: the caller's unit and those below it; the whole city for its administrators
 * - `city`: what belongs to no unit and no subject, or to all units alike: rules, work lists, registers
 */
export const REACHES = [
  'public',
  'by-code',
  'self',
  'own-subject',
  'authorised-subject',
  'any-subject',
  'own-unit',
  'unit-tree',
  'city',
] as const
export type Reach = (typeof REACHES)[number]

/**
 * Acts that take two persons: one begins, another confirms. A door by which the second acts names the act, so that it stands among that person's
 * tasks (src/confirmations).
 */
export const SECOND_PERSON_ACTS = [
  'role',
  'organisation',
  'program',
  'reset',
  'account-reset',
  'binding',
  'delay',
  'assessment',
  'deletion',
  'case',
  'campaign',
] as const
export type SecondPersonAct = (typeof SECOND_PERSON_ACTS)[number]

export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Under `/api/v1`; `:name` for parameters. */
  readonly path: string
  readonly needs: Needs
  /** Never empty. Several where one door answers each caller with what is theirs. */
  readonly reach: readonly Reach[]
  readonly since: string
  readonly summary: string
  readonly params: Params
  readonly query: Query
  readonly input: Input
  readonly output: Output
  readonly refuses: readonly string[]
  /** How the body arrives; `multipart` and `file` bodies are read by the handler itself. */
  readonly body: 'json' | 'form' | 'multipart' | 'none'
  /** What is answered other than JSON, by media type. */
  readonly files: readonly string[]
  readonly status: number
  /** Opens to a session that has yet to give or enrol its second factor. No other door does. */
  readonly atAnyStage: boolean
  /** By this door the second of two persons decides; null: the door is no such. */
  readonly secondPerson: SecondPersonAct | null
}

type Given<P, Q, I, O> = {
  method: Endpoint['method']
  path: string
  needs: Needs
  reach: Reach | readonly [Reach, ...Reach[]]
  since: string
  summary: string
  params?: P
  query?: Q
  input?: I
  output?: O
  refuses?: readonly string[]
  body?: Endpoint['body']
  files?: readonly string[]
  status?: number
  atAnyStage?: true
  secondPerson?: SecondPersonAct
}

const nothing = z.strictObject({})
const anything = z.unknown()

/** Declares a door. */
export function endpoint<
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  I extends z.ZodType = typeof nothing,
  O extends z.ZodType = typeof anything,
>(given: Given<P, Q, I, O>): Endpoint<P, Q, I, O> {
  return {
    method: given.method,
    path: given.path,
    needs: given.needs,
    reach: typeof given.reach === 'string' ? [given.reach] : given.reach,
    since: given.since,
    summary: given.summary,
    params: (given.params ?? nothing) as P,
    query: (given.query ?? nothing) as Q,
    input: (given.input ?? nothing) as I,
    output: (given.output ?? anything) as O,
    refuses: given.refuses ?? [],
    body: given.body ?? (given.method === 'GET' ? 'none' : 'json'),
    files: given.files ?? [],
    status: given.status ?? 200,
    atAnyStage: given.atAnyStage ?? false,
    secondPerson: given.secondPerson ?? null,
  }
}

/** An id in an address: digits to a number below 2^53. */
export function idText<Id extends number>(): z.ZodType<Id> {
  return z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) as unknown as z.ZodType<Id>
}
