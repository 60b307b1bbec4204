import { addDays, addMonths } from '../base/day.ts'
import { granted, refused } from '../base/refusal.ts'
import type { Guard } from './guards.ts'
import { limitIn } from './limits.ts'

/* Conditions of ordering somebody to put something right: a day that can be kept, and one more chance where it was not (M288, M289, SG14). */

const MET = granted(true as const)

/** Nobody is ordered to have done by tomorrow what takes a week; nothing hangs over anybody for longer than the table says (SG20). */
const dayRight: Guard = (facts, basis) => {
  const { filled, today, unanswered } = facts
  if (unanswered?.has('until')) return MET
  const until = filled['until'] ?? ''
  const earliest = addDays(today, limitIn(facts, 'rectification', 'least-days'))
  if (until < earliest) return refused('rectification.day-too-early', basis, { earliest })
  const latest = addMonths(today, limitIn(facts, 'rectification', 'most-months'))
  return until <= latest ? MET : refused('rectification.day-too-late', basis, { latest })
}

/** M288 · what was done in part is given one more day, and not for ever. */
const onceAgain: Guard = ({ opened }, basis) =>
  opened?.entries.some(entry => entry.act === 'again') ? refused('rectification.given-again', basis) : MET

export const RECTIFICATION_GUARDS = {
  'rectification-day-right': dayRight,
  'rectification-once-again': onceAgain,
} as const satisfies Record<string, Guard>
