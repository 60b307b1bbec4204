import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import { canonicalJson, leafOf } from '../ledger/commitment.ts'
import { logOrigin } from '../ledger/log-store.ts'
import { HASH_BYTES, sha256 } from '../ledger/merkle.ts'
import { type CertificateBody, signBody } from './certificate.ts'
import type { EndAction, Ending, Receipt } from './model.ts'
import { receiptLeaf } from './receipt.ts'

/** Why these contents go: a rule of `law/access/retention.yaml`, or the request of the person they are about. */
export type EndReason = {
  readonly rule: string
  readonly name: string
  readonly action: EndAction
  readonly basis: readonly string[]
  /** The number of the request that was granted; null for what went on its day. */
  readonly request: string | null
}

/**
 * Takes contents away in the transaction of a change: a receipt for each, its leaf in the log, one signed certificate for all, and then the
 * contents themselves by the database's own function, which takes only what has a receipt. Outlets are not touched here: whoever ends a
 * record withdraws it in the same change. The certificate's number. `endings` must not be empty.
 */
export async function endContents(app: App, change: Change, reason: EndReason, endings: readonly Ending[]): Promise<number> {
  if (endings.length === 0) throw new RangeError('a certificate is of something')
  const certificateId = await app.ids.next()
  const { action } = reason
  const receipts = endings.map(ending => ({ ...ending, action, at: change.at, certificateId }))
  const leaves = Buffer.concat(receipts.map(receiptLeaf))
  const firstLeaf = change.addLeaves(leaves)
  await recordReceipts(change, receipts, firstLeaf)
  await recordCertificate(app, change, bodyOf(app, change, { reason, certificateId, endings, leaves }))
  await change.tx.run({ name: 'end-contents', text: 'select end_contents($1::bigint)', values: [certificateId] })
  change.tell({ certificate: certificateId, rule: reason.rule, count: endings.length })
  return certificateId
}

type Made = {
  readonly reason: EndReason
  readonly certificateId: number
  readonly endings: readonly Ending[]
  readonly leaves: Buffer
}

function bodyOf(app: App, change: Change, { reason, certificateId, endings, leaves }: Made): CertificateBody {
  const days = endings.map(ending => ending.dueOn).sort()
  return {
    leaf: 'retention-certificate',
    log: logOrigin(app.city),
    certificateId,
    rule: reason.rule,
    action: reason.action,
    name: reason.name,
    basis: [...reason.basis],
    count: leaves.length / HASH_BYTES,
    dueFrom: days[0] ?? '',
    dueTo: days.at(-1) ?? '',
    day: change.today,
    at: change.at.toISOString(),
    request: reason.request,
    receipts: sha256(leaves).toString('hex'),
  }
}

async function recordCertificate(app: App, change: Change, body: CertificateBody): Promise<void> {
  const text = canonicalJson(body)
  const leafNo = change.addLeaf(leafOf(text))
  await change.tx.run({
    name: 'record-certificate',
    text: `insert into retention_certificate (certificate_id, rule, action, counted, made_at, made_on, body, signatures, batch_id, leaf_no)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      body.certificateId,
      body.rule,
      body.action,
      body.count,
      change.at,
      change.today,
      text,
      JSON.stringify(signBody(text, app.keys.signers('log-signing'))),
      change.batchId,
      leafNo,
    ],
  })
}

async function recordReceipts(change: Change, receipts: readonly Receipt[], firstLeaf: number): Promise<void> {
  const [one] = receipts as [Receipt]
  await change.tx.run({
    name: 'record-receipts',
    text: `insert into retention_receipt (subject_id, kind, ref, part, due_on, leaf_no, action, at, certificate_id, batch_id)
      select e.*, $7, $8, $9, $10 from unnest($1::bigint[], $2::text[], $3::bigint[], $4::int[], $5::date[], $6::int[]) as e`,
    values: [
      receipts.map(each => each.subjectId),
      receipts.map(each => each.kind),
      receipts.map(each => each.ref),
      receipts.map(each => each.part),
      receipts.map(each => each.dueOn),
      receipts.map((_, i) => firstLeaf + i),
      one.action,
      one.at,
      one.certificateId,
      change.batchId,
    ],
  })
}
