import { addDays, type Day, day, daysBetween } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { addWorkingDays } from '../law/calendar.ts'
import type { Law } from '../law/law.ts'
import { actsFrom, openingActs, traitOf } from '../law/procedure-flow.ts'
import type { Procedure, ProcedureAct } from '../law/procedure-model.ts'
import type { GuardName, Office } from '../law/procedure-words.ts'
import { clocksAfter } from './clocks.ts'
import { decide } from './decide.ts'
import type { GuardFacts } from './guards.ts'
import type { CaseClock, CaseEntry, CaseFile, CaseId, Filled, OpenedCase, RecordFacts } from './model.ts'
import { spanOf } from './terms.ts'

/*
 * A case that walks through its table by the engine's own judge and clocks, without a database: thousands of walks a second. What the case has done
 * to its subject is written down beside it, so that a walk can be held against what must never be.
 */

export type Walk = {
  readonly law: Law
  readonly procedure: Procedure
  today: Day
  opened: OpenedCase | null
  record: RecordFacts
  served: Map<string, Day>
  /** Letters that were sent to the subject and have not reached it. */
  sent: Set<string>
  /** What stands on the record by this case. */
  marks: Set<string>
  openConfirmations: number
  /** Whether what the case rests on has gone. */
  groundGone: boolean
  /** Breaches of what must never be, as sentences. */
  breaches: string[]
  acts: string[]
}

export const OFFICES_TRIED: readonly (readonly Office[])[] = [
  ['subject'],
  ['decider', 'initiator'],
  ['second', 'decider'],
  ['credit-office'],
  ['clock'],
]

/** Conditions that a walk is held to. */
const WALKED: ReadonlySet<string> = new Set<GuardName>(['list-hearing-day-right', 'list-hearing-held'])

const RECORD: RecordFacts = {
  subjectId: 1 as SubjectId,
  recordId: 7 as FactId,
  item: 'penalty-org',
  edition: '2019-07-01',
  authority: 'ecology-environment',
  decidedOn: day('2026-01-05'),
  content: {},
  effect: 'adverse',
  state: 'standing',
  contested: false,
  disclosed: null,
}

export function beginWalk(law: Law, procedure: Procedure): Walk {
  const isUndoing = procedure.acts.some(act => act.from.length === 0 && act.guards.includes('record-repaired'))
  const isReturning = procedure.acts.some(act => act.from.length === 0 && act.guards.includes('record-left-early'))
  const record = { ...RECORD, state: isUndoing ? 'repaired' : isReturning ? 'removed' : 'standing' }
  return {
    ...{ law, procedure, today: day('2026-04-20'), opened: null, record, served: new Map(), sent: new Set(), marks: new Set() },
    ...{ openConfirmations: 0, groundGone: false, breaches: [], acts: [] },
  }
}

/** One choice of the walk: an act, who tries it, how many days pass before, whether the letters on their way arrive. */
export type Choice = { readonly act: number; readonly who: number; readonly days: number; readonly arrives: boolean }

/** Takes one step: days pass, letters may arrive, receivers may confirm, somebody tries an act. */
export function step(walk: Walk, { act: which, who, days, arrives }: Choice): void {
  walk.today = addDays(walk.today, days)
  if (walk.today > '2026-11-30') walk.today = day('2026-11-30')
  if (arrives) {
    for (const template of walk.sent) walk.served.set(template, walk.today)
    walk.sent.clear()
    walk.openConfirmations = 0
  }
  // Now and then what a measure rests on goes, whoever takes it away.
  if (walk.procedure.about === 'measure' && walk.opened && which % 61 === 0) walk.groundGone = true
  const { opened, procedure } = walk
  // Mostly what the state knows, so that walks go deep; now and then anything at all.
  const candidates = opened ? (which % 4 === 0 ? procedure.acts : actsFrom(procedure, opened.file.state)) : openingActs(procedure)
  const act = candidates[Math.floor(which / 4) % candidates.length]
  const isEnd = procedure.states.some(state => state.state === act?.to && state.end !== null)
  // A walk that ended at every chance would never see what lies behind.
  if (isEnd && which % 5 !== 0) return
  // Half of the time whoever may: a walk of strangers alone never comes to the end of a long procedure.
  const held = OFFICES_TRIED[who] ?? OFFICES_TRIED.find(offices => act?.by.some(one => offices.includes(one))) ?? []
  // Every other confirmation is tried by whoever proposed.
  if (act) attempt(walk, act, act.confirms !== undefined && held.includes('second') && which % 2 === 1 ? [] : held)
}

