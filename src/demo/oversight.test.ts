import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { day } from '../base/day.ts'
import { sql } from '../db/database.ts'
import { viewAlerts, viewDelays } from '../oversight/views.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { makeExampleAccounts } from './accounts.ts'
import { makeExampleListings } from './listings.ts'
import { loadDemo } from './load.ts'
import { makeExampleOversight } from './oversight.ts'
import { makeExampleRequest } from './rights.ts'

let t: TestApp
before(async () => {
  t = await openTestApp()
  await loadDemo(t.worker, { subjects: 120, records: 900, seed: 7, day: day('2026-11-19') })
  await makeExampleAccounts(t.worker)
})
after(() => t.close())

test('M461 · the example city has looking that stands out and a delay that waits, both by its investigator; made once', async () => {
  await makeExampleOversight(t.worker)
  await makeExampleOversight(t.worker)
  const { alerts } = await viewAlerts(t.app, { open: true, limit: 10 })
  assert.deepEqual(
    alerts.map(one => [one.rule, one.actorName, one.state]),
    [['outside-work', '市生态环境局办案人员（investigator.ecology）', 'open']],
  )
  const { delays } = await viewDelays(t.app, actorFor('credit-office', 'privacy-officer'), { open: true, limit: 10 })
  assert.deepEqual(
    delays.map(one => [one.businessNo, one.state, one.until]),
    [['示例案2026-2', 'asked', '2027-01-19']],
  )
})

test('PIPL 46 · the example firm with a penalty has asked for its correction, once: officers have a request to answer', async () => {
  await makeExampleRequest(t.worker, 'firm.penalty')
  await makeExampleRequest(t.worker, 'firm.penalty')
  const rows = await t.worker.db.rows(sql`select kind from rights_request`)
  assert.deepEqual(rows, [{ kind: 'correction' }])
})

test('M202 · M205 · the example city has cases of a list in every state that a day can reach, made once by the same commands', async () => {
  await makeExampleListings(t.worker)
  await makeExampleListings(t.worker)
  const rows = await t.worker.db.rows<{ state: string }>(
    sql`select state from case_file where procedure = 'listing' order by case_id`,
  )
  const told = ['proposed', 'notified', 'hearing-asked', 'hearing-called', 'heard', 'decided']
  assert.deepEqual(
    rows.map(row => row.state),
    [...told, 'listed', 'wrong', 'dropped'],
  )
})
