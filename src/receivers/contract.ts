import { z } from 'zod'
import type { SubjectId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'
import { CAUSES, HOWS, NOTICE_KINDS } from './model.ts'

/* Doors of those who were handed something: what was taken away since, and what became of their copies. */

const key = z.strictObject({ subjectId: idText<SubjectId>(), noticeId: idText<number>() })
const limit = z.coerce.number().int().min(1).max(100).default(20)

export const NoticeView = z.strictObject({
  /** Ids that the receiver was given with what it obtained; who it is, is a look of its own. */
  subjectId: z.number(),
  noticeId: z.number(),
  kind: z.enum(NOTICE_KINDS),
  /** What the receiver is asked or told, and why, in words. */
  sentence: z.string(),
  /** Null where an authorisation is over. */
  cause: z.enum(CAUSES).nullable(),
  recordIds: z.array(z.number()),
  receiver: z.string(),
  receiverName: z.string(),
  /** The program that fetched it; null: people of the unit. */
  program: z.string().nullable(),
  outlets: z.array(z.string()),
  outletNames: z.array(z.string()),
  /** The latest twenty; `entries`: how often it was obtained. */
  businessNos: z.array(z.string()),
  receipts: z.array(z.string()),
  entries: z.number(),
  openedAt: z.string(),
  /** Null: no day is set, or the calendar of the year is not published. */
  dueOn: z.string().nullable(),
  workingDays: z.number(),
  workingDaysLeft: z.number().nullable(),
  isOverdue: z.boolean(),
  confirmedAt: z.string().nullable(),
  how: z.enum(HOWS).nullable(),
  /** Whether whoever asks may confirm it. */
  mayConfirm: z.boolean(),
})
export type NoticeView = z.infer<typeof NoticeView>

export const listCorrections = endpoint({
  method: 'GET',
  path: '/receivers/corrections',
  needs: 'receiver.confirm',
  reach: ['own-unit', 'city'],
  since: '0.4',
  summary: '本单位取得、后来被更正或者撤下的信息：待确认的按期限在前，或者已确认的、只告知的；信用办可以看各单位的（units=all）',
  query: z.strictObject({
    /** `told`: what the unit was only told, because its use was over or because what had gone stands again. */
    state: z.enum(['open', 'confirmed', 'told']).default('open'),
    units: z.enum(['own', 'all']).default('own'),
    unit: z.string().max(60).optional(),
    after: z.string().max(40).optional(),
    limit,
  }),
  output: z.strictObject({
    corrections: z.array(NoticeView),
    open: z.number(),
    overdue: z.number(),
    next: z.string().nullable(),
  }),
  refuses: ['correction.all-units', 'correction.place'],
})

export const listReceivers = endpoint({
  method: 'GET',
  path: '/receivers/units',
  needs: 'receiver.read-all',
  reach: 'city',
  since: '0.4',
  summary: '各单位的更正确认：待确认、超期各几件，最早一件从何时起',
  output: z.strictObject({
    units: z.array(
      z.strictObject({ unit: z.string(), name: z.string(), open: z.number(), overdue: z.number(), oldestAt: z.string() }),
    ),
  }),
})

export const getCorrection = endpoint({
  method: 'GET',
  path: '/receivers/corrections/:subjectId/:noticeId',
  needs: 'receiver.confirm',
  reach: 'own-unit',
  since: '0.4',
  summary: '一项更正说的是哪个主体；看一次登记一次',
  params: key,
  output: z.strictObject({
    notice: NoticeView,
    subject: z.strictObject({ subjectId: z.number(), name: z.string(), uscc: z.string().nullable(), kind: z.string() }),
    receipt: z.string(),
  }),
  refuses: ['correction.unknown'],
})

export const confirmCorrection = endpoint({
  method: 'POST',
  path: '/receivers/corrections/:subjectId/:noticeId/confirmations',
  needs: 'receiver.confirm',
  reach: 'own-unit',
  since: '0.4',
  summary: '确认：本单位的这些信息已删除、已更正，或者未曾使用',
  params: key,
  input: z.strictObject({ how: z.enum(HOWS) }),
  output: z.strictObject({ confirmedAt: z.string() }),
  status: 201,
  refuses: ['correction.unknown', 'correction.nothing-asked', 'correction.confirmed-before'],
})

export const readFeed = endpoint({
  method: 'GET',
  path: '/receivers/feed',
  needs: 'receiver.confirm',
  reach: 'own-unit',
  since: '0.4',
  summary: '更正的顺序流：本单位曾经取得的信息凡有更正、撤下都在里面，不用确认的也在；从上次的seq接着读，不漏不重',
  query: z.strictObject({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  }),
  output: z.strictObject({
    changes: z.array(
      z.strictObject({
        seq: z.number(),
        subjectId: z.number(),
        noticeId: z.number(),
        kind: z.enum(NOTICE_KINDS),
        cause: z.enum(CAUSES).nullable(),
        recordIds: z.array(z.number()),
        at: z.string(),
        dueOn: z.string().nullable(),
        program: z.string().nullable(),
      }),
    ),
    /** Where to go on. */
    next: z.number(),
  }),
})

export const closeBusiness = endpoint({
  method: 'POST',
  path: '/receivers/business-ends',
  needs: 'receiver.confirm',
  reach: 'own-unit',
  since: '0.4',
  summary: '业务办结：本单位按这个业务编号取得的信息不再使用，以后更正只告知、不用确认；再按这个编号取得的另算',
  input: z.strictObject({ businessNo: z.string().min(1).max(100) }),
  output: z.strictObject({ businessNo: z.string(), closedAt: z.string() }),
  status: 201,
  refuses: ['correction.business-number-missing'],
})
