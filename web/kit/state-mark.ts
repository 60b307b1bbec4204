import { say } from './words.ts'

/* One state, one word, one shape, one place (ux 4.2): the table that the mark is drawn from. */

export type Mark = {
  readonly shape: string
  readonly edge: 'solid' | 'dashed' | 'dotted' | 'double' | 'fill'
  readonly tone: string
}

export const MARKS: Readonly<Record<string, Mark>> = {
  displayed: { shape: '○', edge: 'solid', tone: 'info' },
  'in-force': { shape: '■', edge: 'fill', tone: 'ink' },
  declared: { shape: '◇', edge: 'solid', tone: 'info' },
  contested: { shape: '◐', edge: 'dashed', tone: 'contested' },
  commented: { shape: '❝', edge: 'solid', tone: 'contested' },
  repaired: { shape: '↺', edge: 'dotted', tone: 'ended' },
  over: { shape: '◌', edge: 'dotted', tone: 'ended' },
  annulled: { shape: '✕', edge: 'double', tone: 'ended' },
  removed: { shape: '✕', edge: 'dotted', tone: 'ended' },
  corrected: { shape: '→', edge: 'double', tone: 'ended' },
  suspended: { shape: '‖', edge: 'dashed', tone: 'ended' },
  court: { shape: '§', edge: 'solid', tone: 'court' },
  unverified: { shape: '', edge: 'solid', tone: 'unverified' },
}

export type ClockState = 'open' | 'soon' | 'today' | 'overdue' | 'suspended' | 'done' | 'done-late' | 'unknown'

export type ClockFacts = {
  readonly dueOn: string | null
  readonly today: string
  readonly doneOn?: string | null
  readonly suspended?: boolean
  /** Working days left, from the server's calendar; never counted in the browser. */
  readonly workingDaysLeft?: number | null
  /** How many working days the term has: what is known of it while its last day is not. */
  readonly workingDays?: number | null
}

/** The state of a legal clock. A due day that the calendar does not reach yet is `unknown`, never guessed. */
export function clockState(facts: ClockFacts): ClockState {
  if (facts.dueOn === null) return facts.doneOn ? 'done' : 'unknown'
  if (facts.doneOn) return facts.doneOn <= facts.dueOn ? 'done' : 'done-late'
  if (facts.suspended) return 'suspended'
  if (facts.dueOn < facts.today) return 'overdue'
  if (facts.dueOn === facts.today) return 'today'
  return (facts.workingDaysLeft ?? 99) <= 3 ? 'soon' : 'open'
}

/** What a clock says in words. A last day that nobody knows yet is a sentence, with the working days that it is counted by where they are known. */
export function clockText(facts: ClockFacts): string {
  const state = clockState(facts)
  const { dueOn, doneOn, workingDaysLeft: days, workingDays } = facts
  if (state === 'unknown' && typeof workingDays === 'number') return say('console.clock.unknown-of', { days: workingDays })
  return say(`console.clock.${state}`, { dueOn, doneOn, days })
}
