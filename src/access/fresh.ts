import type { App } from '../app.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import { type Actor, SYSTEM } from './actor.ts'

/** How long signing in counts as just now. */
export const FRESH_MINUTES = 10

/** Whether the actor has given everything that signing in asks for within the last ten minutes. */
export function isFresh(app: Pick<App, 'now'>, { session }: Actor): boolean {
  return session?.freshAt != null && app.now().getTime() - session.freshAt.getTime() <= FRESH_MINUTES * 60_000
}

/**
 * For acts that an unlocked, unattended screen must not be enough for: changing factors or passwords, confirming for another.
 * Refuses `access.not-fresh` (403) unless the person signed in, or proved again who it is, within ten minutes. A command at the platform's
 * own terminal passes; a program never does.
 */
export function requireFresh(app: Pick<App, 'now'>, actor: Actor): void {
  if (actor.id === SYSTEM.id) return
  if (actor.session?.stage === 'factor') throw new NotAllowed('access.factor-needed')
  if (!isFresh(app, actor)) throw new Refusal('access.not-fresh', null, { minutes: FRESH_MINUTES }, 403)
}
