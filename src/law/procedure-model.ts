import { z } from 'zod'
import { dayText, slug, sourced } from './model.ts'
import {
  ABOUT,
  CHOICES_OF,
  EFFECT_NAMES,
  ENDS,
  FIELD_KINDS,
  GUARDS,
  LIMITS,
  type LimitName,
  OFFICES,
  TERMS,
  TURNS,
} from './procedure-words.ts'

/* law/procedures/<procedure>@<from>.yaml: one procedure in one edition. The same table drives server, buttons, forms, work lists and pages. */

const counted = z.strictObject({ count: z.int().positive(), unit: z.enum(['working', 'calendar', 'months', 'years']) })

/** A term: counted by the table, or named where it depends on the case. */
const span = z.union([
  counted,
  /** `otherwise`: where what the case is about has no number of its own. */
  z.strictObject({ named: z.enum(TERMS), otherwise: counted.optional() }),
])
export type ProcedureSpan = z.infer<typeof span>

const state = z.strictObject({
  state: slug,
  name: z.string().min(1).max(30),
  /** What it means, said to the subject in one sentence. */
  means: z.string().min(1).max(120),
  turn: z.enum(TURNS),
  /** Null: the case goes on. */
  end: z.enum(ENDS).nullable().default(null),
})
export type ProcedureState = z.infer<typeof state>

const field = z.strictObject({
  field: slug,
  name: z.string().min(1).max(40),
  kind: z.enum(FIELD_KINDS),
  hint: z.string().max(120).optional(),
  required: z.boolean().default(true),
  /** Of a `choice`: what may be chosen, by id. */
  choices: z.record(slug, z.string().min(1).max(80)).optional(),
  /** Of a `choice` whose choices the law gives. */
  choicesOf: z.enum(CHOICES_OF).optional(),
  /** Told to the other side; what is not, stays among officers (or with the subject). */
  told: z.boolean().default(true),
})
export type ProcedureField = z.infer<typeof field>

const paper = z.strictObject({
  paper: slug,
  name: z.string().min(1).max(60),
  hint: z.string().max(160).optional(),
  required: z.boolean(),
  /** Required only where the platform does not hold it already: the guard that knows. */
  unless: z.enum(GUARDS).optional(),
})
export type ProcedurePaper = z.infer<typeof paper>

const clock = z.strictObject({
  clock: slug,
  name: z.string().min(1).max(30),
  /** Whose duty it is; a `term` is nobody's duty and is never overdue. */
  duty: z.enum(['subject', 'decider', 'second', 'initiator', 'credit-office', 'receivers', 'term']),
  span,
  /** From the act that starts it, from the day a letter was served, or from the day that a field of the case names. */
  from: z.union([z.literal('act'), z.literal('service'), z.strictObject({ field: slug })]).default('act'),
  extension: z.strictObject({ times: z.int().positive(), span, ...sourced }).optional(),
  ...sourced,
})
export type ProcedureClock = z.infer<typeof clock>

const clocksOfAct = z.strictObject({
  start: z.array(slug).default([]),
  stop: z.array(slug).default([]),
  suspend: z.array(slug).default([]),
  resume: z.array(slug).default([]),
  extend: z.array(slug).default([]),
})

const act = z.strictObject({
  act: slug,
  name: z.string().min(1).max(20),
  /** What pressing it does, said beside the button. */
  does: z.string().min(1).max(160),
  /** States it is done in; none: it opens the case. */
  from: z.array(slug),
  /** The state after it; `same`: as before. */
  to: slug,
  by: z.array(z.enum(OFFICES)).min(1),
  /** Of the clock's acts: what makes it act. */
  when: z
    .union([
      z.strictObject({ ended: slug }),
      z.strictObject({ served: slug }),
      z.strictObject({ confirmed: z.literal('receivers') }),
      z.strictObject({ opened: z.literal(true) }),
      /** What the case rests on no longer holds. */
      z.strictObject({ gone: z.literal('ground') }),
    ])
    .optional(),
  /** Of acts by `second`: which act it confirms or returns. */
  confirms: slug.optional(),
  fields: z.array(field).default([]),
  papers: z.array(paper).default([]),
  guards: z.array(z.enum(GUARDS)).default([]),
  clocks: clocksOfAct.default({ start: [], stop: [], suspend: [], resume: [], extend: [] }),
  notices: z
    .array(
      z.strictObject({
        template: slug,
        to: z.enum(['subject', 'decider', 'initiator']),
        /** Blank of the letter → field of the case that fills it. */
        fill: z.record(slug, slug).default({}),
      }),
    )
    .default([]),
  effects: z.array(z.enum(EFFECT_NAMES)).default([]),
  ...sourced,
})
export type ProcedureAct = z.infer<typeof act>

export const procedureFile = z.strictObject({
  procedure: slug,
  name: z.string().min(1).max(20),
  /** One sentence for the public page. */
  purpose: z.string().min(1).max(160),
  about: z.enum(ABOUT),
  /** Two capital letters before the number of a case. */
  prefix: z.string().regex(/^[A-Z]{2}$/),
  inForceFrom: dayText,
  inForceUntil: dayText.nullable().default(null),
  /** What becomes of cases that run under the edition before: they go on as they began, or by this table from its first day. */
  transition: z.strictObject({ running: z.enum(['as-begun', 'by-this']), ...sourced }),
  /** Whether one record may have several open cases of this procedure at once. */
  several: z.boolean().default(false),
  ...sourced,
  states: z.array(state).min(2),
  clocks: z.array(clock).default([]),
  /** Numbers that its conditions and terms work with. */
  limits: z.array(z.strictObject({ limit: z.enum(LIMITS), value: z.int().positive(), ...sourced })).default([]),
  acts: z.array(act).min(1),
})
export type Procedure = z.infer<typeof procedureFile>

/** A number of the table. Throws where it holds none: the check of the tables refuses such a table. */
export function limitOf({ procedure, limits }: Pick<Procedure, 'procedure' | 'limits'>, limit: LimitName): number {
  const found = limits.find(one => one.limit === limit)
  if (!found) throw new Error(`${procedure} holds no ${limit}`)
  return found.value
}

/** The state after an act done in a state. */
export function stateAfter(act: Pick<ProcedureAct, 'to'>, from: string): string {
  return act.to === 'same' ? from : act.to
}

/** `objection@2026-04-01`: what a case keeps of the table it runs under. */
export type ProcedureEdition = string & { readonly __procedureEdition: never }

export function editionOf(procedure: Pick<Procedure, 'procedure' | 'inForceFrom'>): ProcedureEdition {
  return `${procedure.procedure}@${procedure.inForceFrom}` as ProcedureEdition
}
