import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { LightMyRequestResponse } from 'fastify'
import { ANYONE, PERMISSIONS, permissionsFor } from '../access/actor.ts'
import type { DeliveryId } from '../base/id.ts'
import type { Endpoint, Reach } from '../http/endpoint.ts'
import { gate } from '../http/gate.ts'
import { API, bound } from '../http/serve.ts'
import { issueReport } from '../reports/commands.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Doors, openDoors } from './doors.ts'
import { expected } from './permission-expected.ts'
import { type Answer, type Line, ORACLE, RELATIONS, type Relation } from './permission-oracle.ts'
import { type Caller, callerOf, type Examples, requestFor } from './permission-requests.ts'
import { SEATS } from './permission-seats.ts'
import { firm, penalty, uncodedPenalty } from './sent-rows.ts'
import { publishAll, send, subjectOf, waitingOf } from './testing.ts'

const DRAWS = 50_000
const ROLES = Object.keys(SEATS)

let t: TestApp
let doors: Doors
let examples: Examples
let listed: string[] = []

before(async () => {
  t = await openTestApp()
  doors = await openDoors(t)
  const own = await send(t.app, 'market-penalty', [
    penalty(1, '澜市监罚〔2026〕1号'),
    penalty(9, '澜市监罚〔2026〕9号', { 处罚决定日期: '某日' }),
  ])
  const other = await send(t.app, 'ecology-penalty', [
    penalty(2, '澜环罚〔2026〕2号'),
    penalty(9, '澜环罚〔2026〕9号', { 处罚决定日期: '某日' }),
    uncodedPenalty('澜川市青屿早点铺', '澜环罚〔2026〕3号'),
  ])
  await publishAll(t.app)
  const subjects = [await subjectOf(t.app, firm(1).code), await subjectOf(t.app, firm(2).code)] as const
  const { code } = await issueReport(doors.app, ANYONE, subjects[0], { kind: 'public' })
  examples = {
    deliveries: { own: own.deliveryId as DeliveryId, other: other.deliveryId as DeliveryId },
    subjects,
    reportCode: code,
    waitingId: (await waitingOf(t.app, other.deliveryId))[0]?.waiting_id ?? 0,
  }
  const document = (await doors.api.inject({ url: '/openapi.json' })).json() as { paths: Record<string, Record<string, unknown>> }
  listed = Object.entries(document.paths)
    .flatMap(([path, methods]) => Object.keys(methods).map(method => `${method.toUpperCase()} ${path.slice(API.length)}`))
    .sort()
})
after(async () => {
  await doors.close()
  await t.close()
})

const nameOf = (door: Endpoint): string => `${door.method} ${door.path.replaceAll(/:([a-zA-Z]+)/g, '{$1}')}`

test('M458 · every door of /openapi.json has a line of the oracle, and every line a door', () => {
  assert.deepEqual(listed, Object.keys(ORACLE).sort())
  assert.deepEqual(bound.map(nameOf).sort(), listed, 'no door is bound that the document does not name')
})

test('M458 · the oracle knows every role that the law knows, and every role has a seat', () => {
  assert.deepEqual([...t.app.law.roles.keys()].sort(), [...ROLES].sort())
  for (const [door, { roles, but }] of Object.entries(ORACLE))
    for (const role of [...roles, ...Object.keys(but ?? {})])
      assert.ok(ROLES.includes(role) || role === 'nobody', `${door}: ${role}`)
})

/** One's own proposal, one's own account: refused whatever the permission says. */
const OF_ONESELF = new Set([
  'account.own',
  'people.own-proposal',
  'reset.own',
  'reset.same-person',
  'program.same-person',
  'look-alert.own',
  'look-delay.own',
  'gate.own-assessment',
  'binding.same-officer',
  'campaign.same-person',
])

function answerOf(response: LightMyRequestResponse): Answer {
  const { statusCode } = response
  if (statusCode < 400) return 'allowed'
  const { code, issues } = response.json() as { code: string; issues?: unknown }
  assert.ok(statusCode < 500 && statusCode !== 429, `${statusCode} ${response.body}`)
  assert.ok(!issues, `the request is not what the contract asks for: ${response.body}`)
  if (OF_ONESELF.has(code)) return 'refused'
  if (code === 'access.sign-in-needed') return 'not-signed-in'
  if (statusCode === 403) return 'not-allowed'
  return statusCode === 404 ? 'not-found' : 'allowed'
}

let asked = 0
/** Each from an address of its own: the brake is not what is tested. */
async function ask(door: Endpoint, role: string | null, relation: Relation): Promise<string | null> {
  const nobody: Caller = { role: '', accountId: 0, sessionId: 0, headers: {} }
  const caller = role === null ? nobody : await callerOf(t.app, role, examples.subjects[0])
  const request = await requestFor(t.app, door, caller, relation, examples)
  const response = await doors.api.inject({
    ...request,
    remoteAddress: `10.${(asked >> 16) & 255}.${(asked >> 8) & 255}.${asked & 255}`,
  })
  const wanted = expected(nameOf(door), role === null ? 'nobody' : [role], relation)
  const found = answerOf(response)
  tell(door, role, relation, found)
  return found === wanted
    ? null
    : `${nameOf(door)} · ${role ?? 'nobody'} · ${relation}: ${found}, not ${wanted} (${response.statusCode} ${response.body.slice(0, 160)})`
}

