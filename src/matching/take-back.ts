import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import { fileFacts } from '../archive/file-facts.ts'
import type { FiledKind } from '../archive/model.ts'
import type { Day } from '../base/day.ts'
import type { DeliveryId, FactId, SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { canonicalJson } from '../ledger/commitment.ts'
import { withdrawRecords } from '../publication/withdraw.ts'
import type { WaitingRow } from './waiting-store.ts'

type Skeleton = {
  decided_on: Day
  item: string
  edition: string
  authority: string
  received_on: Day
  delivery_id: DeliveryId
  row_no: number
  row_hash: Buffer
}

/** Appends a fact to a record's chain: a class, an annulment, an earlier version again. Its day and provenance are those of `like`. */
export async function appendFact(
  app: App,
  made: Change,
  subjectId: SubjectId,
  replaces: FactId | null,
  kind: FiledKind,
  content: Readonly<Record<string, string>>,
  like: FactId | null = replaces,
): Promise<FactId> {
  const of = await made.tx.row<Skeleton>(
    sql`select decided_on, item, edition, authority, received_on, delivery_id, row_no, row_hash from fact where subject_id = ${subjectId} and fact_id = ${like}`,
  )
  if (!of) throw new Refusal('record.unknown', null, {}, 404)
  const factId = (await app.ids.next()) as FactId
  await fileFacts(made, [
    {
      factId,
      subjectId,
      decidedOn: of.decided_on,
      item: of.item,
      edition: of.edition,
      authority: of.authority,
      kind,
      replaces,
      receivedOn: made.today,
      reportDueOn: null,
      deliveryId: of.delivery_id,
      rowNo: of.row_no,
      rowHash: of.row_hash.toString('hex'),
      matchedBy: 'person',
      contentText: canonicalJson(content),
    },
  ])
  return factId
}

/**
 * What was filed by the decision stops at every outlet in this transaction. A record of its own is annulled, and its number is free for the
 * right subject again; where it changed or annulled a record that was there before, that record stands again as it was.
 */
export async function takeBack(
  app: App,
  made: Change,
  row: WaitingRow,
  subjectId: SubjectId,
  filed: FactId,
  decision: string,
): Promise<FactId> {
  if (decision === 'gravity') {
    const factId = await appendFact(app, made, subjectId, filed, 'gravity', {})
    await withdrawRecords(app, made, [{ subjectId, recordId: row.factId ?? filed, cause: 'corrected' }], 'waiting.undone')
    return factId
  }
  const key = await made.tx.row<{ slot: number; fact_id: FactId; head_id: FactId }>(
    sql`select slot, fact_id, head_id from record_key where number_hash = ${row.numberHash} and subject_id = ${subjectId} for update`,
  )
  if (!key || key.head_id !== filed) throw new Refusal('waiting.changed-since')
  const fact = await made.tx.row<{ kind: FiledKind; replaces: FactId | null }>(
    sql`select kind, replaces from fact where subject_id = ${subjectId} and fact_id = ${filed}`,
  )
  const cause = fact?.replaces ? 'corrected' : 'misattributed'
  await withdrawRecords(app, made, [{ subjectId, recordId: key.fact_id, cause }], 'waiting.undone')
  if (fact?.replaces) return await restore(app, made, row, subjectId, { ...key, filed, before: fact.replaces, kind: fact.kind })
  const factId = await appendFact(app, made, subjectId, filed, 'annulment', {})
  await made.tx.run(
    sql`update record_key set head_id = ${factId}, annulled = true where number_hash = ${row.numberHash} and slot = ${key.slot}`,
  )
  return factId
}

type Replaced = {
  readonly slot: number
  readonly fact_id: FactId
  readonly filed: FactId
  readonly before: FactId
  readonly kind: FiledKind
}

/** The version before, appended again: as a correction of what replaced it, as a record of its own where that was an annulment. */
async function restore(app: App, made: Change, row: WaitingRow, subjectId: SubjectId, replaced: Replaced): Promise<FactId> {
  const { slot, filed, before, kind } = replaced
  const version = await made.tx.row<{ content: Record<string, string>; decided_on: Day }>(
    sql`select content, decided_on from fact_content where subject_id = ${subjectId} and fact_id = ${before}`,
  )
  if (!version) throw new Refusal('waiting.changed-since')
  const corrects = kind === 'correction'
  const factId = await appendFact(
    app,
    made,
    subjectId,
    corrects ? filed : null,
    corrects ? 'correction' : 'record',
    version.content,
    before,
  )
  await made.tx.run(
    sql`update record_key set fact_id = ${corrects ? replaced.fact_id : factId}, head_id = ${factId}, decided_on = ${version.decided_on}, annulled = false,
      content_mac = coalesce((select content_mac from former_content where number_hash = ${row.numberHash} and fact_id = ${before}), content_mac)
      where number_hash = ${row.numberHash} and slot = ${slot}`,
  )
  return factId
}
