import type { Actor } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { findCard } from '../archive/cards.ts'
import { fileFacts } from '../archive/file-facts.ts'
import type { FactKind } from '../archive/model.ts'
import type { Day } from '../base/day.ts'
import type { DeliveryId, FactId, SubjectId, WaitingId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import type { WaitingContent } from '../intake/chunk-store.ts'
import { canonicalJson } from '../ledger/commitment.ts'
import { withdrawRecords } from '../publication/withdraw.ts'
import { openSubjects } from './store.ts'
import { getWaiting, listDecisions, recordDecision, type WaitingRow } from './waiting-store.ts'

/*
 * A person says whose a row is, or of which class a penalty is. Every decision is an appended act; taking one back is a decision too, and the
 * record filed by it is annulled, never removed.
 */

export type Deciding =
  | { decision: 'same'; subjectId: SubjectId; reason?: string | undefined }
  | { decision: 'new'; reason?: string | undefined }
  | { decision: 'returned'; reason: string }
  | { decision: 'undone'; reason?: string | undefined }
  | { decision: 'gravity'; gravity: 'minor' | 'general' | 'serious'; reason: string }

export type Decided = { waitingId: number; decision: string; factId: number | null }

/**
 * Decides. Refuses `waiting.decided-before`, `waiting.nothing-to-undo`, `waiting.not-this-kind` (a class for a row that asks who, or the other way
 * round), `waiting.needs-code` (a new subject without a code), `record.exists-already` (meanwhile filed under the same number).
 */
export async function decideWaiting(app: App, actor: Actor, waitingId: WaitingId, input: Deciding): Promise<Decided> {
  return await change(app, actor, { deed: `waiting.${input.decision}`, entity: `waiting:${waitingId}` }, async made => {
    const row = await getWaiting(made.tx, waitingId, true)
    if (input.decision === 'undone') return await undo(app, made, row, input.reason ?? null)
    if (row.decidedAt) throw new Refusal('waiting.decided-before')
    const asksGravity = row.reason === 'penalty.gravity-open'
    if (asksGravity !== (input.decision === 'gravity')) throw new Refusal('waiting.not-this-kind')
    const done = await carryOut(app, made, row, input)
    await recordDecision(
      made.tx,
      waitingId,
      {
        decision: input.decision,
        subjectId: done.subjectId,
        factId: done.factId,
        reason: input.reason ?? null,
        actor: actor.id,
        at: made.at,
      },
      made.actId,
      false,
    )
    if (done.subjectId && done.factId) await app.queue.enqueue(made.tx, 'publish-subjects', { subjectIds: [done.subjectId] })
    made.tell({ factId: done.factId })
    return { waitingId, decision: input.decision, factId: done.factId }
  })
}

type Done = { subjectId: SubjectId | null; factId: FactId | null }

async function carryOut(
  app: App,
  made: Change,
  row: WaitingRow,
  input: Exclude<Deciding, { decision: 'undone' }>,
): Promise<Done> {
  switch (input.decision) {
    case 'returned':
      return { subjectId: null, factId: null }
    case 'gravity':
      return await fileGravity(app, made, row, input.gravity)
    case 'same':
      if (!(await findCard(made.tx, input.subjectId))) throw new Refusal('subject.unknown', null, {}, 404)
      return await fileWaiting(app, made, row, input.subjectId)
    case 'new':
      return await fileWaiting(app, made, row, await openNew(app, made, row))
  }
}

/** The checked row as it was when it began to wait. */
export function waitingContent(app: Pick<App, 'keys'>, row: WaitingRow): WaitingContent {
  const read = JSON.parse(app.keys.open(row.sealed, `waiting_row:${row.waitingId}`).toString()) as WaitingContent
  const { document } = read.counterpart
  if (!document) return read
  return {
    ...read,
    counterpart: {
      ...read.counterpart,
      document: { ...document, sealed: Buffer.from(document.sealed as unknown as string, 'base64') },
    },
  }
}

async function openNew(app: App, made: Change, row: WaitingRow): Promise<SubjectId> {
  const content = waitingContent(app, row)
  const { counterpart } = content
  const key = counterpart.uscc
    ? { kind: 'uscc', value: counterpart.uscc }
    : counterpart.document
      ? { kind: counterpart.document.kind, value: counterpart.document.blind }
      : { kind: 'registration-number', value: counterpart.registrationNumber ?? '' }
  if (!key.value) throw new Refusal('waiting.needs-code')
  const { owners, opened } = await openSubjects(made, app.ids, 'window', [{ ...key, counterpart, since: content.decidedOn }])
  const subjectId = owners.get(`${key.kind} ${key.value}`)
  if (!subjectId || !opened.has(subjectId)) throw new Refusal('waiting.code-has-owner')
  return subjectId
}

type Standing = { slot: number; subject_id: SubjectId; fact_id: FactId; head_id: FactId; content_mac: string }

async function fileWaiting(app: App, made: Change, row: WaitingRow, subjectId: SubjectId): Promise<Done> {
  const content = waitingContent(app, row)
  const standing = await made.tx.rows<Standing>(
    sql`select slot, subject_id, fact_id, head_id, content_mac from record_key where number_hash = ${row.numberHash} order by slot for update`,
  )
  const own = standing.find(one => one.subject_id === subjectId)
  if (own && own.content_mac === row.contentMac) throw new Refusal('record.exists-already')
  const factId = (await app.ids.next()) as FactId
  const kind: FactKind = own ? 'correction' : 'record'
  if (own) {
    await made.tx.run(
      sql`update record_key set head_id = ${factId}, decided_on = ${content.decidedOn}, content_mac = ${row.contentMac}, annulled = false where number_hash = ${row.numberHash} and slot = ${own.slot}`,
    )
    await made.tx.run(
      sql`insert into former_content (number_hash, content_mac, fact_id) values (${row.numberHash}, ${own.content_mac}, ${own.head_id}) on conflict do nothing`,
    )
    await withdrawRecords(app, made, [{ subjectId, recordId: own.fact_id }], 'record.replaced')
  } else {
    const slot = (standing.at(-1)?.slot ?? -1) + 1
    await made.tx.run(
      sql`insert into record_key (number_hash, slot, subject_id, fact_id, head_id, decided_on, content_mac, annulled) values (${row.numberHash}, ${slot}, ${subjectId}, ${factId}, ${factId}, ${content.decidedOn}, ${row.contentMac}, false)`,
    )
  }
  const delivery = await made.tx.row<{ received_on: Day }>(
    sql`select received_on from delivery where delivery_id = ${row.deliveryId}`,
  )
  await fileFacts(made, [
    {
      factId,
      subjectId,
      decidedOn: content.decidedOn,
      item: row.item,
      edition: content.edition,
      authority: content.authority,
      kind,
      replaces: own?.head_id ?? null,
      receivedOn: delivery?.received_on ?? made.today,
      reportDueOn: content.reportDueOn,
      deliveryId: (row.deliveryId ?? 0) as DeliveryId,
      rowNo: row.rowNo ?? 0,
      rowHash: Buffer.from(content.rowHash, 'hex'),
      matchedBy: 'person',
      contentText: content.contentText,
    },
  ])
  return { subjectId, factId }
}

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

/** Appends a small fact to a record's chain: a class, or an annulment. */
async function appendFact(
  app: App,
  made: Change,
  subjectId: SubjectId,
  replaces: FactId,
  kind: FactKind,
  content: Readonly<Record<string, string>>,
): Promise<FactId> {
  const of = await made.tx.row<Skeleton>(
    sql`select decided_on, item, edition, authority, received_on, delivery_id, row_no, row_hash from fact where subject_id = ${subjectId} and fact_id = ${replaces}`,
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
      rowHash: of.row_hash,
      matchedBy: 'person',
      contentText: canonicalJson(content),
    },
  ])
  return factId
}

