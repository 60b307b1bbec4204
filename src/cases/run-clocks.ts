import { SYSTEM } from '../access/actor.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import type { Law } from '../law/law.ts'
import { actsFrom } from '../law/procedure-flow.ts'
import type { ProcedureAct } from '../law/procedure-model.ts'
import { failuresOf, throwFailures } from '../queue/each-of.ts'
import { takeStep } from './act-on-case.ts'
import { countUnknown } from './count-clocks.ts'
import { FILE_COLUMNS } from './file-columns.ts'
import { relatedTo } from './files-of.ts'
import type { CaseFile, CaseKey } from './model.ts'
import { runningEdition } from './running-edition.ts'
import { findCase } from './store.ts'

/* What the platform does of its own accord in a case: at the end of a term, when a letter has been served, when the last receiver has confirmed. */

const AT_ONCE = 200
/** So often it is asked again where somebody was faster. */
const TRIES = 5

/** Nothing is left to do, or not yet. Any other refusal is a fault that must be seen. */
const OVERTAKEN: ReadonlySet<string> = new Set([
  'case.act-not-open',
  'case.closed',
  'case.clock-not-over',
  'case.confirmations-open',
])

type DueRow = CaseFile & Row & { readonly ended: string; readonly runNo: number; readonly dueOn: Day }

/**
 * Does every act that waits for the end of a term, in the order in which the terms ended; how many. Runs until nothing is left that is due, so
 * that none waits for the next run. Throws, when all others are done, what kept a case from its act.
 */
export async function runClocks(app: App): Promise<number> {
  await countUnknown(app)
  const moved = new Set<number>()
  const failed: unknown[] = []
  let done = 0
  let last: DueRow | null = null
  for (;;) {
    const due: DueRow[] = await endedAfter(app, last)
    const act = async (row: DueRow) => {
      // Of two clocks of a case that have ended the second finds it as the first has left it.
      const file = moved.has(row.caseId) ? await findCase(app.db, row) : row
      if (!file || !(await actOn(app, file, one => isEnding(one, row.ended)))) return
      moved.add(row.caseId)
      done += 1
    }
    failed.push(...(await failuresOf(due.map(row => () => act(row)))))
    last = due.at(-1) ?? null
    if (last === null || due.length < AT_ONCE) break
  }
  throwFailures(failed)
  return done
}

/** Clocks that have ended and whose end the platform acts on, of open cases, the earliest first; after one of them. */
async function endedAfter(app: App, last: DueRow | null): Promise<DueRow[]> {
  return await app.db.rows<DueRow>({
    name: 'case-clocks-ended',
    text: `select ${FILE_COLUMNS}, c.clock as ended, c.run_no as "runNo", c.due_on as "dueOn" from case_clock c join case_file f using (subject_id, case_id)
      where c.stopped_on is null and c.due_on < $1 and f.closed_at is null and f.procedure || '/' || c.clock = any($2)
        and c.due_on >= $3::date and (c.due_on, c.subject_id, c.case_id, c.clock, c.run_no) > ($3::date, $4, $5, $6, $7)
      order by c.due_on, c.subject_id, c.case_id, c.clock, c.run_no limit $8`,
    values: [
      ...[legalDay(app.now(), app.city.zone), endingClocks(app.law), last?.dueOn ?? '0001-01-01', last?.subjectId ?? 0],
      ...[last?.caseId ?? 0, last?.ended ?? '', last?.runNo ?? 0, AT_ONCE],
    ],
  })
}

/** `procedure/clock` of every clock at whose end the platform does something, in whatever edition. */
function endingClocks({ procedures }: Pick<Law, 'procedures'>): string[] {
  const ending = [...procedures.values()].flat().flatMap(({ procedure, acts }) => acts.map(({ when }) => ({ procedure, when })))
  return [...new Set(ending.flatMap(({ procedure, when }) => (when && 'ended' in when ? [`${procedure}/${when.ended}`] : [])))]
}

const isEnding = ({ when }: ProcedureAct, clock: string): boolean => when !== undefined && 'ended' in when && when.ended === clock

/** A letter of the case has reached the subject: the act that waits for it, where the case still does. */
export async function noticeServed(app: App, key: CaseKey, template: string): Promise<boolean> {
  const file = await findCase(app.db, key)
  return (
    file !== undefined &&
    (await actOn(app, file, ({ when }) => when !== undefined && 'served' in when && when.served === template))
  )
}

/** The case of a survivor about a record in the file of one that was merged into it. */
async function findRelated(app: App, { subjectId, caseId }: CaseKey): Promise<CaseFile | undefined> {
  for (const other of await relatedTo(app.db, subjectId)) {
    const file = await findCase(app.db, { subjectId: other, caseId })
    if (file) return file
  }
  return undefined
}

/** The last receiver has confirmed: the act that waits for it, where the case still does. */
export async function receiversConfirmed(app: App, key: CaseKey): Promise<boolean> {
  const file = (await findCase(app.db, key)) ?? (await findRelated(app, key))
  return file !== undefined && (await actOn(app, file, ({ when }) => when !== undefined && 'confirmed' in when))
}

/** What a case rests on no longer holds: the act that waits for it, where the case still does. */
export async function groundGone(app: App, key: CaseKey): Promise<boolean> {
  const file = await findCase(app.db, key)
  return file !== undefined && (await actOn(app, file, ({ when }) => when !== undefined && 'gone' in when))
}

/**
 * Does the clock's act of a case that is wanted; false where the case no longer waits for it. Whoever acted a moment before has not taken the
 * place of what was due: it is asked again of the case as it stands then.
 */
export async function actOn(app: App, file: CaseFile, isWanted: (act: ProcedureAct) => boolean, tries = TRIES): Promise<boolean> {
  if (file.closedAt !== null) return false
  const { procedure } = runningEdition(app.law, file, legalDay(app.now(), app.city.zone))
  const act = actsFrom(procedure, file.state).find(one => one.by.includes('clock') && isWanted(one))
  if (!act) return false
  const [end] = await Promise.allSettled([takeStep(app, SYSTEM, file, { act: act.act, seen: file.entryNo })])
  if (end?.status !== 'rejected') return true
  const { reason } = end
  if (!(reason instanceof Refusal)) throw reason
  if (OVERTAKEN.has(reason.code)) return false
  if (reason.code !== 'case.changed-meanwhile' || tries <= 1) throw reason
  const now = await findCase(app.db, file)
  return now !== undefined && (await actOn(app, now, isWanted, tries - 1))
}
