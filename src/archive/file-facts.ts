import type { Change } from '../access/change.ts'
import { CopyRows } from '../db/copy-rows.ts'
import { commitBytes, newSalts, SALT_BYTES } from '../ledger/commitment.ts'
import { HASH_BYTES } from '../ledger/merkle.ts'
import type { NewFact } from './model.ts'
import { newLeaf } from './skeleton.ts'

/*
 * Appends facts in sets: one COPY for the skeletons, one for the contents, in the transaction that settles their rows.
 */

const SKELETON =
  'fact (subject_id, decided_on, fact_id, replaces, report_due_on, row_no, row_hash, matched_by, commitment, leaf_no, item, edition, authority, kind, known_from, received_on, delivery_id, batch_id)'
const CONTENT =
  'fact_content (subject_id, fact_id, decided_on, replaces, salt, content, report_due_on, row_no, row_hash, matched_by, commitment, item, edition, authority, kind, known_from, received_on, delivery_id)'

/** The buffers of facts that are being filed; those of the last ones are used again. */
const spare: { readonly skeletons: CopyRows; readonly contents: CopyRows }[] = []
/** Beyond this a buffer is given back to the system: one enormous row must not be paid for ever. */
const LARGEST_SPARE = 16 * 1024 * 1024

/** Files new facts: makes the months' partitions, salts and commits the contents, puts their leaves into the change's ledger batch. */
export async function fileFacts(change: Change, facts: readonly NewFact[]): Promise<void> {
  if (facts.length === 0) return
  await makeMonths(change, facts)
  const { skeletons, contents } = spare.pop() ?? { skeletons: new CopyRows(), contents: new CopyRows() }
  skeletons.clear()
  contents.clear()
  const shared = sharedColumns(change)
  const commitments = contents.open(change.tx.client, CONTENT, () => writeContents(facts, contents, shared))
  // While the server takes the contents, the skeletons are written.
  await Promise.all([contents.close(), writeSkeletons(change, facts, commitments, skeletons, shared)])
  skeletons.open(change.tx.client, SKELETON, () => undefined)
  await skeletons.close()
  if (contents.bytes.length <= LARGEST_SPARE) spare.push({ skeletons, contents })
}

/** Rows after which the server is given what is written of a table. */
const PASSED_ROWS = 500

function writeContents(facts: readonly NewFact[], contents: CopyRows, shared: (fact: NewFact) => Buffer): string[] {
  const salts = newSalts(facts.length)
  return facts.map((fact, i) => {
    contents.row(18)
    contents.int8(fact.subjectId)
    contents.int8(fact.factId)
    contents.day(fact.decidedOn)
    if (fact.replaces === null) contents.none()
    else contents.int8(fact.replaces)
    const commitment = writeContent(contents, salts[i] as Buffer, fact.contentText)
    writeOrigin(contents, fact, commitment)
    contents.columns(shared(fact))
    if (i % PASSED_ROWS === PASSED_ROWS - 1) contents.pass()
    return commitment
  })
}

async function writeSkeletons(
  change: Change,
  facts: readonly NewFact[],
  commitments: readonly string[],
  skeletons: CopyRows,
  shared: (fact: NewFact) => Buffer,
): Promise<void> {
  const leaves = Buffer.allocUnsafe(facts.length * HASH_BYTES)
  const firstLeaf = change.addLeaves(leaves)
  const knownFrom = change.at.toISOString()
  for (const [i, fact] of facts.entries()) {
    const commitment = commitments[i] as string
    skeletons.row(18)
    skeletons.int8(fact.subjectId)
    skeletons.day(fact.decidedOn)
    skeletons.int8(fact.factId)
    if (fact.replaces === null) skeletons.none()
    else skeletons.int8(fact.replaces)
    writeOrigin(skeletons, fact, commitment)
    skeletons.int4(firstLeaf + i)
    skeletons.columns(shared(fact))
    skeletons.int8(change.batchId)
    leaves.write(newLeaf(fact, knownFrom, commitment), i * HASH_BYTES, 'latin1')
  }
}

/** Writes salt and content and answers the commitment to them, which is taken from the bytes as they lie there. */
function writeContent(rows: CopyRows, salt: Buffer, text: NewFact['contentText']): string {
  const isText = typeof text === 'string'
  rows.room(8 + SALT_BYTES + (isText ? text.length * 3 : text.to - text.from))
  const from = rows.end + 8 + SALT_BYTES
  const length = isText ? rows.bytes.write(text, from) : text.bytes.copy(rows.bytes, from, text.from, text.to)
  // The salt stands right before the content for a moment: the commitment is to both in one piece.
  salt.copy(rows.bytes, from - SALT_BYTES)
  const commitment = commitBytes(rows.bytes.subarray(from - SALT_BYTES, from + length))
  rows.bytes.writeInt32BE(SALT_BYTES, rows.end)
  salt.copy(rows.bytes, rows.end + 4)
  rows.bytes.writeInt32BE(length, from - 4)
  rows.end = from + length
  return commitment
}

/** Where a fact came from stands in both tables: with the skeleton for the ledger, with the content for whoever reads it. */
function writeOrigin(rows: CopyRows, fact: NewFact, commitment: string): void {
  if (fact.reportDueOn === null) rows.none()
  else rows.day(fact.reportDueOn)
  rows.int4(fact.rowNo)
  rows.hex(fact.rowHash)
  rows.text(fact.matchedBy)
  rows.hex(commitment)
}

/** The columns in which the facts of a chunk hardly differ, written once for each combination. */
function sharedColumns(change: Change): (fact: NewFact) => Buffer {
  const kept = new Map<string, Buffer>()
  const write = (fact: NewFact): Buffer => {
    const rows = new CopyRows()
    for (const word of [fact.item, fact.edition, fact.authority, fact.kind]) rows.text(word)
    rows.instant(change.at)
    rows.day(fact.receivedOn)
    rows.int8(fact.deliveryId)
    return rows.take()
  }
  return fact => {
    const key = `${fact.authority} ${fact.edition} ${fact.kind} ${fact.item} ${fact.receivedOn} ${fact.deliveryId}`
    const made = kept.get(key) ?? write(fact)
    kept.set(key, made)
    return made
  }
}

/** Months whose partition this process has seen committed; a partition is never dropped while the platform runs. */
const monthsMade = new WeakMap<object, Set<string>>()

async function makeMonths(change: Change, facts: readonly NewFact[]): Promise<void> {
  const made = monthsMade.get(change.pool) ?? new Set<string>()
  monthsMade.set(change.pool, made)
  const months = new Set<string>()
  for (const fact of facts) {
    const month = fact.decidedOn < '2016-01-01' ? '1900-01' : fact.decidedOn.slice(0, 7)
    if (!made.has(month)) months.add(month)
  }
  if (months.size === 0) return
  const sorted = [...months].sort()
  await change.tx.run({
    text: "select make_fact_month((month || '-01')::date) from unnest($1::text[]) as wanted (month)",
    values: [sorted],
  })
  change.tx.afterCommit(() => {
    for (const month of sorted) made.add(month)
  })
}
