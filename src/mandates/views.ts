import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import { addDays, type Day, legalDay } from '../base/day.ts'
import type { AccountId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { shownTo } from '../disclosure/mask-for.ts'
import { accountOf } from './choose-subject.ts'
import type { AgentView, BindingView, InvitationView, MandateView } from './contract.ts'
import { requirePrincipal } from './end-mandate.ts'
import type { Capacity, Extent } from './model.ts'
import { isInForce, lastDayOf } from './rules.ts'
import { listOfAccount, listOfSubject, type MandateRow } from './store.ts'

/** From this many days before its last day on a mandate is said to end soon. */
export const REMINDER_DAYS = 30

type State = z.infer<typeof MandateView>['state']

function stateOf(mandate: MandateRow, at: Date, today: Day): State {
  if (isInForce(mandate, mandate.ends, at, today)) return 'in-force'
  return mandate.from > today ? 'to-come' : 'over'
}

function termOf(mandate: MandateRow, at: Date, today: Day) {
  const until = lastDayOf(mandate, mandate.ends)
  const state = stateOf(mandate, at, today)
  const ended = mandate.ends.find(end => end.lastDay === null)
  return {
    mandateId: mandate.mandateId,
    capacity: mandate.capacity,
    extent: mandate.extent === null ? null : [...mandate.extent],
    from: mandate.from,
    until,
    state,
    endsSoon: state === 'in-force' && until !== null && until <= addDays(today, REMINDER_DAYS),
    endedAt: state === 'over' ? (ended?.at.toISOString() ?? null) : null,
    endedWhy: state === 'over' ? (ended?.why ?? null) : null,
    boundBy: mandate.boundBy,
  }
}

/** All mandates of the account that is signed in, those in force first, with the subject's name and which one the session acts by. */
export async function listOwnMandates(app: App, actor: Actor): Promise<z.infer<typeof MandateView>[]> {
  const accountId = accountOf(actor)
  if (accountId === null) return []
  const at = app.now()
  const today = legalDay(at, app.city.zone)
  const rows = await listOfAccount(app.db, accountId)
  const names = await subjectNames(app, [...new Set(rows.map(row => row.subjectId))])
  const views = rows.map(row => ({
    ...termOf(row, at, today),
    subjectId: row.subjectId,
    subjectName: names.get(row.subjectId) ?? app.words.say('mandate.subject-unnamed', { number: row.subjectId }),
    isChosen: row.mandateId === actor.mandateId,
  }))
  return [...views.filter(view => view.state === 'in-force'), ...views.filter(view => view.state !== 'in-force')]
}

/** The mandate by which the session acts, as it is shown to its holder; undefined where it acts for nobody. */
export async function findChosen(app: App, actor: Actor): Promise<z.infer<typeof MandateView> | undefined> {
  if (!actor.mandateId) return undefined
  return (await listOwnMandates(app, actor)).find(one => one.isChosen)
}

/**
 * Names of subjects that an account speaks for, or spoke for. What the public may not see of them (a person's name) is said by whoever speaks
 * for them by office: the account of the person himself.
 */
async function subjectNames(app: App, subjectIds: readonly SubjectId[]): Promise<Map<SubjectId, string>> {
  if (subjectIds.length === 0) return new Map()
  const rows = await app.db.rows<{ subjectId: SubjectId; name: string | null }>({
    name: 'names-spoken-for',
    text: `select w.subject_id as "subjectId", coalesce(p.name, (select a.name from mandate m join account a using (account_id)
        where m.subject_id = w.subject_id and (m.capacity = 'self' or m.bound_by = 'operator') order by m.made_at limit 1)) as name
      from unnest($1::bigint[]) as w (subject_id) left join pub.subject p using (subject_id)`,
    values: [subjectIds],
  })
  return new Map(rows.flatMap(row => (row.name === null ? [] : [[row.subjectId, row.name] as const])))
}

type Agents = { readonly agents: z.infer<typeof AgentView>[]; readonly invitations: z.infer<typeof InvitationView>[] }
type InvitationRow = { invitation_id: number; sealed: Buffer; extent: Extent[]; valid_until: Day; expires_at: Date }

/** Agents of the subject that this actor manages, ended ones too, and invitations that can still be redeemed. Refuses `access.not-allowed`. */
export async function listAgents(app: App, actor: Actor): Promise<Agents> {
  const subjectId = requirePrincipal(actor)
  const at = app.now()
  const today = legalDay(at, app.city.zone)
  const rows = (await listOfSubject(app.db, subjectId)).filter(row => row.capacity === 'agent')
  const accounts = await app.db.rows<{ accountId: AccountId; name: string }>(
    sql`select account_id as "accountId", name from account where account_id = any(${rows.map(row => row.accountId)}::bigint[])`,
  )
  const names = new Map(accounts.map(one => [one.accountId, one.name]))
  const open =
    await app.db.rows<InvitationRow>(sql`select invitation_id, sealed, extent, valid_until, expires_at from mandate_invitation
    where subject_id = ${subjectId} and settled_at is null and expires_at > ${at} order by made_at desc, invitation_id desc`)
  return {
    agents: rows.map(row => ({ ...termOf(row, at, today), name: names.get(row.accountId) ?? '—' })),
    invitations: open.map(one => ({
      invitationId: one.invitation_id,
      name: nameIn(app, one.sealed, `mandate_invitation:${one.invitation_id}`),
      extent: one.extent,
      until: one.valid_until,
      expiresAt: one.expires_at.toISOString(),
    })),
  }
}

function nameIn(app: App, sealed: Buffer, aad: string): string {
  return (JSON.parse(app.keys.open(sealed, aad).toString('utf8')) as { name: string }).name
}

type BindingRow = {
  binding_id: number
  capacity: Capacity
  subject_name: string | null
  sealed: Buffer
  evidence_kind: string
  opened_by: string
  opened_by_name: string | null
  opened_at: Date
  expires_at: Date
  settled_at: Date | null
  outcome: 'confirmed' | 'withdrawn' | null
}

/** Bindings that the actor's unit opened, latest first; the person is named by his surname only: who confirms has the papers. */
export async function listBindings(
  app: App,
  actor: Actor,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<{ bindings: z.infer<typeof BindingView>[]; next: number | null }> {
  const at = app.now()
  const rows =
    await app.db.rows<BindingRow>(sql`select b.binding_id, b.capacity, c.name as subject_name, b.sealed, b.evidence_kind, b.opened_by, a.name as opened_by_name,
      b.opened_at, b.expires_at, b.settled_at, b.outcome
    from binding b left join pub.subject c on c.subject_id = b.for_subject
      left join account a on a.account_id = substring(b.opened_by from '^account:([0-9]+)$')::bigint
    where b.unit = ${actor.unit} and b.binding_id < ${before ?? Number.MAX_SAFE_INTEGER} order by b.binding_id desc limit ${limit}`)
  const bindings = rows.map(
    (row): z.infer<typeof BindingView> => ({
      bindingId: row.binding_id,
      capacity: row.capacity,
      subjectName: row.subject_name,
      person: shownTo(
        app.law,
        'person-name',
        'case-officer',
        app.keys.open(row.sealed, `binding:${row.binding_id}`).toString('utf8'),
      ),
      evidenceKind: row.evidence_kind,
      openedByName: row.opened_by_name ?? row.opened_by,
      isOwn: row.opened_by === actor.id,
      openedAt: row.opened_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      state: row.outcome ?? (row.expires_at <= at ? 'over' : 'open'),
    }),
  )
  return { bindings, next: rows.length === limit ? (rows.at(-1)?.binding_id ?? null) : null }
}
