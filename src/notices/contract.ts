import { z } from 'zod'
import { isDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'
import { OUTCOMES, ServiceAddress } from './model.ts'

/* Doors of letters: a subject receives its own; a unit sees what it wrote and what was written to it, and serves on paper. */

const day = z.string().refine(isDay, 'input.day')
const text = z.string().max(500)
const keyParams = z.strictObject({ subjectId: idText<SubjectId>(), noticeId: idText() })
const ownParams = z.strictObject({ noticeId: idText() })
const page = { before: z.coerce.number().int().positive().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }

export const NoticeView = z.strictObject({
  subjectId: z.number(),
  noticeId: z.number(),
  caseId: z.number().nullable(),
  number: z.string(),
  name: z.string(),
  unitName: z.string(),
  toUnitName: z.string().nullable(),
  madeOn: z.string(),
  servedOn: z.string().nullable(),
  /** `to-open`: waits to be opened; `to-post`: waits in the print queue; `on-its-way`; `to-publish`; `served`. */
  state: z.enum(['to-open', 'to-post', 'on-its-way', 'to-publish', 'served']),
  stateName: z.string(),
})
export type NoticeView = z.infer<typeof NoticeView>

export const ServiceView = z.strictObject({
  serial: z.string(),
  channel: z.string(),
  channelName: z.string(),
  outcome: z.enum(OUTCOMES),
  outcomeName: z.string(),
  onDay: z.string(),
  reason: z.string().nullable(),
  /** Tracking number, or who signed; for the unit that serves. */
  trace: z.string().nullable(),
})
export type ServiceView = z.infer<typeof ServiceView>

export const RemedyView = z.strictObject({
  remedy: z.string(),
  name: z.string(),
  term: z.string(),
  basis: z.string(),
  /** Null while the letter is not served, or where the year's working days are not published. */
  lastDay: z.string().nullable(),
  unknownYear: z.number().nullable(),
})
export type RemedyView = z.infer<typeof RemedyView>

export const LetterView = z.strictObject({
  title: z.string(),
  addressee: z.string(),
  day: z.string(),
  paragraphs: z.array(z.string()),
})
export type LetterView = z.infer<typeof LetterView>

export const NoticeDetail = NoticeView.extend({
  /** Null until it is opened by whom it is for. */
  letter: LetterView.nullable(),
  remedies: z.array(RemedyView),
  service: z.array(ServiceView),
  /** Ways that a person of the unit may take or prove now. */
  mayProve: z.array(z.enum(['post', 'hand', 'publication'])),
  receipt: z.string().nullable(),
})
export type NoticeDetail = z.infer<typeof NoticeDetail>

const noticeList = z.strictObject({ notices: z.array(NoticeView), next: z.number().nullable() })

export const listOwn = endpoint({
  method: 'GET',
  path: '/notices/mine',
  needs: 'notice.read-own',
  reach: 'own-subject',
  since: '0.4',
  summary: '给自己的文书，最近的在前；登记为一次查看',
  query: z.strictObject(page),
  output: noticeList,
})

export const getOwn = endpoint({
  method: 'GET',
  path: '/notices/mine/:noticeId',
  needs: 'notice.read-own',
  reach: 'own-subject',
  since: '0.4',
  summary: '一份文书；打开以前只见文号、名称和发文单位，不见正文。登记为一次查看',
  params: ownParams,
  output: NoticeDetail,
  refuses: ['notice.unknown'],
})

export const openOwn = endpoint({
  method: 'POST',
  path: '/notices/mine/:noticeId/opening',
  needs: 'notice.read-own',
  reach: 'own-subject',
  since: '0.4',
  summary: '打开文书：自当日起算作送达；再次打开不改变送达日',
  params: ownParams,
  output: z.strictObject({ servedOn: z.string().nullable() }),
  refuses: ['notice.unknown'],
})

export const getOwnFile = endpoint({
  method: 'GET',
  path: '/notices/mine/:noticeId/file',
  needs: 'notice.read-own',
  reach: 'own-subject',
  since: '0.4',
  summary: '打开过的文书的PDF文件；登记为一次查看',
  params: ownParams,
  files: ['application/pdf'],
  refuses: ['notice.unknown', 'notice.not-opened'],
})

export const getAddress = endpoint({
  method: 'GET',
  path: '/notices/address',
  needs: 'notice.read-own',
  reach: 'own-subject',
  since: '0.4',
  summary: '自己填写的送达地址；登记为一次查看',
  output: ServiceAddress,
})

export const setAddress = endpoint({
  method: 'POST',
  path: '/notices/address',
  needs: 'notice.read-own',
  reach: 'own-subject',
  since: '0.4',
  summary: '填写送达地址：收件人、电话、电子邮箱、邮寄地址，都可以不填',
  input: ServiceAddress,
  output: z.strictObject({ kept: z.boolean() }),
  refuses: ['notice.telephone-malformed', 'notice.email-malformed', 'text.prohibited'],
})

export const listOfUnit = endpoint({
  method: 'GET',
  path: '/notices',
  needs: 'notice.read',
  reach: 'own-unit',
  since: '0.4',
  summary: '本单位发出（sent）或者收到（received）的文书，最近的在前；待邮寄的（to-post）、未送达的（unserved）。不含主体名称',
  query: z.strictObject({ box: z.enum(['sent', 'received', 'unserved', 'to-post']).default('sent'), ...page }),
  output: noticeList,
})

export const getNotice = endpoint({
  method: 'GET',
  path: '/subjects/:subjectId/notices/:noticeId',
  needs: 'notice.read',
  reach: 'own-unit',
  since: '0.4',
  summary: '本单位发出或者收到的一份文书和它的送达经过；登记为一次查看，事由是文号',
  params: keyParams,
  output: NoticeDetail,
  refuses: ['notice.unknown'],
})

export const openNotice = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/notices/:noticeId/opening',
  needs: 'notice.read',
  reach: 'own-unit',
  since: '0.4',
  summary: '打开发给本单位的文书：自当日起算作送达',
  params: keyParams,
  output: z.strictObject({ servedOn: z.string().nullable() }),
  refuses: ['notice.unknown'],
})

