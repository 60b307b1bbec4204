import type { Day } from '../base/day.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import { addWorkingDays, isWorkingDay } from '../law/calendar.ts'
import type { Guard, GuardFacts } from './guards.ts'
import { limitIn } from './limits.ts'

/* Conditions of a hearing: on a working day that leaves whoever is heard the days to prepare, and on no day of which it was not told in time (apl#64). */

const MET = granted(true as const)
const HEARING_ON = 'hearing-on'

/** The first day on which one may be heard who was told on a day; or that the year's holidays are not published. */
function earliestAfter(facts: GuardFacts, told: Day, basis: string | null): Verdict<{ earliest: Day; days: number }> {
  const days = limitIn(facts, 'listing', 'days-before-hearing')
  const earliest = addWorkingDays(facts.law.calendar, told, days)
  return typeof earliest === 'string' ? granted({ earliest, days }) : unknown(earliest.unknown, basis)
}

const unknown = (year: number, basis: string | null): Verdict<never> => refused('list.hearing-day-unknown', basis, { year })

/** A letter that is opened today leaves so many working days; one that takes longer is for whoever calls to reckon with. */
const dayRight: Guard = (facts, basis) => {
  if (facts.unanswered?.has(HEARING_ON)) return MET
  const on = (facts.filled[HEARING_ON] ?? '') as Day
  const found = earliestAfter(facts, facts.today, basis)
  if (!found.ok) return found
  const { earliest, days } = found.value
  if (on < earliest) return refused('list.hearing-day-too-early', basis, { earliest, days })
  const works = isWorkingDay(facts.law.calendar, on)
  if (works === undefined) return unknown(Number(on.slice(0, 4)), basis)
  return works ? MET : refused('list.hearing-day-off', basis, { on })
}

/** The letter that names the day, by the table: which template is filled with it. */
const callOf = ({ opened }: GuardFacts): string | undefined =>
  opened?.procedure.acts
    .flatMap(act => act.notices)
    .find(({ to, fill }) => to === 'subject' && Object.values(fill).includes(HEARING_ON))?.template

/** Nobody is heard before the day, nor where the last letter that called him has not come, or has come too late to prepare. */
const held: Guard = (facts, basis) => {
  const { filled, served, today } = facts
  const on = filled[HEARING_ON] as Day | undefined
  const servedOn = served.get(callOf(facts) ?? '')
  if (on === undefined || servedOn === undefined) return refused('list.hearing-unserved', basis)
  const found = earliestAfter(facts, servedOn, basis)
  if (!found.ok) return found
  const { earliest, days } = found.value
  if (on < earliest) return refused('list.hearing-served-late', basis, { served: servedOn, on, days })
  return today < on ? refused('list.hearing-not-yet', basis, { on }) : MET
}

export const HEARING_GUARDS = {
  'list-hearing-day-right': dayRight,
  'list-hearing-held': held,
} as const satisfies Record<string, Guard>
