import type { Actor } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { FactId } from '../base/id.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import { remarkRecords } from '../publication/remark.ts'
import { keptTyped } from '../validation/typed-text.ts'
import { findRecord, type RecordKey, type RecordPlace } from './record.ts'
import { findComment, insertComment, insertCommentEnd } from './store.ts'
import { tell } from './tell.ts'

/** How long a statement may be, by the law's table; without one nobody may make one. */
export function commentLimit({ law }: Pick<App, 'law'>): number {
  return law.rights?.comment.maxLength ?? 0
}

/**
 * The subject says something beside a record of its own (主体说明, M257): shown wherever the record is shown, in the place of what it said
 * before. ID numbers are masked.
 *
 * Refuses `record.unknown` (none, or not one's own), `text.missing`, `text.prohibited`, `comment.too-long`, and `comment.changed-meanwhile`.
 */
export async function writeComment(app: App, actor: Actor, recordId: FactId, text: string): Promise<{ commentId: number }> {
  const commentId = await app.ids.next()
  await commenting(app, actor, recordId, 'standing.comment', async (made, place) => {
    const kept = keptTyped(app.law, text, made.today)
    const limit = commentLimit(app)
    if ([...kept].length > limit) throw new Refusal('comment.too-long', null, { limit }, 422)
    const before = await endComment(app, made, place)
    if (!(await insertComment(made, place, commentId))) throw new Refusal('comment.changed-meanwhile')
    await tell(made, place, { factId: commentId, kind: 'comment', about: recordId, content: { text: kept } })
    made.tell({ commentId })
    return before
  })
  return { commentId }
}

/** The subject takes its statement back: it is nowhere any more. Refuses `record.unknown` and `comment.none`. */
export async function withdrawComment(app: App, actor: Actor, recordId: FactId): Promise<void> {
  await commenting(app, actor, recordId, 'standing.withdraw-comment', async (made, place) => {
    if (!(await endComment(app, made, place))) throw new NotFound('comment.none')
    return true
  })
}

/** `work` says whether something that was shown has gone: then reports that printed it are superseded. */
async function commenting(
  app: App,
  actor: Actor,
  recordId: FactId,
  deed: string,
  work: (made: Change, place: RecordPlace) => Promise<boolean>,
): Promise<void> {
  const { subjectId } = actor
  if (subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'rights.lodge' })
  const key: RecordKey = { subjectId, recordId }
  await change(app, actor, { deed, entity: `subject:${subjectId}`, detail: { recordId } }, async made => {
    const place = await findRecord(made, key)
    const hasGone = await work(made, place)
    await remarkRecords(app, made, [place], hasGone ? 'record.comment-withdrawn' : null)
  })
}

async function endComment(app: App, made: Change, place: RecordPlace): Promise<boolean> {
  const open = await findComment(made, place)
  if (open === undefined) return false
  const endId = await app.ids.next()
  if (!(await insertCommentEnd(made, place.subjectId, { ofId: open, endId }))) return false
  await tell(made, place, { factId: endId, kind: 'comment-end', about: open, content: {} })
  return true
}
