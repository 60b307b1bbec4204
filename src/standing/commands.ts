import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { StandingKind } from '../archive/model.ts'
import { registerDecided } from '../archive/register-subjects.ts'
import { listFacts, recordsOf } from '../archive/views.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { remarkRecords } from '../publication/remark.ts'
import { restoreRecord } from '../publication/restore.ts'
import { withdrawRecords } from '../publication/withdraw.ts'
import { findRecord, groupOf, type RecordKey, type RecordPlace } from './record.ts'
import { findStanding, insertStanding, insertStandingEnd, listOpenStandings, type OpenAsked } from './store.ts'
import { tell } from './tell.ts'

/*
 * What a case makes of a record, as an effect of its step: inside the step's change, so that the step and what follows from it are one.
 */

const EVER = new Date('9999-12-31T00:00:00Z')

export type Setting = {
  readonly kind: StandingKind
  readonly caseId: number
  /** The article, `instrument#article`. */
  readonly basis: string
}

/**
 * A case makes something of a record, from this day on; the number of the standing. What takes it away (suspended, repaired, annulled, removed)
 * is gone from every outlet when the change is committed, `contested` is marked at every outlet then (principle 3, M260, M263, M269).
 *
 * Refuses `record.unknown`, and `standing.already-open` where the same case has made the same of the record and not ended it.
 */
export async function setStanding(app: App, change: Change, key: RecordKey, { kind, caseId, basis }: Setting): Promise<number> {
  const place = await findRecord(change, key)
  const standingId = await app.ids.next()
  if (!(await insertStanding(change, place, { standingId, kind, caseId, basis }))) {
    throw new Refusal('standing.already-open', basis, { kind: app.words.say(`standing.kind-${kind}`) })
  }
  const content = { kind, case: String(caseId), basis }
  await tell(change, place, { factId: standingId, kind: 'standing', about: place.recordId, content })
  change.tell({ [`standing ${standingId}`]: { kind, subjectId: place.subjectId, recordId: place.recordId } })
  if (kind === 'contested') await remarkRecords(app, change, [place], 'record.contested')
  else {
    await withdrawRecords(app, change, [place], `record.${kind}`, { caseId })
    await follow(app, change, place)
  }
  return standingId
}

/**
 * A standing is over, because of a fact that a code names: an objection is closed, a stay lifted, a repair taken back for false material. The
 * mark goes with the change; what was taken away is shown for the rest of its period by the publish task, unless another standing or its end
 * keeps it away; where it stands again, whoever was told that it had gone is told.
 *
 * Refuses `standing.unknown`, `standing.ended`, and `record.unknown` where the record's content has gone since.
 */
export async function endStanding(
  app: App,
  change: Change,
  { subjectId, standingId }: { readonly subjectId: SubjectId; readonly standingId: number },
  because: string,
): Promise<void> {
  const standing = await findStanding(change, subjectId, standingId)
  if (!standing) throw new NotFound('standing.unknown')
  const place = await findRecord(change, { subjectId, recordId: standing.recordId })
  const endId = await app.ids.next()
  if (!(await insertStandingEnd(change, subjectId, { ofId: standingId, endId }, because))) throw new Refusal('standing.ended')
  await tell(change, place, { factId: endId, kind: 'standing-end', about: standingId, content: { because } })
  change.tell({ [`standing ${standingId}`]: { ended: because } })
  if (standing.kind === 'contested') return await remarkRecords(app, change, [place], null)
  await follow(app, change, place)
  const { recordId, caseId, from } = standing
  if (await standsNow(change, place)) await restoreRecord(app, change, { subjectId: place.subjectId, recordId, caseId }, from)
}

/**
 * All of a kind that a case, or whatever case, has made and not ended is over, in whosever file of the group the records lie: a record of one that was merged
 * lies in its own, whoever the case is about. How many.
 */
export async function endStandingsOf(
  app: App,
  change: Change,
  subjectId: SubjectId,
  asked: OpenAsked,
  because: string,
): Promise<number> {
  const open = await listOpenStandings(change, await groupOf(change, subjectId), asked)
  for (const standing of open) await endStanding(app, change, standing, because)
  return open.length
}

/** Whether nothing keeps a record away any more: no other case, and not whoever sent it. */
async function standsNow({ tx, today }: Change, { subjectId, recordId }: RecordPlace): Promise<boolean> {
  const records = recordsOf(await listFacts(tx, [subjectId], EVER), today)
  return records.find(one => one.recordId === recordId)?.state === 'standing'
}

/** The registrar's word may speak again, or no more; the rest is for publication, which may follow. */
async function follow(app: App, change: Change, { subjectId, item }: RecordPlace): Promise<void> {
  await registerDecided(app.law, change, item, subjectId)
  await app.queue.enqueue(change.tx, 'publish-subjects', { subjectIds: [subjectId] })
}
