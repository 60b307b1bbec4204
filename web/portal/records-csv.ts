import { Readable } from 'node:stream'
import type { Day } from '../../src/base/day.ts'
import { writeCsv } from '../../src/files/csv-text.ts'
import type { CsvFormat } from '../../src/files/format.ts'
import { markNames } from './kit/marks.ts'
import { kindText } from './kit/printed.ts'
import type { Answer, Portal } from './page.ts'
import { eachRecord, type RegisterFilter } from './records.ts'

const FORMAT: CsvFormat = {
  kind: 'csv',
  encoding: 'utf-8',
  hasMark: true,
  delimiter: ',',
  newline: '\r\n',
  hasSepLine: false,
}

/**
 * The records of a condition as delimited text for spreadsheets, read a thousand at a time. Its first line says when it was asked for;
 * every row carries the last day on which it may be shown.
 */
export function recordsCsv(portal: Portal, filter: RegisterFilter, name: string, today: Day): Answer {
  return {
    kind: 'file',
    name: `${name}-${today}.csv`,
    type: 'text/csv; charset=utf-8',
    body: Readable.from(writeCsv(FORMAT, lines(portal, filter, today)), { objectMode: false }),
  }
}

/** The words that stand beside the shapes on the pages. */
const STATE_WORDS = {
  displayed: 'portal.mark-displayed',
  'in-force': 'portal.mark-listed',
  declared: 'portal.mark-declared',
  contested: 'portal.mark-contested',
  commented: 'portal.mark-commented',
} as const

const HEADS = [
  'document-no',
  'counterpart',
  'uscc',
  'title',
  'kind',
  'authority',
  'decided-on',
  'reported-on',
  'shown-from',
  'shown-until',
  'state',
  'comment-column',
] as const

async function* lines(portal: Portal, filter: RegisterFilter, today: Day): AsyncGenerator<readonly string[]> {
  const { say } = portal
  yield [say('portal.csv-head', { at: portal.now().toISOString().slice(0, 16).replace('T', ' '), today })]
  yield HEADS.map(head => say(`portal.${head}`))
  for await (const row of eachRecord(portal.db, filter, today)) {
    yield [
      row.documentNo,
      row.subjectName,
      row.uscc ?? '',
      row.title,
      kindText(row),
      row.authorityName,
      row.decidedOn,
      row.body.receivedOn,
      row.shownFrom,
      row.shownUntil ?? '',
      markNames(row)
        .map(state => say(STATE_WORDS[state]))
        .join('；'),
      row.body.comment?.text ?? '',
    ]
  }
}
