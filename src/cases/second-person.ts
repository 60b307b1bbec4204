import type { Actor } from '../access/actor.ts'
import { requireFresh } from '../access/fresh.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { CaseKey } from './model.ts'
import { maySee } from './offices.ts'
import { runningEdition } from './running-edition.ts'
import { findCase } from './store.ts'

/**
 * The second of two officers is somebody who sits there now: refuses `access.not-fresh` where an act confirms or returns what another proposed
 * and this one has not proved lately who it is. Asked at the door alone, for no command has a session.
 */
export async function requireFreshSecond(app: App, actor: Actor, key: CaseKey, name: string): Promise<void> {
  const file = await findCase(app.db, key)
  if (!file || !maySee(actor, file)) return
  const { procedure } = runningEdition(app.law, file, legalDay(app.now(), app.city.zone))
  if (procedure.acts.some(act => act.act === name && act.confirms !== undefined)) requireFresh(app, actor)
}
