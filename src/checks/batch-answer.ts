import { writeCsv } from '../files/csv-text.ts'
import type { CsvFormat } from '../files/format.ts'
import type { Words } from '../words/words.ts'
import { addAnswers, type BatchPart, noBatchCounts } from './batch.ts'
import type { Hit } from './check.ts'
import type { AskedList } from './list.ts'

/* A batch as it is sent: every form goes out part by part, so that memory does not grow with the list. */

type Parts = AsyncIterable<BatchPart>

/** One JSON document: the lines that need a person (all but those without anything in force), then the counts, receipts and the list's digest. */
export async function* jsonAnswer(parts: Parts, list: Pick<AskedList, 'digest'>): AsyncGenerator<string> {
  const counts = noBatchCounts()
  const receipts: string[] = []
  let before = '{"results":['
  for await (const part of parts) {
    addAnswers(counts, part.answers)
    receipts.push(...part.receipts)
    let text = ''
    for (const answer of part.answers) {
      if (answer.outcome === 'clear') continue
      text += before + JSON.stringify(answer)
      before = ','
    }
    if (text !== '') yield text
  }
  const end = JSON.stringify({ ...counts, receipts, digest: list.digest }).slice(1)
  yield `${before === ',' ? '' : before}],${end}`
}

/** NDJSON: one line for each line of the list, in its order, and a last one with the counts. */
export async function* ndjsonAnswer(parts: Parts, list: Pick<AskedList, 'digest'>): AsyncGenerator<string> {
  const counts = noBatchCounts()
  for await (const { answers } of parts) {
    addAnswers(counts, answers)
    yield `${answers.map(answer => JSON.stringify(answer)).join('\n')}\n`
  }
  yield `${JSON.stringify({ summary: { ...counts, digest: list.digest } })}\n`
}

const FOR_SPREADSHEETS: CsvFormat = {
  kind: 'csv',
  encoding: 'utf-8',
  hasMark: true,
  delimiter: ',',
  newline: '\r\n',
  hasSepLine: false,
}

/** A table for a spreadsheet: one row for each hit and for each measure that prompts, one for each other line. */
export function csvAnswer(parts: Parts, words: Pick<Words, 'say'>): AsyncGenerator<Buffer> {
  return writeCsv(FOR_SPREADSHEETS, tableRows(parts, words))
}

/** An objection that is open, and the subject's own words. */
function besideOf({ marks, comment }: Hit, words: Pick<Words, 'say'>): string {
  const contested = marks.includes('contested') ? words.say('standing.kind-contested') : ''
  return [contested, comment && words.say('check.comment', { text: comment.text })].filter(Boolean).join('；')
}

async function* tableRows(parts: Parts, words: Pick<Words, 'say'>): AsyncGenerator<string[]> {
  yield words.say('check.table-heading').split('|')
  for await (const { answers } of parts)
    for (const { line, asked, outcome, name, uscc, mergedFrom, hits, measures, receipt } of answers) {
      const begin = [String(line), asked, words.say(`check.outcome-${outcome}`), name ?? '', uscc ?? '']
      const end = [receipt, mergedFrom?.sentence ?? '']
      if (hits.length + measures.length === 0) yield [...begin, '', '', '', '', '', ...end]
      for (const hit of hits)
        yield [
          ...begin,
          hit.listName ?? hit.heading,
          hit.documentNo,
          hit.authorityName,
          hit.until ?? '',
          besideOf(hit, words),
          ...end,
        ]
      for (const one of measures) yield [...begin, one.name, one.number, one.bodyName, one.until, '', ...end]
    }
}
