import { type Actor, SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { fileFacts } from '../archive/file-facts.ts'
import { type NewFact, TextSlice } from '../archive/model.ts'
import { registerSubjects } from '../archive/register-subjects.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { CatalogueItem } from '../law/item-model.ts'
import { ownListOf } from '../law/own-lists.ts'
import { findKnown, identify, type Known } from '../matching/identify.ts'
import { type Withdrawn, withdrawRecords } from '../publication/withdraw.ts'
import type { CheckedRow, RefusedRow } from '../validation/model.ts'
import {
  findChunk,
  recordChunk,
  recordRefusals,
  recordWaiting,
  recordWarnings,
  type SettledRows,
  type WaitingRow,
  type WarnedRow,
} from './chunk-store.ts'
import { type Former, moveHeads, type NewHead, NumberTaken } from './key-store.ts'
import { type Counts, countOutcomes, type Delivery, OUTCOMES, type Outcome } from './model.ts'
import { candidatesUnder, decideFate, faultOf, type KeyState, type RowFate } from './outcome.ts'
import type { PreparedChunk, PreparedRow } from './prepared-chunk.ts'
import { type Marked, Standing } from './standing.ts'
import { countTimeliness } from './timeliness.ts'

/** Deliveries of which a number was taken already: one that repeats what was sent before does so in most of its chunks. */
const repeating = new WeakSet<Delivery>()

/**
 * Settles a chunk in one transaction: identify, compare with what stands under each number, file, correct, annul, refuse or ask.
 * A chunk that is settled already (a line run again after a crash) is left as it is; its counts are answered.
 */
export async function settleChunk(
  app: App,
  delivery: Delivery,
  item: CatalogueItem,
  chunk: PreparedChunk,
  actor: Actor = SYSTEM,
): Promise<Counts> {
  const before = await findChunk(app.db, delivery.deliveryId, chunk.chunkNo)
  if (before) return before
  const settle = (isHopeful: boolean): Promise<Counts> =>
    change(app, actor, { deed: 'intake.settle', entity: `delivery:${delivery.deliveryId}` }, made =>
      settleIn(app, made, delivery, item, chunk, isHopeful),
    )
  if (repeating.has(delivery)) return await settle(false)
  return await settle(true).catch((error: unknown) => {
    if (!(error instanceof NumberTaken)) throw error
    repeating.add(delivery)
    return settle(false)
  })
}

/** What a case has decided about a record that stands: who is told names the case, and what was superseded once may be said again by a person. */
export type ToldOfCase = { readonly caseId: number }

/** The same inside a change of another command: one row of what an act has decided. */
export async function settleWithin(
  app: App,
  made: Change,
  delivery: Delivery,
  item: CatalogueItem,
  chunk: PreparedChunk,
  told: ToldOfCase | null = null,
): Promise<SettledRows> {
  const line = new ChunkLine(app, made, delivery, item, chunk, told)
  await keepSettled(app, made, delivery, chunk, line, false)
  return line.settled
}

async function settleIn(
  app: App,
  made: Change,
  delivery: Delivery,
  item: CatalogueItem,
  chunk: PreparedChunk,
  isHopeful: boolean,
): Promise<Counts> {
  return await keepSettled(app, made, delivery, chunk, new ChunkLine(app, made, delivery, item, chunk), isHopeful)
}

async function keepSettled(
  app: App,
  made: Change,
  delivery: Delivery,
  chunk: PreparedChunk,
  line: ChunkLine,
  isHopeful: boolean,
): Promise<Counts> {
  await line.settle(isHopeful)
  const counts = countOutcomes(line.settled.outcomes)
  await recordChunk(made.tx, delivery.deliveryId, chunk, line.settled, { ...counts, warned: line.warned.length }, made.at)
  await recordRefusals(made.tx, delivery.deliveryId, line.refused)
  await recordWarnings(made.tx, delivery.deliveryId, line.warned)
  await recordWaiting(app, made, delivery, line.waiting)
  await countTimeliness(made.tx, line.facts)
  if (line.facts.length > 0) {
    const subjectIds = [...new Set(line.facts.map(fact => fact.subjectId))]
    await app.queue.enqueue(made.tx, 'publish-subjects', { subjectIds })
  }
  made.tell({ chunk: chunk.chunkNo, ...counts })
  return counts
}

export const isChecked = (row: CheckedRow | RefusedRow): row is CheckedRow => 'counterpart' in row

/** The stations of one chunk. Holds what they leave behind; lives for one transaction. */
class ChunkLine {
  readonly facts: NewFact[] = []
  readonly refused: RefusedRow[] = []
  readonly warned: WarnedRow[] = []
  readonly waiting: WaitingRow[] = []
  /** One entry a row, in the order of the file. */
  readonly settled: SettledRows
  private readonly heads = new Map<string, NewHead>()
  private readonly formers: Former[] = []
  private readonly withdrawn: Withdrawn[] = []
  private readonly app: App
  private readonly change: Change
  private readonly delivery: Delivery
  private readonly item: CatalogueItem
  private readonly rows: readonly PreparedRow[]
  private readonly contents: Buffer
  private readonly known: Promise<Known> | undefined
  private readonly told: ToldOfCase | null

  constructor(
    app: App,
    made: Change,
    delivery: Delivery,
    item: CatalogueItem,
    chunk: PreparedChunk,
    told: ToldOfCase | null = null,
  ) {
    this.told = told
    this.app = app
    this.change = made
    this.delivery = delivery
    this.item = item
    this.rows = chunk.rows
    this.contents = chunk.contents.all()
    this.known = chunk.known
    const { length } = chunk.rows
    this.settled = { outcomes: Buffer.alloc(length), subjectIds: new Array(length).fill(0), factIds: new Array(length).fill(0) }
  }

  async settle(isHopeful: boolean): Promise<void> {
    const checked = this.rows.map(one => one.row).filter(isChecked)
    const marked = await this.mark(checked)
    const standing = await Standing.under(this.change.tx, marked, isHopeful, ownListOf(this.app.law, this.item))
    for (const one of marked) this.settleOne(one, standing)
    for (const [at, { row }] of this.rows.entries()) {
      if (!isChecked(row)) this.refuse(at, row)
      else if (row.warnings !== null) this.warn(at, row.rowNo, row.warnings)
    }
    await fileFacts(this.change, this.facts)
    await moveHeads(this.change.tx, [...this.heads.values()], this.formers)
    if (this.withdrawn.length > 0)
      await withdrawRecords(this.app, this.change, this.withdrawn, 'record.replaced', this.told ?? {})
    if (this.item.nature === 'registration') await registerSubjects(this.app.law, this.change, this.item, this.facts, checked)
  }

  private async mark(checked: readonly CheckedRow[]): Promise<Marked[]> {
    const known = (await this.known) ?? (await findKnown(this.change.tx, checked))
    const matches = await identify(this.change, this.app.ids, this.item, checked, known)
    const factIds = await this.app.ids.take(checked.length)
    const marked: Marked[] = []
    for (const [at, { row, content, numberHash, contentMac }] of this.rows.entries()) {
      const match = matches[marked.length]
      if (!match || !content || !isChecked(row)) continue
      const contentText = new TextSlice(this.contents, content.from, content.to)
      marked.push({ at, row, contentText, match, factId: factIds[marked.length] as FactId, numberHash, contentMac })
    }
    return marked
  }

  private settleOne(one: Marked, standing: Standing): void {
    const { match, row, numberHash, contentMac } = one
    if (match.verdict === 'same' && standing.takes(one)) {
      this.file(one, match.subjectId, 'record', null, 'filed')
      return
    }
    const states = standing.states(numberHash)
    if (match.verdict === 'ask-a-person') {
      // A person has said whose this is, or it waits already: sent again, it is the same row.
      const same = states.find(state => state.contentMac === contentMac)
      if (same || standing.waitsAlready(one)) this.end(one, 'duplicate', same?.subjectId, same?.headId)
      else this.wait(one, match.reason, match.candidates)
      return
    }
    const isFormer = (mac: string): boolean => this.told === null && standing.wasSuperseded(numberHash, mac)
    const fate = decideFate(match.subjectId, row.operation, contentMac, states, isFormer)
    this.carryOut(one, match.subjectId, fate, states, standing)
  }

  private carryOut(one: Marked, subjectId: SubjectId, fate: RowFate, states: readonly KeyState[], standing: Standing): void {
    switch (fate.outcome) {
      case 'filed': {
        const own = states.find(state => state.fresh)
        if (own) own.fresh = false
        this.file(one, subjectId, 'record', null, 'filed')
        break
      }
      case 'duplicate':
        this.end(one, 'duplicate', subjectId, fate.of?.headId)
        break
      case 'refused':
        this.refuse(one.at, { rowNo: one.row.rowNo, faults: [faultOf(fate)] })
        break
      case 'waiting': {
        if (standing.waitsAlready(one)) this.end(one, 'duplicate')
        else this.wait(one, fate.reason, candidatesUnder(subjectId, states))
        break
      }
      case 'corrected':
      case 'annulled':
        this.replace(one, subjectId, fate.of, fate.outcome, standing)
    }
  }

  private replace(one: Marked, subjectId: SubjectId, of: KeyState, outcome: 'corrected' | 'annulled', standing: Standing): void {
    this.file(one, subjectId, outcome === 'corrected' ? 'correction' : 'annulment', of.headId, outcome)
    if (outcome === 'corrected') {
      this.formers.push({ numberHash: one.numberHash, contentMac: of.contentMac, factId: of.headId })
      standing.supersede(one.numberHash, of.contentMac)
      of.contentMac = one.contentMac
    }
    of.headId = one.factId
    of.annulled = outcome === 'annulled'
    this.heads.set(`${one.numberHash} ${of.slot}`, {
      numberHash: one.numberHash,
      slot: of.slot,
      headId: of.headId,
      decidedOn: one.row.decidedOn,
      contentMac: of.contentMac,
      annulled: of.annulled,
    })
    this.withdrawn.push({ subjectId, recordId: of.recordId, cause: outcome })
  }

  private file(one: Marked, subjectId: SubjectId, kind: NewFact['kind'], replaces: FactId | null, outcome: Outcome): void {
    const { row } = one
    this.facts.push({
      factId: one.factId,
      subjectId,
      decidedOn: row.decidedOn,
      item: this.item.item,
      edition: row.edition,
      authority: row.authority,
      kind,
      replaces,
      receivedOn: this.delivery.receivedOn,
      reportDueOn: row.reportDueOn,
      deliveryId: this.delivery.deliveryId,
      rowNo: row.rowNo,
      rowHash: row.rowHash,
      matchedBy: one.match.verdict === 'same' ? one.match.matchedBy : 'person',
      contentText: one.contentText,
    })
    this.end(one, outcome, subjectId, one.factId)
  }

  private wait(one: Marked, reason: string, candidates: WaitingRow['candidates']): void {
    const { row, contentText, numberHash, contentMac } = one
    this.waiting.push({ row, contentText: String(contentText), reason, candidates, numberHash, contentMac })
    this.end(one, 'waiting')
  }

  private refuse(at: number, row: RefusedRow): void {
    this.refused.push(row)
    this.settled.outcomes[at] = OUTCOMES.refused
  }

  /** What was annulled or refused after all is no longer to be mended. */
  private warn(at: number, rowNo: number, faults: WarnedRow['faults']): void {
    const outcome = this.settled.outcomes[at]
    if (outcome !== OUTCOMES.refused && outcome !== OUTCOMES.annulled) this.warned.push({ rowNo, faults })
  }

  private end({ at }: Marked, outcome: Outcome, subjectId?: SubjectId, factId?: FactId): void {
    this.settled.outcomes[at] = OUTCOMES[outcome]
    this.settled.subjectIds[at] = subjectId ?? 0
    this.settled.factIds[at] = factId ?? 0
  }
}
