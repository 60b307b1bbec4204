import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { keptReason } from '../access/look.ts'
import type { Organisation } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import type { RequestId, SubjectId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { makeVerifyCode, parseVerifyCode, type VerifyCode } from '../reports/verify-code.ts'
import { parseUscc } from '../subject/uscc.ts'
import { type AuthorisationRequest, requestState } from './model.ts'
import { requireReceiver } from './receiver.ts'
import { findByPublicCode, findRequest, listOpenRequests, wasRefused } from './store.ts'

export type RequestWish = {
  readonly purpose: string
  readonly businessNo: string
  readonly classes: readonly string[]
  readonly days?: number | undefined
  readonly times: 'once' | 'any'
  /** The unified code of the organisation it is addressed to; absent: whoever scans the code. */
  readonly subject?: string | undefined
}

export type MadeRequest = { readonly requestId: RequestId; readonly code: VerifyCode; readonly endsAt: Date }

const textOf = (code: VerifyCode): string => `authorisation ${code}`

/** The keyed digests by which a request is found by its code, one for each key; the code itself is kept nowhere. */
export function codeMacs({ keys }: Pick<App, 'keys'>, code: VerifyCode): Buffer[] {
  return keys.macs('session', textOf(code))
}

/**
 * Asks a subject for an authorisation: answers the code of the QR once. It may be used once, within some minutes
 * (law/access/authorisable.yaml).
 *
 * Refuses `authorisation.receiver-unverified`, `.purpose-unknown`, `.purpose-not-yours`, `.class-unknown`, `.days-out-of-range`,
 * `.business-number-missing`, `.subject-unknown`, `.asked-before` (an addressed request that waits still) and `.refused-before`.
 */
export async function makeRequest(app: App, actor: Actor, wish: RequestWish): Promise<MadeRequest> {
  const unit = await requireReceiver(app, actor, 'authorisation.request')
  const at = app.now()
  const ask = readWish(app, unit, wish, at)
  const subjectId = wish.subject === undefined ? null : await addressed(app, unit, wish.subject, ask.businessNo, at)
  const requestId = (await app.ids.next()) as RequestId
  const code = makeVerifyCode()
  const { mac, keyId } = app.keys.keyedMac('session', textOf(code))
  const { purpose, businessNo, classes, days, times } = ask
  const detail = { requestId, purpose, classes, days, times, subjectId }
  const entity = `unit:${unit.id}`
  return await change(app, actor, { deed: 'authorisation.request', entity, detail }, async made => {
    const endsAt = new Date(made.at.getTime() + app.law.authorisationLimits.requestMinutes * 60_000)
    await made.tx.run(sql`insert into authorisation_request (request_id, code_mac, mac_key, receiver, actor, subject_id, purpose, business_no, classes, days, times, made_at, ends_at, act_id)
      values (${requestId}, ${mac}, ${keyId}, ${unit.id}, ${actor.id}, ${subjectId}, ${purpose}, ${businessNo}, ${classes}, ${days}, ${times}, ${made.at}, ${endsAt}, ${made.actId})`)
    return { requestId, code, endsAt }
  })
}

type Wanted = Pick<AuthorisationRequest, 'purpose' | 'businessNo' | 'classes' | 'days' | 'times'>

function readWish({ law, city }: App, unit: Organisation, wish: RequestWish, at: Date): Wanted {
  const purpose = law.authorisationPurposes.get(wish.purpose)
  if (!purpose) throw new Refusal('authorisation.purpose-unknown', null, { purpose: wish.purpose }, 422)
  if (!purpose.receivers.includes(unit.kind))
    throw new Refusal('authorisation.purpose-not-yours', purpose.basis[0] ?? null, { purpose: purpose.name }, 422)
  const wanted = new Set(wish.classes)
  const stranger = [...wanted].find(id => !law.authorisableClasses.has(id))
  if (stranger !== undefined || wanted.size === 0)
    throw new Refusal('authorisation.class-unknown', null, { class: stranger }, 422)
  const { usualDays, longestDays, basis } = law.authorisationLimits
  const days = wish.days ?? usualDays
  if (!Number.isInteger(days) || days < 1 || days > longestDays)
    throw new Refusal('authorisation.days-out-of-range', basis[0] ?? null, { longest: longestDays }, 422)
  const businessNo = keptNumber({ city }, wish.businessNo, at)
  if (businessNo === '') throw new Refusal('authorisation.business-number-missing', 'pipl#34', {}, 422)
  // In the order of the law, whatever the order of the form.
  const classes = [...law.authorisableClasses.keys()].filter(id => wanted.has(id))
  return { purpose: purpose.id, businessNo, classes, days, times: wish.times === 'once' ? 1 : null }
}

/** A business number as it is kept and compared. */
export function keptNumber(app: Pick<App, 'city'>, typed: string, at: Date): string {
  return keptReason(app, { businessNo: typed.replaceAll('\u3000', ' ').trim() }, at).businessNo
}

async function addressed(app: App, unit: Organisation, code: string, businessNo: string, at: Date): Promise<SubjectId> {
  const parsed = parseUscc(code, { inventedPrefixes: app.city.inventedPrefixes })
  const subjectId = parsed.ok ? await findByPublicCode(app.db, parsed.value.uscc) : undefined
  if (subjectId === undefined) throw new Refusal('authorisation.subject-unknown', null, {}, 422)
  if (await wasRefused(app.db, subjectId, unit.id, businessNo)) throw new Refusal('authorisation.refused-before', 'pipl#14')
  const open = await listOpenRequests(app.db, subjectId, at)
  if (open.some(one => one.receiver === unit.id)) throw new Refusal('authorisation.asked-before', null)
  return subjectId
}

/** A receiver's own request. Refuses `authorisation.request-unknown` for everybody else's. */
export async function ownRequest(app: App, actor: Actor, requestId: RequestId): Promise<AuthorisationRequest> {
  const unit = await requireReceiver(app, actor, 'authorisation.request')
  const found = await findRequest(app.db, requestId)
  if (found?.receiver !== unit.id) throw new NotFound('authorisation.request-unknown')
  return found
}

/** Takes back a request that nobody has answered. Refuses `authorisation.request-unknown`, `authorisation.request-answered`. */
export async function withdrawRequest(app: App, actor: Actor, requestId: RequestId): Promise<void> {
  const request = await ownRequest(app, actor, requestId)
  const deed = { deed: 'authorisation.withdraw-request', entity: `unit:${request.receiver}`, detail: { requestId } }
  await change(app, actor, deed, async made => {
    const added = await made.tx.run(sql`insert into authorisation_answer (request_id, answer, at, actor, act_id)
      values (${requestId}, 'withdrawn', ${made.at}, ${actor.id}, ${made.actId}) on conflict do nothing`)
    if (added === 0) throw new Refusal('authorisation.request-answered', null)
  })
}

/** The code as typed or scanned; refuses what a report's code refuses, and `authorisation.request-unknown`. */
export function readCode(typed: string): VerifyCode {
  const parsed = parseVerifyCode(typed)
  if (!parsed.ok) throw new NotFound('authorisation.request-unknown')
  return parsed.value
}

/** Refuses a request that can no longer be answered: `authorisation.request-over`, `authorisation.request-answered`. */
export function requireOpen(request: AuthorisationRequest, at: Date): void {
  const state = requestState(request, at)
  if (state === 'over') throw new Refusal('authorisation.request-over', null, {}, 410)
  if (state !== 'open') throw new Refusal('authorisation.request-answered', null, {}, 410)
}
