import { z } from 'zod'
import { type Day, isDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'
import { STANDING_KINDS } from './model.ts'

/* Doors of the archive. Every read of non-public data carries purpose and businessNo. */

export const dayQuery = z
  .string()
  .refine(isDay, 'day.format')
  .transform(text => text as Day)
export const lookQuery = {
  purpose: z.string().max(100).optional(),
  businessNo: z.string().max(100).optional(),
  basis: z.string().max(200).optional(),
}

export const SubjectHit = z.strictObject({
  subjectId: z.number(),
  name: z.string(),
  uscc: z.string().nullable(),
  kind: z.string(),
  status: z.string().nullable(),
  district: z.string().nullable(),
  hit: z.string(),
})

export const searchSubjects = endpoint({
  method: 'GET',
  path: '/subjects',
  needs: 'anyone',
  reach: 'public',
  since: '0.1',
  summary: '按名称（两个字即可）或代码查组织；不含自然人',
  query: z.strictObject({
    q: z.string().max(200),
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
    kind: z.string().optional(),
    district: z.string().optional(),
    status: z.string().optional(),
  }),
  output: z.strictObject({ subjects: z.array(SubjectHit), next: z.string().nullable() }),
  refuses: ['search.too-short', 'search.person-number'],
})

export const searchPersons = endpoint({
  method: 'POST',
  path: '/subjects/search',
  needs: 'archive.read',
  reach: 'any-subject',
  since: '0.1',
  summary: '按证件号码查自然人（号码在请求体中，查看须登记）',
  input: z.strictObject({
    documentKind: z.string().default('resident-id'),
    documentNumber: z.string().min(5).max(40),
    name: z.string().min(1).max(60),
    ...lookQuery,
  }),
  output: z.strictObject({
    subjects: z.array(z.strictObject({ subjectId: z.number(), name: z.string(), kind: z.string() })),
    receipt: z.string(),
  }),
  refuses: ['look.purpose-missing', 'person-document.kind-unknown', 'person-document.format'],
})

export const FieldView = z.strictObject({ code: z.string(), name: z.string(), value: z.string() })
export const ReasonView = z.strictObject({ code: z.string(), basis: z.string().nullable(), sentence: z.string() })
/** The subject's own words beside a record (主体说明), and the day on which it wrote them. */
export const CommentView = z.strictObject({ text: z.string(), on: z.string() })
/** What a case makes of a record (异议、暂停、修复、撤销、移出), since when, under which article. */
export const StandingView = z.strictObject({
  kind: z.enum(STANDING_KINDS),
  caseId: z.number(),
  from: z.string(),
  sentence: z.string(),
})
export type StandingView = z.infer<typeof StandingView>

/** Who was asked for, where another subject answers: the one into which it was merged. */
export const MergedFrom = z.strictObject({
  subjectId: z.number(),
  name: z.string(),
  uscc: z.string().nullable(),
  sentence: z.string(),
})
export type MergedFrom = z.infer<typeof MergedFrom>

export const CardView = z.strictObject({
  subjectId: z.number(),
  kind: z.string(),
  name: z.string(),
  uscc: z.string().nullable(),
  registered: z.boolean(),
  status: z.string().nullable(),
  district: z.string().nullable(),
  address: z.string().nullable(),
  enterpriseType: z.string().nullable(),
  legalRepresentative: z.string().nullable(),
  foundedOn: z.string().nullable(),
  endedOn: z.string().nullable(),
  formerNames: z.array(z.strictObject({ name: z.string(), from: z.string().nullable(), until: z.string().nullable() })),
  oldCodes: z.array(z.string()),
})

export const getSubject = endpoint({
  method: 'GET',
  path: '/subjects/:subjectId',
  needs: 'anyone',
  reach: ['public', 'any-subject'],
  since: '0.1',
  summary: '主体的公开登记信息；自然人须有权限并登记查看',
  params: z.strictObject({ subjectId: idText<SubjectId>() }),
  query: z.strictObject(lookQuery),
  output: CardView,
  refuses: ['subject.unknown'],
})

export const RecordView = z.strictObject({
  recordId: z.number(),
  /** In whose file it lies: another one where that one was merged into the subject asked for. */
  subjectId: z.number(),
  item: z.string(),
  itemName: z.string(),
  edition: z.string(),
  class: z.string(),
  section: z.string(),
  heading: z.string(),
  authority: z.string(),
  authorityName: z.string(),
  documentNo: z.string(),
  decidedOn: z.string(),
  knownFrom: z.string(),
  /** A state of disclosure, or `former`: a registration whose place a later one has taken. */
  state: z.string(),
  marks: z.array(z.string()),
  /** What cases make of it on that day, oldest first. */
  standings: z.array(StandingView),
  comment: CommentView.nullable(),
  fields: z.array(FieldView),
  versions: z.array(z.number()),
  /** Outlet → shown or not, since when, until when, and the disclosure sentence. */
  outlets: z.array(
    z.strictObject({
      outlet: z.string(),
      shown: z.boolean(),
      from: z.string().nullable(),
      until: z.string().nullable(),
      because: z.array(ReasonView),
    }),
  ),
  provenance: z.strictObject({
    unitName: z.string(),
    receivedOn: z.string(),
    reportDueOn: z.string().nullable(),
    deliveryId: z.number(),
    fileName: z.string().nullable(),
    rowNo: z.number(),
    rowHash: z.string(),
    matchedBy: z.string(),
    commitment: z.string(),
  }),
})
export type RecordView = z.infer<typeof RecordView>

export const listRecords = endpoint({
  method: 'GET',
  path: '/subjects/:subjectId/records',
  needs: 'archive.read',
  reach: 'any-subject',
  since: '0.1',
  summary: '主体档案：截至某日的情况，按某日所知（查看须登记）',
  params: z.strictObject({ subjectId: idText<SubjectId>() }),
  query: z.strictObject({
    ...lookQuery,
    asOf: dayQuery.optional(),
    knownOn: dayQuery.optional(),
    /** `none` leaves `outlets` empty: for a program that wants the records and not why who else sees them. */
    explain: z.enum(['outlets', 'none']).default('outlets'),
    /** `paper`: it is printed or kept outside the platform, and a correction will be told to whoever has it. */
    leaves: z.enum(['screen', 'paper']).default('screen'),
  }),
  output: z.strictObject({
    subject: CardView,
    asOf: z.string(),
    knownOn: z.string(),
    records: z.array(RecordView),
    receipt: z.string(),
  }),
  refuses: ['look.purpose-missing', 'subject.unknown'],
})

/** Who was merged into another one, or came out of it, as a person of the credit office records it. */
export const linkSubjects = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/links',
  needs: 'waiting.decide',
  reach: 'any-subject',
  since: '0.1',
  summary: '登记主体的合并（并入另一主体）或分立（自另一主体分出），自生效之日起',
  params: z.strictObject({ subjectId: idText<SubjectId>() }),
  input: z.strictObject({
    kind: z.enum(['merged-into', 'split-from']),
    toSubject: idText<SubjectId>(),
    validFrom: dayQuery,
    reason: z.string().max(500),
  }),
  output: z.strictObject({ linkId: z.number() }),
  status: 201,
  refuses: [
    'subject.link-self',
    'subject.link-cycle',
    'subject.linked-before',
    'subject.merged-before',
    'subject.link-kinds',
    'subject.link-future',
    'subject.link-reason',
    'subject.unknown',
  ],
})

export const unlinkSubjects = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/links/:linkId/undo',
  needs: 'waiting.decide',
  reach: 'any-subject',
  since: '0.1',
  summary: '撤回一条合并、分立关系；历史时点的查询仍按当时所知',
  params: z.strictObject({ subjectId: idText<SubjectId>(), linkId: idText<number>() }),
  input: z.strictObject({ reason: z.string().max(500) }),
  output: z.strictObject({ undone: z.boolean() }),
  refuses: ['subject.link-unknown', 'subject.link-reason'],
})
