import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { taskHandlers } from '../tasks.ts'
import { TEST_NOW, type TestApp, workerOf } from '../testing-app.ts'
import { endTerms } from './end-terms.ts'
import { countByReceiver } from './figures.ts'
import type { AuthorisationKey } from './model.ts'
import { readAuthorised } from './read.ts'
import { confirmDeletion, revokeAuthorisation } from './revoke.ts'
import { accountOf, authorise, BANK, banker, NUMBER, openBankTest } from './testing.ts'
import { givenBy, oneReceived } from './views.ts'

let platform: TestApp
let app: App
let firm: SubjectId
const LAST = new Date('2026-11-27T15:59:59.999Z')
const OVER = new Date('2026-11-27T16:00:00Z')

before(async () => {
  ;({ platform, app, firm } = await openBankTest())
})
after(() => platform.close())
beforeEach(() => platform.setNow(TEST_NOW))

const read = (key: AuthorisationKey) => readAuthorised(app, banker, key, { businessNo: NUMBER })
const end = (): Promise<number> => endTerms(workerOf(app))
const openDeletions = async (): Promise<number> =>
  (await countByReceiver(app)).receivers.reduce((sum, one) => sum + one.deletionsOpen, 0)

test('PIPL 47 · principle 10 · the term is over: who read is asked once to delete, says that it has, and the firm sees both', async () => {
  const key = await authorise(app, firm, { days: 7 })
  await read(key)
  platform.setNow(LAST)
  assert.equal(await end(), 0, 'its last day is whole')
  platform.setNow(OVER)
  assert.equal(await end(), 1)
  assert.equal(await end(), 0, 'once')
  const got = await oneReceived(app, banker, key)
  assert.deepEqual([got.state, got.deletion?.askedAt, got.deletion?.confirmedAt], ['over', '2026-11-28T00:00:00+08:00', null])
  assert.equal(await openDeletions(), 1)
  await confirmDeletion(app, banker, firm, got.deletion?.noticeId ?? 0)
  const [given] = (await givenBy(app, accountOf(firm), { limit: 1 })).authorisations
  assert.deepEqual([given?.state, given?.deletion?.confirmedAt], ['over', '2026-11-28T00:00:00+08:00'])
  assert.equal(await openDeletions(), 0)
})

test('principle 10 · who never read is not asked at the end of the term, nor twice who was asked when it was taken back, or is after', async () => {
  const [unread, taken, late] = [
    await authorise(app, firm, { days: 7 }),
    await authorise(app, firm, { days: 7 }),
    await authorise(app, firm, { days: 7 }),
  ]
  for (const key of [taken, late]) await read(key)
  await revokeAuthorisation(app, accountOf(firm), taken.authorisationId)
  platform.setNow(OVER)
  assert.equal(await end(), 1)
  await revokeAuthorisation(app, accountOf(firm), late.authorisationId)
  const rows = await app.changes.rows<{ id: number; count: number }>(
    sql`select authorisation_id as id, count(*) as count from receiver_notice where receiver = ${BANK} group by 1`,
  )
  const asked = (key: AuthorisationKey): number => rows.find(one => one.id === key.authorisationId)?.count ?? 0
  assert.deepEqual([unread, taken, late].map(asked), [0, 1, 1])
})

test('what the clock has seen the end of is read no more, not even by a read whose own clock is late', async () => {
  const key = await authorise(app, firm, { days: 7 })
  platform.setNow(OVER)
  await end()
  platform.setNow(LAST)
  await assert.rejects(read(key), { code: 'authorisation.changed-meanwhile' })
  platform.setNow(OVER)
  await assert.rejects(read(key), { code: 'authorisation.over' })
  assert.equal((await oneReceived(app, banker, key)).reads, 0)
})

test('the worker does it with the day', async () => {
  const key = await authorise(app, firm, { days: 7 })
  await read(key)
  platform.setNow(OVER)
  await taskHandlers(workerOf(app))['end-retention']({})
  assert.notEqual((await oneReceived(app, banker, key)).deletion, null)
})

test('more ends than one batch holds are all seen', async () => {
  const key = await authorise(app, firm, { days: 7 })
  await app.changes.run(sql`insert into authorisation select (a.row).* from (
      select jsonb_populate_record(a, jsonb_build_object('authorisation_id', 9000000000 + n)) as row
      from authorisation a, generate_series(1, 1001) n where authorisation_id = ${key.authorisationId}) a`)
  await app.changes.run(sql`insert into authorisation_use (subject_id, authorisation_id, reads)
    select ${firm}, 9000000000 + n, 1 from generate_series(1, 1001) n`)
  platform.setNow(OVER)
  assert.equal(await end(), 1001)
  assert.equal(await end(), 0)
})
