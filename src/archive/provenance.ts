import type { Day } from '../base/day.ts'
import type { FactId } from '../base/id.ts'
import type { Query, Row } from '../db/database.ts'
import type { Fact } from './model.ts'

/** Where a fact came from: down to file, row and digest. */
export type Provenance = {
  readonly factId: FactId
  readonly unit: string | null
  readonly receivedOn: Day
  readonly reportDueOn: Day | null
  readonly deliveryId: number
  readonly fileName: string | null
  readonly rowNo: number
  /** Hex. */
  readonly rowHash: string
  readonly matchedBy: string
  /** Hex. */
  readonly commitment: string
}

type SkeletonRow = Omit<Provenance, 'unit' | 'fileName'> & Row
type DeliveryRow = Row & { readonly deliveryId: number; readonly unit: string; readonly fileName: string }

/**
 * The provenance of facts, from their skeletons. The days are given so that the planner leaves out all months but theirs: therefore not a
 * named statement, whose plan would be made for any days and hold every month. Nothing is joined, for the same planner would weigh the
 * join for each month.
 */
export async function listProvenance(query: Query, facts: readonly Fact[]): Promise<Map<FactId, Provenance>> {
  if (facts.length === 0) return new Map()
  const skeletons = await query.rows<SkeletonRow>({
    text: `select fact_id as "factId", received_on as "receivedOn", report_due_on as "reportDueOn", delivery_id as "deliveryId", row_no as "rowNo",
        encode(row_hash, 'hex') as "rowHash", matched_by as "matchedBy", encode(commitment, 'hex') as commitment
      from fact where subject_id = any($1::bigint[]) and decided_on = any($2::date[])`,
    values: [[...new Set(facts.map(fact => fact.subjectId))], [...new Set(facts.map(fact => fact.decidedOn))]],
  })
  const deliveries = await query.rows<DeliveryRow>({
    name: 'list-origins',
    text: 'select delivery_id as "deliveryId", unit, file_name as "fileName" from delivery where delivery_id = any($1::bigint[])',
    values: [[...new Set(skeletons.map(row => row.deliveryId))]],
  })
  const byId = new Map(deliveries.map(row => [row.deliveryId, row]))
  return new Map(
    skeletons.map(row => {
      const delivery = byId.get(row.deliveryId)
      return [row.factId, { ...row, unit: delivery?.unit ?? null, fileName: delivery?.fileName ?? null }]
    }),
  )
}
