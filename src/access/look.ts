import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import type { Row, Statement } from '../db/database.ts'
import { canonicalJson, leafOf } from '../ledger/commitment.ts'
import { maskResidentNumbers, mayHoldNumber } from '../subject/resident-numbers.ts'
import type { Actor } from './actor.ts'

/*
 * Reading non-public data about subjects (principle 8). The read and its register entry are ONE statement: if the register cannot be
 * written, the read does not happen; there is no moment in which one is done and the other is not.
 */

export type LookReason = { readonly purpose: string; readonly businessNo: string; readonly basis?: string | null }

export type LookRequest = LookReason & {
  readonly actor: Actor
  /** Which outlet shows it (src/disclosure/outlets.ts). */
  readonly outlet: string
  /** Kinds of data shown, e.g. item ids or report sections. */
  readonly shown: readonly string[]
  /** How long the receiver may use it; null: not handed out. */
  readonly until?: Day | null
  /** The business number is one that this platform made, so nobody typed a person's number into it. */
  readonly isMadeNumber?: boolean
}

export type LookReceipt = { readonly receipt: string; readonly at: Date }

const BLANK = /^[\s\u3000]*$/

/** Throws `look.purpose-missing` unless purpose and business number are given. */
export function requireReason(reason: Partial<LookReason>): LookReason {
  if (!reason.purpose || !reason.businessNo || BLANK.test(reason.purpose) || BLANK.test(reason.businessNo)) {
    throw new Refusal('look.purpose-missing', 'pipl#34', {}, 400)
  }
  return { purpose: reason.purpose.trim(), businessNo: reason.businessNo.trim(), basis: reason.basis ?? null }
}

type TypedReason = { readonly [Key in keyof LookReason]?: LookReason[Key] | undefined }

/** What was typed as a reason, as the register keeps it and is asked for it: ID numbers of persons masked (docs/decisions/0011). */
export function keptReason<T extends TypedReason>(app: Pick<App, 'city'>, typed: T, at: Date): T {
  const { purpose, businessNo, basis } = typed
  if (![purpose, businessNo, basis].some(text => text && mayHoldNumber(text))) return typed
  const on = legalDay(at, app.city.zone)
  const masked = <Text extends string | null | undefined>(text: Text, isDocumentNumber: boolean) =>
    text ? maskResidentNumbers(text, { isDocumentNumber, on }) : text
  return { ...typed, purpose: masked(purpose, false), businessNo: masked(businessNo, true), basis: masked(basis, false) }
}

/** The reason of a look, as it is kept. */
export function registeredReason(app: Pick<App, 'city'>, request: LookRequest, at: Date): LookReason {
  const reason = requireReason(request)
  const kept = keptReason(app, reason, at)
  return request.isMadeNumber ? { ...kept, businessNo: reason.businessNo } : kept
}

/** A read that is only made, and only registered, where `provided` (a query) finds a row; `text` asks so too: `exists (select from provided)`. */
export type ProvidedRead = Statement & { readonly provided?: string }

/**
 * Runs a read about these subjects and registers it, one row a subject, in the same statement. `read.text` must not begin with `with`.
 * An empty list of subjects is refused: a look that found nobody is `lookMiss`. A read with a condition that was not met gives no rows and
 * is no look. A condition is a query, or an update that returns, of one row at most.
 */
export async function look<T extends Row>(
  app: App,
  request: LookRequest,
  subjectIds: readonly SubjectId[],
  read: ProvidedRead,
): Promise<{ rows: T[] } & LookReceipt> {
  if (subjectIds.length === 0) throw new RangeError('a look shows at least one subject')
  const at = app.now()
  const reason = registeredReason(app, request, at)
  const ids = await app.ids.take(subjectIds.length + 1)
  const batchId = ids[subjectIds.length] as number
  const receipt = receiptOf(batchId)
  const common = {
    at,
    actor: request.actor.id,
    unit: request.actor.unit,
    outlet: request.outlet,
    ...reason,
    shown: [...request.shown],
    until: request.until ?? null,
    receipt,
  }
  const leaves = subjectIds.map((subjectId, i) =>
    lookLeaf({ ...common, subjectId, lookId: ids[i] as number, basis: reason.basis ?? null }),
  )
  const given = read.values ?? []
  const isOne = subjectIds.length === 1
  const values = [
    ...given,
    isOne ? subjectIds[0] : subjectIds,
    isOne ? ids[0] : ids.slice(0, subjectIds.length),
    at,
    common.actor,
    common.unit,
    common.outlet,
    reason.purpose,
    reason.businessNo,
    reason.basis,
    common.shown,
    common.until,
    receipt,
    batchId,
    Buffer.concat(leaves),
  ]
  const rows = await app.db.rows<T>({
    ...(read.name ? { name: `look-${isOne ? 'one' : 'set'}-${read.name}` } : {}),
    text: registering(read, given.length, isOne),
    values,
  })
  app.nudge()
  return { rows, receipt, at }
}

