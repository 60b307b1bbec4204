import type { z } from 'zod'
import { type BatchLine, makeBatchCheck } from '../../../src/checks/contract.ts'
import { ask, Problem } from '../../kit/call.ts'
import { readLines } from '../../kit/ndjson.ts'

export type Line = z.output<typeof BatchLine>
/** The last line of the stream: counts and the digest of the list. */
type Ending = { readonly summary: { readonly digest: string } }

export const OUTCOMES = ['hit', 'ambiguous', 'invalid', 'unknown', 'clear'] as const
export type BatchOutcome = (typeof OUTCOMES)[number]

/** What a batch has come to so far. `digest` comes with the last line: without it the answer is not whole. */
export type BatchState = {
  readonly counts: Readonly<Record<BatchOutcome, number>>
  readonly done: number
  readonly lines: readonly Line[]
  readonly receipts: readonly string[]
  readonly digest: string | null
}

export const NO_BATCH: BatchState = {
  counts: { hit: 0, ambiguous: 0, invalid: 0, unknown: 0, clear: 0 },
  done: 0,
  lines: [],
  receipts: [],
  digest: null,
}

/** A batch with some more lines of its answer taken in. Throws the Problem that the stream ended with. */
export function takeLines(before: BatchState, read: readonly unknown[]): BatchState {
  const counts = { ...before.counts }
  const lines = [...before.lines]
  const receipts = new Set(before.receipts)
  let digest = before.digest
  for (const one of read) {
    if (isLine(one)) {
      counts[one.outcome]++
      receipts.add(one.receipt)
      lines.push(one)
    } else if (isEnding(one)) digest = one.summary.digest
    else if (isProblem(one)) throw new Problem(one.status, one)
  }
  return { counts, done: lines.length, lines, receipts: [...receipts], digest }
}

function isLine(read: unknown): read is Line {
  return typeof read === 'object' && read !== null && 'line' in read && 'outcome' in read
}

function isEnding(read: unknown): read is Ending {
  return typeof read === 'object' && read !== null && 'summary' in read
}

function isProblem(read: unknown): read is Record<string, unknown> & { status: number } {
  return typeof read === 'object' && read !== null && 'status' in read && 'code' in read
}

type Asked = {
  /** A file, or pasted lines. */
  readonly list: File | readonly string[]
  readonly purpose: string
  readonly businessNo: string
  readonly signal: AbortSignal
}

/** Checks a list and tells its state about five times a second while answers arrive. Answers with the last state. */
export async function runBatch(asked: Asked, onState: (state: BatchState) => void): Promise<BatchState> {
  const form = new FormData()
  if (asked.list instanceof File) form.set('file', asked.list, asked.list.name)
  else form.set('subjects', asked.list.join('\n'))
  const { purpose, businessNo, signal } = asked
  const response = await ask(makeBatchCheck, { query: { purpose, businessNo }, form, signal }, 'application/x-ndjson')
  let state = NO_BATCH
  let waiting: unknown[] = []
  let told = 0
  const tell = (): BatchState => {
    state = takeLines(state, waiting)
    waiting = []
    onState(state)
    return state
  }
  try {
    for await (const line of readLines(response.body ?? new ReadableStream())) {
      waiting.push(line)
      if (performance.now() - told < 200) continue
      told = performance.now()
      tell()
    }
  } finally {
    // Lines that arrived before the stream broke were checked and registered: they are shown.
    tell()
  }
  return state
}

/** The answer as a CSV for a spreadsheet: what was asked at the left, ours at the right. Cells that a spreadsheet would run are kept as text. */
export function batchCsv(lines: readonly Line[], titles: readonly string[], wordOf: (outcome: BatchOutcome) => string): string {
  const rows = lines.map(it => [
    String(it.line),
    it.asked,
    wordOf(it.outcome),
    it.name ?? '',
    it.uscc ?? '',
    it.hits.map(hit => hit.listName ?? hit.heading).join('；'),
    it.hits.map(hit => hit.authorityName).join('；'),
    it.hits.map(hit => hit.until ?? '').join('；'),
    it.receipt,
    it.mergedFrom?.sentence ?? '',
  ])
  return `\ufeff${[titles, ...rows].map(row => row.map(csvCell).join(',')).join('\r\n')}\r\n`
}

function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
