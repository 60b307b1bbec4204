import { findAccount } from '../access/accounts.ts'
import { type Actor, ANYONE, permissionsFor } from '../access/actor.ts'
import type { App } from '../app.ts'
import { readArchive } from '../archive/read-archive.ts'
import { addDays, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { askDelay } from '../oversight/delays.ts'
import { findUnusual } from '../oversight/unusual.ts'

/* Looking of the example city that stands out, and a delay that waits for approval: for the auditor's and the privacy officer's screens. */

const UNIT = 'ecology-environment'
const CASE = '示例案2026-1'
const DELAYED_CASE = '示例案2026-2'
/** How long the example's delay lasts: well within the longest. */
const DELAY_DAYS = 60

/**
 * Lets the example's investigator read archives of firms that his bureau has nothing to do with, as many as the rule for that names, looks for
 * what stands out today, and asks for a delay. Made once; nothing in a city without him or with fewer such firms.
 */
export async function makeExampleOversight(app: App): Promise<void> {
  const investigator = await investigatorOf(app)
  const { oversight } = app.law
  if (!investigator || !oversight) return
  const made = await app.db.row(sql`select from look_delay where unit = ${UNIT} and business_no = ${DELAYED_CASE}`)
  if (made) return
  const foreign = await foreignFirms(app, oversight.unusual['outside-work'].atLeast)
  for (const subjectId of foreign) {
    await readArchive(app, investigator, subjectId, { purpose: '案件办理', businessNo: CASE, explain: 'none' })
  }
  const today = legalDay(app.now(), app.city.zone)
  await findUnusual(app, today)
  await askDelay(app, investigator, {
    ...{ businessNo: DELAYED_CASE, ground: 'investigation', until: addDays(today, DELAY_DAYS) },
    reason: '正在核查是否超标排放，现在告知会妨碍取证。',
  })
}

async function investigatorOf(app: App): Promise<Actor | undefined> {
  const account = await findAccount(app.db, 'investigator.ecology')
  if (!account) return undefined
  const roles = ['investigator']
  const permissions = permissionsFor(app.law, roles)
  return { ...ANYONE, id: `account:${account.accountId}`, name: account.name, unit: UNIT, roles, permissions }
}

/** Firms on display about which the unit neither decided nor reported anything. */
async function foreignFirms({ db }: App, count: number): Promise<SubjectId[]> {
  const rows = await db.rows<{ id: SubjectId }>(sql`select c.subject_id as id from pub.subject c where c.kind = 'enterprise'
      and not exists (select from fact_content f left join delivery d using (delivery_id)
        where f.subject_id = c.subject_id and (f.authority = ${UNIT} or d.unit = ${UNIT}))
    order by c.subject_id limit ${count}`)
  return rows.length < count ? [] : rows.map(row => row.id)
}
