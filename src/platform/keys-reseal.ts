import { type Keys, openKeys } from '../crypto/keys.ts'
import type { Database, Row } from '../db/database.ts'
import { resealFiles } from '../files/sealed-files.ts'
import { resealOf, SEALED, type SealedPlace, staleOf } from './sealed-places.ts'

/*
 * After a key of data or files was replaced: what older keys sealed is opened and sealed with the newest one, some hundred rows a transaction.
 * Beside a running platform, and again after an interruption: whatever was done stays done.
 */

export type Resealed = { readonly place: string; readonly count: number }

export type ResealInput = {
  /** Connection of the schema's owner: the application may not change what is appended. */
  readonly owner: Database
  readonly keyDir: string
  readonly masterDir?: string | undefined
  readonly filesDir: string
  readonly now: Date
  /** Hears of progress. */
  readonly told: (done: Resealed) => void
}

const ROWS = 500

/**
 * Seals anew everything that is not sealed with the newest key of its purpose; how much of each place. What the log holds a commitment to
 * stays as it is (`bound` in sealed-places.ts). Throws on a value that does not open: nothing of its transaction is changed.
 */
export async function resealAll(input: ResealInput): Promise<Resealed[]> {
  const keys = await openKeys({
    dir: input.keyDir,
    masterDir: input.masterDir,
    mayCreate: false,
    production: false,
    now: () => input.now,
  })
  // The id of the key that seals now, as it stands in every ciphertext.
  const active = keys.seal('data', '', '').toString('hex', 2, 6)
  const done: Resealed[] = []
  for (const place of SEALED) {
    if (!place.key) continue
    const count = await resealPlace(input.owner, place, keys, active)
    done.push({ place: place.place, count })
    input.told({ place: place.place, count })
  }
  const files = { place: 'files', count: await resealFiles(input.filesDir, keys) }
  input.told(files)
  return [...done, files]
}

/** One walk along the keys of a place. What somebody else changes meanwhile stays as he left it. */
async function resealPlace(owner: Database, place: SealedPlace, keys: Keys, active: string): Promise<number> {
  let count = 0
  for (let last: Stale | undefined, more = true; more; ) {
    const rows = await owner.transaction(async tx => {
      const from = last ? keyOf(place, last) : []
      const stale = await tx.rows<Stale>({ text: staleOf(place, from.length > 0), values: [active, ROWS, ...from] })
      const fresh = stale.map(row => keys.seal('data', keys.open(row.sealed, row.aad), row.aad))
      if (stale.length > 0) await tx.run({ text: resealOf(place), values: valuesOf(place, stale, fresh) })
      return stale
    })
    count += rows.length
    last = rows.at(-1)
    more = rows.length === ROWS
  }
  return count
}

type Stale = Row & { readonly sealed: Buffer; readonly aad: string }

function keyOf({ key = {} }: SealedPlace, row: Stale): unknown[] {
  return Object.keys(key).map(name => row[name])
}

function valuesOf({ key = {} }: SealedPlace, rows: readonly Stale[], fresh: readonly Buffer[]): unknown[] {
  return [rows.map(row => row.sealed), fresh, ...Object.keys(key).map(name => rows.map(row => row[name]))]
}
