import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import { type Row, sql, type Tx } from '../db/database.ts'
import { certificates, claimEndedLooks, receipts, WITHOUT_ENDED_FILES } from './audit-ended.ts'
import { acts, type Claims, compareRow, facts, isClaimed, type LeafTable, looks, misses, noClaims } from './audit-rows.ts'
import { auditTree, type TreeAudit } from './audit-tree.ts'
import { copyOut } from './copy-out.ts'
import { type FlawList, flawList, type LogFlaw } from './flaw-list.ts'
import { logOrigin } from './log-store.ts'

export type AuditProgress = { readonly part: string; readonly done: number }

export type AuditOptions = {
  onProgress?(progress: AuditProgress): void
  /** Checkpoints (signed notes) that someone kept elsewhere. */
  readonly kept?: readonly string[]
  /** Of how many issued reports, the youngest first, the stored file is read; default 1,000. */
  readonly reports?: number
}

export type AuditReport = {
  readonly at: Date
  readonly origin: string
  readonly size: number
  /** Base64, as in a checkpoint. */
  readonly root: string
  readonly batches: number
  /** Batches committed and not yet placed: they wait for the sequencer. */
  readonly unsequenced: number
  readonly tiles: number
  readonly checkpoints: number
  readonly facts: number
  readonly acts: number
  readonly looks: number
  readonly misses: number
  readonly changes: number
  readonly reports: number
  readonly seconds: number
  readonly flawCount: number
  /** At most 200 of each table. */
  readonly flaws: readonly LogFlaw[]
}

type AppOfAudit = Pick<App, 'db' | 'changes' | 'keys' | 'city' | 'now' | 'files'>
type Inspection = {
  readonly app: AppOfAudit
  readonly flaws: FlawList
  readonly claims: Claims
  onRows(part: string): () => void
}

const ROWS_A_NOTE = 100_000
const REPORTS_READ = 1000

/**
 * Compares everything with the log, from the first fact on (principle 11): leaves with tiles and signed checkpoints; rows of
 * facts, acts and looks with their leaves, every leaf with its row; contents with their commitments; the numbers of public
 * changes; files of issued reports with their digests. Writes nothing. Streams: memory is one bit a leaf and some megabytes.
 * The platform may run meanwhile: the log is read as of one instant, and what comes later is compared but not asked for.
 */
export async function audit(app: AppOfAudit, options: AuditOptions = {}): Promise<AuditReport> {
  const start = performance.now()
  const flaws = flawList()
  const say = options.onProgress ?? (() => undefined)
  const origin = logOrigin(app.city)
  const { tree, changes } = await inOneSnapshot(app, async tx => {
    const input = { origin, trusted: app.keys.verifiers('log-signing'), kept: options.kept ?? [] }
    const tree = await auditTree(tx, { ...input, onLeaves: done => say({ part: 'tree', done }) }, flaws)
    return { tree, changes: await auditChanges(tx, flaws) }
  })
  const inspection: Inspection = { app, flaws, claims: noClaims(tree.size), onRows: part => counting(part, say) }
  const counts = {
    facts: await auditFacts(inspection),
    acts: await auditTable(inspection, acts, ['act']),
    looks: await auditTable(inspection, looks, ['look']),
    misses: await auditTable(inspection, misses, ['look_miss']),
  }
  await auditTable(inspection, certificates, ['retention_certificate'])
  await auditTable(inspection, receipts, ['retention_receipt'])
  await claimEndedLooks(app.db, inspection.claims)
  await findUnclaimed(inspection)
  const reports = await auditReports(inspection, options.reports ?? REPORTS_READ)
  return reportOf(app, {
    origin,
    tree,
    flaws,
    rest: { ...counts, changes, reports },
    seconds: (performance.now() - start) / 1000,
  })
}

type Findings = {
  readonly origin: string
  readonly tree: TreeAudit
  readonly flaws: FlawList
  readonly rest: Pick<AuditReport, 'facts' | 'acts' | 'looks' | 'misses' | 'changes' | 'reports'>
  readonly seconds: number
}

function reportOf(app: AppOfAudit, { origin, tree, flaws, rest, seconds }: Findings): AuditReport {
  return {
    at: app.now(),
    origin,
    ...tree,
    root: tree.root.toString('base64'),
    ...rest,
    seconds,
    flawCount: flaws.count,
    flaws: flaws.kept,
  }
}

function inOneSnapshot<T>(app: AppOfAudit, work: (tx: Tx) => Promise<T>): Promise<T> {
  return app.changes.transaction(async tx => {
    await tx.run({ text: 'set transaction isolation level repeatable read, read only' })
    return work(tx)
  })
}

function counting(part: string, say: (progress: AuditProgress) => void): () => void {
  let done = 0
  return () => {
    done += 1
    if (done % ROWS_A_NOTE === 0) say({ part, done })
  }
}

