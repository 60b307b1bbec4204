import { type Actor, may } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { listFacts, recordsOf } from '../archive/views.ts'
import { day } from '../base/day.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import type { DeletionGround } from '../law/access-model.ts'
import { contentsOf, type DueRecord, endRecords } from '../retention/end-facts.ts'
import { stateOf } from './clock.ts'
import { rightsLaw, typed } from './lodge.ts'
import type { RequestKey, RightsRequest } from './model.ts'
import { appendEntry, lockRequest } from './store.ts'

const EVER = new Date('9999-12-31T00:00:00Z')
const EVERY_DAY = day('2999-12-31')

export type Answer = {
  readonly outcome: 'granted' | 'refused'
  readonly text: string
  /** Of a deletion that is granted: on which ground of the law, and which records. */
  readonly ground?: DeletionGround | undefined
  readonly recordIds?: readonly number[] | undefined
}

/**
 * The unit's or the officer's answer, with its reasons. A deletion that is granted is a proposal until another officer confirms it.
 * Refuses `rights.unknown` (another unit's), `rights.closed`, `rights.reason-missing`, `rights.ground-missing`, `rights.record-unknown`.
 */
export async function answerRequest(app: App, actor: Actor, key: RequestKey, answer: Answer): Promise<void> {
  const text = { text: reasonOf(app, answer.text) }
  await change(app, actor, { deed: `rights.${answer.outcome}`, entity: `rights:${key.requestId}` }, async made => {
    const request = await lockOpen(made, actor, key)
    const entryNo = request.entries.length + 1
    if (request.kind !== 'deletion' || answer.outcome === 'refused')
      return await appendEntry(app, made, key, { entryNo, step: answer.outcome }, text)
    const { ground } = answer
    const recordIds = [...new Set(answer.recordIds)]
    if (!may(actor, 'rights.handle')) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'rights.handle' })
    if (ground === undefined || recordIds.length === 0) throw new Refusal('rights.ground-missing', 'pipl#47', {}, 422)
    await dueOf(made, key, recordIds)
    made.tell({ ground, records: recordIds.length, proposed: true })
    return await appendEntry(app, made, key, { entryNo, step: 'proposed', ground, recordIds }, text)
  })
}

/**
 * Another officer confirms a deletion, and the contents go with a certificate in this very change; or returns it with the reason.
 * `proposalNo`: the step that was shown to that officer. Refuses `rights.nothing-proposed`, `rights.same-officer`, and
 * `rights.proposal-changed` where another proposal waits by now. Answers the certificate's number, null where it was returned.
 */
export async function confirmDeletion(
  app: App,
  actor: Actor,
  key: RequestKey,
  { proposalNo, agrees, text }: { readonly proposalNo: number; readonly agrees: boolean; readonly text: string },
): Promise<number | null> {
  const reason = { text: agrees ? typed(app, text) : reasonOf(app, text) }
  const deed = agrees ? 'rights.delete' : 'rights.return'
  return await change(app, actor, { deed, entity: `rights:${key.requestId}` }, async made => {
    const request = await lockRequest(made.tx, key)
    const proposal = request.entries.at(-1)
    if (proposal?.step !== 'proposed') throw new Refusal('rights.nothing-proposed')
    if (proposal.actor === actor.id || actor.subjectId !== null) throw new Refusal('rights.same-officer', null, {}, 403)
    if (proposal.entryNo !== proposalNo) throw new Refusal('rights.proposal-changed')
    const entryNo = request.entries.length + 1
    if (!agrees) {
      await appendEntry(app, made, key, { entryNo, step: 'returned' }, reason)
      return null
    }
    const grounds = rightsLaw(app.law).deletionGrounds
    const ground = grounds[proposal.ground ?? 'by-law']
    const name = app.words.say('rights.deletion-certificate', { ground: ground.name })
    const due = await dueOf(made, key, proposal.recordIds)
    const certificate = await endRecords(
      app,
      made,
      { rule: 'request', name, action: 'delete', basis: ground.basis, request: request.number },
      due,
    )
    await appendEntry(app, made, key, { entryNo, step: 'granted' }, reason.text === '' ? null : reason)
    return certificate
  })
}

/** More time, once, with the reason told. Refuses `rights.extended-before`, `rights.closed`. */
export async function extendRequest(app: App, actor: Actor, key: RequestKey, text: string): Promise<void> {
  const reason = { text: reasonOf(app, text) }
  await change(app, actor, { deed: 'rights.extend', entity: `rights:${key.requestId}` }, async made => {
    const request = await lockOpen(made, actor, key)
    if (request.entries.some(entry => entry.step === 'extended')) throw new Refusal('rights.extended-before')
    const days = rightsLaw(app.law).rights[request.kind].clock.extensionDays
    await appendEntry(app, made, key, { entryNo: request.entries.length + 1, step: 'extended', days }, reason)
  })
}

/** Whether an officer may see and answer a request: those of the whole city, or those that the officer's own unit is to answer. */
export function mayAnswer(actor: Actor, request: Pick<RightsRequest, 'unit'>): boolean {
  if (may(actor, 'rights.handle')) return true
  return may(actor, 'rights.answer') && request.unit !== null && request.unit === actor.unit
}

async function lockOpen(made: Change, actor: Actor, key: RequestKey): Promise<RightsRequest> {
  const request = await lockRequest(made.tx, key)
  if (!mayAnswer(actor, request)) throw new NotFound('rights.unknown')
  if (stateOf(request.entries) !== 'open') throw new Refusal('rights.closed')
  return request
}

function reasonOf(app: App, text: string): string {
  const reason = typed(app, text)
  if (reason === '') throw new Refusal('rights.reason-missing', 'pipl#50', {}, 422)
  return reason
}

/** The records of the asker that these ids name, due today. */
async function dueOf({ tx, today }: Change, { subjectId }: RequestKey, recordIds: readonly number[]): Promise<DueRecord[]> {
  const records = recordsOf(await listFacts(tx, [subjectId], EVER), EVERY_DAY)
  return recordIds.map(id => {
    const record = records.find(one => one.recordId === id)
    if (!record) throw new NotFound('rights.record-unknown')
    return { subjectId, dueOn: today, recordId: record.recordId, versions: contentsOf(record) }
  })
}
