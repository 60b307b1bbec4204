import type { MandateId, SubjectId } from '../base/id.ts'
import type { Law } from '../law/law.ts'
import type { Stage } from './next-step.ts'

/**
 * How the door made sure of who acts. `federated`: another identity answers for the person by two factors, `federated-single` by one;
 * `signed`: a program signed its request.
 */
export type Assurance = 'none' | 'password' | 'two-factor' | 'federated' | 'federated-single' | 'token' | 'signed'

/** The session a request came with. */
export type ActorSession = {
  readonly sessionId: number
  readonly stage: Stage
  /** When its owner last gave everything that signing in asks for; null: not yet. */
  readonly freshAt: Date | null
}

/** Who acts: a person of a unit, a subject for itself, a program, or the platform's own clock. */
export type Actor = {
  /** `account:7`, `program:9`, `token:3`, `system`, or `anyone` (nobody signed in). */
  readonly id: string
  readonly name: string
  readonly unit: string | null
  readonly roles: readonly Role[]
  /** What this actor may do, worked out at the door from roles, scopes of a program, extent of a mandate. Commands ask `may`. */
  readonly permissions: readonly Permission[]
  /** The subject that this actor speaks for in this session; null: none, or not chosen yet. */
  readonly subjectId: SubjectId | null
  /** The mandate by which he speaks for it, and in what capacity. */
  readonly mandateId?: MandateId | null
  readonly capacity?: 'self' | 'legal-representative' | 'agent' | null
  readonly assurance: Assurance
  /** Of a program: which quota it was registered with. */
  readonly quota?: string
  /** Absent for programs, for the platform's clock and for commands at a terminal. */
  readonly session?: ActorSession
}

/** The id of a role as `law/access/roles.yaml` or the city's own `roles.yaml` names it. */
export type Role = string

/**
 * Everything that a door may ask for. What each is called and touches, and which role holds it, stands in `law/access/roles.yaml`; a test holds
 * the two lists against one another.
 */
export const PERMISSIONS = [
  'law.read',
  'permission.read',
  'department.read',
  'compliance.read',
  'organisation.read',
  'organisation.propose',
  'organisation.confirm',
  'account.manage',
  'role.propose',
  'role.confirm',
  'role.end',
  'program.read',
  'program.manage',
  'program.confirm',
  'program.close',
  'program.rotate-own',
  'reset.read',
  'reset.ask',
  'reset.confirm',
  'sign-in.audit',
  'look.audit',
  'look.delay-read',
  'look.delay',
  'look.delay-approve',
  'template.read',
  'delivery.send',
  'delivery.read',
  'delivery.read-all',
  'waiting.decide',
  'archive.read',
  'check.make',
  'measure.answer',
  'report.issue',
  'report.withdraw',
  'receiver.confirm',
  'receiver.read-all',
  'authorisation.request',
  'archive.read-authorised',
  'authorisation.count',
  'authorisation.grant',
  'case.read',
  'case.handle',
  'case.confirm',
  'case.coordinate',
  'rights.answer',
  'rights.handle',
  'notice.read',
  'notice.serve',
  'gate.assess',
  'compliance.check',
  'report.issue-own',
  'look.read-own',
  'rights.lodge',
  'notice.read-own',
  'case.lodge',
  'subject.read-own',
  'mandate.manage',
  'subject.bind',
  'subject.bind-confirm',
  'subject.reset',
  'subject.reset-confirm',
] as const
export type Permission = (typeof PERMISSIONS)[number]

export const SYSTEM: Actor = {
  id: 'system',
  name: '平台',
  unit: null,
  roles: [],
  permissions: [],
  subjectId: null,
  assurance: 'none',
}
export const ANYONE: Actor = {
  id: 'anyone',
  name: '公众',
  unit: null,
  roles: [],
  permissions: [],
  subjectId: null,
  assurance: 'none',
}

/** What these roles may do together, in the order of the table of permissions. A role that the law no longer knows gives nothing. */
export function permissionsFor(law: Pick<Law, 'roles' | 'permissions'>, roles: readonly Role[]): readonly Permission[] {
  const held = new Set(roles.flatMap(role => law.roles.get(role)?.permissions ?? []))
  return PERMISSIONS.filter(permission => held.has(permission))
}

export function may(actor: Pick<Actor, 'permissions'>, permission: Permission): boolean {
  return actor.permissions.includes(permission)
}

/** A program of a unit, not a person: by its own registration, or by a token made at the terminal. */
export function isProgram(actor: Actor): boolean {
  return actor.id.startsWith('program:') || actor.id.startsWith('token:')
}

/** True when the actor's work is not bound to one unit's own deliveries. */
export function seesAllUnits(actor: Actor): boolean {
  return actor.id === SYSTEM.id || may(actor, 'delivery.read-all')
}
