import { addDays, type Day } from '../base/day.ts'

// The archive as a test understands it, without a database: what was told on which day, and what it amounts to on two axes.

export type Told =
  | { readonly what: 'report' | 'annul'; readonly number: number; readonly text: string; readonly decidedOn: Day }
  | { readonly what: 'mistaken'; readonly number: number; readonly text: string; readonly decidedOn: Day }
  | { readonly what: 'decide' | 'undo'; readonly number: number }
  | { readonly what: 'register'; readonly approvedOn: Day; readonly name: string; readonly status: string }

/** A version of something, from the day on which it became known. `gone`: annulled from then on. */
type Version = { readonly knownOn: Day; readonly text: string; readonly decidedOn: Day; readonly gone: boolean }
type Approval = { readonly knownOn: Day; readonly name: string; readonly status: string }
type Question = { readonly text: string; readonly decidedOn: Day; state: 'open' | 'decided' }

export type Seen = {
  readonly number: number
  readonly text: string
  readonly decidedOn: Day
  readonly state: string
  readonly versions: number
}
export type SeenCard = {
  readonly registered: boolean
  readonly name: string | null
  readonly status: string | null
  readonly formerNames: readonly { readonly name: string; readonly from: Day | null; readonly until: Day }[]
}

/** One subject's history. */
export class ToldModel {
  private readonly records = new Map<number, Version[]>()
  private readonly approvals = new Map<Day, Approval[]>()
  private readonly questions = new Map<number, Question>()

  take(told: Told, on: Day): void {
    if (told.what === 'report') this.report(told.number, told.text, told.decidedOn, on)
    else if (told.what === 'annul') this.annul(told.number, on)
    else if (told.what === 'mistaken') this.ask(told.number, told.text, told.decidedOn)
    else if (told.what === 'register') this.register(told.approvedOn, { knownOn: on, name: told.name, status: told.status })
    else if (told.what === 'decide') this.decide(told.number, on)
    else this.undo(told.number, on)
  }

  /** Whether a number has a question that may be decided, or undone. */
  questionState(number: number): 'none' | 'open' | 'decided' {
    return this.questions.get(number)?.state ?? 'none'
  }

  private report(number: number, text: string, decidedOn: Day, on: Day): void {
    const versions = this.records.get(number) ?? []
    const last = versions.at(-1)
    if (last?.gone) return
    // An earlier version sent again waits for a person; the present one is a duplicate.
    if (versions.some(one => one.text === text && one.decidedOn === decidedOn)) return
    put(this.records, number, { knownOn: on, text, decidedOn, gone: false })
  }

  private register(approvedOn: Day, approval: Approval): void {
    // As with reports: what an earlier version of the same approval said waits for a person.
    const isKnown = this.approvals.get(approvedOn)?.some(one => one.name === approval.name && one.status === approval.status)
    if (!isKnown) put(this.approvals, approvedOn, approval)
  }

  private annul(number: number, on: Day): void {
    const last = this.records.get(number)?.at(-1)
    if (last && !last.gone) put(this.records, number, { ...last, knownOn: on, gone: true })
  }

  private ask(number: number, text: string, decidedOn: Day): void {
    if (!this.questions.has(number)) this.questions.set(number, { text, decidedOn, state: 'open' })
  }

  private decide(number: number, on: Day): void {
    const question = this.questions.get(number)
    if (question?.state !== 'open') return
    question.state = 'decided'
    const { text, decidedOn } = question
    // Decided again after an undoing, it is a record of its own: the one taken back stays in the archive, annulled.
    const former = this.records.get(number)
    if (former) this.records.set(number + 1000 * (1 + this.again++), former)
    this.records.set(number, [{ knownOn: on, text, decidedOn, gone: false }])
  }

  private again = 0

  private undo(number: number, on: Day): void {
    const question = this.questions.get(number)
    if (question?.state !== 'decided') return
    question.state = 'open'
    this.annul(number, on)
  }

  /** The records as of a day, as known at the end of another. */
  seen(asOf: Day, knownOn: Day): Seen[] {
    return [...this.records].flatMap(([number, versions]) => {
      const known = versions.filter(one => one.knownOn <= knownOn)
      const last = known.at(-1)
      if (!last || last.decidedOn > asOf) return []
      return [
        {
          number: number % 1000,
          text: last.text,
          decidedOn: last.decidedOn,
          state: last.gone ? 'annulled' : 'standing',
          versions: known.length,
        },
      ]
    })
  }

  card(asOf: Day, knownOn: Day): SeenCard {
    const standing = [...this.approvals]
      .flatMap(([approvedOn, versions]) => {
        const last = versions.findLast(one => one.knownOn <= knownOn)
        return last && approvedOn <= asOf ? [{ approvedOn, ...last }] : []
      })
      .sort((a, b) => (a.approvedOn < b.approvedOn ? -1 : 1))
    const present = standing.at(-1)
    if (!present) return { registered: false, name: null, status: null, formerNames: [] }
    const runs: { name: string; from: Day | null; until: Day | null }[] = []
    for (const { name, approvedOn } of standing) {
      const run = runs.at(-1)
      if (run?.name === name) continue
      if (run) run.until = approvedOn
      runs.push({ name, from: run ? approvedOn : null, until: null })
    }
    const latest = new Map(runs.map(run => [run.name, run]))
    const formerNames = [...latest.values()].flatMap(({ name, from, until }) => (until === null ? [] : [{ name, from, until }]))
    return {
      registered: true,
      name: present.name,
      status: present.status,
      formerNames: formerNames.sort((a, b) => (a.until < b.until ? 1 : -1)),
    }
  }
}

function put<Key, Value>(into: Map<Key, Value[]>, key: Key, value: Value): void {
  into.set(key, [...(into.get(key) ?? []), value])
}

/** Days worth asking about: each day on which something was told or decided, and the day before. */
export function daysAround(days: readonly Day[]): Day[] {
  return [...new Set(days.flatMap(day => [addDays(day, -1), day]))].sort()
}
