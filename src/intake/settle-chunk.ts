import { type Actor, SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { fileFacts } from '../archive/file-facts.ts'
import type { NewFact } from '../archive/model.ts'
import { registerSubjects } from '../archive/register-subjects.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { CatalogueItem } from '../law/model.ts'
import { identify } from '../matching/identify.ts'
import type { Identified } from '../matching/model.ts'
import { withdrawRecords } from '../publication/withdraw.ts'
import type { CheckedRow, RefusedRow } from '../validation/model.ts'
import { findChunk, recordChunk, recordRefusals, recordWaiting, type WaitingRow } from './chunk-store.ts'
import { rowDigests } from './digest.ts'
import { claimNumbers, type Former, findSuperseded, findWaiting, lockAsking, lockNumbers, moveHeads, type NewHead } from './key-store.ts'
import { type Counts, type Delivery, noCounts, type Outcome } from './model.ts'
import { decideFate, type KeyState, type RowFate } from './outcome.ts'
import { countTimeliness } from './timeliness.ts'

/** Some thousand rows that met the catalogue or did not, and the rows as sent. */
export type PreparedChunk = {
  readonly chunkNo: number
  readonly firstRow: number
  readonly lastRow: number
  /** In the order of the file. */
  readonly rows: readonly (CheckedRow | RefusedRow)[]
  /** Sealed text of the rows, prohibited values blanked. */
  readonly keptRows: Buffer
}

type Settled = {
  readonly row: CheckedRow | RefusedRow
  readonly outcome: Outcome
  readonly subjectId: SubjectId | null
  readonly factId: FactId | null
}

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
  return change(app, actor, { deed: 'intake.settle', entity: `delivery:${delivery.deliveryId}` }, async made => {
    const line = new ChunkLine(app, made, delivery, item)
    const settled = await line.settle(chunk.rows)
    const counts = countOutcomes(settled)
    await recordChunk(made.tx, delivery.deliveryId, chunk, settled, counts, made.at)
    await recordRefusals(made.tx, delivery.deliveryId, line.refused)
    await recordWaiting(app, made, delivery, line.waiting)
    await countTimeliness(made.tx, line.facts)
    if (line.facts.length > 0) {
      const subjectIds = [...new Set(line.facts.map(fact => fact.subjectId))]
      await app.queue.enqueue(made.tx, 'publish-subjects', { subjectIds })
    }
    made.tell({ chunk: chunk.chunkNo, ...counts })
    return counts
  })
}

function countOutcomes(settled: readonly Settled[]): Counts {
  const counts = noCounts()
  counts.received = settled.length
  for (const { outcome } of settled) counts[outcome]++
  return counts
}

const isChecked = (row: CheckedRow | RefusedRow): row is CheckedRow => 'counterpart' in row

/** The stations of one chunk. Holds what they leave behind; lives for one transaction. */
class ChunkLine {
  readonly facts: NewFact[] = []
  readonly refused: RefusedRow[] = []
  readonly waiting: WaitingRow[] = []
  private readonly heads = new Map<string, NewHead>()
  private readonly formers: Former[] = []
  private readonly withdrawn: { subjectId: SubjectId; recordId: FactId }[] = []
  private readonly app: App
  private readonly change: Change
  private readonly delivery: Delivery
  private readonly item: CatalogueItem

  constructor(app: App, made: Change, delivery: Delivery, item: CatalogueItem) {
    this.app = app
    this.change = made
    this.delivery = delivery
    this.item = item
  }

  async settle(rows: readonly (CheckedRow | RefusedRow)[]): Promise<Settled[]> {
    const checked = rows.filter(isChecked)
    const identified = await identify(this.change, this.app.ids, this.item, checked)
    const factIds = (await this.app.ids.take(checked.length)) as FactId[]
    const marked = this.mark(identified, factIds)
    const standing = await this.standingUnder(marked)
    const fates = new Map<CheckedRow, Settled>()
    for (const one of marked) fates.set(one.row, this.settleOne(one, standing))
    await fileFacts(this.change, this.facts)
    await moveHeads(this.change.tx, [...this.heads.values()], this.formers)
    if (this.withdrawn.length > 0) await withdrawRecords(this.app, this.change, this.withdrawn, 'record.replaced')
    if (this.item.nature === 'registration') await registerSubjects(this.change, this.item, this.facts, checked)
    return rows.map(row => (isChecked(row) ? (fates.get(row) as Settled) : this.refuse(row)))
  }

  private mark(identified: readonly Identified[], factIds: readonly FactId[]): Marked[] {
    const digests = rowDigests(this.app.keys)
    return identified.map(({ row, match }, i) => ({
      row,
      match,
      factId: factIds[i] as FactId,
      numberHash: digests.number(this.item, row),
      contentMac: digests.content(row),
    }))
  }

