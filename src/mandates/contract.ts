import { z } from 'zod'
import { type Day, isDay } from '../base/day.ts'
import type { MandateId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'
import { CAPACITIES, END_REASONS, EXTENTS, Extents } from './model.ts'

/* Doors of speaking for a subject: choose whom, manage agents, redeem a code; and the window's bindings by two officers. */

const DayText = z
  .string()
  .refine(isDay)
  .transform(text => text as Day)
const Term = {
  mandateId: z.number(),
  capacity: z.enum(CAPACITIES),
  /** Of an agent; others speak in everything. */
  extent: z.array(z.enum(EXTENTS)).nullable(),
  from: z.string(),
  /** The last day; null: until it is changed. */
  until: z.string().nullable(),
  state: z.enum(['in-force', 'to-come', 'over']),
  endsSoon: z.boolean(),
  endedAt: z.string().nullable(),
  endedWhy: z.enum(END_REASONS).nullable(),
  boundBy: z.string(),
}
export const MandateView = z.strictObject({ ...Term, subjectId: z.number(), subjectName: z.string(), isChosen: z.boolean() })
export type MandateView = z.infer<typeof MandateView>
export const AgentView = z.strictObject({ ...Term, name: z.string() })
export type AgentView = z.infer<typeof AgentView>
export const InvitationView = z.strictObject({
  invitationId: z.number(),
  name: z.string(),
  extent: z.array(z.enum(EXTENTS)),
  until: z.string(),
  expiresAt: z.string(),
})
export type InvitationView = z.infer<typeof InvitationView>

export const listOwnMandates = endpoint({
  method: 'GET',
  path: '/sessions/me/mandates',
  needs: 'signed-in',
  reach: 'self',
  since: '0.2',
  summary: '本账号代表哪些主体：身份、范围、起止日期，已终止的也列出',
  output: z.strictObject({ mandates: z.array(MandateView) }),
})
export const chooseSubject = endpoint({
  method: 'POST',
  path: '/sessions/me/subject',
  needs: 'signed-in',
  reach: 'self',
  since: '0.2',
  summary: '选择本次登录代表的主体；CSRF 值随之更换',
  input: z.strictObject({ mandateId: z.number().int().positive() }),
  output: z.strictObject({ csrf: z.string(), subjectId: z.number() }),
  refuses: ['mandate.unknown'],
})
export const listAgents = endpoint({
  method: 'GET',
  path: '/mandates',
  needs: 'mandate.manage',
  reach: 'own-subject',
  since: '0.2',
  summary: '本主体的经办人（含已终止的）和未兑换的邀请',
  output: z.strictObject({ agents: z.array(AgentView), invitations: z.array(InvitationView) }),
})
export const inviteAgent = endpoint({
  method: 'POST',
  path: '/mandates/invitations',
  needs: 'mandate.manage',
  reach: 'own-subject',
  since: '0.2',
  summary: '邀请经办人：姓名、范围、截止日；返回一次性邀请码，24小时内有效',
  input: z.strictObject({
    name: z.string().min(1).max(50),
    mobile: z.string().max(20).optional(),
    extent: Extents,
    until: DayText,
  }),
  output: z.strictObject({ invitationId: z.number(), code: z.string(), expiresAt: z.string() }),
  status: 201,
  refuses: ['access.not-allowed', 'binding.name-missing', 'mandate.until-past', 'mandate.too-long'],
})
export const withdrawInvitation = endpoint({
  method: 'DELETE',
  path: '/mandates/invitations/:invitationId',
  needs: 'mandate.manage',
  reach: 'own-subject',
  since: '0.2',
  summary: '撤回未兑换的邀请',
  params: z.strictObject({ invitationId: idText() }),
  output: z.strictObject({ withdrawn: z.boolean() }),
  refuses: ['invitation.unknown', 'invitation.settled'],
})
export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/mandates/acceptances',
  needs: 'signed-in',
  reach: 'by-code',
  since: '0.2',
  summary: '用自己的账号兑换邀请码，成为经办人',
  input: z.strictObject({ code: z.string().min(1).max(100) }),
  output: z.strictObject({ mandateId: z.number(), subjectId: z.number() }),
  status: 201,
  refuses: [
    'invitation.code-unknown',
    'invitation.over',
    'invitation.settled',
    'invitation.other-person',
    'invitation.own',
    'invitation.inviter-over',
    'mandate.staff-account',
  ],
})
export const endMandate = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/mandates/:mandateId/end',
  needs: 'signed-in',
  reach: ['own-subject', 'self'],
  since: '0.2',
  summary: '终止经办人的授权（立即），或者提前截止日；经办人也可以辞去自己的授权',
  params: z.strictObject({ subjectId: idText(), mandateId: idText<MandateId>() }),
  input: z.strictObject({ lastDay: DayText.nullable().default(null) }),
  output: z.strictObject({ ended: z.boolean() }),
  refuses: ['mandate.unknown', 'mandate.over', 'mandate.not-an-agent', 'mandate.until-past', 'mandate.not-shorter'],
})

