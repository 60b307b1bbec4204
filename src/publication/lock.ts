import type { Change } from '../access/change.ts'
import type { SubjectId } from '../base/id.ts'

/** Class 731 of advisory locks, by shelf of subjects: one at a time changes what the public sees of them. */
const LOCK_PUBLICATION = 'select pg_advisory_xact_lock(731, shelf) from unnest($1::integer[]) as u (shelf)'

/** A publication that is being made of these subjects is finished first, so that what it shows is there to be taken away. */
export async function lockPublication({ tx }: Change, subjectIds: readonly SubjectId[]): Promise<void> {
  await tx.run({
    name: 'lock-publication',
    text: LOCK_PUBLICATION,
    values: [[...new Set(subjectIds.map(id => id % 64))].sort((a, b) => a - b)],
  })
}
