import type { FactId, SubjectId, WaitingId } from '../base/id.ts'
import { NotFound } from '../base/refusal.ts'
import { type Query, sql, type Tx } from '../db/database.ts'
import { MOST_COUNTED } from './contract.ts'

/* SQL on waiting_row and waiting_decision. */

export type WaitingRow = {
  readonly waitingId: WaitingId
  readonly deliveryId: number | null
  readonly rowNo: number | null
  readonly unit: string
  readonly item: string
  readonly reason: string
  readonly evidence: { candidates?: { subjectId: SubjectId; because: string[] }[] }
  readonly numberHash: string | null
  readonly contentMac: string | null
  readonly subjectId: SubjectId | null
  readonly factId: FactId | null
  /** The version that a question of class is about. */
  readonly headId: FactId | null
  readonly sealed: Buffer
  readonly openedAt: Date
  readonly decidedAt: Date | null
}

const COLUMNS = `waiting_id as "waitingId", delivery_id as "deliveryId", row_no as "rowNo", unit, item, reason, evidence, number_hash as "numberHash", content_mac as "contentMac",
  subject_id as "subjectId", fact_id as "factId", head_id as "headId", sealed, opened_at as "openedAt", decided_at as "decidedAt"`

export async function getWaiting(query: Query, waitingId: WaitingId, lock = false): Promise<WaitingRow> {
  const row = await query.row<WaitingRow>({
    text: `select ${COLUMNS} from waiting_row where waiting_id = $1 ${lock ? 'for update' : ''}`,
    values: [waitingId],
  })
  if (!row) throw new NotFound('waiting.unknown')
  return row
}

/** A row by its number, without anybody it may be about. */
export type WaitingTitle = Pick<WaitingRow, 'waitingId' | 'deliveryId' | 'rowNo' | 'unit' | 'item' | 'reason' | 'openedAt'>

/** Titles of open rows oldest first, of decided ones likewise, after an id. */
export async function listWaiting(
  query: Query,
  state: 'open' | 'decided',
  after: number,
  limit: number,
): Promise<WaitingTitle[]> {
  return await query.rows<WaitingTitle>({
    text: `select waiting_id as "waitingId", delivery_id as "deliveryId", row_no as "rowNo", unit, item, reason, opened_at as "openedAt"
      from waiting_row where (decided_at is null) = $1 and waiting_id > $2 order by waiting_id limit $3`,
    values: [state === 'open', after, limit],
  })
}

export async function countOpen(query: Query): Promise<number> {
  return (
    (
      await query.row<{ open: number }>(
        sql`select count(*) as open from (select from waiting_row where decided_at is null limit ${MOST_COUNTED}) as open_rows`,
      )
    )?.open ?? 0
  )
}

export type Decision = {
  readonly decision: string
  readonly subjectId: SubjectId | null
  readonly factId: FactId | null
  readonly reason: string | null
  readonly actor: string
  readonly at: Date
}

/** Decisions about a row, oldest first. */
export async function listDecisions(query: Query, waitingId: WaitingId): Promise<Decision[]> {
  return await query.rows<Decision>({
    name: 'waiting-decisions',
    text: `select decision, subject_id as "subjectId", fact_id as "factId", reason, actor, at
      from waiting_decision where waiting_id = $1 order by decision_no`,
    values: [waitingId],
  })
}

export async function recordDecision(
  tx: Tx,
  waitingId: WaitingId,
  decision: Decision,
  actId: number,
  open: boolean,
): Promise<void> {
  await tx.run(sql`insert into waiting_decision (waiting_id, decision_no, decision, subject_id, fact_id, reason, actor, at, act_id)
    select ${waitingId}, coalesce(max(decision_no), 0) + 1, ${decision.decision}, ${decision.subjectId}, ${decision.factId}, ${decision.reason}, ${decision.actor}, ${decision.at}, ${actId}
    from waiting_decision where waiting_id = ${waitingId}`)
  await tx.run(sql`update waiting_row set decided_at = ${open ? null : decision.at} where waiting_id = ${waitingId}`)
}
