import { z } from 'zod'
import { endpoint, idText } from '../http/endpoint.ts'
import { PersonInput } from './contract.ts'

/* Doors of a lost password: the window's, by two officers, and its owner's, who is told of it and may stop it. */

const Second = { ...PersonInput, takesFactor: z.boolean().default(false) }
const params = z.strictObject({ resetId: idText() })
const PERSON_REFUSALS = [
  'person-document.kind-unknown',
  'binding.birth-missing',
  'binding.name-missing',
  'mandate.minor',
  'window.not-of-government',
  'reset.person-unmatched',
  'reset.locked',
  'reset.own',
  'access.not-fresh',
] as const

export const WindowResetView = z.strictObject({
  resetId: z.number(),
  login: z.string(),
  /** The holder's surname only; the organisation's name where the account has that. */
  person: z.string(),
  takesFactor: z.boolean(),
  openedByName: z.string(),
  isOwn: z.boolean(),
  openedAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(['open', 'confirmed', 'used', 'withdrawn', 'over']),
})
export type WindowResetView = z.infer<typeof WindowResetView>

export const listAccountResets = endpoint({
  method: 'GET',
  path: '/account-resets',
  needs: 'subject.reset',
  reach: 'own-unit',
  since: '0.3',
  summary: '本单位窗口的账号重置：待确认和已办理的，最近的在前',
  query: z.strictObject({
    before: z.coerce.number().int().positive().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.strictObject({ resets: z.array(WindowResetView), next: z.number().nullable() }),
})
export const askAccountReset = endpoint({
  method: 'POST',
  path: '/account-resets',
  needs: 'subject.reset',
  reach: ['own-unit', 'any-subject'],
  since: '0.3',
  summary: '窗口重置主体的账号第一步：核对证件，提出重置；72小时内由本单位另一人确认',
  input: z.strictObject({ ...Second, login: z.string().max(100).default('') }),
  output: z.strictObject({ resetId: z.number(), login: z.string(), expiresAt: z.string() }),
  status: 201,
  refuses: [...PERSON_REFUSALS, 'reset.open'],
})
export const confirmAccountReset = endpoint({
  method: 'POST',
  path: '/account-resets/:resetId/confirm',
  needs: 'subject.reset-confirm',
  reach: 'own-unit',
  since: '0.3',
  secondPerson: 'account-reset',
  summary: '窗口重置第二步：另一名窗口人员对照原件重新录入；原密码和登录立即作废，重置码只给这一次，24小时内有效',
  params,
  input: z.strictObject(Second),
  output: z.strictObject({ code: z.string(), login: z.string(), endsAt: z.string(), takesFactor: z.boolean() }),
  refuses: [...PERSON_REFUSALS, 'reset.unknown', 'reset.same-person', 'reset.person-differs'],
})
export const withdrawAccountReset = endpoint({
  method: 'DELETE',
  path: '/account-resets/:resetId',
  needs: 'subject.reset',
  reach: 'own-unit',
  since: '0.3',
  summary: '撤回本单位的账号重置，直到重置码被使用；已确认的，重置码作废，原密码和已移除的第二步验证不恢复',
  params,
  output: z.strictObject({ wasConfirmed: z.boolean() }),
  refuses: ['reset.unknown'],
})
export const listOwnResets = endpoint({
  method: 'GET',
  path: '/account/resets',
  needs: 'signed-in',
  reach: 'self',
  since: '0.3',
  summary: '本账号三十天内的密码重置：谁的窗口、什么时候、办到哪一步',
  output: z.strictObject({
    resets: z.array(
      z.strictObject({
        resetId: z.number(),
        unitName: z.string().nullable(),
        takesFactor: z.boolean(),
        askedAt: z.string(),
        at: z.string(),
        state: z.enum(['asked', 'confirmed', 'used', 'stopped', 'over']),
      }),
    ),
  }),
})
export const stopOwnReset = endpoint({
  method: 'DELETE',
  path: '/account/resets/:resetId',
  needs: 'signed-in',
  reach: 'self',
  since: '0.3',
  summary: '阻止对本账号的密码重置：不是本人提出的，重置码随即作废',
  params,
  output: z.strictObject({ done: z.literal(true) }),
  refuses: ['reset.unknown'],
})
