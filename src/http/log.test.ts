import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import { day } from '../base/day.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { logOf } from './log.ts'
import { answerProblems } from './problem.ts'

// What a door writes down, read as an operator reads it: line by line.

const PERSON = inventedResidentId(7, day('1984-02-29'))
const FORGED = '审批\n{"level":50,"event":"forged"}'

let t: TestApp
let http: FastifyInstance
let written: string[] = []

before(async () => {
  t = await openTestApp()
  const options = logOf('info')
  const stream = { write: (line: string) => void written.push(line) }
  http = Fastify({ ...options, logger: { ...(options.logger as object), stream } })
  http.setErrorHandler(answerProblems(t.app.words))
  http.get('/twice', () => t.app.db.run({ text: 'select $1::bigint', values: [PERSON.concat('x')] }))
  http.get('/parsed', async () => JSON.parse(`{"idNumber":"${PERSON}`) as never)
  http.get('/check', async () => {
    await t.app.db.run(sql`insert into sign_in_attempt (login_mac, at, ok) values (null, now(), false)`)
  })
  http.get('/own', async () => {
    throw new Error('the type of paper is unknown')
  })
  http.get('/shape', async () => z.strictObject({ id: z.number() }).parse({ id: PERSON }))
  http.get('/order', async () => {
    throw new Refusal('reset.own', null, { told: PERSON })
  })
  http.get('/nothing', async () => {
    throw new NotFound('page.not-found')
  })
  http.get('/refused', async () => {
    throw new NotAllowed('access.not-allowed')
  })
})
after(async () => {
  await http.close()
  await t.close()
})

async function linesOf(url: string, headers: Record<string, string> = {}): Promise<Record<string, unknown>[]> {
  written = []
  await http.inject({ method: 'GET', url, headers })
  assert.ok(
    written.every(line => line.indexOf('\n') === line.length - 1),
    'one line, one entry',
  )
  return written.map(line => JSON.parse(line) as Record<string, unknown>)
}

test('M466 · a fault of the database is written down with its place and without the value that it quotes', async () => {
  const [entry, ...more] = await linesOf(`/twice?name=${encodeURIComponent(FORGED)}`)
  assert.equal(more.length, 0)
  const fault = entry?.['err'] as Record<string, string>
  assert.equal(fault['code'], '22P02')
  assert.match(fault['stack'] ?? '', /database\.ts/)
  assert.equal(fault['message'], '')
  assert.ok(!written.join('').includes(PERSON))
  assert.ok(!written.join('').includes('审批'), 'nothing of the address beyond its route')
})

test('M466 · a parser’s fault is written down without what it parsed', async () => {
  await linesOf('/parsed')
  assert.equal(written.length, 1)
  assert.ok(!written.join('').includes(PERSON.slice(0, 10)))
})

test('M466 · a broken constraint is written down by its table and column', async () => {
  const [entry] = await linesOf('/check')
  const fault = entry?.['err'] as Record<string, string>
  assert.equal(fault['table'], 'sign_in_attempt')
  assert.equal(fault['column'], 'login_mac')
})

test('M458 · a fault of our own keeps its message; paths of the machine are cut off', async () => {
  const [entry] = await linesOf('/own')
  const fault = entry?.['err'] as Record<string, string>
  assert.equal(fault['message'], 'the type of paper is unknown')
  assert.doesNotMatch(fault['stack'] ?? '', /file:\/\/\/|\(\/[a-z]+\/[^)]*src\//)
})

test('M457 · M458 · who is refused at the door is written down: which refusal, at which route; no header, no address', async () => {
  const [entry] = await linesOf('/refused?idNumber=1', {
    authorization: 'Bearer mxt_secret',
    'user-agent': FORGED.replaceAll('\n', ' '),
  })
  assert.equal(entry?.['event'], 'refused')
  assert.equal(entry?.['code'], 'access.not-allowed')
  assert.equal(entry?.['route'], '/refused')
  assert.match(String(entry?.['at']), /^\d{4}-\d\d-\d\dT.*Z$/)
  assert.ok(!/mxt_secret|forged|idNumber/.test(written.join('')))
})

for (const [path, code] of [
  ['/shape', 'input.invalid'],
  ['/order', 'reset.own'],
] as const)
  test(`ASVS 16.3.3 · input that does not fit and a step out of order are written down (${code}), and nothing of what was sent`, async () => {
    const [entry, ...more] = await linesOf(`${path}?name=${encodeURIComponent(FORGED)}`)
    assert.deepEqual([entry?.['event'], entry?.['code'], more.length], ['refused', code, 0])
    assert.ok(!written.join('').includes(PERSON) && !written.join('').includes('forged'))
  })

test('what is not there is not written down: whoever walks through numbers is counted by the quota', async () => {
  assert.deepEqual(await linesOf('/nothing'), [])
})
