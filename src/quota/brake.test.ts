import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Database, openDatabase, sql } from '../db/database.ts'
import type { QuotaRule } from '../law/quota-model.ts'
import { taskHandlers } from '../tasks.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { type Brake, openBrake, type Sharing } from './brake.ts'
import { type SharePages, sharePagesOver } from './shared-pages.ts'

// Processes of the portal, each with a brake and a connection of its own, count one address together.

const RULE: QuotaRule = {
  id: 'anonymous',
  name: '未登录的访问地址',
  holder: 'anyone',
  perMinute: 160,
  perDay: null,
  misses: 32,
}
const ADDRESS = '203.0.113.9'

let t: TestApp
let owner: Database
let pools: Database[]
let now = TEST_NOW
before(async () => {
  t = await openTestApp()
  owner = openDatabase(t.database.superuserUrl, { max: 1 })
  pools = Array.from({ length: 3 }, () => openDatabase(t.portalUrl, { max: 1 }))
})
after(async () => {
  for (const pool of [...pools, owner]) await pool.close()
  await t.close()
})

const fail = (error: unknown): void => {
  throw error
}
const brakeOver = (share: SharePages, onError: Sharing['onError'] = fail): Brake => {
  const brake = openBrake([RULE], () => now, { share, onError })
  assert.ok(brake)
  return brake
}
/** Brakes of so many processes, in a minute of their own. */
function processes(minute: number): Brake[] {
  now = new Date(TEST_NOW.getTime() + minute * 60_000)
  return pools.map(pool => brakeOver(sharePagesOver(pool)))
}
const at = (list: readonly Brake[], i: number): Brake => list[i % list.length] as Brake

test('M458 · one address gets from three processes together what it gets from one, and at most an eighth more', async () => {
  const all = processes(0)
  let passed = 0
  for (let i = 0; i < 600; i++) {
    if (at(all, i).ask(ADDRESS) === null) passed += 1
    if (i % 10 === 9) for (const brake of all) await brake.share()
  }
  assert.ok(passed >= RULE.perMinute && passed <= RULE.perMinute * 1.125 + 10, String(passed))
  assert.equal(at(all, 0).ask('203.0.113.10'), null, 'another address goes on')
})

test('M458 · who tries numbers at several processes is stopped at all of them', async () => {
  const all = processes(1)
  let tried = 0
  for (let i = 0; i < 200; i++) {
    const brake = at(all, i)
    if (brake.ask(ADDRESS) !== null) continue
    tried += 1
    brake.miss(ADDRESS)
    for (const each of all) await each.share()
  }
  assert.ok(tried >= 32 && tried <= 32 + 6, String(tried))
})

test('M458 · a page never waits for the others, and nobody of few pages is told to the database', async () => {
  let asked = 0
  const slow = brakeOver(() => {
    asked += 1
    return new Promise(() => undefined)
  })
  for (let i = 0; i < 9; i++) assert.equal(slow.ask(ADDRESS), null)
  slow.share().catch(fail)
  await new Promise(resolve => setImmediate(resolve))
  assert.equal(asked, 0)
  for (let i = 9; i < 160; i++) assert.equal(slow.ask(ADDRESS), null)
  slow.share().catch(fail)
  await new Promise(resolve => setImmediate(resolve))
  assert.equal(asked, 1)
  assert.notEqual(slow.ask(ADDRESS), null, 'its own limit holds while the others are silent')
})

test('M458 · where the database does not answer each process counts for itself, and tells all of it later', async () => {
  now = new Date(TEST_NOW.getTime() + 120_000)
  let broken = true
  const told: number[] = []
  const brake = brakeOver(async (_, added) => {
    if (broken) throw new Error('gone')
    told.push(...added.map(one => one.pages))
    return added
  })
  for (let i = 0; i < 100; i++) assert.equal(brake.ask(ADDRESS), null)
  await assert.rejects(brake.share(), /gone/)
  broken = false
  for (let i = 100; i < 160; i++) assert.equal(brake.ask(ADDRESS), null)
  await brake.share()
  assert.deepEqual(told, [160])
  assert.notEqual(brake.ask(ADDRESS), null)
})

const told = async (minute: Date, networks: number, pages: number, misses = 0): Promise<number> =>
  (
    await sharePagesOver(pools[0] as Database)(
      minute,
      Array.from({ length: networks }, (_, i) => ({ network: `198.51.${i >> 8}.${i & 255}`, pages, misses })),
    )
  ).length
const minuteOf = (minute: number): Date => new Date(TEST_NOW.getTime() + minute * 60_000)

test('M458 · the portal’s login cannot fill the disk: few addresses at once, none below zero, few minutes, an end of each', async () => {
  const FULL = { code: '22023' }
  const from = 1_000
  assert.equal(await told(minuteOf(from), 2_000, 1), 2_000)
  await assert.rejects(told(minuteOf(from), 2_001, 1), FULL)
  await assert.rejects(told(minuteOf(from), 1, -1), FULL)
  await assert.rejects(told(minuteOf(from), 1, 1, -1), FULL)
  // Told twice is counted once.
  await told(minuteOf(from), 2_000, 1)
  const row = await owner.row<{ networks: number }>(sql`select networks from portal_salt where minute = ${minuteOf(from)}`)
  assert.equal(row?.networks, 2_000)
  await owner.run(sql`update portal_salt set networks = 200000 where minute = ${minuteOf(from)}`)
  await assert.rejects(told(minuteOf(from), 1, 1), FULL)
  for (let i = 1; i < 5; i++) await told(minuteOf(from - i), 1, 1)
  await assert.rejects(told(minuteOf(from - 5), 1, 1), FULL)
  const minutes = await owner.rows(sql`select minute from portal_salt`)
  assert.equal(minutes.length, 5)
  // By the database's clock they are over, whatever they were called.
  await owner.run(sql`update portal_salt set made_at = made_at - interval '121 seconds'`)
  assert.equal(await told(minuteOf(0), 1, 1), 1)
  assert.deepEqual(await owner.rows(sql`select minute from portal_count`), [{ minute: minuteOf(0) }])
})

test('principle 2 · what was counted of a minute goes by the worker’s clock too, where nobody asks for a page any more', async () => {
  await told(minuteOf(2_000), 3, 1)
  const left = async () =>
    (await owner.rows(sql`select minute from portal_count union all select minute from portal_salt`)).length
  await taskHandlers(t.worker)['forget-sign-ins']({})
  assert.equal(await left(), 4, 'the minute that runs stays')
  await owner.run(sql`update portal_salt set made_at = made_at - interval '121 seconds'`)
  await taskHandlers(t.worker)['forget-sign-ins']({})
  assert.equal(await left(), 0)
})

test('principle 2 · no address stands in the counts, and after two minutes not even its digest or what it was made with', async () => {
  const [brake] = processes(3)
  for (let i = 0; i < 20; i++) brake?.ask(ADDRESS)
  await brake?.share()
  const rows = async () =>
    await owner.rows<{ minute: Date; text: string }>({
      text: "select minute, encode(digest, 'hex') as text from portal_count union all select minute, encode(salt, 'hex') from portal_salt",
    })
  const kept = await rows()
  assert.ok(kept.some(row => row.minute.getTime() === now.getTime()))
  assert.ok(kept.every(row => !row.text.includes(Buffer.from(ADDRESS).toString('hex'))))
  const [later] = processes(9)
  for (let i = 0; i < 20; i++) later?.ask(ADDRESS)
  await later?.share()
  assert.deepEqual([...new Set((await rows()).map(row => row.minute.getTime()))], [now.getTime()])
})
