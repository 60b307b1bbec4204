import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { SubjectId } from '../base/id.ts'
import { type Database, openDatabase, sql } from '../db/database.ts'
import { type Caller, type Doors, openDoors } from '../invariants/doors.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../reports/archive-testing.ts'
import { runRetention } from '../retention/run.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { checkCompliance } from './compliance.ts'
import type { CheckView, GateView } from './contract.ts'
import { listGates, openGate, recordAssessment, signAssessment } from './gates.ts'

const T3 = ['M180', 'M385', 'M413', 'M415', 'M427', 'M428', 'M429', 'M430', 'M431', 'M433']
const ASSESSED = {
  basis: 'pipl#55',
  purpose: '说明目的',
  necessity: '说明必要',
  effects: '说明影响',
  measures: '说明措施',
}
const office = actorFor('credit-office', 'credit-office')
const privacy = { ...actorFor('credit-office', 'privacy-officer'), id: 'account:privacy' }
let t: TestApp
let doors: Doors
let owner: Database
let caller: Caller
const gateOf = async (row: string): Promise<GateView> => (await listGates(t.app, office)).find(one => one.row === row) as GateView

before(async () => {
  t = await openTestApp()
  doors = await openDoors(t)
  owner = openDatabase(t.database.url, { max: 1 })
  caller = await doors.signIn('credit-office', ['credit-office'])
})
after(async () => {
  await owner.close()
  await doors.close()
  await t.close()
})

test('M180 M385 M413 M415 M427 M428 M429 M430 M431 M433 · every row is registered, off, and nothing of it is built', async () => {
  const gates = await listGates(t.app, office)
  assert.deepEqual(
    gates.map(gate => gate.row),
    T3,
  )
  for (const gate of gates) assert.deepEqual([gate.isOpen, gate.built], [false, false], gate.row)
})

test('PIPL 55 · a switch opens with basis, assessment and another person’s sign-off, and closes on its day by itself', async () => {
  const id = await recordAssessment(t.app, office, 'M413', ASSESSED)
  const until = { assessmentId: id, validUntil: '2026-12-20' }
  await assert.rejects(openGate(t.app, office, 'M413', until), { code: 'gate.not-signed' })
  await assert.rejects(signAssessment(t.app, office, id, '同意'), { code: 'gate.own-assessment' })
  await signAssessment(t.app, privacy, id, '同意')
  await assert.rejects(signAssessment(t.app, privacy, id, '再签'), { code: 'gate.signed-before' })
  await assert.rejects(openGate(t.app, office, 'M427', until), { code: 'gate.not-signed' })
  await assert.rejects(openGate(t.app, office, 'M413', { ...until, validUntil: '2026-11-19' }), { code: 'gate.until-past' })
  await assert.rejects(openGate(t.app, office, 'M413', { ...until, validUntil: '2027-11-21' }), { code: 'gate.until-too-far' })
  await openGate(t.app, office, 'M413', until)
  await assert.rejects(openGate(t.app, office, 'M413', until), { code: 'gate.already-open' })
  assert.ok((await gateOf('M413')).isOpen)
  const shown = await doors.ask('portal', { headers: {} }, { method: 'GET', url: '/gates' })
  assert.match(shown.body, /说明目的[\s\S]*同意/)
  t.setNow(new Date('2026-12-21T04:00:00Z'))
  assert.ok(!(await gateOf('M413')).isOpen)
  t.setNow(TEST_NOW)
})

test('the database takes no switch without a sign-off, and no sign-off of the author', async () => {
  const id = await recordAssessment(t.app, office, 'M433', ASSESSED)
  const now = t.app.now()
  const gate = sql`insert into gate values (1, 'M433', ${id}, 'x', ${now}, '2026-11-20', '2026-12-20', 1)`
  await assert.rejects(owner.run(gate), { code: '23503' })
  const own = sql`insert into gate_sign_off values (${id}, 'M433', ${office.id}, ${office.id}, null, '同意', ${now}, 1)`
  await assert.rejects(owner.run(own), { code: '23514' })
})

