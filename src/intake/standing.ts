import type { TextSlice } from '../archive/model.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { Tx } from '../db/database.ts'
import type { OwnList } from '../law/own-lists.ts'
import type { Match } from '../matching/model.ts'
import type { CheckedRow } from '../validation/model.ts'
import {
  type Claim,
  claimAll,
  claimNumbers,
  findDecidedByCases,
  findSuperseded,
  findWaiting,
  lockAsking,
  lockNumbers,
} from './key-store.ts'
import type { KeyState } from './outcome.ts'

/** A checked row with all that decides its fate. */
export type Marked = {
  /** Its place in the chunk. */
  readonly at: number
  readonly row: CheckedRow
  readonly contentText: TextSlice
  readonly match: Match
  /** The id it gets if it is filed. */
  readonly factId: FactId
  readonly numberHash: string
  readonly contentMac: string
}

/** A number that was free and is this chunk's now. */
type Claimed = Claim & { isFilled: boolean }

/** What stands under the numbers of a chunk: in the database, and by earlier rows of the same chunk. Locked until the end of the transaction. */
export class Standing {
  readonly #claimed: Map<string, Claimed>
  readonly #states: Map<string, KeyState[]>
  readonly #superseded: Set<string>
  readonly #waiting: Set<string>

  private constructor(
    claimed: Map<string, Claimed>,
    states: Map<string, KeyState[]>,
    superseded: Set<string>,
    waiting: Set<string>,
  ) {
    this.#claimed = claimed
    this.#states = states
    this.#superseded = superseded
    this.#waiting = waiting
  }

  /** Claims the numbers that are free and locks the others. `isHopeful`: all are thought to be free; throws NumberTaken where one is not. */
  static async under(tx: Tx, marked: readonly Marked[], isHopeful: boolean, own: OwnList | null = null): Promise<Standing> {
    const claimed = claimsOf(marked)
    const claims = [...claimed.values()]
    if (isHopeful) await claimAll(tx, claims)
    const areAllFree = isHopeful || (await claimNumbers(tx, claims))
    const others = new Set<string>()
    for (const one of marked) if (!areAllFree || !claimed.has(one.numberHash)) others.add(one.numberHash)
    const states = await lockNumbers(tx, [...others])
    if (!areAllFree) {
      for (const [hash, claim] of claimed) {
        // The row that holds the number names the fact which this chunk is about to file: it was free.
        if (states.get(hash)?.some(state => state.recordId === claim.factId)) {
          states.delete(hash)
          others.delete(hash)
        } else claimed.delete(hash)
      }
    }
    if (own !== null) await bindToCases(tx, own, [...states.values()].flat())
    const asking = marked.filter(one => one.match.verdict === 'ask-a-person').map(one => one.numberHash)
    await lockAsking(tx, asking)
    const superseded = await findSuperseded(tx, [...others])
    return new Standing(claimed, states, superseded, await findWaiting(tx, [...new Set([...others, ...asking])]))
  }

  /** True for the row that claimed its number, if the number was free: there is nothing to compare it with. Asked once, when its turn comes. */
  takes(one: Marked): boolean {
    const claim = this.#claimed.get(one.numberHash)
    if (claim?.factId !== one.factId || claim.isFilled || this.#states.has(one.numberHash)) return false
    claim.isFilled = true
    return true
  }

  /** All records under a number. */
  states(numberHash: string): KeyState[] {
    const known = this.#states.get(numberHash)
    if (known) return known
    const claim = this.#claimed.get(numberHash)
    const own = claim ? [stateOf(claim)] : []
    this.#states.set(numberHash, own)
    return own
  }

  wasSuperseded(numberHash: string, contentMac: string): boolean {
    return this.#superseded.has(`${numberHash} ${contentMac}`)
  }

  /** A version that was just corrected: sent again, it must not undo the correction. */
  supersede(numberHash: string, contentMac: string): void {
    this.#superseded.add(`${numberHash} ${contentMac}`)
  }

  /** True when this row waits for a person already; it does from now on. */
  waitsAlready({ numberHash, contentMac }: Marked): boolean {
    const mark = `${numberHash} ${contentMac}`
    if (this.#waiting.has(mark)) return true
    this.#waiting.add(mark)
    return false
  }
}

/** What a case has decided is changed by that case: its entries of a list decided here are no sender's to correct or to annul. */
async function bindToCases(tx: Tx, { name, from, basis }: OwnList, states: readonly KeyState[]): Promise<void> {
  const decided = await findDecidedByCases(tx, states)
  const bound = { code: 'list.decided-here', basis, facts: { list: name, from } }
  for (const state of states) if (decided.has(state.recordId)) state.bound = bound
}

/** The first row of each number that would be filed if the number is free. */
function claimsOf(marked: readonly Marked[]): Map<string, Claimed> {
  const claims = new Map<string, Claimed>()
  for (const { row, match, factId, numberHash, contentMac } of marked) {
    if (match.verdict !== 'same' || row.operation !== 'report' || claims.has(numberHash)) continue
    const { subjectId } = match
    claims.set(numberHash, { numberHash, subjectId, factId, decidedOn: row.decidedOn, contentMac, isFilled: false })
  }
  return claims
}

function stateOf({ subjectId, factId, contentMac, isFilled }: Claimed): KeyState {
  return {
    slot: 0,
    subjectId: subjectId as SubjectId,
    recordId: factId,
    headId: factId,
    contentMac,
    annulled: false,
    fresh: !isFilled,
  }
}
