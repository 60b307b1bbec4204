import { setImmediate as nextTurn } from 'node:timers/promises'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { DeliveryId } from '../base/id.ts'
import { grant, Refusal } from '../base/refusal.ts'
import { awaitsEnd } from '../disclosure/awaits-end.ts'
import { isExampleRow } from '../files/header.ts'
import { type Recognition, readRecords, recognise } from '../files/recognise.ts'
import type { SheetRow } from '../files/rows.ts'
import { type ItemEdition, itemEdition, itemOn } from '../law/law.ts'
import { findKnown } from '../matching/identify.ts'
import type { CheckContext } from '../validation/check.ts'
import { compilePlan, type Plan } from '../validation/plan.ts'
import { knowsHeading } from '../validation/plan-columns.ts'
import { ChunkBuilder } from './chunk-builder.ts'
import { beginSettling, type DeliveryRow, endSettling, getDelivery, refuseDelivery, sumCounts } from './delivery-store.ts'
import { addCounts, type Counts, noCounts } from './model.ts'
import { releaseFile, withPlainFile } from './plain-file.ts'
import type { PreparedChunk } from './prepared-chunk.ts'
import { isChecked, settleChunk } from './settle-chunk.ts'

/*
 * The way of a record. A row leaves the line at the first station that refuses it, with the reason.
 *
 *   received → recognised → checked → identified → compared → filed → told
 *
 * Rows travel in chunks: while the database settles one, the next is read and checked. Each chunk is one transaction and carries its number,
 * so a line that was cut off is run again from the start and leaves alone what is settled.
 */

const CHUNK_ROWS = 5000
/** The longest that an answer of the database has to wait while rows are read. */
const PIECE_ROWS = 50
/** Chunks that may wait for the database while the next is read: neither side stands still because the other took a little longer. */
const CHUNKS_WAITING = 1

export type LineProgress = (counts: Counts) => void

/** Runs a delivery to its end; what comes of it is in its chunks. A file that cannot be taken as a whole is refused, nothing half done. */
export async function runLine(app: App, deliveryId: DeliveryId, progress: LineProgress = () => undefined): Promise<Counts> {
  const delivery = await getDelivery(app.db, deliveryId)
  if (delivery.state === 'settled') return await sumCounts(app.db, deliveryId)
  if (delivery.state === 'refused') return noCounts()
  if (delivery.sameAs) return await settleRepeated(app, delivery)
  try {
    const counts = await withPlainFile(app, delivery.fileHash, path => settleFile(app, delivery, path, progress))
    await change(app, SYSTEM, { deed: 'intake.settled', entity: `delivery:${deliveryId}`, detail: { ...counts } }, made =>
      endSettling(made.tx, deliveryId, counts.received, made.at),
    )
    return counts
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    await refuseWhole(app, delivery, error)
    return await sumCounts(app.db, deliveryId)
  }
}

async function settleFile(app: App, delivery: DeliveryRow, path: string, progress: LineProgress): Promise<Counts> {
  const { law } = app
  const source = law.sources.get(delivery.source)
  const item = itemOn(law, delivery.item, delivery.receivedOn)
  if (!source || !item) throw new Refusal('source.unknown', null, { source: delivery.source })
  const recognition = await recognise(path, knowsHeading(item, source))
  const options = { law, source, header: recognition.header, receivedOn: delivery.receivedOn }
  const plan = grant(compilePlan(options))
  const plans = new Map<string, Plan | null>()
  const context: CheckContext = {
    plan,
    keys: app.keys,
    awaitsEnd: ({ item }, kind, sent) => awaitsEnd(law, item, kind, sent),
    planOf: edition => {
      const found = itemEdition(law, edition)
      if (!found) return undefined
      if (!plans.has(edition)) {
        const made = compilePlan({ ...options, edition: found })
        plans.set(edition, made.ok ? made.value : null)
      }
      return plans.get(edition) ?? undefined
    },
  }
  await beginSettling(app.db, delivery.deliveryId, layoutOf(recognition, plan), app.now())
  return await settleChunks(app, delivery, item, context, readRecords(path, recognition, { chunkRows: PIECE_ROWS }), progress)
}

