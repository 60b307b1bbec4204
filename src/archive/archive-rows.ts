import type { Day } from '../base/day.ts'
import type { DeliveryId, FactId, SubjectId } from '../base/id.ts'
import type { Query, Row, Statement } from '../db/database.ts'
import type { SubjectKind } from '../subject/kind.ts'
import type { Fact, FactKind } from './model.ts'
import type { Origin } from './provenance.ts'
import { isFiled } from './told.ts'

/*
 * The hot read of an archive: everything about the subjects of a group in one statement, so that it and its entry in the register of looks
 * are one. A row is a subject; its facts are one text.
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

/** One subject of the group with all its facts as one text. */
export type ArchiveRow = Row & {
  readonly subject_id: SubjectId
  readonly kind: SubjectKind
  readonly name: string
  readonly codes: string | null
  readonly facts: string | null
}

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

// Between the columns and the rows of one long text: neither stands in JSON, which escapes them, nor in any other column here. One text costs
// the driver a tenth of what hundreds of values do.
const CELL = '\u001f'
const LINE = '\u001e'
/** In the order in which `factOfLine` reads them; none is null, for concat_ws leaves nulls out. */
const FACT_CELLS = `f.fact_id, f.decided_on, f.item, f.edition, f.authority, f.kind, coalesce(f.replaces::text, ''), (extract(epoch from f.known_from) * 1000)::bigint,
      f.received_on, coalesce(f.report_due_on::text, ''), f.delivery_id, f.row_no, encode(f.row_hash, 'hex'), f.matched_by, encode(f.commitment, 'hex'), f.content`

function archiveText(those: string, only = ''): string {
  return `select s.subject_id, s.kind,
      (select n.name from subject_name n where n.subject_id = s.subject_id and n.known_from <= $2 order by n.known_from limit 1) as name,
      (select string_agg(concat_ws(chr(31), i.kind, i.value), chr(30)) from identifier i
        where i.subject_id = s.subject_id and i.known_from <= $2 and i.kind in ('uscc', 'organisation-code', 'registration-number')) as codes,
      (select string_agg(concat_ws(chr(31), ${FACT_CELLS}), chr(30)) from fact_content f where f.subject_id = s.subject_id and f.known_from <= $2) as facts
    from subject s where s.subject_id ${those}${only}`
}

/** Facts with where they came from, and what else is known of the subjects. */
export function readArchiveRows(rows: readonly ArchiveRow[]): {
  facts: Fact[]
  subjects: SubjectRow[]
  origins: ReadonlyMap<FactId, Origin>
} {
  const facts: Fact[] = []
  const origins = new Map<FactId, Origin>()
  const subjects: SubjectRow[] = []
  for (const row of rows) {
    const codes = linesOf(row.codes).map(line => line.split(CELL) as [string, string])
    subjects.push({ subjectId: row.subject_id, kind: row.kind, name: row.name, codes })
    for (const line of linesOf(row.facts)) {
      const cells = line.split(CELL)
      const fact = factOfLine(row.subject_id, cells)
      facts.push(fact)
      if (isFiled(fact)) origins.set(fact.factId, originOfLine(cells))
    }
  }
  return { facts, subjects, origins }
}

function linesOf(text: string | null): string[] {
  return text === null ? [] : text.split(LINE)
}

function factOfLine(subjectId: SubjectId, cells: readonly string[]): Fact {
  const [factId, decidedOn, item, edition, authority, kind, replaces, knownFrom, receivedOn] = cells as [
    ...[string, Day, string, string, string, FactKind],
    ...[string, string, Day],
  ]
  return {
    ...{ subjectId, factId: Number(factId) as FactId, decidedOn, item, edition, authority, kind },
    replaces: replaces === '' ? null : (Number(replaces) as FactId),
    knownFrom: new Date(Number(knownFrom)),
    receivedOn,
    content: JSON.parse(cells[15] ?? '{}'),
  }
}

function originOfLine(cells: readonly string[]): Origin {
  const [reportDueOn, deliveryId, rowNo, rowHash, matchedBy, commitment] = cells.slice(9) as [
    ...[Day | '', string, string, string],
    ...[string, string],
  ]
  return {
    reportDueOn: reportDueOn || null,
    deliveryId: Number(deliveryId) as DeliveryId,
    rowNo: Number(rowNo),
    ...{ rowHash, matchedBy, commitment },
  }
}
