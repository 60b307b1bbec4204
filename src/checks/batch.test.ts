import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance } from 'fastify'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { openDatabase, sql } from '../db/database.ts'
import { answerProblems } from '../http/problem.ts'
import { hashToken } from '../http/session.ts'
import { fileTestFacts, openTestSubjects, wageListing } from '../reports/archive-testing.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { type BatchAnswer, checkList } from './batch.ts'
import { listOfFile, listOfTexts } from './list.ts'
import { bindChecks } from './routes.ts'

let platform: TestApp
let http: FastifyInstance
const officer = actorFor('approval', 'window-officer')
const why = { purpose: '招标投标', businessNo: '标〔2026〕9号' }
const FIRMS = 1200
const codeOf = (n: number) => inventedUscc('enterprise', 1000 + n)
const nameOf = (n: number) => `澜川第${n}有限公司`
const TOKEN = 'mx_test-token'
const headers = { authorization: `Bearer ${TOKEN}` }

before(async () => {
  platform = await openTestApp()
  const { app } = platform
  const firms = Array.from({ length: FIRMS }, (_, n) => ({ name: nameOf(n), uscc: codeOf(n) }))
  const same = [0, 1].map(n => ({ name: '澜川同名商贸有限公司', uscc: inventedUscc('enterprise', 500 + n) }))
  const opened = await openTestSubjects(app, [...firms, ...same])
  await fileTestFacts(
    app,
    [0, 700, 1199].map(n => wageListing(opened[n] as SubjectId, `示人社失〔2026〕${n}号`, '2026-06-01')),
  )
  await app.changes.run(
    sql`insert into access_token (token_hash, token_id, name, unit, roles, made_at) values (${hashToken(TOKEN)}, 1, '测试', 'approval', ${['program']}, ${app.now()})`,
  )
  http = Fastify()
  await http.register(cookie)
  await http.register(multipart)
  await http.register(rateLimit, { global: false })
  http.setErrorHandler(answerProblems(app.words))
  bindChecks(http, app)
})
after(async () => {
  await http.close()
  await platform.close()
})

const lookCount = async () => (await platform.worker.db.row<{ n: number }>(sql`select count(*) as n from look`))?.n ?? 0
const send = (subjects: string[], more: Record<string, string> = why, accept = 'application/json') =>
  http.inject({ method: 'POST', url: '/api/v1/checks/batch', headers: { ...headers, accept }, payload: { subjects, ...more } })

test('C7 · a batch answers hits, those to be clarified and counts; every subject shown has its look', async () => {
  const before1 = await lookCount()
  const person = inventedResidentId(3, day('1988-02-03'))
  const lines = [
    ...Array.from({ length: FIRMS }, (_, n) => (n % 2 ? codeOf(n) : nameOf(n))),
    '澜川同名商贸有限公司',
    '澜川查无此名有限公司',
    '9186010',
    person,
  ]
  const answer = await send(lines)
  assert.equal(answer.statusCode, 200)
  const { results, receipts, digest, ...counts } = answer.json()
  assert.deepEqual(counts, { lines: 1204, hit: 3, clear: 1197, ambiguous: 1, unknown: 1, invalid: 2 })
  assert.deepEqual(
    results.map((one: BatchAnswer) => [one.line, one.outcome]),
    [
      [1, 'hit'],
      [701, 'hit'],
      [1200, 'hit'],
      [1201, 'ambiguous'],
      [1202, 'unknown'],
      [1203, 'invalid'],
      [1204, 'invalid'],
    ],
  )
  assert.equal(answer.body.includes(person), false)
  assert.equal(
    digest,
    createHash('sha256')
      .update(lines.map(line => `${line}\n`).join(''))
      .digest('hex'),
  )
  assert.equal(await lookCount(), before1 + FIRMS)
  assert.equal(receipts.length, 4)
})

test('C7 · as NDJSON every line has its answer, in order, and the counts come last', async () => {
  const answer = await send([codeOf(0), codeOf(1)], why, 'application/x-ndjson')
  const lines = answer.body
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  assert.deepEqual(
    lines.slice(0, 2).map(line => line.outcome),
    ['hit', 'clear'],
  )
  assert.equal(lines[2].summary.hit, 1)
})

test('C7 · as a table for a spreadsheet, formulas made safe', async () => {
  const answer = await send([codeOf(0), '=HYPERLINK("澜川")'], why, 'text/csv')
  assert.match(answer.body, /^\ufeff原行号,原值/)
  assert.match(answer.body, /"'=HYPERLINK/)
})

test('principle 8 · the looks of a part are committed before the part is handed on', async () => {
  const before1 = await lookCount()
  const list = await listOfTexts(Array.from({ length: FIRMS }, (_, n) => codeOf(n)))
  const counts: number[] = []
  for await (const { answers } of checkList(platform.app, officer, why, list))
    counts.push(answers.length, (await lookCount()) - before1)
  assert.deepEqual(counts, [500, 500, 500, 1000, 200, 1200])
})

test('principle 8 · a batch whose register cannot be written is a refusal as a whole, with no answers', async () => {
  const admin = openDatabase(platform.database.superuserUrl, { max: 1 })
  await admin.run({ text: 'revoke insert on look from credit_look' })
  const answer = await send([codeOf(0)])
  await admin.run({ text: 'grant insert on look to credit_look' })
  await admin.close()
  assert.deepEqual([answer.statusCode, answer.json().code], [503, 'look.register-down'])
})

test('M218 · a batch without purpose is refused before anything is read', async () => {
  const answer = await send([codeOf(0)], {})
  assert.deepEqual([answer.statusCode, answer.json().code], [400, 'look.purpose-missing'])
})

const form = (file: string, text: string) => {
  const boundary = 'x-boundary'
  const part = (name: string, value: string, more = '') =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
  const payload = `${part('purpose', '招标投标')}${part('businessNo', '9号')}${part('file', text, `; filename="${file}"`)}--${boundary}--\r\n`
  return http.inject({
    method: 'POST',
    url: '/api/v1/checks/batch',
    headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload,
  })
}

test('C7 · a file is read by its headings, the code before the name, the line as the sender counts it', async () => {
  const answer = await form(
    '名单.csv',
    `投标单位一览\r\n序号,企业名称,统一社会信用代码\r\n1,${nameOf(5)},${codeOf(0)}\r\n2,${nameOf(700)},\r\n`,
  )
  assert.deepEqual(
    answer.json().results.map((one: BatchAnswer) => [one.line, one.name]),
    [
      [3, nameOf(0)],
      [4, nameOf(700)],
    ],
  )
})

test('C7 · a file without headings is read by what its columns hold', async () => {
  const answer = await form('a.csv', `1,x,${codeOf(0)}\n2,y,${codeOf(1)}\n`)
  const { hit, clear } = answer.json()
  assert.deepEqual([hit, clear], [1, 1])
})

test('C7 · what is no list is refused: too many lines, none, no column', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mingxin-list-'))
  const write = (text: string) => {
    const path = join(folder, 'list')
    writeFileSync(path, text)
    return path
  }
  await assert.rejects(listOfTexts(Array.from({ length: 100_001 }, () => 'x')), { code: 'check.too-many-lines' })
  await assert.rejects(listOfTexts(['', ' ']), { code: 'check.no-lines' })
  await assert.rejects(listOfFile(write('a,b\n1,2\n')), { code: 'check.no-column' })
  await assert.rejects(listOfFile(write('名称,代码\n')), { code: 'check.no-lines' })
  await rm(folder, { recursive: true })
})
