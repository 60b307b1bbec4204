import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { day } from '../base/day.ts'
import { readLedger } from '../campaigns/government.ts'
import { refreshCampaigns } from '../campaigns/publish.ts'
import { OFFICE } from '../campaigns/testing.ts'
import { listCampaigns } from '../campaigns/views.ts'
import { runClocks } from '../cases/run-clocks.ts'
import { sql } from '../db/database.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { makeExampleAccounts } from './accounts.ts'
import { makeExampleCampaigns } from './campaigns.ts'
import { loadDemo } from './load.ts'

let t: TestApp
before(async () => {
  t = await openTestApp({ now: new Date('2026-11-20T04:00:00Z') })
  await loadDemo(t.worker, { subjects: 600, records: 4000, seed: 20_260_401, day: day('2026-11-20') })
  await makeExampleAccounts(t.worker)
  await makeExampleCampaigns(t.worker)
})
after(() => t.close())

const casesNow = () =>
  t.worker.db.rows(sql`select parent_id, state, count(*)::int as count from case_file group by 1, 2 order by 1, 2`)

test('M279 · M281 · the example city has a campaign that runs and one that is concluded, made once', async () => {
  const { campaigns } = await listCampaigns(t.app, OFFICE, { limit: 50 })
  assert.deepEqual(
    campaigns.map(one => [one.state, one.counts]),
    [
      ['running', { opened: 12, open: 6, overdue: 1, done: 6, endedOther: 0 }],
      ['concluded', { opened: 10, open: 0, overdue: 0, done: 9, endedOther: 1 }],
    ],
  )
  const begun = await casesNow()
  await makeExampleCampaigns(t.worker)
  assert.deepEqual(await casesNow(), begun, 'a second start opens nothing')
  await runClocks(t.worker)
  assert.deepEqual(await casesNow(), begun, 'no clock of theirs waits to be acted on')
})

test('M282 · in the ledger of the example city one body of the state is late and one has settled in time', async () => {
  const { rows } = await readLedger(t.app, OFFICE, 'all', { after: null, limit: 50 })
  assert.deepEqual(
    rows.map(one => [one.outcome, one.isLate]),
    [
      ['in-time', false],
      ['open', true],
    ],
  )
})

test('M281 · what the portal tells of them are counts', async () => {
  await refreshCampaigns(t.worker)
  const rows = await t.worker.db.rows<{ figures: { opened: number | null; done: number | null } }>(
    sql`select figures from pub.campaign order by campaign_id`,
  )
  assert.deepEqual(
    rows.map(({ figures }) => [figures.opened, figures.done]),
    [
      [10, null],
      [12, 6],
    ],
  )
})
