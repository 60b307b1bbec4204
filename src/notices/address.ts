import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { ownLook } from '../access/own-look.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import { type Query, type Row, type Statement, sql } from '../db/database.ts'
import { keptIfTyped } from '../validation/typed-text.ts'
import { ServiceAddress } from './model.ts'

/* Where a subject wants to be reached. Appended and sealed; the latest counts. */

const TELEPHONE = /^\+?[\d\s-]{5,25}$/
const EMAIL = /^[^\s@<>"(),;:\\[\]]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,}$/

export const addressPlace = (addressId: number): string => `service_address:${addressId}`

/**
 * Keeps where the subject that this actor speaks for wants to be reached; every part may be left out. Refuses `notice.telephone-malformed`,
 * `notice.email-malformed`, `text.prohibited`.
 */
export async function setAddress(app: App, actor: Actor, typed: ServiceAddress): Promise<void> {
  const { subjectId } = actor
  if (subjectId === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'notice.read-own' })
  const telephone = typed.telephone.trim()
  const email = typed.email.trim()
  if (telephone !== '' && !TELEPHONE.test(telephone)) throw new Refusal('notice.telephone-malformed', null, {}, 422)
  if (email !== '' && !EMAIL.test(email)) throw new Refusal('notice.email-malformed', null, {}, 422)
  const addressId = await app.ids.next()
  await change(app, actor, { deed: 'notice.address', entity: `subject:${subjectId}` }, async made => {
    const { tx, at, today, actId } = made
    const address: ServiceAddress = {
      recipient: keptIfTyped(app.law, typed.recipient, today),
      telephone,
      email,
      postal: keptIfTyped(app.law, typed.postal, today),
    }
    const sealed = app.keys.seal('data', JSON.stringify(address), addressPlace(addressId))
    await tx.run(sql`insert into service_address (subject_id, address_id, at, sealed, act_id)
      values (${subjectId}, ${addressId}, ${at}, ${sealed}, ${actId})`)
  })
}

export type KeptAddress = { readonly addressId: number; readonly sealed: Buffer } & Row

/** The latest one, sealed; for the worker and inside a look. */
export const addressStatement = (subjectId: SubjectId): Statement => ({
  name: 'service-address',
  text: 'select address_id as "addressId", sealed from service_address where subject_id = $1 order by address_id desc limit 1',
  values: [subjectId],
})

export async function findAddress(query: Query, subjectId: SubjectId): Promise<KeptAddress | undefined> {
  return await query.row<KeptAddress>(addressStatement(subjectId))
}

export function openAddress(app: Pick<App, 'keys'>, { addressId, sealed }: KeptAddress): ServiceAddress {
  return ServiceAddress.parse(JSON.parse(app.keys.open(sealed, addressPlace(addressId)).toString()))
}

const NO_ADDRESS: ServiceAddress = { recipient: '', telephone: '', email: '', postal: '' }

/** Where the subject that this actor speaks for wants to be reached; a look at its own. */
export async function readOwnAddress(app: App, actor: Actor): Promise<ServiceAddress> {
  const [kept] = await ownLook<KeptAddress>(app, actor, 'service-address', addressStatement)
  return kept ? openAddress(app, kept) : NO_ADDRESS
}
