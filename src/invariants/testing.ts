import { Client } from 'pg'
import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { DeliveryId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { runLine } from '../intake/line.ts'
import type { Counts } from '../intake/model.ts'
import { receiveDelivery } from '../intake/receive.ts'
import { publishSubjects } from '../publication/publish.ts'
import { actorFor, type TestApp, workerOf } from '../testing-app.ts'

// What the tests of the invariants share: sending a file along the whole line, and looking at the database from outside.

/** How often a property is tried: few times beside other tests, `MINGXIN_RUNS` times as many in the long run. */
export function runs(few: number): { numRuns: number; endOnFailure: boolean } {
  // biome-ignore lint/style/noProcessEnv: config.ts is the platform's; this is read by tests alone
  const factor = Number(process.env.MINGXIN_RUNS ?? 1)
  // The database keeps what an attempt left, so a smaller counterexample is not looked for unless it is asked for.
  return { numRuns: Math.max(1, Math.round(few * factor)), endOnFailure: factor <= 1 }
}

/** A row as its sender writes it: heading → cell. */
export type SentRow = Readonly<Record<string, string>>

/** The rows as CSV under the headings of all of them. */
export function csvOf(rows: readonly SentRow[], headings: readonly string[] = headingsOf(rows)): string {
  const line = (cells: readonly string[]): string => cells.map(quoted).join(',')
  return `${[line(headings), ...rows.map(row => line(headings.map(heading => row[heading] ?? '')))].join('\n')}\n`
}

function headingsOf(rows: readonly SentRow[]): string[] {
  return [...new Set(rows.flatMap(row => Object.keys(row)))]
}

function quoted(cell: string): string {
  return /[",\n\r]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

export type Sent = { readonly deliveryId: DeliveryId; readonly counts: Counts }

/** The clerk of the unit that a source belongs to. */
export function clerkOf(app: App, source: string): Actor {
  return actorFor(app.law.sources.get(source)?.unit ?? '', 'clerk')
}

/** Takes a file in without running the line. */
export async function receive(
  app: App,
  source: string,
  content: string | Buffer,
  actor: Actor = clerkOf(app, source),
): Promise<DeliveryId> {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content)
  const sending = { source, channel: 'import' as const, fileName: `${source}.csv`, content: bytes }
  return (await receiveDelivery(app, actor, sending, { queue: false })).deliveryId
}

/** Sends a file and runs the line to its end. */
export async function send(app: App, source: string, content: string | Buffer | readonly SentRow[]): Promise<Sent> {
  const deliveryId = await receive(app, source, Array.isArray(content) ? csvOf(content) : (content as string | Buffer))
  return { deliveryId, counts: await runLine(workerOf(app), deliveryId) }
}

/** Publishes all subjects, as the queue would in its time. */
export async function publishAll(app: App): Promise<void> {
  const rows = await app.changes.rows<{ subject_id: SubjectId }>(sql`select subject_id from subject`)
  await publishSubjects(
    workerOf(app),
    rows.map(row => row.subject_id),
  )
}

/** The subject of a code; throws where nobody has it. */
export async function subjectOf(app: App, code: string): Promise<SubjectId> {
  const row = await app.changes.row<{ subject_id: SubjectId }>(
    sql`select subject_id from identifier_lookup where value = ${code}`,
  )
  if (!row) throw new Error('nobody has this code')
  return row.subject_id
}

export type RefusalRow = { row_no: number; column_name: string | null; code: string; facts: Record<string, unknown> }

export async function refusalsOf(app: App, deliveryId: DeliveryId): Promise<RefusalRow[]> {
  return await app.changes.rows<RefusalRow>(
    sql`select row_no, column_name, code, facts from refusal where delivery_id = ${deliveryId} order by row_no, fault_no`,
  )
}

/** The contents filed from a delivery, by row. */
export async function contentsOf(app: App, deliveryId: DeliveryId): Promise<Map<number, Record<string, string>>> {
  const rows = await app.changes.rows<{ row_no: number; content: Record<string, string> }>(
    sql`select row_no, content from fact_content where delivery_id = ${deliveryId} order by row_no`,
  )
  return new Map(rows.map(row => [row.row_no, row.content]))
}

export type WaitingLine = { waiting_id: number; row_no: number; reason: string }

export async function waitingOf(app: App, deliveryId: DeliveryId): Promise<WaitingLine[]> {
  return await app.changes.rows<WaitingLine>(
    sql`select waiting_id, row_no, reason from waiting_row where delivery_id = ${deliveryId} order by row_no`,
  )
}

/** The refusal that a deed throws; fails when it throws none. */
export async function codeOf(deed: Promise<unknown>): Promise<string> {
  const thrown = await deed.then(
    () => null,
    (error: unknown) => error,
  )
  if (thrown === null) return 'nothing was refused'
  return (thrown as { code?: string }).code ?? String(thrown)
}

/** The database as its superuser sees it: every table of the platform, whatever the application's login may read. */
export class Outside {
  private readonly client: Client

  private constructor(client: Client) {
    this.client = client
  }

  static async open(test: Pick<TestApp, 'database'>): Promise<Outside> {
    const client = new Client({ connectionString: test.database.superuserUrl })
    await client.connect()
    return new Outside(client)
  }

  async close(): Promise<void> {
    await this.client.end()
  }

  async rows<T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.client.query<T>(text, [...values])).rows
  }

  /** Tables of the platform and of its queue; partitions stand for themselves only where they are asked for by name. */
  async tables(): Promise<string[]> {
    const rows = await this.rows<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('public', 'pub', 'graphile_worker') and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
    )
    return rows.map(row => row.name)
  }

  /** Table → number of its rows; but for the counters of requests, which move with everything that is asked. */
  async counts(): Promise<Record<string, number>> {
    const tables = (await this.tables()).filter(name => name !== 'public.quota_count')
    const parts = tables.map(name => `select '${name}' as name, count(*)::int as count from ${name}`)
    const rows = await this.rows<{ name: string; count: number }>(parts.join(' union all '))
    return Object.fromEntries(rows.map(row => [row.name, row.count]))
  }

  /** Tables in which a text stands readable, in whatever column: as text, inside JSON, or as the bytes of a bytea. */
  async holding(secret: string): Promise<string[]> {
    const tables = await this.tables()
    const hex = Buffer.from(secret).toString('hex')
    const parts = tables.map(
      name =>
        `select '${name}' as name where exists (select from ${name} t where position($1 in t::text) > 0 or position($2 in t::text) > 0)`,
    )
    return (await this.rows<{ name: string }>(parts.join(' union all '), [secret, hex])).map(row => row.name)
  }
}
