import type { Actor } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { AccountId, MandateId, SubjectId } from '../base/id.ts'
import { grant, NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import { personNameKey } from '../subject/name.ts'
import { accountOf } from './choose-subject.ts'
import { requirePrincipal } from './end-mandate.ts'
import type { Extent } from './model.ts'
import { codeDigests, keptCode, newCode } from './one-time-code.ts'
import { recordEnd, recordMandate } from './record.ts'
import { checkTerm, isInForce } from './rules.ts'
import { listOfAccount, lockMandates } from './store.ts'

/** How long an invitation may be redeemed. */
export const INVITATION_HOURS = 24

export type AgentWish = {
  readonly name: string
  readonly mobile?: string | undefined
  readonly extent: readonly Extent[]
  /** The agent's last day. */
  readonly until: Day
}

export type Invited = { readonly invitationId: number; readonly code: string; readonly expiresAt: Date }

/**
 * Invites an agent, named and with what he may do until when (民法典 165). The code is answered once; who redeems it within a day, with an
 * account of that name, has the mandate. Refuses `access.not-allowed`, `binding.name-missing`, `mandate.extent-missing`,
 * `mandate.until-past`, `mandate.too-long`.
 */
export async function inviteAgent(app: App, actor: Actor, wish: AgentWish): Promise<Invited> {
  const subjectId = requirePrincipal(actor)
  const at = app.now()
  const name = wish.name.trim()
  if (name === '') throw new Refusal('binding.name-missing', null, {}, 422)
  if (wish.extent.length === 0) throw new Refusal('mandate.extent-missing', 'civil-code#165', {}, 422)
  const until = grant(checkTerm(legalDay(at, app.city.zone), wish.until))
  const invitationId = await app.ids.next()
  const code = newCode()
  const { mac, keyId } = keptCode(app, 'invitation', code)
  const expiresAt = new Date(at.getTime() + INVITATION_HOURS * 3_600_000)
  const kept = JSON.stringify({ name, mobile: wish.mobile?.trim() || null })
  const sealed = app.keys.seal('data', Buffer.from(kept), `mandate_invitation:${invitationId}`)
  const extent = [...new Set(wish.extent)].sort()
  const deed = { deed: 'mandate.invite', entity: `subject:${subjectId}`, detail: { invitationId, extent, until } }
  await change(app, actor, deed, made =>
    made.tx.run(sql`insert into mandate_invitation (subject_id, invitation_id, code_mac, mac_key, sealed, extent, valid_until, made_by, made_at, expires_at, act_id)
      values (${subjectId}, ${invitationId}, ${mac}, ${keyId}, ${sealed}, ${extent}, ${until}, ${actor.id}, ${made.at}, ${expiresAt}, ${made.actId})`),
  )
  return { invitationId, code, expiresAt }
}

/** Takes an invitation back that nobody has redeemed. Refuses `invitation.unknown` and `invitation.settled`. */
export async function withdrawInvitation(app: App, actor: Actor, invitationId: number): Promise<void> {
  const subjectId = requirePrincipal(actor)
  const deed = { deed: 'mandate.withdraw-invitation', entity: `subject:${subjectId}`, detail: { invitationId } }
  await change(app, actor, deed, async made => {
    const settled = await made.tx.run(sql`update mandate_invitation set settled_at = ${made.at}, outcome = 'withdrawn'
      where subject_id = ${subjectId} and invitation_id = ${invitationId} and settled_at is null`)
    if (settled === 1) return
    const known = await made.tx.row(
      sql`select from mandate_invitation where subject_id = ${subjectId} and invitation_id = ${invitationId}`,
    )
    throw known ? new Refusal('invitation.settled') : new NotFound('invitation.unknown')
  })
}

type Invitation = {
  subject_id: SubjectId
  invitation_id: number
  sealed: Buffer
  extent: Extent[]
  valid_until: Day
  expires_at: Date
  settled_at: Date | null
  made_by: string
}

export type Accepted = { readonly subjectId: SubjectId; readonly mandateId: MandateId }

/**
 * Redeems an invitation with one's own account: from today on the account is the subject's agent. One code makes one mandate, however often
 * it is sent at once. Refuses `invitation.code-unknown` (whatever is wrong with the code), `invitation.over`, `invitation.settled`,
 * `invitation.other-person`, `invitation.own`, `invitation.inviter-over` (whoever invited speaks for the subject no more), and
 * `mandate.staff-account`.
 */
export async function acceptInvitation(app: App, actor: Actor, code: string): Promise<Accepted> {
  const accountId = accountOf(actor)
  if (accountId === null || actor.unit !== OF_A_SUBJECT) throw new Refusal('mandate.staff-account', null, {}, 403)
  const mandateId = (await app.ids.next()) as MandateId
  const deed = { deed: 'mandate.accept', entity: `account:${accountId}` }
  return await change(app, { ...actor, mandateId: null }, deed, async made => {
    // The row is locked: of two who redeem at once the second one finds it settled.
    const invitation =
      await made.tx.row<Invitation>(sql`select subject_id, invitation_id, sealed, extent, valid_until, expires_at, settled_at, made_by
      from mandate_invitation where code_mac = any(${codeDigests(app, 'invitation', code)}::bytea[]) for update`)
    if (!invitation) throw new NotFound('invitation.code-unknown')
    const { subject_id: subjectId, invitation_id: invitationId, extent, valid_until: until } = invitation
    if (invitation.settled_at) throw new Refusal('invitation.settled')
    if (invitation.expires_at <= made.at || until < made.today) throw new Refusal('invitation.over')
    requireInvited(app, actor, invitation)
    await lockMandates(made.tx, subjectId)
    await requireInviter(made, invitation)
    await replaceOwn(made, accountId, subjectId)
    const mandate = {
      subjectId,
      mandateId,
      accountId,
      capacity: 'agent',
      extent,
      from: made.today,
      until,
      boundBy: 'principal',
    } as const
    await recordMandate(made, { ...mandate, evidence: { kind: 'invitation', sealed: null, businessNo: String(invitationId) } })
    await made.tx.run(sql`update mandate_invitation set settled_at = ${made.at}, outcome = 'accepted', mandate_id = ${mandateId}
      where subject_id = ${subjectId} and invitation_id = ${invitationId}`)
    made.tell({ subjectId, invitationId, given: mandateId, extent, until })
    return { subjectId, mandateId }
  })
}

function requireInvited(app: App, actor: Actor, invitation: Invitation): void {
  if (invitation.made_by === actor.id) throw new Refusal('invitation.own')
  const kept = app.keys.open(invitation.sealed, `mandate_invitation:${invitation.invitation_id}`).toString('utf8')
  const { name } = JSON.parse(kept) as { name: string }
  // A code that went astray is worth nothing to whoever has another name.
  if (personNameKey(name) !== personNameKey(actor.name)) throw new Refusal('invitation.other-person')
}

/** Whoever spoke for the subject when he invited, and speaks for it no more, gives nobody a mandate. */
async function requireInviter(made: Change, { subject_id: subjectId, made_by: inviter }: Invitation): Promise<void> {
  const accountId = accountOf({ id: inviter })
  const mandates = accountId === null ? [] : await listOfAccount(made.tx, accountId)
  const stands = mandates.some(
    one => one.subjectId === subjectId && one.capacity !== 'agent' && isInForce(one, one.ends, made.at, made.today),
  )
  if (!stands) throw new Refusal('invitation.inviter-over')
}

/** One account speaks for one subject by one mandate: a new one takes the place of the agent's former; by office it needs none. */
async function replaceOwn(made: Change, accountId: AccountId, subjectId: SubjectId): Promise<void> {
  const standing = (await listOfAccount(made.tx, accountId)).filter(
    one => one.subjectId === subjectId && isInForce(one, one.ends, made.at, made.today),
  )
  if (standing.some(one => one.capacity !== 'agent')) throw new Refusal('invitation.own')
  for (const { mandateId } of standing) await recordEnd(made, { subjectId, mandateId, lastDay: null, why: 'replaced' })
}
