import { z } from 'zod'
import type { SubjectId, WaitingId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'

/* Doors of the waiting queue: rows that a person must decide. */

export const CandidateView = z.strictObject({
  subjectId: z.number(),
  name: z.string(),
  uscc: z.string().nullable(),
  kind: z.string(),
  status: z.string().nullable(),
  district: z.string().nullable(),
  legalRepresentative: z.string().nullable(),
  address: z.string().nullable(),
  foundedOn: z.string().nullable(),
  endedOn: z.string().nullable(),
  formerNames: z.array(z.strictObject({ name: z.string(), from: z.string().nullable(), until: z.string().nullable() })),
  oldCodes: z.array(z.string()),
  /** Sentences: what agrees, what differs. */
  because: z.array(z.string()),
  /** Ranges of characters of `name` that differ from the reported name. */
  differs: z.array(z.tuple([z.number(), z.number()])),
})
export const WaitingView = z.strictObject({
  waitingId: z.number(),
  unit: z.string(),
  unitName: z.string(),
  item: z.string(),
  itemName: z.string(),
  reason: z.string(),
  sentence: z.string(),
  openedAt: z.string(),
  deliveryId: z.number().nullable(),
  rowNo: z.number().nullable(),
  reported: z.array(z.strictObject({ code: z.string(), name: z.string(), value: z.string() })),
  counterpart: z.strictObject({ name: z.string(), uscc: z.string().nullable() }),
  candidates: z.array(CandidateView),
  decisions: z.array(
    z.strictObject({
      decision: z.string(),
      by: z.string(),
      /** The officer's name and login; null where it is nobody's. */
      byName: z.string().nullable(),
      at: z.string(),
      reason: z.string().nullable(),
      subjectId: z.number().nullable(),
    }),
  ),
})
export type WaitingView = z.infer<typeof WaitingView>

/** A queue is counted up to here: beyond it, the number is no news. */
export const MOST_COUNTED = 10_000

export const listWaiting = endpoint({
  method: 'GET',
  path: '/waiting',
  needs: 'waiting.decide',
  reach: 'city',
  since: '0.1',
  summary: '待确认的记录，最早的在前：哪一批哪一行、什么事项、为什么等待，不列名称和代码',
  query: z.strictObject({
    state: z.enum(['open', 'decided']).default('open'),
    after: z.coerce.number().default(0),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  output: z.strictObject({
    waiting: z.array(
      WaitingView.pick({
        waitingId: true,
        unitName: true,
        itemName: true,
        reason: true,
        sentence: true,
        openedAt: true,
        deliveryId: true,
        rowNo: true,
      }),
    ),
    next: z.number().nullable(),
    /** How many wait; `MOST_COUNTED` where there are as many or more. */
    open: z.number(),
  }),
})
export const getWaiting = endpoint({
  method: 'GET',
  path: '/waiting/:waitingId',
  needs: 'waiting.decide',
  reach: 'any-subject',
  since: '0.1',
  summary: '一条待确认的记录及候选主体（查看须登记）',
  params: z.strictObject({ waitingId: idText<WaitingId>() }),
  output: WaitingView,
})
export const decideWaiting = endpoint({
  method: 'POST',
  path: '/waiting/:waitingId/decisions',
  needs: 'waiting.decide',
  reach: 'any-subject',
  since: '0.1',
  summary: '确认是谁、新建主体、退回、撤销前次决定，或认定处罚的失信分类',
  params: z.strictObject({ waitingId: idText<WaitingId>() }),
  input: z.discriminatedUnion('decision', [
    z.strictObject({
      decision: z.literal('same'),
      subjectId: z
        .number()
        .int()
        .positive()
        .transform(id => id as SubjectId),
      reason: z.string().max(500).optional(),
    }),
    z.strictObject({ decision: z.literal('new'), reason: z.string().max(500).optional() }),
    z.strictObject({ decision: z.literal('returned'), reason: z.string().min(2).max(500) }),
    z.strictObject({ decision: z.literal('undone'), reason: z.string().max(500).optional() }),
    z.strictObject({
      decision: z.literal('gravity'),
      gravity: z.enum(['minor', 'general', 'serious']),
      reason: z.string().min(2).max(500),
    }),
  ]),
  output: z.strictObject({ waitingId: z.number(), decision: z.string(), factId: z.number().nullable() }),
  refuses: [
    'waiting.decided-before',
    'waiting.nothing-to-undo',
    'waiting.not-this-kind',
    'waiting.needs-code',
    'record.exists-already',
  ],
})
