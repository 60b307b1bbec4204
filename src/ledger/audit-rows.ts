import { type ActRow, actLeaf } from '../access/change.ts'
import { lookLeaf, lookMissLeaf } from '../access/look-leaf.ts'
import { factLeaf } from '../archive/skeleton.ts'
import { SALT_BYTES } from './commitment.ts'
import type { CopiedRow } from './copy-out.ts'
import { sha256 } from './merkle.ts'

/** Fields that every query begins with: where the row says that its leaf stands, and what stands there. */
const PLACE = { first: 0, leafNo: 1, batchId: 2, leaf: 3, sameInstant: 4 } as const
export const OWN = 5

/** A table whose rows are leaves. */
export type LeafTable = {
  readonly table: string
  readonly fields: number
  /** The query over the table, or over a part of it: trusted text. */
  query(part: string): string
  key(row: CopiedRow): string
  /** The leaf that the row's own columns make; undefined when no honest row has such values. */
  leaf(row: CopiedRow): Buffer | undefined
  /** What else of the row is wrong. */
  rest?(row: CopiedRow): string[]
}

/** The leaf in the log, by batch and number. The kind of the batch is part of the bargain: looks never stand among changes. */
export function leafQuery(columns: string, from: string, kind: 'change' | 'look', instant: string | null, join = ''): string {
  return `select b.first_leaf, r.leaf_no, r.batch_id,
    case when r.leaf_no >= 0 and r.leaf_no < b.leaf_count then substring(b.leaves from r.leaf_no * 32 + 1 for 32) end,
    ${instant === null ? 'true' : `coalesce(b.at = ${instant}, true)`}, ${columns}
    from ${from} r left join ledger_batch b on b.batch_id = r.batch_id and b.kind = '${kind}' ${join}`
}

const ACT_COLUMNS = 'r.entity, r.at, r.act_id, r.deed, r.actor, r.unit, r.detail::text'

export const acts: LeafTable = {
  table: 'act',
  fields: OWN + 7,
  query: part => leafQuery(ACT_COLUMNS, part, 'change', 'r.at'),
  key: row => `entity=${row.text(OWN)} act_id=${row.bigint(OWN + 2)}`,
  leaf(row) {
    const at = row.instant(OWN + 1)
    const detail = readDetail(row.text(OWN + 6))
    if (!at || !detail) return undefined
    const act: ActRow = {
      entity: row.text(OWN),
      at,
      actId: row.bigint(OWN + 2),
      deed: row.text(OWN + 3),
      actor: row.text(OWN + 4),
      unit: row.textOrNull(OWN + 5),
      detail: detail.value,
    }
    return actLeaf(act)
  },
}

/** Undefined when a number stands there that JavaScript would read as another one. */
function readDetail(text: string): { value: unknown } | undefined {
  let isExact = true
  const value: unknown = JSON.parse(text, (_key, part: unknown, context?: { source?: string }) => {
    if (typeof part === 'number' && !/e/.test(String(part)) && String(part) !== context?.source) isExact = false
    return part
  })
  return isExact ? { value } : undefined
}

const LOOK_COLUMNS = `r.subject_id, r.at, r.look_id, r.actor, r.unit, r.outlet, r.purpose, r.business_no, r.basis, r.shown, r.until, r.receipt, r.ground,
  r.authorisation_id, r.mandate_id`

export const looks: LeafTable = {
  table: 'look',
  fields: OWN + 15,
  query: part => leafQuery(LOOK_COLUMNS, part, 'look', 'r.at'),
  key: row => `subject_id=${row.bigint(OWN)} look_id=${row.bigint(OWN + 2)}`,
  leaf(row) {
    const at = row.instant(OWN + 1)
    const shown = row.texts(OWN + 9)
    if (!at || !shown) return undefined
    return lookLeaf({
      subjectId: row.bigint(OWN),
      at,
      lookId: row.bigint(OWN + 2),
      actor: row.text(OWN + 3),
      unit: row.textOrNull(OWN + 4),
      outlet: row.text(OWN + 5),
      purpose: row.text(OWN + 6),
      businessNo: row.text(OWN + 7),
      basis: row.textOrNull(OWN + 8),
      shown,
      until: row.dayOrNull(OWN + 10),
      receipt: row.text(OWN + 11),
      ground: row.textOrNull(OWN + 12),
      authorisationId: row.bigintOrNull(OWN + 13),
      mandateId: row.bigintOrNull(OWN + 14),
    })
  },
}

