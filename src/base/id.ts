/* Ids are numbers below 2^53 made by the application; the brand keeps one noun's id from passing for another's. */

declare const brand: unique symbol
type Id<Noun extends string> = number & { readonly [brand]: Noun }

export type SubjectId = Id<'subject'>
export type FactId = Id<'fact'>
export type DeliveryId = Id<'delivery'>
export type AccountId = Id<'account'>
export type MandateId = Id<'mandate'>
export type ReportId = Id<'report'>
export type WaitingId = Id<'waiting'>
export type BatchId = Id<'batch'>
export type RequestId = Id<'authorisation-request'>
export type AuthorisationId = Id<'authorisation'>

/** Hands out ids: blocks of 1000 from one sequence, so that a million rows cost a thousand calls at most. */
export type Ids = {
  /** `count` new ids, ascending. */
  take(count: number): Promise<number[]>
  next(): Promise<number>
}

const BLOCK = 1000

/** `nextBlock(n)` gives the first ids of n fresh blocks of 1000. */
export function openIds(nextBlocks: (count: number) => Promise<number[]>): Ids {
  let left: { from: number; to: number } = { from: 0, to: 0 }
  let turn: Promise<unknown> = Promise.resolve()
  const takeNow = async (count: number): Promise<number[]> => {
    const ids: number[] = []
    while (ids.length < count && left.from < left.to) ids.push(left.from++)
    const missing = count - ids.length
    if (missing === 0) return ids
    const firsts = await nextBlocks(Math.ceil(missing / BLOCK))
    for (const first of firsts) {
      left = { from: first, to: first + BLOCK }
      while (ids.length < count && left.from < left.to) ids.push(left.from++)
    }
    return ids
  }
  const take = (count: number): Promise<number[]> => {
    // One after the other: two takers of the same block would hand an id out twice.
    const mine = turn.then(() => takeNow(count))
    turn = mine.catch(() => undefined)
    return mine
  }
  return { take, next: async () => (await take(1))[0] as number }
}
