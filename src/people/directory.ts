import type { Actor } from '../access/actor.ts'
import { actorNameSql } from '../access/actor-name.ts'
import type { Organisation } from '../access/organisation-of.ts'
import { type Grant, listGrants, standsWithin } from '../access/role-grants.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { AccountId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { type Row, sql } from '../db/database.ts'
import {
  type GrantView,
  type OrganisationView,
  type PersonView,
  type ProposalView,
  REGISTERED_KINDS,
  type RoleView,
} from './model.ts'
import { organisationInScope, scopeOf } from './scope.ts'

/* Who belongs where and may do what, as administrators see it. Nothing here is about a subject: subjects' own accounts are not listed. */

/** The organisations of the actor's scope with the number of open accounts, and the roles with those that the actor may propose. */
export async function readDirectory(
  app: App,
  actor: Actor,
): Promise<{ organisations: OrganisationView[]; roles: RoleView[]; kinds: { id: string; name: string }[] }> {
  const scope = await scopeOf(app, actor)
  const counts = new Map(
    (
      await app.db.rows<{ unit: string; people: number }>(
        sql`select unit, count(*) as people from account where closed_at is null group by unit`,
      )
    ).map(row => [row.unit, row.people]),
  )
  const organisations = [...scope.all.values()].filter(one => scope.includes(one.id))
  return {
    organisations: organisations.map(one => organisationView(app, one, counts.get(one.id) ?? 0)),
    roles: [...app.law.roles.values()]
      .filter(role => role.holder === 'person')
      .map(({ id, name, duty, heldIn, conferredBy }) => ({
        id,
        name,
        duty,
        heldIn: [...heldIn],
        isYoursToPropose: conferredBy.some(role => actor.roles.includes(role)),
      })),
    kinds: REGISTERED_KINDS.map(kind => ({ id: kind, name: kindName(app, kind) })),
  }
}

const kindName = (app: App, kind: string): string => app.words.say(`organisation.kind-${kind}`)

function organisationView(app: App, one: Organisation, people: number): OrganisationView {
  const { id, name, uscc, kind, parent, county, isOpen, isRegistered } = one
  const countyName = app.city.counties.find(where => where.id === county)?.name ?? null
  return { id, name, uscc, kind, kindName: kindName(app, kind), parent, countyName, isOpen, isRegistered, people }
}

type AccountRow = { accountId: AccountId; login: string; name: string; unit: string; isOpen: boolean; isActivated: boolean }

type PeoplePage = { readonly people: PersonView[]; readonly next: string | null }
type Paging = { readonly after?: string | undefined; readonly limit: number }

/** Between two people: open accounts before closed ones, each by login. Refuses `people.place`. */
function readPeoplePlace(text: string | undefined): { readonly isClosed: boolean; readonly login: string } {
  if (text === undefined) return { isClosed: false, login: '' }
  const [, state, login] = /^([oc]):(.+)$/s.exec(text) ?? []
  if (login === undefined) throw new Refusal('people.place', null, {}, 400)
  return { isClosed: state === 'c', login }
}

/** The people of an organisation, open accounts first, a page of them. Refuses `organisation.unknown`, `organisation.not-yours`, `people.place`. */
export async function readPeople(app: App, actor: Actor, organisationId: string, { after, limit }: Paging): Promise<PeoplePage> {
  const place = readPeoplePlace(after)
  const organisation = await organisationInScope(app, actor, organisationId)
  const accounts = await app.db.rows<AccountRow & { codeUntil: Date | null } & Row>(
    sql`select account_id as "accountId", login, name, unit, closed_at is null as "isOpen", activated_at is not null as "isActivated",
        (select ends_at from first_code c where c.account_id = a.account_id and used_at is null and c.closed_at is null and ends_at > ${app.now()}) as "codeUntil"
      from account a where unit = ${organisationId} and (closed_at is not null, login) > (${place.isClosed}::boolean, ${place.login}::text)
      order by closed_at is not null, login limit ${limit}`,
  )
  const grants = await listGrants(
    app.db,
    accounts.map(one => one.accountId),
  )
  const names = await namesOfActors(app, grants)
  const today = legalDay(app.now(), app.city.zone)
  const people = accounts.map(account => ({
    ...account,
    codeUntil: account.codeUntil?.toISOString() ?? null,
    unitName: organisation.name,
    isYou: actor.id === `account:${account.accountId}`,
    grants: grants
      .filter(one => one.accountId === account.accountId)
      .map(one => ({ ...grantView(app, one, names), state: stateOf(one, today, account.isActivated) })),
  }))
  const last = accounts.at(-1)
  return { people, next: last && accounts.length === limit ? `${last.isOpen ? 'o' : 'c'}:${last.login}` : null }
}

function grantView(app: App, grant: Grant, names: ReadonlyMap<string, string | null>): Omit<GrantView, 'state'> {
  const { grantNo, role, from, until, reason, proposedBy, decidedBy } = grant
  return {
    grantNo,
    role,
    roleName: app.law.roles.get(role)?.name ?? role,
    from,
    until,
    reason: app.words.has(`role.reason-${reason}`) ? app.words.say(`role.reason-${reason}`) : reason,
    proposedByName: names.get(proposedBy) ?? null,
    decidedByName: decidedBy === null ? null : (names.get(decidedBy) ?? null),
  }
}

