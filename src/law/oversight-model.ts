import { z } from 'zod'
import { sourced } from './model.ts'

/* Who watches those who look: law/access/oversight.yaml. */

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const unusualRule = z.strictObject({ name: z.string().min(1), atLeast: z.int().positive(), ...sourced })
const ground = z.strictObject({ name: z.string().min(1), ...sourced })

export const oversightFile = z.strictObject({
  /** What counts as unusual, by kind: how often on one day, by one account or program. */
  unusual: z.strictObject({
    'many-subjects': unusualRule,
    /** Outside of these hours of a working day, or on a day that is none. */
    'off-hours': unusualRule.extend({ from: clockTime, until: clockTime }),
    'outside-work': unusualRule,
    'many-misses': unusualRule,
    'same-subject': unusualRule,
  }),
  explanation: z.strictObject({ workingDays: z.int().positive(), ...sourced }),
  /** Looks of which the subject is told later (个人信息保护法 18, 35). */
  delay: z.strictObject({
    longestDays: z.int().positive().max(366),
    ...sourced,
    grounds: z.strictObject({ investigation: ground, secrecy: ground, emergency: ground }),
  }),
})
export type OversightLaw = z.infer<typeof oversightFile>
export type UnusualKind = keyof OversightLaw['unusual']
export type DelayGround = keyof OversightLaw['delay']['grounds']

export const UNUSUAL_KINDS = Object.keys(oversightFile.shape.unusual.shape) as readonly UnusualKind[]
export const DELAY_GROUNDS = Object.keys(oversightFile.shape.delay.shape.grounds.shape) as [DelayGround, ...DelayGround[]]
export const delayGround: z.ZodType<DelayGround> = z.enum(DELAY_GROUNDS)
