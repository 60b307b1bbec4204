import type { Day } from '../base/day.ts'
import type { FactId } from '../base/id.ts'
import type { ArchivedRecord, Fact, FiledKind, Standing, StandingKind } from './model.ts'

/*
 * What is told about a record since it was sent: by cases, which make something of it until they take that back, and by its subject, who may
 * say something beside it. Pure: the facts known by an instant come in, what holds on a day goes out.
 */

const FILED: ReadonlySet<string> = new Set<FiledKind>(['record', 'correction', 'annulment', 'gravity'])

/** Whether a fact was sent or answered, and not told about a record since. */
export function isFiled(fact: Pick<Fact, 'kind'>): boolean {
  return FILED.has(fact.kind)
}

/** What takes a record away, the gravest first: a record has one state, whatever several cases make of it. */
const STATES = ['annulled', 'removed', 'repaired', 'suspended'] as const

type Ended<T> = { readonly told: T; readonly until: Day | null }
type Comment = NonNullable<ArchivedRecord['comment']>

/** Everything told about one record. */
export class Told {
  private readonly standings = new Map<number, Ended<Standing>>()
  private readonly comments = new Map<number, Ended<Comment>>()
  private readonly factIds: FactId[] = []

  take({ kind, factId, replaces, decidedOn, content }: Fact): void {
    this.factIds.push(factId)
    if (kind === 'standing') {
      const { kind: what = '', case: caseId, basis = '' } = content
      const told = { standingId: factId, kind: what as StandingKind, caseId: Number(caseId), from: decidedOn, basis }
      this.standings.set(factId, { told, until: null })
    } else if (kind === 'comment') {
      const told = { commentId: factId, text: content.text ?? '', on: decidedOn }
      this.comments.set(factId, { told, until: null })
    } else if (kind === 'standing-end') end(this.standings, replaces, decidedOn)
    else end(this.comments, replaces, decidedOn)
  }

  /** What holds on a day, of a record whose sender has annulled it or not. */
  on(asOf: Day, isAnnulled: boolean): Pick<ArchivedRecord, 'told' | 'state' | 'contested' | 'standings' | 'comment'> {
    const standings = [...this.standings.values()].filter(one => holds(one, asOf)).map(one => one.told)
    const has = (kind: StandingKind): boolean => standings.some(one => one.kind === kind)
    const comment = [...this.comments.values()].filter(({ told, until }) => isWithin(told.on, until, asOf)).at(-1)
    return {
      told: this.factIds,
      state: isAnnulled ? 'annulled' : (STATES.find(has) ?? 'standing'),
      contested: has('contested'),
      standings,
      comment: comment?.told ?? null,
    }
  }
}

/** An annulment speaks of the act from its beginning, whenever it was made, and one that was taken back never held. */
function holds({ told, until }: Ended<Standing>, asOf: Day): boolean {
  return told.kind === 'annulled' ? until === null : isWithin(told.from, until, asOf)
}

/** From the first day on; on the day of its end no more. */
function isWithin(from: Day, until: Day | null, asOf: Day): boolean {
  return from <= asOf && (until === null || asOf < until)
}

function end<T>(all: Map<number, Ended<T>>, id: number | null, until: Day): void {
  const one = id === null ? undefined : all.get(id)
  if (one && id !== null) all.set(id, { ...one, until })
}
