import type { FactId, SubjectId } from '../base/id.ts'
import { CopyRows } from '../db/copy-rows.ts'
import { plainArray, type Query, type Tx } from '../db/database.ts'
import type { KeyState } from './outcome.ts'

/* SQL on record_key and former_content. Keys are taken in order, so that two senders never wait for each other in a ring. */

/** Digests as the rows' own are written: without hyphens. */
const PLAIN_HASH = "replace(number_hash::text, '-', '') as number_hash"
const PLAIN_MAC = "replace(content_mac::text, '-', '') as content_mac"

export type Claim = {
  readonly numberHash: string
  readonly subjectId: SubjectId
  readonly factId: FactId
  readonly decidedOn: string
  readonly contentMac: string
}

const CLAIMED = 'record_key (number_hash, slot, subject_id, fact_id, head_id, decided_on, content_mac, annulled)'
const UNIQUE_VIOLATION = '23505'
/** So says Citus of whatever happens within a COPY. */
const WITHIN_COPY = 'XX000'

/** Somebody has one of the numbers that a chunk hoped to be the first with: its transaction is over, and it is settled anew. */
export class NumberTaken extends Error {}

/**
 * Claims numbers in the hope that nobody has any of them: half the work of asking for each. Throws NumberTaken when somebody has one. No
 * savepoint is set, for what is written behind one would no longer show that it belongs to the change's act.
 */
export async function claimAll(tx: Tx, claims: readonly Claim[]): Promise<void> {
  if (claims.length === 0) return
  const rows = new CopyRows()
  rows.open(tx.client, CLAIMED, () => writeClaims(rows, claims))
  const failed = await rows.close().then(
    () => null,
    (error: unknown) => error,
  )
  if (failed === null) return
  const code = (failed as { code?: unknown }).code
  throw code === UNIQUE_VIOLATION || code === WITHIN_COPY ? new NumberTaken('a number is taken', { cause: failed }) : failed
}

function writeClaims(rows: CopyRows, claims: readonly Claim[]): void {
  for (const { numberHash, subjectId, factId, decidedOn, contentMac } of [...claims].sort(byNumber)) {
    rows.row(8)
    rows.hex(numberHash)
    rows.int2(0)
    rows.int8(subjectId)
    rows.int8(factId)
    rows.int8(factId)
    rows.day(decidedOn)
    rows.hex(contentMac)
    rows.boolean(false)
  }
}

function byNumber(one: Claim, other: Claim): number {
  return one.numberHash < other.numberHash ? -1 : 1
}

/** Claims numbers that nobody has. True when all of them were free; else `lockNumbers` shows whose they are. */
export async function claimNumbers(tx: Tx, claims: readonly Claim[]): Promise<boolean> {
  if (claims.length === 0) return true
  const won = await tx.run({
    name: 'claim-numbers',
    text: `insert into record_key (number_hash, slot, subject_id, fact_id, head_id, decided_on, content_mac, annulled)
      select number_hash, 0, subject_id, fact_id, fact_id, decided_on, content_mac, false from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::date[], $5::uuid[]) as c (number_hash, subject_id, fact_id, decided_on, content_mac)
      order by number_hash on conflict do nothing`,
    values: [
      plainArray(claims.map(c => c.numberHash)),
      plainArray(claims.map(c => c.subjectId)),
      plainArray(claims.map(c => c.factId)),
      plainArray(claims.map(c => c.decidedOn)),
      plainArray(claims.map(c => c.contentMac)),
    ],
  })
  return won === claims.length
}

type KeyRow = {
  number_hash: string
  slot: number
  subject_id: SubjectId
  fact_id: FactId
  head_id: FactId
  content_mac: string
  annulled: boolean
}

/** What stands under these numbers, locked until the end of the transaction. */
export async function lockNumbers(tx: Tx, numberHashes: readonly string[]): Promise<Map<string, KeyState[]>> {
  const found = new Map<string, KeyState[]>()
  if (numberHashes.length === 0) return found
  const rows = await tx.rows<KeyRow>({
    name: 'lock-numbers',
    text: `select ${PLAIN_HASH}, slot, subject_id, fact_id, head_id, ${PLAIN_MAC}, annulled from record_key where record_key.number_hash = any($1::uuid[]) order by record_key.number_hash, slot for update`,
    values: [plainArray([...numberHashes].sort())],
  })
  for (const row of rows) {
    const state: KeyState = {
      slot: row.slot,
      subjectId: row.subject_id,
      recordId: row.fact_id,
      headId: row.head_id,
      contentMac: row.content_mac,
      annulled: row.annulled,
      fresh: false,
    }
    const list = found.get(row.number_hash)
    if (list) list.push(state)
    else found.set(row.number_hash, [state])
  }
  return found
}

