import { z } from 'zod'
import { REPORT_SECTIONS } from './item-model.ts'
import { confidence, dayText, slug, sourced, subjectKind } from './model.ts'

/* The calendar, report layouts and domains. */

/** law/calendar/<year>.yaml: the State Council's notice of one year. */
export const calendarYear = z.strictObject({
  year: z.int(),
  instrument: slug,
  confidence,
  source: z.string().optional(),
  holidays: z.array(z.strictObject({ name: z.string(), from: dayText, to: dayText })),
  /** Weekend days that are worked (调休). */
  workedWeekends: z.array(dayText),
})
export type CalendarYear = z.infer<typeof calendarYear>

/** law/reports/domains.yaml: the 45 domains of the special report. */
export const domainFile = z.strictObject({
  domains: z.array(
    z.strictObject({ id: slug, name: z.string(), order: z.int(), batch: z.union([z.literal(1), z.literal(2)]), ...sourced }),
  ),
})
export type Domain = z.infer<typeof domainFile>['domains'][number]

/** law/reports/<kind>@<day>.yaml */
export const reportLayout = z.strictObject({
  layout: z.enum(['public', 'special']),
  title: z.string(),
  inForceFrom: dayText,
  inForceUntil: dayText.nullable().default(null),
  ...sourced,
  summary: z.array(z.strictObject({ label: z.string(), sections: z.array(z.enum(REPORT_SECTIONS)) })),
  sections: z.array(
    z.strictObject({
      no: z.string(),
      section: z.enum(REPORT_SECTIONS),
      title: z.string(),
      subjects: z.array(subjectKind).optional(),
    }),
  ),
  emptyText: z.string(),
  statements: z.array(z.string()),
  advice: z.string().optional(),
  /** Special report. */
  windows: z.array(z.int()).default([]),
  validMonths: z.int().positive().nullable(),
  criminalRecord: z.string().optional(),
})
export type ReportLayout = z.infer<typeof reportLayout>
