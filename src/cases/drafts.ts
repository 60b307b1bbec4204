import { z } from 'zod'
import { type Actor, SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { ownLook } from '../access/own-look.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotAllowed } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { keptIfTyped } from '../validation/typed-text.ts'

/*
 * What somebody has begun to fill in for an act and not sent. It says nothing about anybody yet: only who typed it reads it, and nothing
 * follows from it. It survives the session and the device.
 */

/** So long it is kept. */
export const DRAFT_DAYS = 30

const Draft = z.strictObject({
  /** Field → what was typed; an optional one that was passed over is ''. */
  answers: z.record(z.string(), z.string()),
  /** Papers that were sent, in their order. */
  papers: z.array(z.strictObject({ paper: z.string(), paperId: z.number(), name: z.string(), bytes: z.number() })),
  /** Papers that were asked for and passed over, or done with. */
  passed: z.array(z.string()),
})
export type Draft = z.infer<typeof Draft>

export const NO_DRAFT: Draft = { answers: {}, papers: [], passed: [] }

/** Which act of which case, or which opening about what. */
export type DraftKey = string

const aadOf = (subjectId: SubjectId, actor: string, key: DraftKey): string => `case_draft:${subjectId}:${actor}:${key}`

function ownerOf({ id, subjectId }: Actor): { readonly actor: string; readonly subjectId: SubjectId } {
  if (subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'case.lodge' })
  return { actor: id, subjectId }
}

/** What this person has begun for the subject it speaks for; nothing where there is none. */
export async function readDraft(app: App, actor: Actor, key: DraftKey): Promise<Draft & { readonly savedAt: Date | null }> {
  const owner = ownerOf(actor)
  const [row] = await ownLook<{ sealed: Buffer; saved_at: Date }>(app, actor, 'case-draft', own => ({
    name: 'case-draft',
    text: 'select sealed, saved_at from case_draft where subject_id = $1 and actor = $2 and draft_key = $3 and saved_at > $4',
    values: [own, owner.actor, key, earliest(app)],
  }))
  if (!row) return { ...NO_DRAFT, savedAt: null }
  const opened = app.keys.open(row.sealed, aadOf(owner.subjectId, owner.actor, key)).toString()
  return { ...Draft.parse(JSON.parse(opened)), savedAt: row.saved_at }
}

/** Keeps what was typed so far, ID numbers masked, in the place of what was kept before. Refuses `text.prohibited`. */
export async function saveDraft(app: App, actor: Actor, key: DraftKey, draft: Draft): Promise<void> {
  const { subjectId, actor: by } = ownerOf(actor)
  const today = legalDay(app.now(), app.city.zone)
  const answers = Object.fromEntries(
    Object.entries(draft.answers).map(([field, value]) => [field, keptIfTyped(app.law, value, today)]),
  )
  const { papers, passed } = draft
  const sealed = app.keys.seal('data', JSON.stringify({ answers, papers, passed } satisfies Draft), aadOf(subjectId, by, key))
  const paperIds = papers.map(paper => paper.paperId)
  await change(app, actor, { deed: 'case.keep-draft', entity: `subject:${subjectId}` }, ({ tx, at }) =>
    tx.run(sql`insert into case_draft (subject_id, actor, draft_key, sealed, paper_ids, saved_at)
      values (${subjectId}, ${by}, ${key}, ${sealed}, ${paperIds}::bigint[], ${at})
      on conflict (subject_id, actor, draft_key) do update set sealed = excluded.sealed, paper_ids = excluded.paper_ids, saved_at = excluded.saved_at`),
  )
}

/** Forgets what was begun; its papers go with those that nobody handed in. */
export async function dropDraft(app: App, actor: Actor, key: DraftKey): Promise<void> {
  const { subjectId, actor: by } = ownerOf(actor)
  await change(app, actor, { deed: 'case.drop-draft', entity: `subject:${subjectId}` }, ({ tx }) =>
    tx.run(sql`delete from case_draft where subject_id = ${subjectId} and actor = ${by} and draft_key = ${key}`),
  )
}

/** Forgets what nobody has touched for thirty days. */
export async function forgetDrafts(app: App): Promise<number> {
  const before = earliest(app)
  if (!(await app.db.row(sql`select from case_draft where saved_at <= ${before} limit 1`))) return 0
  return await change(app, SYSTEM, { deed: 'case.forget-drafts', entity: 'system' }, async ({ tx, tell }) => {
    const drafts = await tx.run(sql`delete from case_draft where saved_at <= ${before}`)
    tell({ drafts })
    return drafts
  })
}

const earliest = (app: Pick<App, 'now'>): Date => new Date(app.now().getTime() - DRAFT_DAYS * 86_400_000)
