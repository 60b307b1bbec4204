import { publicKeyPem, type Verifier } from '../crypto/signature.ts'
import { type Query, type Row, sql, type Tx } from '../db/database.ts'
import { formatVerifier, type SignedBy, verifyCheckpoint } from './checkpoint.ts'
import type { FlawList } from './flaw-list.ts'
import { listTiles, piecesOf, readLeaves } from './log-store.ts'
import { emptyTree, type MerkleTree, rowLength, TILE_HASHES, type Tile } from './merkle.ts'

export type TreeAudit = {
  readonly size: number
  readonly root: Buffer
  readonly batches: number
  readonly unsequenced: number
  readonly tiles: number
  readonly checkpoints: number
}

export type TreeAuditInput = {
  readonly origin: string
  readonly trusted: readonly Verifier[]
  /** Checkpoints kept outside the platform: the only evidence against a log that was cut off or rewritten as a whole. */
  readonly kept: readonly string[]
  onLeaves(done: number): void
}

const BATCHES_A_PAGE = 10_000
const TILES_A_PIECE = 512

type Batch = { readonly batchId: number; readonly first: number; readonly leafCount: number; readonly at: string | null } & Row
type NoteRow = { readonly size: number; readonly at: string; readonly note: string } & Row

/**
 * Grows the tree again from the leaves of all batches that have a place, and compares it with every tile and every checkpoint.
 * `tx` must be of one snapshot (repeatable read). Memory: one page of batches, one piece of leaves.
 */
export async function auditTree(tx: Tx, input: TreeAuditInput, flaws: FlawList): Promise<TreeAudit> {
  const growth = new Growth(tx, input, flaws)
  for (let page = await listBatches(tx, -1); page.length > 0; page = await listBatches(tx, growth.lastFirst))
    await growth.take(page)
  await growth.finish()
  const { tree, batches, tiles, checkpoints } = growth
  return { size: tree.size, root: tree.root(), batches, unsequenced: await countWaiting(tx), tiles, checkpoints }
}

async function countWaiting(query: Query): Promise<number> {
  return (
    (await query.row<{ waiting: number }>(sql`select count(*) as waiting from ledger_batch where first_leaf is null`))?.waiting ??
    0
  )
}

function listBatches(query: Query, after: number): Promise<Batch[]> {
  return query.rows<Batch>(sql`
    select batch_id as "batchId", first_leaf as first, leaf_count as "leafCount", sequenced_at::text as at from ledger_batch
    where first_leaf > ${after} order by first_leaf limit ${BATCHES_A_PAGE}`)
}

class Growth {
  readonly tree: MerkleTree = emptyTree()
  batches = 0
  tiles = 0
  checkpoints = 0
  lastFirst = -1
  private filled: Tile[] = []
  /** Stored checkpoints from here on, as far as the page at hand goes. */
  private notes: NoteRow[] = []
  private readonly kept: Map<number, SignedBy[]>
  /** Instants of the batches since the last checkpoint, each with its first batch: a round has one. */
  private round = new Map<string | null, number>()
  private readonly tx: Tx
  private readonly input: TreeAuditInput
  private readonly flaws: FlawList

  constructor(tx: Tx, input: TreeAuditInput, flaws: FlawList) {
    this.tx = tx
    this.input = input
    this.flaws = flaws
    this.kept = this.readKept()
  }

  async take(page: readonly Batch[]): Promise<void> {
    const leaves = page.reduce((sum, batch) => sum + batch.leafCount, this.tree.size)
    this.notes = await this.tx.rows<NoteRow>(
      sql`select size, at::text as at, note from checkpoint where size > ${this.tree.size} and size <= ${leaves} order by size`,
    )
    for (const piece of piecesOf(page)) await this.grow(piece)
    for (const { size } of this.notes) this.flaws.add('checkpoint', `size=${size}`, 'size')
    this.lastFirst = page.at(-1)?.first ?? this.lastFirst
  }

  async finish(): Promise<void> {
    const { tree, tx, flaws } = this
    await this.compareTiles([...this.filled, ...tree.edge()])
    if (this.round.size > 0) flaws.add('checkpoint', `size=${tree.size}`, 'checkpoint-missing')
    const beyond = await tx.rows<{ size: number }>(
      sql`select size from checkpoint where size > ${tree.size} or size <= 0 order by size limit 200`,
    )
    for (const { size } of beyond) flaws.add('checkpoint', `size=${size}`, 'size')
    for (const size of this.kept.keys()) flaws.add('kept-checkpoint', `size=${size}`, 'size')
    await this.refuseStrayTiles()
    await this.comparePublished()
  }