async function settleChunks(
  app: App,
  delivery: DeliveryRow,
  item: ItemEdition,
  context: CheckContext,
  pieces: AsyncIterable<{ rows: SheetRow[] }>,
  progress: LineProgress,
): Promise<Counts> {
  const total = noCounts()
  const builder = new ChunkBuilder(app, delivery, item, context)
  const settle = async (chunk: PreparedChunk): Promise<void> => {
    addCounts(total, await settleChunk(app, delivery, item, chunk))
    builder.reuse(chunk)
    progress(total)
  }
  let last: Promise<void> = Promise.resolve()
  const handed: Promise<void>[] = []
  let isHanded = false
  const hand = async (): Promise<void> => {
    isHanded = true
    const prepared = askAhead(app, item, builder.finish())
    if (handed.length > CHUNKS_WAITING) await handed.shift()
    // One after the other; after one that failed none.
    last = last.then(() => settle(prepared))
    handed.push(last)
    // Keeps an error of a chunk on its way from counting as unhandled while the next one is read.
    last.catch(() => undefined)
  }
  const readAll = async (): Promise<void> => {
    for await (const { rows } of pieces) {
      for (const sheet of rows) {
        if (isExampleRow(sheet.cells)) continue
        builder.add(sheet)
        if (builder.size === CHUNK_ROWS) await hand()
      }
      // The database's answers about the chunk before come in between the pieces of this one.
      await nextTurn()
    }
  }
  const broken = await readAll().then(
    () => null,
    (error: unknown) => error,
  )
  // A file that breaks off in its first chunk is refused whole; later, what was read up to there is settled and then the break is told.
  if (broken !== null && (!(broken instanceof Refusal) || !isHanded)) throw await last.then(() => broken)
  if (builder.size > 0) await hand()
  await last
  if (broken !== null) throw broken
  return total
}

/** Asks who is known of a chunk's rows while the one before is settled; not where the rows themselves give names. */
function askAhead(app: App, item: ItemEdition, chunk: PreparedChunk): PreparedChunk {
  if (item.nature === 'registration') return chunk
  const known = findKnown(app.db, chunk.rows.map(one => one.row).filter(isChecked))
  // What went wrong is heard where the chunk is settled.
  known.catch(() => undefined)
  return { ...chunk, known }
}

/** What is needed to give the refused rows back in the sender's own layout. */
function layoutOf(recognition: Recognition, plan: Plan): unknown {
  return { ...recognition, unknown: plan.unknown }
}

/** The same bytes again: every row that was taken then is a duplicate now. Nothing is filed, corrected or asked twice. */
async function settleRepeated(app: App, delivery: DeliveryRow): Promise<Counts> {
  return await change(
    app,
    SYSTEM,
    { deed: 'intake.repeated', entity: `delivery:${delivery.deliveryId}`, detail: { sameAs: delivery.sameAs } },
    async made => {
      await made.tx.run({
        text: `insert into delivery_chunk (delivery_id, chunk_no, first_row, last_row, received, filed, duplicate, corrected, annulled, refused, waiting, row_nos, outcomes, subject_ids, fact_ids, kept_rows, settled_at)
        select $1, chunk_no, first_row, last_row, received, 0, received - refused, 0, 0, refused, 0, row_nos,
          (select string_agg(set_byte('\\x00'::bytea, 0, case when get_byte(outcomes, n) = 5 then 5 else 2 end), ''::bytea order by n) from generate_series(0, octet_length(outcomes) - 1) as n),
          subject_ids, fact_ids, ''::bytea, $3 from delivery_chunk where delivery_id = $2`,
        values: [delivery.deliveryId, delivery.sameAs, made.at],
      })
      await made.tx.run({
        text: 'insert into refusal (delivery_id, row_no, fault_no, column_no, column_name, code, basis, facts) select $1, row_no, fault_no, column_no, column_name, code, basis, facts from refusal where delivery_id = $2',
        values: [delivery.deliveryId, delivery.sameAs],
      })
      const counts = await sumCounts(made.tx, delivery.deliveryId)
      await endSettling(made.tx, delivery.deliveryId, counts.received, made.at)
      return counts
    },
  )
}

/**
 * A file refused as a whole keeps its hash and the reason; the bytes go, for they may hold what must not be kept. A file that broke off after
 * rows were settled is settled up to there: their outcomes stand, the reason says that the rest was not read.
 */
async function refuseWhole(app: App, delivery: DeliveryRow, refusal: Refusal): Promise<void> {
  const { received } = await sumCounts(app.db, delivery.deliveryId)
  await change(
    app,
    SYSTEM,
    { deed: 'intake.refused', entity: `delivery:${delivery.deliveryId}`, detail: { code: refusal.code } },
    made =>
      refuseDelivery(
        made.tx,
        delivery.deliveryId,
        { code: refusal.code, basis: refusal.basis, facts: refusal.facts },
        received,
        made.at,
      ),
  )
  await releaseFile(app, delivery.fileHash)
}
