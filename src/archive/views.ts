import type { Day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { Query, Row, Statement } from '../db/database.ts'
import type { ArchivedRecord, Content, Fact, FactKind } from './model.ts'

/*
 * Reading the archive on two time axes: `asOf`, the day whose situation is asked for; `knownOn`, the instant up to which facts count.
 */

export type FactRow = Row & {
  subject_id: SubjectId
  fact_id: FactId
  decided_on: Day
  item: string
  edition: string
  authority: string
  kind: FactKind
  replaces: FactId | null
  known_from: Date
  received_on: Day
  content: Content
}

export type Axes = { readonly asOf: Day; readonly knownOn: Date }

/** The statement that reads all facts of these subjects known by an instant, oldest first. For `look()` and for the platform's own line. */
export function factsOf(subjectIds: readonly SubjectId[], knownOn: Date): Statement {
  return {
    name: 'facts-of',
    text: `select subject_id, fact_id, decided_on, item, edition, authority, kind, replaces, known_from, received_on, content
      from fact_content where subject_id = any($1::bigint[]) and known_from <= $2 order by subject_id, fact_id`,
    values: [subjectIds, knownOn],
  }
}

export function factOf(row: FactRow): Fact {
  return {
    subjectId: row.subject_id,
    factId: row.fact_id,
    decidedOn: row.decided_on,
    item: row.item,
    edition: row.edition,
    authority: row.authority,
    kind: row.kind,
    replaces: row.replaces,
    knownFrom: row.known_from,
    receivedOn: row.received_on,
    content: row.content,
  }
}

type Building = { first: Fact; head: Fact; versions: FactId[]; annulled: boolean; gravity: string | null }

/**
 * The records that a set of facts amounts to: corrections folded onto what they replace, annulments marked, the officer's class taken in.
 * Acts after `asOf` do not count. Order: latest decision first.
 */
export function recordsOf(facts: readonly Fact[], asOf: Day): ArchivedRecord[] {
  const byFact = new Map<FactId, Building>()
  const all: Building[] = []
  for (const fact of facts) {
    if (fact.replaces === null) {
      if (fact.decidedOn > asOf) continue
      const made = { first: fact, head: fact, versions: [fact.factId], annulled: false, gravity: null }
      byFact.set(fact.factId, made)
      all.push(made)
    } else foldInto(byFact.get(fact.replaces), fact, byFact)
  }
  return all
    .map(made => ({
      recordId: made.first.factId,
      head: made.head,
      versions: made.versions,
      state: made.annulled ? ('annulled' as const) : ('standing' as const),
      gravity: made.gravity,
    }))
    .sort((a, b) =>
      a.head.decidedOn < b.head.decidedOn ? 1 : a.head.decidedOn > b.head.decidedOn ? -1 : b.recordId - a.recordId,
    )
}

function foldInto(record: Building | undefined, fact: Fact, byFact: Map<FactId, Building>): void {
  if (!record) return
  byFact.set(fact.factId, record)
  record.versions.push(fact.factId)
  if (fact.kind === 'annulment') record.annulled = true
  else if (fact.kind === 'gravity') record.gravity = fact.content['gravity'] ?? null
  else record.head = fact
}

/** Facts of subjects for the platform's own line (publication, checks of the ledger): not a look, nothing leaves. */
export async function listFacts(query: Query, subjectIds: readonly SubjectId[], knownOn: Date): Promise<Fact[]> {
  return (await query.rows<FactRow>(factsOf(subjectIds, knownOn))).map(factOf)
}
