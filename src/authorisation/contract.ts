import { z } from 'zod'
import { CommentView } from '../archive/contract.ts'
import type { AuthorisationId, RequestId, SubjectId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'
import { ReportView } from '../reports/contract.ts'

/* Doors of authorisation: what a receiver asks, and reads as far as it was let; how much of both there is. The subject's stand in subject-contract.ts. */

export const page = { before: z.coerce.number().optional(), limit: z.coerce.number().int().min(1).max(100).default(20) }
const key = z.strictObject({ subjectId: idText<SubjectId>(), authorisationId: idText<AuthorisationId>() })
/** An id of the law. */
export const word = z.string().min(1).max(60)
const number = z.string().min(1).max(100)
const STATES = ['in-force', 'revoked', 'over', 'used-up'] as const

export const ClassView = z.strictObject({
  id: z.string(),
  name: z.string(),
  shows: z.string(),
  example: z.string(),
  /** Everybody consents to it apart; persons do. */
  sensitive: z.enum(['all', 'persons', 'no']),
  report: z.boolean(),
})

export const getOffer = endpoint({
  method: 'GET',
  path: '/authorisations/offer',
  needs: 'authorisation.request',
  reach: 'city',
  since: '0.2',
  summary: '本单位可以向主体请求什么：用途、信息类别、期限',
  output: z.strictObject({
    purposes: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    classes: z.array(ClassView),
    usualDays: z.number(),
    longestDays: z.number(),
    requestMinutes: z.number(),
  }),
})

export const makeRequest = endpoint({
  method: 'POST',
  path: '/authorisation-requests',
  needs: 'authorisation.request',
  reach: 'own-unit',
  since: '0.2',
  summary: '向主体请求授权：得到一个只显示一次、几分钟内有效、只能用一次的请求码',
  input: z.strictObject({
    purpose: word,
    businessNo: number,
    classes: z.array(word).min(1).max(40),
    days: z.int().min(1).max(366).optional(),
    times: z.enum(['once', 'any']).default('any'),
    /** The unified code of the organisation it is addressed to. */
    subject: z.string().max(60).optional(),
  }),
  output: z.strictObject({
    requestId: z.number(),
    code: z.string(),
    /** In the groups in which it is printed. */
    groups: z.array(z.string()),
    grantUrl: z.string(),
    /** The QR of the address: modules a side, quiet zone included, and one SVG path. */
    qr: z.strictObject({ side: z.number(), path: z.string() }),
    endsAt: z.string(),
  }),
  status: 201,
  refuses: [
    'authorisation.receiver-unverified',
    'authorisation.purpose-unknown',
    'authorisation.purpose-not-yours',
    'authorisation.class-unknown',
    'authorisation.days-out-of-range',
    'authorisation.business-number-missing',
    'authorisation.subject-unknown',
    'authorisation.asked-before',
    'authorisation.refused-before',
  ],
})

export const RequestStateView = z.strictObject({
  requestId: z.number(),
  state: z.enum(['open', 'over', 'granted', 'refused', 'withdrawn']),
  purposeName: z.string(),
  businessNo: z.string(),
  madeAt: z.string(),
  endsAt: z.string(),
  /** Of a granted one. */
  subjectId: z.number().nullable(),
  authorisationId: z.number().nullable(),
})

export const getRequest = endpoint({
  method: 'GET',
  path: '/authorisation-requests/:requestId',
  needs: 'authorisation.request',
  reach: 'own-unit',
  since: '0.2',
  summary: '本单位的一个请求现在怎样：等待、同意、不同意、过期、已收回',
  params: z.strictObject({ requestId: idText<RequestId>() }),
  output: RequestStateView,
  refuses: ['authorisation.request-unknown'],
})

export const withdrawRequest = endpoint({
  method: 'POST',
  path: '/authorisation-requests/:requestId/withdrawal',
  needs: 'authorisation.request',
  reach: 'own-unit',
  since: '0.2',
  summary: '收回本单位还没有人答复的请求',
  params: z.strictObject({ requestId: idText<RequestId>() }),
  output: z.strictObject({ withdrawn: z.boolean() }),
  refuses: ['authorisation.request-unknown', 'authorisation.request-answered'],
})

const Named = z.strictObject({ id: z.string(), name: z.string() })
export const AuthorisationView = z.strictObject({
  subjectId: z.number(),
  authorisationId: z.number(),
  state: z.enum(STATES),
  purposeName: z.string(),
  businessNo: z.string(),
  classes: z.array(Named),
  times: z.number().nullable(),
  validFrom: z.string(),
  /** The last day. */
  until: z.string(),
  reads: z.number(),
  lastReadAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** When the receiver was asked to delete its copies, and when it said that it had. */
  deletion: z.strictObject({ noticeId: z.number(), askedAt: z.string(), confirmedAt: z.string().nullable() }).nullable(),
})

export const ReceivedView = AuthorisationView.extend({ subjectName: z.string(), uscc: z.string().nullable() })
export type ReceivedView = z.infer<typeof ReceivedView>

export const listReceived = endpoint({
  method: 'GET',
  path: '/authorisations',
  needs: 'archive.read-authorised',
  reach: 'authorised-subject',
  since: '0.2',
  summary: '给本单位的授权，最近的在前',
  query: z.strictObject(page),
  output: z.strictObject({ authorisations: z.array(ReceivedView), next: z.number().nullable() }),
})

export const getReceived = endpoint({
  method: 'GET',
  path: '/subjects/:subjectId/authorisations/:authorisationId',
  needs: 'archive.read-authorised',
  reach: 'authorised-subject',
  since: '0.2',
  summary: '给本单位的一项授权：范围、期限、状态；不含主体的记录',
  params: key,
  output: ReceivedView,
  refuses: ['authorisation.receiver-unverified', 'authorisation.unknown'],
})

const readRefuses = [
  'authorisation.receiver-unverified',
  'authorisation.unknown',
  'authorisation.revoked',
  'authorisation.over',
  'authorisation.used-up',
  'authorisation.business-number',
  'authorisation.class-not-granted',
  'authorisation.subject-merged',
]

export const ReadView = z.strictObject({
  authorisation: ReceivedView,
  classes: z.array(
    Named.extend({
      records: z.array(
        z.strictObject({
          recordId: z.number(),
          itemName: z.string(),
          heading: z.string(),
          authorityName: z.string(),
          documentNo: z.string(),
          decidedOn: z.string(),
          until: z.string().nullable(),
          marks: z.array(z.string()),
          comment: CommentView.nullable(),
          fields: z.array(z.strictObject({ code: z.string(), name: z.string(), value: z.string() })),
        }),
      ),
    }),
  ),
  receipt: z.string(),
  at: z.string(),
})
export type ReadView = z.infer<typeof ReadView>

export const readAuthorised = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/authorisations/:authorisationId/records',
  needs: 'archive.read-authorised',
  reach: 'authorised-subject',
  since: '0.2',
  summary: '凭授权查看：只有授权的类，每次登记；用掉一次的算一次',
  params: key,
  input: z.strictObject({ businessNo: number, classes: z.array(word).min(1).max(40).optional() }),
  output: ReadView,
  refuses: readRefuses,
})

