import { z } from 'zod'
import type { App } from '../app.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import type { Verifier } from '../crypto/signature.ts'
import { verifyCheckpoint } from './checkpoint.ts'
import { findCheckpoint, logOrigin, NOTHING, tilesOf } from './log-store.ts'
import { consistencyProof, verifyConsistency } from './proof.ts'

/*
 * An outsider comes with a checkpoint that he kept: is the present log the one of then, with something appended? The answer takes a handful of
 * tiles, not the whole log: the proof of RFC 9162, 2.1.4 is made from them and verified against both signed roots.
 */

/** The present log begins with the `size` leaves of the checkpoint kept. */
export type Continued = { readonly size: number; readonly present: number; readonly root: Buffer }

type AppOfLog = Pick<App, 'db' | 'keys' | 'city'>

/**
 * Compares a signed note with the present log. `trusted`: the keys that the outsider brings; else the platform's own, older ones too. Codes:
 * those of `verifyCheckpoint` for the note, `against.head-wrong` where the log's own last checkpoint is not sound, `against.shorter`,
 * `against.rewritten`. Refuses `log.tile-short`.
 */
export async function compareKept(app: AppOfLog, note: string, trusted?: readonly Verifier[]): Promise<Verdict<Continued>> {
  const origin = logOrigin(app.city)
  const own = app.keys.verifiers('log-signing')
  const kept = verifyCheckpoint(note, origin, trusted ?? own)
  if (!kept.ok) return kept
  const last = await findCheckpoint(app.db)
  const present = last ? verifyCheckpoint(last.note, origin, own) : granted(NOTHING)
  if (!present.ok || present.value.size !== (last?.size ?? 0)) return refused('against.head-wrong')
  const { size, root } = present.value
  if (kept.value.size > size) return refused('against.shorter', null, { size: kept.value.size, present: size })
  const proof = await consistencyProof(kept.value.size, size, tilesOf(app.db))
  const isSame = verifyConsistency(kept.value.size, size, kept.value.root, root, proof)
  return isSame
    ? granted({ size: kept.value.size, present: size, root })
    : refused('against.rewritten', null, { size: kept.value.size })
}

const Listed = z.object({ note: z.string() })
const Published = z.union([
  z.object({ checkpoints: z.array(Listed) }).transform(list => list.checkpoints),
  Listed.transform(one => [one]),
])

/** The signed notes of a file: one note as text, or the list as `/ledger/checkpoints` gives it in JSON. Code: `checkpoint.malformed`. */
export function notesOf(text: string): Verdict<readonly string[]> {
  if (!text.trimStart().startsWith('{')) return granted([text])
  const read = Published.safeParse(jsonOf(text))
  return read.success && read.data.length > 0 ? granted(read.data.map(one => one.note)) : refused('checkpoint.malformed')
}

// JSON.parse tells of a text that is none only by throwing.
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
