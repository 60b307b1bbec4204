import { z } from 'zod'

/* Organisations, people, their roles and what waits for a second person, as the doors answer them. */

/** Kinds of organisation that are registered in the console; departments stand in the city's file, with what they report. */
export const REGISTERED_KINDS = [
  'bank',
  'credit-service-institution',
  'service-institution',
  'utility',
  'platform-above',
  'platform-beside',
] as const

export const OrganisationView = z.strictObject({
  id: z.string(),
  name: z.string(),
  uscc: z.string(),
  kind: z.string(),
  kindName: z.string(),
  parent: z.string().nullable(),
  countyName: z.string().nullable(),
  isOpen: z.boolean(),
  /** Registered in the console, and so changed there; else it stands in the city's file. */
  isRegistered: z.boolean(),
  /** Open accounts. */
  people: z.number(),
})
export type OrganisationView = z.infer<typeof OrganisationView>

export const RoleView = z.strictObject({
  id: z.string(),
  name: z.string(),
  duty: z.string(),
  heldIn: z.array(z.string()),
  /** Whether the caller's own roles may propose it. */
  isYoursToPropose: z.boolean(),
})
export type RoleView = z.infer<typeof RoleView>

export const GrantView = z.strictObject({
  grantNo: z.number(),
  role: z.string(),
  roleName: z.string(),
  from: z.string(),
  until: z.string().nullable(),
  reason: z.string(),
  proposedByName: z.string().nullable(),
  decidedByName: z.string().nullable(),
  /** As of today. `dormant`: decided and within its days, but the account's owner has not come yet. */
  state: z.enum(['proposed', 'refused', 'coming', 'dormant', 'in-force', 'over', 'ended']),
})
export type GrantView = z.infer<typeof GrantView>

export const PersonView = z.strictObject({
  accountId: z.number(),
  login: z.string(),
  name: z.string(),
  unit: z.string(),
  unitName: z.string(),
  isOpen: z.boolean(),
  /** Its owner has set a password, or came by a unified identity. */
  isActivated: z.boolean(),
  /** Until when the first code that was handed out is good; null: there is none, or it is over. */
  codeUntil: z.string().nullable(),
  /** The caller's own account: nobody administers himself. */
  isYou: z.boolean(),
  grants: z.array(GrantView),
})
export type PersonView = z.infer<typeof PersonView>

export const ProposalView = z.strictObject({
  kind: z.enum(['organisation', 'change', 'closing', 'role']),
  /** The organisation, or the account as `name（login）`. */
  of: z.string(),
  /** False for a role of an account whose owner has not come yet. */
  isActivated: z.boolean(),
  unitName: z.string(),
  /** In words: what would be. */
  what: z.string(),
  reason: z.string(),
  proposedByName: z.string().nullable(),
  proposedAt: z.string(),
  /** The caller proposed it, or it is about the caller: another person decides. */
  isYours: z.boolean(),
  organisationId: z.string().nullable(),
  version: z.number().nullable(),
  accountId: z.number().nullable(),
  grantNo: z.number().nullable(),
})
export type ProposalView = z.infer<typeof ProposalView>

export const PermissionTable = z.strictObject({
  roles: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      duty: z.string(),
      holder: z.string(),
      administrator: z.string().nullable(),
    }),
  ),
  permissions: z.array(
    z.strictObject({ id: z.string(), name: z.string(), kind: z.string(), kindName: z.string(), roles: z.array(z.string()) }),
  ),
  doors: z.array(
    z.strictObject({
      method: z.string(),
      path: z.string(),
      summary: z.string(),
      needs: z.string(),
      needsName: z.string(),
      reach: z.array(z.string()),
      reachNames: z.array(z.string()),
      roles: z.array(z.string()),
    }),
  ),
  /** SHA-256 of the law in use. */
  lawDigest: z.string(),
})
export type PermissionTable = z.infer<typeof PermissionTable>