export const issueAuthorisedReport = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/authorisations/:authorisationId/reports',
  needs: 'archive.read-authorised',
  reach: 'authorised-subject',
  since: '0.2',
  summary: '凭授权开具主体的专项信用报告',
  params: key,
  input: z.strictObject({
    businessNo: number,
    years: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    domains: z.array(z.string()).min(1).max(60).optional(),
  }),
  output: ReportView,
  status: 201,
  refuses: [
    ...readRefuses,
    'report.not-of-persons',
    'report.domain-unknown',
    'report.window-unknown',
    'report.changed-meanwhile',
  ],
})

export const confirmDeletion = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/receiver-notices/:noticeId/confirmation',
  needs: 'archive.read-authorised',
  reach: 'authorised-subject',
  since: '0.2',
  summary: '确认已经删除凭已结束的授权取得的信息（撤回或者到期）',
  params: z.strictObject({ subjectId: idText<SubjectId>(), noticeId: idText<number>() }),
  output: z.strictObject({ confirmedAt: z.string() }),
  refuses: ['authorisation.unknown', 'authorisation.deletion-confirmed'],
})

export const countAuthorisations = endpoint({
  method: 'GET',
  path: '/authorisations/figures',
  needs: 'authorisation.count',
  reach: 'city',
  since: '0.2',
  summary: '各接收单位的授权数目：在效、已撤回、查看次数；不含主体',
  output: z.strictObject({
    receivers: z.array(
      z.strictObject({
        receiverName: z.string(),
        requests: z.number(),
        refused: z.number(),
        inForce: z.number(),
        ended: z.number(),
        reads: z.number(),
        refusedReads: z.number(),
        /** Receivers asked to delete that have not confirmed. */
        deletionsOpen: z.number(),
      }),
    ),
  }),
})
