import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import cookie from '@fastify/cookie'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance } from 'fastify'
import type { FactId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { answerProblems } from '../http/problem.ts'
import { hashToken } from '../http/session.ts'
import { inventedUscc } from '../subject/invented.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { annulTestRecord, openTestSubjects, penaltyOf, publishTestFacts } from './archive-testing.ts'
import { bindReports, wantsJson } from './routes.ts'

let platform: TestApp
let http: FastifyInstance
let firm: SubjectId
let recordId: FactId

before(async () => {
  platform = await openTestApp()
  const opened = await openTestSubjects(platform.app, [{ name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 8) }])
  firm = opened[0] as SubjectId
  const ids = await publishTestFacts(platform.app, [penaltyOf(firm, '示罚〔2026〕1号', '2026-05-06')])
  recordId = ids[0] as FactId
  http = Fastify({ trustProxy: true })
  await http.register(cookie)
  await http.register(rateLimit, { global: false })
  http.setErrorHandler(answerProblems(platform.app.words))
  bindReports(http, platform.app)
})
after(async () => {
  await http.close()
  await platform.close()
})

const form = (from: string) =>
  http.inject({
    method: 'POST',
    url: `/subjects/${firm}/report`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': from },
    payload: '',
  })

test('M158 · the portal form issues a report and leads to its PDF, without script, account or session', async () => {
  const issued = await form('192.0.2.1')
  assert.equal(issued.statusCode, 303)
  const pdf = await http.inject({ url: issued.headers.location as string, headers: { accept: 'text/html,*/*;q=0.8' } })
  assert.equal(pdf.statusCode, 200)
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  assert.equal(pdf.headers['cache-control'], 'no-store')
  const code = (issued.headers.location as string).split('/').at(-1)
  const verified = (await http.inject({ url: `/api/v1/verify/${code}` })).json()
  assert.equal(verified.digest, createHash('sha256').update(pdf.rawPayload).digest('hex'))
  assert.equal(verified.validUntil, null)
})

test('M155 · the same report is PDF or JSON, as the caller accepts', async () => {
  const issued = await http.inject({ method: 'POST', url: `/api/v1/subjects/${firm}/reports`, payload: { kind: 'public' } })
  assert.equal(issued.statusCode, 201)
  const { code, pages } = issued.json()
  const json = await http.inject({ url: `/api/v1/reports/${code}`, headers: { accept: 'application/json' } })
  assert.equal(json.json().verifyCode, code)
  const pdf = await http.inject({ url: `/api/v1/reports/${code}` })
  assert.equal(pdf.rawPayload.subarray(0, 5).toString(), '%PDF-')
  assert.ok(pages >= 1)
})

test('a superseded report answers 410 with the way to a new one, in a page to a browser and in a problem to a program', async () => {
  const fact = penaltyOf(firm, '示罚〔2026〕1号', '2026-05-06')
  const location = (await form('192.0.2.2')).headers.location as string
  await annulTestRecord(platform.app, fact, recordId)
  const page = await http.inject({ url: location, headers: { accept: 'text/html' } })
  assert.equal(page.statusCode, 410)
  assert.match(page.body, new RegExp(`<form method="post" action="/subjects/${firm}/report">`))
  const problem = await http.inject({ url: `/api/v1${location}`, headers: { accept: 'application/pdf' } })
  assert.equal(problem.statusCode, 410)
  assert.equal(problem.json().code, 'report.superseded')
  assert.equal(problem.json().facts.renew, `/api/v1/subjects/${firm}/reports`)
})

test('M158 · an address that asks for too many reports is told to wait; another is served', async () => {
  const answers: number[] = []
  for (let i = 0; i < 21; i++) answers.push((await form('192.0.2.3')).statusCode)
  assert.deepEqual([answers.filter(status => status === 303).length, answers.at(-1)], [20, 429])
  assert.equal((await form('192.0.2.4')).statusCode, 303)
})

test('M158 · a special report is refused to whoever is not the subject, with 403', async () => {
  const answer = await http.inject({
    method: 'POST',
    url: `/api/v1/subjects/${firm}/reports`,
    payload: { kind: 'special', years: 1 },
    headers: { 'x-forwarded-for': '192.0.2.9' },
  })
  assert.deepEqual([answer.statusCode, answer.json().code], [403, 'report.special-own-only'])
})

test('M158 · a unit lists the reports it issued, latest first, with what has become of them', async () => {
  const { app } = platform
  await app.changes.run(
    sql`insert into access_token (token_hash, token_id, name, unit, roles, made_at) values (${hashToken('mx_window')}, 1, '窗口', 'approval', ${['program']}, ${app.now()})`,
  )
  const headers = { authorization: 'Bearer mx_window' }
  const codes: string[] = []
  for (let i = 0; i < 3; i++)
    codes.push(
      (
        await http.inject({ method: 'POST', url: `/api/v1/subjects/${firm}/reports`, payload: { kind: 'public' }, headers })
      ).json().code,
    )
  const first = (await http.inject({ url: '/api/v1/reports?limit=2', headers })).json()
  const second = (await http.inject({ url: `/api/v1/reports?limit=2&before=${first.next}`, headers })).json()
  const listed = [...first.reports, ...second.reports].map((report: { code: string; state: string }) => [
    report.code,
    report.state,
  ])
  assert.deepEqual(
    listed,
    codes.reverse().map(code => [code, 'valid']),
  )
  assert.equal((await http.inject({ url: '/api/v1/reports' })).statusCode, 401)
})

for (const [accept, json] of [
  [undefined, false],
  ['*/*', false],
  ['text/html,application/xhtml+xml,*/*;q=0.8', false],
  ['application/json', true],
  ['application/json;q=0.5, application/pdf', false],
  ['application/pdf;q=0.5, application/json', true],
] as const)
  test(`Accept ${accept} is answered with ${json ? 'JSON' : 'PDF'}`, () => assert.equal(wantsJson(accept), json))
