import type { App } from '../app.ts'
import { readAxes } from '../archive/axes.ts'
import { type Group, resolveSubjects } from '../archive/links.ts'
import type { SubjectId } from '../base/id.ts'

/*
 * Who answers for a subject that was merged into another one: the survivor, with the records of the whole group. The statement that finds a
 * subject also tells whether it has links, so that nothing more is asked for the many that have none.
 */

/** A subject that was found, and whether it hangs together with others. */
export type Found = { readonly subjectId: SubjectId; readonly linked: boolean }

/** Found by a name, and whether it is the present one. */
export type Named = Found & { readonly present: boolean }

export type Groups = ReadonlyMap<SubjectId, Group>

/** The group that answers for each. */
export async function readGroups(app: App, found: readonly Found[]): Promise<Groups> {
  const linked = found.flatMap(one => (one.linked ? one.subjectId : []))
  const groups = linked.length === 0 ? new Map<SubjectId, Group>() : await resolveSubjects(app.db, linked, axesNow(app))
  for (const { subjectId } of found) if (!groups.has(subjectId)) groups.set(subjectId, [subjectId])
  return groups
}

const axesNow = (app: App) => readAxes(app.now(), app.city.zone, {})

/** One of each group, the survivor where it was found itself: whoever was merged into each other is one answer. */
export function oneOfEach<T extends Found>(found: readonly T[], groups: Groups): T[] {
  if (found.length < 2) return [...found]
  const bySurvivor = new Map<SubjectId, T>()
  for (const one of found) {
    const survivor = groups.get(one.subjectId)?.[0] ?? one.subjectId
    if (!bySurvivor.has(survivor) || one.subjectId === survivor) bySurvivor.set(survivor, one)
  }
  return [...bySurvivor.values()]
}
