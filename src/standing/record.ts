import type { Change } from '../access/change.ts'
import { type Group, resolveSubjects } from '../archive/links.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { NotFound } from '../base/refusal.ts'

/** A record by the subject that asks or is asked about: its own, or of one that was merged into it. */
export type RecordKey = { readonly subjectId: SubjectId; readonly recordId: FactId }

/** In whose file a record lies, and what every fact about it shares with it. */
export type RecordPlace = RecordKey & { readonly item: string; readonly edition: string; readonly authority: string }

/** Whatever is committed counts. */
const EVER = new Date('9999-12-31T00:00:00Z')

/**
 * The place of a record among those of a subject and of all that were merged into it; one that was merged itself has but its own. Refuses
 * `record.unknown`, also for a record whose content has gone.
 */
export async function findRecord(change: Change, { subjectId, recordId }: RecordKey): Promise<RecordPlace> {
  const group = await groupOf(change, subjectId)
  const row = await change.tx.row<RecordPlace>({
    name: 'find-record-place',
    text: `select subject_id as "subjectId", fact_id as "recordId", item, edition, authority from fact_content
      where subject_id = any($1::bigint[]) and fact_id = $2 and kind = 'record'`,
    values: [group[0] === subjectId ? group : [subjectId], recordId],
  })
  if (!row) throw new NotFound('record.unknown')
  return row
}

/** A subject with everyone whose records are read with its own, the survivor first. */
export async function groupOf({ tx, today }: Change, subjectId: SubjectId): Promise<Group> {
  return (await resolveSubjects(tx, [subjectId], { asOf: today, knownOn: EVER })).get(subjectId) ?? [subjectId]
}
