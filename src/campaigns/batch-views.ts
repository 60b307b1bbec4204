import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { Facts } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { type BatchKey, type BatchState, batchState } from './batch.ts'
import type { CampaignId } from './model.ts'

/* The receipt of a list: which of its lines became cases, and why the others did not. Lines are told by their place: the list itself is the sender's. */

export type BatchLine = {
  readonly row: number
  readonly subjectId: number | null
  readonly caseId: number | null
  readonly number: string | null
  readonly why: string | null
}

type RowOf = Row & {
  readonly row_no: number
  readonly case_id: number | null
  readonly subject_id: number | null
  readonly number: string | null
  readonly refusal: string | null
  readonly basis: string | null
  readonly facts: Facts | null
}

/** The receipt of one of the unit's lists. Throws `campaign.batch-unknown`. */
export async function readBatch(app: App, actor: Actor, key: BatchKey): Promise<BatchState & { readonly lines: BatchLine[] }> {
  const state = await batchState(app, actor, key)
  const rows = await app.db.rows<RowOf>({
    name: 'campaign-batch-rows',
    text: `select r.row_no, r.case_id, f.subject_id, f.number, r.refusal, r.basis, r.facts
      from campaign_batch_row r left join case_file f on f.parent_id = r.campaign_id and f.case_id = r.case_id
      where r.campaign_id = $1 and r.batch_id = $2 order by r.row_no`,
    values: [key.campaignId, key.batchId],
  })
  return {
    ...state,
    lines: rows.map(row => ({
      ...{ row: row.row_no, subjectId: row.subject_id, caseId: row.case_id, number: row.number },
      why: row.refusal === null ? null : whyOf(app, row.refusal, row),
    })),
  }
}

function whyOf({ words }: App, refusal: string, { basis, facts }: RowOf): string {
  return words.say(refusal, { ...(basis ? { article: words.names.cite(basis) } : {}), ...facts })
}

export type BatchHead = BatchState & { readonly batchId: number; readonly procedureName: string; readonly at: string }
type HeadRow = Row & BatchState & { readonly batchId: number; readonly procedure: string; readonly at: Date }

/** The lists that one's own unit has sent into a campaign, the latest first. */
export async function listBatches(app: App, actor: Actor, campaignId: CampaignId): Promise<BatchHead[]> {
  const rows = await app.db.rows<HeadRow>({
    name: 'campaign-batches',
    text: `select b.batch_id as "batchId", b.procedure, b.at, b.row_count as rows, count(r.case_id)::int as opened, count(r.refusal)::int as refused,
        (b.row_count - count(r.row_no))::int as waiting
      from campaign_batch b left join campaign_batch_row r using (campaign_id, batch_id)
      where b.campaign_id = $1 and b.unit = $2 group by b.campaign_id, b.batch_id order by b.batch_id desc limit 50`,
    values: [campaignId, actor.unit],
  })
  return rows.map(({ batchId, procedure, at, rows: all, opened, refused, waiting }) => ({
    ...{ batchId, rows: all, opened, refused, waiting, at: at.toISOString() },
    procedureName: app.law.procedures.get(procedure)?.at(-1)?.name ?? procedure,
  }))
}
