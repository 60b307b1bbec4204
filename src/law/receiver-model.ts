import { z } from 'zod'
import { sourced } from './model.ts'

/* Whoever was handed something: how long it may use it at most, and how long it has to confirm a correction. law/access/receivers.yaml */

const term = z.strictObject({ name: z.string().min(1), longestDays: z.int().positive().max(3660), ...sourced })

export const receiversFile = z.strictObject({
  /** When an entry ends by itself, where nothing ended it before. */
  entries: z.strictObject({
    /** Handed out under a business number that nobody closed. */
    business: term,
    /** A report that names no last day. */
    report: term,
  }),
  /** Counted in legal working days after the day on which the record was taken away. */
  confirmation: z.strictObject({ workingDays: z.int().positive().max(60), ...sourced }),
  /** Whose entry has ended is told all the same, if it was handed out within these months. */
  told: z.strictObject({ months: z.int().positive(), ...sourced }),
})
export type ReceiversLaw = z.infer<typeof receiversFile>

/** What the law in use says of receivers. */
export function receiversOf({ receivers }: { readonly receivers: ReceiversLaw | null }): ReceiversLaw {
  if (!receivers) throw new Error('a law without law/access/receivers.yaml')
  return receivers
}
