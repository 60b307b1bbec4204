import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Row } from '../db/database.ts'
import { failuresOf, throwFailures } from '../queue/each-of.ts'
import { withDue } from './clocks.ts'
import type { CaseClock, CaseKey } from './model.ts'
import { clocksOf, lockCase, saveClocks } from './store.ts'

/* Clocks that could not be counted when they began, because the notice of the year was not published: counted once it is held. */

const AT_ONCE = 1000

type Uncounted = CaseClock & CaseKey & Row

/** Gives every clock its last day that can be counted now; how many. Throws, when all others are done, what kept one from it. */
export async function countUnknown(app: App): Promise<number> {
  const failed: unknown[] = []
  let counted = 0
  let last: Uncounted | undefined
  for (;;) {
    const rows = await uncountedAfter(app, last)
    const known = rows.filter(row => withDue(app.law.calendar, row).dueOn !== null)
    const count = async (row: Uncounted) => {
      if (await countOne(app, row)) counted += 1
    }
    failed.push(...(await failuresOf(known.map(row => () => count(row)))))
    last = rows.at(-1)
    if (last === undefined || rows.length < AT_ONCE) break
  }
  throwFailures(failed)
  return counted
}

async function uncountedAfter(app: App, last: Uncounted | undefined): Promise<Uncounted[]> {
  return await app.db.rows<Uncounted>({
    name: 'case-clocks-uncounted',
    text: `select subject_id as "subjectId", case_id as "caseId", clock, run_no as "runNo", duty, unit, runs, due_on as "dueOn",
        is_suspended as "isSuspended", stopped_on as "stoppedOn"
      from case_clock where stopped_on is null and due_on is null and not is_suspended and (subject_id, case_id, clock, run_no) > ($1, $2, $3, $4)
      order by subject_id, case_id, clock, run_no limit $5`,
    values: [last?.subjectId ?? 0, last?.caseId ?? 0, last?.clock ?? '', last?.runNo ?? 0, AT_ONCE],
  })
}

/** Counts the clock as it stands under the lock of its case: whoever stopped or suspended it meanwhile has done so. False: nothing is left to count. */
async function countOne(app: App, { subjectId, caseId, clock, runNo }: Uncounted): Promise<boolean> {
  const key = { subjectId, caseId }
  return await change(app, SYSTEM, { deed: 'case.count-clock', entity: `case:${caseId}` }, async ({ tx, tell }) => {
    await lockCase(tx, key)
    const now = (await clocksOf(tx, key)).find(one => one.clock === clock && one.runNo === runNo)
    const counted =
      now && now.stoppedOn === null && !now.isSuspended && now.dueOn === null ? withDue(app.law.calendar, now) : null
    if (!counted?.dueOn) return false
    await saveClocks(tx, key, [counted])
    tell({ clock, dueOn: counted.dueOn })
    return true
  })
}