  private async standingUnder(marked: readonly Marked[]): Promise<Standing> {
    const { tx } = this.change
    const claims = new Map<
      string,
      { numberHash: string; subjectId: SubjectId; factId: FactId; decidedOn: string; contentMac: string }
    >()
    for (const one of marked) {
      if (one.match.verdict !== 'same' || one.row.operation !== 'report' || claims.has(one.numberHash)) continue
      claims.set(one.numberHash, {
        numberHash: one.numberHash,
        subjectId: one.match.subjectId,
        factId: one.factId,
        decidedOn: one.row.decidedOn,
        contentMac: one.contentMac,
      })
    }
    const won = await claimNumbers(tx, [...claims.values()])
    const others = [...new Set(marked.filter(one => !won.has(one.numberHash)).map(one => one.numberHash))]
    const states = await lockNumbers(tx, others)
    for (const hash of won) {
      const claim = claims.get(hash)
      if (claim)
        states.set(hash, [
          {
            slot: 0,
            subjectId: claim.subjectId,
            recordId: claim.factId,
            headId: claim.factId,
            contentMac: claim.contentMac,
            annulled: false,
            fresh: true,
          },
        ])
    }
    const asking = marked.filter(one => one.match.verdict === 'ask-a-person').map(one => one.numberHash)
    await lockAsking(tx, asking)
    return {
      states,
      superseded: await findSuperseded(tx, others),
      waiting: await findWaiting(tx, [...new Set([...others, ...asking])]),
    }
  }

  private settleOne(one: Marked, standing: Standing): Settled {
    const states = standing.states.get(one.numberHash) ?? []
    const mark = `${one.numberHash} ${one.contentMac}`
    if (one.match.verdict === 'ask-a-person') {
      // A person has said whose this is, or it waits already: sent again, it is the same row.
      const same = states.find(state => state.contentMac === one.contentMac)
      if (same || standing.waiting.has(mark))
        return { row: one.row, outcome: 'duplicate', subjectId: same?.subjectId ?? null, factId: same?.headId ?? null }
      standing.waiting.add(mark)
      return this.wait(one, one.match.reason, one.match.candidates)
    }
    const fate = decideFate(one.match.subjectId, one.row.operation, one.contentMac, states, mac =>
      standing.superseded.has(`${one.numberHash} ${mac}`),
    )
    if (fate.outcome === 'waiting' && standing.waiting.has(mark))
      return { row: one.row, outcome: 'duplicate', subjectId: null, factId: null }
    return this.carryOut(one, one.match.subjectId, fate, states, standing)
  }

  private carryOut(one: Marked, subjectId: SubjectId, fate: RowFate, states: readonly KeyState[], standing: Standing): Settled {
    switch (fate.outcome) {
      case 'filed': {
        const own = states.find(state => state.fresh)
        if (own) own.fresh = false
        return this.file(one, subjectId, 'record', null, 'filed')
      }
      case 'duplicate':
        return { row: one.row, outcome: 'duplicate', subjectId, factId: fate.of?.headId ?? null }
      case 'refused':
        return this.refuse({
          rowNo: one.row.rowNo,
          faults: [{ column: null, columnName: null, code: fate.code, basis: null, facts: {} }],
        })
      case 'waiting':
        standing.waiting.add(`${one.numberHash} ${one.contentMac}`)
        return this.wait(
          one,
          fate.reason,
          states.map(state => ({ subjectId: state.subjectId, because: ['evidence.number-equal'] })),
        )
      case 'corrected':
      case 'annulled':
        return this.replace(one, subjectId, fate.of, fate.outcome, standing)
    }
  }

  private replace(
    one: Marked,
    subjectId: SubjectId,
    of: KeyState,
    outcome: 'corrected' | 'annulled',
    standing: Standing,
  ): Settled {
    const settled = this.file(one, subjectId, outcome === 'corrected' ? 'correction' : 'annulment', of.headId, outcome)
    if (outcome === 'corrected') {
      this.formers.push({ numberHash: one.numberHash, contentMac: of.contentMac, factId: of.headId })
      standing.superseded.add(`${one.numberHash} ${of.contentMac}`)
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
    this.withdrawn.push({ subjectId, recordId: of.recordId })
    return settled
  }

  private file(one: Marked, subjectId: SubjectId, kind: NewFact['kind'], replaces: FactId | null, outcome: Outcome): Settled {
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
      contentText: row.contentText,
    })
    return { row, outcome, subjectId, factId: one.factId }
  }

  private wait(one: Marked, reason: string, candidates: WaitingRow['candidates']): Settled {
    this.waiting.push({ row: one.row, reason, candidates, numberHash: one.numberHash, contentMac: one.contentMac })
    return { row: one.row, outcome: 'waiting', subjectId: null, factId: null }
  }

  private refuse(row: RefusedRow): Settled {
    this.refused.push(row)
    return { row: row as RefusedRow, outcome: 'refused', subjectId: null, factId: null }
  }
}

type Marked = Identified & { readonly factId: FactId; readonly numberHash: string; readonly contentMac: string }
type Standing = { readonly states: Map<string, KeyState[]>; readonly superseded: Set<string>; readonly waiting: Set<string> }
