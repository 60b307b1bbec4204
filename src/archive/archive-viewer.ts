import { type Actor, isProgram } from '../access/actor.ts'
import type { Viewer } from '../law/masking-model.ts'

/** Who looks into an archive, for one record: a program, an officer of a unit that decided or sent it (`units`), or one of another unit. */
export function archiveViewer(actor: Actor, ...units: readonly (string | undefined)[]): Viewer {
  if (isProgram(actor)) return 'program'
  return actor.unit !== null && units.includes(actor.unit) ? 'reporting-unit' : 'other-unit'
}
