import { z } from 'zod'
import { dayText, slug, sourced } from './model.ts'

/* Publication regimes, the gravity of a penalty, and what must not be collected. */

export const GRAVITIES = ['minor', 'general', 'serious'] as const
export const gravity = z.enum(GRAVITIES)
export type Gravity = z.infer<typeof gravity>

const displayed = z.strictObject({
  shown: z.boolean(),
  atLeastMonths: z.int().nonnegative().nullable(),
  atMostMonths: z.int().positive().nullable(),
  ...sourced,
})

/** law/disclosure/regimes.yaml */
export const regime = z.strictObject({
  id: z.string(),
  name: z.string(),
  ...sourced,
  appliesFrom: dayText,
  appliesUntil: dayText.nullable(),
  startsOn: z.enum(['decision']),
  /** How a penalty gets its case under this regime: first match governs; `longest: true` where several kinds → the longest. */
  cases: z.array(
    z.strictObject({
      case: slug,
      when: z.strictObject({
        procedure: z.enum(['simple', 'ordinary']).optional(),
        onlyKinds: z.array(z.string()).optional(),
        anyKind: z.array(z.string()).optional(),
        gravity: gravity.optional(),
        domains: z.array(z.string()).optional(),
        otherwise: z.literal(true).optional(),
      }),
      ...displayed.shape,
    }),
  ),
})
export type Regime = z.infer<typeof regime>

/** The gravity of a penalty from its kinds and amount, by industry: law/disclosure/gravity@….yaml, and a city's thresholds. */
export const gravityTable = z.strictObject({
  edition: slug,
  inForceFrom: dayText,
  kinds: z.array(
    z.strictObject({
      kind: z.string(),
      gravity: z.union([gravity, z.literal('by-amount'), z.literal('by-officer')]),
      ...sourced,
    }),
  ),
  simpleProcedure: z.strictObject({ gravity, ...sourced }),
  /** From this amount in yuan on the fine is 较大数额 (general) or 巨额 (serious), by domain; `*` any other. */
  thresholds: z.array(
    z.strictObject({ domain: z.string(), generalFrom: z.number().nonnegative(), seriousFrom: z.number().positive(), ...sourced }),
  ),
})
export type GravityTable = z.infer<typeof gravityTable>

export const regimeFile = z.strictObject({
  regimes: z.array(regime).min(1),
  transition: z.strictObject({ rule: z.literal('earliest-end'), ...sourced }),
  /** Publishers whose own publication is mirrored, never computed. */
  mirrors: z.array(z.strictObject({ domain: z.string(), publisher: z.string(), ...sourced })),
  gravity: z.array(gravityTable).default([]),
})
export type RegimeFile = z.infer<typeof regimeFile>

/** law/prohibited.yaml */
export const prohibitedContent = z.strictObject({
  id: slug,
  name: z.string(),
  about: z.literal('natural-person'),
  /** `never`, or only with the person's written consent. */
  allowed: z.enum(['never', 'with-consent']),
  headings: z.array(z.string()),
  valuePatterns: z.array(z.string()).default([]),
  ...sourced,
})
export const prohibitedFile = z.strictObject({ prohibited: z.array(prohibitedContent).min(1) })
export type ProhibitedContent = z.infer<typeof prohibitedContent>
