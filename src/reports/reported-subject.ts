import { type Actor, may } from '../access/actor.ts'
import type { App } from '../app.ts'
import { listCards, type SubjectCard } from '../archive/cards.ts'
import type { MergedFrom } from '../archive/contract.ts'
import { type Group, resolveSubjects } from '../archive/links.ts'
import { mergedFrom } from '../archive/merged-from.ts'
import type { Fact } from '../archive/model.ts'
import { type StandingRecord, standingRecords } from '../archive/registrations.ts'
import { recordsOf } from '../archive/views.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotAllowed, NotFound } from '../base/refusal.ts'
import type { Query } from '../db/database.ts'
import { itemEdition, type Law } from '../law/law.ts'
import type { Words } from '../words/words.ts'

/** Whose report it is: the subject that survives, with all that were merged into it (M056). */
export type ReportedSubject = {
  readonly group: Group
  /** The survivor's. */
  readonly card: SubjectCard
  /** Those that were merged into it. */
  readonly merged: readonly SubjectCard[]
  /** Another one was asked for. */
  readonly mergedFrom: MergedFrom | null
}

/** Who reports for whom was asked for, in whose group. Refuses `subject.unknown`. */
export async function getReported(query: Query, words: Words, subjectId: SubjectId, group: Group): Promise<ReportedSubject> {
  const cards = new Map((await listCards(query, group)).map(card => [card.subjectId, card]))
  const [card, asked] = [cards.get(group[0]), cards.get(subjectId)]
  if (!card || !asked) throw new NotFound('subject.unknown')
  const merged = group.slice(1).flatMap(member => cards.get(member) ?? [])
  return { group, card, merged, mergedFrom: mergedFrom(words, asked, card) }
}

/** The group of a subject as known at an instant, on that instant's day: whose records a report of that instant was composed from. */
export async function groupAt(app: App, subjectId: SubjectId, at: Date): Promise<Group> {
  const groups = await resolveSubjects(app.db, [subjectId], { asOf: legalDay(at, app.city.zone), knownOn: at })
  return groups.get(subjectId) ?? [subjectId]
}

/** Everything that is committed counts, also what was decided while a report was set. */
const EVER = new Date('9999-12-31T00:00:00Z')

/** Whether a group is one still, with nobody come or gone. */
export async function isStillGroup(query: Query, group: Group, today: Day): Promise<boolean> {
  const now = (await resolveSubjects(query, [group[0]], { asOf: today, knownOn: EVER })).get(group[0]) ?? []
  return now[0] === group[0] && new Set([...now, ...group]).size === group.length && now.length === group.length
}

/**
 * A special report is the survivor's own: it holds what is not public about all of the group. Refuses `report.special-own-only`,
 * `access.not-allowed` where a mandate does not cover reports, and `report.own-merged` for the account of one that was merged, which is no longer a subject of its own and sees nothing of the other's.
 */
export function requireOwn(actor: Actor, asked: SubjectId, group: Group): void {
  if (actor.subjectId !== group[0])
    throw new NotAllowed(actor.subjectId === asked ? 'report.own-merged' : 'report.special-own-only')
  requireOwnReports(actor)
}

/** An agent's mandate may cover other things than reports. Throws `access.not-allowed`. */
export function requireOwnReports(actor: Actor): void {
  if (!may(actor, 'report.issue-own')) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'report.issue-own' })
}

/**
 * The records of a group, latest decision first. How those that were merged once stood in the register is no registration of the one that
 * survives, and is left out.
 */
export function recordsOfGroup(law: Law, group: Group, facts: readonly Fact[], today: Day): StandingRecord[] {
  const factsOf = Map.groupBy(facts, fact => fact.subjectId)
  const records = group.flatMap(member => {
    const own = standingRecords(law, recordsOf(factsOf.get(member) ?? [], today))
    return member === group[0] ? own : own.filter(record => !isRegistration(law, record))
  })
  return group.length === 1 ? records : records.sort(latestFirst)
}

function isRegistration(law: Law, { head }: StandingRecord): boolean {
  return itemEdition(law, `${head.item}@${head.edition}`)?.report.section === 'registration'
}

function latestFirst(a: StandingRecord, b: StandingRecord): number {
  if (a.head.decidedOn !== b.head.decidedOn) return a.head.decidedOn < b.head.decidedOn ? 1 : -1
  return b.recordId - a.recordId
}
