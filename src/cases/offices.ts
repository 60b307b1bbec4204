import { type Actor, may, SYSTEM } from '../access/actor.ts'
import type { SubjectId } from '../base/id.ts'
import type { Office } from '../law/procedure-words.ts'

/** Whose case it is, as far as it decides who may do something. */
type Ownership = {
  readonly subjectId: SubjectId
  readonly unit: string
  readonly openedUnit: string | null
  /** Who did the act before, where an officer did. */
  readonly lastOfficer: string | null
}

/** The offices that an actor holds in a case. Whoever did the act before is not its second person. */
export function officesOf(actor: Actor, { subjectId, unit, openedUnit, lastOfficer }: Ownership): ReadonlySet<Office> {
  const offices = new Set<Office>()
  if (actor.id === SYSTEM.id) return offices.add('clock')
  if (actor.subjectId !== null) {
    if (actor.subjectId === subjectId && may(actor, 'case.lodge')) offices.add('subject')
    return offices
  }
  const isOwnUnit = actor.unit === unit
  if (isOwnUnit && may(actor, 'case.handle')) offices.add('decider')
  if (isOwnUnit && may(actor, 'case.confirm') && actor.id !== lastOfficer) offices.add('second')
  if (openedUnit !== null && actor.unit === openedUnit && may(actor, 'case.handle')) offices.add('initiator')
  if (may(actor, 'case.coordinate')) offices.add('credit-office')
  return offices
}

/** Whether an actor may see a case at all: whose it is, who is in charge of it, who opened it, who watches all clocks. */
export function maySee(actor: Actor, file: { subjectId: SubjectId; unit: string; openedUnit: string | null }): boolean {
  if (actor.subjectId !== null) return actor.subjectId === file.subjectId
  if (may(actor, 'case.coordinate')) return true
  return may(actor, 'case.read') && actor.unit !== null && (actor.unit === file.unit || actor.unit === file.openedUnit)
}
