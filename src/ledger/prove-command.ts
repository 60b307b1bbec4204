import { parseArgs } from 'node:util'
import type { App } from '../app.ts'
import { skeletonText } from '../archive/skeleton.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { type Row, sql } from '../db/database.ts'
import type { Words } from '../words/words.ts'
import { formatVerifier, verifyCheckpoint } from './checkpoint.ts'
import { leafOf } from './commitment.ts'
import { logOrigin } from './log-store.ts'
import { verifyInclusion } from './proof.ts'
import { proofOf } from './prove.ts'

/** What an outsider needs to see, without this platform, that a fact stands in the log. */
export type FactProof = {
  readonly log: string
  /** Public keys in the form auditors exchange. */
  readonly keys: readonly string[]
  /** The text whose leaf stands in the log: the fact's skeleton in canonical form, with the commitment to its content. */
  readonly text: string
  /** Base64. */
  readonly leaf: string
  /** Its number in the log, from 0. */
  readonly index: number
  readonly size: number
  /** Base64, nearest first. */
  readonly path: readonly string[]
  readonly checkpoint: string
}

type AppOfProof = Pick<App, 'db' | 'keys' | 'city'> & { readonly words: Words }
type SkeletonRow = Omit<Parameters<typeof skeletonText>[0], 'knownFrom'> & {
  readonly knownFrom: Date
  readonly commitment: string
  readonly batchId: number
  readonly leafNo: number
} & Row

/**
 * The proof of one fact, verified before it is given out. Throws `log.leaf-unknown`; refuses `log.not-yet-placed`, and `log.proof-wrong`
 * where the row is no longer what was logged.
 */
export async function proveFact(app: AppOfProof, subjectId: number, factId: number): Promise<FactProof> {
  const row = await app.db.row<SkeletonRow>(sql`
    select subject_id as "subjectId", decided_on as "decidedOn", fact_id as "factId", item, edition, authority, kind, replaces, known_from as "knownFrom",
      received_on as "receivedOn", report_due_on as "reportDueOn", delivery_id as "deliveryId", row_no as "rowNo", encode(row_hash, 'hex') as "rowHash",
      matched_by as "matchedBy", encode(commitment, 'hex') as commitment, batch_id as "batchId", leaf_no as "leafNo"
    from fact where subject_id = ${subjectId} and fact_id = ${factId}`)
  if (!row) throw new NotFound('log.leaf-unknown')
  const text = skeletonText(row, row.knownFrom.toISOString(), row.commitment)
  const { index, leaf, size, path, note } = await proofOf(app, row.batchId, row.leafNo)
  const log = logOrigin(app.city)
  const verifiers = app.keys.verifiers('log-signing')
  const signed = verifyCheckpoint(note, log, verifiers)
  const isProved = signed.ok && leafOf(text).equals(leaf) && verifyInclusion(size, index, leaf, path, signed.value.root)
  if (!isProved) throw new Refusal('log.proof-wrong', null, {}, 500)
  return {
    log,
    keys: verifiers.map(verifier => formatVerifier(log, verifier)),
    text,
    leaf: leaf.toString('base64'),
    index,
    size,
    path: path.map(hash => hash.toString('base64')),
    checkpoint: note,
  }
}

/** `mingxin prove --subject ID --fact ID`: prints the proof as JSON. The answer is the exit code: 0 given, 2 called wrongly. */
export async function runProve(app: AppOfProof, args: readonly string[], out: (line: string) => void): Promise<number> {
  const options = { subject: { type: 'string' }, fact: { type: 'string' }, json: { type: 'boolean' } } as const
  const { values, tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true, allowPositionals: true })
  const isSound = tokens.every(token => token.kind === 'option' && token.name in options)
  const [subjectId, factId] = [Number(values.subject), Number(values.fact)]
  if (!isSound || !Number.isSafeInteger(subjectId) || !Number.isSafeInteger(factId)) {
    out(app.words.say('prove.usage'))
    return 2
  }
  out(JSON.stringify(await proveFact(app, subjectId, factId), null, 2))
  return 0
}
