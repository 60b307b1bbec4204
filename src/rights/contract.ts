import { z } from 'zod'
import { LookView } from '../access/contract.ts'
import { CardView, CommentView, FieldView, StandingView } from '../archive/contract.ts'
import type { SubjectId } from '../base/id.ts'
import { endpoint, idText } from '../http/endpoint.ts'
import { deletionGround, rightKind } from '../law/access-model.ts'
import { ClockSheet } from '../legal-clock/contract.ts'

/* Doors of the rights of those whom records are about: to ask, to be answered in time, to have a copy of all that is held. */

const LONGEST = 1000
const text = z.string().max(LONGEST)
const keyParams = z.strictObject({ subjectId: idText<SubjectId>(), requestId: idText() })

export const RightsClockView = z.strictObject({
  dueOn: z.string().nullable(),
  /** The year whose working days are not published yet; then there is no due day. */
  unknownYear: z.number().nullable(),
  workingDaysLeft: z.number().nullable(),
  isOverdue: z.boolean(),
  /** How many working days the term has, with its extension. */
  workingDays: z.number(),
  extendedBy: z.number(),
})

export const RequestView = z.strictObject({
  subjectId: z.number(),
  requestId: z.number(),
  number: z.string(),
  kind: rightKind,
  kindName: z.string(),
  basis: z.string().nullable(),
  state: z.enum(['open', 'proposed', 'granted', 'refused', 'withdrawn']),
  stateName: z.string(),
  askedAt: z.string(),
  askedOn: z.string(),
  unitName: z.string(),
  clock: RightsClockView,
})
export type RequestView = z.infer<typeof RequestView>

export const StepView = z.strictObject({
  entryNo: z.number(),
  step: z.string(),
  stepName: z.string(),
  at: z.string(),
  by: z.string(),
  text: z.string().nullable(),
  field: z.string().nullable(),
  shouldBe: z.string().nullable(),
  ground: z.string().nullable(),
  recordIds: z.array(z.number()),
})

export const AskedRecord = z.strictObject({
  recordId: z.number(),
  itemName: z.string(),
  authorityName: z.string(),
  decidedOn: z.string(),
  documentNo: z.string(),
})

export const RequestDetail = RequestView.extend({
  /** How the last day was counted. */
  sheet: ClockSheet,
  subjectName: z.string(),
  record: AskedRecord.nullable(),
  /** Records that a deletion may name. */
  records: z.array(AskedRecord),
  lookReceipt: z.string().nullable(),
  steps: z.array(StepView),
  mayExtend: z.boolean(),
  /** Another officer's proposal waits for this one. */
  mayConfirm: z.boolean(),
  receipt: z.string(),
})
export type RequestDetail = z.infer<typeof RequestDetail>

export const lodge = endpoint({
  method: 'POST',
  path: '/rights/requests',
  needs: 'rights.lodge',
  reach: 'own-subject',
  since: '0.3',
  summary: '提出个人信息权利请求：查阅、复制、转移、更正、删除、限制、解释说明、对一次查看有疑问',
  input: z.strictObject({
    kind: rightKind,
    text: text.optional(),
    field: text.optional(),
    shouldBe: text.optional(),
    recordId: z.number().int().positive().optional(),
    lookReceipt: z.string().max(40).optional(),
  }),
  output: z.strictObject({ subjectId: z.number(), requestId: z.number(), number: z.string() }),
  status: 201,
  refuses: [
    'rights.persons-only',
    'rights.text-missing',
    'text.prohibited',
    'rights.record-missing',
    'rights.record-unknown',
    'rights.look-missing',
    'rights.look-unknown',
    'rights.already-open',
  ],
})

const page = { before: z.coerce.number().int().positive().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }

export const listOwn = endpoint({
  method: 'GET',
  path: '/rights/requests/mine',
  needs: 'rights.lodge',
  reach: 'own-subject',
  since: '0.3',
  summary: '自己提出的请求，最近的在前',
  query: z.strictObject(page),
  output: z.strictObject({ requests: z.array(RequestView), next: z.number().nullable() }),
})

export const withdraw = endpoint({
  method: 'POST',
  path: '/rights/requests/:requestId/withdrawal',
  needs: 'rights.lodge',
  reach: 'own-subject',
  since: '0.3',
  summary: '撤回自己的请求',
  params: z.strictObject({ requestId: idText() }),
  output: z.strictObject({ withdrawn: z.boolean() }),
  refuses: ['rights.unknown', 'rights.closed'],
})