for (const [basis, code] of [
  ['pipl', 'gate.basis-unknown'],
  ['no-such#1', 'gate.basis-unknown'],
  ['js-2025-5#1', 'gate.basis-too-low'],
] as const)
  test(`an assessment that rests on ${basis} is refused: ${code}`, async () => {
    await assert.rejects(recordAssessment(t.app, office, 'M180', { ...ASSESSED, basis }), { code })
  })

test('M462 M465 · the self-check of an honest platform finds nothing, and finds each thing that must not be', async () => {
  const [firm] = (await openTestSubjects(t.app, [{ name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 8) }])) as [
    SubjectId,
  ]
  await publishTestFacts(t.app, [penaltyOf(firm, '示罚〔2026〕1号', '2026-05-06')])
  const clean = await checkCompliance(t.app, privacy)
  assert.ok(clean.isClean, JSON.stringify(clean.findings))
  const found = async (id: string): Promise<number> =>
    (await checkCompliance(t.app, privacy)).findings.find(one => one.id === id)?.count ?? -1
  await owner.run(sql`update subject set kind = 'natural-person' where subject_id = ${firm}`)
  assert.equal(await found('illegal-publication-persons'), 1)
  await owner.run(sql`update subject set kind = 'enterprise' where subject_id = ${firm}`)
  await owner.run(sql`update pub.record set shown_until = '2026-01-01' where subject_id = ${firm}`)
  assert.equal(await found('over-time'), 1)
  await owner.run(
    sql`insert into look values (${firm}, ${t.app.now()}, 1, 'x', null, 'check', ' ', '1', null, '{}', null, 'H1', 1, 0)`,
  )
  assert.equal(await found('beyond-authority'), 1)
  const acts = await owner.rows<{ detail: Record<string, number> }>(
    sql`select detail from act where deed = 'compliance.check' order by at desc, act_id desc limit 1`,
  )
  assert.equal(acts[0]?.detail['over-time'], 1)
})

test('the register, the checks and the certificates answer at the door to the auditor, who may not run a check', async () => {
  t.setNow(new Date('2031-11-21T04:00:00Z'))
  await runRetention({ ...t.app, db: t.app.changes })
  t.setNow(TEST_NOW)
  const auditor = await doors.signIn('audit-office', ['auditor'])
  for (const url of ['/api/v1/gates', '/api/v1/compliance'])
    assert.equal((await doors.ask('api', auditor, { method: 'GET', url })).statusCode, 200, url)
  const listed = await doors.ask('api', auditor, { method: 'GET', url: '/api/v1/compliance' })
  const { checks, certificates } = listed.json() as { checks: CheckView[]; certificates: { certificateId: number }[] }
  assert.ok(checks.length > 0 && certificates.length > 0)
  const walked: number[] = []
  for (let before: number | null = Number.MAX_SAFE_INTEGER; before !== null; ) {
    const page = await doors.ask('api', auditor, { method: 'GET', url: `/api/v1/compliance?limit=1&beforeCertificate=${before}` })
    walked.push(...page.json().certificates.map((one: { certificateId: number }) => one.certificateId))
    before = page.json().nextCertificate
  }
  assert.deepEqual(
    walked,
    certificates.map(one => one.certificateId),
    'page by page the same, to the last',
  )
  const older = await doors.ask('api', auditor, {
    method: 'GET',
    url: `/api/v1/compliance?limit=1&beforeCheck=${checks[0]?.checkId}`,
  })
  assert.deepEqual(older.json().checks, checks.slice(1, 2))
  const url = `/api/v1/compliance/certificates/${certificates[0]?.certificateId}`
  assert.equal((await doors.ask('api', auditor, { method: 'GET', url })).statusCode, 200)
  assert.equal((await doors.ask('api', auditor, { method: 'POST', url: '/api/v1/compliance', payload: {} })).statusCode, 403)
  assert.equal((await doors.ask('api', caller, { method: 'POST', url: '/api/v1/compliance', payload: {} })).statusCode, 201)
})