/** What each role was answered at a door, for each relation. */
const answered = new Map<string, Map<string, Map<Relation, Answer>>>()
function tell(door: Endpoint, role: string | null, relation: Relation, found: Answer): void {
  const roles = answered.get(nameOf(door)) ?? new Map<string, Map<Relation, Answer>>()
  const told = roles.get(role ?? 'nobody') ?? new Map<Relation, Answer>()
  answered.set(nameOf(door), roles.set(role ?? 'nobody', told.set(relation, found)))
}

test('M458 · every door × every role × own, other’s, other unit’s: the platform answers what the oracle says', async () => {
  const differences: string[] = []
  for (const door of bound)
    for (const role of [null, ...ROLES])
      for (const relation of RELATIONS) {
        asked += 1
        const difference = await ask(door, role, relation).catch(
          (error: Error) => `${nameOf(door)} · ${role} · ${relation}: ${error.message.slice(0, 300)}`,
        )
        if (difference) differences.push(difference)
      }
  assert.deepEqual(differences, [])
  assert.equal(asked, listed.length * (ROLES.length + 1) * RELATIONS.length)
})

/** Doors that the callers of these tests come to without a thing of their own behind them. */
const OF_A_PROGRAM =
  'a registered program signs its requests; the callers here have plain tokens (src/programs/programs.test.ts has a real one)'
const UNTRIED: Readonly<Record<string, string>> = {
  'GET /programs/self': OF_A_PROGRAM,
  'POST /programs/self/keys': OF_A_PROGRAM,
  'POST /programs/self/keys/{keyId}/end': OF_A_PROGRAM,
}

test('M458 · every door was tried with a thing that is there: somebody was let at his own', () => {
  assert.equal(answered.size, listed.length, 'the test above has run')
  const isLet = (door: string): boolean =>
    [...(answered.get(door)?.values() ?? [])].some(told => told.get('own') === 'allowed' || told.get('own') === 'refused')
  assert.deepEqual(
    listed.filter(door => !isLet(door) && !(door in UNTRIED)),
    [],
    'no example behind these doors: put one into permission-examples.ts',
  )
  assert.deepEqual(Object.keys(UNTRIED).filter(isLet), [], 'an example is there by now')
})

/** Doors that name a thing of somebody's, at which nobody is kept from another's; why. */
const UNDIVIDED: Readonly<Record<string, string>> = {
  'GET /campaigns/{campaignId}/cases':
    'a campaign is everybody’s to see; of its cases each unit is shown its own (src/campaigns/campaigns.test.ts)',
}

test('M458 · every door that names a thing of a unit’s or a person’s own keeps somebody from another’s', () => {
  const owned = new Set<Reach>(['self', 'own-subject', 'own-unit', 'unit-tree', 'authorised-subject'])
  const doors = bound.filter(door => door.path.includes(':') && door.reach.some(one => owned.has(one))).map(nameOf)
  assert.ok(doors.length > 20, `${doors.length} doors`)
  const isKept = (door: string): boolean =>
    [...(answered.get(door)?.values() ?? [])].some(
      told =>
        ['allowed', 'refused'].includes(told.get('own') ?? '') &&
        ['not-found', 'not-allowed'].includes(told.get('other-unit') ?? ''),
    )
  assert.deepEqual(
    doors.filter(door => !isKept(door) && !(door in UNDIVIDED) && !(door in UNTRIED)),
    [],
  )
})

const drawn = fc.record({
  door: fc.nat(),
  roles: fc.uniqueArray(fc.constantFrom(...ROLES), { maxLength: 4 }),
  /** Of a program only its scopes count, of an agent only what the mandate covers: any part of what the roles may do. */
  kept: fc.option(fc.subarray([...PERMISSIONS])),
  isSignedIn: fc.boolean(),
})

test('M458 · 50,000 draws of roles, doors and parts of permissions: the function that decides and the oracle never differ', () => {
  const { law } = t.app
  let passed = 0
  fc.assert(
    fc.property(drawn, ({ door: no, roles, kept, isSignedIn }) => {
      const door = bound[no % bound.length] as Endpoint
      const { asks, roles: passing } = ORACLE[nameOf(door)] as Line
      const permissions = permissionsFor(law, roles).filter(one => kept === null || kept.some(other => other === one))
      const found = gate({ id: isSignedIn ? 'account:1' : ANYONE.id, permissions: isSignedIn ? permissions : [] }, door)
      const isHeld = roles.some(role => passing.includes(role)) && (kept === null || kept.some(one => String(one) === asks))
      const isOpen = asks === 'anyone' || (isSignedIn && (asks === 'signed-in' || isHeld))
      const wanted = isOpen ? 'open' : isSignedIn ? 'not-allowed' : 'sign-in-needed'
      if (isOpen) passed += 1
      assert.equal(found, wanted, `${nameOf(door)} · ${roles.join('+')}`)
    }),
    { numRuns: DRAWS },
  )
  assert.ok(passed > DRAWS / 20 && passed < DRAWS / 2, `${passed} passed: draws that never or always pass show nothing`)
})
