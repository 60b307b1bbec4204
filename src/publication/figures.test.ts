import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '../db/database.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { refreshFigures } from './figures.ts'

let under: TestApp

before(async () => {
  under = await openTestApp()
})
after(async () => {
  await under?.close()
})

const acts = async (): Promise<number> =>
  (await under.worker.db.row<{ count: number }>(sql`select count(*)::int as count from act where deed = 'publication.figures'`))
    ?.count ?? -1
const subjects = async (): Promise<number> =>
  (await under.worker.db.row<{ value: number }>(sql`select value::int as value from pub.figure where name = 'subjects'`))
    ?.value ?? -1

test('figures are written when one has changed and once a day; where nothing happened, nothing enters the log', async () => {
  under.setNow(new Date('2026-11-20T04:00:00Z'))
  await refreshFigures(under.worker)
  assert.deepEqual([await acts(), await subjects()], [1, 0])
  under.setNow(new Date('2026-11-20T15:59:59Z'))
  await refreshFigures(under.worker)
  assert.equal(await acts(), 1, 'nothing has changed')
  // Midnight in the city's zone: the figures say of which day they are.
  under.setNow(new Date('2026-11-20T16:00:00Z'))
  await refreshFigures(under.worker)
  assert.equal(await acts(), 2, 'a new day')
  await refreshFigures(under.worker)
  assert.equal(await acts(), 2, 'nothing has changed since')
  await under.worker.db.run(sql`update pub.figure set value = 7 where name = 'subjects'`)
  await refreshFigures(under.worker)
  assert.deepEqual([await acts(), await subjects()], [3, 0], 'a figure that is not what is counted')
})
