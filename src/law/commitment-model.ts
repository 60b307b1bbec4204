import { z } from 'zod'
import { dayCount } from './list-model.ts'
import { dayText, slug, sourced } from './model.ts'

/*
 * Credit commitments (信用承诺): types, the register of twenty columns, templates, and which of a unit's matters take one. Not to be confused
 * with the salted digests of the log, which are called commitments too.
 */

export const BREACH_NEEDS = ['heard', 'written-decision', 'second-person'] as const
export const EXCLUSIONS = ['serious-list', 'unrepaired-breach'] as const
export type CommitmentExclusion = (typeof EXCLUSIONS)[number]

const consequence = z.strictObject({ text: z.string().min(1), ...sourced })

const commitmentType = z.strictObject({
  type: slug,
  /** The code of the list `commitment-type`. */
  code: z.string(),
  text: z.string().min(1),
  means: z.string().min(1),
  consequences: z.array(consequence),
  ...sourced,
})
export type CommitmentType = z.infer<typeof commitmentType>

const column = z.strictObject({
  field: slug,
  column: z.string(),
  by: z.enum(['subject', 'unit', 'platform']),
  at: z.enum(['opening', 'fulfilment']),
})

/** law/commitments/register.yaml */
export const commitmentRegister = z.strictObject({
  item: slug,
  numbering: z.strictObject({
    divisionDigits: z.literal(6),
    dayDigits: z.literal(8),
    serialDigits: z.int().positive(),
    ...sourced,
  }),
  types: z.array(commitmentType),
  openness: z.array(z.strictObject({ openness: slug, text: z.string().min(1), ...sourced })),
  fulfilment: z.array(
    z.strictObject({ state: z.enum(['full', 'partial', 'none']), text: z.string().min(1), breach: z.boolean(), ...sourced }),
  ),
  supervision: z.array(z.strictObject({ state: slug, text: z.string().min(1), ...sourced })),
  register: z.array(column),
  /** What must have gone before a breach enters the record. */
  breach: z.strictObject({ needs: z.array(z.enum(BREACH_NEEDS)), ...sourced }),
  exclusions: z.array(z.strictObject({ exclusion: z.enum(EXCLUSIONS), text: z.string().min(1), ...sourced })),
})
export type CommitmentRegister = z.infer<typeof commitmentRegister>

export const SAYS = ['matter', 'promise', 'truth', 'performance', 'liability', 'openness'] as const
/** What the platform fills in: nobody types it. */
export const COMMITMENT_BLANKS = ['subject', 'code', 'unit', 'number', 'day', 'valid-until'] as const

/** law/commitments/templates/<template>@<day>.yaml: what is signed. A legal paragraph has no blank that somebody types. */
export const commitmentTemplate = z.strictObject({
  template: slug,
  type: slug,
  name: z.string().min(1),
  inForceFrom: dayText,
  inForceUntil: dayText.nullable().default(null),
  /** How long the commitment holds; null: until what it promises is done. */
  validMonths: z.int().positive().nullable(),
  blanks: z.array(z.strictObject({ blank: slug, name: z.string().min(1), type: z.enum(['text', 'lines', 'day']) })).default([]),
  paragraphs: z.array(z.strictObject({ says: z.array(z.enum(SAYS)).min(1), legal: z.boolean(), text: z.string().min(1) })).min(1),
  ...sourced,
})
export type CommitmentTemplate = z.infer<typeof commitmentTemplate>

/** A matter of approval in which a commitment is taken: 告知承诺, 容缺受理, or in place of a proof. */
const approvalMatter = z.strictObject({
  id: slug,
  name: z.string().min(1),
  accepts: z.enum(['informed-commitment', 'missing-material', 'proof-commitment']),
  type: slug,
  template: slug,
  /** Which materials or proofs the commitment stands for. */
  replaces: z.array(z.string().min(1)).min(1),
  /** 容缺受理: by when the missing material is to come. */
  supplyWithin: dayCount.optional(),
  /** By when the unit looks whether what was promised is so. */
  verifyWithin: dayCount.optional(),
  greenChannel: z.boolean(),
  closedTo: z.array(z.enum(EXCLUSIONS)),
  ...sourced,
})
export type ApprovalMatter = z.infer<typeof approvalMatter>

/** A tender in which a commitment stands in place of a bond. */
const tenderMatter = z.strictObject({
  id: slug,
  name: z.string().min(1),
  inPlaceOf: z.string().min(1),
  type: slug,
  template: slug,
  closedTo: z.array(z.enum(EXCLUSIONS)),
  ifBroken: z.string().min(1),
  ...sourced,
})
export type TenderMatter = z.infer<typeof tenderMatter>

/** city/<city>/commitments/<unit>.yaml */
export const commitmentMatters = z.strictObject({
  unit: slug,
  approvals: z.array(approvalMatter),
  tenders: z.array(tenderMatter),
})
export type CommitmentMatters = z.infer<typeof commitmentMatters>

/** Commitments as a law holds them. */
export type CommitmentLaw = {
  readonly register: CommitmentRegister | null
  readonly types: ReadonlyMap<string, CommitmentType>
  /** Template id → its editions, oldest first. */
  readonly templates: ReadonlyMap<string, readonly CommitmentTemplate[]>
  /** Unit id → its matters. */
  readonly matters: ReadonlyMap<string, CommitmentMatters>
}
