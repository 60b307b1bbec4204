import type { z } from 'zod'
import { organisationsOf } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import type { Row } from '../db/database.ts'
import type { countAuthorisations } from './contract.ts'

type Figures = z.infer<typeof countAuthorisations.output>
type Counted = Omit<Figures['receivers'][number], 'receiverName'> & { readonly receiver: string }

/** Per receiver: how much was asked, granted, read, refused. Names no subject. */
export async function countByReceiver(app: App): Promise<Figures> {
  const rows = await app.db.rows<Counted & Row>({
    name: 'count-authorisations',
    text: `with asked as (
        select r.receiver, count(*) as requests, count(*) filter (where a.answer = 'refused') as refused
        from authorisation_request r left join authorisation_answer a using (request_id) group by r.receiver),
      given as (
        select a.receiver, count(*) filter (where u.ended_at is null and a.valid_until > $1 and (a.times is null or u.reads < a.times)) as in_force,
          count(*) as granted, sum(u.reads)::bigint as reads,
          coalesce(sum((select count(*) from refused_read x where x.subject_id = a.subject_id and x.authorisation_id = a.authorisation_id)), 0)::bigint as refused_reads
        from authorisation a join authorisation_use u on u.subject_id = a.subject_id and u.authorisation_id = a.authorisation_id group by a.receiver),
      waiting as (
        select n.receiver, count(*) as open from receiver_notice n
        where not exists (select from receiver_notice_end e where e.subject_id = n.subject_id and e.notice_id = n.notice_id) group by n.receiver)
      select asked.receiver, requests, refused, coalesce(in_force, 0) as "inForce", coalesce(granted - in_force, 0) as ended, coalesce(reads, 0) as reads,
        coalesce(refused_reads, 0) as "refusedReads", coalesce(open, 0) as "deletionsOpen"
      from asked left join given using (receiver) left join waiting using (receiver) order by asked.receiver`,
    values: [app.now()],
  })
  const names = await organisationsOf(
    app,
    rows.map(row => row.receiver),
  )
  return { receivers: rows.map(({ receiver, ...row }) => ({ receiverName: names.get(receiver)?.name ?? receiver, ...row })) }
}
