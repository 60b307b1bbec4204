import { z } from 'zod'

/* What is sent to do an act of a case, by whomever, and how it may be refused. */

export const page = { after: z.string().max(60).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }

export const doing = {
  act: z.string().max(60),
  fields: z.record(z.string().max(60), z.string().max(4000)).default({}),
  papers: z
    .array(z.strictObject({ paper: z.string().max(60), paperId: z.number().int().positive() }))
    .max(20)
    .default([]),
}
export const step = z.strictObject({ ...doing, seen: z.number().int().positive().optional() })
export const Stepped = z.strictObject({ entryNo: z.number(), state: z.string() })
export const OpenedView = z.strictObject({ subjectId: z.number(), caseId: z.number(), number: z.string(), state: z.string() })

const INPUT_REFUSALS = [
  'case.act-unknown',
  'case.field-unknown',
  'case.field-missing',
  'case.field-invalid',
  'case.field-too-long',
  'case.paper-missing',
  'case.paper-unknown',
  'paper.unknown',
  'text.prohibited',
] as const
const LIST_REFUSALS = [
  ...['list.unknown', 'list.not-openable', 'list.decided-elsewhere', 'list.not-your-list', 'list.subject-not-meant'],
  ...['list.ground-unknown', 'list.degree-missing', 'list.exclusion-unchecked', 'list.document-not-named', 'list.no-hearing'],
  ...['list.hearing-day-too-early', 'list.hearing-day-off', 'list.hearing-day-unknown', 'list.hearing-not-yet'],
  ...['list.hearing-unserved', 'list.hearing-served-late'],
  ...['list.no-early-exit', 'list.exit-too-early', 'list.correction-day-missing', 'list.notice-not-served'],
  ...['list.statement-unanswered', 'list.item-missing', 'decided.refused', 'decided.number-used', 'decided.name-disagrees'],
] as const
const COMMITMENT_REFUSALS = [
  ...['commitment.matter-unknown', 'commitment.subject-not-meant', 'commitment.text-changed', 'commitment.project-missing'],
  ...['commitment.promise-missing', 'commitment.day-past', 'commitment.day-too-late', 'commitment.barred-serious-list'],
  ...['commitment.barred-unrepaired-breach', 'commitment.not-corrected', 'commitment.numbers-used-up'],
] as const
const MEASURE_REFUSALS = [
  ...[
    'measure.unknown',
    'measure.prohibited',
    'measure.decided-elsewhere',
    'measure.not-openable',
    'measure.initiated-elsewhere',
  ],
  ...['measure.trigger-unknown', 'measure.trigger-differs', 'measure.attention-only', 'measure.subject-not-meant'],
  ...['measure.not-the-body', 'measure.term-over', 'measure.term-day', 'measure.term-kind'],
] as const
const DECLARATION_REFUSALS = [
  ...['declaration.subject-not-meant', 'declaration.text-changed', 'declaration.family-unknown', 'declaration.number-missing'],
  ...['declaration.content-missing', 'declaration.day-past', 'declaration.day-too-late', 'declaration.over'],
] as const
const ACT_REFUSALS = [
  ...LIST_REFUSALS,
  ...COMMITMENT_REFUSALS,
  ...MEASURE_REFUSALS,
  ...DECLARATION_REFUSALS,
  ...INPUT_REFUSALS,
  'case.act-not-open',
  'case.not-yours-to-do',
  'case.extended-before',
  'case.extended-late',
  'case.extension-none',
  'case.material-asked-before',
  'case.transfer-same',
  'case.decided-before',
  'case.record-unknown',
  'case.record-ended',
  'case.record-contested',
  'case.record-not-adverse',
] as const
export const OPEN_REFUSALS = [...ACT_REFUSALS, 'case.procedure-unknown', 'case.about-unknown', 'case.already-open'] as const
export const STEP_REFUSALS = [
  ...ACT_REFUSALS,
  'case.unknown',
  'case.closed',
  'case.changed-meanwhile',
  'case.edition-unknown',
] as const

export const PAPER_INPUT = {
  body: 'multipart',
  status: 201,
  output: z.strictObject({ paperId: z.number(), bytes: z.number() }),
} as const
export const PAPER_REFUSALS = ['paper.empty', 'paper.too-large', 'paper.media', 'paper.missing', 'paper.too-many'] as const