const MISS_COLUMNS = `r.look_id, r.at, r.actor, r.unit, r.outlet, r.purpose, r.business_no, r.asked, r.receipt, r.basis, r.ground,
  r.authorisation_id, r.mandate_id`

export const misses: LeafTable = {
  table: 'look_miss',
  fields: OWN + 13,
  query: part => leafQuery(MISS_COLUMNS, part, 'look', 'r.at'),
  key: row => `look_id=${row.bigint(OWN)}`,
  leaf(row) {
    const at = row.instant(OWN + 1)
    if (!at) return undefined
    return lookMissLeaf({
      lookId: row.bigint(OWN),
      at,
      actor: row.text(OWN + 2),
      unit: row.textOrNull(OWN + 3),
      outlet: row.text(OWN + 4),
      purpose: row.text(OWN + 5),
      businessNo: row.text(OWN + 6),
      asked: row.hex(OWN + 7),
      receipt: row.text(OWN + 8),
      basis: row.textOrNull(OWN + 9),
      ground: row.textOrNull(OWN + 10),
      authorisationId: row.bigintOrNull(OWN + 11),
      mandateId: row.bigintOrNull(OWN + 12),
    })
  },
}

const FACT_COLUMNS = `r.subject_id, r.decided_on, r.fact_id, r.item, r.edition, r.authority, r.kind, r.replaces, r.known_from, r.received_on,
  r.report_due_on, r.delivery_id, r.row_no, r.row_hash, r.matched_by, r.commitment`
const COMMITMENT = OWN + 15
const SALT = COMMITMENT + 1

/** Columns that the content repeats of its skeleton. */
const COPIED = [
  ...['decided_on', 'item', 'edition', 'authority', 'kind', 'replaces', 'known_from', 'received_on'],
  ...['report_due_on', 'delivery_id', 'row_no', 'row_hash', 'matched_by', 'commitment'],
] as const
const same = COPIED.map(column => `c.${column} is not distinct from r.${column}`).join(' and ')
/** A content is held where outlets read it, or frozen; never in both. */
const HELD = ['subject_id', 'salt', 'content', ...COPIED] as const
/** What its receipt says became of a content, and whether it lies where that says. */
const GOING = `case
    when a.subject_id is not null and z.subject_id is not null then 'content-twice'
    when e.action is null then case when z.subject_id is null then 'held' else 'content-frozen-unasked' end
    when e.action = 'delete' then case when c.subject_id is null then 'deleted' else 'content-undeleted' end
    when a.subject_id is not null then 'content-undeleted'
    when exists (select from retention_receipt t where t.subject_id = r.subject_id and t.kind = 'frozen-fact' and t.ref = r.fact_id)
      then case when z.subject_id is null then 'deleted' else 'content-undeleted' end
    when z.subject_id is null then 'content-gone'
    else 'frozen' end`
const named = COPIED.map(column => `case when c.${column} is distinct from r.${column} then '${column}' end`).join(', ')

