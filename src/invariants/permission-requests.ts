import { z } from 'zod'
import { hashPassword } from '../access/password.ts'
import { openTestAccount } from '../access/testing.ts'
import type { App } from '../app.ts'
import { day } from '../base/day.ts'
import type { DeliveryId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import type { Endpoint } from '../http/endpoint.ts'
import { API } from '../http/serve.ts'
import { hashToken, newToken, SESSION_COOKIE } from '../http/session.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { exampleFor, type Places } from './permission-examples.ts'
import type { Relation } from './permission-oracle.ts'
import { SEATS } from './permission-seats.ts'

/* Requests that are well formed, by the contract, and name the caller's own thing, a colleague's, or another unit's. */

/** What stands ready: a delivery of each of two units, two subjects, a public report. */
export type Examples = {
  readonly deliveries: Readonly<Record<string, DeliveryId>>
  readonly subjects: readonly [SubjectId, SubjectId]
  readonly reportCode: string
  /** A row that waits for a person. */
  readonly waitingId: number
}

export type Caller = {
  readonly role: string
  readonly accountId: number
  readonly sessionId: number
  readonly headers: Readonly<Record<string, string>>
}

type Schema = {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly minimum?: number
  readonly pattern?: string
}

/** Someone with one role, freshly and wholly signed in, or a program's token. A caller is used for one request: it may end its own session. */
export async function callerOf(app: App, role: string, subjectId: SubjectId): Promise<Caller> {
  const unit = SEATS[role] ?? ''
  const token = newToken('test')
  const id = await app.ids.next()
  if (app.law.roles.get(role)?.holder === 'program') {
    await app.changes.run(sql`insert into access_token (token_hash, token_id, name, unit, roles, made_at)
      values (${hashToken(token)}, ${id}, '程序', ${unit}, ${[role]}, ${app.now()})`)
    return { role, accountId: id, sessionId: id, headers: { authorization: `Bearer ${token}` } }
  }
  await openTestAccount(app, { accountId: id, unit, roles: [role], ...(role === 'subject' ? { subjectId } : {}) })
  await app.changes.run(sql`update account set password = ${PASSWORD} where account_id = ${id}`)
  await openSession(app, id, token)
  return { role, accountId: id, sessionId: id, headers: { cookie: `${SESSION_COOKIE}=${token}`, 'x-csrf': 'csrf' } }
}

async function openSession(app: App, id: number, token: string): Promise<void> {
  const now = app.now()
  await app.changes.run(sql`insert into session (token_hash, session_id, account_id, csrf, made_at, seen_at, ends_at, stage, assurance, fresh_at, device, network)
    values (${hashToken(token)}, ${id}, ${id}, 'csrf', ${now}, ${now}, ${new Date(now.getTime() + 3_600_000)}, 'whole', 'two-factor', ${now}, '', '')`)
}

/** A digest that no password has. */
const PASSWORD = await hashPassword('nobody-types-this-one')

let serial = 0

/** The smallest value that a contract takes; texts by the name of their place. */
function sample(schema: Schema, name: string, named: Readonly<Record<string, unknown>>): unknown {
  if (name in named && (!schema.enum || schema.enum.includes(named[name]))) return named[name]
  const choice = schema.anyOf ?? schema.oneOf
  if (choice) return sample(choice[0] ?? {}, name, named)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.properties) {
    const required = schema.required ?? []
    return Object.fromEntries(required.map(key => [key, sample(schema.properties?.[key] ?? {}, key, named)]))
  }
  if (schema.type === 'array') return [sample(schema.items ?? {}, name, named)]
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1)
  if (schema.type === 'boolean') return true
  if (schema.type === 'null') return null
  if (schema.pattern?.startsWith('^[A-Za-z0-9_-]')) return 'AAAA'
  return '示例文字'
}

const schemaOf = (type: z.ZodType): Schema => z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema

/** Values of places whose shape the contract's JSON schema does not tell. */
function named(): Record<string, unknown> {
  serial += 1
  return {
    from: '2026-11-20',
    on: '2026-11-20',
    telephone: '13800000000',
    email: 'office@example.cn',
    until: '2026-12-20',
    lastDay: '2026-12-20',
    endsOn: '2026-12-20',
    validFrom: '2026-07-01',
    birth: '1990-01-01',
    login: `asked-${serial}`,
    uscc: inventedUscc('enterprise', 6_000_000 + serial),
    role: 'window-officer',
    subject: inventedUscc('enterprise', 1),
    parent: null,
    kind: 'bank',
    state: 'closed',
    extent: ['report.issue-own'],
    networks: [],
    textDigest: 'a'.repeat(64),
    documentKind: 'resident-id',
    documentNumber: inventedResidentId(1, day('1990-01-01')),
    validUntil: '2026-12-20',
  }
}

export type Request = {
  readonly method: Endpoint['method']
  readonly url: string
  readonly payload?: string
  readonly headers: Readonly<Record<string, string>>
}

