/* SQL for "in force": the rule of rules.ts. Imports nothing, so that the door's own statement may use it. */

/** True for rows `m` of mandate in force at the instant on the day (both parameters of the statement, e.g. `$2`, `$4`). */
function inForceSql(instant: string, day: string): string {
  return `m.valid_from <= ${day}::date and (m.valid_until is null or m.valid_until >= ${day}::date)
    and not exists (select from mandate_end e where e.subject_id = m.subject_id and e.mandate_id = m.mandate_id
      and (e.last_day < ${day}::date or (e.last_day is null and e.at <= ${instant}::timestamptz)))`
}

/** Columns of the mandate by which a session acts, beside `actingMandate`. */
export const ACTING_COLUMNS = 'm.mandate_id, m.subject_id, m.capacity, m.extent'

/**
 * A lateral join `m` to a session `s`: the mandate it has chosen, where that is in force; where it has chosen none, the only one in force
 * that its account had when it began; else nothing. One that came later is never taken without being chosen: a form drawn for one subject
 * is not sent for another.
 */
export function actingMandate(instant: string, day: string): string {
  return `left join lateral (select m.*, count(*) over () as standing from mandate m
    where m.account_id = s.account_id and (m.mandate_id = s.mandate_id or (s.mandate_id is null and m.made_at <= s.made_at))
      and ${inForceSql(instant, day)} limit 1) m on m.standing = 1`
}
