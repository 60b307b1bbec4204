import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Role } from '../access/actor.ts'
import { day } from '../base/day.ts'
import { listWork } from '../cases/work-views.ts'
import { sql } from '../db/database.ts'
import { drainTasks } from '../platform/worker.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { makeExampleAccounts } from './accounts.ts'
import { makeExampleCases } from './cases.ts'
import { makeExampleListings } from './listings.ts'
import { loadDemo } from './load.ts'
import { makeCity, NOT_SHOWN, OWED, procedureOf, statesOf } from './testing-states.ts'

const TODAY = day('2026-11-20')
let t: TestApp
let leftOut: readonly string[]
before(async () => {
  t = await openTestApp({ now: new Date(`${TODAY}T04:00:00Z`) })
  leftOut = await makeCity(t, TODAY)
})
after(() => t.close())

type Told = { procedure: string; state: string; count: number }

const statesNow = (): Promise<Told[]> =>
  t.worker.db.rows<Told>(sql`select procedure, state, count(*)::int as count from case_file group by 1, 2 order by 1, 2`)

test('M258 · M260 · M262 · principle 7 · the example city has a case in every state of every procedure, made once, and the worker leaves them there', async () => {
  const begun = await statesNow()
  const wanted = statesOf(t.app.law, TODAY).filter(state => !NOT_SHOWN[state] && !OWED.includes(procedureOf(state)))
  assert.ok(wanted.length >= 70, `${wanted.length} states`)
  const shown = begun.map(one => `${one.procedure}.${one.state}`)
  assert.deepEqual([wanted.filter(state => !shown.includes(state)), leftOut], [[], []], 'no case stands in these')
  assert.deepEqual(await makeExampleCases(t.worker), [])
  await makeExampleListings(t.worker)
  assert.deepEqual(await statesNow(), begun, 'a second start opens nothing')
  await drainTasks(t.worker)
  assert.deepEqual(await statesNow(), begun, 'what waits for a receiver waits')
})

test('principle 7 · a state that the example city does not show has a reason that holds, and none is shown after all', async () => {
  const shown = (await statesNow()).map(one => `${one.procedure}.${one.state}`)
  const known = statesOf(t.app.law, TODAY)
  for (const [state, { why, holds }] of Object.entries(NOT_SHOWN)) {
    assert.ok(known.includes(state), `${state} is a state`)
    assert.ok(!shown.includes(state), `${state} is shown: take it out`)
    assert.ok(holds(t.app.law, TODAY), `${state}: ${why}`)
  }
  for (const procedure of OWED) {
    const states = known.filter(state => procedureOf(state) === procedure)
    const isOwed = states.some(state => !shown.includes(state))
    assert.ok(isOwed, `${procedure} is shown in every state: it is owed no longer`)
  }
})

test('M258 · the work lists show what is overdue, due today, due soon and later', async () => {
  for (const unit of ['market-regulation', 'ecology-environment']) {
    const roles: Role[] = ['case-officer']
    const officer = actorFor(unit, ...roles)
    for (const due of ['overdue', 'today', 'later'] as const) {
      const { cases } = await listWork(t.app, officer, { turn: 'ours', state: 'open', due, limit: 50 })
      assert.ok(cases.length > 0, `${unit} ${due}`)
    }
  }
  const { cases } = await listWork(t.app, actorFor('market-regulation', 'case-officer'), {
    turn: 'all',
    state: 'open',
    due: 'soon',
    limit: 50,
  })
  assert.ok(cases.length > 0)
})

test('M262 · both example firms have a case of their own to follow', async () => {
  const rows = await t.worker.db.rows<{
    login: string
    state: string
  }>(sql`select a.login, f.state from account a join mandate m using (account_id)
    join case_file f on f.subject_id = m.subject_id where a.login in ('firm', 'firm.penalty') and f.procedure = 'objection' order by a.login`)
  assert.deepEqual(
    rows.map(one => [one.login, one.state]),
    [
      ['firm', 'lodged'],
      ['firm.penalty', 'awaiting-material'],
    ],
  )
})

test('M086 · M088 · both example firms have declared something: what a department knows is verified, what nobody could verify has its reasons', async () => {
  const rows = await t.worker.db.rows<{
    login: string
    state: string
  }>(sql`select a.login, f.state from account a join mandate m using (account_id)
    join case_file f on f.subject_id = m.subject_id where a.login in ('firm', 'firm.penalty') and f.procedure = 'declaration' order by a.login`)
  assert.deepEqual(
    rows.map(one => [one.login, one.state]),
    [
      ['firm', 'verified'],
      ['firm.penalty', 'answered'],
    ],
  )
})

test('M260 · the example city starts on a day before the procedures are in force: what the law of the day refuses is left out', async t2 => {
  const early = await openTestApp({ now: new Date('2026-04-02T04:00:00Z') })
  t2.after(() => early.close())
  await loadDemo(early.worker, { subjects: 240, records: 2400, seed: 11, day: day('2026-04-02') })
  await makeExampleAccounts(early.worker)
  await makeExampleCases(early.worker)
  const rows = await early.worker.db.rows<{ on: string }>(
    sql`select min(opened_on)::text as on from case_file having count(*) > 0`,
  )
  assert.ok(rows.every(row => row.on >= '2026-04-01'))
})
