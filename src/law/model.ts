import { z } from 'zod'
import { type Day, isDay } from '../base/day.ts'
import { SUBJECT_KINDS } from '../subject/kind.ts'

/*
 * The nouns of `law/` and `city/`: what a YAML file may say. Every object is strict: a typing mistake is an error, not an ignored key.
 * What these shapes cannot say (a reference that leads nowhere, a gap between editions) is said by `check.ts`, with file and line.
 */

export const dayText = z
  .string()
  .refine(isDay, 'law.day-invalid')
  .transform(text => text as Day)
export const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'law.id-malformed')

/** One scale for every value of the law (principle 12). The last three are refused by `check-law --production`. */
export const CONFIDENCES = ['primary', 'secondary', 'computed', 'memory', 'proposal', 'unknown'] as const
export const confidence = z.enum(CONFIDENCES)
export type Confidence = z.infer<typeof confidence>

/** `instrument#article`, or the instrument alone where the act has no articles or the article is not known. */
export const basis = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*(#[0-9A-Za-z.一二三四五六七八九十百()（）-]+)?$/, 'law.basis-malformed')
export type Basis = z.infer<typeof basis>

/** What every value that comes from the law carries. */
export const sourced = { basis: z.array(basis).min(1), confidence, note: z.string().optional() }

/** law/instruments/*.yaml: `instruments: [...]` */
export const instrument = z.strictObject({
  id: slug,
  title: z.string().min(1),
  number: z.string().nullable(),
  issuer: z.string().nullable(),
  level: z.enum([
    'law',
    'regulation',
    'central-policy',
    'judicial-interpretation',
    'departmental-rule',
    'local-regulation',
    'local-rule',
    'policy',
    'standard',
    'draft',
  ]),
  inForceFrom: dayText.nullable(),
  inForceUntil: dayText.nullable(),
  repealedBy: slug.optional(),
  confidence,
  source: z.string().optional(),
  note: z.string().optional(),
  /** Official text, entered by a person with its source; absent text is shown as 条文原文待录入. */
  articles: z
    .array(
      z.strictObject({
        article: z.string(),
        text: z.string().optional(),
        textSource: z.string().optional(),
        enteredBy: z.string().optional(),
        enteredOn: dayText.optional(),
      }),
    )
    .default([]),
})
export type Instrument = z.infer<typeof instrument>
export const instrumentFile = z.strictObject({ instruments: z.array(instrument).min(1) })

/** law/catalogue/classes.yaml */
export const catalogueClass = z.strictObject({
  id: z.string().regex(/^(0[1-9]|1[0-3])$/),
  name: z.string().min(1),
  sinceYear: z.int(),
  ...sourced,
})
export type CatalogueClass = z.infer<typeof catalogueClass>
export const classFile = z.strictObject({ classes: z.array(catalogueClass) })

/** law/catalogue/code-lists/*.yaml. `text` is what a file carries and a page shows; `aliases` are accepted on the way in. */
export const codeList = z.strictObject({
  list: slug,
  name: z.string().min(1),
  /** Values outside the list accepted when written `其他-…`. */
  openEnded: z.boolean().default(false),
  values: z
    .array(z.strictObject({ code: z.string().min(1), text: z.string().min(1), aliases: z.array(z.string()).default([]) }))
    .min(1),
  ...sourced,
})
export type CodeList = z.infer<typeof codeList>

export const subjectKind = z.enum(SUBJECT_KINDS)
export type { SubjectKind } from '../subject/kind.ts'

export const FIELD_TYPES = [
  'text',
  'name',
  'person-name',
  'day',
  'amount',
  'integer',
  'decimal',
  'code-list',
  'multi-code-list',
  'uscc',
  'organisation-code',
  'registration-number',
  'tax-number',
  'id-number',
  'document-number',
  'telephone',
  'address',
] as const

export const field = z.strictObject({
  /** The column's code, e.g. CF_WSH. */
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  /** The column's heading in a template and on a page. */
  name: z.string().min(1),
  aliases: z.array(z.string()).default([]),
  type: z.enum(FIELD_TYPES),
  /** Longest value in characters. */
  length: z.int().positive().optional(),
  required: z.boolean().default(false),
  list: slug.optional(),
  /** For `amount`: the unit of a bare number; the archive keeps yuan with four decimals. */
  unit: z.enum(['yuan', 'wan-yuan']).optional(),
  /** `day` only: 2099/12/31 and 长期 mean no end. */
  longTerm: z.boolean().default(false),
  /** Shown to anyone where the record itself is public. */
  public: z.boolean().default(false),
  /** What is done to the value before anyone but the platform's own line sees it in public. */
  mask: z.enum(['none', 'id-number', 'person-name', 'free-text', 'telephone', 'address', 'bank-account']).default('none'),
  confidence: confidence.optional(),
  note: z.string().optional(),
})
export type Field = z.infer<typeof field>
