import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Actor, ANYONE } from '../access/actor.ts'
import { permissionsFor } from '../access/testing.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { annulTestRecord, fileTestFacts, openTestSubjects, penaltyOf, publishTestFacts } from './archive-testing.ts'
import { issueReport, issueReports, withdrawReport } from './commands.ts'
import { fetchReport } from './fetch.ts'
import type { PublicReport, SpecialReport } from './model.ts'
import { joined, readText } from './testing.ts'
import { verifyCodeGroups } from './verify-code.ts'
import { verifyView } from './views.ts'

let platform: TestApp
let firm: SubjectId
let person: SubjectId
let shownId: FactId
let minorId: FactId
let self: Actor
const shown = () => penaltyOf(firm, '示罚〔2026〕1号', '2026-05-06')
const minor = () => penaltyOf(firm, '示罚〔2026〕2号', '2026-05-07', { CF_SXFL: '轻微' })

before(async () => {
  platform = await openTestApp()
  const { app } = platform
  const opened = await openTestSubjects(app, [
    { name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 7) },
    { name: '某甲', kind: 'natural-person', document: 'blind-index-of-an-invented-number' },
  ])
  firm = opened[0] as SubjectId
  person = opened[1] as SubjectId
  self = {
    ...ANYONE,
    id: 'account:9',
    name: '经办人',
    roles: ['subject'],
    permissions: permissionsFor(['subject']),
    subjectId: firm,
  }
  const ids = await publishTestFacts(app, [shown(), minor()])
  shownId = ids[0] as FactId
  minorId = ids[1] as FactId
})
after(() => platform.close())

const modelOf = async <Model>(hash: string): Promise<Model> =>
  JSON.parse((await platform.app.files.read(hash)).toString()) as Model
const looksOf = (outlet: string) =>
  platform.worker.db.rows<{ actor: string; purpose: string; business_no: string; subject_id: number }>(
    sql`select actor, purpose, business_no, subject_id from look where outlet = ${outlet} order by at, look_id`,
  )

test('M152 · anyone gets the public report: what the portal shows, registered with the digest of its PDF', async () => {
  const { app } = platform
  const issued = await issueReport(app, ANYONE, firm, { kind: 'public' })
  const displayed = await app.changes.rows<{ record_id: FactId }>(
    sql`select record_id from pub.record where subject_id = ${firm}`,
  )
  assert.deepEqual(
    [...issued.recordIds],
    displayed.map(row => row.record_id),
  )
  assert.deepEqual([...issued.recordIds], [shownId])
  const pdf = await app.files.read(issued.pdfHash)
  assert.deepEqual(issued.digest, createHash('sha256').update(pdf).digest())
  const model = await modelOf<PublicReport>(issued.modelHash)
  assert.deepEqual(
    model.summary.map(({ count }) => count),
    [1, 0, 0, 0, 0, 0, 0, 0],
  )
  assert.equal((await verifyView(app, issued.code)).state, 'valid')
  assert.equal((await looksOf('special-report')).length, 0)
})

test('M147 · the code stands at the top right of page one', async () => {
  const { app } = platform
  const issued = await issueReport(app, ANYONE, firm, { kind: 'public' })
  const items = await readText(await app.files.read(issued.pdfHash))
  const [first = ''] = verifyCodeGroups(issued.code as never)
  const found = items.find(item => item.text.includes(first)) ?? assert.fail('no code on the paper')
  assert.equal(found.page, 1)
  assert.ok(found.x > 300 && found.y < 280, `${found.x}, ${found.y}`)
  assert.match(joined(items), /示罚〔2026〕1号/)
})

test('M143 · the subject itself gets the special report, minor records in it; the look is registered', async () => {
  const { app } = platform
  const issued = await issueReport(app, self, firm, { kind: 'special', years: 1, purpose: '银行贷款' })
  assert.deepEqual([...issued.recordIds].sort(), [shownId, minorId].sort())
  assert.deepEqual([issued.windowFrom, issued.windowTo, issued.validUntil], ['2025-11-20', '2026-11-19', '2026-12-20'])
  const [look] = await looksOf('special-report')
  assert.deepEqual(look, { actor: 'account:9', purpose: '银行贷款', business_no: issued.number, subject_id: firm })
})

test('M156 · nobody else gets a special report, not even an officer; persons have no report for the public', async () => {
  const { app } = platform
  const officer = actorFor('urban-management', 'window-officer')
  for (const stranger of [ANYONE, officer, { ...self, subjectId: person }])
    await assert.rejects(issueReport(app, stranger, firm, { kind: 'special', years: 1 }), { code: 'report.special-own-only' })
  await assert.rejects(issueReport(app, ANYONE, person, { kind: 'public' }), { code: 'report.not-of-persons' })
  await assert.rejects(issueReport(app, ANYONE, 1 as SubjectId, { kind: 'public' }), { code: 'subject.unknown' })
})

