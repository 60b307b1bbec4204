import Fastify, { type FastifyInstance } from 'fastify'
import pg from 'pg'

/* The other side: what Fastify and the driver do by themselves, with named statements and the pool size of the measured door. */

const POOL = 10

function openBare(databaseUrl: string): { http: FastifyInstance; pool: pg.Pool } {
  const http = Fastify({ logger: false, routerOptions: { ignoreTrailingSlash: true } })
  const pool = new pg.Pool({ connectionString: databaseUrl, max: POOL, keepAlive: true })
  http.addHook('onClose', () => pool.end())
  return { http, pool }
}

/** A page of one indexed look-up. */
export function barePage(databaseUrl: string): FastifyInstance {
  const { http, pool } = openBare(databaseUrl)
  http.get<{ Params: { id: string } }>('/subjects/:id', async ({ params }, reply) => {
    const text = 'select subject_id, name, uscc, kind, status, district, card from pub.subject where subject_id = $1'
    const { rows } = await pool.query({ name: 'bare-page', text, values: [params.id] })
    if (rows.length === 0) return reply.code(404).send({ code: 'unknown' })
    return rows[0]
  })
  return http
}

type Asked = { readonly subject?: string; readonly purpose?: string; readonly businessNo?: string }

const LOOK_UP = 'select l.subject_id from identifier_lookup l where l.value = $1 and l.kind = $2'
const CARD = 'select subject_id, kind, name, uscc, status, district from subject_card where subject_id = $1'
/** `bench_look` has the columns and indexes of the register of looks. */
const INSERT = `insert into bench_look (subject_id, at, look_id, actor, outlet, purpose, business_no, shown, receipt, batch_id, leaf_no)
  values ($1, now(), $2, 'bare', 'bare', $3, $4, '{}', $5, 0, 0)`

/** One look-up and one insert in one transaction, for a check (by code) and for a read (by id). */
export function bareDoor(databaseUrl: string): FastifyInstance {
  const { http, pool } = openBare(databaseUrl)
  let looks = 0
  const answer = async (name: string, text: string, values: readonly string[], asked: Asked): Promise<unknown> => {
    const client = await pool.connect()
    await client.query('begin')
    const { rows } = await client.query({ name, text, values: [...values] })
    const found = rows[0] as { subject_id: string } | undefined
    looks++
    const look = [found?.subject_id ?? 0, looks, asked.purpose ?? '', asked.businessNo ?? '', String(looks)]
    await client.query({ name: 'bare-insert', text: INSERT, values: look })
    await client.query('commit')
    client.release()
    return { found }
  }
  http.post<{ Body: Asked }>('/api/v1/checks', async ({ body }) =>
    answer('bare-check', LOOK_UP, [body.subject ?? '', 'uscc'], body),
  )
  http.get<{ Params: { id: string }; Querystring: Asked }>('/api/v1/subjects/:id/records', async ({ params, query }) =>
    answer('bare-card', CARD, [params.id], query),
  )
  return http
}
