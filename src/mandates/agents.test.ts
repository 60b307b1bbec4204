import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { ANYBODY, EXTENTS, type Extent, NOT_GIVEN_ON } from './model.ts'
import { replaceRepresentatives } from './record.ts'
import { openTestOfficer, openTestPerson, type TestPerson } from './testing.ts'

let platform: TestApp
let http: FastifyInstance
let firm: SubjectId
let other: SubjectId
let person: SubjectId
let principal: TestPerson

before(async () => {
  platform = await openTestApp()
  const subjects = await openTestSubjects(platform.app, [
    { name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 8) },
    { name: '澜川清禾印务有限公司', uscc: inventedUscc('enterprise', 9) },
    { name: '某甲', kind: 'natural-person', document: '860101199003070019' },
  ])
  ;[firm, other, person] = subjects as [SubjectId, SubjectId, SubjectId]
  http = await openApiDoor(platform.app)
  principal = await openTestPerson(platform.app, http, '陆某', firm)
})
after(async () => {
  await http.close()
  await platform.close()
})

const at = (instant: string): void => platform.setNow(new Date(instant))
const ALL: Extent[] = ['subject.read-own', 'report.issue-own', 'look.read-own']

async function invite(extent: Extent[] = ALL, until = '2027-03-31', name = '周某'): Promise<string> {
  const { status, body } = await principal.ask('POST', '/mandates/invitations', { name, extent, until })
  assert.equal(status, 201, JSON.stringify(body))
  return body.code
}

async function agentWith(extent: Extent[] = ALL, until = '2027-03-31'): Promise<{ agent: TestPerson; mandateId: number }> {
  const agent = await openTestPerson(platform.app, http, '周某')
  const accepted = await agent.ask('POST', '/mandates/acceptances', { code: await invite(extent, until) })
  assert.equal(accepted.status, 201, JSON.stringify(accepted.body))
  const { mandateId } = accepted.body
  assert.equal((await agent.ask('POST', '/sessions/me/subject', { mandateId })).status, 200)
  return { agent, mandateId }
}

const end = (who: TestPerson, mandateId: number, lastDay: string | null = null) =>
  who.ask('POST', `/subjects/${firm}/mandates/${mandateId}/end`, { lastDay })

test('M061 · an account of a firm speaks as its legal representative, a person’s own for himself; both by a mandate of the operator', async () => {
  const own = await openTestPerson(platform.app, http, '某甲', person)
  for (const [who, subjectId, capacity] of [
    [principal, firm, 'legal-representative'],
    [own, person, 'self'],
  ] as const) {
    const [mandate] = (await who.ask('GET', '/sessions/me/mandates')).body.mandates
    assert.deepEqual(
      [mandate?.subjectId, mandate?.capacity, mandate?.state, mandate?.until, mandate?.isChosen, mandate?.extent],
      [subjectId, capacity, 'in-force', null, true, null],
    )
  }
})

for (const extent of [
  ['look.read-own'],
  ['report.issue-own'],
  ['subject.read-own'],
  ['look.read-own', 'report.issue-own'],
  ALL,
] as Extent[][])
  test(`M156 · an agent with the extent ${extent.join(' + ')} may just that, and never manage agents`, async () => {
    const { agent } = await agentWith(extent)
    const me = (await agent.ask('GET', '/sessions/me')).body
    assert.deepEqual([...me.permissions].sort(), ['law.read', ...extent].sort())
    for (const [permission, method, path, payload] of [
      ['look.read-own', 'GET', '/looks/mine', undefined],
      ['report.issue-own', 'GET', '/reports', undefined],
      ['report.issue-own', 'POST', `/subjects/${firm}/reports`, { kind: 'special', years: 1 }],
      ['mandate.manage', 'GET', '/mandates', undefined],
      ['mandate.manage', 'POST', '/mandates/invitations', { name: '某', extent: ALL, until: '2027-01-01' }],
    ] as const) {
      const { status } = await agent.ask(method, path, payload)
      const isGiven = (extent as string[]).includes(permission)
      assert.equal(isGiven ? status < 300 : status === 403, true, `${method} ${path} ${status}`)
    }
  })

test('every permission of a subject is open to all, for its head alone, or one that an agent may be given', () => {
  const all = platform.app.law.roles.get('subject')?.permissions ?? []
  assert.deepEqual([...all].sort(), [...ANYBODY, ...NOT_GIVEN_ON, ...EXTENTS].sort())
  for (const extent of EXTENTS)
    for (const key of [`mandate.extent-${extent}`, `mandate.extent-hint-${extent}`, `console.bindings.extent.${extent}`])
      assert.ok(platform.app.words.has(key), key)
})

