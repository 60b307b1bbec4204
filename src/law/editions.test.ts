import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { day } from '../base/day.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { type TestDatabase, testDatabase } from '../db/testing.ts'
import { lawVersion, readDatabaseEditions } from './editions.ts'

let held: TestDatabase
let db: Database

before(async () => {
  held = await testDatabase()
  db = openDatabase(held.url, { max: 1, name: 'law-editions-test' })
})

after(async () => {
  await db.close()
  await held.drop()
})

const PATH = 'city/example/sources/permits.yaml'

async function draft(edition: string, from: string): Promise<void> {
  const text = `insert into law_edition (path, edition, content, drafted_by, in_force_from, digest) values ($1, $2, $3, 'drafter', $4, sha256($3::text::bytea))`
  await db.run({ text, values: [PATH, edition, `text of ${edition}`, from] })
}

async function approve(edition: string, by: string): Promise<void> {
  await db.run({
    text: 'update law_edition set approved_by = $2, approved_at = clock_timestamp() where edition = $1',
    values: [edition, by],
  })
}

test('M041 · an edition comes when a second person has approved it, and the version of the law then changes', async () => {
  const today = day('2026-06-01')
  await draft('second', '2026-07-01')
  await draft('first', '2026-01-01')
  const untouched = await lawVersion(db, today)
  assert.deepEqual(await readDatabaseEditions(db), [])

  await approve('second', 'approver')
  const approved = await lawVersion(db, today)
  assert.notEqual(approved, untouched)
  assert.deepEqual(await readDatabaseEditions(db), [
    { path: PATH, text: 'text of second', inForceFrom: '2026-07-01', approvedBy: 'approver' },
  ])

  await approve('first', 'approver')
  assert.deepEqual(
    (await readDatabaseEditions(db)).map(one => one.text),
    ['text of first', 'text of second'],
  )
  assert.equal(await lawVersion(db, today), await lawVersion(db, day('2026-06-30')))
  assert.notEqual(await lawVersion(db, day('2026-06-30')), await lawVersion(db, day('2026-07-01')))
})

test('M041 · nobody approves a draft of one’s own', async () => {
  await draft('own', '2026-01-01')
  const earlier = await lawVersion(db, day('2026-06-01'))
  await approve('own', 'drafter')
  assert.ok(!(await readDatabaseEditions(db)).some(one => one.text === 'text of own'))
  assert.equal(await lawVersion(db, day('2026-06-01')), earlier)
})
