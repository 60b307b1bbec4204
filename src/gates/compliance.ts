import { type Actor, SYSTEM } from '../access/actor.ts'
import { actorNameSql } from '../access/actor-name.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import { type Row, type Statement, sql } from '../db/database.ts'
import type { Law } from '../law/law.ts'
import type { CheckView } from './contract.ts'

/* The self-check (M462, M465): four questions put to the data, each of which an honest platform answers with 0. */

type Question = { readonly id: string; readonly ask: (law: Law, today: Day) => Statement }

/** Each counts what must not be. The ids name the question in words, so that whoever reads a count can read what was counted. */
export const QUESTIONS: readonly Question[] = [
  {
    id: 'over-scope',
    ask: law => {
      const pairs = [...law.units.values()].flatMap(unit => unit.items.map(item => [unit.id, item] as const))
      return sql`select count(*) as count from delivery d where not exists (
        select from unnest(${pairs.map(([unit]) => unit)}::text[], ${pairs.map(([, item]) => item)}::text[]) as assigned (unit, item)
        where assigned.unit = d.unit and assigned.item = d.item)
        and exists (select from delivery_chunk c where c.delivery_id = d.delivery_id and c.filed > 0)`
    },
  },
  {
    id: 'over-time',
    // A row past its day is shown to nobody, for every reader compares; one that is long past was not cleared away.
    ask: (_, today) => sql`select count(*) as count from pub.record where shown_until < ${today}::date - 31`,
  },
  {
    id: 'over-time-reports',
    ask: () => sql`select count(*) as count from report_end e join report r using (subject_id, report_id)
      join pub.report p on p.code = r.code where p.state = 'issued'`,
  },
  {
    id: 'illegal-publication-persons',
    ask: () => sql`select count(*) as count from pub.record r join subject s using (subject_id) where s.kind = 'natural-person'`,
  },
  {
    id: 'illegal-publication-items',
    ask: law => {
      const never = [...law.items.values()].flatMap(editions => {
        const last = editions.at(-1)
        return last && last.publication.rule === 'never' ? [last.item] : []
      })
      return sql`select count(*) as count from pub.record where item = any(${never}::text[])`
    },
  },
  {
    id: 'beyond-authority',
    ask: () => sql`select (select count(*) from look where btrim(purpose) = '' or btrim(business_no) = '')
      + (select count(*) from look_miss where btrim(purpose) = '' or btrim(business_no) = '') as count`,
  },
  {
    id: 'gone-without-certificate',
    ask: () => sql`select count(*) as count from retention_receipt e
      where not exists (select from retention_certificate c where c.certificate_id = e.certificate_id)`,
  },
]

type Finding = { readonly id: string; readonly count: number }

/** Asks every question in one change and records the answers as an act. */
export async function checkCompliance(app: App, actor: Actor = SYSTEM): Promise<CheckView> {
  const checkId = await app.ids.next()
  return await change(app, actor, { deed: 'compliance.check', entity: 'compliance' }, async made => {
    const findings: Finding[] = []
    for (const { id, ask } of QUESTIONS) {
      const answer = await made.tx.row<{ count: number }>(ask(app.law, made.today))
      findings.push({ id, count: Number(answer?.count ?? 0) })
    }
    made.tell(Object.fromEntries(findings.map(({ id, count }) => [id, count])))
    await made.tx.run(sql`insert into compliance_check (check_id, at, actor, results, act_id)
      values (${checkId}, ${made.at}, ${actor.id}, ${JSON.stringify(findings)}, ${made.actId})`)
    return checkView(app, { checkId, at: made.at, by: actor.name, results: findings })
  })
}

const A_WEEK_MS = 7 * 24 * 3_600_000

/** What the clock asks: the check of the week, unless somebody made one in it. */
export async function checkComplianceWeekly(app: App): Promise<void> {
  const [last] = await listChecks(app, { limit: 1 })
  if (last && app.now().getTime() - Date.parse(last.at) < A_WEEK_MS) return
  await checkCompliance(app)
}

type CheckRow = { readonly checkId: number; readonly at: Date; readonly by: string | null; readonly results: readonly Finding[] }

/** Past checks before an id, latest first. */
export async function listChecks(
  app: App,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<CheckView[]> {
  const rows = await app.db.rows<CheckRow & Row>({
    name: 'list-compliance-checks',
    text: `select check_id as "checkId", at, ${actorNameSql('actor')} as by, results from compliance_check where check_id < $2 order by check_id desc limit $1`,
    values: [limit, before ?? Number.MAX_SAFE_INTEGER],
  })
  return rows.map(row => checkView(app, row))
}

function checkView({ words }: App, { checkId, at, by, results }: CheckRow): CheckView {
  return {
    checkId,
    at: at.toISOString(),
    by: by ?? '—',
    isClean: results.every(one => one.count === 0),
    findings: results.map(({ id, count }) => ({
      id,
      name: words.say(`compliance.${id}`),
      question: words.say(`compliance.${id}-question`),
      count,
    })),
  }
}
