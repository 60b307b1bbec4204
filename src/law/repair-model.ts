import { z } from 'zod'
import { slug, sourced } from './model.ts'

/*
 * Repair (信用修复): by the regime of the day of application. How long a record is shown at least and at most stands in
 * law/disclosure/regimes.yaml under the same id and is not repeated here.
 */

export const NEVER_REQUIRED = ['training', 'charity', 'fee', 'third-party-report'] as const
export const REPAIRED_THINGS = ['penalty', 'serious-list', 'abnormal-register'] as const
export type RepairedThing = (typeof REPAIRED_THINGS)[number]
export const REPAIR_CONDITIONS = ['period-reached', 'duty-performed', 'commitment-signed', 'set-by-law'] as const
export const REPAIR_STEPS = ['push', 'accept', 'decide', 'tell'] as const

const condition = z.strictObject({
  condition: z.enum(REPAIR_CONDITIONS),
  text: z.string().min(1),
  /** `machine`: the platform can tell; `officer`: an officer of the deciding unit does. */
  checked: z.enum(['machine', 'officer']),
  ...sourced,
})
export type RepairCondition = z.infer<typeof condition>

const material = z.strictObject({
  material: z.enum(['proof-of-performance', 'commitment', 'set-by-law']),
  name: z.string().min(1),
  /** The deciding unit fetches it from its own system where it can. */
  fetchedByUnit: z.boolean(),
  ...sourced,
})

/** Working days; null: the rule says promptly and no number. */
const clock = z.strictObject({
  workingDays: z.int().positive().nullable(),
  from: z.enum(['received', 'pushed', 'accepted', 'decision-due', 'decided']),
  ...sourced,
})

/** law/repair/<regime>.yaml */
export const repairRegime = z.strictObject({
  /** The publication regime whose days and months hold. */
  regime: z.string(),
  name: z.string().min(1),
  classes: z.array(z.strictObject({ case: slug, repairable: z.boolean(), text: z.string().min(1), ...sourced })),
  others: z.array(z.strictObject({ what: z.enum(['serious-list', 'abnormal-register']), case: slug, ...sourced })),
  conditions: z.array(condition),
  materials: z.array(material),
  deciders: z.array(
    z.strictObject({
      of: z.enum(REPAIRED_THINGS),
      decider: z.enum(['deciding-unit', 'listing-unit']),
      text: z.string().min(1),
      ...sourced,
    }),
  ),
  window: z.strictObject({ name: z.string().min(1), ...sourced }),
  clocks: z.strictObject({
    push: clock,
    accept: clock,
    decide: clock,
    extend: z.strictObject({ ...clock.shape, times: z.int().positive() }).optional(),
    tell: clock,
    object: clock.optional(),
  }),
  effects: z.array(z.strictObject({ text: z.string().min(1), ...sourced })).min(1),
  atMaximum: z.strictObject({ ends: z.literal('automatically'), uncorrected: z.string().min(1), ...sourced }),
  notice: z.strictObject({ text: z.string().min(1), ...sourced }).nullable(),
  falseMaterial: z
    .strictObject({
      recorded: z.boolean(),
      shownMonths: z.int().positive().nullable(),
      barredMonths: z.int().positive().nullable(),
      /** What the one who lied may not do for that time. */
      bars: z.enum(['applying', 'by-commitment']),
      ...sourced,
    })
    .nullable(),
  bankruptcy: z.strictObject({ during: z.string().min(1), after: z.string().min(1), ...sourced }).nullable(),
  pendingReview: z.strictObject({ text: z.string().min(1), ...sourced }).nullable(),
  neverRequired: z.array(z.enum(NEVER_REQUIRED)),
  /** What a table would ask for besides; nothing of `neverRequired` may stand here, and anything else needs its own rule. */
  requires: z.array(z.strictObject({ what: z.string().min(1), ...sourced })),
  ...sourced,
})
export type RepairRegime = z.infer<typeof repairRegime>

/** A law or an administrative regulation with periods of its own. */
const override = z.strictObject({
  id: slug,
  name: z.string().min(1),
  anyKind: z.array(z.string()).optional(),
  domains: z.array(z.string()).optional(),
  atLeastMonths: z.int().nonnegative().nullable(),
  atMostMonths: z.int().positive().nullable(),
  ...sourced,
})
export type RepairOverride = z.infer<typeof override>

const mirror = z.strictObject({
  domain: z.string(),
  earlyAfterMonths: z.int().positive(),
  special: z.strictObject({ afterMonths: z.int().positive(), text: z.string().min(1) }).optional(),
  /** Kinds of penalty whose publication that publisher does not end early. */
  notEarly: z.array(z.string()),
  clocks: z.strictObject({ acceptWorkingDays: z.int().positive(), decideWorkingDays: z.int().positive() }),
  ...sourced,
})

/** law/repair/transition.yaml */
export const repairTransition = z.strictObject({
  transition: z.strictObject({
    procedure: z.literal('law-at-application'),
    minimum: z.literal('shortest'),
    maximum: z.literal('earliest-end'),
    ...sourced,
  }),
  overrides: z.array(override),
  listsOwnRule: z.strictObject({ ...sourced }),
  mirrors: z.array(mirror),
})
export type RepairTransition = z.infer<typeof repairTransition>

/** Repair as a law holds it: by regime, with what holds between and beside them. */
export type RepairLaw = RepairTransition & { readonly regimes: ReadonlyMap<string, RepairRegime> }
