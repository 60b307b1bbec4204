import { z } from 'zod'
import { slug } from './model.ts'
import { UNIT_KINDS } from './unit-kind.ts'

/* Roles and permissions as data: who may hold a role, who confers it, what it may do. */

/**
 * What a permission touches: rules and the units' own figures; the directory of organisations and people; its administration; the registers;
 * somebody's records; what is the holder's own.
 */
export const PERMISSION_KINDS = ['rules', 'directory', 'administration', 'audit', 'records', 'own'] as const

export const permissionRule = z.strictObject({
  /** `noun.verb`, as the contracts name it. */
  id: z.string().regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/, 'law.access-permission-malformed'),
  name: z.string().min(1),
  kind: z.enum(PERMISSION_KINDS),
})
export type PermissionRule = z.infer<typeof permissionRule>

export const roleRule = z.strictObject({
  id: slug,
  name: z.string().min(1),
  /** What the role is there for, in a sentence. */
  duty: z.string().min(1),
  holder: z.enum(['person', 'program', 'subject']),
  /** The three administrators (三员), and the one to whom a unit's own accounts are delegated. Held alone, never with data. */
  administrator: z.enum(['system', 'security', 'audit', 'unit']).nullable().default(null),
  permissions: z.array(z.string()),
  /** Kinds of organisation whose people may hold it. */
  heldIn: z.array(z.enum(UNIT_KINDS)).default([]),
  /** Roles whose holders may propose it. */
  conferredBy: z.array(slug).default([]),
  /** Roles that nobody may hold at the same time; the other side need not say so too. */
  exclusiveWith: z.array(slug).default([]),
})
export type RoleRule = z.infer<typeof roleRule>

/** law/access/roles.yaml: every permission that the program knows, and the national roles. */
export const roleFile = z.strictObject({ permissions: z.array(permissionRule).min(1), roles: z.array(roleRule).min(1) })
/** city/<city>/roles.yaml: roles that a city adds. */
export const cityRoleFile = z.strictObject({ roles: z.array(roleRule).min(1) })
