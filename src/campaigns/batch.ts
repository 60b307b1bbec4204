import { createHash } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { type Facts, grant, NotFound, Refusal } from '../base/refusal.ts'
import { readFilled } from '../cases/filled.ts'
import type { CaseId, Filled } from '../cases/model.ts'
import { type Row, sql } from '../db/database.ts'
import { campaignsOf } from '../law/campaign-model.ts'
import { procedureOn } from '../law/law.ts'
import { openingActs } from '../law/procedure-flow.ts'
import { canonicalJson } from '../ledger/commitment.ts'
import { parseUscc } from '../subject/uscc.ts'
import { keptIfTyped } from '../validation/typed-text.ts'
import type { CampaignId } from './model.ts'
import { openCampaignCase, requireOpen, requireProcedure } from './open-case.ts'
import { holdCampaign } from './store.ts'

/*
 * Many cases from one list of codes: the list is kept once, and worked off line by line, each line its own change with the case it opens. Who comes
 * back after a break goes on where it stopped; a line that is settled is never taken again.
 */

export type BatchWish = {
  readonly procedure: string
  readonly act: string
  readonly fields: Filled
  readonly codes: readonly string[]
}
export type BatchKey = { readonly campaignId: CampaignId; readonly batchId: number }

type Kept = { readonly act: string; readonly fields: Filled; readonly codes: readonly string[] }

const aadOf = (batchId: number): string => `campaign_batch:${batchId}`

/**
 * Takes a list of codes with the form that its cases share; the same list with the same form is taken once, and answered with the first. Refuses what
 * putting a case under the campaign refuses, `campaign.no-rows`, `campaign.too-many-rows`, `campaign.row-invalid` (a code that is none, by its place),
 * `campaign.act-needs-papers`, and a form that is not filled in.
 */
export async function sendBatch(
  app: App,
  actor: Actor,
  campaignId: CampaignId,
  wish: BatchWish,
): Promise<{ batchId: number; rows: number; isNew: boolean }> {
  const batchId = await app.ids.next()
  return await change(app, actor, { deed: 'campaign.send-list', entity: `campaign:${campaignId}` }, async made => {
    requireOpen(app, made, await holdCampaign(made.tx, campaignId))
    const kept = soundBatch(app, made, wish)
    const rows = kept.codes.length
    const digest = createHash('sha256')
      .update(canonicalJson({ procedure: wish.procedure, ...kept }))
      .digest('hex')
    const sealed = app.keys.seal('data', JSON.stringify(kept), aadOf(batchId))
    const written =
      await made.tx.run(sql`insert into campaign_batch (campaign_id, batch_id, unit, procedure, digest, row_count, sealed, actor, at, act_id)
      values (${campaignId}, ${batchId}, ${actor.unit}, ${wish.procedure}, ${digest}, ${rows}, ${sealed}, ${actor.id}, ${made.at}, ${made.actId})
      on conflict on constraint campaign_batch_once do nothing`)
    const first = await made.tx.row<{ batch_id: number }>(sql`select batch_id from campaign_batch
      where campaign_id = ${campaignId} and unit = ${actor.unit} and digest = ${digest}`)
    made.tell({ batchId: first?.batch_id, rows, isNew: written > 0 })
    return { batchId: first?.batch_id ?? batchId, rows, isNew: written > 0 }
  })
}

function soundBatch(app: App, made: Change, { procedure, act: name, fields, codes }: BatchWish): Kept {
  requireProcedure(app, procedure)
  const { mostRows } = campaignsOf(app.law).batch
  if (codes.length === 0) throw new Refusal('campaign.no-rows', null, {}, 422)
  if (codes.length > mostRows) throw new Refusal('campaign.too-many-rows', null, { most: mostRows }, 422)
  const table = procedureOn(app.law, procedure, made.today)
  if (!table) throw new NotFound('case.procedure-unknown')
  const act = openingActs(table).find(one => one.act === name)
  if (!act) throw new Refusal('case.act-unknown', table.basis[0] ?? null, { act: name }, 422)
  if (act.papers.some(paper => paper.required)) throw new Refusal('campaign.act-needs-papers', null, { act: act.name }, 422)
  const typed = Object.entries(grant(readFilled(app.law, act, fields)))
  const filled = Object.fromEntries(typed.map(([field, value]) => [field, keptIfTyped(app.law, value, made.today)]))
  const read = codes.map((code, index) => {
    const verdict = parseUscc(code, { inventedPrefixes: app.city.inventedPrefixes })
    if (!verdict.ok) throw new Refusal('campaign.row-invalid', null, { row: index + 1 }, 422)
    return verdict.value.uscc
  })
  return { act: name, fields: filled, codes: [...new Set(read)] }
}

export type BatchState = { readonly rows: number; readonly opened: number; readonly refused: number; readonly waiting: number }

