import { type Actor, may } from '../access/actor.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { FactId } from '../base/id.ts'
import { NotAllowed } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import type { Cause } from './model.ts'

/** What was taken away of a subject's records, and how far those who had it have come. */
export type OwnCorrection = {
  readonly correctionId: number
  readonly recordIds: FactId[]
  readonly cause: Cause
  readonly at: Date
  /** Units that had it and could still use it; of them, those that have confirmed. */
  readonly units: number
  readonly confirmed: number
  /** Units whose use of it was over: they were told. */
  readonly told: number
  /** When the last had confirmed; null: not yet, or nobody was asked. */
  readonly completeAt: Date | null
}

/*
 * A look of which the subject is told only later (src/oversight/delays.ts) is not betrayed by a count: a notice that rests on a number under
 * delay is left out until the delay is over.
 */
const OWN = `select correction_id as "correctionId", record_ids as "recordIds", cause, at, count(*) filter (where asked) as units, count(*) filter (where asked and done) as confirmed,
    count(*) filter (where not asked) as told, case when bool_and(done or not asked) then max(last) end as "completeAt"
  from (select c.correction_id, c.record_ids, c.cause, c.at, n.receiver, bool_or(n.kind = 'correct-copies') as asked, bool_and(n.kind <> 'correct-copies' or n.confirmed_at is not null) as done, max(n.confirmed_at) as last
    from correction c join receiver_notice n using (subject_id, correction_id)
    where c.subject_id = $1 and ($4::bigint is null or c.record_ids @> array[$4::bigint])
      and not exists (select from unnest(n.business_nos) as b (no) where is_delayed(n.receiver, b.no, n.at, $2))
    group by c.correction_id, c.record_ids, c.cause, c.at, n.receiver) u
  group by correction_id, record_ids, cause, at order by at desc, correction_id desc limit $3`

/**
 * What was taken away of the subject that this actor speaks for, latest first; of one record where it is named. Ids and counts of units: no
 * unit is named here, the register of looks names them. Refuses `access.not-allowed`.
 */
export async function ownCorrections(
  app: App,
  actor: Actor,
  { limit, recordId = null }: { readonly limit: number; readonly recordId?: FactId | null },
): Promise<OwnCorrection[]> {
  if (!may(actor, 'subject.read-own') || actor.subjectId === null)
    throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'subject.read-own' })
  return await app.db.rows<OwnCorrection & Row>({
    name: 'own-corrections',
    text: OWN,
    values: [actor.subjectId, legalDay(app.now(), app.city.zone), limit, recordId],
  })
}

/** How far a correction has come, in a sentence for the subject. */
export function correctionSentence(
  { words }: Pick<App, 'words'>,
  { cause, units, confirmed, told, completeAt }: OwnCorrection,
): string {
  if (cause === 'resumed') return words.say('correction.own-resumed', { count: told })
  if (units === 0) return words.say('correction.own-told', { count: told })
  return completeAt === null
    ? words.say('correction.own-open', { count: units, confirmed })
    : words.say('correction.own-complete', { count: units })
}
