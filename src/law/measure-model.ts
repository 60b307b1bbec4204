import { z } from 'zod'
import { basis, confidence, dayText, slug, sourced } from './model.ts'

/*
 * law/measures.yaml: what an officer is prompted with. A row without statute, body, trigger or end stays closed; nothing executes itself
 * (principle 5).
 */

/** Whom a measure may reach. The last two are written in prohibited rows only: no law reaches kin or affiliates. */
export const REACHED = [
  'subject',
  'legal-representative',
  'principal',
  'responsible-person',
  'actual-controller',
  'relative',
  'affiliate',
] as const
export type Reached = (typeof REACHED)[number]

/** The end of a measure: months, an event that the statute names, life, or no end of its own but a look back over months. */
const term = z.union([
  z.strictObject({
    months: z.strictObject({ atLeast: z.int().positive(), atMost: z.int().positive() }),
    /** Life in the grave case that the article names. */
    orLife: z.literal(true).optional(),
  }),
  z.strictObject({ until: z.string().min(1) }),
  z.strictObject({ life: z.literal(true) }),
  z.strictObject({ lookBackMonths: z.int().positive() }),
])
export type MeasureTerm = z.infer<typeof term>

export const measure = z.strictObject({
  id: slug,
  /** A row of the national list, a sub-measure with statutes of its own, or one of the nine that may never be. */
  row: z.enum(['national-list', 'sub-measure', 'prohibited']),
  parent: slug.optional(),
  name: z.string(),
  kind: z.enum(['by-law', 'in-course-of-duty', 'at-own-discretion']),
  target: z.enum(['organisation', 'person', 'both']),
  reaches: z.array(z.enum(REACHED)).min(1).default(['subject']),
  statutes: z.array(basis),
  body: z.string().nullable(),
  decidedBy: z.enum(['body', 'court', 'tax']).default('body'),
  /** `prompt`: a hit prompts an officer of the body. `never`: the court's or the tax authority's own, shown as theirs. */
  computed: z.enum(['prompt', 'never']).default('prompt'),
  /** Which lists and which decisions bring it about. */
  trigger: z.strictObject({ lists: z.array(slug), decisions: z.array(z.string().min(1)) }).default({ lists: [], decisions: [] }),
  term: term.nullable(),
  /** After how many months a measure for life, or until an event, is looked at again. */
  termReview: z.strictObject({ months: z.int().positive(), ...sourced }).optional(),
  /** Since when the list that holds it is published; an unpublished measure may not be applied. */
  published: z.strictObject({ since: dayText, in: slug, confidence, note: z.string().optional() }).optional(),
  autoExecute: z.boolean().default(false),
  enabled: z.boolean(),
  confidence,
  note: z.string().optional(),
})
export type Measure = z.infer<typeof measure>
export const measureFile = z.strictObject({ measures: z.array(measure) })
