import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Change } from '../access/change.ts'
import { commitText, newSalts } from '../ledger/commitment.ts'
import type { NewFact } from './model.ts'
import { factLeaf } from './skeleton.ts'

/*
 * Appends facts in sets: one COPY for the skeletons, one for the contents, in the transaction that settles their rows.
 */

const FACT_COLUMNS =
  'subject_id, decided_on, fact_id, item, edition, authority, kind, replaces, known_from, received_on, report_due_on, delivery_id, row_no, row_hash, matched_by, batch_id, leaf_no, commitment'
const CONTENT_COLUMNS =
  'subject_id, fact_id, decided_on, item, edition, authority, kind, replaces, known_from, received_on, salt, content'

/** Files new facts: makes the months' partitions, salts and commits the contents, puts their leaves into the change's ledger batch. */
export async function fileFacts(change: Change, facts: readonly NewFact[]): Promise<void> {
  if (facts.length === 0) return
  await makeMonths(change, facts)
  const salts = newSalts(facts.length)
  const knownFrom = change.at.toISOString()
  const skeletons: string[] = []
  const contents: string[] = []
  for (let i = 0; i < facts.length; i++) {
    const fact = facts[i] as NewFact
    const salt = salts[i] as Buffer
    const commitment = commitText(salt, fact.contentText).toString('hex')
    const rowHash = fact.rowHash.toString('hex')
    const leafNo = change.addLeaf(factLeaf({ ...fact, knownFrom, rowHash, commitment }))
    const replaces = fact.replaces ?? '\\N'
    skeletons.push(
      `${fact.subjectId}\t${fact.decidedOn}\t${fact.factId}\t${fact.item}\t${fact.edition}\t${fact.authority}\t${fact.kind}\t${replaces}\t${knownFrom}\t${fact.receivedOn}\t${fact.reportDueOn ?? '\\N'}\t${fact.deliveryId}\t${fact.rowNo}\t\\\\x${rowHash}\t${fact.matchedBy}\t${change.batchId}\t${leafNo}\t\\\\x${commitment}\n`,
    )
    contents.push(
      `${fact.subjectId}\t${fact.factId}\t${fact.decidedOn}\t${fact.item}\t${fact.edition}\t${fact.authority}\t${fact.kind}\t${replaces}\t${knownFrom}\t${fact.receivedOn}\t\\\\x${salt.toString('hex')}\t${copyText(fact.contentText)}\n`,
    )
  }
  await copyRows(change, `copy fact (${FACT_COLUMNS}) from stdin`, skeletons)
  await copyRows(change, `copy fact_content (${CONTENT_COLUMNS}) from stdin`, contents)
}

/** Text of a COPY column. Backslashes, tabs and line ends are the only characters that mean something there. */
export function copyText(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : text
}

const LINES_A_PIECE = 500

export async function copyRows(change: Pick<Change, 'tx'>, statement: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  const pieces = function* (): Generator<Buffer> {
    for (let i = 0; i < lines.length; i += LINES_A_PIECE) yield Buffer.from(lines.slice(i, i + LINES_A_PIECE).join(''))
  }
  await pipeline(Readable.from(pieces()), change.tx.client.query(copyFrom(statement)))
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
