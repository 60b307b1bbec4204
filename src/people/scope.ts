import type { Actor } from '../access/actor.ts'
import { everyOrganisation, isWithin, type Organisation } from '../access/organisation-of.ts'
import { administersCity } from '../access/role-rules.ts'
import type { App } from '../app.ts'
import { NotAllowed, NotFound } from '../base/refusal.ts'

/** What an administrator administers: the whole city, or its own unit and those below. */
export type Scope = {
  readonly all: ReadonlyMap<string, Organisation>
  readonly isCity: boolean
  includes(organisation: string): boolean
}

/** The scope of an actor, from its roles: 三员 have the city, everybody else the own unit and those below. */
export async function scopeOf(app: App, actor: Actor): Promise<Scope> {
  const all = await everyOrganisation(app)
  const isCity = administersCity(app.law, actor.roles)
  const { unit } = actor
  return { all, isCity, includes: id => isCity || (unit !== null && isWithin(all, id, unit)) }
}

/** The organisation of an id within the actor's scope. Refuses `organisation.not-yours`, `organisation.unknown`. */
export async function organisationInScope(app: App, actor: Actor, id: string): Promise<Organisation> {
  const scope = await scopeOf(app, actor)
  const found = scope.all.get(id)
  if (!found) throw new NotFound('organisation.unknown')
  if (!scope.includes(id)) throw new NotAllowed('organisation.not-yours')
  return found
}
