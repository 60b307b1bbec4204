import { type Ground, type Report, reportTwice } from './ground.ts'
import type { Reading } from './reading.ts'
import type { PermissionRule, RoleRule } from './role-model.ts'
import type { FlawCode } from './rules.ts'

type LocatedRole = Reading['roles'][number]

/** The three that are kept apart (三员分立); a unit's own administrator may be one of many. */
const THREE = ['system', 'security', 'audit'] as const
/** What one person proposes, another confirms. */
const TWO_PERSONS = [
  ['role.propose', 'role.confirm'],
  ['organisation.propose', 'organisation.confirm'],
  ['program.manage', 'program.confirm'],
] as const
const KEPT_APART: ReadonlySet<string> = new Set(['administration', 'audit'])
const WITHOUT_DATA: ReadonlySet<string> = new Set(['rules', 'directory', 'administration', 'audit'])

/** Roles: no permission without meaning, nobody with two hands, no administrator near the data, nothing widened by a city. */
export function checkRoles(ground: Ground, report: Report): void {
  const { reading } = ground
  reportTwice(reading.permissions, one => one.id, 'id', 'law.access-permission-duplicate', report)
  reportTwice(
    reading.roles.filter(role => role.file.origin === 'national' || !isNational(reading, role.value.id)),
    one => one.id,
    'id',
    'law.access-role-duplicate',
    report,
  )
  const kinds = new Map(reading.permissions.map(one => [one.value.id, one.value.kind] as const))
  for (const role of reading.roles) {
    checkPermissions(role, kinds, report)
    checkConferring(ground, role, report)
    if (role.file.origin === 'city') checkAdded(reading, role, report)
  }
  checkThree(ground, kinds, report)
  const held = new Set(reading.roles.flatMap(role => role.value.permissions))
  for (const permission of reading.permissions)
    if (!held.has(permission.value.id))
      report('law.access-permission-unheld', permission, ['id'], { permission: permission.value.name })
}

const isNational = (reading: Reading, id: string): boolean =>
  reading.roles.some(role => role.file.origin === 'national' && role.value.id === id)

type Kinds = ReadonlyMap<string, PermissionRule['kind']>

function checkPermissions(role: LocatedRole, kinds: Kinds, report: Report): void {
  const { name, permissions } = role.value
  if (permissions.length === 0) report('law.access-role-empty', role, ['permissions'], { role: name })
  permissions.forEach((permission, index) => {
    const code = faultOf(role.value, kinds.get(permission))
    if (code) report(code, role, ['permissions', index], { role: name, permission })
    if (permissions.indexOf(permission) !== index)
      report('law.access-permission-twice', role, ['permissions', index], { permission })
  })
}

/** Why a role may not hold a permission of this kind. */
function faultOf({ administrator, holder }: RoleRule, kind: PermissionRule['kind'] | undefined): FlawCode | null {
  if (kind === undefined) return 'law.access-permission-unknown'
  if (administrator !== null) return WITHOUT_DATA.has(kind) ? null : 'law.access-administrator-reads'
  // What is one's own is the subject's; a subject has nothing to do with others' records, nor with the platform's people.
  if ((kind === 'own') !== (holder === 'subject') && kind !== 'rules') return 'law.access-holder-differs'
  return KEPT_APART.has(kind) ? 'law.access-administers' : null
}

function checkConferring({ law }: Ground, role: LocatedRole, report: Report): void {
  const { name, holder, heldIn, conferredBy, exclusiveWith, permissions } = role.value
  if (holder === 'person' && heldIn.length === 0) report('law.access-role-held-nowhere', role, ['id'], { role: name })
  if (holder === 'person' && conferredBy.length === 0) report('law.access-role-unconferrable', role, ['id'], { role: name })
  conferredBy.forEach((id, index) => {
    if (!law.roles.get(id)?.permissions.includes('role.propose'))
      report('law.access-conferrer', role, ['conferredBy', index], { role: name, by: id })
  })
  exclusiveWith.forEach((id, index) => {
    if (!law.roles.has(id) || id === role.value.id)
      report('law.access-exclusive-unknown', role, ['exclusiveWith', index], { role: id })
  })
  for (const [first, second] of TWO_PERSONS)
    if (permissions.includes(first) && permissions.includes(second))
      report('law.access-two-hands', role, ['permissions'], { role: name })
}

/** A city adds roles to the national ones; it does not change one, and makes no administrator. */
function checkAdded(reading: Reading, role: LocatedRole, report: Report): void {
  const { id, name, administrator } = role.value
  if (isNational(reading, id)) report('law.access-city-replaces', role, ['id'], { role: name })
  if (administrator !== null) report('law.access-city-administers', role, ['administrator'], { role: name })
}

function checkThree({ reading }: Ground, kinds: Kinds, report: Report): void {
  const administrators = reading.roles.filter(role => THREE.some(one => one === role.value.administrator))
  const first = reading.roles[0]
  for (const one of THREE) {
    const found = administrators.filter(role => role.value.administrator === one)
    if (found.length === 0 && first) report('law.access-administrator-missing', first, [], { administrator: one })
    for (const more of found.slice(1)) report('law.access-administrator-twice', more, ['administrator'], { administrator: one })
  }
  const holder = new Map<string, RoleRule>()
  for (const role of administrators) {
    role.value.permissions.forEach((permission, index) => {
      const other = holder.get(permission)
      if (KEPT_APART.has(kinds.get(permission) ?? '') && other && other.administrator !== role.value.administrator)
        report('law.access-administrators-overlap', role, ['permissions', index], { permission, role: other.name })
      holder.set(permission, role.value)
    })
  }
}