function attempt(walk: Walk, act: ProcedureAct, offices: readonly Office[]): void {
  const { procedure, opened } = walk
  const filled = { ...opened?.filled, ...filledFor(walk, act) }
  const facts = factsOf(walk, filled)
  if (act.when && 'served' in act.when && !walk.served.has(act.when.served)) return
  if (act.when && 'confirmed' in act.when && walk.openConfirmations > 0) return
  if (act.when && 'gone' in act.when && !walk.groundGone) return
  // What is gone is refused by the record's own conditions.
  if (walk.groundGone && act.guards.includes('record-standing')) return
  // What depends on the record is held by tests of its own and taken as met here; what depends on days and letters the walk has itself.
  const kept = (one: ProcedureAct) => one.guards.filter(guard => WALKED.has(guard))
  const open = { ...procedure, acts: procedure.acts.map(one => ({ ...one, guards: kept(one) })) }
  const verdict = decide({ procedure: open, opened }, act.act, new Set(offices), facts)
  if (!verdict.ok) return
  judge(walk, act, filled)
  apply(walk, act, { to: verdict.value.to.state, isEnd: verdict.value.to.end !== null, filled })
}

/** What an act must never do where the case stands. */
function judge(walk: Walk, act: ProcedureAct, filled: Filled): void {
  const grave = act.effects.map(effect => traitOf(effect).grave)
  const say = (what: string): void =>
    void walk.breaches.push(`${walk.procedure.procedure}.${act.act}: ${what} after ${walk.acts.join(' ')}`)
  if (grave.some(one => one === 'listing' || one === 'measure' || one === 'breach')) {
    if (walk.served.size === 0) say('without a served letter')
    const answered = walk.opened?.clocks.some(clock => clock.duty === 'subject' && clock.stoppedOn !== null)
    if (!answered) say('before the time to answer was over')
    if (!act.by.includes('second')) say('by one person')
  }
  if (act.effects.includes('begin-measure')) judgeMeasure(walk, act, say)
  if (grave.some(one => one !== null) && act.by.includes('clock')) say('the platform took something away')
  if (act.act === 'hold-hearing') {
    const told = walk.served.get('hearing-notice')
    const on = filled['hearing-on'] ?? ''
    if (told === undefined || daysBetween(told, day(on)) < 7) say('heard unserved')
    if (walk.today < on) say('heard before the day')
  }
  const sets = act.effects.flatMap(effect => traitOf(effect).sets ?? [])
  if (sets.some(mark => walk.marks.has(mark))) say('the same mark twice')
  if (walk.record.state !== 'standing' && act.effects.some(effect => traitOf(effect).sets !== undefined))
    say('a mark on what has ended')
}

/** Principle 5: the seven parts are there before it begins, and it begins on nothing that has gone. */
function judgeMeasure(walk: Walk, act: ProcedureAct, say: (what: string) => void): void {
  const { opened, served, procedure } = walk
  const { filled = {}, entries = [] } = opened ?? {}
  if (walk.groundGone) say('a measure on what has gone')
  for (const part of ['trigger', 'unit', 'officer', 'ends', 'because'])
    if (filled[part] === undefined) say(`a measure without its ${part}`)
  for (const letter of procedure.acts.flatMap(({ when }) => (when && 'served' in when ? [when.served] : [])))
    if (!served.has(letter)) say(`a measure before ${letter} was served`)
  if (!entries.some(entry => entry.act === act.confirms)) say('a measure that nobody decided')
  if (!act.guards.includes('measure-term-right')) say('a measure whose end nobody looked at')
  if (!act.notices.some(({ to }) => to === 'subject')) say('a measure without its remedies')
}

