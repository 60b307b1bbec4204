import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '../db/database.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { listWork } from './work-views.ts'

// Work lists of many cases: pages that fit together, and a list of what is over that reads an index and not the years.

let t: TestApp
const UNIT = 'urban-management'
const officer = { ...actorFor(UNIT, 'case-officer'), id: 'account:31' }
const office = { ...actorFor('credit-office', 'credit-office'), id: 'account:34' }
const CLOSED = { turn: 'all', state: 'closed' } as const

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-18T04:00:00Z') })
  await t.app.changes.run(sql`insert into case_file (subject_id, case_id, procedure, edition, number, about, about_ref, unit, opened_by, opened_at, opened_on, state, turn, entry_no, closed_at, act_id)
    select 100 + n % 7, 1000000 + n, 'objection', 'objection@2026-04-01', 'YY' || n, 'record', n::text, ${UNIT}, 'account:1', ${t.app.now()}, '2026-05-01', 'upheld', 'none', 1, ${t.app.now()}, 1
    from generate_series(1, 5000) n`)
})
after(() => t.close())

test('M260 · what is over is listed the latest first, page by page, none twice and none left out', async () => {
  for (const actor of [officer, office]) {
    const first = await listWork(t.app, actor, { ...CLOSED, limit: 3 })
    assert.deepEqual(
      first.cases.map(line => line.caseId),
      [1_005_000, 1_004_999, 1_004_998],
    )
    const next = await listWork(t.app, actor, { ...CLOSED, limit: 2, after: first.next ?? '' })
    assert.deepEqual(
      next.cases.map(line => line.caseId),
      [1_004_997, 1_004_996],
    )
    assert.equal((await listWork(t.app, actor, { ...CLOSED, limit: 1, after: 'no place' })).cases[0]?.caseId, 1_005_000)
  }
})
