import type { SubjectId } from '../base/id.ts'

/** Who acts: a person of a unit, a subject for itself, a program, or the platform's own clock. */
export type Actor = {
  /** `account:7`, `token:3`, `system`, or `anyone` (nobody signed in). */
  readonly id: string
  readonly name: string
  readonly unit: string | null
  readonly roles: readonly Role[]
  /** What this actor may do, worked out at the door from roles, scopes of a program, extent of a mandate. Commands ask `may`. */
  readonly permissions: readonly Permission[]
  /** The subject that a subject's own account speaks for. */
  readonly subjectId: SubjectId | null
}

export const ROLES = ['clerk', 'credit-office', 'window-officer', 'auditor', 'subject', 'program'] as const
export type Role = (typeof ROLES)[number]

export const PERMISSIONS = [
  'delivery.send',
  'delivery.read',
  'template.read',
  'waiting.decide',
  'archive.read',
  'check.make',
  'report.issue',
  'report.issue-own',
  'look.audit',
  'look.read-own',
  'department.read',
  'law.read',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** Roles are data: what each may do. The doors' contracts name the permission they need. */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  clerk: ['delivery.send', 'delivery.read', 'template.read', 'department.read', 'law.read'],
  'credit-office': [
    'delivery.send',
    'delivery.read',
    'template.read',
    'waiting.decide',
    'archive.read',
    'check.make',
    'report.issue',
    'department.read',
    'law.read',
  ],
  'window-officer': ['check.make', 'report.issue', 'law.read'],
  auditor: ['look.audit', 'department.read', 'law.read'],
  subject: ['report.issue-own', 'look.read-own', 'law.read'],
  program: ['delivery.send', 'delivery.read', 'template.read', 'archive.read', 'check.make', 'report.issue', 'law.read'],
}

export const SYSTEM: Actor = { id: 'system', name: '平台', unit: null, roles: [], permissions: [], subjectId: null }
export const ANYONE: Actor = { id: 'anyone', name: '公众', unit: null, roles: [], permissions: [], subjectId: null }

/** What these roles may do together. */
export function permissionsFor(roles: readonly Role[]): readonly Permission[] {
  return [...new Set(roles.flatMap(role => permissionsOf[role]))]
}

export function may(actor: Actor, permission: Permission): boolean {
  return actor.permissions.includes(permission)
}

/** True when the actor's work is not bound to one unit's own deliveries and records. */
export function seesAllUnits(actor: Actor): boolean {
  return actor.id === 'system' || actor.roles.includes('credit-office') || actor.roles.includes('auditor')
}