function apply(
  walk: Walk,
  act: ProcedureAct,
  after: { readonly to: string; readonly isEnd: boolean; readonly filled: Filled },
): void {
  const { procedure, today } = walk
  const before = walk.opened
  const clocks = moved(walk, act, before?.clocks ?? [], after.filled)
  for (const effect of act.effects) {
    const { sets, ends, corrects } = traitOf(effect)
    if (sets) walk.marks.add(sets)
    if (ends) walk.marks.delete(ends)
    if (corrects) {
      walk.marks.delete('suspended')
      walk.record = { ...walk.record, state: 'repaired' }
      walk.openConfirmations = 2
    }
  }
  for (const { template, to } of act.notices) {
    if (to !== 'subject') continue
    walk.sent.add(template)
    // The last letter of a kind counts, and it has not come.
    walk.served.delete(template)
  }
  const entryNo = (before?.file.entryNo ?? 0) + 1
  const state = procedure.states.find(one => one.state === after.to)
  const file = {
    ...(before?.file ?? newFile(walk)),
    state: after.to,
    turn: state?.turn ?? 'none',
    entryNo,
    closedAt: after.isEnd ? new Date(0) : null,
  }
  const entry: CaseEntry = {
    ...{
      entryNo,
      act: act.act,
      from: before?.file.state ?? null,
      to: after.to,
      office: 'decider',
      actor: 'account:1',
      unit: null,
    },
    ...{ at: new Date(0), on: today, edition: '' },
  }
  walk.opened = { file, procedure, entries: [...(before?.entries ?? []), entry], clocks, filled: after.filled }
  walk.acts.push(act.act)
  audit(walk, after.isEnd)
}

/** What must hold after every act: one open clock a duty, and nothing open where the case is over. */
function audit(walk: Walk, isEnd: boolean): void {
  const open = walk.opened?.clocks.filter(clock => clock.stoppedOn === null) ?? []
  const duties = open.filter(clock => clock.duty !== 'term').map(clock => clock.duty)
  const told = (what: string): void =>
    void walk.breaches.push(`${walk.procedure.procedure}: ${what} after ${walk.acts.join(' ')}`)
  if (new Set(duties).size < duties.length) told(`two open clocks for one duty (${duties.join(', ')})`)
  if (!isEnd) {
    if (actsFrom(walk.procedure, walk.opened?.file.state ?? '').length === 0) told('a state without way out')
    return
  }
  if (open.length > 0) told(`the clock ${open[0]?.clock} runs on after the end`)
  if (walk.marks.size > 0) told(`${[...walk.marks].join(', ')} left on the record after the end`)
}

function moved(walk: Walk, act: ProcedureAct, clocks: readonly CaseClock[], filled: Filled): CaseClock[] {
  const { law, procedure, today } = walk
  const facts = { law, today, filled, aboutRef: walk.opened?.file.aboutRef ?? '7' }
  const servedOn = act.when && 'served' in act.when ? (walk.served.get(act.when.served) ?? null) : null
  const changed = clocksAfter(act, clocks, {
    ...{ calendar: law.calendar, procedure, today, filled, unit: 'ecology-environment', servedOn },
    spanOf: span => spanOf(span, facts) ?? { count: 5, unit: 'working' },
  })
  const kept = clocks.filter(clock => !changed.some(one => one.clock === clock.clock && one.runNo === clock.runNo))
  return [...kept, ...changed]
}

/** A day for a hearing that leaves its letter a few days to come. */
function hearingOn({ law, today }: Walk): Day {
  const on = addWorkingDays(law.calendar, today, 10)
  return typeof on === 'string' ? on : today
}

function filledFor(walk: Walk, act: ProcedureAct): Filled {
  return Object.fromEntries(
    act.fields.map(({ field, kind, choices }) => {
      if (kind === 'day') return [field, field === 'hearing-on' ? hearingOn(walk) : walk.today]
      if (kind === 'choice') return [field, Object.keys(choices ?? {}).at(-1) ?? '']
      return [field, kind === 'unit' ? 'health' : kind === 'yes' ? 'yes' : kind === 'number' ? '1' : '示例']
    }),
  )
}

function factsOf(walk: Walk, filled: Filled): GuardFacts {
  const { law, today, record, opened, served, openConfirmations } = walk
  return {
    law,
    today,
    filled,
    record,
    opened,
    served,
    openConfirmations,
    barredUntil: null,
    aboutRef: '7',
    unit: null,
    subjectKind: null,
  }
}

function newFile(walk: Walk): CaseFile {
  return {
    ...{ subjectId: 1 as SubjectId, caseId: 2 as CaseId, procedure: walk.procedure.procedure, edition: '', number: 'X' },
    ...{ about: walk.procedure.about, aboutRef: '7', unit: 'ecology-environment', openedUnit: null, openedBy: 'account:1' },
    ...{
      openedAt: new Date(0),
      openedOn: walk.today,
      state: '',
      turn: 'none' as const,
      entryNo: 0,
      parentId: null,
      closedAt: null,
    },
  }
}