export const PersonInput = {
  name: z.string().min(1).max(100),
  documentKind: z.string(),
  documentNumber: z.string().min(1).max(40),
  /** Asked for where the document's number does not carry it. */
  birth: z.string().max(10).nullish(),
}
export const BindingView = z.strictObject({
  bindingId: z.number(),
  capacity: z.enum(CAPACITIES),
  subjectName: z.string().nullable(),
  /** Surname only. */
  person: z.string(),
  evidenceKind: z.string(),
  openedByName: z.string(),
  isOwn: z.boolean(),
  openedAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(['open', 'confirmed', 'withdrawn', 'over']),
})
export type BindingView = z.infer<typeof BindingView>
const PERSON_REFUSALS = [
  'window.not-of-government',
  'person-document.kind-unknown',
  'binding.birth-missing',
  'mandate.minor',
  'binding.own',
] as const

export const listBindings = endpoint({
  method: 'GET',
  path: '/bindings',
  needs: 'subject.bind',
  reach: 'own-unit',
  since: '0.2',
  summary: '本单位窗口的绑定：待确认和已办理的，最近的在前',
  query: z.strictObject({
    before: z.coerce.number().int().positive().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.strictObject({ bindings: z.array(BindingView), next: z.number().nullable() }),
})
export const openBinding = endpoint({
  method: 'POST',
  path: '/bindings',
  needs: 'subject.bind',
  reach: ['own-unit', 'any-subject'],
  since: '0.2',
  summary: '窗口绑定第一步：核对证件，提出绑定；24小时内由本单位另一人确认',
  input: z.strictObject({
    ...PersonInput,
    capacity: z.enum(CAPACITIES),
    uscc: z.string().max(40).nullable(),
    extent: Extents.nullish(),
    until: DayText.nullish(),
    evidenceKind: z.enum(['identity-document', 'business-licence', 'authorisation-letter']),
    evidenceNumber: z.string().min(1).max(100),
  }),
  output: z.strictObject({
    bindingId: z.number(),
    expiresAt: z.string(),
    subjectName: z.string().nullable(),
    receipt: z.string().nullable(),
  }),
  status: 201,
  refuses: [
    ...PERSON_REFUSALS,
    'binding.code-missing',
    'binding.subject-unknown',
    'binding.evidence-missing',
    'mandate.not-representative',
    'mandate.extent-missing',
    'mandate.until-missing',
    'mandate.until-past',
    'mandate.too-long',
  ],
})
export const confirmBinding = endpoint({
  method: 'POST',
  path: '/bindings/:bindingId/confirm',
  needs: 'subject.bind-confirm',
  reach: 'own-unit',
  since: '0.2',
  secondPerson: 'binding',
  summary: '窗口绑定第二步：另一名窗口人员对照原件重新录入姓名和证件号码，确认绑定',
  params: z.strictObject({ bindingId: idText() }),
  input: z.strictObject(PersonInput),
  output: z.strictObject({
    mandateId: z.number(),
    subjectId: z.number(),
    /** Handed over on paper; null where the person has an account already. */
    activation: z.strictObject({ code: z.string(), expiresAt: z.string() }).nullable(),
  }),
  refuses: [
    ...PERSON_REFUSALS,
    'access.not-fresh',
    'binding.unknown',
    'binding.same-officer',
    'binding.settled',
    'binding.over',
    'binding.person-differs',
    'binding.name-differs',
    'binding.account-closed',
    'mandate.not-representative',
    'mandate.not-the-person',
    'mandate.not-of-persons',
  ],
})
export const withdrawBinding = endpoint({
  method: 'DELETE',
  path: '/bindings/:bindingId',
  needs: 'subject.bind',
  reach: 'own-unit',
  since: '0.2',
  summary: '撤回还没有确认的绑定',
  params: z.strictObject({ bindingId: idText() }),
  output: z.strictObject({ withdrawn: z.boolean() }),
  refuses: ['binding.unknown', 'binding.settled'],
})
export const activateAccount = endpoint({
  method: 'POST',
  path: '/accounts/activations',
  needs: 'anyone',
  reach: 'by-code',
  since: '0.2',
  summary: '用窗口交给的激活码设定账号和密码',
  input: z.strictObject({
    code: z.string().min(1).max(100),
    login: z.string().min(1).max(100),
    password: z.string().min(1).max(200),
  }),
  output: z.strictObject({ activated: z.boolean() }),
  status: 201,
  refuses: [
    'activation.code-unknown',
    'activation.used',
    'activation.over',
    'account.login-malformed',
    'account.login-taken',
    'account.login-person-number',
    'account.password-too-short',
    'account.password-too-long',
  ],
})
