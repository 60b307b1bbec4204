import { z } from 'zod'
import { slug, sourced, subjectKind } from './model.ts'

/*
 * A list: who may decide, about whom, on which grounds, after which notice, for how long, and how one leaves it. The same table holds
 * serious lists, key-attention lists and honour lists (M202–M216): what adds needs the same care as what takes away.
 */

export const LIST_KINDS = ['serious', 'attention', 'honour'] as const
export type ListKind = (typeof LIST_KINDS)[number]

/** What a notice before listing says (M205); a notice that lacks one of them is none. */
export const NOTICE_CONTENTS = ['grounds', 'basis', 'measures', 'exit', 'remedies'] as const

/** Days that the law counts: working days by the State Council's calendar, or days of the calendar. */
export const dayCount = z.strictObject({ count: z.int().positive(), unit: z.enum(['working', 'calendar']) })
export type DayCount = z.infer<typeof dayCount>

const ground = z.strictObject({ id: slug, text: z.string().min(1), ...sourced })

/** Who may not be listed, for all grounds or for those named. */
const exclusion = z.strictObject({ text: z.string().min(1), grounds: z.array(slug).optional(), ...sourced })

const notice = z.strictObject({
  contents: z.array(z.enum(NOTICE_CONTENTS)),
  /** How long one may state and defend; null: the list's own rule names no number, the procedure's default holds. */
  statement: dayCount.nullable(),
  /** `where-penalty-heard`: where the penalty behind it gave the right to a hearing. */
  hearing: z.enum(['where-penalty-heard', 'on-request', 'none']),
  ...sourced,
})

/** How long an entry holds, for all grounds or for those named: months, or until an event that the law names. */
const period = z.strictObject({
  grounds: z.array(slug).optional(),
  months: z.int().positive().nullable(),
  until: z.string().min(1).nullable(),
  from: z.enum(['decision', 'publication']),
  extension: z
    .strictObject({ atLeastMonths: z.int().positive(), atMostMonths: z.int().positive(), when: z.string().min(1) })
    .optional(),
  ...sourced,
})

/** How one leaves before the end. */
const earlyExit = z.strictObject({
  afterMonths: z.int().nonnegative(),
  from: z.enum(['listing', 'correction']),
  conditions: z.array(z.string().min(1)).min(1),
  decidedBy: z.string().min(1),
  decideWithin: dayCount.nullable(),
  deleteWithin: dayCount.nullable(),
  /** An early removal got by false material is revoked and the entry restored. */
  restoredWhenFalse: z.boolean().default(false),
  ...sourced,
})

const exit = z.strictObject({
  /** Said on the page before any row: how one leaves the list. */
  text: z.string().min(1),
  /** The entry ends by itself at its end; without, somebody has to apply. */
  automatic: z.boolean(),
  early: earlyExit.nullable(),
  ...sourced,
})

export const REMEDIES = ['statement', 'objection', 'correction', 'reconsideration', 'litigation'] as const
const remedy = z.strictObject({
  remedy: z.enum(REMEDIES),
  to: z.string().min(1),
  within: z.string().optional(),
  ...sourced,
})

/** A wrong entry is revoked with every effect (M216). */
const annulment = z.strictObject({ when: z.array(z.string().min(1)).min(1), removeWithin: dayCount, ...sourced })

/** law/lists/<list>.yaml, and a city's own under city/<city>/lists/. */
export const listRule = z.strictObject({
  list: slug,
  name: z.string(),
  kind: z.enum(LIST_KINDS),
  /** Who may decide, in the words of the page. */
  authority: z.string(),
  /** A city's list: which of its units. A national one: the units that are assigned its item. */
  units: z.array(slug).optional(),
  subjects: z.array(subjectKind).min(1),
  /** `mirror`: decided in another system and carried here with its decision; `decided-here`: by a procedure of this platform. */
  platformRole: z.enum(['mirror', 'decided-here']),
  /** `court`: shown as the court's own, nothing computed. */
  publisher: z.enum(['platform', 'court']),
  publication: z.strictObject({ audience: z.enum(['public', 'government']), ...sourced }),
  grounds: z.array(ground),
  /** What must have gone before, e.g. an order to pay that was not obeyed. */
  precondition: z.string().optional(),
  notListable: z.array(exclusion).default([]),
  notice: notice.nullable(),
  periods: z.array(period),
  exit,
  remedies: z.array(remedy),
  annulment: annulment.nullable(),
  /** The item that keeps the entries where no item names the list: an honour is kept among honours. */
  recordedAs: slug.optional(),
  measures: z.array(slug).default([]),
  /** Key-attention lists only: what is done by degree, none of it a restriction. */
  handling: z.array(z.strictObject({ degree: z.string().min(1), does: z.string().min(1), ...sourced })).default([]),
  /** Records of the list are taken and shown. Whether a listing may be opened here is `openableList`. */
  enabled: z.boolean(),
  ...sourced,
})
export type ListRule = z.infer<typeof listRule>