/** How many lines of a list became cases, were refused, and wait. Throws `campaign.batch-unknown` for another unit's. */
export async function batchState(app: App, actor: Actor, { campaignId, batchId }: BatchKey): Promise<BatchState> {
  const row = await app.db.row<BatchState & Row>({
    name: 'campaign-batch-state',
    text: `select b.row_count as rows, count(r.case_id)::int as opened, count(r.refusal)::int as refused,
        (b.row_count - count(r.row_no))::int as waiting
      from campaign_batch b left join campaign_batch_row r using (campaign_id, batch_id)
      where b.campaign_id = $1 and b.batch_id = $2 and b.unit = $3 group by b.campaign_id, b.batch_id`,
    values: [campaignId, batchId, actor.unit],
  })
  if (!row) throw new NotFound('campaign.batch-unknown')
  return row
}

/** Works off the next lines of a list, `atMost` of them; how it stands then. Refuses `campaign.batch-unknown`; a line that is refused stops nobody. */
export async function workOff(app: App, actor: Actor, key: BatchKey, atMost: number): Promise<BatchState> {
  await batchState(app, actor, key)
  const next = await app.db.rows<{ row_no: number }>({
    name: 'campaign-batch-next',
    text: `select n as row_no from campaign_batch b cross join generate_series(1, b.row_count) n
      where b.campaign_id = $1 and b.batch_id = $2 and not exists (select from campaign_batch_row r
        where r.campaign_id = b.campaign_id and r.batch_id = b.batch_id and r.row_no = n) order by n limit $3`,
    values: [key.campaignId, key.batchId, atMost],
  })
  for (const { row_no } of next) await settleRow(app, actor, key, row_no)
  return await batchState(app, actor, key)
}

const SETTLED = 'campaign.row-settled'

async function settleRow(app: App, actor: Actor, key: BatchKey, rowNo: number): Promise<void> {
  const [end] = await Promise.allSettled([openRow(app, actor, key, rowNo)])
  if (end?.status !== 'rejected') return
  const { reason } = end
  if (reason instanceof NotFound) return await refuseRow(app, actor, key, { rowNo, code: reason.code, basis: null, facts: {} })
  if (!(reason instanceof Refusal)) throw reason
  // Somebody else worked on the same list: the case is his, ours was rolled back.
  if (reason.code === SETTLED) return
  // What keeps every line from being opened is told to the officer, who goes on another day; the lines wait.
  if (reason.code.startsWith('campaign.not-running') || reason.code === 'campaign.unit-not-part') throw reason
  await refuseRow(app, actor, key, { rowNo, code: reason.code, basis: reason.basis, facts: reason.facts })
}

async function openRow(app: App, actor: Actor, { campaignId, batchId }: BatchKey, rowNo: number): Promise<void> {
  const caseId = (await app.ids.next()) as CaseId
  const detail = { campaignId, batchId, rowNo }
  await change(app, actor, { deed: 'campaign.open-line', entity: `case:${caseId}`, detail }, async made => {
    const batch = await made.tx.row<{ procedure: string; sealed: Buffer }>(
      sql`select procedure, sealed from campaign_batch where campaign_id = ${campaignId} and batch_id = ${batchId}`,
    )
    if (!batch) throw new NotFound('campaign.batch-unknown')
    const kept = JSON.parse(app.keys.open(batch.sealed, aadOf(batchId)).toString()) as Kept
    const subjectId = await subjectOf(made, kept.codes[rowNo - 1] ?? '')
    const { act, fields } = kept
    await openCampaignCase(app, made, campaignId, { procedure: batch.procedure, act, fields, subjectId }, caseId)
    const written = await made.tx.run(sql`insert into campaign_batch_row (campaign_id, batch_id, row_no, case_id, act_id)
      values (${campaignId}, ${batchId}, ${rowNo}, ${caseId}, ${made.actId}) on conflict do nothing`)
    if (written === 0) throw new Refusal(SETTLED)
  })
}

async function subjectOf({ tx }: Change, code: string): Promise<SubjectId> {
  const found = await tx.row<{ subject_id: SubjectId | null }>(
    sql`select subject_id from subject_of_code('uscc', ${code}) as f (subject_id)`,
  )
  if (found?.subject_id == null) throw new Refusal('campaign.row-unknown', null, {}, 422)
  return found.subject_id
}

type Refused = { readonly rowNo: number; readonly code: string; readonly basis: string | null; readonly facts: Facts }

async function refuseRow(app: App, actor: Actor, { campaignId, batchId }: BatchKey, refused: Refused): Promise<void> {
  const { rowNo, code, basis, facts } = refused
  const detail = { batchId, rowNo, refusal: code }
  await change(app, actor, { deed: 'campaign.refuse-line', entity: `campaign:${campaignId}`, detail }, made =>
    made.tx.run(sql`insert into campaign_batch_row (campaign_id, batch_id, row_no, refusal, basis, facts, act_id)
      values (${campaignId}, ${batchId}, ${rowNo}, ${code}, ${basis}, ${JSON.stringify(facts)}, ${made.actId}) on conflict do nothing`),
  )
}
