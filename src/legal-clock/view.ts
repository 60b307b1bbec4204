import type { Day } from '../base/day.ts'
import type { Facts } from '../base/refusal.ts'
import { cite } from '../law/citation.ts'
import { basisOf, type Law } from '../law/law.ts'
import { type ClockOn, clockOn } from './clock-on.ts'
import type { ClockSheet, ClockView } from './contract.ts'
import { icsOf } from './ics.ts'
import { COUNTING, type RunningClock, type Span } from './model.ts'
import { runsOf, type Sum, type SumRun, sumOf } from './sum.ts'

/* What pages draw of a clock: sentences and rows, made in one place for everybody who sees it. */

/** Whose turn it is: a unit's by its name, the reader's own, the subject's as others see it, or nobody's (a term that only passes). */
export type Turn = { readonly whose: 'unit'; readonly name: string } | { readonly whose: 'you' | 'subject' | 'nobody' }

export type ClockGround = {
  readonly law: Law
  readonly say: (code: string, facts?: Facts) => string
  readonly now: Date
  readonly today: Day
}

export type Told = {
  readonly clock: RunningClock
  readonly turn: Turn
  /** The day on which it was done. */
  readonly doneOn?: Day | null
  readonly basis?: string | null
}

/** For a calendar: what the day is called there, and by which number it is known. Never a personal value. */
export type Named = { readonly number: string; readonly title: string }

/** A clock on a day, in one sentence. */
export function clockView(ground: ClockGround, told: Told): ClockView {
  const on = clockOn(ground.law.calendar, told.clock, ground.today, told.doneOn ?? null)
  const { due, unknownYear, workingDaysLeft, workingDaysOver } = on
  const state = told.turn.whose !== 'unit' && on.state === 'overdue' ? 'lapsed' : on.state
  return { state, dueOn: due, unknownYear, workingDaysLeft, workingDaysOver, sentence: sentenceOf(ground, told.turn, on) }
}

/** The same with every counted and every skipped day. `named` gives it a file for calendars as long as the day is to come. */
export function clockSheet(ground: ClockGround, told: Told, named: Named | null = null): ClockSheet {
  const view = clockView(ground, told)
  const sum = sumOf(ground.law.calendar, told.clock)
  const isToCome = view.dueOn !== null && view.dueOn >= ground.today && (told.doneOn ?? null) === null
  return {
    ...view,
    term: termOf(ground, told.clock, sum),
    basis: told.basis ? cite(ground.law, told.basis) : null,
    events: eventsOf(ground, told.clock),
    runs: runsOf(sum.days).map(run => ({
      ...{ from: run.from, until: run.until, days: run.days, isCounted: run.counted !== null || run.because === 'moved' },
      text: runText(ground, run),
    })),
    ics: isToCome && named !== null ? calendarFile(ground, told.clock, view, named) : null,
  }
}

const WORDS_OF = { unit: 'unit', you: 'you', subject: 'term', nobody: 'term' } as const

function sentenceOf({ say }: ClockGround, turn: Turn, on: ClockOn): string {
  if (on.state === 'unknown') return say('clock.calendar-unknown', { year: on.unknownYear })
  const whose = WORDS_OF[turn.whose]
  const facts = {
    dueOn: on.due,
    doneOn: on.doneOn,
    since: on.suspendedSince,
    unit: turn.whose === 'unit' ? turn.name : null,
    days: on.workingDaysLeft ?? on.workingDaysOver,
    left: on.left.map(span => spanText(say, span)).join(say('clock.and')),
  }
  return say(`clock.${whose}-${variantOf(on)}`, facts)
}

/** Which sentence of a state fits what is known of it. */
function variantOf({ state, due, workingDaysLeft, workingDaysOver }: ClockOn): string {
  if (state === 'open' || state === 'soon') return workingDaysLeft ? 'remaining' : 'remaining-uncounted'
  if (state === 'overdue' || state === 'done-late') return workingDaysOver ? state : `${state}-uncounted`
  if (state === 'suspended') return due === null ? 'suspended' : 'suspended-until'
  return state === 'done' && due === null ? 'done-uncounted' : state
}

/** 3个工作日, 2个月. */
export function spanText(say: ClockGround['say'], { count, unit }: Span): string {
  return say(`clock.span-${unit}`, { count })
}

function termOf({ say }: ClockGround, clock: RunningClock, { from }: Sum): string {
  const counts = clock.startsNextDay ?? COUNTING.startsNextDay
  return say(counts ? 'clock.term' : 'clock.term-with-start', { from, span: spanText(say, clock) })
}

function eventsOf({ say, law }: ClockGround, clock: RunningClock): string[] {
  const because = (reason: string | undefined): string => (reason ? say('clock.because', { reason }) : '')
  const anew = (clock.onTransfer ?? COUNTING.onTransfer) === 'anew'
  const events = [
    ...(clock.extensions ?? []).map(one => ({
      on: one.on,
      text: say('clock.extended', { on: one.on, span: spanText(say, one) }) + because(one.reason),
    })),
    ...(clock.suspensions ?? []).map(({ from, until, reason }) => ({
      on: from,
      text: say(until === null ? 'clock.rests' : 'clock.rested', { from, until }) + because(reason),
    })),
    ...(clock.transfers ?? []).map(({ on, to }) => ({
      on,
      text: say(anew ? 'clock.passed-anew' : 'clock.passed', { on, unit: law.units.get(to)?.name ?? to }),
    })),
  ]
  return events.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).map(one => one.text)
}

function runText({ say, law }: ClockGround, run: SumRun): string {
  const [first, last] = run.counted ?? [null, null]
  const code = run.counted !== null && first !== last ? `clock.day-${run.because}-many` : `clock.day-${run.because}`
  const text = say(code, { first, last, holiday: run.holiday })
  const extended = run.isExtension && run.counted !== null ? say('clock.day-extended') : ''
  return `${text}${extended}${run.notice === null ? '' : say('clock.day-notice', { notice: noticeText(law, run.notice) })}`
}

/** The number of a notice, as people know it; its title where it has none. */
function noticeText(law: Law, notice: string): string {
  const found = basisOf(law, notice)?.instrument
  return found?.number ?? found?.title ?? notice
}

function calendarFile({ now, law }: ClockGround, clock: RunningClock, view: ClockView, { number, title }: Named): string {
  const changes = [clock.extensions, clock.suspensions, clock.transfers].reduce((sum, all) => sum + (all?.length ?? 0), 0)
  return icsOf({
    uid: `${number}@${law.city.city}.mingxin`,
    // A suspension that has ended has changed the day a second time.
    revision: changes + (clock.suspensions ?? []).filter(one => one.until !== null).length,
    on: view.dueOn as Day,
    title,
    details: `${number} ${view.sentence}`,
    madeAt: now,
  })
}
