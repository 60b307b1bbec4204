import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { DeliveryId, FactId, SubjectId } from '../base/id.ts'
import { grant, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { awaitsEnd } from '../disclosure/awaits-end.ts'
import { type Header, normalHeading } from '../files/header.ts'
import type { Source } from '../law/city-model.ts'
import { type ItemEdition, isAssigned, itemOn } from '../law/law.ts'
import { compilePlan } from '../validation/plan.ts'
import { ChunkBuilder } from './chunk-builder.ts'
import { endSettling, insertDelivery, insertState } from './delivery-store.ts'
import { type Delivery, OUTCOME_WORDS, type Outcome } from './model.ts'
import type { PreparedChunk } from './prepared-chunk.ts'
import { isChecked, settleWithin, type ToldOfCase } from './settle-chunk.ts'

/*
 * What a procedure of the platform has decided becomes a record by the way of every record: sealed file, delivery, check against the catalogue,
 * key, commitment, publication. It differs in one thing: it is settled inside the change of its decision, so that there is no decision without its
 * record and no record without its decision.
 */

export type Decided = {
  readonly subjectId: SubjectId
  /** The unit that has decided, which is also the one that reports it. */
  readonly unit: string
  readonly item: string
  /** What the file is called: the case by its number. */
  readonly fileName: string
  /** Column code → value; a column that the item does not have is left out. */
  readonly values: Readonly<Record<string, string | undefined>>
}

/**
 * Files one decided record inside a change; its id. Refuses `item.not-in-force`, `item.not-assigned`, `decided.refused` with the first fault of the
 * row, `decided.number-used` where the number stands already, and `decided.name-disagrees` where the codes are not the subject's.
 */
export async function fileDecided(app: App, made: Change, decided: Decided): Promise<FactId> {
  const { law } = app
  const item = itemOn(law, decided.item, made.today)
  if (!item) throw new Refusal('item.not-in-force', null, { item: decided.item, day: made.today })
  if (!isAssigned(law, decided.unit, decided.item))
    throw new Refusal('item.not-assigned', null, {
      unit: law.units.get(decided.unit)?.name,
      item: item.name,
      owner: app.city.contact.office,
    })
  const row = await newRow(app, made, { ...decided, item })
  const settled = await settleRow(app, made, row)
  if (settled.outcome !== 'filed') throw new Refusal(await whyNotFiled(made, row.delivery.deliveryId))
  if (settled.subjectId !== decided.subjectId) throw new Refusal('decided.name-disagrees')
  return settled.factId
}

export type DecidedRow = Omit<Decided, 'subjectId' | 'item'> & { readonly item: ItemEdition }
type ReadRow = { readonly delivery: Delivery; readonly item: ItemEdition; readonly chunk: PreparedChunk; readonly text: Buffer }

/** One row of an item as intake reads it, with nothing written yet. Refuses `decided.refused` with its first fault. */
export async function newRow(app: App, made: Change, { unit, item, fileName, values }: DecidedRow): Promise<ReadRow> {
  const { law } = app
  const columns = item.fields.filter(field => values[field.code])
  const headings = columns.map(field => field.name)
  const cells = columns.map(field => values[field.code] ?? '')
  const text = Buffer.from([headings, cells].map(csvLine).join(''))
  const source: Source = { ...SOURCE, source: `case-${item.item}`, name: item.name, unit, item: item.item }
  const delivery: Delivery = {
    deliveryId: (await app.ids.next()) as DeliveryId,
    source: source.source,
    unit,
    item: item.item,
    edition: item.inForceFrom,
    channel: 'case',
    sender: made.actor.id,
    fileName,
    fileHash: '',
    receivedAt: made.at,
    receivedOn: made.today,
  }
  const sent = { header: headerOf(headings), receivedOn: made.today, isDecidedHere: true }
  const plan = grant(compilePlan({ law, source, edition: item, ...sent }))
  const context = {
    plan,
    keys: app.keys,
    awaitsEnd: (...[{ item: of }, kind, sent]: Parameters<Awaits>) => awaitsEnd(law, of, kind, sent),
    planOf: () => undefined,
  }
  const builder = new ChunkBuilder(app, delivery, item, context)
  builder.add({ row: FIRST_ROW, cells })
  const chunk = builder.finish()
  const row = chunk.rows[0]?.row
  const fault = row && !isChecked(row) ? row.faults[0] : undefined
  if (fault) throw new Refusal('decided.refused', fault.basis, { column: fault.columnName, why: fault.code })
  return { delivery, item, chunk, text }
}

type SettledRow = { readonly outcome: Outcome; readonly subjectId: number; readonly factId: FactId }

/** Settles such a row: sealed file, delivery, key, fact, publication. What became of it. */
export async function settleRow(
  app: App,
  made: Change,
  { delivery: read, item, chunk, text }: ReadRow,
  told?: ToldOfCase,
): Promise<SettledRow> {
  const { hash, bytes } = await app.files.put(text)
  const delivery = { ...read, fileHash: hash }
  await insertDelivery(made.tx, delivery, bytes, null)
  await insertState(made.tx, delivery.deliveryId)
  const settled = await settleWithin(app, made, delivery, item, chunk, told)
  await endSettling(made.tx, delivery.deliveryId, 1, made.at)
  const outcome = OUTCOME_WORDS[(settled.outcomes[0] ?? 0) - 1]
  if (!outcome) throw new Error('a row without outcome')
  return { outcome, subjectId: settled.subjectIds[0] ?? 0, factId: settled.factIds[0] as FactId }
}

/** A row that a person would be asked about is no decision yet: whose it is, or what stands under its number. */
async function whyNotFiled({ tx }: Change, deliveryId: DeliveryId): Promise<string> {
  const waits = await tx.row<{ reason: string }>(sql`select reason from waiting_row where delivery_id = ${deliveryId}`)
  const isWhose = waits?.reason.startsWith('match.') && waits.reason !== 'match.number-of-another'
  return isWhose ? 'decided.name-disagrees' : 'decided.number-used'
}

type Awaits = ConstructorParameters<typeof ChunkBuilder>[3]['awaitsEnd']

const FIRST_ROW = 2

const SOURCE = { columns: {}, values: {}, units: {}, ignored: [], constants: {} } as const satisfies Partial<Source>

const csvLine = (cells: readonly string[]): string => `${cells.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`

function headerOf(headings: readonly string[]): Header {
  const columns = headings.map((name, index) => ({
    ...{ index, name, group: '', isReason: false },
    ...{ normal: normalHeading(name), unit: null, known: name },
  }))
  return { first: 0, last: 0, row: 1, columns, unit: null }
}
