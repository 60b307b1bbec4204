import { z } from 'zod'
import { endpoint, SECOND_PERSON_ACTS } from '../http/endpoint.ts'

/* The door of what waits for a second person. */

const Waiting = {
  kind: z.enum(SECOND_PERSON_ACTS),
  count: z.number(),
  /** Since when the oldest waits, and what it is about, in words. */
  oldestAt: z.string(),
  about: z.string(),
}
export const ConfirmationView = z.strictObject(Waiting)
export type ConfirmationView = z.infer<typeof ConfirmationView>
export const BegunView = z.strictObject({
  ...Waiting,
  /** The roles of which somebody else may confirm it. */
  waitsFor: z.array(z.string()),
})
export type BegunView = z.infer<typeof BegunView>

export const listConfirmations = endpoint({
  method: 'GET',
  path: '/confirmations',
  needs: 'signed-in',
  reach: ['own-unit', 'city'],
  since: '0.3',
  summary: '要第二个人办的事：本人可以确认的（不含自己提出的），以及本人提出、等别人确认的；各有件数和最早的一件',
  output: z.strictObject({ toConfirm: z.array(ConfirmationView), begun: z.array(BegunView) }),
})
