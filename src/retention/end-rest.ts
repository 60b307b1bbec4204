import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { addDays, addMonths, type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { type Query, type Row, type Statement, sql } from '../db/database.ts'
import type { RetentionKind } from '../law/access-model.ts'
import { endContents } from './end-contents.ts'
import { type EndedKind, type Ending, NOBODY } from './model.ts'
import { ruleOf } from './rules.ts'

/* What is kept for a number of months after something happened: rows as sent, decided questions, looks, texts of requests, files of reports. */

const A_BATCH = 1000

type Found = { readonly subjectId: SubjectId; readonly ref: number; readonly part: number; readonly since: Date } & Row

/** What is due of a kind: everything whose clock started before a legal day of the city, at most a batch. */
type Search = {
  readonly rule: RetentionKind
  readonly kind: EndedKind
  readonly find: (before: Day, zone: string) => Statement
}

const SEARCHES: readonly Search[] = [
  {
    rule: 'kept-rows',
    kind: 'kept-rows',
    find: (
      before,
      zone,
    ) => sql`select ${NOBODY}::bigint as "subjectId", delivery_id as ref, chunk_no as part, settled_at as since from delivery_chunk
      where settled_at < (${before}::timestamp at time zone ${zone}) and octet_length(kept_rows) > 0 order by delivery_id, chunk_no limit ${A_BATCH}`,
  },
  {
    rule: 'waiting-rows',
    kind: 'waiting-row',
    find: (
      before,
      zone,
    ) => sql`select ${NOBODY}::bigint as "subjectId", waiting_id as ref, 0 as part, decided_at as since from waiting_row
      where decided_at < (${before}::timestamp at time zone ${zone}) and octet_length(sealed) > 0 order by waiting_id limit ${A_BATCH}`,
  },
  {
    rule: 'looks',
    kind: 'look-batch',
    find: (before, zone) => sql`select ${NOBODY}::bigint as "subjectId", batch_id as ref, 0 as part, at as since from (
        (select batch_id, at from look where at < (${before}::timestamp at time zone ${zone}) order by at limit ${A_BATCH})
        union (select batch_id, at from look_miss where at < (${before}::timestamp at time zone ${zone}) order by at limit ${A_BATCH})) as l order by at, batch_id limit ${A_BATCH}`,
  },
  {
    rule: 'rights-texts',
    kind: 'rights-text',
    find: (
      before,
      zone,
    ) => sql`select r.subject_id as "subjectId", r.request_id as ref, 0 as part, r.closed_at as since from rights_request r
      where r.closed_at < (${before}::timestamp at time zone ${zone}) and exists (select from rights_text t where t.subject_id = r.subject_id and t.request_id = r.request_id)
      order by r.request_id limit ${A_BATCH}`,
  },
]

/** Ends what is due, batch by batch; how many of each rule went, or with `isDryRun` would go of the first batch. */
export async function endDueRest(app: App, isDryRun: boolean): Promise<Partial<Record<RetentionKind, number>>> {
  const counts: Partial<Record<RetentionKind, number>> = {}
  for (const search of SEARCHES) {
    for (let isMore = true; isMore; ) {
      const ended = isDryRun ? (await listFound(app, app.db, search)).length : await endBatch(app, search)
      counts[search.rule] = (counts[search.rule] ?? 0) + ended
      isMore = ended === A_BATCH && !isDryRun
    }
  }
  return counts
}

async function listFound(app: App, query: Query, { rule, find }: Search): Promise<Found[]> {
  const { months } = ruleOf(app.law, rule)
  if (months === null) return []
  const { zone } = app.city
  return await query.rows<Found>(find(addMonths(legalDay(app.now(), zone), -months), zone))
}

async function endBatch(app: App, search: Search): Promise<number> {
  if ((await listFound(app, app.db, search)).length === 0) return 0
  const rule = ruleOf(app.law, search.rule)
  return await change(app, SYSTEM, { deed: 'retention.end', entity: `retention:${search.rule}` }, async made => {
    const found = await listFound(app, made.tx, search)
    if (found.length > 0)
      await endContents(app, made, { ...rule, request: null }, endingsOf(app, search.kind, rule.months ?? 0, found))
    return found.length
  })
}

function endingsOf(app: App, kind: EndedKind, months: number, found: readonly Found[]): Ending[] {
  return found.map(({ subjectId, ref, part, since }) => ({
    subjectId,
    kind,
    ref,
    part,
    dueOn: addDays(addMonths(legalDay(since, app.city.zone), months), 1),
  }))
}
