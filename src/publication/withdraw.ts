import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import { type Group, resolveSubjects } from '../archive/links.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { endMeasuresOn } from '../measures/ground.ts'
import { openAll } from '../receivers/commands.ts'
import type { Cause } from '../receivers/model.ts'
import { causeOf } from '../receivers/rules.ts'
import { lockReports } from '../reports/store.ts'
import { lockPublication } from './lock.ts'
import { forgetPages } from './pages.ts'

/** Whatever is committed counts: a merger that became known while this change was on its way too. */
const EVER = new Date('9999-12-31T00:00:00Z')

export type Withdrawn = {
  readonly subjectId: SubjectId
  readonly recordId: FactId
  /** Why, as its receivers are told; absent: as the reason of the withdrawal says. */
  readonly cause?: Cause
}

export type Told = {
  /** Why, as receivers are told; null: they are not, because nothing was wrong with it and its time is simply over. */
  readonly cause?: Cause | null
  /** The case that takes the records away. */
  readonly caseId?: number | null
}

/**
 * What takes away is written to every outlet in the transaction that takes it away (principle 3): the portal and its search, the sequence of
 * publication changes, and every issued report that showed the record, which from this moment is superseded and no longer served. Whoever
 * was handed the record and may still use it is asked, in the same transaction, to confirm that it corrected its copy (principle 10).
 */
export async function withdrawRecords(
  app: App,
  change: Change,
  records: readonly Withdrawn[],
  reason: string,
  told: Told = {},
): Promise<void> {
  if (records.length === 0) return
  const groups = await lockGroups(change, records)
  await withdrawFrom(app, change, placesIn(groups, records), reason)
  // A correction leaves the record standing, and with it what rests on it.
  await endMeasuresOn(
    app,
    change,
    records.filter(one => (one.cause ?? causeOf(reason)) !== 'corrected'),
  )
  await tellReceivers(app, change, records, groups, { cause: causeOf(reason), ...told })
}

/** Every place at which records are shown, held until the change ends: nothing is published or reported there meanwhile. */
export async function lockPlaces(change: Change, records: readonly Withdrawn[]): Promise<Withdrawn[]> {
  return records.length === 0 ? [] : placesIn(await lockGroups(change, records), records)
}

type Groups = ReadonlyMap<SubjectId, Group>

async function lockGroups(change: Change, records: readonly Withdrawn[]): Promise<Groups> {
  const subjectIds = [...new Set(records.map(record => record.subjectId))]
  const groupsNow = (): Promise<Groups> => resolveSubjects(change.tx, subjectIds, { asOf: change.today, knownOn: EVER })
  await lockOutlets(change, [...(await groupsNow()).values()].flat())
  // Whoever held the locks may have moved a record to the page of a survivor who was none before.
  return await groupsNow()
}

/**
 * The record of a merged subject stands on its survivor's page, on its own until publication has moved it, and in reports about anyone of its
 * group: about itself before it was merged, about one in between.
 */
function placesIn(groups: Groups, records: readonly Withdrawn[]): Withdrawn[] {
  return records.flatMap(({ subjectId, recordId }) =>
    (groups.get(subjectId) ?? [subjectId]).map(member => ({ subjectId: member, recordId })),
  )
}

async function tellReceivers(
  app: App,
  change: Change,
  records: readonly Withdrawn[],
  groups: Groups,
  { cause: usual, caseId = null }: Told,
): Promise<void> {
  if (!usual) return
  const sorted = Map.groupBy(records, ({ subjectId, cause = usual }) => `${subjectId} ${cause}`)
  const taken = [...sorted.values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const { subjectId, cause = usual } = first
    const recordIds = [first, ...others].map(one => one.recordId)
    return [{ subjectId, recordIds, cause, caseId, shownUnder: groups.get(subjectId) ?? [subjectId] }]
  })
  await openAll(app, change, taken)
}

/** The same where records stop under some subjects only; what is said under others about them stays. */
export async function withdrawFrom(app: App, change: Change, places: readonly Withdrawn[], reason: string): Promise<void> {
  if (places.length === 0) return
  const subjectIds = places.map(place => place.subjectId)
  await lockOutlets(change, subjectIds)
  const recordIds = places.map(place => place.recordId)
  const gone = await change.tx.rows<{ subject_id: SubjectId; record_id: FactId }>({
    name: 'withdraw-records',
    text: `delete from pub.record r using unnest($1::bigint[], $2::bigint[]) as w (subject_id, record_id)
      where r.subject_id = w.subject_id and r.record_id = w.record_id returning r.subject_id, r.record_id`,
    values: [subjectIds, recordIds],
  })
  await forgetPages(change.tx, subjectIds)
  await endReports(change, subjectIds, recordIds, reason)
  if (gone.length > 0)
    await recordPublicationChange(
      app,
      change,
      'withdrawn',
      gone.map(row => row.record_id),
      gone.map(row => row.subject_id),
    )
}

/** A report or a page being made in this very moment must either see the withdrawal or be ended by it. */
async function lockOutlets(change: Change, subjectIds: readonly SubjectId[]): Promise<void> {
  await lockReports(change.tx, subjectIds)
  await lockPublication(change, subjectIds)
}

/** From this moment every report that showed one of these records under one of these subjects is superseded. */
export async function endReports(
  change: Change,
  subjectIds: readonly SubjectId[],
  recordIds: readonly FactId[],
  reason: string,
): Promise<void> {
  await change.tx.run({
    name: 'end-reports',
    text: `with ended as (
        insert into report_end (subject_id, report_id, state, at, reason, act_id)
        select r.subject_id, r.report_id, 'superseded', $3, $4, $5 from report r where r.subject_id = any($1::bigint[]) and r.fact_ids && $2::bigint[]
        on conflict do nothing returning subject_id, report_id)
      update pub.report p set state = 'superseded', state_at = $3 from ended e join report r using (subject_id, report_id) where p.code = r.code`,
    values: [subjectIds, recordIds, change.at, reason, change.actId],
  })
}

/** One row a transaction; the sequencer numbers it after the commit. */
export async function recordPublicationChange(
  app: App,
  change: Change,
  deed: 'shown' | 'withdrawn',
  recordIds: readonly FactId[],
  subjectIds: readonly SubjectId[],
): Promise<void> {
  await change.tx.run({
    name: 'record-publication-change',
    text: 'insert into pub.change (change_id, at, deed, record_ids, subject_ids) values ($1, $2, $3, $4, $5)',
    values: [await app.ids.next(), change.at, deed, recordIds, subjectIds],
  })
}
