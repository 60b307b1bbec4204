import type { Day } from '../base/day.ts'
import type { CatalogueItem } from '../law/item-model.ts'

/*
 * A commitment that was not kept is another thing than a commitment: it takes something away from the day on which a unit found so, however
 * long the promise itself held, and ends and is repaired by the rule of breaches.
 */

/** What is known of a breach: since when, how long it is shown at least and at most, and by which article. */
export type Breach = {
  readonly on: Day
  readonly gravity: 'general' | 'serious'
  readonly atLeastMonths: number
  readonly atMostMonths: number
  readonly basis: string | null
}

type Row = Readonly<Record<string, string | null | undefined>>

/** The breach that a record is by what stands in it; null: it is none. The first row of the item's table that fits decides. */
export function breachOf(
  { publication }: Pick<CatalogueItem, 'publication'>,
  { content, decidedOn }: { readonly content: Row; readonly decidedOn: Day },
): Breach | null {
  if (publication.rule !== 'while-valid') return null
  const found = publication.breaches?.find(({ when }) =>
    Object.entries(when).every(([column, values]) => values.includes(content[column] ?? '')),
  )
  if (found === undefined) return null
  const { from, gravity, atLeastMonths, atMostMonths, basis } = found
  const on = (content[from] || decidedOn) as Day
  return { on, gravity, atLeastMonths, atMostMonths, basis: basis[0] ?? null }
}

/** What a record does to its subject: a breach takes something away, whatever its item as a whole does. */
export function effectOf(item: Pick<CatalogueItem, 'effect'>, breach: Breach | null | undefined): CatalogueItem['effect'] {
  return breach ? 'adverse' : item.effect
}
