import type { App } from '../app.ts'
import type { Row } from '../db/database.ts'
import { unitName } from './case-line.ts'
import { creditOffice } from './credit-office.ts'
import { DUTY_UNIT, nearDays } from './work-query.ts'

type FigureRow = Row &
  Record<'overdue' | 'today' | 'soon' | 'later' | 'standing' | 'doneInTime' | 'doneLate', number> & { readonly unit: string }

/**
 * Of each unit: its open duties by due day, and how those of the last year were done. The state's clocks, the credit office's own too, stand here like
 * anybody's: a unit that is itself the subject of a case (M282) has the subject's duties too. To state
 * one's case is a right: whoever lets that time pass is late with nothing. A breach stays with the unit that had the duty when it happened.
 */
export async function clockFigures(app: App): Promise<{ asOf: string; units: (FigureRow & { unitName: string })[] }> {
  const [today, soon] = nearDays(app)
  const units = [...app.law.units.values()]
  const rows = await app.db.rows<FigureRow>({
    name: 'case-clock-figures',
    text: `with body as (select s.subject_id, u.unit from unnest($4::text[], $5::text[]) as u (unit, code)
          join subjects_of_codes(array_fill('uscc'::text, array[cardinality($5::text[])]), $5::text[]) s on s.value = u.code),
        duty as (select case c.duty when 'subject' then body.unit else ${DUTY_UNIT} end as unit,
          case when c.runs #> '{transfers,-1}' ? 'own' then (c.runs #>> '{transfers,-1,own}')::date else c.due_on end as due_on, c.stopped_on
        from (select $3::text as office) asked cross join case_clock c join case_file f using (subject_id, case_id)
          left join body on c.duty = 'subject' and c.clock <> 'statement' and body.subject_id = c.subject_id
        where c.duty <> 'term' and (c.stopped_on is null or c.stopped_on > $1::date - 365)
        union all select t.passed ->> 'from', (t.passed ->> 'due')::date, (t.passed ->> 'on')::date
        from case_clock c cross join lateral jsonb_array_elements(c.runs -> 'transfers') t (passed)
        where (t.passed ->> 'due')::date < (t.passed ->> 'on')::date and (t.passed ->> 'on')::date > $1::date - 365)
      select unit, count(*) filter (where stopped_on is null and due_on < $1)::int as overdue,
        count(*) filter (where stopped_on is null and due_on = $1)::int as today,
        count(*) filter (where stopped_on is null and due_on > $1 and due_on <= $2)::int as soon,
        count(*) filter (where stopped_on is null and due_on > $2)::int as later,
        count(*) filter (where stopped_on is null and due_on is null)::int as standing,
        count(*) filter (where stopped_on <= due_on)::int as "doneInTime", count(*) filter (where stopped_on > due_on)::int as "doneLate"
      from duty where unit is not null group by unit order by unit`,
    values: [today, soon, creditOffice(app), units.map(one => one.id), units.map(one => one.uscc)],
  })
  return { asOf: today, units: rows.map(row => ({ ...row, unitName: unitName(app, row.unit) })) }
}
