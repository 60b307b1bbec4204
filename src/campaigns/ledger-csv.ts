import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { type LedgerRow, readLedger } from './government.ts'
import type { LedgerFilter } from './ledger-words.ts'

const AT_ONCE = 200

const COLUMNS = [
  ...['number', 'body', 'found', 'procedure', 'state', 'unit', 'opened', 'due', 'closed', 'outcome', 'campaign'],
] as const

/** The whole ledger as CSV, page by page: each page is registered as looks before it is handed on. */
export async function* ledgerCsv(app: App, actor: Actor, filter: LedgerFilter): AsyncGenerator<string> {
  const { words } = app
  yield `\ufeff${lineOf(COLUMNS.map(column => words.say(`ledger.column-${column}`)))}`
  let after: number | null = null
  do {
    const { rows, next } = await readLedger(app, actor, filter, { after, limit: AT_ONCE })
    yield rows.map(row => lineOf(cellsOf(app, row))).join('')
    after = next
  } while (after !== null)
}

function cellsOf({ words, city }: App, row: LedgerRow): string[] {
  const closedOn = row.closedAt === null ? '' : legalDay(new Date(row.closedAt), city.zone)
  return [
    ...[row.number, row.bodyName, row.found, row.procedureName, row.stateName, row.unitName, row.openedOn],
    ...[
      row.clock?.dueOn ?? '',
      closedOn,
      words.say(`ledger.outcome-${row.outcome}${row.outcome === 'open' && row.isLate ? '-late' : ''}`),
    ],
    row.campaign ?? '',
  ]
}

/** A line of a spreadsheet; what it would run is kept as text. */
const lineOf = (cells: readonly string[]): string =>
  `${cells.map(cell => `"${(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(',')}\r\n`
