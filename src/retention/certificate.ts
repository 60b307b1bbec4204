import type { App } from '../app.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { isSignature, type Signer } from '../crypto/signature.ts'
import { type Query, type Row, sql } from '../db/database.ts'
import { verifyCheckpoint } from '../ledger/checkpoint.ts'
import { leafOf } from '../ledger/commitment.ts'
import { logOrigin } from '../ledger/log-store.ts'
import { verifyInclusion } from '../ledger/proof.ts'
import { proofOf } from '../ledger/prove.ts'

/* A certificate of retention: what went, how many, under which rule and day. Its body is a leaf of the log and is signed with the log's key. */

/** What is signed begins with this line, so that no other text of the log can pass for a certificate. */
const DOMAIN = 'mingxin retention certificate\n'

export type SignatureText = {
  readonly algorithm: string
  /** Base64. */
  readonly publicKey: string
  readonly signature: string
}

export type CertificateBody = {
  readonly leaf: 'retention-certificate'
  readonly log: string
  readonly certificateId: number
  readonly rule: string
  readonly action: string
  readonly name: string
  readonly basis: readonly string[]
  readonly count: number
  readonly dueFrom: string
  readonly dueTo: string
  readonly day: string
  readonly at: string
  /** The number of the request that asked for it; null for what went on its day. */
  readonly request: string | null
  /** SHA-256 over the leaves of its receipts in their order, hex. */
  readonly receipts: string
}

/** A certificate as it is handed out: it can be checked with the log's public key alone. */
export type Certificate = {
  readonly body: string
  readonly signatures: readonly SignatureText[]
  /** Null in the second before the log has given it a place. */
  readonly ledger: {
    readonly index: number
    readonly size: number
    readonly path: readonly string[]
    readonly checkpoint: string
  } | null
}

export function signBody(body: string, signers: readonly Signer[]): SignatureText[] {
  return signers.map(signer => ({
    algorithm: signer.algorithm,
    publicKey: signer.publicKey.toString('base64'),
    signature: signer.sign(DOMAIN + body).toString('base64'),
  }))
}

type Kept = { readonly body: string; readonly signatures: string; readonly batchId: number; readonly leafNo: number } & Row

/** A certificate without its place: all that the door's login may read. Throws `retention.certificate-unknown`. */
export async function readSigned(app: Pick<App, 'db'>, certificateId: number): Promise<Omit<Certificate, 'ledger'>> {
  const { body, signatures } = await keptOf(app, certificateId)
  return { body, signatures: JSON.parse(signatures) as SignatureText[] }
}

async function keptOf(app: Pick<App, 'db'>, certificateId: number): Promise<Kept> {
  const row = await app.db.row<Kept>(
    sql`select body, signatures, batch_id as "batchId", leaf_no as "leafNo" from retention_certificate where certificate_id = ${certificateId}`,
  )
  if (!row) throw new NotFound('retention.certificate-unknown')
  return row
}

/** A certificate with its place in the log. Throws `retention.certificate-unknown`. */
export async function readCertificate(app: Pick<App, 'db'>, certificateId: number): Promise<Certificate> {
  const row = await keptOf(app, certificateId)
  const { first } = (await app.db.row<{ first: number | null }>(
    sql`select first_leaf as first from ledger_batch where batch_id = ${row.batchId}`,
  )) ?? { first: null }
  const proof = first === null ? null : await proofOf(app, row.batchId, row.leafNo)
  return {
    body: row.body,
    signatures: JSON.parse(row.signatures) as SignatureText[],
    ledger: proof && {
      index: proof.index,
      size: proof.size,
      path: proof.path.map(hash => hash.toString('base64')),
      checkpoint: proof.note,
    },
  }
}

/**
 * Checks a certificate without asking the database: one of the log's keys signed the body, and the body stands in the log under a signed
 * checkpoint. Refuses `retention.signature-wrong`, `retention.place-wrong`.
 */
export function verifyCertificate(app: Pick<App, 'keys' | 'city'>, certificate: Certificate): CertificateBody {
  const { body, signatures, ledger } = certificate
  const verifiers = app.keys.verifiers('log-signing')
  const isSigned = signatures.some(({ algorithm, publicKey, signature }) =>
    verifiers.some(
      key =>
        key.algorithm === algorithm &&
        key.publicKey.toString('base64') === publicKey &&
        isSignature(key, DOMAIN + body, Buffer.from(signature, 'base64')),
    ),
  )
  if (!isSigned) throw new Refusal('retention.signature-wrong')
  if (ledger) {
    const signed = verifyCheckpoint(ledger.checkpoint, logOrigin(app.city), verifiers)
    const path = ledger.path.map(hash => Buffer.from(hash, 'base64'))
    if (!signed.ok || !verifyInclusion(ledger.size, ledger.index, leafOf(body), path, signed.value.root))
      throw new Refusal('retention.place-wrong')
  }
  return JSON.parse(body) as CertificateBody
}

export type CertificateRow = {
  readonly certificateId: number
  readonly rule: string
  readonly action: 'delete' | 'freeze'
  readonly counted: number
  readonly madeAt: Date
}

/** Certificates before an id, latest first. */
export async function listCertificates(query: Query, before: number, limit: number): Promise<CertificateRow[]> {
  return await query.rows<CertificateRow & Row>(sql`
    select certificate_id as "certificateId", rule, action, counted, made_at as "madeAt" from retention_certificate
    where certificate_id < ${before} order by certificate_id desc limit ${limit}`)
}
