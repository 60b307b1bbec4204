import type { Actor } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { findCard, type SubjectCard } from '../archive/cards.ts'
import { fileFacts } from '../archive/file-facts.ts'
import type { FiledKind } from '../archive/model.ts'
import { registerDecided } from '../archive/register-subjects.ts'
import type { Day } from '../base/day.ts'
import type { DeliveryId, FactId, SubjectId, WaitingId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import type { WaitingContent } from '../intake/chunk-store.ts'
import { withdrawRecords } from '../publication/withdraw.ts'
import { keptText } from '../subject/resident-numbers.ts'
import { openSubjects } from './store.ts'
import { appendFact, takeBack } from './take-back.ts'
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
 * round), `waiting.needs-code` (a new subject without a code), `record.exists-already` (meanwhile filed under the same number),
 * `record.nothing-to-annul`, `record.annulled-before`, `waiting.of-another-kind` (a branch's record to its parent, a person's to an organisation).
 */
export async function decideWaiting(app: App, actor: Actor, waitingId: WaitingId, input: Deciding): Promise<Decided> {
  return await change(app, actor, { deed: `waiting.${input.decision}`, entity: `waiting:${waitingId}` }, async made => {
    const row = await getWaiting(made.tx, waitingId, true)
    const reason = input.reason === undefined ? null : keptText(input.reason, made.today)
    if (input.decision === 'undone') return await undo(app, made, row, reason)
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
        reason,
        actor: actor.id,
        at: made.at,
      },
      made.actId,
      false,
    )
    if (done.subjectId && done.factId) {
      await registerDecided(app.law, made, row.item, done.subjectId)
      await app.queue.enqueue(made.tx, 'publish-subjects', { subjectIds: [done.subjectId] })
    }
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
      requireOwnFile(waitingContent(app, row), await findCard(made.tx, input.subjectId))
      return await fileWaiting(app, made, row, input.subjectId)
    case 'new':
      return await fileWaiting(app, made, row, await openNew(app, made, row))
  }
}

/** A person's record does not go to an organisation, a branch's not to its parent (M058), nor the other way round. */
function requireOwnFile({ counterpart }: WaitingContent, card: SubjectCard | undefined): void {
  if (!card) throw new Refusal('subject.unknown', null, {}, 404)
  for (const kind of ['natural-person', 'branch'])
    if ((counterpart.kind === kind) !== (card.kind === kind)) throw new Refusal('waiting.of-another-kind', null, {}, 422)
}

/** The checked row as it was when it began to wait. */
export function waitingContent(app: Pick<App, 'keys'>, row: WaitingRow): WaitingContent {
  if (row.sealed.length === 0) throw new Refusal('waiting.values-gone', 'pipl#19')
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

type Standing = { slot: number; subject_id: SubjectId; fact_id: FactId; head_id: FactId; content_mac: string; annulled: boolean }

/** What a row does to the record its subject has under the number: the kind of fact, and what it replaces. */
async function fateOf(
  made: Change,
  row: WaitingRow,
  operation: WaitingContent['operation'],
  own: Standing | undefined,
): Promise<{ kind: FiledKind; replaces: FactId | null }> {
  if (operation === 'annul') {
    if (!own) throw new Refusal('record.nothing-to-annul')
    if (own.annulled) throw new Refusal('record.exists-already')
    return { kind: 'annulment', replaces: own.head_id }
  }
  if (!own) return { kind: 'record', replaces: null }
  if (own.annulled) {
    // What was taken back by undoing this very question may be decided again; what its sender annulled does not come back.
    const decisions = await listDecisions(made.tx, row.waitingId)
    if (decisions.some(one => one.decision === 'undone' && one.factId === own.head_id)) return { kind: 'record', replaces: null }
    throw new Refusal('record.annulled-before')
  }
  if (own.content_mac === row.contentMac) throw new Refusal('record.exists-already')
  return { kind: 'correction', replaces: own.head_id }
}

async function fileWaiting(app: App, made: Change, row: WaitingRow, subjectId: SubjectId): Promise<Done> {
  const content = waitingContent(app, row)
  const standing = await made.tx.rows<Standing>(
    sql`select slot, subject_id, fact_id, head_id, content_mac, annulled from record_key where number_hash = ${row.numberHash} order by slot for update`,
  )
  const own = standing.find(one => one.subject_id === subjectId)
  const { kind, replaces } = await fateOf(made, row, content.operation, own)
  const factId = (await app.ids.next()) as FactId
  const recordId = own && replaces ? own.fact_id : factId
  const mac = kind === 'annulment' ? own?.content_mac : row.contentMac
  const slot = own?.slot ?? (standing.at(-1)?.slot ?? -1) + 1
  await made.tx.run(
    sql`insert into record_key (number_hash, slot, subject_id, fact_id, head_id, decided_on, content_mac, annulled) values (${row.numberHash}, ${slot}, ${subjectId}, ${recordId}, ${factId}, ${content.decidedOn}, ${mac}, ${kind === 'annulment'})
      on conflict (number_hash, slot) do update set fact_id = excluded.fact_id, head_id = excluded.head_id, decided_on = excluded.decided_on, content_mac = excluded.content_mac, annulled = excluded.annulled`,
  )
  if (own && kind === 'correction')
    await made.tx.run(
      sql`insert into former_content (number_hash, content_mac, fact_id) values (${row.numberHash}, ${own.content_mac}, ${own.head_id}) on conflict do nothing`,
    )
  if (own && replaces) {
    const cause = kind === 'annulment' ? 'annulled' : 'corrected'
    await withdrawRecords(app, made, [{ subjectId, recordId: own.fact_id, cause }], 'record.replaced')
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
      replaces,
      receivedOn: delivery?.received_on ?? made.today,
      reportDueOn: content.reportDueOn,
      deliveryId: (row.deliveryId ?? 0) as DeliveryId,
      rowNo: row.rowNo ?? 0,
      rowHash: content.rowHash,
      matchedBy: 'person',
      contentText: content.contentText,
    },
  ])
  return { subjectId, factId }
}

/** An answer is about the version that was shown: of a record that was corrected in this moment, the class is asked again. */
async function fileGravity(app: App, made: Change, row: WaitingRow, gravity: string): Promise<Done> {
  if (!row.subjectId || !row.factId) throw new Refusal('waiting.not-this-kind')
  const factId = await appendFact(app, made, row.subjectId, row.headId ?? row.factId, 'gravity', { gravity })
  return { subjectId: row.subjectId, factId }
}

/** What nobody decided cannot be taken back: a question that is open again, or that the record has overtaken. */
const NOBODYS_DECISIONS: readonly string[] = ['undone', 'overtaken']

async function undo(app: App, made: Change, row: WaitingRow, reason: string | null): Promise<Decided> {
  const last = (await listDecisions(made.tx, row.waitingId)).at(-1)
  if (!row.decidedAt || !last || NOBODYS_DECISIONS.includes(last.decision)) throw new Refusal('waiting.nothing-to-undo')
  let factId: FactId | null = null
  if (last.subjectId && last.factId) {
    factId = await takeBack(app, made, row, last.subjectId, last.factId, last.decision)
    await registerDecided(app.law, made, row.item, last.subjectId)
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
