import { type Actor, may, type Permission } from '../access/actor.ts'
import type { App } from '../app.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import type { Unit } from '../law/city-model.ts'

/** The organisation for which this actor receives data. Refuses `access.not-allowed`, and `authorisation.receiver-unverified` (403). */
export function requireReceiver(app: App, actor: Actor, permission: Permission): Unit {
  if (!may(actor, permission)) throw Object.assign(new NotAllowed('access.not-allowed'), { message: permission })
  const unit = actor.unit === null ? undefined : app.law.units.get(actor.unit)
  const kinds = new Set([...app.law.authorisationPurposes.values()].flatMap(one => one.receivers))
  if (!unit || !kinds.has(unit.kind)) throw new Refusal('authorisation.receiver-unverified', 'pipl#23', {}, 403)
  return unit
}
