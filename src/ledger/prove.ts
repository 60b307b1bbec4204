import type { App } from '../app.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { type Row, sql } from '../db/database.ts'
import { findCheckpoint, tilesOf } from './log-store.ts'
import { HASH_BYTES } from './merkle.ts'
import { inclusionProof } from './proof.ts'

/** All that one needs, beside the row itself and the log's public key, to see that the row stands in the log. */
export type LeafProof = {
  /** The leaf's number in the log, from 0. */
  readonly index: number
  readonly leaf: Buffer
  /** Leaves of the checkpoint that the path leads to. */
  readonly size: number
  /** Hashes from the leaf to the root, nearest first (RFC 9162, 2.1.3). */
  readonly path: readonly Buffer[]
  /** The signed checkpoint. */
  readonly note: string
}

/**
 * The inclusion proof of a fact, an act or a look by what its row carries: batch and number in the batch. `verifyInclusion` and
 * `verifyCheckpoint` check it without this platform. Throws `log.leaf-unknown`; refuses `log.not-yet-placed` in the second
 * between a commit and its place.
 */
export async function proofOf(app: Pick<App, 'db'>, batchId: number, leafNo: number): Promise<LeafProof> {
  const found = await app.db.row<{ first: number | null; leaf: Buffer } & Row>(sql`
    select first_leaf as first, substring(leaves from ${leafNo}::int * ${HASH_BYTES}::int + 1 for ${HASH_BYTES}::int) as leaf
    from ledger_batch where batch_id = ${batchId} and leaf_count > ${leafNo}::int and ${leafNo}::int >= 0`)
  if (!found) throw new NotFound('log.leaf-unknown')
  const checkpoint = found.first === null ? undefined : await findCheckpoint(app.db)
  if (found.first === null || !checkpoint) throw new Refusal('log.not-yet-placed', null, {}, 409)
  const index = found.first + leafNo
  const path = await inclusionProof(checkpoint.size, index, tilesOf(app.db))
  return { index, leaf: found.leaf, size: checkpoint.size, path, note: checkpoint.note }
}
