import { canonicalJson, leafOf } from '../ledger/commitment.ts'

/*
 * The leaves that looks put into the log. What a row did not have when the register began (ground, authorisation, mandate; of a miss also the
 * basis) enters its leaf only where it is set, so that older leaves keep their hash.
 */

/** How a look was reasoned, as the register keeps it. */
export type KeptReason = {
  readonly purpose: string
  readonly businessNo: string
  readonly basis: string | null
  /** Null: registered before a look had to name its ground. */
  readonly ground: string | null
  readonly authorisationId: number | null
}

type Registered = KeptReason & {
  readonly lookId: number
  readonly at: Date
  readonly actor: string
  readonly unit: string | null
  /** The mandate by which the actor speaks for a subject; null: none, or registered before it was kept. */
  readonly mandateId: number | null
  readonly outlet: string
  readonly receipt: string
}

export type LookRow = Registered & {
  readonly subjectId: number
  readonly shown: readonly string[]
  readonly until: string | null
}

/** The leaf of one registered look. */
export function lookLeaf({ ground, authorisationId, mandateId, ...row }: LookRow): Buffer {
  const later = whereSet({ ground, authorisationId, mandateId })
  return leafOf(canonicalJson({ ...row, at: row.at.toISOString(), ...later, leaf: 'look' }))
}

export type LookMissRow = Registered & {
  /** Keyed digest, hex. */
  readonly asked: string
}

/** The leaf of a look that found nobody. */
export function lookMissLeaf({ basis, ground, authorisationId, mandateId, ...row }: LookMissRow): Buffer {
  const later = whereSet({ basis, ground, authorisationId, mandateId })
  return leafOf(canonicalJson({ ...row, at: row.at.toISOString(), ...later, leaf: 'look-miss' }))
}

function whereSet(members: Readonly<Record<string, string | number | null>>): Record<string, string | number> {
  const set: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(members)) if (value !== null) set[name] = value
  return set
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A receipt a person can read out: H, the number in Crockford's base 32, and a check character. */
export function receiptOf(batchId: number): string {
  let text = ''
  for (let rest = batchId; rest > 0; rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32] + text
  return `H${text.padStart(7, '0')}${ALPHABET[(batchId * 7 + 3) % 31]}`
}
