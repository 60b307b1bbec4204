import { z } from 'zod'
import { sourced } from './model.ts'

/* What of a person's data is shown to whom: law/access/masking.yaml. */

export const VIEWERS = [
  'subject',
  'reporting-unit',
  'other-unit',
  'window-officer',
  'case-officer',
  'receiver',
  'program',
  'auditor',
  'public',
] as const
export type Viewer = (typeof VIEWERS)[number]

export const VALUE_KINDS = [
  'person-name',
  'published-name',
  'id-number',
  'telephone',
  'address',
  'organisation-address',
  'bank-account',
  'free-text',
  'unpublished-text',
] as const
export type ValueKind = (typeof VALUE_KINDS)[number]

/** Kinds of which a part is so many characters at the start and the end; of the others a part is made by its kind's own rule. */
export const NUMBER_KINDS: ReadonlySet<ValueKind> = new Set(['id-number', 'telephone', 'bank-account'])
/** The most that may stay of a number that is never shown in full: characters at its start, at its end. */
export const MOST_KEPT: Partial<Record<ValueKind, readonly [number, number]>> = { 'id-number': [6, 4], 'bank-account': [0, 4] }

const maskingLevel = z.strictObject({
  kind: z.enum(VALUE_KINDS),
  viewers: z.array(z.enum(VIEWERS)).min(1),
  level: z.enum(['full', 'partial', 'hidden']),
  /** Of a number shown in part: characters that stay at its start and at its end. */
  keep: z.tuple([z.int().min(0), z.int().min(0)]).optional(),
  ...sourced,
})
export type MaskingLevel = z.infer<typeof maskingLevel>

export const maskingFile = z.strictObject({
  viewers: z.array(z.strictObject({ id: z.enum(VIEWERS), name: z.string().min(1) })),
  kinds: z.array(z.strictObject({ id: z.enum(VALUE_KINDS), name: z.string().min(1) })),
  levels: z.array(maskingLevel).min(1),
})
type MaskingFile = z.infer<typeof maskingFile>

export type MaskingLaw = {
  readonly viewers: ReadonlyMap<Viewer, string>
  readonly kinds: ReadonlyMap<ValueKind, string>
  readonly levels: ReadonlyMap<`${ValueKind} ${Viewer}`, MaskingLevel>
}

/** The table by kind and viewer. Of what is missing nothing is shown to anybody. */
export function maskingLaw(file?: MaskingFile): MaskingLaw {
  return {
    viewers: new Map(file?.viewers.map(one => [one.id, one.name])),
    kinds: new Map(file?.kinds.map(one => [one.id, one.name])),
    levels: new Map(file?.levels.flatMap(row => row.viewers.map(viewer => [`${row.kind} ${viewer}` as const, row] as const))),
  }
}
