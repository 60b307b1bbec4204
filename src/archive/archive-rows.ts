import type { FactId, SubjectId } from '../base/id.ts'
import type { Query, Row, Statement } from '../db/database.ts'
import type { SubjectKind } from '../subject/kind.ts'
import type { Fact } from './model.ts'
import { ORIGIN_COLUMNS, type Origin } from './provenance.ts'
import { FACT_COLUMNS, type FactRow, factOf } from './views.ts'

/*
 * The hot read of an archive: everything about the subjects of a group in one statement, so that it and its entry in the register of looks
 * are one. Facts come as rows; each subject itself as one row more, without a fact id.
 */

/** What is asked before the look: is there such a subject, is it known by then, does it hang together with others? Leaves for nobody. */
export type SubjectFoot = { readonly kind: SubjectKind; readonly openedAt: Date; readonly linked: boolean }

export async function findFoot(query: Query, subjectId: SubjectId): Promise<SubjectFoot | undefined> {
  return await query.row<SubjectFoot>({
    name: 'find-foot',
    text: `select s.kind, s.opened_at as "openedAt", exists (select from subject_link where subject_id = $1) or exists (select from subject_link where to_subject = $1) as linked
      from subject s where s.subject_id = $1`,
    values: [subjectId],
  })
}

/** What is known of a subject besides its facts. */
export type SubjectRow = {
  readonly subjectId: SubjectId
  readonly kind: SubjectKind
  /** Its first name: what it is called until the registrar speaks. */
  readonly name: string
  /** Kind and value. No number of a person is among them. */
  readonly codes: readonly (readonly [kind: string, value: string])[]
}

export type ArchiveRow = Row & Origin & { subject_id: SubjectId; fact_id: FactId | null; kind: string; content: unknown }

/** The statement for `look()`. */
export function archiveOf(subjectIds: readonly SubjectId[], knownOn: Date): Statement {
  const [only, ...others] = subjectIds
  // A list makes the server plan anew each time, for it cannot know how long the next one is; nearly always there is one subject.
  return others.length === 0
    ? { name: 'archive-of', text: archiveText('= $1'), values: [only, knownOn] }
    : { name: 'archive-of-group', text: archiveText('= any($1::bigint[])'), values: [subjectIds, knownOn] }
}

/** The one subject of a look exists, was known by then, and hangs together with no other. */
const ALONE = `select from subject s where s.subject_id = $1 and s.opened_at <= $2
    and not exists (select from subject_link l where l.subject_id = $1) and not exists (select from subject_link l where l.to_subject = $1)`

/** The archive of a subject that stands alone, as nearly all do; nothing, not even a look, of any other. For `look()`. */
export function archiveOfOne(subjectId: SubjectId, knownOn: Date): Statement & { readonly provided: string } {
  const text = archiveText('= $1', ' and exists (select from provided)')
  return { name: 'archive-of-one', text, values: [subjectId, knownOn], provided: ALONE }
}

function archiveText(those: string, only = ''): string {
  return `select ${FACT_COLUMNS}, ${ORIGIN_COLUMNS} from fact_content where subject_id ${those} and known_from <= $2${only}
    union all
    select s.subject_id, null, null, null, null, null, s.kind, null, s.opened_at, null, json_build_object(
      'name', (select n.name from subject_name n where n.subject_id = s.subject_id and n.known_from <= $2 order by n.known_from limit 1),
      'codes', coalesce((select json_agg(json_build_array(i.kind, i.value)) from identifier i
        where i.subject_id = s.subject_id and i.known_from <= $2 and i.kind in ('uscc', 'organisation-code', 'registration-number')), '[]')), null, null, null, null, null, null
    from subject s where s.subject_id ${those}${only}`
}

/** Its rows, told apart. */
export function readArchiveRows(rows: readonly ArchiveRow[]): {
  facts: Fact[]
  subjects: SubjectRow[]
  origins: ReadonlyMap<FactId, Origin>
} {
  const facts: Fact[] = []
  const origins = new Map<FactId, Origin>()
  const subjects: SubjectRow[] = []
  for (const row of rows) {
    if (row.fact_id !== null) {
      facts.push(factOf(row as unknown as FactRow))
      origins.set(row.fact_id, row)
    } else
      subjects.push({
        subjectId: row.subject_id,
        kind: row.kind as SubjectKind,
        ...(row.content as Pick<SubjectRow, 'name' | 'codes'>),
      })
  }
  return { facts, subjects, origins }
}
