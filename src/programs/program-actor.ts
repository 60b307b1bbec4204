import { hash } from 'node:crypto'
import { BlockList, isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { type Actor, PERMISSIONS, type Permission } from '../access/actor.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import { actorIdOf } from './model.ts'
import { isOpenUnsigned, OWN_KEYS } from './scopes.ts'
import { type Arrival, findByToken } from './store.ts'
import { requireSignature, signatureOf } from './verify-request.ts'

/* Who comes in with a program's access token: what the token, the program and the signature together allow. */

/**
 * The actor of an access token. Without a signature only what anybody of the unit may know is open to it. Refuses `program.token-over`
 * (401), `program.network` (403), and what `requireSignature` refuses.
 */
export async function programActor(app: App, request: FastifyRequest, token: string): Promise<Actor> {
  const at = app.now()
  const read = signatureOf(request)
  const arrival = await findByToken(app.db, hash('sha256', token, 'buffer'), read?.keyid ?? null, at, legalDay(at, app.city.zone))
  if (!arrival) throw new NotAllowed('program.token-over', 401)
  requireNetwork(arrival, request.ip)
  if (read) await requireSignature(app, request, read, arrival)
  const scopes = arrival.scopes.filter(isPermission)
  return {
    id: actorIdOf(arrival.programId),
    name: arrival.name,
    unit: arrival.unit,
    roles: ['program'],
    permissions: read ? [...scopes, OWN_KEYS] : scopes.filter(scope => isOpenUnsigned(app, scope)),
    subjectId: null,
    quota: arrival.quota,
    assurance: read ? 'signed' : 'token',
  }
}

function isPermission(scope: string): scope is Permission {
  return PERMISSIONS.some(known => known === scope)
}

/** A program that named its networks comes from them only. Refuses `program.network`. */
export function requireNetwork({ networks }: Pick<Arrival, 'networks'>, address: string): void {
  if (networks.length === 0) return
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  const list = new BlockList()
  for (const network of networks) {
    const [base = '', bits = ''] = network.split('/')
    list.addSubnet(base, Number(bits), isIP(base) === 6 ? 'ipv6' : 'ipv4')
  }
  if (list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')) return
  throw new Refusal('program.network', null, {}, 403)
}
