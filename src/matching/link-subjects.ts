import { type Actor, may } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { appendLink, type LinkKind, linkFault, listLinks, resolveSubjects, type SubjectLink } from '../archive/links.ts'
import type { Day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { withdrawFrom } from '../publication/withdraw.ts'
import { openAll } from '../receivers/commands.ts'
import type { SubjectKind } from '../subject/kind.ts'
import { keptText } from '../subject/resident-numbers.ts'

/*
 * A person of the credit office links subjects that the registrar merged or split, or takes a link back. Both are appended acts; which facts
 * belong to whom follows from the links (archive/links.ts).
 */

export type Linking = {
  /** Who was merged into another one, or came out of it. */
  readonly subjectId: SubjectId
  readonly toSubject: SubjectId
  readonly kind: LinkKind
  /** The day on which it took effect; not after today. */
  readonly validFrom: Day
  /** What it rests on, e.g. the registrar's notice. */
  readonly reason: string
}

/** One at a time: two links made at once could close a ring that neither of them sees. */
const LOCK = 7_355_613

/**
 * Links two subjects. Refuses `subject.unknown`, `subject.link-self`, `subject.linked-before`, `subject.merged-before` (a subject is merged
 * into one other at most), `subject.link-cycle`, `subject.link-kinds` (a person with an organisation; a branch into what is none, for a
 * branch is never folded into its parent, M058), `subject.link-future`, `subject.link-reason`.
 */
export async function recordLink(app: App, actor: Actor, linking: Linking): Promise<{ linkId: number }> {
  if (!may(actor, 'waiting.decide')) throw new NotAllowed('access.not-allowed')
  const { subjectId, toSubject, kind, validFrom } = linking
  const reason = linking.reason.trim()
  if (reason === '') throw new Refusal('subject.link-reason', null, {}, 422)
  const linkId = await app.ids.next()
  const detail = { linkId, toSubject, kind, validFrom }
  return await change(app, actor, { deed: 'subject.link', entity: `subject:${subjectId}`, detail }, async made => {
    made.tell({ reason: keptText(reason, made.today) })
    if (validFrom > made.today) throw new Refusal('subject.link-future', null, { today: made.today }, 422)
    await made.tx.run(sql`select pg_advisory_xact_lock(${LOCK})`)
    await requireKinds(made, linking)
    const fault = linkFault(await listLinks(made.tx, [subjectId, toSubject], made.at), { from: subjectId, to: toSubject, kind })
    if (fault) throw new Refusal(fault)
    await appendLink(made, { linkId, from: subjectId, to: toSubject, kind, validFrom }, null)
    await tellPublication(app, made, [subjectId, toSubject])
    return { linkId }
  })
}

/**
 * Takes a link back: from now on it counts as never made, and what the survivor showed of the other's records stops in this transaction.
 * Refuses `subject.link-unknown`, `subject.link-reason`.
 */
export async function undoLink(
  app: App,
  actor: Actor,
  key: { readonly subjectId: SubjectId; readonly linkId: number },
  reason: string,
): Promise<void> {
  if (!may(actor, 'waiting.decide')) throw new NotAllowed('access.not-allowed')
  if (reason.trim() === '') throw new Refusal('subject.link-reason', null, {}, 422)
  const { subjectId, linkId } = key
  const undoId = await app.ids.next()
  await change(app, actor, { deed: 'subject.unlink', entity: `subject:${subjectId}`, detail: { linkId } }, async made => {
    made.tell({ reason: keptText(reason.trim(), made.today) })
    await made.tx.run(sql`select pg_advisory_xact_lock(${LOCK})`)
    const links = await listLinks(made.tx, [subjectId], made.at)
    const link = links.find(one => one.linkId === linkId && one.from === subjectId)
    if (!link) throw new NotFound('subject.link-unknown')
    if (link.kind === 'merged-into') await withdrawMerged(app, made, link)
    await appendLink(made, { ...link, linkId: undoId }, linkId)
    await tellPublication(app, made, [link.from, link.to])
  })
}

/** What was shown of the leaving ones under those that stay: under the survivor, and under one in between before it was merged itself. */
async function withdrawMerged(app: App, made: Change, link: SubjectLink): Promise<void> {
  const group = (await resolveSubjects(made.tx, [link.from], { asOf: made.today, knownOn: made.at })).get(link.from) ?? []
  const leaving = await membersOf(made, link)
  const shown = await made.tx.rows<{ subjectId: SubjectId; recordId: FactId }>({
    text: `select subject_id as "subjectId", fact_id as "recordId" from fact_content where subject_id = any($1::bigint[]) and kind = 'record'`,
    values: [leaving],
  })
  const staying = group.filter(subjectId => !leaving.includes(subjectId))
  await withdrawFrom(
    app,
    made,
    staying.flatMap(subjectId => shown.map(({ recordId }) => ({ subjectId, recordId }))),
    'subject.unlinked',
  )
  // Whoever was shown them while they were linked took them for the survivor's.
  const owned = [...Map.groupBy(shown, one => one.subjectId)]
  await openAll(
    app,
    made,
    owned.map(([subjectId, records]) => ({
      subjectId,
      recordIds: records.map(one => one.recordId),
      cause: 'misattributed' as const,
      shownUnder: staying,
      since: link.knownFrom,
    })),
  )
}

/** The subject that leaves and everyone who was merged into it before. */
async function membersOf(made: Change, link: SubjectLink): Promise<SubjectId[]> {
  const links = (await listLinks(made.tx, [link.from], made.at)).filter(one => one.kind === 'merged-into')
  const members = new Set([link.from])
  for (const member of members) for (const one of links) if (one.to === member) members.add(one.from)
  return [...members]
}

async function requireKinds(made: Change, { subjectId, toSubject, kind }: Linking): Promise<void> {
  const rows = await made.tx.rows<{ subject_id: SubjectId; kind: SubjectKind }>({
    text: 'select subject_id, kind from subject where subject_id = any($1::bigint[])',
    values: [[subjectId, toSubject]],
  })
  const [from, to] = [subjectId, toSubject].map(id => rows.find(row => row.subject_id === id)?.kind)
  if (!from || !to) throw new NotFound('subject.unknown')
  const isPerson = (of: SubjectKind): boolean => of === 'natural-person'
  const foldsBranch = kind === 'merged-into' && (from === 'branch') !== (to === 'branch')
  const splitsPerson = kind === 'split-from' && isPerson(from)
  if (isPerson(from) !== isPerson(to) || foldsBranch || splitsPerson) throw new Refusal('subject.link-kinds', null, {}, 422)
}

async function tellPublication(app: App, made: Change, subjectIds: readonly SubjectId[]): Promise<void> {
  const links = await listLinks(made.tx, subjectIds, made.at)
  const all = new Set([...subjectIds, ...links.flatMap(link => [link.from, link.to])])
  await app.queue.enqueue(made.tx, 'publish-subjects', { subjectIds: [...all].sort((a, b) => a - b) })
}
