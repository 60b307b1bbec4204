import { z } from 'zod'
import { sourced } from './model.ts'

/* Rights of people over what is kept of them, how long it is kept, and what is not switched on without an assessment: law/access/*.yaml. */

/** How long an answer may take, counted in legal working days after the day of the request. */
const rightsClock = z.strictObject({ workingDays: z.int().positive(), extensionDays: z.int().positive(), ...sourced })

const right = z.strictObject({
  name: z.string().min(1),
  /** Whether an organisation may ask too; a right of persons alone otherwise. */
  organisations: z.boolean(),
  /** `platform`: answered at once; `office`: by the officer for personal information or the credit office; `unit`: by the unit that decided. */
  answeredBy: z.enum(['platform', 'office', 'unit']),
  clock: rightsClock,
  ...sourced,
})
export type Right = z.infer<typeof right>

const ground = z.strictObject({ name: z.string().min(1), ...sourced })

/** law/access/rights-clocks.yaml */
export const rightsFile = z.strictObject({
  rights: z.strictObject({
    access: right,
    copy: right,
    portability: right,
    correction: right,
    deletion: right,
    restriction: right,
    explanation: right,
    'look-complaint': right,
  }),
  /** Why a deletion may be granted (个人信息保护法 47). Nothing else grants one. */
  deletionGrounds: z.strictObject({
    'purpose-over': ground,
    'retention-over': ground,
    'consent-withdrawn': ground,
    unlawful: ground,
    'by-law': ground,
  }),
  /** What a subject may say beside a record of its own (主体说明). */
  comment: z.strictObject({ maxLength: z.int().positive(), ...sourced }),
})
export type RightsLaw = z.infer<typeof rightsFile>
export type RightKind = keyof RightsLaw['rights']
export type DeletionGround = keyof RightsLaw['deletionGrounds']

const retentionRule = z.strictObject({
  name: z.string().min(1),
  tables: z.array(z.string().regex(/^[a-z_]+$/)).min(1),
  trigger: z.enum(['record-end', 'settled', 'decided', 'looked', 'closed', 'validity-end', 'signed', 'ended']),
  period: z.union([
    z.strictObject({ months: z.int().positive() }),
    /** The years stand with the item of the catalogue. */
    z.strictObject({ byItem: z.literal(true) }),
    z.strictObject({ atOnce: z.literal(true) }),
  ]),
  /** `keep`: at least so long; nothing happens by itself afterwards. */
  action: z.enum(['delete', 'freeze', 'keep']),
  /** Who does it: the retention command with a certificate, or a clearing task of that part, which leaves no content behind. */
  by: z.enum(['retention', 'sign-in', 'intake']),
  ...sourced,
})
export type RetentionRule = z.infer<typeof retentionRule>

/** law/access/retention.yaml */
export const retentionFile = z.strictObject({
  retention: z.strictObject({
    'facts-of-persons': retentionRule,
    'facts-of-organisations': retentionRule,
    'kept-rows': retentionRule,
    'waiting-rows': retentionRule,
    looks: retentionRule,
    'rights-texts': retentionRule,
    'report-files': retentionRule,
    assessments: retentionRule,
    'sign-ins': retentionRule,
    'raw-files': retentionRule,
  }),
})
/** The months that a rule names; null where it names years by item, or none. */
export function fewestMonths(rule: RetentionRule | undefined): number | null {
  return rule && 'months' in rule.period ? rule.period.months : null
}
export type RetentionLaw = z.infer<typeof retentionFile>['retention']
export type RetentionKind = keyof RetentionLaw

const gatedFunction = z.strictObject({
  /** The row of the inventory. */
  row: z.string().regex(/^M\d{3}$/),
  name: z.string().min(1),
  does: z.string().min(1),
  source: z.string().min(1),
  /** Whether anything of it exists in the program. */
  built: z.literal(false),
})
export type GatedFunction = z.infer<typeof gatedFunction>

/** law/access/gated-functions.yaml */
export const gatedFile = z.strictObject({ functions: z.array(gatedFunction).min(1) })

/** What no law of a city may lack; stands in while its files are missing, which is an error of its own. */
export type AccessLaw = {
  readonly rights: RightsLaw
  readonly retention: RetentionLaw
  readonly gated: readonly GatedFunction[]
}

export const rightKind: z.ZodType<RightKind> = z.enum(Object.keys(rightsFile.shape.rights.shape) as [RightKind, ...RightKind[]])
export const deletionGround: z.ZodType<DeletionGround> = z.enum(
  Object.keys(rightsFile.shape.deletionGrounds.shape) as [DeletionGround, ...DeletionGround[]],
)
