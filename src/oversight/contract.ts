import { z } from 'zod'
import { type Day, isDay } from '../base/day.ts'
import { endpoint, idText } from '../http/endpoint.ts'
import { delayGround } from '../law/oversight-model.ts'

/* Doors of those who watch those who look. */

const LONGEST = 500
const text = z.string().max(LONGEST)
const dayText = z
  .string()
  .refine(isDay, 'day.format')
  .transform(one => one as Day)
const paging = {
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}

export const StepView = z.strictObject({
  step: z.string(),
  stepName: z.string(),
  text: z.string(),
  dueOn: z.string().nullable(),
  by: z.string(),
  at: z.string(),
})
export const AlertView = z.strictObject({
  alertId: z.number(),
  rule: z.string(),
  ruleName: z.string(),
  /** What stood out, in words. */
  sentence: z.string(),
  actor: z.string(),
  actorName: z.string().nullable(),
  unitName: z.string(),
  lookedOn: z.string(),
  count: z.number(),
  atLeast: z.number(),
  receipts: z.array(z.string()),
  foundAt: z.string(),
  state: z.string(),
  stateName: z.string(),
  /** The clock of an explanation that is waited for, and how many working days it has. */
  dueOn: z.string().nullable(),
  workingDays: z.number(),
  workingDaysLeft: z.number().nullable(),
  isOverdue: z.boolean(),
  steps: z.array(StepView),
})
export type AlertView = z.infer<typeof AlertView>
const alerts = z.strictObject({ alerts: z.array(AlertView), next: z.number().nullable() })

export const listAlerts = endpoint({
  method: 'GET',
  path: '/looks/alerts',
  needs: 'look.audit',
  reach: ['city'],
  since: '0.2',
  summary: '异常查看（审计）',
  query: z.strictObject({ open: z.stringbool().optional(), ...paging }),
  output: alerts,
})
export const listOwnAlerts = endpoint({
  method: 'GET',
  path: '/looks/alerts/mine',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.2',
  summary: '要我说明的查看',
  query: z.strictObject(paging),
  output: alerts,
})
export const askExplanation = endpoint({
  method: 'POST',
  path: '/looks/alerts/:alertId/ask',
  needs: 'look.audit',
  reach: ['city'],
  since: '0.2',
  summary: '要求查看人说明',
  params: z.strictObject({ alertId: idText() }),
  input: z.strictObject({ text }),
  output: z.strictObject({ dueOn: z.string().nullable() }),
  refuses: ['look-alert.unknown', 'look-alert.step', 'look-alert.own', 'text.missing', 'text.prohibited'],
})
export const explain = endpoint({
  method: 'POST',
  path: '/looks/alerts/:alertId/explanation',
  needs: 'signed-in',
  reach: ['self'],
  since: '0.2',
  summary: '说明查看的缘由',
  params: z.strictObject({ alertId: idText() }),
  input: z.strictObject({ text }),
  output: z.strictObject({ explained: z.boolean() }),
  refuses: ['look-alert.unknown', 'look-alert.step', 'text.missing', 'text.prohibited'],
})
export const closeAlert = endpoint({
  method: 'POST',
  path: '/looks/alerts/:alertId/close',
  needs: 'look.audit',
  reach: ['city'],
  since: '0.2',
  summary: '了结异常查看：正当，或者违规移送',
  params: z.strictObject({ alertId: idText() }),
  input: z.strictObject({ finding: z.enum(['justified', 'breach']), text }),
  output: z.strictObject({ closed: z.boolean() }),
  refuses: ['look-alert.unknown', 'look-alert.step', 'look-alert.own', 'text.missing', 'text.prohibited'],
})

export const DelayView = z.strictObject({
  delayId: z.number(),
  unitName: z.string(),
  businessNo: z.string(),
  ground: delayGround,
  groundName: z.string(),
  basis: z.string(),
  reason: z.string(),
  until: z.string(),
  askedBy: z.string().nullable(),
  askedAt: z.string(),
  state: z.enum(['asked', 'approved', 'refused', 'over', 'ended', 'withdrawn']),
  stateName: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  /** Why it was approved or refused. */
  decision: z.string().nullable(),
  endedBy: z.string().nullable(),
  endedAt: z.string().nullable(),
  endReason: z.string().nullable(),
  /** Whoever asks for the list asked for this delay. */
  isOwn: z.boolean(),
  /** It stands, and whoever asks for the list may end it. */
  mayEnd: z.boolean(),
  /** Nobody has decided it, and whoever asks for the list asked for it. */
  mayWithdraw: z.boolean(),
})
export type DelayView = z.infer<typeof DelayView>

export const listDelays = endpoint({
  method: 'GET',
  path: '/looks/delays',
  needs: 'look.delay-read',
  reach: ['own-unit', 'city'],
  since: '0.2',
  summary: '暂缓告知',
  query: z.strictObject({ open: z.stringbool().optional(), ...paging }),
  output: z.strictObject({
    delays: z.array(DelayView),
    next: z.number().nullable(),
    longestDays: z.number(),
    grounds: z.array(z.strictObject({ id: delayGround, name: z.string() })),
  }),
})
export const askDelay = endpoint({
  method: 'POST',
  path: '/looks/delays',
  needs: 'look.delay',
  reach: ['own-unit'],
  since: '0.2',
  summary: '申请暂缓告知本单位按某业务编号的查看',
  input: z.strictObject({ businessNo: z.string().max(100), ground: delayGround, reason: text, until: dayText }),
  output: z.strictObject({ delayId: z.number() }),
  status: 201,
  refuses: [
    'look-delay.unit-missing',
    'look-delay.number-missing',
    'look-delay.over',
    'look-delay.too-long',
    'text.missing',
    'text.prohibited',
  ],
})
export const decideDelay = endpoint({
  method: 'POST',
  path: '/looks/delays/:delayId/decision',
  needs: 'look.delay-approve',
  reach: ['city'],
  since: '0.2',
  secondPerson: 'delay',
  summary: '批准或者不批准暂缓告知（须为另一人）',
  params: z.strictObject({ delayId: idText() }),
  input: z.strictObject({ approved: z.boolean(), reason: text }),
  output: z.strictObject({ decided: z.boolean() }),
  refuses: [
    'access.not-fresh',
    'look-delay.unknown',
    'look-delay.own',
    'look-delay.decided',
    'look-delay.withdrawn',
    'look-delay.over',
    'text.missing',
    'text.prohibited',
  ],
})
export const withdrawDelay = endpoint({
  method: 'POST',
  path: '/looks/delays/:delayId/withdrawal',
  needs: 'look.delay',
  reach: ['self'],
  since: '0.2',
  summary: '撤回自己提出、还没有人办理的暂缓告知申请',
  params: z.strictObject({ delayId: idText() }),
  input: z.strictObject({ reason: text }),
  output: z.strictObject({ withdrawn: z.boolean() }),
  refuses: ['look-delay.unknown', 'look-delay.decided', 'look-delay.withdrawn', 'text.missing', 'text.prohibited'],
})
export const endDelay = endpoint({
  method: 'POST',
  path: '/looks/delays/:delayId/end',
  needs: 'look.delay-read',
  reach: ['own-unit', 'city'],
  since: '0.2',
  summary: '提前结束暂缓告知',
  params: z.strictObject({ delayId: idText() }),
  input: z.strictObject({ reason: text }),
  output: z.strictObject({ ended: z.boolean() }),
  refuses: ['look-delay.unknown', 'look-delay.ended', 'look-delay.not-standing', 'text.missing', 'text.prohibited'],
})