test('a mandate ended while its agent is signed in refuses at the next request; another’s account cannot end it', async () => {
  const { agent, mandateId } = await agentWith()
  const stranger = await openTestPerson(platform.app, http, '吴某', other)
  assert.equal((await agent.ask('GET', '/looks/mine')).status, 200)
  assert.equal((await end(stranger, mandateId)).body.code, 'mandate.unknown')
  assert.equal((await end(principal, mandateId)).status, 200)
  const refused = await agent.ask('GET', '/looks/mine')
  assert.deepEqual([refused.status, refused.body.code], [403, 'access.not-allowed'])
  assert.equal((await agent.ask('GET', '/sessions/me')).body.subjectId, null)
  assert.equal((await end(principal, mandateId)).body.code, 'mandate.over')
  const { agents } = (await principal.ask('GET', '/mandates')).body
  const kept = agents.find(one => one.mandateId === mandateId)
  assert.deepEqual([kept?.state, kept?.endedWhy, kept?.name], ['over', 'principal', '周某'])
})

test('principle 3 · a mandate ends by its date at midnight in Shanghai, with nothing run', async () => {
  at('2026-11-20T15:50:00Z')
  const { agent } = await agentWith(ALL, '2026-11-20')
  at('2026-11-20T15:59:59Z')
  assert.equal((await agent.ask('GET', '/sessions/me')).body.subjectId, firm)
  at('2026-11-20T16:00:00Z')
  assert.equal((await agent.ask('GET', '/sessions/me')).body.subjectId, null)
  platform.setNow(TEST_NOW)
})

test('a principal shortens a mandate, and cannot make it longer; an agent gives up his own', async () => {
  const { agent, mandateId } = await agentWith(ALL, '2027-03-31')
  for (const [lastDay, code] of [
    ['2027-03-31', 'mandate.not-shorter'],
    ['2027-04-01', 'mandate.not-shorter'],
    ['2026-11-19', 'mandate.until-past'],
  ] as const)
    assert.equal((await end(principal, mandateId, lastDay)).body.code, code)
  assert.equal((await end(principal, mandateId, '2026-12-01')).status, 200)
  assert.equal((await end(principal, mandateId, '2026-12-15')).body.code, 'mandate.not-shorter')
  const [view] = (await agent.ask('GET', '/sessions/me/mandates')).body.mandates
  assert.deepEqual([view?.until, view?.endsSoon], ['2026-12-01', true])
  assert.equal((await end(agent, mandateId)).status, 200)
  assert.equal((await agent.ask('GET', '/sessions/me')).body.subjectId, null)
})

test('an agent’s term has an end, two years away at the most; an extent is never empty', async () => {
  const wish = { name: '周某', extent: ALL, until: '2028-11-20' }
  for (const [change, status, code] of [
    [{ until: '2028-11-20' }, 201, undefined],
    [{ until: '2028-11-21' }, 409, 'mandate.too-long'],
    [{ until: '2026-11-19' }, 409, 'mandate.until-past'],
    [{ extent: [] }, 400, 'input.invalid'],
    [{ extent: ['mandate.manage'] }, 400, 'input.invalid'],
    [{ until: '2027-02-30' }, 400, 'input.invalid'],
  ] as const) {
    const answer = await principal.ask('POST', '/mandates/invitations', { ...wish, ...change })
    assert.deepEqual([answer.status, answer.body.code], [status, status === 201 ? answer.body.code : code])
  }
})

test('a code makes one mandate, however often it is sent at once; it is good for a day, for the person it names, and kept as a digest', async () => {
  const agents = await Promise.all([1, 2, 3, 4].map(() => openTestPerson(platform.app, http, '周某')))
  const code = await invite()
  const answers = await Promise.all(agents.map(agent => agent.ask('POST', '/mandates/acceptances', { code: code.toLowerCase() })))
  assert.deepEqual(answers.map(one => one.body.code ?? 'accepted').sort(), [
    'accepted',
    'invitation.settled',
    'invitation.settled',
    'invitation.settled',
  ])
  const named = await openTestPerson(platform.app, http, '周某')
  const misnamed = await openTestPerson(platform.app, http, '王某')
  const staff = await openTestOfficer(platform.app, http, '周某', 'approval')
  const fresh = await invite()
  for (const [who, typed, refusal] of [
    [misnamed, fresh, 'invitation.other-person'],
    [staff, fresh, 'mandate.staff-account'],
    [principal, fresh, 'invitation.own'],
    [named, 'AAAA-BBBB-CCCC-DDDD', 'invitation.code-unknown'],
  ] as const)
    assert.equal((await who.ask('POST', '/mandates/acceptances', { code: typed })).body.code, refusal)
  at('2026-11-21T04:00:00Z')
  const late = await openTestPerson(platform.app, http, '周某')
  assert.equal((await late.ask('POST', '/mandates/acceptances', { code: fresh })).body.code, 'invitation.over')
  platform.setNow(TEST_NOW)
  const kept = JSON.stringify(
    await platform.worker.db.rows(sql`select * from mandate_invitation, act where act.deed like 'mandate.%'`),
  )
  for (const secret of [fresh, fresh.replaceAll('-', ''), '周某']) assert.ok(!kept.includes(secret))
})

