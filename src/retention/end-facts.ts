import { SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { ArchivedRecord, Fact } from '../archive/model.ts'
import { listFacts, recordsOf } from '../archive/views.ts'
import { addMonths, type Day, day, legalDay } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { type Query, sql } from '../db/database.ts'
import type { RetentionKind } from '../law/access-model.ts'
import { withdrawRecords } from '../publication/withdraw.ts'
import type { SubjectKind } from '../subject/kind.ts'
import { dueDay, fewestYears } from './due.ts'
import { type EndReason, endContents } from './end-contents.ts'
import { type Ending, NOBODY } from './model.ts'
import { ruleOf } from './rules.ts'

/* Contents of facts whose years are over: those of persons are deleted, those of organisations frozen, each record with all its versions. */

/** Subjects whose archives are read at once; a city's have some hundred facts each. */
const A_READ = 100
/** Subjects looked up at once. */
const A_SEARCH = 10_000
const EVER = new Date('9999-12-31T00:00:00Z')

export type DueRecord = {
  readonly subjectId: SubjectId
  readonly recordId: FactId
  readonly versions: readonly FactId[]
  readonly dueOn: Day
}
export type DueOfKind = Readonly<Record<'facts-of-persons' | 'facts-of-organisations', readonly DueRecord[]>>

/** Ends what is due, chunk by chunk; how many contents of each rule went. A run broken off is taken up by the next: what is gone is no more due. */
export async function endDueFacts(app: App, isDryRun: boolean): Promise<Partial<Record<RetentionKind, number>>> {
  const counts = { 'facts-of-persons': 0, 'facts-of-organisations': 0 }
  for await (const subjectIds of subjectsToLookAt(app)) {
    const due = await listDue(app, app.db, subjectIds)
    for (const rule of ['facts-of-persons', 'facts-of-organisations'] as const) {
      counts[rule] += due[rule].reduce((sum, record) => sum + record.versions.length, 0)
      if (due[rule].length > 0 && !isDryRun) await endThem(app, rule, [...new Set(due[rule].map(record => record.subjectId))])
    }
  }
  return counts
}

async function endThem(app: App, rule: keyof DueOfKind, subjectIds: readonly SubjectId[]): Promise<void> {
  await change(app, SYSTEM, { deed: 'retention.end', entity: `retention:${rule}` }, async made => {
    // Read again inside: what was corrected meanwhile has another day.
    const due = (await listDue(app, made.tx, subjectIds))[rule]
    if (due.length > 0) await endRecords(app, made, { ...ruleOf(app.law, rule), request: null }, due)
  })
}

/** Withdraws these records from every outlet and ends the contents of all their versions, in the transaction of the change. */
export async function endRecords(app: App, made: Change, reason: EndReason, records: readonly DueRecord[]): Promise<number> {
  // What has come to its end by itself was right as long as it was used; what its subject had deleted is asked back.
  const cause = reason.request === null ? null : 'removed'
  await withdrawRecords(app, made, records, 'record.retention-over', { cause })
  const endings = records.flatMap(({ subjectId, versions, dueOn }) =>
    versions.map((ref): Ending => ({ subjectId, kind: 'fact', ref, part: 0, dueOn })),
  )
  // On a person's own request what it was reported with goes at once too; otherwise that is gone long before.
  const rows = reason.request === null ? [] : await rowsOf(made, records)
  const certificateId = await endContents(app, made, reason, [...endings, ...rows])
  const subjectIds = [...new Set(records.map(record => record.subjectId))]
  await app.queue.enqueue(made.tx, 'publish-subjects', { subjectIds })
  return certificateId
}

/** The sealed rows as sent, by the chunk in which they lie: nobody can tell one row's bytes from its neighbours'. */
async function rowsOf({ tx, today }: Change, records: readonly DueRecord[]): Promise<Ending[]> {
  const found = await tx.rows<{ ref: number; part: number }>(sql`
    select distinct c.delivery_id as ref, c.chunk_no as part from fact f
    join delivery_chunk c on c.delivery_id = f.delivery_id and f.row_no between c.first_row and c.last_row
    where f.subject_id = any(${records.map(record => record.subjectId)}::bigint[]) and f.fact_id = any(${records.flatMap(record => record.versions)}::bigint[])
      and octet_length(c.kept_rows) > 0`)
  return found.map(({ ref, part }) => ({ subjectId: NOBODY, kind: 'kept-rows', ref, part, dueOn: today }))
}

async function* subjectsToLookAt(app: App): AsyncGenerator<SubjectId[]> {
  const years = fewestYears(app.law)
  if (years === null) return
  const decidedBy = addMonths(legalDay(app.now(), app.city.zone), -12 * years)
  for (let after = 0; ; ) {
    const found = await app.db.rows<{ subjectId: SubjectId }>(sql`
      select distinct subject_id as "subjectId" from fact_content where decided_on <= ${decidedBy} and subject_id > ${after}
      order by subject_id limit ${A_SEARCH}`)
    for (let from = 0; from < found.length; from += A_READ) yield found.slice(from, from + A_READ).map(row => row.subjectId)
    after = found.at(-1)?.subjectId ?? 0
    if (found.length < A_SEARCH) return
  }
}

/** The records of these subjects whose content may go today. */
export async function listDue(app: App, query: Query, subjectIds: readonly SubjectId[]): Promise<DueOfKind> {
  const today = legalDay(app.now(), app.city.zone)
  const facts = await listFacts(query, subjectIds, EVER)
  const kinds = new Map(
    (
      await query.rows<{ subjectId: SubjectId; kind: SubjectKind }>(
        sql`select subject_id as "subjectId", kind from subject where subject_id = any(${subjectIds}::bigint[])`,
      )
    ).map(row => [row.subjectId, row.kind]),
  )
  const due: Record<keyof DueOfKind, DueRecord[]> = { 'facts-of-persons': [], 'facts-of-organisations': [] }
  for (const [subjectId, own] of Map.groupBy(facts, fact => fact.subjectId)) {
    const subjectKind = kinds.get(subjectId) ?? 'natural-person'
    const rule = subjectKind === 'natural-person' ? 'facts-of-persons' : 'facts-of-organisations'
    // Everything, whatever day it speaks of.
    const records = recordsOf(own, day('2999-12-31'))
    for (const record of records) {
      // Nothing goes while an objection about it is open: it is what the objection is about.
      if (record.contested) continue
      const dueOn = dueDay(app.law, app.city.zone, { record, subjectKind, annulledAt: annulledAt(record, own) })
      if (dueOn !== null && dueOn <= today)
        due[rule].push({ subjectId, recordId: record.recordId, versions: contentsOf(record), dueOn })
    }
    due[rule].push(...strays(subjectId, own, records, today))
  }
  return due
}

/** What goes with a record: all its versions, and what cases and its subject have said of it. */
export function contentsOf({ versions, told }: Pick<ArchivedRecord, 'versions' | 'told'>): FactId[] {
  return [...versions, ...told]
}

/** A correction that came after its record had gone says the same again, and goes too. */
function strays(subjectId: SubjectId, facts: readonly Fact[], records: readonly ArchivedRecord[], today: Day): DueRecord[] {
  const held = new Set(records.flatMap(contentsOf))
  return facts
    .filter(fact => !held.has(fact.factId))
    .map(fact => ({ subjectId, recordId: fact.factId, versions: [fact.factId], dueOn: today }))
}

/** By its sender, or by a case. */
function annulledAt(record: ArchivedRecord, facts: readonly Fact[]): Date | null {
  if (record.state !== 'annulled') return null
  const own = new Set<number>(record.versions)
  const cases = new Set(record.standings.flatMap(one => (one.kind === 'annulled' ? one.standingId : [])))
  const last = facts.filter(fact => (own.has(fact.factId) && fact.kind === 'annulment') || cases.has(fact.factId)).at(-1)
  return last?.knownFrom ?? null
}
