import type { Change } from '../access/change.ts'
import type { Day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { type Query, sql } from '../db/database.ts'
import type { Axes } from './axes.ts'

/*
 * Merging and splitting are appended links; no fact ever changes its subject. A link counts from the day on which it took effect and from
 * the instant at which it became known; undone, it counts for nobody who knows of that.
 *
 * Who is merged into another one leaves its records to it: they are read together, and its own page leads there. A split takes nothing
 * along: what one body did is not held against another without a law that says so (principle 5); the page names where it came from.
 */

export const LINK_KINDS = ['merged-into', 'split-from'] as const
export type LinkKind = (typeof LINK_KINDS)[number]

/** `from` was merged into `to`, or split from it. */
export type SubjectLink = {
  readonly linkId: number
  readonly from: SubjectId
  readonly to: SubjectId
  readonly kind: LinkKind
  readonly validFrom: Day
  readonly knownFrom: Date
}

/** An archive that is read as one: the subject that survives stands first, then all that were merged into it. */
export type Group = readonly [SubjectId, ...SubjectId[]]

type LinkRow = {
  link_id: number
  subject_id: SubjectId
  to_subject: SubjectId
  kind: LinkKind | 'undone'
  valid_from: Day
  known_from: Date
  undoes: number | null
}

/**
 * All links that hang together with these subjects, however far, as they are known at an instant: undone ones are left out. One statement,
 * which finds nothing at once where there are none.
 */
export async function listLinks(query: Query, subjectIds: readonly SubjectId[], knownOn: Date): Promise<SubjectLink[]> {
  const rows = await query.rows<LinkRow>({
    name: 'list-links',
    text: `with recursive near as (
        select l.* from unnest($1::bigint[]) as asked (id) cross join lateral (
          select * from subject_link where subject_id = asked.id union all select * from subject_link where to_subject = asked.id) l
        union
        select l.* from near n cross join lateral (
          select * from subject_link where subject_id in (n.subject_id, n.to_subject) union all select * from subject_link where to_subject in (n.subject_id, n.to_subject)) l)
      select link_id, subject_id, to_subject, kind, valid_from, known_from, undoes from near where known_from <= $2 order by known_from, link_id`,
    values: [subjectIds, knownOn],
  })
  const undone = new Set(rows.map(row => row.undoes))
  return rows.flatMap(row =>
    row.kind === 'undone' || undone.has(row.link_id)
      ? []
      : [
          {
            linkId: row.link_id,
            from: row.subject_id,
            to: row.to_subject,
            kind: row.kind,
            validFrom: row.valid_from,
            knownFrom: row.known_from,
          },
        ],
  )
}

/**
 * Whose facts belong to each asked subject on both axes: itself, or the one that survives and everyone merged into it. Every asked id has an
 * answer; asked ids that lead to the same survivor get the same group.
 */
export async function resolveSubjects(
  query: Query,
  subjectIds: readonly SubjectId[],
  axes: Axes,
): Promise<Map<SubjectId, Group>> {
  return groupsOf(subjectIds, await listLinks(query, subjectIds, axes.knownOn), axes.asOf)
}

/** The same from links at hand. Pure. */
export function groupsOf(subjectIds: readonly SubjectId[], links: readonly SubjectLink[], asOf: Day): Map<SubjectId, Group> {
  const mergers = links.filter(link => link.kind === 'merged-into' && link.validFrom <= asOf)
  const survivorOf = new Map(mergers.map(link => [link.from, link.to]))
  const mergedInto = Map.groupBy(mergers, link => link.to)
  const groups = new Map<SubjectId, Group>()
  for (const asked of subjectIds) {
    let survivor = asked
    for (let next = survivorOf.get(survivor); next !== undefined; next = survivorOf.get(survivor)) survivor = next
    const group: [SubjectId, ...SubjectId[]] = [survivor]
    for (const member of group) for (const link of mergedInto.get(member) ?? []) group.push(link.from)
    groups.set(asked, group)
  }
  return groups
}

/** Why a new link may not be; null where it may. `links`: all that hang together with both subjects, as known now. */
export function linkFault(
  links: readonly SubjectLink[],
  wanted: Pick<SubjectLink, 'from' | 'to' | 'kind'>,
): 'subject.link-self' | 'subject.link-cycle' | 'subject.merged-before' | 'subject.linked-before' | null {
  const { from, to, kind } = wanted
  if (from === to) return 'subject.link-self'
  const same = links.filter(link => link.kind === kind)
  if (same.some(link => link.from === from && link.to === to)) return 'subject.linked-before'
  // Days do not matter: what is no ring with all links is no ring on any day.
  const reached = new Set([to])
  for (const at of reached) for (const link of same) if (link.from === at) reached.add(link.to)
  if (reached.has(from)) return 'subject.link-cycle'
  return kind === 'merged-into' && same.some(link => link.from === from) ? 'subject.merged-before' : null
}

/** Appends a link, or with `undoes` the taking back of one. Who may do so, and whether it may be, is decided before (matching/link-subjects.ts). */
export async function appendLink(change: Change, link: Omit<SubjectLink, 'knownFrom'>, undoes: number | null): Promise<void> {
  await change.tx.run(sql`insert into subject_link (subject_id, link_id, kind, to_subject, valid_from, known_from, act_id, undoes)
    values (${link.from}, ${link.linkId}, ${undoes === null ? link.kind : 'undone'}, ${link.to}, ${link.validFrom}, ${change.at}, ${change.actId}, ${undoes})`)
}
