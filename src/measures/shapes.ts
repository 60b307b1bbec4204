import { z } from 'zod'
import { ANSWERS, ENDINGS } from './model.ts'

/* What the doors of measures answer. */

const named = { measure: z.string(), name: z.string() }
const unitOf = { body: z.string(), bodyName: z.string() }

export const RegisterView = z.strictObject({
  ...named,
  row: z.enum(['national-list', 'sub-measure', 'prohibited']),
  parent: z.string().nullable(),
  kind: z.string(),
  target: z.string(),
  reaches: z.array(z.string()),
  statutes: z.array(z.string()),
  cites: z.array(z.string()),
  body: z.string().nullable(),
  decidedBy: z.enum(['body', 'court', 'tax']),
  lists: z.array(z.strictObject({ list: z.string(), name: z.string() })),
  decisions: z.array(z.string()),
  term: z.string().nullable(),
  reviewMonths: z.number().nullable(),
  publishedSince: z.string().nullable(),
  /** Whether it may be begun here today, and by whom. */
  isOpen: z.boolean(),
  /** What it lacks, in words; empty where it is open, or is the court's or the tax authority's own. */
  missing: z.array(z.string()),
  units: z.array(z.strictObject({ unit: z.string(), name: z.string() })),
  confidence: z.string(),
  note: z.string().nullable(),
})
export type RegisterView = z.input<typeof RegisterView>

export const AnswerView = z.strictObject({
  answerId: z.number(),
  answer: z.enum(ANSWERS),
  unit: z.string(),
  unitName: z.string(),
  /** Who answered, told to officers alone. */
  officer: z.string().nullable(),
  purpose: z.string(),
  businessNo: z.string(),
  reason: z.string().nullable(),
  at: z.string(),
})
export type AnswerView = z.input<typeof AnswerView>

const span = {
  number: z.string(),
  initiator: z.string(),
  initiatorName: z.string(),
  fromDay: z.string(),
  term: z.enum(['day', 'event', 'life']),
  untilDay: z.string().nullable(),
  /** The end in words: a day, the statute's event, life. */
  until: z.string(),
  reviewOn: z.string(),
  isInForce: z.boolean(),
  ended: z.strictObject({ on: z.string(), because: z.enum(ENDINGS), sentence: z.string() }).nullable(),
}

export const MeasureView = z.strictObject({
  subjectId: z.number(),
  caseId: z.number(),
  ...named,
  ...unitOf,
  ...span,
  statutes: z.array(z.string()),
  cites: z.array(z.string()),
  ground: z.strictObject({
    recordId: z.number(),
    itemName: z.string(),
    authorityName: z.string(),
    decidedOn: z.string(),
  }),
  /** When the notice before it was served, and until when the subject could answer. */
  servedOn: z.string(),
  answerUntil: z.string(),
  remedies: z.array(z.string()),
  answers: z.array(AnswerView),
})
export type MeasureView = z.input<typeof MeasureView>

export const InitiatedView = z.strictObject({
  subjectId: z.number(),
  caseId: z.number(),
  ...named,
  ...unitOf,
  ...span,
  /** How often officers of its body applied it, hold a matter for it, released a matter from it. */
  answers: z.strictObject({ apply: z.number(), hold: z.number(), release: z.number() }),
})
export type InitiatedView = z.input<typeof InitiatedView>