  private async grow(piece: readonly Batch[]): Promise<void> {
    const ordered = [...piece].sort((a, b) => a.batchId - b.batchId)
    const read = await readLeaves(
      this.tx,
      ordered.map(batch => batch.batchId),
    )
    const leavesOf = new Map(ordered.map((batch, i) => [batch.batchId, read[i] ?? Buffer.alloc(0)]))
    for (const batch of piece) {
      if (batch.first !== this.tree.size) this.flaws.add('ledger_batch', `batch_id=${batch.batchId}`, 'first_leaf')
      this.filled.push(...this.tree.append(leavesOf.get(batch.batchId) ?? Buffer.alloc(0)))
      this.batches += 1
      if (!this.round.has(batch.at)) this.round.set(batch.at, batch.batchId)
      this.compareNotes()
    }
    this.input.onLeaves(this.tree.size)
    if (this.filled.length < TILES_A_PIECE) return
    await this.compareTiles(this.filled)
    this.filled = []
  }

  /** Checkpoints over exactly the leaves so far, stored or kept elsewhere. */
  private compareNotes(): void {
    const { tree, flaws } = this
    while ((this.notes[0]?.size ?? Number.POSITIVE_INFINITY) < tree.size) {
      flaws.add('checkpoint', `size=${this.notes.shift()?.size}`, 'size')
    }
    if (this.notes[0]?.size === tree.size) this.compareNote(this.notes.shift() as NoteRow)
    const kept = this.kept.get(tree.size)
    if (!kept) return
    this.kept.delete(tree.size)
    for (const { root } of kept) if (!root.equals(tree.root())) flaws.add('kept-checkpoint', `size=${tree.size}`, 'root')
  }

  private compareNote(row: NoteRow): void {
    const { tree, flaws, input } = this
    const key = `size=${row.size}`
    this.checkpoints += 1
    const signed = verifyCheckpoint(row.note, input.origin, input.trusted)
    if (!signed.ok) flaws.add('checkpoint', key, signed.code)
    else if (signed.value.size !== row.size) flaws.add('checkpoint', key, 'size')
    else if (!signed.value.root.equals(tree.root())) flaws.add('checkpoint', key, 'root')
    // The instant is not signed; it is held equal to that of the round's batches.
    const others = [...this.round].filter(([at]) => at !== row.at)
    if (others.length > 0 && this.round.size === 1) flaws.add('checkpoint', key, 'at')
    else for (const [, batchId] of others) flaws.add('ledger_batch', `batch_id=${batchId}`, 'sequenced_at')
    this.round = new Map()
  }

  private readKept(): Map<number, SignedBy[]> {
    const bySize = new Map<number, SignedBy[]>()
    this.input.kept.forEach((note, i) => {
      const signed = verifyCheckpoint(note, this.input.origin, this.input.trusted)
      if (!signed.ok) this.flaws.add('kept-checkpoint', `number=${i + 1}`, signed.code)
      else bySize.set(signed.value.size, [...(bySize.get(signed.value.size) ?? []), signed.value])
    })
    return bySize
  }

  private async compareTiles(expected: readonly Tile[]): Promise<void> {
    const stored = await listTiles(
      this.tx,
      expected.map(tile => tile.level),
      expected.map(tile => tile.index),
    )
    const byName = new Map(stored.map(tile => [`${tile.level}/${tile.index}`, tile.hashes]))
    for (const { level, index, hashes } of expected) {
      this.tiles += 1
      const found = byName.get(`${level}/${index}`)
      if (!found) this.flaws.add('ledger_tile', `level=${level} place=${index}`, 'tile-missing')
      else if (!found.equals(hashes)) this.flaws.add('ledger_tile', `level=${level} place=${index}`, 'hashes')
    }
  }

  /** Outsiders keep what is published: it must be what was signed, and the keys beside it the log's own. */
  private async comparePublished(): Promise<void> {
    const { tx, flaws, input } = this
    const differing = await tx.rows<{ size: number }>(sql`
      select size from checkpoint signed full join pub.checkpoint published using (size)
      where (signed.at, signed.note) is distinct from (published.at, published.note) order by size limit 200`)
    for (const { size } of differing) flaws.add('pub.checkpoint', `size=${size}`, 'published')
    const own = input.trusted.map(verifier => [formatVerifier(input.origin, verifier), publicKeyPem(verifier)].join('\n'))
    const strange = await tx.rows<{ verifier: string }>(
      sql`select verifier from pub.log_key where not (verifier || chr(10) || pem) = any(${own}) order by verifier limit 200`,
    )
    for (const { verifier } of strange) flaws.add('pub.log_key', `verifier=${verifier}`, 'key-unknown')
  }

  private async refuseStrayTiles(): Promise<void> {
    const last: number[] = []
    for (let level = 0; rowLength(this.tree.size, level) > 0; level++) {
      last.push(Math.ceil(rowLength(this.tree.size, level) / TILE_HASHES) - 1)
    }
    const strays = await this.tx.rows<{ level: number; place: number }>(sql`
      select level, place from ledger_tile where not exists (
        select from unnest(${last}::bigint[]) with ordinality as row (last, number)
        where row.number - 1 = ledger_tile.level and ledger_tile.place between 0 and row.last)
      order by level, place limit 200`)
    for (const { level, place } of strays) this.flaws.add('ledger_tile', `level=${level} place=${place}`, 'tile-stray')
  }
}