/** A statement for each partition, so that no snapshot is held for longer than a month's facts take. */
async function auditFacts(inspection: Inspection): Promise<number> {
  const { app, flaws } = inspection
  // Through the parent, because rights are given on it alone; a partition's own condition prunes to it.
  const parts = await app.db.rows<{ part: string }>(sql`
    select format('(select * from fact where %s)', pg_get_partition_constraintdef(inhrelid)) as part
    from pg_inherits where inhparent = 'public.fact'::regclass order by 1`)
  const count = await auditTable(
    inspection,
    facts,
    parts.map(row => row.part),
  )
  // Archives are read from the contents alone: one without a skeleton would be shown, and stands in no log.
  const strays = await app.db.rows<{ subjectId: number; factId: number }>(sql`
    select c.subject_id as "subjectId", c.fact_id as "factId" from (select subject_id, fact_id, decided_on from fact_content union all select subject_id, fact_id, decided_on from frozen_content) c where not exists (
      select from fact f where f.subject_id = c.subject_id and f.decided_on = c.decided_on and f.fact_id = c.fact_id) limit 200`)
  for (const { subjectId, factId } of strays) {
    flaws.add('fact_content', `subject_id=${subjectId} fact_id=${factId}`, 'fact-missing')
  }
  return count
}

async function auditTable(inspection: Inspection, table: LeafTable, parts: readonly string[]): Promise<number> {
  const { app, flaws, claims } = inspection
  const count = inspection.onRows(table.table)
  let rows = 0
  for (const part of parts) {
    rows += await app.changes.transaction(tx =>
      copyOut(tx, table.query(part), table.fields, row => {
        count()
        for (const differs of compareRow(table, row, claims)) flaws.add(table.table, table.key(row), differs)
      }),
    )
  }
  return rows
}

/** Leaves that no row makes: a row was deleted, or is no longer what it was when it was logged. */
async function findUnclaimed({ app, flaws, claims }: Inspection): Promise<void> {
  if (claims.claimed === claims.size) return
  const missing: number[] = []
  for (let index = 0; index < claims.size && missing.length < 200; index++) {
    if (claims.bits[Math.floor(index / 8)] === 255) index += 7 - (index % 8)
    else if (!isClaimed(claims, index)) missing.push(index)
  }
  const batches = await app.db.rows<{ batchId: number; leafNo: number } & Row>(sql`
    select b.batch_id as "batchId", wanted.index - b.first_leaf as "leafNo" from unnest(${missing}::bigint[]) as wanted (index)
    cross join lateral (select batch_id, first_leaf from ledger_batch where first_leaf <= wanted.index order by first_leaf desc limit 1) b`)
  for (const { batchId, leafNo } of batches) flaws.add('ledger_batch', `batch_id=${batchId} leaf_no=${leafNo}`, 'row-missing')
}

/** Numbers of public changes run from 1 without a gap; they are unique by an index. */
async function auditChanges(tx: Tx, flaws: FlawList): Promise<number> {
  const found = await tx.row<{ count: number; first: number; last: number }>(
    sql`select count(seq) as count, coalesce(min(seq), 1) as first, coalesce(max(seq), 0) as last from pub.change`,
  )
  const { count = 0, first = 1, last = 0 } = found ?? {}
  if (first !== 1 || last !== count) flaws.add('pub.change', `seq=${first}…${last}`, 'seq-gap')
  return count
}

type ReportRow = {
  readonly subjectId: number
  readonly reportId: number
  readonly digest: Buffer
  readonly pdfHash: string
} & Row

async function auditReports({ app, flaws }: Inspection, limit: number): Promise<number> {
  const rows = await app.db.rows<ReportRow>({
    text: `select subject_id as "subjectId", report_id as "reportId", digest, pdf_hash as "pdfHash" from report
    where ${WITHOUT_ENDED_FILES} and not exists (select from report_end e where e.subject_id = report.subject_id and e.report_id = report.report_id and e.state = 'withdrawn')
    order by report_id desc limit $1`,
    values: [limit],
  })
  for (const row of rows) {
    // A stored file that was altered ends its own stream in an error; whatever the reason, it cannot be handed out as issued.
    const found = await fileDigest(app, row.pdfHash).catch(() => undefined)
    if (!found?.equals(row.digest))
      flaws.add('report', `subject_id=${row.subjectId} report_id=${row.reportId}`, found ? 'digest' : 'file')
  }
  return rows.length
}

async function fileDigest(app: AppOfAudit, hash: string): Promise<Buffer> {
  const digest = createHash('sha256')
  for await (const chunk of await app.files.get(hash)) digest.update(chunk as Buffer)
  return digest.digest()
}
