import { z } from 'zod'
import { slug } from './model.ts'

/* How often who may ask: operational limits of a platform, as data. */

export const QUOTA_HOLDERS = ['anyone', 'subject', 'person', 'token', 'program'] as const

export const quotaRule = z.strictObject({
  id: slug,
  name: z.string().min(1),
  /** Whom it counts: addresses of nobody signed in, subjects' accounts, accounts of people, tokens made at the terminal, programs. */
  holder: z.enum(QUOTA_HOLDERS),
  /** Requests within one minute of the clock. */
  perMinute: z.int().min(1).max(10_000_000),
  /** Requests within one legal day; null: as many as the minutes let through. */
  perDay: z.int().min(1).max(1_000_000_000).nullable(),
  /** Answers within one minute that found nothing; null: not counted. */
  misses: z.int().min(1).max(100_000).nullable(),
})
export type QuotaRule = z.infer<typeof quotaRule>

/** law/access/quotas.yaml, and what a city changes of it: city/<city>/quotas.yaml. */
export const quotaFile = z.strictObject({ quotas: z.array(quotaRule).min(1) })
