import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import { NotFound } from '../base/refusal.ts'
import { type Query, type Row, sql, type Tx } from '../db/database.ts'
import { editionOf, type Procedure } from '../law/procedure-model.ts'
import type { Office, Turn } from '../law/procedure-words.ts'
import type { RunningClock } from '../legal-clock/model.ts'
import { FILE_COLUMNS } from './file-columns.ts'
import { aadOf, openFilled } from './filled-text.ts'
import type { CaseClock, CaseEntry, CaseFile, CaseKey, Filled } from './model.ts'
import { requireNoneOpen } from './none-open.ts'

/* SQL on case_file, case_entry, case_text and case_clock. */

/** The file, held until the change ends: of two who act at once the second finds the first's entry. Throws `case.unknown`. */
export async function lockCase(tx: Tx, { subjectId, caseId }: CaseKey): Promise<CaseFile> {
  const found = await tx.row<CaseFile & Row>({
    name: 'lock-case',
    text: `select ${FILE_COLUMNS} from case_file f where f.subject_id = $1 and f.case_id = $2 for update`,
    values: [subjectId, caseId],
  })
  if (!found) throw new NotFound('case.unknown')
  return found
}

export async function findCase(query: Query, { subjectId, caseId }: CaseKey): Promise<CaseFile | undefined> {
  return await query.row<CaseFile & Row>({
    name: 'find-case',
    text: `select ${FILE_COLUMNS} from case_file f where f.subject_id = $1 and f.case_id = $2`,
    values: [subjectId, caseId],
  })
}

/** The day on which a case was opened: of a declaration, on which it was made. */
export async function declaredOn(tx: Tx, { subjectId, caseId }: CaseKey): Promise<Day> {
  const found = await tx.row<{ on: Day }>({
    name: 'case-opened-on',
    text: 'select opened_on as "on" from case_file where subject_id = $1 and case_id = $2',
    values: [subjectId, caseId],
  })
  if (!found) throw new NotFound('case.unknown')
  return found.on
}

type EntryRow = Row & Omit<CaseEntry, 'on'> & { readonly on: Day }

export async function entriesOf(query: Query, { subjectId, caseId }: CaseKey): Promise<CaseEntry[]> {
  return await query.rows<EntryRow>({
    name: 'case-entries',
    text: `select entry_no as "entryNo", act, from_state as "from", to_state as "to", office, actor, unit, at, on_day as "on", edition
      from case_entry where subject_id = $1 and case_id = $2 order by entry_no`,
    values: [subjectId, caseId],
  })
}

const CLOCK_COLUMNS = `clock, run_no as "runNo", duty, unit, runs, due_on as "dueOn", is_suspended as "isSuspended", stopped_on as "stoppedOn"`

export async function clocksOf(query: Query, { subjectId, caseId }: CaseKey): Promise<CaseClock[]> {
  return await query.rows<CaseClock & Row>({
    name: 'case-clocks',
    text: `select ${CLOCK_COLUMNS} from case_clock where subject_id = $1 and case_id = $2 order by clock, run_no`,
    values: [subjectId, caseId],
  })
}

/** What was filled in so far; the latest of each field counts. Read inside a change alone: it leaves to nobody. */
export async function filledOf(app: Pick<App, 'keys'>, tx: Tx, { subjectId, caseId }: CaseKey): Promise<Filled> {
  const rows = await tx.rows<{ entry_no: number; sealed: Buffer }>({
    name: 'case-texts',
    text: 'select entry_no, sealed from case_text where subject_id = $1 and case_id = $2 order by entry_no',
    values: [subjectId, caseId],
  })
  return Object.assign({}, ...rows.map(row => openFilled(app, caseId, row.entry_no, row.sealed)))
}

export type NewCase = Pick<
  CaseFile,
  'subjectId' | 'caseId' | 'number' | 'about' | 'aboutRef' | 'unit' | 'openedUnit' | 'parentId'
> & {
  readonly procedure: Procedure
  readonly state: string
  readonly turn: Turn
}

/** Writes a file with no entry yet. Refuses `case.already-open` where one about the same thing is open. */
export async function insertCase({ tx, at, today, actor, actId }: Change, made: NewCase): Promise<void> {
  const inserted = await tx.run({
    name: 'insert-case',
    text: `insert into case_file (subject_id, case_id, procedure, edition, number, about, about_ref, unit, opened_unit, opened_by, opened_at, opened_on,
        state, turn, entry_no, parent_id, act_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, $15, $16)
      on conflict (subject_id, procedure, about_ref) where closed_at is null and about_ref is not null do nothing`,
    values: [
      ...[
        made.subjectId,
        made.caseId,
        made.procedure.procedure,
        editionOf(made.procedure),
        made.number,
        made.about,
        made.aboutRef,
      ],
      ...[made.unit, made.openedUnit, actor.id, at, today, made.state, made.turn, made.parentId, actId],
    ],
  })
  if (inserted > 0) return
  await requireNoneOpen(tx, [made.subjectId], made.procedure, made.aboutRef)
  throw new Error('a case that is open already is not there')
}

export type NewEntry = {
  readonly entryNo: number
  readonly act: string
  readonly from: string | null
  readonly to: string
  readonly turn: Turn
  readonly office: Office
  readonly basis: string
  readonly edition: string
  readonly unit: string
  readonly isEnd: boolean
  readonly filled: Filled
}

/** Appends an act and moves the file in the same breath: a file whose state differs from its last entry is corrupt. */
export async function appendEntry(app: Pick<App, 'keys'>, made: Change, key: CaseKey, entry: NewEntry): Promise<void> {
  const { tx, at, today, actor, actId } = made
  const { subjectId, caseId } = key
  await tx.run({
    name: 'append-case-entry',
    text: `with entry as (insert into case_entry (subject_id, case_id, entry_no, act, from_state, to_state, office, actor, unit, at, on_day, basis, edition, act_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))
      update case_file set state = $6, entry_no = $3, turn = $15, unit = $16, edition = $13, closed_at = $17 where subject_id = $1 and case_id = $2`,
    values: [
      ...[subjectId, caseId, entry.entryNo, entry.act, entry.from, entry.to, entry.office, actor.id, actor.unit, at, today],
      ...[entry.basis, entry.edition, actId, entry.turn, entry.unit, entry.isEnd ? at : null],
    ],
  })
  if (Object.keys(entry.filled).length === 0) return
  const sealed = app.keys.seal('data', JSON.stringify(entry.filled), aadOf(caseId, entry.entryNo))
  await tx.run(
    sql`insert into case_text (subject_id, case_id, entry_no, sealed) values (${subjectId}, ${caseId}, ${entry.entryNo}, ${sealed})`,
  )
}

/** Writes clocks as they are after an act. */
export async function saveClocks(tx: Tx, { subjectId, caseId }: CaseKey, clocks: readonly CaseClock[]): Promise<void> {
  for (const { clock, runNo, duty, unit, runs, dueOn, isSuspended, stoppedOn } of clocks)
    await tx.run({
      name: 'save-case-clock',
      text: `insert into case_clock (subject_id, case_id, clock, run_no, duty, unit, runs, due_on, is_suspended, stopped_on)
        values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10)
        on conflict (subject_id, case_id, clock, run_no) do update set unit = excluded.unit, runs = excluded.runs, due_on = excluded.due_on,
          is_suspended = excluded.is_suspended, stopped_on = excluded.stopped_on`,
      values: [
        subjectId,
        caseId,
        clock,
        runNo,
        duty,
        unit,
        JSON.stringify(runs satisfies RunningClock),
        dueOn,
        isSuspended,
        stoppedOn,
      ],
    })
}
