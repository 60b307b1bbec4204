import type { Actor } from '../access/actor.ts'
import type { Change } from '../access/change.ts'
import { look } from '../access/look.ts'
import type { App } from '../app.ts'
import type { Group } from '../archive/links.ts'
import type { Fact } from '../archive/model.ts'
import { FACT_COLUMNS, type FactRow, factOf } from '../archive/views.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { type AuthorisedReading, type Issued, issueReport } from '../reports/commands.ts'
import type { IssuedReport } from '../reports/store.ts'
import type { Authorisation, AuthorisationKey } from './model.ts'
import { groupOf, lastDayOf, lookUnder, opened, ownAuthorisation, refuseRead, requireNumber } from './read.ts'
import { lockUse } from './store.ts'

/** A report speaks of the archive as it is now, whatever is committed until then. */
const EVER = new Date('9999-12-31T00:00:00Z')

export type ReportAsked = {
  readonly businessNo: string
  readonly years: number
  readonly domains?: readonly string[] | undefined
}

/**
 * Draws the subject's special report for the receiver that it let do so: registered like any other, its code handed to the receiver, withdrawn
 * when the authorisation is taken back. Refuses what `readAuthorised` and `issueReport` refuse.
 */
export async function issueAuthorisedReport(app: App, actor: Actor, key: AuthorisationKey, asked: ReportAsked): Promise<Issued> {
  const authorisation = await ownAuthorisation(app, actor, key)
  await requireNumber(app, actor, authorisation, asked.businessNo)
  const classes = [...app.law.authorisableClasses.values()].filter(one => one.report === 'special').map(one => one.id)
  if (!classes.every(id => authorisation.classes.includes(id))) throw await refuseRead(app, actor, authorisation, asked, classes)
  await groupOf(app, actor, authorisation, app.now())
  const { years, domains, businessNo } = asked
  const authorised = readingUnder(app, actor, authorisation, asked, classes)
  return await issueReport(app, actor, key.subjectId, { kind: 'special', years, domains, businessNo, authorised })
}

/** Set once more because something was filed meanwhile, it is the same read: it counts once. */
function readingUnder(
  app: App,
  actor: Actor,
  authorisation: Authorisation,
  asked: ReportAsked,
  classes: readonly string[],
): AuthorisedReading {
  let tries = 0
  const { subjectId, authorisationId } = authorisation
  return {
    // Whoever is shown the paper is told no longer that it is good than the subject lets its receiver have it.
    until: lastDayOf(app, authorisation.validUntil),
    facts: async (group, shown) => {
      const at = app.now()
      const read = opened(factsIfOpen(group), authorisation, classes, at, tries++ === 0)
      const request = { ...lookUnder(app, actor, authorisation, 'special-report'), shown }
      const { rows } = await look<FactRow>(app, request, group, read)
      if (rows.length === 0) throw await refuseRead(app, actor, authorisation, asked, classes)
      return factsIn(rows)
    },
    registered: async (made, report) => await keepLink(made, { subjectId, authorisationId }, report),
  }
}

/** One row at least where it is open, so that a file without facts is told from a closed one. */
function factsIfOpen(group: Group) {
  const columns = FACT_COLUMNS.split(', ').map(column => `f.${column}`)
  return {
    name: 'authorised-facts',
    text: `select ${columns.join(', ')} from provided left join fact_content f on f.subject_id = any($1::bigint[]) and f.known_from <= $2 order by f.subject_id, f.fact_id`,
    values: [group, EVER],
  }
}

function factsIn(rows: readonly FactRow[]): Fact[] {
  return rows.filter(row => row.fact_id !== null).map(factOf)
}

/** Between the read and now it may have been taken back: then there is no report. */
async function keepLink(made: Change, key: AuthorisationKey, report: IssuedReport): Promise<void> {
  const use = await lockUse(made.tx, key)
  if (use?.endedAt !== null) throw new Refusal('authorisation.revoked', 'pipl#15', {}, 403)
  await made.tx.run(sql`insert into authorised_report (subject_id, authorisation_id, report_id)
    values (${key.subjectId}, ${key.authorisationId}, ${report.reportId})`)
}
