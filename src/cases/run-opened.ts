import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { Refusal } from '../base/refusal.ts'
import { actsOnOpening } from '../law/procedure-flow.ts'
import type { CaseKey } from './model.ts'
import { actOn } from './run-clocks.ts'
import { runningEdition } from './running-edition.ts'
import { findCase } from './store.ts'

/**
 * A case was opened in which the platform acts at once: it does the first act of its table whose conditions are met. What no data confirm goes the
 * last act's way, to a person. False where the case has moved on.
 */
export async function caseOpened(app: App, key: CaseKey): Promise<boolean> {
  const file = await findCase(app.db, key)
  if (!file || file.closedAt !== null) return false
  const { procedure } = runningEdition(app.law, file, legalDay(app.now(), app.city.zone))
  const acts = actsOnOpening(procedure, file.state)
  for (const [at, { act }] of acts.entries()) {
    const [end] = await Promise.allSettled([actOn(app, file, one => one.act === act)])
    if (end?.status === 'fulfilled') return end.value
    if (!(end?.reason instanceof Refusal) || at === acts.length - 1) throw end?.reason
  }
  return false
}
