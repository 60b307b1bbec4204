import { type Actor, may } from '../access/actor.ts'
import { look, type TypedReason } from '../access/look.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { tidyCode } from '../subject/code-text.ts'
import { isResidentId } from '../subject/resident-id.ts'
import { parseUscc } from '../subject/uscc.ts'
import { findFoot } from './archive-rows.ts'
import { cardsOf, findPublicCard, type SubjectCard } from './cards.ts'
import { resolveSubjects } from './links.ts'
import { outletFor } from './read-archive.ts'

/**
 * The card of a subject as it is now: an organisation's for anyone, as it is published, of one that was merged the survivor's. A natural person's only to those
 * who may open archives, with purpose and business number, and registered as a look.
 *
 * Refuses `subject.unknown` for whoever there is none, and just so for a person where any of this is missing: that it exists is confirmed
 * to nobody.
 */
export async function getSubjectCard(app: App, actor: Actor, subjectId: SubjectId, reason: TypedReason): Promise<SubjectCard> {
  const foot = await findFoot(app.db, subjectId)
  if (!foot) throw new NotFound('subject.unknown')
  if (foot.kind === 'natural-person') return await personCard(app, actor, subjectId, reason)
  const card = await findPublicCard(app.db, foot.linked ? await survivorOf(app, subjectId) : subjectId)
  if (!card) throw new NotFound('subject.unknown')
  return card
}

async function survivorOf(app: App, subjectId: SubjectId): Promise<SubjectId> {
  const now = app.now()
  const groups = await resolveSubjects(app.db, [subjectId], { asOf: legalDay(now, app.city.zone), knownOn: now })
  return groups.get(subjectId)?.[0] ?? subjectId
}

async function personCard(
  app: App,
  actor: Actor,
  subjectId: SubjectId,
  { purpose, businessNo, basis }: TypedReason,
): Promise<SubjectCard> {
  if (!may(actor, 'archive.read') || !purpose?.trim() || !businessNo?.trim()) throw new NotFound('subject.unknown')
  const request = { actor, purpose, businessNo, basis: basis ?? null, outlet: outletFor(actor), shown: ['card'] }
  const { rows } = await look<SubjectCard>(app, request, [subjectId], cardsOf([subjectId]))
  const [card] = rows
  if (!card) throw new NotFound('subject.unknown')
  return card
}

/** A person's number does not stand in an address: it is kept in histories and logs. Refuses `search.person-number`. */
export function refusePersonNumber(app: App, text: string): void {
  const code = tidyCode(text).value
  // Fifteen digits are more often an old registration number than an old ID number.
  if (code.length !== 18 || !isResidentId(code)) return
  const uscc = parseUscc(code, { inventedPrefixes: app.city.inventedPrefixes as never })
  if (!uscc.ok) throw new Refusal('search.person-number', 'pipl#51', {}, 400)
}
