import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { AuthorisationId, ReportId, SubjectId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { type Query, sql } from '../db/database.ts'
import { confirmNotice } from '../receivers/confirm.ts'
import { endReport, lockReports } from '../reports/store.ts'
import { requireSubject } from './answer.ts'
import { askToDelete } from './end-terms.ts'
import type { AuthorisationKey } from './model.ts'
import { requireReceiver } from './receiver.ts'
import { lockUse } from './store.ts'

/**
 * Takes an authorisation back, at once (PIPL 15): a read that was begun before is over before this is, and every later one finds the end.
 * Reports that the receiver drew under it are withdrawn; whoever read is asked to delete its copies. The instant of the end.
 * It asks for no fresh proof, unlike the grant: taking back is as easy as giving at least (PIPL 15), and the worst that a stranger at an
 * unlocked phone can do by it is to show less (decision 18).
 *
 * Refuses `authorisation.unknown`, `authorisation.ended-before`.
 */
export async function revokeAuthorisation(
  app: App,
  actor: Actor,
  authorisationId: AuthorisationId,
  reason: string | null = null,
): Promise<Date> {
  const subjectId = requireSubject(actor)
  const key = { subjectId, authorisationId }
  const deed = { deed: 'authorisation.revoke', entity: `subject:${subjectId}`, detail: { authorisationId } }
  return await change(app, actor, deed, async made => {
    await lockReports(made.tx, [subjectId])
    const use = await lockUse(made.tx, key)
    if (!use) throw new NotFound('authorisation.unknown')
    if (use.endedAt !== null) throw new Refusal('authorisation.ended-before', 'pipl#15')
    // After the lock: no read that was let through was registered later than this.
    const at = app.now()
    await made.tx.run(
      sql`update authorisation_use set ended_at = ${at} where subject_id = ${subjectId} and authorisation_id = ${authorisationId}`,
    )
    await made.tx.run(sql`insert into authorisation_end (subject_id, authorisation_id, at, actor, reason, act_id)
      values (${subjectId}, ${authorisationId}, ${at}, ${actor.id}, ${reason}, ${made.actId})`)
    const reports = await reportsUnder(made.tx, key)
    for (const reportId of reports)
      await endReport(made, subjectId, reportId, 'withdrawn', app.words.say('authorisation.report-withdrawn'))
    if (use.reads > 0) await askToDelete(app, { ...made, at }, [key])
    made.tell({ reads: use.reads, reports: reports.length, endedAt: at.toISOString() })
    return at
  })
}

async function reportsUnder(tx: Query, { subjectId, authorisationId }: AuthorisationKey): Promise<ReportId[]> {
  const rows = await tx.rows<{ id: ReportId }>(
    sql`select report_id as id from authorised_report where subject_id = ${subjectId} and authorisation_id = ${authorisationId}`,
  )
  return rows.map(row => row.id)
}

/**
 * The receiver says that its copies are deleted. Refuses `authorisation.unknown` (no such notice to this receiver),
 * `authorisation.deletion-confirmed`.
 */
export async function confirmDeletion(app: App, actor: Actor, subjectId: SubjectId, noticeId: number): Promise<Date> {
  const unit = await requireReceiver(app, actor, 'archive.read-authorised')
  const deed = { deed: 'receiver-notice.confirm', entity: `subject:${subjectId}`, detail: { noticeId, receiver: unit.id } }
  return await change(app, actor, deed, async made => {
    const said = { receiver: unit.id, kind: 'delete-copies', how: 'deleted' } as const
    const done = await confirmNotice(made, { subjectId, noticeId }, said)
    if (done === 'unknown') throw new NotFound('authorisation.unknown')
    if (done === 'before') throw new Refusal('authorisation.deletion-confirmed', null)
    return made.at
  })
}
