import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { ArchivedRecord } from '../archive/model.ts'
import type { SubjectId } from '../base/id.ts'

/** A record whose class is open: the question is about its last version. */
export type OpenGravity = Pick<ArchivedRecord, 'recordId' | 'head'>

/**
 * Puts penalties whose class neither table nor sender gives to a named officer of the deciding unit (principles: 轻微, 一般, 严重), once for
 * each version. `subjectIds`: all whose records were looked through; what else is open about them shows an officer what is no longer so, or
 * asks what no longer matters, and is closed.
 */
export async function askGravity(
  app: App,
  change: Change,
  subjectIds: readonly SubjectId[],
  open: readonly OpenGravity[],
): Promise<void> {
  await closeOvertaken(change, subjectIds, open)
  if (open.length > 0) await openQuestions(app, change, open)
}

async function closeOvertaken(change: Change, subjectIds: readonly SubjectId[], open: readonly OpenGravity[]): Promise<void> {
  await change.tx.run({
    name: 'close-gravity',
    text: `with overtaken as (
        update waiting_row r set decided_at = $4 where r.subject_id = any($1::bigint[]) and r.reason = 'penalty.gravity-open' and r.decided_at is null
          and not exists (select from unnest($2::bigint[], $3::bigint[]) as w (fact_id, head_id) where w.fact_id = r.fact_id and w.head_id = r.head_id)
        returning r.waiting_id)
      insert into waiting_decision (waiting_id, decision_no, decision, actor, at, act_id)
      select waiting_id, coalesce((select max(d.decision_no) from waiting_decision d where d.waiting_id = o.waiting_id), 0) + 1, 'overtaken', $5, $4, $6 from overtaken o`,
    values: [
      subjectIds,
      open.map(record => record.recordId),
      open.map(record => record.head.factId),
      change.at,
      change.actor.id,
      change.actId,
    ],
  })
}

async function openQuestions(app: App, change: Change, open: readonly OpenGravity[]): Promise<void> {
  const ids = await app.ids.take(open.length)
  const sealed = open.map(({ head }, i) =>
    app.keys.seal(
      'data',
      Buffer.from(JSON.stringify({ content: head.content, decidedOn: head.decidedOn })),
      `waiting_row:${ids[i]}`,
    ),
  )
  // A question that was closed because the tables gave the class is open again where they no longer do; an answered one stays answered.
  await change.tx.run({
    name: 'open-gravity',
    text: `insert into waiting_row (waiting_id, unit, item, reason, evidence, subject_id, fact_id, head_id, sealed, opened_at)
      select waiting_id, unit, item, 'penalty.gravity-open', '{}', subject_id, fact_id, head_id, sealed, $1
        from unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bytea[])
        as w (waiting_id, unit, item, subject_id, fact_id, head_id, sealed)
      on conflict (fact_id, head_id) where reason = 'penalty.gravity-open' do update set decided_at = null
        where (select d.decision from waiting_decision d where d.waiting_id = waiting_row.waiting_id order by d.decision_no desc limit 1) = 'overtaken'`,
    values: [
      change.at,
      ids,
      open.map(record => record.head.authority),
      open.map(record => record.head.item),
      open.map(record => record.head.subjectId),
      open.map(record => record.recordId),
      open.map(record => record.head.factId),
      sealed,
    ],
  })
}
