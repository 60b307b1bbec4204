import { z } from 'zod'
import { CLOCK_STATES, ClockSheet } from '../legal-clock/contract.ts'

/* What the doors of cases answer: a case in one line, whole, its clocks, and the acts that are open, with their forms. */

export const FieldForm = z.strictObject({
  field: z.string(),
  name: z.string(),
  kind: z.string(),
  hint: z.string().nullable(),
  required: z.boolean(),
  longest: z.number(),
  choices: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  /** Of a field in which a record is corrected: what may be corrected, and what it says now. Sent as lines of column, old and new, set apart by tabs. */
  values: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      now: z.string(),
      isLong: z.boolean(),
      choices: z.array(z.string()),
    }),
  ),
})
export const PaperForm = z.strictObject({
  paper: z.string(),
  name: z.string(),
  hint: z.string().nullable(),
  required: z.boolean(),
})

/** An act that a state allows: who does it, and why not now where it cannot be done. */
export const ActView = z.strictObject({
  act: z.string(),
  name: z.string(),
  does: z.string(),
  /** Whether this person may do it now. */
  mayDo: z.boolean(),
  /** Why not, as a sentence with its article; null where it may be done. */
  why: z.string().nullable(),
  by: z.array(z.string()),
  fields: z.array(FieldForm),
  papers: z.array(PaperForm),
  basis: z.array(z.string()),
  /** The articles as a person cites them. */
  cites: z.array(z.string()),
  /** What follows from it, one sentence each: said before it is done. */
  follows: z.array(z.string()),
  /** Nothing in this case brings it back: it is looked over once more before it is done. */
  isFinal: z.boolean(),
  /** It confirms or returns what another officer of the unit proposed. */
  isSecond: z.boolean(),
})
export type ActView = z.infer<typeof ActView>

export const ClockView = z.strictObject({
  clock: z.string(),
  name: z.string(),
  duty: z.string(),
  /** Who has the duty, as a person reads it. */
  whose: z.string(),
  state: z.enum(CLOCK_STATES),
  sentence: z.string(),
  startedOn: z.string(),
  dueOn: z.string().nullable(),
  unknownYear: z.number().nullable(),
  workingDaysLeft: z.number().nullable(),
  workingDaysOver: z.number().nullable(),
  suspendedSince: z.string().nullable(),
  doneOn: z.string().nullable(),
  basis: z.array(z.string()),
  cites: z.array(z.string()),
  confidence: z.string(),
})
export type ClockView = z.infer<typeof ClockView>

/** With how each day was counted, and the last one for a calendar. */
export const ClockWithSum = ClockView.extend({ runNo: z.number(), sheet: ClockSheet })
export type ClockWithSum = z.infer<typeof ClockWithSum>

export const CaseLine = z.strictObject({
  subjectId: z.number(),
  caseId: z.number(),
  number: z.string(),
  procedure: z.string(),
  procedureName: z.string(),
  state: z.string(),
  stateName: z.string(),
  means: z.string(),
  turn: z.string(),
  /** Who has to do something now, as a person reads it. */
  waitsFor: z.string(),
  end: z.string().nullable(),
  unit: z.string(),
  unitName: z.string(),
  openedOn: z.string(),
  closedAt: z.string().nullable(),
  clock: ClockView.nullable(),
})
export type CaseLine = z.infer<typeof CaseLine>

export const EntryView = z.strictObject({
  entryNo: z.number(),
  act: z.string(),
  actName: z.string(),
  stateName: z.string(),
  at: z.string(),
  by: z.string(),
  basis: z.string(),
  cite: z.string(),
  fields: z.array(z.strictObject({ field: z.string(), name: z.string(), value: z.string() })),
  papers: z.array(
    z.strictObject({ paperId: z.number(), name: z.string(), fileName: z.string(), media: z.string(), bytes: z.number() }),
  ),
})

export type EntryView = z.infer<typeof EntryView>

export const CaseView = CaseLine.extend({
  subjectName: z.string(),
  edition: z.string(),
  purpose: z.string(),
  record: z
    .strictObject({
      recordId: z.number(),
      itemName: z.string(),
      authorityName: z.string(),
      decidedOn: z.string(),
      documentNo: z.string(),
    })
    .nullable(),
  /** Of a declaration: what the data of departments say of it now; null of anything else. */
  compared: z.string().nullable(),
  /** The number of the last act: sent with the next one, so that nothing is done on what has changed meanwhile. */
  entryNo: z.number(),
  entries: z.array(EntryView),
  clocks: z.array(ClockWithSum),
  acts: z.array(ActView),
  letters: z.array(
    z.strictObject({ noticeId: z.number(), number: z.string(), name: z.string(), servedOn: z.string().nullable() }),
  ),
  confirmations: z.strictObject({ all: z.number(), open: z.number() }),
  /** The campaign that it belongs to. */
  within: z.strictObject({ campaignId: z.number(), name: z.string() }).nullable(),
  receipt: z.string(),
})
export type CaseView = z.infer<typeof CaseView>
