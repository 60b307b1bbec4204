import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Database, openDatabase, sql } from '../db/database.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Counter, openCounter, type Window } from './counter.ts'
import { forgetCounts } from './forget-counts.ts'

/* Two processes count into one row: two counters, each with a pool of its own. */

let platform: TestApp
let databases: Database[]
const fail = (error: unknown): void => {
  throw error
}

before(async () => {
  platform = await openTestApp()
  const url = String(platform.worker.db.pool.options.connectionString)
  databases = [openDatabase(url, { max: 3 }), openDatabase(url, { max: 3 })]
})
after(async () => {
  for (const database of databases) await database.close()
  await platform.close()
})

const NOON = new Date('2026-11-20T04:00:00Z')
const windowOf = (who: string, most: number): Window => ({ who, span: 'minute', startsAt: NOON, most })

async function rowOf(who: string): Promise<number | undefined> {
  const row = await platform.worker.db.row<{ count: number }>(sql`select count from quota_count where who = ${who}`)
  return row?.count
}

/** So many requests through these processes by turns, all at once; how many passed. */
async function passed(counters: readonly Counter[], window: Window, requests: number): Promise<number> {
  const taken = await Promise.all(Array.from({ length: requests }, (_, i) => counters[i % counters.length]?.take(window)))
  return taken.filter(one => one?.isWithin).length
}

test('M458 · one process lets through exactly the limit, however many come at once', async () => {
  const [database] = databases
  assert.ok(database)
  const counter = openCounter(database, fail)
  assert.equal(await passed([counter], windowOf('one', 100), 300), 100)
  assert.equal(await passed([counter], windowOf('one', 100), 50), 0)
  assert.equal(counter.peek(windowOf('one', 100)), 100)
})

for (const most of [5, 100, 1000])
  test(`M458 · two processes together let through ${most}, and at most a sixteenth more`, async () => {
    const counters = databases.map(database => openCounter(database, fail))
    let total = 0
    for (let round = 0; round < 6; round++) total += await passed(counters, windowOf(`two ${most}`, most), most)
    assert.ok(total >= most && total <= most + Math.ceil(most / 16), `${total} of ${most}`)
  })

test('M458 · what one process counted, the other knows when it begins', async () => {
  const [first, second] = databases.map(database => openCounter(database, fail))
  assert.ok(first && second)
  await passed([first], windowOf('begins', 20), 15)
  await first.flush()
  const taken = await second.take(windowOf('begins', 20))
  assert.deepEqual(taken, { isWithin: true, left: 4 })
})

test('M458 · of many requests most are let through without asking, and all of them are in the row in the end', async () => {
  const [database] = databases
  assert.ok(database)
  let asked = 0
  const counter = openCounter(
    {
      rows: statement => {
        asked += 1
        return database.rows(statement)
      },
    },
    fail,
  )
  await counter.take(windowOf('many', 100_000))
  for (let i = 0; i < 5000; i++) assert.ok(!(counter.take(windowOf('many', 100_000)) instanceof Promise))
  await counter.flush()
  assert.deepEqual([asked, await rowOf('many')], [2, 5001])
})

test('M458 · what could not be added is added later, and who had to be asked for hears the fault', async () => {
  const [database] = databases
  assert.ok(database)
  let isDown = true
  const counter = openCounter(
    { rows: statement => (isDown ? Promise.reject(new Error('down')) : database.rows(statement)) },
    () => undefined,
  )
  await assert.rejects(async () => counter.take(windowOf('down', 100)), /down/)
  isDown = false
  await counter.take(windowOf('down', 100))
  assert.equal(await rowOf('down'), 2)
})

test('M458 · minutes are forgotten after an hour, days after forty', async () => {
  const { db } = platform.worker
  await db.run(
    sql`insert into quota_count (who, span, starts_at, count) values ('old', 'minute', ${NOON}, 1), ('old', 'day', ${NOON}, 1)`,
  )
  await forgetCounts(db, new Date(NOON.getTime() + 2 * 3_600_000))
  assert.deepEqual(await db.rows(sql`select span from quota_count where who = 'old'`), [{ span: 'day' }])
  await forgetCounts(db, new Date(NOON.getTime() + 41 * 86_400_000))
  assert.equal(await rowOf('old'), undefined)
})
