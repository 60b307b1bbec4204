import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { CopyRows } from './copy-rows.ts'
import { type Database, openDatabase, sql } from './database.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let database: TestDatabase
let db: Database

before(async () => {
  database = await testDatabase()
  db = openDatabase(database.superuserUrl, { max: 2 })
  await db.run(sql`create table copied (n bigint primary key, told text not null)`)
})
beforeEach(() => db.run(sql`truncate copied`))
after(async () => {
  await db.close()
  await database.drop()
})

const count = async (): Promise<number> => (await db.row<{ n: number }>(sql`select count(*) as n from copied`))?.n ?? -1

/** What comes of a promise, or that nothing does. */
const within = <T>(promise: Promise<T>): Promise<T | 'nothing'> => Promise.race([promise, sleep(5000, 'nothing' as const)])

function writeRows(rows: CopyRows, numbers: Iterable<number>, told = 'told'): void {
  for (const n of numbers) {
    rows.row(2)
    rows.int8(n)
    rows.text(told)
  }
}

/** Copies on a connection of its own, in a transaction as changes have it. */
const copying = (write: (rows: CopyRows, client: PoolClient) => void): Promise<void> =>
  db.transaction(async ({ client }) => {
    const rows = new CopyRows()
    rows.open(client, 'copied (n, told)', () => write(rows, client))
    await rows.close()
  })

test('rows that are handed on in pieces are all there, and the buffer can be used again', async () => {
  await copying(rows => {
    for (let i = 0; i < 20; i++) {
      writeRows(
        rows,
        Array.from({ length: 300 }, (_, n) => i * 300 + n),
        '字'.repeat(i),
      )
      rows.pass()
    }
  })
  assert.equal(await count(), 6000)
})

test('a row that cannot be written gives the table up: the transaction is rolled back, and nobody waits for the rest', async () => {
  const failed = copying(rows => {
    writeRows(rows, [1, 2, 3])
    rows.pass()
    rows.row(2)
    rows.day('no day')
  })
  await assert.rejects(within(failed), { message: 'not a day' })
  assert.equal(await count(), 0)
})

test('what the server refuses while most of it is still to be sent ends in its refusal, and the process goes on', async () => {
  const failed = copying(rows => {
    const long = 'x'.repeat(4000)
    for (let i = 0; i < 200; i++) {
      writeRows(rows, [0, ...Array.from({ length: 99 }, (_, n) => i * 100 + n + 1)], long)
      rows.pass()
    }
  })
  await assert.rejects(within(failed), { code: '23505' })
  assert.equal(await count(), 0)
})

test('a connection that breaks off in the middle ends in an error', async () => {
  const failed = copying((rows, client) => {
    writeRows(rows, [1, 2, 3])
    rows.pass()
    Reflect.get(client, 'connection').stream.destroy()
  })
  assert.match(
    String(await within(failed.catch((error: unknown) => error))),
    /Connection terminated|not queryable|connection error/,
  )
  assert.equal(await count(), 0)
})