async function fileGravity(app: App, made: Change, row: WaitingRow, gravity: string): Promise<Done> {
  if (!row.subjectId || !row.factId) throw new Refusal('waiting.not-this-kind')
  const factId = await appendFact(app, made, row.subjectId, row.factId, 'gravity', { gravity })
  return { subjectId: row.subjectId, factId }
}

async function undo(app: App, made: Change, row: WaitingRow, reason: string | null): Promise<Decided> {
  const last = (await listDecisions(made.tx, row.waitingId)).at(-1)
  if (!row.decidedAt || !last || last.decision === 'undone') throw new Refusal('waiting.nothing-to-undo')
  let factId: FactId | null = null
  if (last.subjectId && last.factId) {
    factId = await takeBack(app, made, row, last.subjectId, last.factId, last.decision)
    await app.queue.enqueue(made.tx, 'publish-subjects', { subjectIds: [last.subjectId] })
  }
  await recordDecision(
    made.tx,
    row.waitingId,
    { decision: 'undone', subjectId: last.subjectId, factId, reason, actor: made.actor.id, at: made.at },
    made.actId,
    true,
  )
  return { waitingId: row.waitingId, decision: 'undone', factId }
}

/** What was filed by the decision stops at every outlet in this transaction; its number is free for the right subject again. */
async function takeBack(
  app: App,
  made: Change,
  row: WaitingRow,
  subjectId: SubjectId,
  filed: FactId,
  decision: string,
): Promise<FactId> {
  if (decision === 'gravity') {
    const factId = await appendFact(app, made, subjectId, filed, 'gravity', {})
    await withdrawRecords(app, made, [{ subjectId, recordId: row.factId ?? filed }], 'waiting.undone')
    return factId
  }
  const key = await made.tx.row<{ slot: number; fact_id: FactId; head_id: FactId }>(
    sql`select slot, fact_id, head_id from record_key where number_hash = ${row.numberHash} and subject_id = ${subjectId} for update`,
  )
  if (!key || key.head_id !== filed) throw new Refusal('waiting.changed-since')
  const factId = await appendFact(app, made, subjectId, filed, 'annulment', {})
  await made.tx.run(
    sql`update record_key set head_id = ${factId}, annulled = true where number_hash = ${row.numberHash} and slot = ${key.slot}`,
  )
  await withdrawRecords(app, made, [{ subjectId, recordId: key.fact_id }], 'waiting.undone')
  return factId
}
