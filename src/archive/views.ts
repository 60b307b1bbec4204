import type { Day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { Query, Row, Statement } from '../db/database.ts'
import type { ArchivedRecord, Content, Fact, FactKind, GivenGravity } from './model.ts'
import { isFiled, Told } from './told.ts'

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

export const FACT_COLUMNS =
  'subject_id, fact_id, decided_on, item, edition, authority, kind, replaces, known_from, received_on, content'

/** The statement that reads all facts of these subjects known by an instant. For `look()` and for the platform's own line. */
export function factsOf(subjectIds: readonly SubjectId[], knownOn: Date): Statement {
  return {
    name: 'facts-of',
    text: `select ${FACT_COLUMNS} from fact_content where subject_id = any($1::bigint[]) and known_from <= $2 order by subject_id, fact_id`,
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

type Building = {
  first: Fact
  head: Fact
  versions: FactId[]
  annulled: boolean
  readonly classes: Map<FactId, GivenGravity>
  readonly told: Told
}

/**
 * The records that a set of facts amounts to: corrections folded onto what they replace, annulments marked, the officer's class taken in, with
 * what cases and the subject have said of them since.
 * What was decided after `asOf`, by the last version known, does not count; a correction or an annulment counts from the day that it
 * speaks of, whenever it was made. Order: latest decision first.
 */
export function recordsOf(facts: readonly Fact[], asOf: Day): ArchivedRecord[] {
  const folding = new Folding()
  for (const fact of [...facts].sort(byKnowledge)) folding.take(fact)
  return folding.all
    .filter(made => made.head.decidedOn <= asOf)
    .map(made => ({
      recordId: made.first.factId,
      head: made.head,
      versions: made.versions,
      ...made.told.on(asOf, made.annulled),
      gravity: [...made.classes.values()].at(-1) ?? null,
    }))
    .sort((a, b) =>
      a.head.decidedOn < b.head.decidedOn ? 1 : a.head.decidedOn > b.head.decidedOn ? -1 : b.recordId - a.recordId,
    )
}

function byKnowledge(a: Fact, b: Fact): number {
  return a.knownFrom.getTime() - b.knownFrom.getTime() || a.factId - b.factId
}

class Folding {
  readonly all: Building[] = []
  private readonly byFact = new Map<FactId, Building>()
  private readonly versions = new Map<FactId, Fact>()
  /** Facts that came before what they replace: ids are handed out in blocks, and an instant is read before a lock is waited for. */
  private readonly early = new Map<FactId, Fact[]>()

  take(fact: Fact): void {
    if (fact.replaces === null) {
      const made = { first: fact, head: fact, versions: [fact.factId], annulled: false, classes: new Map(), told: new Told() }
      this.all.push(made)
      this.settle(fact, made)
      return
    }
    const record = this.byFact.get(fact.replaces)
    if (record) this.fold(record, fact)
    else this.early.set(fact.replaces, [...(this.early.get(fact.replaces) ?? []), fact])
  }

  /** A class names the version that it was given on; without a class, the answer that it takes back. */
  private classify(record: Building, { factId, replaces, content }: Fact): void {
    const named = replaces as FactId
    if (content.gravity === undefined) record.classes.delete(named)
    else record.classes.set(factId, { gravity: content.gravity, on: this.versions.get(named) ?? record.first })
  }

  private fold(record: Building, fact: Fact): void {
    if (isFiled(fact)) record.versions.push(fact.factId)
    if (!isFiled(fact)) record.told.take(fact)
    else if (fact.kind === 'annulment') record.annulled = true
    else if (fact.kind === 'gravity') this.classify(record, fact)
    else record.head = fact
    this.settle(fact, record)
  }

  private settle(fact: Fact, record: Building): void {
    this.byFact.set(fact.factId, record)
    if (fact.kind === 'record' || fact.kind === 'correction') this.versions.set(fact.factId, fact)
    for (const waiting of this.early.get(fact.factId) ?? []) this.fold(record, waiting)
    this.early.delete(fact.factId)
  }
}

/** Facts of subjects for the platform's own line (publication, checks of the ledger): not a look, nothing leaves. */
export async function listFacts(query: Query, subjectIds: readonly SubjectId[], knownOn: Date): Promise<Fact[]> {
  return (await query.rows<FactRow>(factsOf(subjectIds, knownOn))).map(factOf)
}