export const facts: LeafTable = {
  table: 'fact',
  fields: SALT + 4,
  query: part =>
    leafQuery(
      `${FACT_COLUMNS}, c.salt, c.content, case when c.subject_id is null or (${same}) then null else concat_ws(' ', ${named}) end, ${GOING}`,
      part,
      'change',
      null,
      `left join fact_content a on a.subject_id = r.subject_id and a.fact_id = r.fact_id
        left join frozen_content z on z.subject_id = r.subject_id and z.fact_id = r.fact_id
        left join retention_receipt e on e.subject_id = r.subject_id and e.kind = 'fact' and e.ref = r.fact_id and e.part = 0
        left join lateral (select ${HELD.map(column => `coalesce(a.${column}, z.${column}) as ${column}`).join(', ')}) c on true`,
    ),
  key: row => `subject_id=${row.bigint(OWN)} fact_id=${row.bigint(OWN + 2)}`,
  leaf: row =>
    factLeaf({
      subjectId: row.bigint(OWN),
      decidedOn: row.day(OWN + 1),
      factId: row.bigint(OWN + 2),
      item: row.text(OWN + 3),
      edition: row.text(OWN + 4),
      authority: row.text(OWN + 5),
      kind: row.text(OWN + 6),
      replaces: row.bigintOrNull(OWN + 7),
      knownFrom: row.instant(OWN + 8)?.toISOString() ?? '',
      receivedOn: row.day(OWN + 9),
      reportDueOn: row.dayOrNull(OWN + 10),
      deliveryId: row.bigint(OWN + 11),
      rowNo: row.int(OWN + 12),
      rowHash: row.hex(OWN + 13),
      matchedBy: row.text(OWN + 14),
      commitment: row.hex(COMMITMENT),
    }),
  rest(row) {
    const going = row.text(SALT + 3)
    if (row.isNull(SALT)) return going === 'deleted' ? [] : ['content-gone']
    if (going !== 'held' && going !== 'frozen') return [going]
    const wrong = row.isNull(SALT + 2) ? [] : row.text(SALT + 2).split(' ')
    if (!isCommitted(row)) wrong.push('content')
    return wrong
  },
}

const scratch = Buffer.allocUnsafe(64 * 1024)

/** Hashes the content's bytes as stored: their canonical form is the only one that the commitment was made of. */
function isCommitted(row: CopiedRow): boolean {
  const salt = row.raw(SALT)
  const content = row.raw(SALT + 1)
  const length = salt.length + content.length
  if (salt.length !== SALT_BYTES) return false
  const input = length > scratch.length ? Buffer.allocUnsafe(length) : scratch
  salt.copy(input, 0)
  content.copy(input, salt.length)
  return sha256(input.subarray(0, length)).equals(row.raw(COMMITMENT))
}

/** One bit a leaf: whether a row was found that makes it. */
export type Claims = { readonly size: number; readonly bits: Uint8Array; claimed: number }

export function noClaims(size: number): Claims {
  return { size, bits: new Uint8Array(Math.ceil(size / 8)), claimed: 0 }
}

/** What is wrong with a row; nothing for an honest one. Claims its leaf. */
export function compareRow(table: LeafTable, row: CopiedRow, claims: Claims): string[] {
  const wrong = table.rest?.(row) ?? []
  if (row.isNull(PLACE.leaf)) return [...wrong, 'batch-missing']
  const leaf = table.leaf(row)
  if (!leaf?.equals(row.raw(PLACE.leaf))) return [...wrong, 'leaf']
  if (!row.isTrue(PLACE.sameInstant)) wrong.push('batch-at')
  if (row.isNull(PLACE.first)) return wrong
  const index = row.bigint(PLACE.first) + row.int(PLACE.leafNo)
  return claim(claims, index) ? wrong : [...wrong, 'place-twice']
}

/** Notes that the row of a leaf was found; false where another row had it before. */
export function claim(claims: Claims, index: number): boolean {
  if (index < 0 || index >= claims.size) return true
  if (isClaimed(claims, index)) return false
  claims.bits[Math.floor(index / 8)] = (claims.bits[Math.floor(index / 8)] as number) | (1 << (index % 8))
  claims.claimed += 1
  return true
}

export function isClaimed(claims: Claims, index: number): boolean {
  return ((claims.bits[Math.floor(index / 8)] as number) & (1 << (index % 8))) !== 0
}
