import type { Actor } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import { closeEverythingOf } from '../access/close-accounts.ts'
import { requireFresh } from '../access/fresh.ts'
import { everyOrganisation, isWithin, type Organisation } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import { grant, NotFound, Refusal } from '../base/refusal.ts'
import { type Row, sql } from '../db/database.ts'
import { unitNameKey } from '../law/law.ts'
import { closeProgramsOf } from '../programs/commands.ts'
import { keptText } from '../subject/resident-numbers.ts'
import { parseUscc } from '../subject/uscc.ts'
import type { OrganisationWish } from './contract.ts'

/* Organisations registered in the console: proposed by the system administrator, decided by the security administrator, appended version by version. */

/** One at a time: two proposals of the same code or name are not both let in. */
const LOCK = 7_355_609

export type Proposed = { readonly organisationId: string; readonly version: number }
type Content = Pick<Organisation, 'name' | 'uscc' | 'kind' | 'parent'> & {
  readonly state: 'open' | 'closed'
  readonly reason: string
}

/**
 * Proposes to register an organisation. Refuses a code that is none (`uscc.…`), a code or name that another has
 * (`organisation.uscc-taken`, `organisation.name-taken`) and an unknown parent (`organisation.parent-unknown`).
 */
export async function proposeOrganisation(app: App, actor: Actor, wish: OrganisationWish): Promise<Proposed> {
  return await change(app, actor, { deed: 'organisation.propose', entity: 'organisations' }, async made => {
    const organisationId = `o-${made.actId}`
    return await propose(app, made, organisationId, contentOf(app, wish))
  })
}

/**
 * Proposes another version of a registered organisation, or its closing. Refuses also `organisation.of-city-file`, `organisation.closed`,
 * `organisation.proposal-open` while another waits, and `organisation.has-children` for closing one that has others below it.
 */
export async function proposeVersion(
  app: App,
  actor: Actor,
  organisationId: string,
  wish: (OrganisationWish & { readonly state: 'open' }) | { readonly state: 'closed'; readonly reason: string },
): Promise<Proposed> {
  return await change(app, actor, { deed: 'organisation.propose', entity: `organisation:${organisationId}` }, async made => {
    const standing = (await everyOrganisation({ law: app.law, db: made.tx })).get(organisationId)
    if (!standing) throw new NotFound('organisation.unknown')
    if (!standing.isRegistered) throw new Refusal('organisation.of-city-file', null, { name: standing.name })
    if (!standing.isOpen) throw new Refusal('organisation.closed', null, { name: standing.name })
    const { name, uscc, kind, parent } = standing
    const content = wish.state === 'open' ? contentOf(app, wish) : { name, uscc, kind, parent, ...wish }
    return await propose(app, made, organisationId, content)
  })
}

function contentOf(app: App, wish: OrganisationWish): Content {
  const { uscc } = grant(parseUscc(wish.uscc, { inventedPrefixes: app.city.inventedPrefixes }))
  const { kind, parent } = wish
  return { name: wish.name, uscc, kind, parent, state: 'open', reason: wish.reason }
}

async function propose(app: App, made: Change, organisationId: string, content: Content): Promise<Proposed> {
  await made.tx.run(sql`select pg_advisory_xact_lock(${LOCK})`)
  await requireSound(app, made, organisationId, content)
  const row = await made.tx.row<{ version: number; open: boolean | null }>(
    sql`select coalesce(max(version), 0) + 1 as version, bool_or(decision is null) as open from organisation where organisation_id = ${organisationId}`,
  )
  if (row?.open) throw new Refusal('organisation.proposal-open', null, { name: content.name })
  const version = row?.version ?? 1
  const { name, uscc, kind, parent, state } = content
  const reason = keptText(content.reason, made.today)
  await made.tx.run(sql`insert into organisation (organisation_id, version, name, uscc, kind, parent, state, reason, proposed_by, proposed_at)
    values (${organisationId}, ${version}, ${name}, ${uscc}, ${kind}, ${parent}, ${state}, ${reason}, ${made.actor.id}, ${made.at})`)
  made.tell({ organisationId, version, name, uscc, kind, parent, state })
  return { organisationId, version }
}

/** What must hold when it is proposed, and again when it is decided: the world may have moved in between. */
async function requireSound(app: App, made: Change, organisationId: string, content: Content): Promise<void> {
  const all = await everyOrganisation({ law: app.law, db: made.tx })
  const others = [...all.values()].filter(one => one.id !== organisationId && one.isOpen)
  if (content.state === 'closed') {
    const child = others.find(one => one.parent === organisationId)
    if (child) throw new Refusal('organisation.has-children', null, { name: content.name, child: child.name })
    return
  }
  const sameCode = others.find(one => one.uscc === content.uscc)
  if (sameCode) throw new Refusal('organisation.uscc-taken', null, { name: sameCode.name })
  const key = unitNameKey(content.name)
  if (others.some(one => unitNameKey(one.name) === key) || app.law.unitByName.has(key))
    throw new Refusal('organisation.name-taken', null, { name: content.name })
  if (content.parent === null) return
  if (!all.get(content.parent)?.isOpen) throw new Refusal('organisation.parent-unknown', null, {}, 422)
  if (isWithin(all, content.parent, organisationId)) throw new Refusal('organisation.parent-below', null, {}, 422)
}

type Waiting = Content & { readonly proposedBy: string; readonly decision: string | null }

/**
 * Confirms or refuses what another person proposed. Confirming a closing closes the accounts, sessions, programs and tokens of the organisation in the
 * same transaction. Refuses `people.own-proposal`, `people.decided-before`, and what proposing refuses.
 */
export async function decideOrganisation(
  app: App,
  actor: Actor,
  { organisationId, version }: Proposed,
  decision: 'confirmed' | 'refused',
): Promise<void> {
  requireFresh(app, actor)
  const deed = { deed: 'organisation.decide', entity: `organisation:${organisationId}`, detail: { version, decision } }
  await change(app, actor, deed, async made => {
    await made.tx.run(sql`select pg_advisory_xact_lock(${LOCK})`)
    const waiting = await made.tx.row<Waiting & Row>(
      sql`select name, uscc, kind, parent, state, reason, proposed_by as "proposedBy", decision from organisation
        where organisation_id = ${organisationId} and version = ${version}`,
    )
    if (!waiting) throw new NotFound('organisation.unknown')
    if (waiting.decision !== null) throw new Refusal('people.decided-before')
    if (waiting.proposedBy === actor.id) throw new Refusal('people.own-proposal')
    if (decision === 'confirmed') await requireSound(app, made, organisationId, waiting)
    await made.tx.run(sql`update organisation set decision = ${decision}, decided_by = ${actor.id}, decided_at = ${made.at}
      where organisation_id = ${organisationId} and version = ${version}`)
    if (decision !== 'confirmed' || waiting.state !== 'closed') return
    const programs = await closeProgramsOf(made, organisationId)
    made.tell({ programs, ...(await closeEverythingOf(made, organisationId)) })
  })
}
