import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { Procedure } from '../law/procedure-model.ts'
import type { ClockSheet, ClockView } from '../legal-clock/contract.ts'
import { type ClockGround, clockSheet, clockView, type Told, type Turn } from '../legal-clock/view.ts'
import type { CaseClock, CaseFile } from './model.ts'

/* A clock of a case in the words that every clock has, and how each of its days was counted. */

type Asked = Pick<App, 'law' | 'words' | 'now' | 'city'>

/** Whose clock it is for whoever reads: the subject's own is said to it as its own. */
function turnOf(duty: string, whose: string, isOwn: boolean): Turn {
  if (duty === 'subject') return { whose: isOwn ? 'you' : 'subject' }
  return duty === 'term' ? { whose: 'nobody' } : { whose: 'unit', name: whose }
}

function groundOf(app: Asked): ClockGround {
  const now = app.now()
  return { law: app.law, say: app.words.say, now, today: legalDay(now, app.city.zone) }
}

function toldOf(procedure: Procedure, clock: CaseClock, whose: string, isOwn: boolean): Told {
  const rule = procedure.clocks.find(one => one.clock === clock.clock)
  const turn = turnOf(clock.duty, whose, isOwn)
  return { clock: clock.runs, turn, doneOn: clock.stoppedOn, basis: rule?.basis[0] ?? null }
}

/** State, last day, what is left and whose turn it is, in one sentence. `whose`: who has the duty, by name. */
export function caseClockView(
  app: Asked,
  procedure: Procedure,
  { clock, whose, isOwn }: { readonly clock: CaseClock; readonly whose: string; readonly isOwn: boolean },
): ClockView {
  return clockView(groundOf(app), toldOf(procedure, clock, whose, isOwn))
}

/** The clock with its sum and its day for a calendar, which tells the number of the case and nothing of what it is about. */
export function caseClockSheet(
  app: Asked,
  procedure: Procedure,
  { clock, whose, isOwn }: { readonly clock: CaseClock; readonly whose: string; readonly isOwn: boolean },
  { number }: Pick<CaseFile, 'number'>,
): ClockSheet {
  const rule = procedure.clocks.find(one => one.clock === clock.clock)
  const title = app.words.say('case.clock-title', { procedure: procedure.name, clock: rule?.name ?? clock.clock })
  return clockSheet(groundOf(app), toldOf(procedure, clock, whose, isOwn), {
    number: `${number}-${clock.clock}-${clock.runNo}`,
    title,
  })
}