const texts = new Map<string, string>()

/** A look at one subject has a statement of its own: with plain values its plan is made once, with lists of unknown length at every call. */
function registering({ text: readText, provided }: ProvidedRead, given: number, isOne: boolean): string {
  const key = `${isOne} ${given} ${provided ?? ''} ${readText}`
  const kept = texts.get(key)
  if (kept) return kept
  const p = (n: number): string => `$${given + n}`
  const shared = `${p(3)}::timestamptz, ${p(4)}, ${p(5)}, ${p(6)}, ${p(7)}, ${p(8)}, ${p(9)}, ${p(10)}::text[], ${p(11)}::date, ${p(12)}, ${p(13)}::bigint`
  const from = provided ? 'from provided' : ''
  const entries = isOne
    ? `select ${p(1)}::bigint, ${p(2)}::bigint, 0, ${shared} ${from}`
    : `select who.subject_id, who.look_id, who.no - 1, ${shared} from unnest(${p(1)}::bigint[], ${p(2)}::bigint[]) with ordinality as who (subject_id, look_id, no) ${provided ? 'cross join provided' : ''}`
  const count = isOne ? '1' : `cardinality(${p(1)}::bigint[])`
  const text = `with ${provided ? `provided as (${provided}), ` : ''}looked as (insert into look (subject_id, look_id, leaf_no, at, actor, unit, outlet, purpose, business_no, basis, shown, until, receipt, batch_id)
    ${entries}),
  batched as (insert into ledger_batch (batch_id, at, kind, leaf_count, leaves) select ${p(13)}, ${p(3)}, 'look', ${count}, ${p(14)}::bytea ${from})
  ${readText}`
  texts.set(key, text)
  return text
}

export type LookRow = LookReason & {
  subjectId: number
  lookId: number
  at: Date
  actor: string
  unit: string | null
  outlet: string
  shown: readonly string[]
  until: string | null
  receipt: string
}

/** The leaf of one registered look. */
export function lookLeaf(row: LookRow): Buffer {
  return leafOf(canonicalJson({ ...row, at: row.at.toISOString(), basis: row.basis ?? null, leaf: 'look' }))
}

/** Registers a look that found nobody: what was asked for stays as a keyed digest. */
export async function lookMiss(app: App, request: LookRequest, asked: string): Promise<LookReceipt> {
  const at = app.now()
  const reason = registeredReason(app, request, at)
  const [lookId, batchId] = (await app.ids.take(2)) as [number, number]
  const receipt = receiptOf(batchId)
  const digest = app.keys.blindIndex('look-miss', asked)
  const leaf = lookMissLeaf({
    lookId,
    at,
    actor: request.actor.id,
    unit: request.actor.unit,
    outlet: request.outlet,
    purpose: reason.purpose,
    businessNo: reason.businessNo,
    asked: digest.toString('hex'),
    receipt,
  })
  await app.db.run({
    name: 'look-miss',
    text: `with batched as (insert into ledger_batch (batch_id, at, kind, leaf_count, leaves) values ($1, $2, 'look', 1, $3))
      insert into look_miss (look_id, at, actor, unit, outlet, purpose, business_no, asked, receipt, batch_id, leaf_no) values ($4, $2, $5, $6, $7, $8, $9, $10, $11, $1, 0)`,
    values: [
      batchId,
      at,
      leaf,
      lookId,
      request.actor.id,
      request.actor.unit,
      request.outlet,
      reason.purpose,
      reason.businessNo,
      digest,
      receipt,
    ],
  })
  app.nudge()
  return { receipt, at }
}

export type LookMissRow = {
  lookId: number
  at: Date
  actor: string
  unit: string | null
  outlet: string
  purpose: string
  businessNo: string
  asked: string
  receipt: string
}

export function lookMissLeaf(row: LookMissRow): Buffer {
  return leafOf(canonicalJson({ ...row, at: row.at.toISOString(), leaf: 'look-miss' }))
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A receipt a person can read out: H, the number in Crockford's base 32, and a check character. */
export function receiptOf(batchId: number): string {
  let text = ''
  for (let rest = batchId; rest > 0; rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32] + text
  return `H${text.padStart(7, '0')}${ALPHABET[(batchId * 7 + 3) % 31]}`
}