function stateOf(grant: Grant, today: Day, isActivated: boolean): GrantView['state'] {
  if (grant.endedAt !== null) return 'ended'
  if (grant.decision === null) return 'proposed'
  if (grant.decision === 'refused') return 'refused'
  if (standsWithin(grant, today, today)) return isActivated ? 'in-force' : 'dormant'
  return grant.from > today ? 'coming' : 'over'
}

async function namesOfActors(
  app: App,
  grants: readonly { proposedBy: string; decidedBy?: string | null }[],
): Promise<Map<string, string | null>> {
  const actors = [...new Set(grants.flatMap(one => [one.proposedBy, ...(one.decidedBy ? [one.decidedBy] : [])]))]
  const rows = await app.db.rows<{ actor: string; name: string | null }>({
    text: `select actor, ${actorNameSql('actor')} as name from unnest($1::text[]) as t (actor)`,
    values: [actors],
  })
  return new Map(rows.map(row => [row.actor, row.name]))
}

type OrganisationRow = {
  organisationId: string
  version: number
  name: string
  uscc: string
  kind: string
  parent: string | null
  state: 'open' | 'closed'
  reason: string
  proposedBy: string
  proposedAt: Date
}

/** What waits for another person within the actor's scope, oldest first. */
export async function readProposals(app: App, actor: Actor): Promise<ProposalView[]> {
  const scope = await scopeOf(app, actor)
  const versions = await app.db.rows<OrganisationRow & Row>(
    sql`select organisation_id as "organisationId", version, name, uscc, kind, parent, state, reason, proposed_by as "proposedBy", proposed_at as "proposedAt"
      from organisation where decision is null`,
  )
  const grants = await listGrants(app.db, null)
  const accounts = await accountsOf(app, grants)
  const names = await namesOfActors(app, [...versions, ...grants])
  const about = (one: OrganisationRow): ProposalView => ({
    ...proposalOf(one, names, actor),
    kind: one.state === 'closed' ? 'closing' : one.version === 1 ? 'organisation' : 'change',
    of: scope.all.get(one.organisationId)?.name ?? one.name,
    isActivated: true,
    unitName: one.parent === null ? kindName(app, one.kind) : (scope.all.get(one.parent)?.name ?? one.parent),
    what: whatOf(app, one, scope.all),
    organisationId: one.organisationId,
    version: one.version,
  })
  const conferring = grants.flatMap(one => {
    const account = accounts.get(one.accountId)
    if (!account || !scope.all.has(account.unit) || !scope.includes(account.unit)) return []
    const role = app.law.roles.get(one.role)?.name ?? one.role
    const until = one.until ?? app.words.say('role.no-end')
    const view: ProposalView = {
      ...proposalOf(one, names, actor),
      kind: 'role',
      of: `${account.name}（${account.login}）`,
      isActivated: account.isActivated,
      unitName: scope.all.get(account.unit)?.name ?? account.unit,
      what: app.words.say('role.proposed', { role, from: one.from, until }),
      accountId: one.accountId,
      grantNo: one.grantNo,
    }
    return [actor.id === `account:${one.accountId}` ? { ...view, isYours: true } : view]
  })
  return [...(scope.isCity ? versions.map(about) : []), ...conferring].sort((a, b) => (a.proposedAt < b.proposedAt ? -1 : 1))
}

/** In words what another version of an organisation would bring: whoever confirms it reads every part that changes. */
function whatOf(app: App, one: OrganisationRow, all: ReadonlyMap<string, Organisation>): string {
  const { words } = app
  if (one.state === 'closed') return words.say('organisation.proposed-closing')
  const now = all.get(one.organisationId)
  const kind = kindName(app, one.kind)
  const parent = one.parent === null ? null : (all.get(one.parent)?.name ?? one.parent)
  if (!now) return words.say('organisation.proposed-new', { kind })
  const parts = [
    ...(one.name === now.name ? [] : [words.say('organisation.changed-name', { name: one.name })]),
    ...(one.uscc === now.uscc ? [] : [words.say('organisation.changed-uscc', { uscc: one.uscc })]),
    ...(one.kind === now.kind ? [] : [words.say('organisation.changed-kind', { kind })]),
    ...(one.parent === now.parent
      ? []
      : [words.say(parent ? 'organisation.changed-parent' : 'organisation.changed-no-parent', { parent })]),
  ]
  return words.say('organisation.proposed-change', { parts: parts.join('；') || words.say('organisation.changed-nothing') })
}

function proposalOf(
  { reason, proposedBy, proposedAt }: Pick<Grant, 'reason' | 'proposedBy' | 'proposedAt'>,
  names: ReadonlyMap<string, string | null>,
  actor: Actor,
) {
  return {
    reason,
    proposedByName: names.get(proposedBy) ?? null,
    proposedAt: proposedAt.toISOString(),
    isYours: proposedBy === actor.id,
    organisationId: null,
    version: null,
    accountId: null,
    grantNo: null,
  }
}

async function accountsOf(app: App, grants: readonly Grant[]): Promise<Map<AccountId, AccountRow>> {
  const rows = await app.db.rows<AccountRow & Row>(
    sql`select account_id as "accountId", login, name, unit, closed_at is null as "isOpen", activated_at is not null as "isActivated" from account
      where account_id = any(${grants.map(one => one.accountId)}::bigint[]) and closed_at is null`,
  )
  return new Map(rows.map(row => [row.accountId, row]))
}
