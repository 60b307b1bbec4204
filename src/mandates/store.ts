import type { Day } from '../base/day.ts'
import type { AccountId, MandateId, SubjectId } from '../base/id.ts'
import type { Query, Row } from '../db/database.ts'
import type { Mandate, MandateEnd } from './model.ts'

/* SQL on mandate and mandate_end. */

export type MandateRow = Mandate & { readonly ends: readonly MandateEnd[] }

const COLUMNS = `m.subject_id as "subjectId", m.mandate_id as "mandateId", m.account_id as "accountId", m.capacity, m.extent, m.valid_from as "from", m.valid_until as until,
  m.bound_by as "boundBy", m.made_at as "madeAt",
  coalesce((select json_agg(json_build_object('at', e.at, 'lastDay', e.last_day, 'why', e.why) order by e.at, e.act_id) from mandate_end e
    where e.subject_id = m.subject_id and e.mandate_id = m.mandate_id), '[]') as ends`

type Found = Omit<MandateRow, 'ends'> & { ends: { at: string; lastDay: Day | null; why: MandateEnd['why'] }[] } & Row

function rowOf({ ends, ...mandate }: Found): MandateRow {
  return { ...mandate, ends: ends.map(end => ({ ...end, at: new Date(end.at) })) }
}

/** All mandates of an account, ended ones too, latest first. */
export async function listOfAccount(query: Query, accountId: AccountId): Promise<MandateRow[]> {
  const rows = await query.rows<Found>({
    name: 'mandates-of-account',
    text: `select ${COLUMNS} from mandate m where m.account_id = $1 order by m.made_at desc, m.mandate_id desc`,
    values: [accountId],
  })
  return rows.map(rowOf)
}

/** All mandates for a subject, ended ones too, latest first. */
export async function listOfSubject(query: Query, subjectId: SubjectId): Promise<MandateRow[]> {
  const rows = await query.rows<Found>({
    name: 'mandates-of-subject',
    text: `select ${COLUMNS} from mandate m where m.subject_id = $1 order by m.made_at desc, m.mandate_id desc`,
    values: [subjectId],
  })
  return rows.map(rowOf)
}

export async function findMandate(query: Query, subjectId: SubjectId, mandateId: MandateId): Promise<MandateRow | undefined> {
  const row = await query.row<Found>({
    name: 'find-mandate',
    text: `select ${COLUMNS} from mandate m where m.subject_id = $1 and m.mandate_id = $2`,
    values: [subjectId, mandateId],
  })
  return row && rowOf(row)
}

/**
 * Locks a subject's mandates for this transaction: two who add, end or shorten at once do it one after the other. Class 733 of advisory
 * locks, beside 731 publication and 732 reports.
 */
export async function lockMandates(query: Query, subjectId: SubjectId): Promise<void> {
  await query.run({ text: 'select pg_advisory_xact_lock(733, ($1::bigint % 2147483647)::integer)', values: [subjectId] })
}
