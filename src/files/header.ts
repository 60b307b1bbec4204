import type { SheetRow } from './rows.ts'

/** The two columns that a returned file has on its right; they are recognised when it comes back and never taken for data. */
export const REASON_COLUMNS = ['未通过原因', '怎样修改'] as const

export type AmountUnit = '元' | '万元' | '亿元'

export type HeaderColumn = {
  /** From 0, the place of its cells in a row. */
  readonly index: number
  /** As the sender wrote it; in a heading of two rows the lower name. */
  readonly name: string
  /** For comparison only, see `normalHeading`. */
  readonly normal: string
  /** The name above it in a heading of two rows, '' otherwise. */
  readonly group: string
  readonly unit: AmountUnit | null
  /** The name that `known` agreed to; null when to none. */
  readonly known: string | null
  /** One of `REASON_COLUMNS`, written by us. */
  readonly isReason: boolean
}

export type Header = {
  /** Places in the rows that were searched: rows before `first` are titles, rows behind `last` are data. */
  readonly first: number
  readonly last: number
  /** The row of the file, as `SheetRow.row`, in which the heading ends. */
  readonly row: number
  readonly columns: readonly HeaderColumn[]
  /** A unit said once for the whole table above it (单位：万元). */
  readonly unit: AmountUnit | null
}

const SEARCHED_ROWS = 40
const UNIT = /(亿元|万元|元)/

/**
 * A heading made comparable: NFKC, no blanks or line breaks, lower case, without a leading or trailing star, colon or note of duty
 * such as (必填). Brackets and what they hold stay, because (元) and (万元) are two columns.
 */
export function normalHeading(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff]+/gu, '')
    .replace(/[〔【［]/g, '(')
    .replace(/[〕】］]/g, ')')
    .toLowerCase()
    .replace(/\((?:必填|选填|必填项|选填项|非必填)\)/g, '')
    .replace(/^[*★#]+|[*★:]+$/g, '')
}

/** The amount unit that a heading names in brackets or at its end: 罚款金额(万元), 罚款金额/元. */
export function headingUnit(name: string): AmountUnit | null {
  const found = /(?:\((?:单位:?)?|[/_-]|单位:)(亿元|万元|元)(?:\)|$)/.exec(normalHeading(name))?.[1]
  return found === '元' || found === '万元' || found === '亿元' ? found : null
}

/**
 * Finds the heading among the first rows: the row, or the pair of rows, in which `known` agrees to most names. Titles, fill-in lines,
 * notes and blank rows may stand above it. `known` is asked for each name as normalised, then without its unit, then with its
 * group's name before it. Null when fewer than two names (one, in a table of one column) are known.
 */
export function findHeader(firstRows: readonly SheetRow[], known: (name: string) => boolean): Header | null {
  let best: { first: number; last: number; columns: HeaderColumn[]; score: number } | null = null
  const rows = firstRows.slice(0, SEARCHED_ROWS)
  for (const [at, row] of rows.entries()) {
    if (row.broken) continue
    const single = columnsOf(null, row.cells, known)
    const candidate = { first: at, last: at, columns: single, score: score(single) }
    if (candidate.score > (best?.score ?? 0)) best = candidate
    const above = rows[at - 1]
    if (!above || above.broken || above.row !== row.row - 1) continue
    const double = columnsOf(above.cells, row.cells, known)
    // A pair has to explain more than each of its rows alone, else a title above a heading would be taken for groups.
    if (score(double) > Math.max(candidate.score, best?.score ?? 0)) {
      best = { first: at - 1, last: at, columns: double, score: score(double) }
    }
  }
  if (!best || best.score < Math.min(2, named(best.columns))) return null
  const { first, last, columns } = best
  return { first, last, columns, row: rows[last]?.row ?? 0, unit: tableUnit(rows.slice(0, first)) }
}

function score(columns: readonly HeaderColumn[]): number {
  return columns.filter(column => column.known !== null).length
}

function named(columns: readonly HeaderColumn[]): number {
  return columns.filter(column => column.name !== '' && !column.isReason).length
}

function columnsOf(above: readonly string[] | null, cells: readonly string[], known: (name: string) => boolean): HeaderColumn[] {
  const columns: HeaderColumn[] = []
  let group = ''
  for (let index = 0; index < Math.max(cells.length, above?.length ?? 0); index++) {
    const upper = above?.[index]?.trim() ?? ''
    const lower = cells[index]?.trim() ?? ''
    // A merged group has its name in its first cell alone; a column without a lower name is merged downwards.
    if (upper !== '') group = upper
    const name = lower === '' ? upper : lower
    columns.push(columnOf(index, name, above !== null && lower !== '' ? group : '', known))
  }
  while (columns.at(-1)?.name === '') columns.pop()
  return columns
}

function columnOf(index: number, name: string, group: string, known: (name: string) => boolean): HeaderColumn {
  const normal = normalHeading(name)
  const isReason = REASON_COLUMNS.some(reason => reason === normal)
  const bare = normal.replace(/\([^()]*\)$|[/_-](?:亿元|万元|元)$/, '')
  const candidates = [name, normal, bare, `${normalHeading(group)}${normal}`, `${normalHeading(group)}${bare}`]
  const agreed = normal === '' || isReason ? undefined : candidates.find(candidate => candidate !== '' && known(candidate))
  return { index, name, normal, group, unit: headingUnit(name) ?? headingUnit(group), known: agreed ?? null, isReason }
}

function tableUnit(titles: readonly SheetRow[]): AmountUnit | null {
  for (const { cells } of titles) {
    for (const cell of cells) {
      const found = /(?:^|[^\u4e00-\u9fff])(?:金额)?单位:(?:人民币)?(亿元|万元|元)/.exec(
        cell.normalize('NFKC').replace(/ +/g, ''),
      )?.[1]
      if (found && UNIT.test(found)) return found === '元' || found === '万元' ? found : '亿元'
    }
  }
  return null
}

/** The row of a template that shows how to fill it in; it is never data. */
export const EXAMPLE_MARK = '【示例】'

/** True for a template's example row, left in or moved: its first filled cell begins with the mark, in any brackets. */
export function isExampleRow(cells: readonly string[]): boolean {
  for (const cell of cells) {
    // Every row is asked, and nearly every one says no with its first sign.
    if (cell === '' || !MAY_BEGIN_EXAMPLE.test(cell)) {
      if (cell === '' || cell.trim() === '') continue
      return false
    }
    return /^(?:[【[(〔](?:示例|样例)[】\])〕]|(?:示例|样例):)/.test(cell.trim().normalize('NFKC'))
  }
  return false
}

const MAY_BEGIN_EXAMPLE = /^\s*[【[(〔（［示样]/
