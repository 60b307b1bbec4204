import { z } from 'zod'
import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { type Channel, REMEDIES } from '../law/notice-model.ts'

/* The nouns of letters: what a case fills in, the letter as it stands on paper, how it went to whom it is for. */

export type NoticeKey = { readonly subjectId: SubjectId; readonly noticeId: number }

/** What a case gives for a blank: a text, a day, a number, the id of a unit; several lines, or bases `instrument#article`. */
export type NoticeFact = string | number | readonly string[]
export type NoticeFacts = Readonly<Record<string, NoticeFact>>

/** A letter with its blanks filled in, the same for page and paper. Kept sealed. */
export const Letter = z.strictObject({
  notice: z.string(),
  edition: z.string(),
  name: z.string(),
  title: z.string(),
  number: z.string(),
  unitName: z.string(),
  addressee: z.string(),
  day: z.string(),
  paragraphs: z.array(z.string()),
  /** Within what time which remedy may be asked for, from the day of service. */
  remedies: z.array(
    z.strictObject({
      remedy: z.enum(REMEDIES),
      count: z.number(),
      unit: z.enum(['calendar', 'months', 'working']),
      basis: z.string(),
    }),
  ),
})
export type Letter = z.infer<typeof Letter>

export const OUTCOMES = [
  'placed',
  'queued',
  'printed',
  'sent',
  'opened',
  'delivered',
  'refused',
  'returned',
  'published',
  'deemed',
  'impossible',
] as const
export type Outcome = (typeof OUTCOMES)[number]

/** One step of service: an attempt, or its proof. What may have left twice carries the same serial number. */
export type ServiceEntry = {
  readonly serial: string
  readonly channel: Channel
  readonly outcome: Outcome
  readonly at: Date
  /** The legal day of the proof: of opening, of delivery, of publication. */
  readonly onDay: Day
  readonly actor: string
  readonly reason: string | null
}

/** What of a letter is no content: which it is, whose, of which day, since when it counts as served. */
export type NoticeHead = NoticeKey & {
  readonly caseId: number | null
  readonly unit: string
  readonly toUnit: string | null
  readonly number: string
  readonly notice: string
  readonly edition: Day
  readonly madeAt: Date
  readonly madeOn: Day
  readonly servedOn: Day | null
}

/** Where a subject wants to be reached. */
export const ServiceAddress = z.strictObject({
  recipient: z.string().max(60),
  telephone: z.string().max(30),
  email: z.string().max(200),
  postal: z.string().max(200),
})
export type ServiceAddress = z.infer<typeof ServiceAddress>

/** The serial number of the n-th attempt by a channel. */
export const serialOf = (noticeId: number, channel: Channel, attempt: number): string => `N${noticeId}-${channel}-${attempt}`
