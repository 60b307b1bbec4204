import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { type Query, sql } from '../db/database.ts'
import type { EndAction, EndedKind } from '../retention/model.ts'
import { receiptLeaf } from '../retention/receipt.ts'
import { type Claims, claim, type LeafTable, leafQuery, OWN } from './audit-rows.ts'
import { leafOf } from './commitment.ts'

/* What went on its day leaves receipts and certificates, which are rows of the log as any other. */

const RECEIPT_COLUMNS = 'r.subject_id, r.kind, r.ref, r.part, r.action, r.due_on, r.at, r.certificate_id'

export const receipts: LeafTable = {
  table: 'retention_receipt',
  fields: OWN + 8,
  query: part => leafQuery(RECEIPT_COLUMNS, part, 'change', 'r.at'),
  key: row => `subject_id=${row.bigint(OWN)} kind=${row.text(OWN + 1)} ref=${row.bigint(OWN + 2)}`,
  leaf(row) {
    const at = row.instant(OWN + 6)
    if (!at) return undefined
    return receiptLeaf({
      subjectId: row.bigint(OWN) as SubjectId,
      kind: row.text(OWN + 1) as EndedKind,
      ref: row.bigint(OWN + 2),
      part: row.int(OWN + 3),
      action: row.text(OWN + 4) as EndAction,
      dueOn: row.day(OWN + 5) as Day,
      at,
      certificateId: row.bigint(OWN + 7),
    })
  },
}

const CERTIFICATE_COLUMNS = `r.certificate_id, r.body,
  r.counted <> (select count(*) from retention_receipt e where e.certificate_id = r.certificate_id),
  (r.body::jsonb) -> 'certificateId' is distinct from to_jsonb(r.certificate_id) or (r.body::jsonb) -> 'count' is distinct from to_jsonb(r.counted)
    or (r.body::jsonb) ->> 'rule' is distinct from r.rule or (r.body::jsonb) ->> 'action' is distinct from r.action
    or (r.body::jsonb) ->> 'day' is distinct from r.made_on::text`

export const certificates: LeafTable = {
  table: 'retention_certificate',
  fields: OWN + 4,
  query: part => leafQuery(CERTIFICATE_COLUMNS, part, 'change', 'r.made_at'),
  key: row => `certificate_id=${row.bigint(OWN)}`,
  leaf: row => leafOf(row.text(OWN + 1)),
  rest: row => [...(row.isTrue(OWN + 2) ? ['receipts-missing'] : []), ...(row.isTrue(OWN + 3) ? ['certificate-body'] : [])],
}

/** Looks that went leave their batch; a receipt stands for all of them. */
export async function claimEndedLooks(query: Query, claims: Claims): Promise<void> {
  for (let after = -1; ; ) {
    const rows = await query.rows<{ ref: number; first: number; count: number }>(sql`
      select e.ref, b.first_leaf as first, b.leaf_count as count from retention_receipt e join ledger_batch b on b.batch_id = e.ref
      where e.kind = 'look-batch' and e.ref > ${after} and b.kind = 'look' and b.first_leaf is not null order by e.ref limit 10000`)
    for (const { first, count } of rows) for (let leaf = 0; leaf < count; leaf++) claim(claims, first + leaf)
    after = rows.at(-1)?.ref ?? 0
    if (rows.length < 10_000) return
  }
}

/** Files of these reports went with a certificate. */
export const WITHOUT_ENDED_FILES = `not exists (select from retention_receipt t
  where t.subject_id = report.subject_id and t.kind = 'report-file' and t.ref = report.report_id)`