export const OwnRecord = z.strictObject({
  recordId: z.number(),
  item: z.string(),
  itemName: z.string(),
  authority: z.string(),
  documentNo: z.string(),
  decidedOn: z.string(),
  state: z.string(),
  /** What stands beside the state: an objection that is open, a statement of one's own. */
  marks: z.array(z.string()),
  standings: z.array(StandingView),
  comment: CommentView.nullable(),
  fields: z.array(FieldView),
  versions: z.array(z.strictObject({ factId: z.number(), knownOn: z.string() })),
  receivedOn: z.string(),
  deliveryId: z.number().nullable(),
})
export type OwnRecord = z.infer<typeof OwnRecord>

export const OwnDocument = z.strictObject({
  kind: z.string(),
  kindName: z.string(),
  /** Whole in the copy that a person takes who has just proved who it is; else in part. */
  number: z.string(),
  isWhole: z.boolean(),
})
export type OwnDocument = z.infer<typeof OwnDocument>

export const OwnFile = z.strictObject({
  platform: z.string(),
  madeAt: z.string(),
  receipt: z.string(),
  subject: CardView,
  documents: z.array(OwnDocument),
  records: z.array(OwnRecord),
  looks: z.array(
    LookView.omit({ actor: true, actorName: true, subjectId: true, subjectName: true }).extend({
      by: z.enum(['unit', 'own-account', 'other-account', 'anyone']),
    }),
  ),
  reports: z.array(z.strictObject({ number: z.string(), kind: z.string(), issuedAt: z.string(), state: z.string() })),
  requests: z.array(RequestView),
  notes: z.array(z.string()),
})
export type OwnFile = z.infer<typeof OwnFile>

export const getOwnFile = endpoint({
  method: 'GET',
  path: '/rights/own-file',
  needs: 'rights.lodge',
  reach: 'own-subject',
  since: '0.3',
  summary:
    '平台持有的关于自己的全部信息（查阅、复制），登记为一次查看；十分钟内验证过身份的本人得到完整的证件号码，其他情况只有前六位和后四位',
  output: OwnFile,
})

export const listForOfficers = endpoint({
  method: 'GET',
  path: '/rights/requests',
  needs: 'rights.answer',
  reach: ['own-unit', 'city'],
  since: '0.3',
  summary: '待办和已办的个人信息权利请求；没有rights.handle的只见转给本单位的。不含姓名',
  query: z.strictObject({ state: z.enum(['open', 'closed']).optional(), ...page }),
  output: z.strictObject({ requests: z.array(RequestView), next: z.number().nullable() }),
})

export const getRequest = endpoint({
  method: 'GET',
  path: '/subjects/:subjectId/rights/:requestId',
  needs: 'rights.answer',
  reach: ['own-unit', 'any-subject'],
  since: '0.3',
  summary: '一项请求的内容和经过；登记为一次查看，事由是请求的编号',
  params: keyParams,
  output: RequestDetail,
  refuses: ['rights.unknown'],
})

export const answer = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/rights/:requestId/answer',
  needs: 'rights.answer',
  reach: ['own-unit', 'city'],
  since: '0.3',
  summary: '答复：同意或者不同意，写明理由；同意删除的待另一人确认',
  params: keyParams,
  input: z.strictObject({
    outcome: z.enum(['granted', 'refused']),
    text,
    ground: deletionGround.optional(),
    recordIds: z.array(z.number().int().positive()).max(500).optional(),
  }),
  output: z.strictObject({ answered: z.boolean() }),
  refuses: [
    'rights.unknown',
    'rights.closed',
    'rights.reason-missing',
    'rights.ground-missing',
    'rights.record-unknown',
    'text.prohibited',
  ],
})

export const extend = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/rights/:requestId/extension',
  needs: 'rights.answer',
  reach: ['own-unit', 'city'],
  since: '0.3',
  summary: '延长答复期限，只此一次，写明理由',
  params: keyParams,
  input: z.strictObject({ text }),
  output: z.strictObject({ extended: z.boolean() }),
  refuses: ['rights.unknown', 'rights.closed', 'rights.extended-before', 'rights.reason-missing', 'text.prohibited'],
})

export const confirm = endpoint({
  method: 'POST',
  path: '/subjects/:subjectId/rights/:requestId/confirmation',
  needs: 'rights.handle',
  reach: 'city',
  since: '0.3',
  secondPerson: 'deletion',
  summary: '另一人确认或者退回删除；确认即删除内容并出具证书',
  params: keyParams,
  /** `proposalNo`: the `entryNo` of the proposal that was shown. */
  input: z.strictObject({ proposalNo: z.number().int().positive(), agrees: z.boolean(), text }),
  output: z.strictObject({ certificateId: z.number().nullable() }),
  refuses: [
    'rights.unknown',
    'access.not-fresh',
    'rights.nothing-proposed',
    'rights.same-officer',
    'rights.proposal-changed',
    'rights.reason-missing',
    'text.prohibited',
  ],
})
