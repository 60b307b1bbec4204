import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { look } from './access/look.ts'
import { openDatabase, sql } from './db/database.ts'
import { firm, registration } from './invariants/sent-rows.ts'
import { send, subjectOf } from './invariants/testing.ts'
import { sequenceRound } from './ledger/sequence.ts'
import { publishSubjects } from './publication/publish.ts'
import { taskHandlers } from './tasks.ts'
import { actorFor, openTestApp, type TestApp } from './testing-app.ts'

let t: TestApp
before(async () => {
  t = await openTestApp()
})
after(() => t.close())

test('pages that are still being renewed when the clock asks again are renewed once, and leave room for a delivery', async () => {
  const { db } = t.worker
  await send(t.app, 'market-registration', [registration(1)])
  const subjectId = await subjectOf(t.app, firm(1).code)
  await publishSubjects(t.worker, [subjectId])
  await db.run(sql`delete from pub.subject_page`)
  const drawn = async (): Promise<boolean> => (await db.row(sql`select from pub.subject_page`)) !== undefined
  const handlers = taskHandlers(t.worker)
  const renew = (): Promise<string> => handlers['renew-pages']({}).then(() => 'over')
  const soon = (task: Promise<string>): Promise<string> => Promise.race([task, sleep(500, 'on its way')])
  let first = Promise.resolve('')
  await db.transaction(async tx => {
    await tx.run(sql`select pg_advisory_xact_lock(731, shelf) from generate_series(0, 63) as shelf`)
    first = renew()
    assert.equal(await soon(first), 'on its way')
    assert.equal(await soon(renew()), 'over')
    assert.equal(await drawn(), false)
  })
  assert.equal(await first, 'over')
  assert.equal(await drawn(), true)
  await db.run(sql`delete from pub.subject_page`)
  await renew()
  assert.equal(await drawn(), true, 'the next time it runs again')
})

test('PIPL 47 · where the ends of terms cannot be seen, what is due is deleted all the same, and the failure shows', async () => {
  const whole = await openTestApp()
  const owner = openDatabase(whole.database.url, { max: 1 })
  try {
    await send(whole.app, 'market-registration', [registration(1)])
    const request = {
      actor: actorFor('credit-office', 'credit-office'),
      outlet: 'check',
      purpose: '核查',
      businessNo: '1',
      shown: ['card'],
    }
    await look(whole.worker, request, [await subjectOf(whole.app, firm(1).code)], { text: 'select 1 as one' })
    whole.setNow(new Date('2031-11-22T04:00:00Z'))
    while ((await sequenceRound(whole.worker)).batches > 0);
    await owner.run(sql`alter table authorisation_use rename to not_there`)
    const run = taskHandlers(whole.worker)['end-retention']
    await assert.rejects(run({}), /authorisation_use/)
    assert.deepEqual(await owner.rows(sql`select from look`), [])
    await assert.rejects(run({}), /authorisation_use/, 'what failed is tried again on the same day')
    await owner.run(sql`alter table not_there rename to authorisation_use`)
    await run({})
  } finally {
    await owner.close()
    await whole.close()
  }
})
