import { z } from 'zod'
import { type Day, isDay } from '../base/day.ts'
import type { AccountId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'

/* Doors of people: sign in, who am I, and the register of looks. */

const dayText = z
  .string()
  .refine(isDay, 'day.format')
  .transform(one => one as Day)

export const Me = z.strictObject({
  id: z.string(),
  name: z.string(),
  unit: z.string().nullable(),
  unitName: z.string().nullable(),
  roles: z.array(z.string()),
  permissions: z.array(z.string()),
  subjectId: z.number().nullable(),
  subjectName: z.string().nullable(),
  csrf: z.string(),
  /** What signing in still asks for: `factor` and `enrol` open nothing but the doors that take the session on. */
  step: z.enum(['factor', 'enrol', 'whole']),
  /** The account has a passkey: a screen that asks for a factor offers it then, and not otherwise. */
  hasPasskey: z.boolean(),
  /** How the door made sure of who this is. */
  assurance: z.enum(['none', 'password', 'two-factor', 'federated', 'federated-single', 'token', 'signed']),
  today: z.string(),
  cityName: z.string(),
  platformName: z.string(),
  notice: z.string().nullable(),
  /** Purposes of looks that bring their basis, to choose from. */
  purposes: z.array(z.string()),
  /** The city's districts: division code → name. */
  districts: z.record(z.string(), z.string()),
})
export type Me = z.infer<typeof Me>

export const signIn = endpoint({
  method: 'POST',
  path: '/sessions',
  needs: 'anyone',
  reach: 'self',
  since: '0.1',
  summary: '登录：账号和密码；返回会话（Cookie）、CSRF 值和下一步',
  input: z.strictObject({ login: z.string().min(1).max(100), password: z.string().min(1).max(200) }),
  output: Me,
  status: 201,
  refuses: ['access.wrong-login', 'access.locked'],
})
export const getSession = endpoint({
  method: 'GET',
  path: '/sessions/me',
  needs: 'signed-in',
  reach: 'self',
  since: '0.1',
  summary: '当前会话',
  atAnyStage: true,
  output: Me,
})
export const signOut = endpoint({
  method: 'DELETE',
  path: '/sessions/me',
  needs: 'signed-in',
  reach: 'self',
  since: '0.1',
  summary: '退出',
  atAnyStage: true,
  output: z.strictObject({ ended: z.boolean() }),
})

export const LookView = z.strictObject({
  lookId: z.number(),
  at: z.string(),
  subjectId: z.number().nullable(),
  subjectName: z.string().nullable(),
  unitName: z.string().nullable(),
  actor: z.string(),
  /** The officer's name and login, or the program's name; null for the public and for a subject's account. */
  actorName: z.string().nullable(),
  /** The mandate by which whoever looked spoke for a subject, in what capacity; the name of its holder only to the subject that gave it. */
  mandate: z.strictObject({ mandateId: z.number(), capacityName: z.string(), name: z.string().nullable() }).nullable(),
  outlet: z.string(),
  purpose: z.string(),
  businessNo: z.string(),
  basis: z.string().nullable(),
  /** The same as a person cites it, where it is an article that the platform knows. */
  basisName: z.string().nullable(),
  /** law, authorisation, own; null where it was registered before a look had to say. */
  ground: z.string().nullable(),
  authorisationId: z.number().nullable(),
  shown: z.array(z.string()),
  /** The same in words. */
  shownNames: z.array(z.string()),
  receipt: z.string(),
  found: z.boolean(),
})
export const AuditedLook = LookView.extend({
  /** The last day on which the subject is not told of it yet, by a delay that stands. */
  delayedUntil: z.string().nullable(),
})
export const listLooks = endpoint({
  method: 'GET',
  path: '/looks',
  needs: 'look.audit',
  reach: 'city',
  since: '0.1',
  summary: '查看登记（审计）；看登记本身也登记',
  query: z.strictObject({
    before: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    unit: z.string().optional(),
    outlet: z.string().optional(),
    purpose: z.string().optional(),
    businessNo: z.string().optional(),
    actor: z.string().max(100).optional(),
    receipt: z.string().max(100).optional(),
    from: dayText.optional(),
    until: dayText.optional(),
  }),
  output: z.strictObject({ looks: z.array(AuditedLook), next: z.string().nullable(), verifiedUntil: z.string().nullable() }),
})
export const listOwnLooks = endpoint({
  method: 'GET',
  path: '/looks/mine',
  needs: 'look.read-own',
  reach: 'own-subject',
  since: '0.1',
  summary: '谁看过我',
  query: z.strictObject({
    before: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    unit: z.string().max(100).optional(),
    purpose: z.string().max(100).optional(),
  }),
  output: z.strictObject({
    looks: z.array(
      LookView.omit({ actor: true, actorName: true, subjectId: true, subjectName: true }).extend({
        /** A unit (then `unitName` says which), this very account, another subject's account, or somebody without one. */
        by: z.enum(['unit', 'own-account', 'other-account', 'anyone']),
      }),
    ),
    next: z.string().nullable(),
    last30Days: z.number(),
    /** How many of them by an authorisation of the subject. */
    authorised30Days: z.number(),
  }),
})

const ResetView = z.strictObject({
  resetId: z.number(),
  accountId: z.number(),
  login: z.string(),
  name: z.string(),
  reason: z.string(),
  takesFactor: z.boolean(),
  /** Its owner has come before; else the reset brings a first password. */
  isActivated: z.boolean(),
  askedBy: z.string(),
  askedAt: z.string(),
  confirmedAt: z.string().nullable(),
  endsAt: z.string(),
})
export const askReset = endpoint({
  method: 'POST',
  path: '/accounts/:accountId/password-resets',
  needs: 'reset.ask',
  reach: ['city'],
  since: '0.3',
  summary: '提出重置他人的密码，由另一人确认',
  params: z.strictObject({ accountId: idText<AccountId>() }),
  input: z.strictObject({ reason: z.string().trim().min(1).max(200), takesFactor: z.boolean().default(false) }),
  output: z.strictObject({ resetId: z.number() }),
  status: 201,
  refuses: ['reset.own', 'reset.open', 'account.unknown', 'access.not-fresh'],
})
export const listResets = endpoint({
  method: 'GET',
  path: '/password-resets',
  needs: 'reset.read',
  reach: ['city'],
  since: '0.3',
  summary: '待确认、待使用的密码重置，给提出和确认的管理员看',
  output: z.strictObject({ resets: z.array(ResetView) }),
})
const resetParams = z.strictObject({ resetId: idText<number>() })
export const confirmReset = endpoint({
  method: 'POST',
  path: '/password-resets/:resetId/confirm',
  needs: 'reset.confirm',
  reach: ['city'],
  since: '0.3',
  secondPerson: 'reset',
  summary: '确认密码重置：旧密码和登录立即作废，重置码只给这一次，24小时内有效',
  params: resetParams,
  input: z.strictObject({ takesFactor: z.boolean().default(false) }),
  output: z.strictObject({ code: z.string(), endsAt: z.string(), takesFactor: z.boolean() }),
  refuses: ['reset.unknown', 'reset.same-person', 'reset.own', 'access.not-fresh'],
})
export const closeReset = endpoint({
  method: 'DELETE',
  path: '/password-resets/:resetId',
  /** Both administrators: whoever sees that a code is in the wrong hands stops it. */
  needs: 'reset.read',
  reach: ['city'],
  since: '0.3',
  summary: '撤回还没有使用的密码重置：已确认的，重置码作废，旧密码不恢复',
  params: resetParams,
  output: z.strictObject({ wasConfirmed: z.boolean() }),
  refuses: ['reset.unknown'],
})
export const useReset = endpoint({
  method: 'POST',
  path: '/password-resets/use',
  needs: 'anyone',
  reach: ['by-code'],
  since: '0.3',
  summary: '用重置码设置新密码，然后登录',
  input: z.strictObject({
    login: z.string().min(1).max(100),
    code: z.string().min(1).max(60),
    password: z.string().min(1).max(400),
  }),
  output: z.strictObject({ done: z.literal(true) }),
  refuses: [
    ...['reset.code-wrong', 'access.locked', 'first-code.signed-in'],
    ...['account.password-too-short', 'account.password-too-long', 'account.password-common', 'account.password-own-name'],
    'account.password-breached',
  ],
})
export const setFirstPassword = endpoint({
  method: 'POST',
  path: '/accounts/first-password',
  needs: 'anyone',
  reach: ['by-code'],
  since: '0.4',
  summary: '新账号的本人用启用码设置第一个密码，账号从此启用，然后登录',
  input: z.strictObject({
    login: z.string().min(1).max(100),
    code: z.string().min(1).max(60),
    password: z.string().min(1).max(400),
  }),
  output: z.strictObject({ done: z.literal(true) }),
  refuses: [
    ...['first-code.wrong', 'access.locked', 'first-code.signed-in'],
    ...['account.password-too-short', 'account.password-too-long', 'account.password-common', 'account.password-own-name'],
    'account.password-breached',
  ],
})
export const listSignInTally = endpoint({
  method: 'GET',
  path: '/sign-ins',
  needs: 'sign-in.audit',
  reach: ['city'],
  since: '0.3',
  summary: '登录尝试的合计：按小时、步骤、结果；不含账号和地址',
  query: z.strictObject({ days: z.coerce.number().int().min(1).max(31).default(7) }),
  output: z.strictObject({
    counts: z.array(z.strictObject({ hour: z.string(), step: z.string(), outcome: z.string(), count: z.number() })),
  }),
})
