import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from '../db/database.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'

let t: TestApp
before(async () => {
  t = await openTestApp()
})
after(() => t.close())

const waiting = async (): Promise<number> =>
  (
    await t.worker.db.row<{ n: number }>(sql`select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted
    and database = (select oid from pg_database where datname = current_database())`)
  )?.n ?? 0

test('principle 11 · two acts that bring the first fact of a month at once: the second waits for its place and both are filed', async () => {
  const month = sql`select make_fact_month('2031-05-01')`
  const firstHas = Promise.withResolvers<void>()
  const mayEnd = Promise.withResolvers<void>()
  const first = t.app.changes.transaction(async tx => {
    await tx.run(month)
    firstHas.resolve()
    await mayEnd.promise
  })
  await firstHas.promise
  const second = t.app.changes.transaction(tx => tx.run(month))
  while ((await waiting()) === 0) await sleep(5)
  mayEnd.resolve()
  await Promise.all([first, second])
  assert.ok(await t.worker.db.row(sql`select from pg_class where relname = 'fact_2031_05'`))
})