/** Those of these records that a case of the platform has filed. */
export async function findDecidedByCases(query: Query, states: readonly KeyState[]): Promise<Set<FactId>> {
  if (states.length === 0) return new Set()
  const rows = await query.rows<{ record_id: FactId }>({
    name: 'records-of-cases',
    text: `select c.record_id from unnest($1::bigint[], $2::bigint[]) as s (subject_id, record_id)
      join case_record c on c.subject_id = s.subject_id and c.record_id = s.record_id`,
    values: [plainArray(states.map(one => one.subjectId)), plainArray(states.map(one => one.recordId))],
  })
  return new Set(rows.map(row => row.record_id))
}

/** `hash mac` of versions that were superseded, among these. */
export async function findSuperseded(query: Query, numberHashes: readonly string[]): Promise<Set<string>> {
  if (numberHashes.length === 0) return new Set()
  const rows = await query.rows<{ number_hash: string; content_mac: string }>({
    name: 'find-superseded',
    text: `select ${PLAIN_HASH}, ${PLAIN_MAC} from former_content where number_hash = any($1::uuid[])`,
    values: [plainArray(numberHashes)],
  })
  return new Set(rows.map(row => `${row.number_hash} ${row.content_mac}`))
}

/** Two senders of one row that a person must decide ask one after the other, so that it is asked once. Class 733 of advisory locks. */
export async function lockAsking(tx: Tx, numberHashes: readonly string[]): Promise<void> {
  if (numberHashes.length === 0) return
  await tx.run({
    name: 'lock-asking',
    text: 'select pg_advisory_xact_lock(733, shelf) from unnest($1::integer[]) as u (shelf) order by shelf',
    values: [[...new Set(numberHashes.map(hash => Number.parseInt(hash.slice(0, 2), 16) % 64))]],
  })
}

/** `hash mac` of rows that wait already. */
export async function findWaiting(query: Query, numberHashes: readonly string[]): Promise<Set<string>> {
  if (numberHashes.length === 0) return new Set()
  const rows = await query.rows<{ number_hash: string; content_mac: string }>({
    name: 'find-waiting',
    text: `select ${PLAIN_HASH}, ${PLAIN_MAC} from waiting_row where number_hash = any($1::uuid[]) and decided_at is null`,
    values: [plainArray(numberHashes)],
  })
  return new Set(rows.map(row => `${row.number_hash} ${row.content_mac}`))
}

export type NewHead = {
  readonly numberHash: string
  readonly slot: number
  readonly headId: FactId
  readonly decidedOn: string
  readonly contentMac: string
  readonly annulled: boolean
}
export type Former = { readonly numberHash: string; readonly contentMac: string; readonly factId: FactId }

/** Moves keys to their new heads; the contents left behind are remembered by digest. */
export async function moveHeads(tx: Tx, heads: readonly NewHead[], formers: readonly Former[]): Promise<void> {
  if (heads.length > 0) {
    await tx.run({
      name: 'move-heads',
      text: `update record_key k set head_id = m.head_id, decided_on = m.decided_on, content_mac = m.content_mac, annulled = m.annulled
        from unnest($1::uuid[], $2::smallint[], $3::bigint[], $4::date[], $5::uuid[], $6::boolean[]) as m (number_hash, slot, head_id, decided_on, content_mac, annulled)
        where k.number_hash = m.number_hash and k.slot = m.slot`,
      values: [
        heads.map(m => m.numberHash),
        heads.map(m => m.slot),
        heads.map(m => m.headId),
        heads.map(m => m.decidedOn),
        heads.map(m => m.contentMac),
        heads.map(m => m.annulled),
      ],
    })
  }
  if (formers.length > 0) {
    await tx.run({
      name: 'remember-former',
      text: 'insert into former_content (number_hash, content_mac, fact_id) select * from unnest($1::uuid[], $2::uuid[], $3::bigint[]) on conflict do nothing',
      values: [formers.map(f => f.numberHash), formers.map(f => f.contentMac), formers.map(f => f.factId)],
    })
  }
}
