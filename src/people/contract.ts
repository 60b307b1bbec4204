import { z } from 'zod'
import { type Day, isDay } from '../base/day.ts'
import type { AccountId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'
import { OrganisationView, PermissionTable, PersonView, ProposalView, REGISTERED_KINDS, RoleView } from './model.ts'

/* Doors of organisations and people: who belongs where, who may do what, and the two persons that each of it takes. */

const dayText = z
  .string()
  .refine(isDay, 'day.format')
  .transform(text => text as Day)
const reason = z.string().trim().min(2).max(200)
const decision = z.strictObject({ decision: z.enum(['confirmed', 'refused']), reason: z.string().trim().max(200).optional() })
const organisationId = z.string().max(80)
const Decided = z.strictObject({ decided: z.enum(['confirmed', 'refused']) })

export const listOrganisations = endpoint({
  method: 'GET',
  path: '/organisations',
  needs: 'organisation.read',
  reach: 'unit-tree',
  since: '0.2',
  summary: '机构树和角色：三员看全市，单位管理员看本单位和下级',
  output: z.strictObject({
    organisations: z.array(OrganisationView),
    roles: z.array(RoleView),
    kinds: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  }),
})

const Wish = z.strictObject({
  name: z.string().trim().min(2).max(120),
  uscc: z.string().trim().max(40),
  kind: z.enum(REGISTERED_KINDS),
  parent: organisationId.nullable(),
  reason,
})
export type OrganisationWish = z.infer<typeof Wish>
const Proposed = z.strictObject({ organisationId: z.string(), version: z.number() })
const refusesOrganisation = [
  'uscc.length',
  'organisation.uscc-taken',
  'organisation.name-taken',
  'organisation.parent-unknown',
  'organisation.parent-below',
] as const

export const proposeOrganisation = endpoint({
  method: 'POST',
  path: '/organisations',
  needs: 'organisation.propose',
  reach: 'city',
  since: '0.2',
  summary: '提出登记一个机构（银行、服务机构、平台），由安全管理员确认后生效',
  input: Wish,
  output: Proposed,
  status: 201,
  refuses: [...refusesOrganisation],
})

export const proposeVersion = endpoint({
  method: 'POST',
  path: '/organisations/:organisationId/versions',
  needs: 'organisation.propose',
  reach: 'city',
  since: '0.2',
  summary: '提出变更或关闭一个登记的机构；关闭确认后，其账号、会话和令牌一并停用',
  params: z.strictObject({ organisationId }),
  input: z.discriminatedUnion('state', [
    Wish.extend({ state: z.literal('open') }),
    z.strictObject({ state: z.literal('closed'), reason }),
  ]),
  output: Proposed,
  status: 201,
  refuses: [
    ...refusesOrganisation,
    'organisation.proposal-open',
    'organisation.of-city-file',
    'organisation.has-children',
    'organisation.closed',
  ],
})

export const decideOrganisation = endpoint({
  method: 'POST',
  path: '/organisations/:organisationId/versions/:version/decision',
  needs: 'organisation.confirm',
  reach: 'city',
  since: '0.2',
  secondPerson: 'organisation',
  summary: '确认或退回机构的登记、变更、关闭；提出的人不能确认',
  params: z.strictObject({ organisationId, version: z.coerce.number().int().min(1).max(1_000_000) }),
  input: decision,
  output: Decided,
  refuses: ['people.own-proposal', 'people.decided-before', 'access.not-fresh', ...refusesOrganisation],
})

export const listPeople = endpoint({
  method: 'GET',
  path: '/organisations/:organisationId/people',
  needs: 'organisation.read',
  reach: 'unit-tree',
  since: '0.2',
  summary: '一个机构的人员和角色，启用的账号在前，分页；不含主体账号',
  params: z.strictObject({ organisationId }),
  /** `after`: the place that the page before ended with. */
  query: z.strictObject({ after: z.string().max(120).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
  output: z.strictObject({ people: z.array(PersonView), next: z.string().nullable() }),
  refuses: ['organisation.unknown', 'organisation.not-yours', 'people.place'],
})

export const openAccount = endpoint({
  method: 'POST',
  path: '/accounts',
  needs: 'account.manage',
  reach: 'unit-tree',
  since: '0.2',
  summary: '建立账号：没有角色也没有密码；启用码只答复这一次，本人用它设置密码后账号才启用',
  input: z.strictObject({ login: z.string().min(1).max(100), name: z.string().trim().min(1).max(60), unit: organisationId }),
  output: z.strictObject({ accountId: z.number(), login: z.string(), code: z.string(), endsAt: z.string() }),
  status: 201,
  refuses: [
    'access.not-fresh',
    'account.login-malformed',
    'account.login-taken',
    'account.login-person-number',
    'account.unit-unknown',
    'organisation.not-yours',
  ],
})

const accountId = idText<AccountId>()

export const changeAccount = endpoint({
  method: 'PUT',
  path: '/accounts/:accountId',
  needs: 'account.manage',
  reach: 'unit-tree',
  since: '0.2',
  summary: '变更姓名或调到另一机构；调动即收回全部角色',
  params: z.strictObject({ accountId }),
  input: z.strictObject({ name: z.string().trim().min(1).max(60), unit: organisationId, reason }),
  output: z.strictObject({ accountId: z.number(), endedRoles: z.number() }),
  refuses: ['account.unknown', 'account.own', 'account.of-administrator', 'account.unit-unknown', 'organisation.not-yours'],
})

export const closeAccountDoor = endpoint({
  method: 'POST',
  path: '/accounts/:accountId/closing',
  needs: 'account.manage',
  reach: 'unit-tree',
  since: '0.2',
  summary: '关闭账号：立即退出，不再启用',
  params: z.strictObject({ accountId }),
  input: z.strictObject({ reason }),
  output: z.strictObject({ closed: z.boolean() }),
  refuses: ['account.unknown', 'account.own', 'account.of-administrator', 'organisation.not-yours'],
})

export const proposeRole = endpoint({
  method: 'POST',
  path: '/accounts/:accountId/roles',
  needs: 'role.propose',
  reach: 'unit-tree',
  since: '0.2',
  summary: '提出授予角色，写明起止日；涉及数据或管理的角色由安全管理员确认后生效',
  params: z.strictObject({ accountId }),
  input: z.strictObject({ role: z.string().max(80), from: dayText, until: dayText.nullable(), reason }),
  output: z.strictObject({ grantNo: z.number(), inForce: z.boolean() }),
  status: 201,
  refuses: [
    'account.unknown',
    'account.own',
    'account.role-unknown',
    'role.not-yours',
    'role.not-of-unit',
    'role.exclusive',
    'role.held',
    'role.already-proposed',
    'role.days',
    'organisation.not-yours',
  ],
})

const Grant = z.strictObject({ accountId, grantNo: z.coerce.number().int().min(1).max(1_000_000) })

export const decideRole = endpoint({
  method: 'POST',
  path: '/accounts/:accountId/roles/:grantNo/decision',
  needs: 'role.confirm',
  reach: 'city',
  since: '0.2',
  secondPerson: 'role',
  summary: '确认或退回授予角色；提出的人和本人都不能确认',
  params: Grant,
  input: decision,
  output: Decided,
  refuses: ['people.own-proposal', 'people.decided-before', 'account.own', 'role.exclusive', 'role.unknown', 'access.not-fresh'],
})

export const endRole = endpoint({
  method: 'POST',
  path: '/accounts/:accountId/roles/:grantNo/end',
  needs: 'role.end',
  reach: 'unit-tree',
  since: '0.2',
  summary: '收回角色：下一次请求起失效',
  params: Grant,
  input: z.strictObject({ reason }),
  output: z.strictObject({ ended: z.boolean() }),
  refuses: ['role.unknown', 'role.ended-before', 'account.own', 'account.of-administrator', 'organisation.not-yours'],
})

export const listProposals = endpoint({
  method: 'GET',
  path: '/proposals',
  needs: 'organisation.read',
  reach: 'unit-tree',
  since: '0.2',
  summary: '等待确认的机构和角色，最早的在前',
  output: z.strictObject({ proposals: z.array(ProposalView) }),
})

export const getPermissions = endpoint({
  method: 'GET',
  path: '/permissions',
  needs: 'permission.read',
  reach: 'city',
  since: '0.2',
  summary: '权限表：每个角色的权限，每个接口要求的权限和所及的范围',
  output: PermissionTable,
})
