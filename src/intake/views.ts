import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { DeliveryId } from '../base/id.ts'
import { type Facts, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import type { Format } from '../files/format.ts'
import type { Recognition } from '../files/recognise.ts'
import { columnLetters } from '../files/rows.ts'
import { layoutOf, type RefusedRow, writeRefused } from '../files/write.ts'
import { cite } from '../law/citation.ts'
import { columnOf, itemEdition } from '../law/law.ts'
import { maskResidentNumbers } from '../subject/resident-numbers.ts'
import { countWarned } from './chunk-store.ts'
import type { DeliveryView, FaultsView } from './contract.ts'
import { type DeliveryRow, sumCounts } from './delivery-store.ts'
import { rowsAsSent } from './rows-as-sent.ts'

/* What a clerk sees of a delivery: six numbers that add up, causes, cells, and the rows to mend. */

type KeptLayout = Recognition & { readonly unknown: readonly string[] }

export async function deliveryView(app: App, row: DeliveryRow): Promise<DeliveryView> {
  const layout = row.layout as KeptLayout | null
  const [counts, warned] = await Promise.all([sumCounts(app.db, row.deliveryId), countWarned(app.db, row.deliveryId)])
  const source = app.law.sources.get(row.source)
  return {
    deliveryId: row.deliveryId,
    source: row.source,
    sourceName: source?.name ?? row.source,
    unit: row.unit,
    unitName: app.law.units.get(row.unit)?.name ?? row.unit,
    item: row.item,
    itemName: itemEdition(app.law, `${row.item}@${row.edition}`)?.name ?? row.item,
    edition: row.edition,
    channel: row.channel,
    fileName: row.fileName,
    fileHash: row.fileHash,
    fileBytes: row.fileBytes,
    receivedAt: row.receivedAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
    state: row.state,
    sameAs: row.sameAs,
    counts,
    warned,
    refusal: row.refusal
      ? { code: row.refusal.code, basis: row.refusal.basis, message: app.words.say(row.refusal.code, row.refusal.facts as Facts) }
      : null,
    recognised: layout ? recognisedView(layout) : null,
    seconds: row.startedAt && row.settledAt ? (row.settledAt.getTime() - row.startedAt.getTime()) / 1000 : null,
  }
}

function recognisedView(layout: KeptLayout): NonNullable<DeliveryView['recognised']> {
  const named = layout.header.columns.filter(column => column.name !== '' && !column.isReason)
  return {
    kind: layout.format.kind,
    encoding: 'encoding' in layout.format ? layout.format.encoding : null,
    headerRow: layout.header.row,
    columns: named.length,
    columnsKnown: named.length - layout.unknown.length,
    unknown: [...layout.unknown],
    otherSheets: layout.otherSheets.filter(sheet => !sheet.isEmpty).map(sheet => sheet.name),
  }
}

type FaultRow = {
  row_no: number
  column_no: number | null
  column_name: string | null
  code: string
  basis: string | null
  facts: Record<string, string>
}

/** A heading without the mark that a template puts behind what must be filled. */
function plainHeading(name: string): string {
  return name.replace(/[*＊]$/, '')
}

/** A fault in words: what is wrong, and how to mend it. The sentence's first clause is the reason, the rest the way out. */
export function faultWords(app: App, fault: FaultRow): { why: string; how: string } {
  const sentence = app.words.say(fault.code, {
    ...fault.facts,
    row: fault.row_no,
    column: fault.column_name === null ? '整行' : plainHeading(fault.column_name),
    article: fault.basis ? cite(app.law, fault.basis) : '',
  })
  const end = sentence.indexOf('。')
  return end < 0 || end === sentence.length - 1
    ? { why: sentence, how: '' }
    : { why: sentence.slice(0, end + 1), how: sentence.slice(end + 1) }
}

type FaultQuery = { readonly code?: string | undefined; readonly after: number; readonly limit: number }

/** Causes with their counts, and a page of faults cell by cell; values that look personal are replaced by their kind. */
export async function listFaults(app: App, actor: Actor, delivery: DeliveryRow, query: FaultQuery): Promise<FaultsView> {
  return await listFrom(app, actor, 'refusal', delivery, query)
}

/** The same of the rows that were taken and of which the sender is warned. */
export async function listWarnings(app: App, actor: Actor, delivery: DeliveryRow, query: FaultQuery): Promise<FaultsView> {
  return await listFrom(app, actor, 'warning', delivery, query)
}

const NUMBER_OF = { refusal: 'fault_no', warning: 'warning_no' } as const

async function listFrom(
  app: App,
  actor: Actor,
  table: 'refusal' | 'warning',
  delivery: DeliveryRow,
  query: FaultQuery,
): Promise<FaultsView> {
  const { deliveryId } = delivery
  const causes = await app.db.rows<{ code: string; rows: number }>({
    text: `select code, count(distinct row_no) as rows from ${table} where delivery_id = $1 group by code order by 2 desc, 1`,
    values: [deliveryId],
  })
  const asked = 'delivery_id = $1 and row_no > $2 and ($3::text is null or code = $3)'
  const rows = await app.db.rows<FaultRow>({
    text: `select row_no, column_no, column_name, code, basis, facts from ${table}
      where ${asked} and row_no in (select distinct row_no from ${table} where ${asked} order by row_no limit $4) order by row_no, ${NUMBER_OF[table]}`,
    values: [deliveryId, query.after, query.code ?? null, query.limit],
  })
  const sent = await rowsAsSent(app, actor, delivery, new Set(rows.map(row => row.row_no)))
  const last = rows.at(-1)?.row_no
  return {
    causes: causes.map(cause => ({
      ...cause,
      sentence:
        app.words.say(`${cause.code}.cause`) === `${cause.code}.cause`
          ? plainCause(app, cause.code)
          : app.words.say(`${cause.code}.cause`),
    })),
    faults: rows.map(row => ({
      row: row.row_no,
      column: row.column_no,
      columnLetters: row.column_no === null ? null : columnLetters(row.column_no),
      columnName: row.column_name === null ? null : plainHeading(row.column_name),
      code: row.code,
      basis: row.basis,
      article: row.basis ? cite(app.law, row.basis) : null,
      ...faultWords(app, row),
      value: shownValue(row, sent.get(row.row_no)?.cells),
    })),
    next: last !== undefined && new Set(rows.map(row => row.row_no)).size === query.limit ? last : null,
  }
}

function plainCause(app: App, code: string): string {
  const sentence = (app.words.all.get(code) ?? code).replaceAll(/第\{row\}行|“\{column\}”|[：:]?\{[a-zA-Z]+\}/g, '')
  return sentence.split('。')[0]?.replace(/^[：:，,]+/, '') ?? code
}

function shownValue(fault: FaultRow, cells: readonly string[] | undefined): string | null {
  if (fault.column_no === null || !cells) return null
  if (fault.facts['personal']) return '（个人信息，未显示）'
  return maskResidentNumbers(cells[fault.column_no] ?? '').slice(0, 200)
}

/**
 * The refused rows as a file in the sender's own layout and format, reasons beside them; null where the delivery refused nothing.
 * Streams: memory does not grow with the rows.
 */
export async function refusedFile(
  app: App,
  actor: Actor,
  delivery: DeliveryRow,
): Promise<{ format: Format; bytes: AsyncGenerator<Buffer> }> {
  const layout = delivery.layout as KeptLayout | null
  const first = await app.db.row(sql`select from refusal where delivery_id = ${delivery.deliveryId} limit 1`)
  const source = delivery.sameAs
    ? ((await app.db.row<{ layout: KeptLayout }>(sql`select layout from delivery_state where delivery_id = ${delivery.sameAs}`))
        ?.layout ?? layout)
    : layout
  if (!first || !source) throw new Refusal('delivery.nothing-refused', null, {}, 404)
  const recognition = source as Recognition
  return {
    format: recognition.format,
    bytes: writeRefused(
      recognition.format,
      layoutOf(recognition, dropDowns(app, delivery, recognition)),
      refusedRows(app, actor, delivery),
    ),
  }
}

function dropDowns(app: App, delivery: DeliveryRow, recognition: Recognition): Map<number, readonly string[]> {
  const item = itemEdition(app.law, `${delivery.item}@${delivery.edition}`)
  const source = app.law.sources.get(delivery.source)
  const lists = new Map<number, readonly string[]>()
  for (const column of item ? recognition.header.columns : []) {
    const code = source?.columns[column.name] ?? (item ? columnOf(item, column.name, source?.legacy) : undefined)
    const list = code ? item?.fieldByCode.get(code)?.list : undefined
    const values = list ? app.law.codeLists.get(list)?.values.map(value => value.text) : undefined
    if (values && !(code && source?.values[code])) lists.set(column.index, values)
  }
  return lists
}

async function* refusedRows(app: App, actor: Actor, delivery: DeliveryRow): AsyncGenerator<RefusedRow> {
  const deliveryId: DeliveryId = delivery.deliveryId
  let after = 0
  for (;;) {
    const rows =
      await app.db.rows<FaultRow>(sql`select row_no, column_no, column_name, code, basis, facts from refusal where delivery_id = ${deliveryId}
      and row_no in (select distinct row_no from refusal where delivery_id = ${deliveryId} and row_no > ${after} order by row_no limit 2000) order by row_no, fault_no`)
    if (rows.length === 0) return
    const byRow = Map.groupBy(rows, row => row.row_no)
    // Registered before any of them is sent.
    for (const kept of (await rowsAsSent(app, actor, delivery, new Set(byRow.keys()))).values()) {
      const faults = byRow.get(kept.row) ?? []
      const words = faults.map(fault => faultWords(app, fault))
      yield {
        row: kept,
        reason: words.map(word => word.why).join(' '),
        mend: words
          .map(word => word.how)
          .filter(Boolean)
          .join(' '),
        faulty: faults.flatMap(fault => (fault.column_no === null ? [] : [fault.column_no])),
      }
    }
    after = rows.at(-1)?.row_no ?? Number.MAX_SAFE_INTEGER
  }
}
