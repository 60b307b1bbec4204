import { SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { AuthorisationId, SubjectId } from '../base/id.ts'
import { type Query, type Row, sql } from '../db/database.ts'

/* The end of a term by its date. Reading is over without this; what is left to do is to ask for the copies. */

const A_BATCH = 500

type Over = { readonly subjectId: SubjectId; readonly authorisationId: AuthorisationId }
type Seen = Over & { readonly reads: number }

/**
 * Sees which terms are over and asks whoever read under them to delete its copies (PIPL 47, principle 10), batch by batch. May be broken off
 * and run again: each end is seen once. How many receivers were asked.
 */
export async function endTerms(app: App): Promise<number> {
  let asked = 0
  for (;;) {
    if ((await listOver(app.db, app.now())).length === 0) return asked
    asked += await change(app, SYSTEM, { deed: 'authorisation.end-terms', entity: 'authorisation:terms' }, async made => {
      const seen = await noteSeen(made, await listOver(made.tx, made.at))
      const read = seen.filter(one => one.reads > 0)
      await askToDelete(app, made, read)
      made.tell({ over: seen.length, asked: read.length })
      return read.length
    })
  }
}

async function listOver(query: Query, at: Date): Promise<Over[]> {
  return await query.rows<Over & Row>(sql`select u.subject_id as "subjectId", u.authorisation_id as "authorisationId"
    from authorisation_use u join authorisation a on a.subject_id = u.subject_id and a.authorisation_id = u.authorisation_id
    where u.ended_at is null and u.term_ended_at is null and a.valid_until <= ${at}
    order by u.subject_id, u.authorisation_id limit ${A_BATCH}`)
}

/** Waits for a read that is on its way, and counts it; a later one finds the end. What was taken back meanwhile is left out. */
async function noteSeen({ tx, at }: Change, over: readonly Over[]): Promise<Seen[]> {
  return await tx.rows<Seen & Row>(sql`update authorisation_use u set term_ended_at = ${at}
    from unnest(${over.map(one => one.subjectId)}::bigint[], ${over.map(one => one.authorisationId)}::bigint[]) as o (subject_id, authorisation_id)
    where u.subject_id = o.subject_id and u.authorisation_id = o.authorisation_id and u.ended_at is null and u.term_ended_at is null
    returning u.subject_id as "subjectId", u.authorisation_id as "authorisationId", u.reads`)
}

/**
 * Every copy handed out is known (principle 10): its holder is asked to delete it, and to say when that is done. Whoever was asked before is
 * not asked again.
 */
export async function askToDelete(app: Pick<App, 'ids'>, { tx, at, actId }: Change, read: readonly Over[]): Promise<void> {
  if (read.length === 0) return
  const noticeIds = await app.ids.take(read.length)
  await tx.run(sql`insert into receiver_notice (subject_id, notice_id, authorisation_id, receiver, kind, at, act_id)
    select a.subject_id, o.notice_id, a.authorisation_id, a.receiver, 'delete-copies', ${at}::timestamptz, ${actId}::bigint
    from unnest(${noticeIds}::bigint[], ${read.map(one => one.subjectId)}::bigint[], ${read.map(one => one.authorisationId)}::bigint[])
      as o (notice_id, subject_id, authorisation_id)
    join authorisation a on a.subject_id = o.subject_id and a.authorisation_id = o.authorisation_id
    where not exists (select from receiver_notice n where n.subject_id = a.subject_id and n.authorisation_id = a.authorisation_id)`)
}
