import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openPerson } from '../factors/testing.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { createToken } from './accounts.ts'

let t: TestApp
let http: FastifyInstance

before(async () => {
  t = await openTestApp()
  http = await openApiDoor(t.app)
})
after(async () => {
  await http.close()
  await t.close()
})
beforeEach(() => t.setNow(TEST_NOW))

const PAPERS = { name: '某甲', documentKind: 'resident-id', documentNumber: '860102199001012131' }
/** What one person confirms of another's: by whom, where, with what. */
const CONFIRMING = [
  ['security-administrator', 'credit-office', '/programs/7/confirm', { keyIds: [] }],
  ['window-officer', 'approval', '/bindings/7/confirm', PAPERS],
  ['privacy-officer', 'credit-office', '/subjects/7/rights/7/confirmation', { proposalNo: 1, agrees: true, text: '' }],
  ['privacy-officer', 'credit-office', '/gates/assessments/7/sign-off', { statement: '同意' }],
  ['privacy-officer', 'credit-office', '/gates/M123/opening', { assessmentId: 7, validUntil: '2026-12-31' }],
] as const

for (const [role, unit, path, input] of CONFIRMING)
  test(`M458 · nobody confirms for another at ${path} from a screen that was left: who it is is proved anew`, async () => {
    const person = await openPerson(t, http, [role], { unit })
    await person.signIn()
    const fresh = (await person.ask('POST', path, input)).json()
    assert.notEqual(fresh.code, 'access.not-fresh', 'just signed in')
    t.setNow(new Date(TEST_NOW.getTime() + 11 * 60_000))
    const stale = await person.ask('POST', path, input)
    assert.deepEqual([stale.statusCode, stale.json().code], [403, 'access.not-fresh'], stale.body)
    const { token } = await createToken(t.app, { name: '前置机', unit, roles: [role], days: 1 })
    const headers = { authorization: `Bearer ${token}` }
    const byToken = await http.inject({ method: 'POST', url: `/api/v1${path}`, headers, payload: input })
    assert.equal(byToken.statusCode, 403, 'a token is no second person')
  })
