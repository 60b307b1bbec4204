import type { Day } from '../base/day.ts'
import { FILE_COLUMNS } from '../cases/file-columns.ts'
import { DUE_FIRST } from '../cases/work-query.ts'
import type { CampaignLaw } from '../law/campaign-model.ts'
import type { LedgerFilter } from './ledger-words.ts'

/* Which cases stand in the ledger of the government's own dishonesty, and how each came out. */

/** Whether the body let a day of its own pass, then or by `$4` today. To state its case is a right: whoever lets that time pass is late with nothing. */
const IS_LATE = `exists (select from case_clock l where l.subject_id = f.subject_id and l.case_id = f.case_id and l.duty = 'subject' and l.clock <> 'statement'
  and (l.stopped_on > l.due_on or (l.stopped_on is null and l.due_on < asked.today)))`
const IS_DONE = `exists (select from unnest(asked.procedures, asked.states) as e (procedure, state) where e.procedure = f.procedure and e.state = f.state)`

/** Kinds of the state, the procedures of campaigns with their ends, the day: `$1…$4`, in front of the tables. */
const ASKED = `(select $1::text[] as kinds, $2::text[] as procedures, $3::text[] as states, $4::date as today) asked`
const FROM = `from ${ASKED} cross join case_file f join subject s using (subject_id)`
const WHERE = `s.kind = any(asked.kinds) and f.procedure = any(asked.procedures)`

const FILTERS: Readonly<Record<LedgerFilter, string>> = {
  all: 'true',
  open: 'f.closed_at is null',
  overdue: `f.closed_at is null and (d.due_on < asked.today or ${IS_LATE})`,
  closed: 'f.closed_at is not null',
}

function asked({ government, procedures }: CampaignLaw, today: Day): unknown[] {
  const ends = procedures.flatMap(one => one.done.map(state => ({ procedure: one.procedure, state })))
  return [government.kinds, ends.map(one => one.procedure), ends.map(one => one.state), today]
}

/** A page of the ledger: files with what is due first and how they came out, the latest first. */
export function ledgerFrom(law: CampaignLaw, filter: LedgerFilter, today: Day, after: number | null, limit: number) {
  return {
    text: `select ${FILE_COLUMNS}, d.clock, ${IS_LATE} as "isLate", ${IS_DONE} as "isDone", g.name as campaign
      ${FROM} ${DUE_FIRST} left join campaign g on g.campaign_id = f.parent_id
      where ${WHERE} and (${FILTERS[filter]}) and ($5::bigint is null or f.case_id < $5) order by f.case_id desc limit $6`,
    values: [...asked(law, today), after, limit],
  }
}

/** The same in four counts; what was settled within the year before the day. */
export function ledgerCounts(law: CampaignLaw, today: Day) {
  return {
    name: 'government-counts',
    text: `select count(*) filter (where f.closed_at is null)::int as open,
        count(*) filter (where f.closed_at is null and (d.due_on < asked.today or ${IS_LATE}))::int as overdue,
        count(*) filter (where f.closed_at >= asked.today - 365 and ${IS_DONE} and not ${IS_LATE})::int as "settledInTime",
        count(*) filter (where f.closed_at >= asked.today - 365 and ${IS_DONE} and ${IS_LATE})::int as "settledLate"
      ${FROM} ${DUE_FIRST} where ${WHERE} and (f.closed_at is null or f.closed_at >= asked.today - 365)`,
    values: asked(law, today),
  }
}
