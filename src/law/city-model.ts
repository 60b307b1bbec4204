import { z } from 'zod'
import { basis, confidence, dayText, subjectKind } from './model.ts'
import { UNIT_KINDS } from './unit-kind.ts'

/* What one city adds: its name, its units, its sources' file formats. Organisation is data: a unit may own several domains and a domain several units. */

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'law.id-malformed')

/** city/<city>/city.yaml */
export const cityFile = z.strictObject({
  city: slug,
  name: z.string(),
  platformName: z.string(),
  /** Shown on every page, PDF and print of an invented city. */
  notice: z.string().nullable(),
  zone: z.string(),
  division: z.string().regex(/^\d{6}$/),
  counties: z.array(z.strictObject({ id: slug, name: z.string(), division: z.string().regex(/^\d{6}$/) })).min(1),
  /** Province prefixes of invented codes that this city accepts; a real city has none. */
  inventedPrefixes: z.array(z.string().regex(/^\d{2}$/)).default([]),
  nationalPortal: z.string().nullable(),
  contact: z.strictObject({ office: z.string(), telephone: z.string().nullable(), address: z.string().nullable() }),
  footer: z.array(z.strictObject({ label: z.string(), text: z.string() })).default([]),
  /** Editions of national tables are overlaid, never overwritten: local instruments and thresholds stand beside them. */
  criminalRecord: z.string(),
  /** Whether staff must have a second factor to sign in. Only an invented city may leave it open, and only outside production. */
  secondFactor: z.enum(['required', 'optional']).default('required'),
})
export type City = z.infer<typeof cityFile>

export const unit = z.strictObject({
  id: slug,
  name: z.string(),
  shortName: z.string().optional(),
  aliases: z.array(z.string()).default([]),
  uscc: z.string().length(18),
  /** How people reach it; a receiver of data tells whoever consents (PIPL 23). */
  contact: z.string().optional(),
  kind: z.enum(UNIT_KINDS),
  county: slug.nullable().default(null),
  parent: slug.nullable().default(null),
  domains: z.array(slug).default([]),
  /** Catalogue items the unit is assigned to report. Nothing else is taken from it. */
  items: z.array(slug).default([]),
  subjectKinds: z.array(subjectKind).optional(),
  /** Measures of which the unit is the body that the statute names: nobody else may take them here (principle 5). */
  measures: z.array(slug).default([]),
})
export type Unit = z.infer<typeof unit>
export const unitFile = z.strictObject({ units: z.array(unit).min(1) })

/** city/<city>/sources/<source>.yaml: a department's file, described, not programmed. */
export const source = z.strictObject({
  source: slug,
  name: z.string(),
  unit: slug,
  item: slug,
  /** The sender's heading → our column code. Headings equal to the item's own names, aliases and legacy names need no line. */
  columns: z.record(z.string(), z.string()).default({}),
  /** Column code → (the sender's value → our value). */
  values: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Column code → unit of a bare number in that column. */
  units: z.record(z.string(), z.enum(['yuan', 'wan-yuan'])).default({}),
  /** Columns the sender has and the catalogue does not want. */
  ignored: z.array(z.string()).default([]),
  /** Column code → value used where the file has no such column. */
  constants: z.record(z.string(), z.string()).default({}),
  legacy: z.string().optional(),
  /** A heading whose values say what is done with the row: 新增, 更正, 撤销. */
  operation: z.string().optional(),
  expect: z
    .strictObject({
      everyDays: z.int().positive(),
      rows: z.strictObject({ atLeast: z.int().nonnegative(), atMost: z.int().positive() }),
      refusedShareAtMost: z.number().min(0).max(1),
    })
    .optional(),
})
export type Source = z.infer<typeof source>

/** city/<city>/local-rules.yaml: thresholds and periods the city adds, each with its own basis. */
export const cityGravityFile = z.strictObject({
  gravity: z.array(
    z.strictObject({
      edition: slug,
      inForceFrom: dayText,
      thresholds: z.array(
        z.strictObject({
          domain: z.string(),
          generalFrom: z.number().nonnegative(),
          seriousFrom: z.number().positive(),
          basis: z.array(basis).min(1),
          confidence,
          note: z.string().optional(),
        }),
      ),
    }),
  ),
})