test('a withdrawn invitation is worth nothing', async () => {
  const code = await invite()
  const { invitations } = (await principal.ask('GET', '/mandates')).body
  const invitationId = invitations[0]?.invitationId
  assert.equal((await principal.ask('DELETE', `/mandates/invitations/${invitationId}`, {})).status, 200)
  const agent = await openTestPerson(platform.app, http, '周某')
  assert.equal((await agent.ask('POST', '/mandates/acceptances', { code })).body.code, 'invitation.settled')
  assert.equal((await principal.ask('DELETE', `/mandates/invitations/${invitationId}`, {})).body.code, 'invitation.settled')
})

test('M156 · an invitation ends with the office of whoever made it', async () => {
  const [own] = (await openTestSubjects(platform.app, [
    { name: '澜川石渠印务有限公司', uscc: inventedUscc('enterprise', 12) },
  ])) as [SubjectId]
  const former = await openTestPerson(platform.app, http, '陆旧', own)
  const asked = { name: '周某', extent: ALL, until: '2027-03-31' }
  const { code } = (await former.ask('POST', '/mandates/invitations', asked)).body
  const present = await openTestPerson(platform.app, http, '陆新', own)
  await change(platform.app, SYSTEM, { deed: 'test.replace', entity: 'system' }, made =>
    replaceRepresentatives(made, own, present.accountId),
  )
  const agent = await openTestPerson(platform.app, http, '周某')
  assert.equal((await agent.ask('POST', '/mandates/acceptances', { code })).body.code, 'invitation.inviter-over')
  const anew = await present.ask('POST', '/mandates/invitations', asked)
  assert.equal((await agent.ask('POST', '/mandates/acceptances', { code: anew.body.code })).status, 201)
})

test('M062 · who speaks for two subjects chooses; with the choice the CSRF value changes, and acts name the mandate', async () => {
  const both = await openTestPerson(platform.app, http, '周某', other)
  at('2026-11-20T04:01:00Z')
  const { body } = await both.ask('POST', '/mandates/acceptances', { code: await invite() })
  const { mandateId } = body
  // A mandate that came later is not taken without being chosen.
  const before = (await both.ask('GET', '/sessions/me')).body
  assert.equal(before.subjectId, other)
  const chosen = await both.ask('POST', '/sessions/me/subject', { mandateId })
  assert.equal(chosen.body.subjectId, firm)
  const after_ = (await both.ask('GET', '/sessions/me')).body
  assert.equal(after_.subjectId, firm)
  assert.notEqual(after_.csrf, before.csrf)
  assert.equal((await both.ask('POST', '/sessions/me/subject', { mandateId: 1 })).body.code, 'mandate.unknown')
  platform.setNow(TEST_NOW)
  const issued = await both.ask('POST', `/subjects/${firm}/reports`, { kind: 'special', years: 1 })
  assert.equal(issued.status, 201)
  const acts = await platform.worker.db.rows<{ detail: { mandateId?: number } }>(
    sql`select detail from act where deed = 'report.issue-special' and actor = ${`account:${both.accountId}`}`,
  )
  assert.deepEqual(
    acts.map(act => act.detail.mandateId),
    [mandateId],
  )
})

test('M461 · a look by an agent names the mandate: the firm is told whose it is, the auditor the number and the capacity, another reader no name', async () => {
  const { agent, mandateId } = await agentWith()
  const issued = await agent.ask('POST', `/subjects/${firm}/reports`, { kind: 'special', years: 1 })
  assert.equal(issued.status, 201, JSON.stringify(issued.body))
  const [own] = (await principal.ask('GET', '/looks/mine')).body.looks
  assert.deepEqual([own?.by, own?.mandate], ['other-account', { mandateId, capacityName: '经办人', name: '周某' }])
  const [by] = (await agent.ask('GET', '/looks/mine')).body.looks
  assert.deepEqual([by?.by, by?.mandate], ['own-account', { mandateId, capacityName: '经办人', name: '周某' }])
  const auditor = await openTestOfficer(platform.app, http, '审某', 'audit-office', 'auditor')
  const { looks } = (await auditor.ask('GET', `/looks?receipt=${own?.receipt}`)).body
  assert.deepEqual(
    looks.map(one => one.mandate),
    [{ mandateId, capacityName: '经办人', name: null }],
  )
  const [kept] = await platform.worker.db.rows<{ no: number }>(
    sql`select mandate_id as no from look where receipt = ${own?.receipt}`,
  )
  assert.equal(kept?.no, mandateId)
})

test('a new mandate for the same subject takes the place of the agent’s former one', async () => {
  const { agent, mandateId } = await agentWith(['look.read-own'])
  const second = await agent.ask('POST', '/mandates/acceptances', { code: await invite(['report.issue-own']) })
  const mandates = (await agent.ask('GET', '/sessions/me/mandates')).body.mandates
  assert.deepEqual(
    mandates.map(one => [one.mandateId, one.state, one.endedWhy]),
    [
      [second.body.mandateId, 'in-force', null],
      [mandateId, 'over', 'replaced'],
    ],
  )
})
