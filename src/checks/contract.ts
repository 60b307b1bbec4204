import { z } from 'zod'
import { CommentView, lookQuery, MergedFrom, ReasonView } from '../archive/contract.ts'
import { endpoint } from '../http/endpoint.ts'
import { ANSWERS } from '../measures/model.ts'

/* Doors of the check before an act (逢办必查). */

export const StatuteView = z.strictObject({
  basis: z.string(),
  title: z.string(),
  number: z.string().nullable(),
  article: z.string().nullable(),
  text: z.string().nullable(),
})
export const MeasureView = z.strictObject({
  id: z.string(),
  name: z.string(),
  body: z.string().nullable(),
  term: z.string().nullable(),
  statutes: z.array(StatuteView),
})
/** A measure in force whose body is the unit that asks: one of its officers answers by name (POST /subjects/{subjectId}/measures/{caseId}/answers). */
export const PromptView = z.strictObject({
  subjectId: z.number(),
  caseId: z.number(),
  number: z.string(),
  measure: z.string(),
  name: z.string(),
  body: z.string(),
  bodyName: z.string(),
  initiator: z.string(),
  initiatorName: z.string(),
  /** The list entry or decision on which it rests. */
  recordId: z.number(),
  statutes: z.array(StatuteView),
  fromDay: z.string(),
  untilDay: z.string().nullable(),
  /** The end in words. */
  until: z.string(),
  reviewOn: z.string(),
  /** Who answers for it in the body. */
  officer: z.string().nullable(),
  /** What the unit has answered under this business number; null: nothing yet. */
  answered: z.enum(ANSWERS).nullable(),
  /** The same with who answered, when and why. */
  said: z
    .strictObject({ answer: z.enum(ANSWERS), officer: z.string().nullable(), reason: z.string().nullable(), at: z.string() })
    .nullable(),
})
export const HitView = z.strictObject({
  recordId: z.number(),
  item: z.string(),
  heading: z.string(),
  list: z.string().nullable(),
  listName: z.string().nullable(),
  authorityName: z.string(),
  documentNo: z.string(),
  decidedOn: z.string(),
  until: z.string().nullable(),
  marks: z.array(z.string()),
  comment: CommentView.nullable(),
  court: z.boolean(),
  statutes: z.array(StatuteView),
  measures: z.array(MeasureView),
  because: z.array(ReasonView),
})
export const CheckAnswer = z.strictObject({
  subject: z
    .strictObject({
      subjectId: z.number(),
      name: z.string(),
      uscc: z.string().nullable(),
      kind: z.string(),
      status: z.string().nullable(),
    })
    .nullable(),
  /** Asked for a subject that was merged: `subject` is the one that survives, with the records of both. */
  mergedFrom: MergedFrom.nullable(),
  /** Several subjects of exactly this name: choose by code. */
  choices: z.array(
    z.strictObject({
      subjectId: z.number(),
      name: z.string(),
      uscc: z.string().nullable(),
      district: z.string().nullable(),
      status: z.string().nullable(),
      /** It had this name before; its name now is `name`. */
      former: z.boolean(),
    }),
  ),
  asOf: z.string(),
  hits: z.array(HitView),
  measures: z.array(PromptView),
  /** What a person reads: hits, or nothing in force, or nobody found. */
  sentence: z.string(),
  receipt: z.string(),
  at: z.string(),
})
export type CheckAnswer = z.infer<typeof CheckAnswer>

export const makeCheck = endpoint({
  method: 'POST',
  path: '/checks',
  needs: 'check.make',
  reach: 'any-subject',
  since: '0.1',
  summary: '按代码或完整名称核查一个主体',
  input: z.strictObject({ subject: z.string().min(1).max(300), ...lookQuery }),
  output: CheckAnswer,
  refuses: ['look.purpose-missing', 'check.subject-missing', 'check.code-invalid', 'check.person-number'],
})

export const BatchLine = z.strictObject({
  line: z.number(),
  asked: z.string(),
  outcome: z.enum(['hit', 'clear', 'ambiguous', 'unknown', 'invalid']),
  subjectId: z.number().nullable(),
  name: z.string().nullable(),
  uscc: z.string().nullable(),
  mergedFrom: MergedFrom.nullable(),
  hits: z.array(HitView),
  measures: z.array(PromptView),
  receipt: z.string(),
})
export const makeBatchCheck = endpoint({
  method: 'POST',
  path: '/checks/batch',
  needs: 'check.make',
  reach: 'any-subject',
  since: '0.1',
  summary: '批量核查（JSON 行、CSV 或 XLSX，至多 100000 行），逐块登记后逐块作答；Accept: application/x-ndjson 时流式返回',
  body: 'multipart',
  query: z.strictObject(lookQuery),
  output: z.strictObject({
    lines: z.number(),
    hit: z.number(),
    clear: z.number(),
    ambiguous: z.number(),
    unknown: z.number(),
    invalid: z.number(),
    results: z.array(BatchLine),
    receipts: z.array(z.string()),
    digest: z.string(),
  }),
  files: ['application/x-ndjson', 'text/csv'],
  refuses: ['look.purpose-missing', 'check.too-many-lines', 'check.no-lines', 'check.no-column'],
})
