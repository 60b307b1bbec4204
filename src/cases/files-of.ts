import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import { type Group, resolveSubjects } from '../archive/links.ts'
import { type Day, day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotAllowed, NotFound } from '../base/refusal.ts'
import type { Query } from '../db/database.ts'
import type { CaseId, CaseKey } from './model.ts'

/*
 * Whose records and cases a subject answers for: its own and those of all that were merged into it. A case stays in the file in which it was opened;
 * whoever survives goes on with it.
 */

const EVER = new Date('9999-12-31T00:00:00Z')
const EVERY_DAY = day('2999-12-31')

/** The subjects whose files are this one's to answer for, itself first; one that was merged itself has but its own. */
export async function filesOf(query: Query, subjectId: SubjectId, today: Day): Promise<Group> {
  const group = (await resolveSubjects(query, [subjectId], { asOf: today, knownOn: EVER })).get(subjectId) ?? [subjectId]
  return group[0] === subjectId ? group : [subjectId]
}

/** Everyone in one group with a subject, whoever survives. */
export async function relatedTo(query: Query, subjectId: SubjectId): Promise<Group> {
  return (await resolveSubjects(query, [subjectId], { asOf: EVERY_DAY, knownOn: EVER })).get(subjectId) ?? [subjectId]
}

/** For whom a file is held, as far as this actor is concerned: the actor's own subject where it survives the one that the file is about. */
export async function holderFor(query: Query, actor: Actor, subjectId: SubjectId, today: Day): Promise<SubjectId> {
  const own = actor.subjectId
  if (own === null || own === subjectId) return subjectId
  return (await filesOf(query, own, today)).includes(subjectId) ? own : subjectId
}

/** Where a case lies that an actor has by its number alone. Throws `case.unknown`, and refuses whoever speaks for nobody. */
export async function ownKey(app: App, { subjectId }: Actor, caseId: CaseId): Promise<CaseKey> {
  if (subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'case.lodge' })
  const files = await filesOf(app.db, subjectId, legalDay(app.now(), app.city.zone))
  const row = await app.db.row<{ subject_id: SubjectId }>({
    name: 'own-case-key',
    text: 'select subject_id from case_file where subject_id = any($1::bigint[]) and case_id = $2',
    values: [files, caseId],
  })
  if (!row) throw new NotFound('case.unknown')
  return { subjectId: row.subject_id, caseId }
}
