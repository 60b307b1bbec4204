import { z } from 'zod'

/* A clock as both sides see it: the same object and the same numbers for officer, subject and auditor. */

export const CLOCK_STATES = ['open', 'soon', 'today', 'overdue', 'lapsed', 'suspended', 'done', 'done-late', 'unknown'] as const

export const ClockView = z.strictObject({
  /** `overdue` is a duty of a unit that was not done in time; `lapsed` is the end of a term that is nobody's fault. */
  state: z.enum(CLOCK_STATES),
  /** Null while the calendar of the year is not published, or the clock stands still. */
  dueOn: z.string().nullable(),
  unknownYear: z.number().nullable(),
  workingDaysLeft: z.number().nullable(),
  workingDaysOver: z.number().nullable(),
  /** State, last day, what is left and whose turn it is, in one sentence. */
  sentence: z.string(),
})
export type ClockView = z.infer<typeof ClockView>

/** Neighbouring days that are counted, or skipped, for one reason. */
export const ClockRun = z.strictObject({
  from: z.string(),
  until: z.string(),
  days: z.number(),
  isCounted: z.boolean(),
  text: z.string(),
})

/** The clock with how it was counted, day by day. */
export const ClockSheet = ClockView.extend({
  /** From which day, how long, and on what article. */
  term: z.string(),
  basis: z.string().nullable(),
  /** Extensions, suspensions and transfers, in the order of their days. */
  events: z.array(z.string()),
  runs: z.array(ClockRun),
  /** The last day as a file for a calendar (RFC 5545); null where there is no day to come. */
  ics: z.string().nullable(),
})
export type ClockSheet = z.infer<typeof ClockSheet>
