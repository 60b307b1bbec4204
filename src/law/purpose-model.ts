import { z } from 'zod'
import { slug, sourced } from './model.ts'

/* For what somebody may look at what is not public, and by what ground: law/access/purposes.yaml, and a city's own in purposes.yaml. */

export const LOOK_GROUNDS = ['law', 'authorisation', 'own'] as const

export const lookPurpose = z.strictObject({
  id: slug,
  name: z.string().min(1).max(100),
  /** As people write it, too. */
  alsoCalled: z.array(z.string().min(1).max(100)).default([]),
  /** `law`: the purpose brings its basis. The others open nothing by themselves. */
  ground: z.enum(LOOK_GROUNDS),
  /** Whether the console puts it among those to choose from. */
  offered: z.boolean(),
  ...sourced,
})
export type LookPurpose = z.infer<typeof lookPurpose>

export const purposeFile = z.strictObject({ purposes: z.array(lookPurpose).min(1) })
