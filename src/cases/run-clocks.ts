import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { actsFrom } from '../law/procedure-flow.ts'
import type { ProcedureAct } from '../law/procedure-model.ts'
import { failuresOf, throwFailures } from '../queue/each-of.ts'
import { takeStep } from './act-on-case.ts'
import { withDue } from './clocks.ts'
import type { CaseClock, CaseFile, CaseKey } from './model.ts'
import { runningEdition } from './running-edition.ts'
import { FILE_COLUMNS, findCase, saveClocks } from './store.ts'

/* What the platform does of its own accord in a case: at the end of a term, when a letter has been served, when the last receiver has confirmed. */

const AT_ONCE = 200

/** Somebody acted meanwhile: nothing is lost, and nothing is left to do or it is asked again. Any other refusal is a fault that must be seen. */
const OVERTAKEN: ReadonlySet<string> = new Set([
  'case.changed-meanwhile',
  'case.act-not-open',
  'case.closed',
  'case.clock-not-over',
  'case.confirmations-open',
])

type DueRow = CaseFile & Row & { readonly ended: string }

/**
 * Does every act that waits for the end of a term; how many. Runs until nothing is left that is due, so that none waits for the next day. Throws,
 * when all others are done, what kept a case from its act.
 */
export async function runClocks(app: App): Promise<number> {
  await countUnknown(app)
  const today = legalDay(app.now(), app.city.zone)
  let done = 0
  const failed: unknown[] = []
  let after: readonly [number, number] = [0, 0]
  for (;;) {
    const due: DueRow[] = await app.db.rows<DueRow>({
      name: 'case-clocks-ended',
      text: `select ${FILE_COLUMNS}, c.clock as ended from case_clock c join case_file f using (subject_id, case_id)
        where c.stopped_on is null and c.due_on < $1 and f.closed_at is null and (c.subject_id, c.case_id) > ($2, $3)
        order by c.subject_id, c.case_id limit $4`,
      values: [today, ...after, AT_ONCE],
    })
    const act = async (row: DueRow) => {
      if (await actOn(app, row, one => isEnding(one, row.ended))) done += 1
    }
    failed.push(...(await failuresOf(due.map(row => () => act(row)))))
    const last = due.at(-1)
    if (!last || due.length < AT_ONCE) break
    after = [last.subjectId, last.caseId]
  }
  throwFailures(failed)
  return done
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

/** The last receiver has confirmed: the act that waits for it, where the case still does. */
export async function receiversConfirmed(app: App, key: CaseKey): Promise<boolean> {
  const file = await findCase(app.db, key)
  return file !== undefined && (await actOn(app, file, ({ when }) => when !== undefined && 'confirmed' in when))
}

/** Does the clock's act of a case that is wanted; false where the case no longer waits for it, or somebody was faster. */
async function actOn(app: App, file: CaseFile, isWanted: (act: ProcedureAct) => boolean): Promise<boolean> {
  if (file.closedAt !== null) return false
  const { procedure } = runningEdition(app.law, file, legalDay(app.now(), app.city.zone))
  const act = actsFrom(procedure, file.state).find(one => one.by.includes('clock') && isWanted(one))
  if (!act) return false
  const [end] = await Promise.allSettled([takeStep(app, SYSTEM, file, { act: act.act, seen: file.entryNo })])
  if (end?.status !== 'rejected') return true
  if (end.reason instanceof Refusal && OVERTAKEN.has(end.reason.code)) return false
  throw end.reason
}

/** Clocks that could not be counted when they began, counted again once the notice of the year is held. */
async function countUnknown(app: App): Promise<void> {
  const rows = await app.db.rows<CaseClock & CaseKey & Row>({
    name: 'case-clocks-uncounted',
    text: `select subject_id as "subjectId", case_id as "caseId", clock, run_no as "runNo", duty, unit, runs, due_on as "dueOn",
        is_suspended as "isSuspended", stopped_on as "stoppedOn"
      from case_clock where stopped_on is null and due_on is null and not is_suspended order by subject_id, case_id limit 10000`,
  })
  for (const row of rows) {
    const counted = withDue(app.law.calendar, row)
    if (counted.dueOn === null) continue
    await change(app, SYSTEM, { deed: 'case.count-clock', entity: `case:${row.caseId}` }, ({ tx }) =>
      saveClocks(tx, row, [counted]),
    )
  }
}
