import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { openPortalDoor } from '../platform/portal-door.ts'
import { fetchReport } from '../reports/fetch.ts'
import { actorFor, TEST_NOW, type TestApp } from '../testing-app.ts'
import type { AuthorisationKey } from './model.ts'
import { issueAuthorisedReport } from './report.ts'
import { revokeAuthorisation } from './revoke.ts'
import { accountOf, authorise, banker, NUMBER, openBankTest } from './testing.ts'

let platform: TestApp
let app: App
let firm: SubjectId

let api: FastifyInstance
let portal: FastifyInstance

before(async () => {
  const opened = await openBankTest()
  ;({ platform, app, firm } = opened)
  api = await openApiDoor(app)
  const { law, now, publicUrl } = app
  portal = await openPortalDoor({ databaseUrl: platform.portalUrl, apiUrl: 'http://127.0.0.1:9', publicUrl, law, now })
  for (const door of [api, portal]) door.log.level = 'silent'
})
after(async () => {
  await portal.close()
  await api.close()
  await platform.close()
})
beforeEach(() => platform.setNow(TEST_NOW))

const CLASSES = (): string[] =>
  [...app.law.authorisableClasses.values()].filter(one => one.report === 'special').map(one => one.id)
const drawn = async (key: AuthorisationKey): Promise<string> =>
  (await issueAuthorisedReport(app, banker, key, { businessNo: NUMBER, years: 1 })).code
const looks = async (): Promise<number> => (await app.changes.rows(sql`select from look`)).length

test('M461 · PIPL 14 · a report drawn under an authorisation opens by its code no longer than the authorisation', async () => {
  const key = await authorise(app, firm, { classes: CLASSES(), days: 7 })
  const code = await drawn(key)
  assert.equal((await fetchReport(app, banker, code)).subjectId, firm)
  platform.setNow(new Date('2026-11-27T15:59:59.999Z'))
  await fetchReport(app, banker, code)
  platform.setNow(new Date('2026-11-27T16:00:00Z'))
  const before = await looks()
  for (const receiver of [banker, actorFor('credit-service', 'receiver')])
    await assert.rejects(fetchReport(app, receiver, code), { code: 'authorisation.over' })
  assert.equal(await looks(), before, 'nothing was read')
  assert.equal((await fetchReport(app, accountOf(firm), code)).subjectId, firm, 'to the subject itself it stays open')
})

/** What somebody sees who types the code, and the program of whoever holds it. */
async function seen(code: string): Promise<{ said: string; validUntil: string | null; page: string; paper: number }> {
  const told = (await api.inject({ url: `/api/v1/verify/${code}` })).json() as { state: string; validUntil: string | null }
  const page = await portal.inject({ url: `/verify/${code}`, headers: { accept: 'text/html' } })
  assert.equal(page.statusCode, 200)
  const paper = await api.inject({ url: `/api/v1/reports/${code}` })
  assert.equal(paper.statusCode === 200, paper.headers['content-type'] === 'application/pdf')
  const block = /<(?:section|div|p)[^>]*class="[^"]*verify[\s\S]*?<\/(?:section|div|p)>/.exec(page.body)?.[0] ?? page.body
  return { said: told.state, validUntil: told.validUntil, page: block, paper: paper.statusCode }
}
const says = (page: string, name: 'valid' | 'expired' | 'withdrawn'): void => {
  assert.ok(page.includes(app.words.say(`verify.${name}`)), page)
  for (const other of (['valid', 'expired', 'withdrawn'] as const).filter(one => one !== name))
    assert.equal(page.includes(app.words.say(`verify.${other}`)), false, other)
}

test('M147 · M461 · verification calls a report drawn under seven days valid for those, and over from the next day on', async () => {
  const code = await drawn(await authorise(app, firm, { classes: CLASSES(), days: 7 }))
  platform.setNow(new Date('2026-11-27T15:59:59.999Z'))
  const last = await seen(code)
  assert.deepEqual([last.said, last.validUntil, last.paper], ['valid', '2026-11-27', 200])
  says(last.page, 'valid')
  platform.setNow(new Date('2026-11-27T16:00:00Z'))
  const over = await seen(code)
  assert.deepEqual([over.said, over.validUntil, over.paper], ['expired', '2026-11-27', 403])
  says(over.page, 'expired')
})

test('M145 · under a longer term it is valid for the month of the standard, as the subject’s own', async () => {
  const code = await drawn(await authorise(app, firm, { classes: CLASSES(), days: 90 }))
  assert.equal((await seen(code)).validUntil, '2026-12-20')
})

test('M147 · PIPL 15 · taken back, verification says withdrawn to a person and to a program, and the code opens no paper', async () => {
  const key = await authorise(app, firm, { classes: CLASSES() })
  const code = await drawn(key)
  assert.deepEqual([(await seen(code)).said, (await seen(code)).paper], ['valid', 200])
  await revokeAuthorisation(app, accountOf(firm), key.authorisationId)
  const before = await looks()
  const now = await seen(code)
  assert.deepEqual([now.said, now.paper], ['withdrawn', 410])
  says(now.page, 'withdrawn')
  assert.equal(await looks(), before, 'nothing was read')
  platform.setNow(new Date('2027-06-01T04:00:00Z'))
  assert.equal((await seen(code)).said, 'withdrawn', 'and for good')
})

test('PIPL 15 · taken back, the report is withdrawn and no other is drawn', async () => {
  const key = await authorise(app, firm, { classes: CLASSES() })
  const code = await drawn(key)
  await revokeAuthorisation(app, accountOf(firm), key.authorisationId)
  await assert.rejects(fetchReport(app, banker, code), { code: 'report.withdrawn' })
  await assert.rejects(drawn(key), { code: 'authorisation.revoked' })
})
