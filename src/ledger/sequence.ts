import type { App } from '../app.ts'
import { granted, type Verdict } from '../base/refusal.ts'
import { type Query, sql } from '../db/database.ts'
import { signCheckpoint, verifyCheckpoint } from './checkpoint.ts'
import {
  findCheckpoint,
  headWrong,
  listEdge,
  listWaiting,
  logOrigin,
  NOTHING,
  numberChanges,
  numberNotices,
  piecesOf,
  placeBatches,
  placedSize,
  publishKeys,
  readLeaves,
  recordCheckpoint,
  recordTiles,
  type Waiting,
} from './log-store.ts'
import { type MerkleTree, resumeTree, type Tile } from './merkle.ts'

/** Held by whoever appends, for the length of a round: two processes never sequence at once. */
const LOCK = 7_355_609
/** A round is one transaction; what waits beyond this is taken by the next one. */
const BATCHES_A_ROUND = 20_000
const LEAVES_A_ROUND = 1_000_000
const CHANGES_A_ROUND = 50_000

export type Round = { readonly batches: number; readonly leaves: number; readonly changes: number; readonly isLast: boolean }

type AppOfLog = Pick<App, 'changes' | 'keys' | 'city' | 'now'>

/**
 * One round: every committed batch without a place gets the next one, its leaves go to the tree, the tree to tiles, a signed
 * checkpoint beside them, and changes of the public's schema the next numbers; one transaction. Only what is committed is
 * seen, so a batch that commits late takes its place in a later round: the log's order is the order of commits, round by
 * round, and a reader who has seen a number never meets a smaller one later. Refuses `log.head-wrong` when tiles, places
 * and the last checkpoint do not agree: nothing is ever signed on top of a log that was altered.
 */
export async function sequenceRound(app: AppOfLog): Promise<Round> {
  return app.changes.transaction(async tx => {
    await tx.run(sql`select pg_advisory_xact_lock(${LOCK})`)
    const waiting = await listWaiting(tx, BATCHES_A_ROUND)
    const taken = takeLeaves(waiting)
    const leaves = taken.length > 0 ? await appendBatches(app, tx, taken) : 0
    const changes = await numberChanges(tx, CHANGES_A_ROUND)
    const notices = await numberNotices(tx, CHANGES_A_ROUND)
    const isAll = taken.length === waiting.length && changes < CHANGES_A_ROUND && notices < CHANGES_A_ROUND
    const isLast = waiting.length < BATCHES_A_ROUND && isAll
    return { batches: taken.length, leaves, changes, isLast }
  })
}

/** As many from the front as a round may hold, at least one. */
function takeLeaves(waiting: readonly Waiting[]): Waiting[] {
  const taken: Waiting[] = []
  let leaves = 0
  for (const batch of waiting) {
    leaves += batch.leafCount
    if (taken.length > 0 && leaves > LEAVES_A_ROUND) break
    taken.push(batch)
  }
  return taken
}

async function appendBatches(app: AppOfLog, tx: Query, batches: readonly Waiting[]): Promise<number> {
  const at = app.now()
  const tree = await resumeLog(app, tx)
  const before = tree.size
  for (const piece of piecesOf(batches)) {
    const batchIds = piece.map(batch => batch.batchId)
    const filled: Tile[] = []
    const firstLeaves: number[] = []
    for (const leaves of await readLeaves(tx, batchIds)) {
      firstLeaves.push(tree.size)
      filled.push(...tree.append(leaves))
    }
    await recordTiles(tx, filled)
    await placeBatches(tx, batchIds, firstLeaves, at)
  }
  await recordTiles(tx, tree.edge())
  const head = { origin: logOrigin(app.city), size: tree.size, root: tree.root() }
  await publishKeys(tx, head.origin, app.keys.verifiers('log-signing'))
  await recordCheckpoint(tx, { size: tree.size, at, note: signCheckpoint(head, app.keys.signers('log-signing')) })
  return tree.size - before
}

async function resumeLog(app: AppOfLog, query: Query): Promise<MerkleTree> {
  const placed = await placedSize(query)
  const head = await readHead(app, query)
  if (!head.ok || head.value.size !== placed) throw headWrong({ placed, signed: head.ok ? head.value.size : 0 })
  const tree = resumeTree(placed, await listEdge(query, placed))
  if (!tree.root().equals(head.value.root)) throw headWrong({ placed, signed: placed })
  return tree
}

async function readHead(app: AppOfLog, query: Query): Promise<Verdict<{ size: number; root: Buffer }>> {
  const last = await findCheckpoint(query)
  if (!last) return granted(NOTHING)
  return verifyCheckpoint(last.note, logOrigin(app.city), app.keys.verifiers('log-signing'))
}

export type Sequencer = {
  /** Something was committed: a round soon. */
  nudge(): void
  /** Returns when all that was committed before the call has its place. Throws what a round throws. */
  drain(): Promise<void>
  /** Ends the clock and waits for the round under way. */
  stop(): Promise<void>
}

export type SequencerOptions = {
  /** Hears of rounds that failed; the next second tries again. A failure that repeats is told once. */
  readonly onError?: (error: Error) => void
}

const SOON_MS = 50
/** At most one checkpoint a second in the long run: each is a row that stays. */
const PACE_MS = 1000

/** Sequences on a nudge and every second, until stopped. For the worker process; a second one waits its turn at the lock. */
export function runSequencer(app: AppOfLog, options: SequencerOptions = {}): Sequencer {
  const onError = options.onError ?? (error => process.stderr.write(`sequencer: ${error.message}\n`))
  let turn: Promise<unknown> = Promise.resolve()
  let soon: NodeJS.Timeout | undefined
  let lastStart = Number.NEGATIVE_INFINITY
  let isQueued = false
  let isStopped = false
  let told = ''

  function drain(): Promise<void> {
    const mine = turn.then(async () => {
      lastStart = performance.now()
      while (!(await sequenceRound(app)).isLast && !isStopped);
    })
    turn = mine.catch(() => undefined)
    return mine
  }

  function heard(error: Error | undefined): void {
    isQueued = false
    const message = error?.message ?? ''
    if (error && message !== told) onError(error)
    told = message
  }

  // A clock has nobody to throw to: its failures go to `onError`.
  function runOnce(): void {
    if (isQueued || isStopped) return
    isQueued = true
    drain().then(() => heard(undefined), heard)
  }

  function nudge(): void {
    if (soon || isStopped) return
    const wait = Math.max(SOON_MS, lastStart + PACE_MS - performance.now())
    soon = setTimeout(() => {
      soon = undefined
      runOnce()
    }, wait)
  }

  const clock = setInterval(runOnce, PACE_MS)
  return {
    nudge,
    drain,
    stop: async () => {
      isStopped = true
      clearInterval(clock)
      clearTimeout(soon)
      await turn
    },
  }
}
