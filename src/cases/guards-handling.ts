import { granted, refused } from '../base/refusal.ts'
import type { Guard } from './guards.ts'

/* Conditions of how a unit handles a case: what is missing is said once, nobody passes a case to himself, nobody reviews what he decided. */

const MET = granted(true as const)

/** M258 · asking again and again would stop the clock for ever. */
const materialAskedOnce: Guard = ({ opened }, basis) =>
  opened?.entries.some(entry => entry.act === 'ask-material') ? refused('case.material-asked-before', basis) : MET

/** Principle 7 · the unit that has it would only be written down twice. */
const transferElsewhere: Guard = ({ filled, unit }, basis) =>
  filled['unit'] !== undefined && filled['unit'] === unit ? refused('case.transfer-same', basis) : MET

/** Whoever handled the case for the unit that decided it does not say whether that was right. */
const decidedByAnother: Guard = ({ opened, actor }, basis) =>
  actor !== undefined &&
  opened?.entries.some(entry => entry.actor === actor && (entry.office === 'decider' || entry.office === 'second'))
    ? refused('case.decided-before', basis)
    : MET

export const HANDLING_GUARDS = {
  'material-asked-once': materialAskedOnce,
  'transfer-elsewhere': transferElsewhere,
  'decided-by-another': decidedByAnother,
} as const satisfies Record<string, Guard>