/** A request for a door that names a thing of this relation to the caller. */
export async function requestFor(
  app: App,
  door: Endpoint,
  caller: Caller,
  relation: Relation,
  examples: Examples,
): Promise<Request> {
  const places = await placesFor(app, door, caller, relation, examples)
  const path = door.path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(String(places[name] ?? 987_654_321)))
  const values = { ...named(), ...places }
  const query = sample(schemaOf(door.query), '', {
    purpose: '办理',
    businessNo: '审1',
    basis: '依法',
    q: '澜川',
    ...values,
  }) as Record<string, unknown>
  const search = new URLSearchParams(
    Object.entries(query).map(([key, value]) => [key, String(value)] as [string, string]),
  ).toString()
  const asked = { method: door.method, url: `${API}${path}${search ? `?${search}` : ''}` }
  if (door.body === 'multipart') return { ...asked, ...formOf(door, caller, relation) }
  if (door.method === 'GET' || door.method === 'DELETE' || door.body === 'none') return { ...asked, headers: caller.headers }
  const payload = JSON.stringify(bodyFor(door, values))
  return { ...asked, payload, headers: { ...caller.headers, 'content-type': 'application/json' } }
}

function bodyFor(door: Endpoint, values: Record<string, unknown>): unknown {
  if (door.path === '/subjects/:subjectId/reports') return { kind: 'special', years: 1 }
  if (door.path.endsWith('/links'))
    return { kind: 'split-from', toSubject: values['toSubject'], validFrom: '2026-07-01', reason: '登记' }
  if (door.path.endsWith('/versions')) return { state: 'closed', reason: '撤并机构' }
  return sample(schemaOf(door.input), '', values)
}

function formOf(door: Endpoint, caller: Caller, relation: Relation): Pick<Request, 'payload' | 'headers'> {
  const source = relation === 'other-unit' ? 'ecology-penalty' : 'market-penalty'
  const fields = door.path === '/deliveries' ? `--b\r\ncontent-disposition: form-data; name="source"\r\n\r\n${source}\r\n` : ''
  const payload = `${fields}--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n名称\r\n澜川\r\n--b--\r\n`
  return { payload, headers: { ...caller.headers, 'content-type': 'multipart/form-data; boundary=b' } }
}

type Asked = {
  readonly path: string
  readonly caller: Caller
  readonly relation: Relation
  readonly examples: Examples
  readonly unit: string
}

/** The values of the address, and of places in the body that name a unit: the first that fits the address. */
const PLACES: readonly (readonly [address: RegExp, places: (app: App, asked: Asked) => Places | Promise<Places>])[] = [
  [/versions/, (app, { path }) => registeredOrganisation(app, path.endsWith('/decision'))],
  [/:organisationId/, (_, { unit }) => ({ organisationId: unit })],
  [/:accountId/, accountFor],
  [/^\/accounts$/, (_, { unit }) => ({ unit })],
  [
    /:deliveryId/,
    (_, { relation, examples }) => ({ deliveryId: examples.deliveries[relation === 'other-unit' ? 'other' : 'own'] ?? 0 }),
  ],
  [
    /:sessionId/,
    async (app, { relation, caller, unit }) => ({
      sessionId: relation === 'own' ? caller.sessionId : (await stranger(app, unit)).sessionId,
    }),
  ],
  [/:code/, (_, { examples }) => ({ code: examples.reportCode })],
  [/:item/, () => ({ item: 'penalty-org' })],
  [/:subjectId/, (_, { relation, examples }) => ({ subjectId: examples.subjects[relation === 'own' ? 0 : 1] })],
]

async function placesFor(app: App, door: Endpoint, caller: Caller, relation: Relation, examples: Examples): Promise<Places> {
  const seat = SEATS[caller.role] ?? ''
  const unit = relation === 'other-unit' ? 'health' : seat === 'subject' ? 'market-regulation' : seat
  const example = await exampleFor(app, { door: `${door.method} ${door.path}`, caller, relation, examples, unit })
  if (example) return example
  const found = PLACES.find(([address]) => address.test(door.path))
  return found ? await found[1](app, { path: door.path, caller, relation, examples, unit }) : {}
}

async function stranger(app: App, unit: string): Promise<{ accountId: number; sessionId: number }> {
  const accountId = await openTestAccount(app, { unit, roles: ['clerk'] })
  await openSession(app, accountId, newToken('test'))
  return { accountId, sessionId: accountId }
}

/** The caller's own account, or somebody's who has a role in force (number 1) and another proposed (number 2). */
async function accountFor(app: App, { caller, relation, unit, path }: Asked): Promise<Places> {
  const accountId = relation === 'own' ? caller.accountId : (await stranger(app, unit)).accountId
  await app.changes.run(sql`insert into role_grant (account_id, grant_no, role, valid_from, reason, proposed_by, proposed_at)
    values (${accountId}, 2, 'window-officer', '2026-11-20', '示例', 'system', ${app.now()}) on conflict do nothing`)
  return { accountId, unit, grantNo: path.endsWith('/decision') ? 2 : 1 }
}

async function registeredOrganisation(app: App, isWaiting: boolean): Promise<Places> {
  const organisationId = `o-${await app.ids.next()}`
  const at = app.now()
  const code = inventedUscc('enterprise', 7_000_000 + ++serial)
  await app.changes.run(sql`insert into organisation (organisation_id, version, name, uscc, kind, parent, state, reason, proposed_by, proposed_at, decision, decided_by, decided_at)
    values (${organisationId}, 1, ${`示例银行${serial}`}, ${code}, 'bank', null, 'open', '示例', 'system', ${at}, 'confirmed', 'system', ${at})`)
  if (isWaiting)
    await app.changes.run(sql`insert into organisation (organisation_id, version, name, uscc, kind, parent, state, reason, proposed_by, proposed_at)
      values (${organisationId}, 2, ${`示例银行${serial}`}, ${code}, 'bank', null, 'closed', '示例', 'system', ${at})`)
  return { organisationId, version: 2 }
}
