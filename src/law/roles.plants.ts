import { add, bringing, change, type Plant, textOf } from './plant.ts'

const ROLES = 'law/access/roles.yaml'
const CITY = 'city/small/roles.yaml'
const READER = 'permissions: [paper.read, law.read]'
const LAW_READ = '  - { id: law.read, name: 看规定, kind: rules }\n'
const READER_LINE = textOf(ROLES)
  .split('\n')
  .find(line => line.includes('id: reader')) as string
const AUDIT_LINE = textOf(ROLES)
  .split('\n')
  .find(line => line.includes('id: audit')) as string
const local = (rest: string): string =>
  `roles:\n  - { id: local, name: 本市角色, duty: 查阅, holder: person, permissions: [paper.read], heldIn: [court], conferredBy: [system]${rest} }\n`

/** Roles and permissions: what nobody may hold, what nobody could get, what a city may not do. */
export const ROLE_PLANTS: readonly Plant[] = [
  change('law.access-permission-malformed', [ROLES, 'id: law.read', 'id: lawRead'], 'id: lawRead'),
  change('law.access-permission-duplicate', [ROLES, LAW_READ, LAW_READ + LAW_READ.replace('看规定', '又看规定')], '又看规定'),
  change('law.access-permission-unknown', [ROLES, READER, 'permissions: [paper.read, law.read, paper.burn]']),
  change('law.access-permission-twice', [ROLES, READER, 'permissions: [paper.read, law.read, paper.read]']),
  change(
    'law.access-permission-unheld',
    [ROLES, LAW_READ, `${LAW_READ}  - { id: paper.burn, name: 焚, kind: records }\n`],
    'burn',
  ),
  change('law.access-role-duplicate', [ROLES, READER_LINE, `${READER_LINE}\n${READER_LINE}`], 'id: reader'),
  change('law.access-role-empty', [ROLES, 'permissions: [paper.read], heldIn', 'permissions: [], heldIn']),
  change('law.access-role-held-nowhere', [ROLES, 'heldIn: [county-department], ', ''], 'id: writer'),
  change('law.access-role-unconferrable', [ROLES, ', conferredBy: [system], exclusiveWith', ', exclusiveWith'], 'id: reader'),
  change('law.access-conferrer', [ROLES, 'conferredBy: [system], exclusiveWith', 'conferredBy: [audit], exclusiveWith']),
  change('law.access-conferrer', [ROLES, 'conferredBy: [system], exclusiveWith', 'conferredBy: [mayor], exclusiveWith']),
  change('law.access-exclusive-unknown', [ROLES, 'exclusiveWith: [writer]', 'exclusiveWith: [poet]']),
  change('law.access-exclusive-unknown', [ROLES, 'exclusiveWith: [writer]', 'exclusiveWith: [reader]']),
  bringing(
    change('law.access-two-hands', [ROLES, 'permissions: [role.propose]', 'permissions: [role.propose, role.confirm]']),
    'law.access-administrators-overlap',
  ),
  change('law.access-holder-differs', [ROLES, READER, 'permissions: [paper.read-own, law.read]']),
  change('law.access-holder-differs', [ROLES, 'permissions: [paper.read-own]', 'permissions: [paper.read-own, paper.read]']),
  change('law.access-administers', [ROLES, READER, 'permissions: [paper.read, law.read, look.audit]']),
  change('law.access-administrator-reads', [ROLES, '[look.audit, law.read]', '[look.audit, law.read, paper.read]']),
  change('law.access-administrator-reads', [ROLES, '[look.audit, law.read]', '[look.audit, paper.read-own]']),
  bringing(
    change('law.access-administrator-missing', [ROLES, 'administrator: audit, ', ''], 'id: reader'),
    'law.access-administers',
  ),
  change(
    'law.access-administrator-twice',
    [ROLES, AUDIT_LINE, `${AUDIT_LINE}\n${AUDIT_LINE.replace('id: audit', 'id: audit-too')}`],
    'id: audit-too',
  ),
  change('law.access-administrators-overlap', [ROLES, '[look.audit, law.read]', '[look.audit, role.confirm]']),
  add('law.access-city-replaces', CITY, local('').replace('id: local', 'id: reader'), 'id: reader'),
  add('law.access-city-administers', CITY, local(', administrator: unit').replace('paper.read', 'role.propose'), 'id: local'),
]
