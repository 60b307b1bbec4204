import { type Actor, may, type Permission } from '../access/actor.ts'
import { type Organisation, organisationOf } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'

/**
 * The organisation for which this actor receives data: open, and of a kind that the law names as receiver. Refuses `access.not-allowed`, and
 * `authorisation.receiver-unverified` (403).
 */
export async function requireReceiver(app: App, actor: Actor, permission: Permission): Promise<Organisation> {
  if (!may(actor, permission)) throw Object.assign(new NotAllowed('access.not-allowed'), { message: permission })
  const own = actor.unit === null ? undefined : await organisationOf(app, actor.unit)
  const kinds = new Set([...app.law.authorisationPurposes.values()].flatMap(one => one.receivers))
  if (!own?.isOpen || !kinds.has(own.kind)) throw new Refusal('authorisation.receiver-unverified', 'pipl#23', {}, 403)
  return own
}
