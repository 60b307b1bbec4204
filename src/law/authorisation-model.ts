import { z } from 'zod'
import { slug, sourced, subjectKind } from './model.ts'
import { UNIT_KINDS } from './unit-kind.ts'

/* What a subject may let somebody else see, for what, and for how long. */

export const authorisableClass = z.strictObject({
  id: slug,
  name: z.string().min(1),
  /** What is in it, as the subject reads it before it consents. */
  shows: z.string().min(1),
  /** What the receiver will see: an invented example. */
  example: z.string().min(1),
  /** Catalogue items; a class of none is a report. */
  items: z.array(slug),
  report: z.literal('special').optional(),
  /** Subjects that consent to this class apart (PIPL 29). */
  sensitive: z.strictObject({ subjects: z.array(subjectKind).min(1), because: z.string().min(1), ...sourced }).optional(),
  ...sourced,
})
export type AuthorisableClass = z.infer<typeof authorisableClass>

export const authorisationPurpose = z.strictObject({
  id: slug,
  name: z.string().min(1),
  /** Kinds of organisation that may ask for it. */
  receivers: z.array(z.enum(UNIT_KINDS)).min(1),
  ...sourced,
})
export type AuthorisationPurpose = z.infer<typeof authorisationPurpose>

const count = z.int().positive()
export const authorisationLimits = z.strictObject({
  /** How long a request may be answered. */
  requestMinutes: count,
  /** The term where the receiver names none, and the longest there is, in days. */
  usualDays: count,
  longestDays: count,
  ...sourced,
})
export type AuthorisationLimits = z.infer<typeof authorisationLimits>

/** law/access/authorisable.yaml */
export const authorisableFile = z.strictObject({
  limits: authorisationLimits,
  classes: z.array(authorisableClass).min(1),
  purposes: z.array(authorisationPurpose).min(1),
})