test('M147 · who holds the code gets a special report; the look names its number, never the code', async () => {
  const { app } = platform
  const issued = await issueReport(app, self, firm, { kind: 'special', years: 1 })
  const found = await fetchReport(app, ANYONE, issued.code.toLowerCase())
  assert.equal(found.pdfHash, issued.pdfHash)
  const look = (await looksOf('special-report')).at(-1)
  assert.deepEqual(look, { actor: 'anyone', purpose: '凭核验码取回报告', business_no: issued.number, subject_id: firm })
})

test('M145 · after its month a special report reads 已过有效期', async () => {
  const { app } = platform
  const issued = await issueReport(app, self, firm, { kind: 'special', years: 1 })
  platform.setNow(new Date('2026-12-20T15:59:00Z'))
  assert.equal((await verifyView(app, issued.code)).state, 'valid')
  platform.setNow(new Date('2026-12-20T16:01:00Z'))
  assert.equal((await verifyView(app, issued.code)).state, 'expired')
  platform.setNow(TEST_NOW)
})

test('a public report is not served any more when the first of its records has come to its end', async () => {
  const { app } = platform
  const issued = await issueReport(app, ANYONE, firm, { kind: 'public' })
  assert.ok(issued.validUntil)
  platform.setNow(new Date(`${issued.validUntil}T17:00:00Z`))
  await assert.rejects(fetchReport(app, ANYONE, issued.code), { code: 'report.over', status: 410 })
  assert.equal((await verifyView(app, issued.code)).state, 'expired')
  platform.setNow(TEST_NOW)
})

test('what takes a record away supersedes every report that showed it, and no other', async () => {
  const { app } = platform
  const fact = penaltyOf(firm, '示罚〔2026〕3号', '2026-05-08')
  const before1 = await issueReport(app, ANYONE, firm, { kind: 'public' })
  const [recordId] = await publishTestFacts(app, [fact])
  const open = await issueReport(app, ANYONE, firm, { kind: 'public' })
  const special = await issueReport(app, self, firm, { kind: 'special', years: 1 })
  await annulTestRecord(app, fact, recordId as FactId)
  for (const { code } of [open, special]) {
    await assert.rejects(fetchReport(app, ANYONE, code), { code: 'report.superseded', status: 410 })
    assert.equal((await verifyView(app, code)).state, 'superseded')
  }
  assert.equal((await verifyView(app, before1.code)).state, 'valid')
  assert.equal((await issueReport(app, ANYONE, firm, { kind: 'public' })).recordIds.includes(recordId as FactId), false)
})

test('a record taken away while its report is set in type is not in the report that is registered', async () => {
  const { app } = platform
  const fact = penaltyOf(firm, '示罚〔2026〕4号', '2026-05-09', { CF_SXFL: '轻微' })
  const [recordId] = await fileTestFacts(app, [fact])
  let rendered = 0
  const renderer = {
    ...app.renderer,
    render: async (model: SpecialReport | PublicReport) => {
      rendered += 1
      if (rendered === 1) await annulTestRecord(app, fact, recordId as FactId)
      return app.renderer.render(model)
    },
  }
  const issued = await issueReport({ ...app, renderer }, self, firm, { kind: 'special', years: 1 })
  assert.equal(rendered, 2)
  assert.equal(issued.recordIds.includes(recordId as FactId), false)
})

test('the credit office takes a report back, once and with a reason', async () => {
  const { app } = platform
  const office = actorFor('credit-office', 'credit-office')
  const issued = await issueReport(app, ANYONE, firm, { kind: 'public' })
  await assert.rejects(withdrawReport(app, actorFor('credit-office', 'clerk'), issued.code, '误开'), {
    code: 'access.not-allowed',
  })
  await assert.rejects(withdrawReport(app, office, issued.code, ' '), { code: 'report.reason-missing' })
  await withdrawReport(app, office, issued.code, '误开')
  await assert.rejects(fetchReport(app, ANYONE, issued.code), { code: 'report.withdrawn', status: 410 })
  assert.equal((await verifyView(app, issued.code)).state, 'withdrawn')
  await assert.rejects(withdrawReport(app, office, issued.code, '误开'), { code: 'report.already-ended' })
})

test('P9 · a mistyped code, and one that nobody was given, say what to do', async () => {
  const { app } = platform
  const mistyped = await verifyView(app, '0123')
  assert.equal(mistyped.state, 'unknown')
  assert.match(mistyped.sentence, /核验码应为20位/)
  assert.equal((await verifyView(app, '00000000000000000000')).state, 'unknown')
})

test('the register of reports cannot be changed by the platform itself', async () => {
  await assert.rejects(platform.worker.db.run({ text: "update report set digest = '\\x00'" }), { code: '42501' })
  await assert.rejects(platform.worker.db.run({ text: 'delete from report' }), { code: '42501' })
})

test('many reports are issued in one go', async () => {
  assert.equal(await issueReports(platform.app, [firm, firm, firm]), 3)
})