export const recordProof = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/notices/:noticeId/proofs',
  needs: 'notice.serve',
  reach: 'own-unit',
  since: '0.4',
  summary: '记录邮寄或者当面送达的经过：寄出（单号）、签收、退回、拒收',
  params: keyParams,
  input: z.strictObject({
    channel: z.enum(['post', 'hand']),
    outcome: z.enum(['delivered', 'sent', 'returned', 'refused']),
    on: day,
    trace: z.string().max(60).optional(),
    reason: text.optional(),
  }),
  output: z.strictObject({ servedOn: z.string().nullable() }),
  refuses: [
    'notice.unknown',
    'notice.channel-not-open',
    'notice.day-outside',
    'notice.reason-missing',
    'notice.trace-missing',
    'text.prohibited',
  ],
})

export const recordPublication = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/notices/:noticeId/publication',
  needs: 'notice.serve',
  reach: 'own-unit',
  since: '0.4',
  summary: '公告送达：邮寄等方式送不到以后，在门户公告栏公告，满期视为送达；另在别处刊登的写明',
  params: keyParams,
  input: z.strictObject({ where: text.optional() }),
  output: z.strictObject({ servedOn: z.string().nullable() }),
  refuses: [
    'notice.unknown',
    'notice.channel-not-open',
    'notice.publication-early',
    'notice.published-already',
    'text.prohibited',
  ],
})

export const printNotices = endpoint({
  method: 'POST',
  path: '/notices/prints',
  needs: 'notice.serve',
  reach: 'own-unit',
  since: '0.4',
  summary: '把待邮寄的文书打印成一个PDF文件，每份前有一页封面；每份登记为一次查看',
  input: z.strictObject({
    notices: z
      .array(z.strictObject({ subjectId: z.number().int().positive(), noticeId: z.number().int().positive() }))
      .min(1)
      .max(100),
  }),
  files: ['application/pdf'],
  refuses: ['notice.unknown', 'notice.channel-not-open'],
})
