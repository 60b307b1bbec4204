import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { fetchReport } from '../reports/fetch.ts'
import { actorFor, TEST_NOW, type TestApp } from '../testing-app.ts'
import type { AuthorisationKey } from './model.ts'
import { issueAuthorisedReport } from './report.ts'
import { revokeAuthorisation } from './revoke.ts'
import { accountOf, authorise, banker, NUMBER, openBankTest } from './testing.ts'

let platform: TestApp
let app: App
let firm: SubjectId

before(async () => {
  const opened = await openBankTest()
  ;({ platform, app, firm } = opened)
})
after(() => platform.close())
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

test('PIPL 15 · taken back, the report is withdrawn and no other is drawn', async () => {
  const key = await authorise(app, firm, { classes: CLASSES() })
  const code = await drawn(key)
  await revokeAuthorisation(app, accountOf(firm), key.authorisationId)
  await assert.rejects(fetchReport(app, banker, code), { code: 'report.withdrawn' })
  await assert.rejects(drawn(key), { code: 'authorisation.revoked' })
})
