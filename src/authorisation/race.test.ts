import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { readAuthorised } from './read.ts'
import { revokeAuthorisation } from './revoke.ts'
import { accountOf, authorise, banker, NUMBER } from './testing.ts'

const READS = 2000
const AT_A_TIME = 16

let platform: TestApp
let app: App
let firm: SubjectId

before(async () => {
  platform = await openTestApp()
  const began = performance.now()
  // A clock that moves, to the microsecond: what came first is seen in what was written.
  app = { ...platform.app, now: () => new Date(TEST_NOW.getTime() + (performance.now() - began)) }
  ;[firm] = (await openTestSubjects(app, [{ name: '澜川云麓建设有限公司', uscc: inventedUscc('enterprise', 311) }])) as [
    SubjectId,
  ]
  await publishTestFacts(app, [penaltyOf(firm, '示罚〔2026〕1号', '2026-05-06')])
})
after(() => platform.close())

test('M461 · PIPL 15 · of 2,000 reads that race a revocation none is registered after it, and none is let through that began after it', async () => {
  const key = await authorise(app, firm)
  let left = READS
  let through = 0
  let refusals = 0
  let endedAt = Number.POSITIVE_INFINITY
  let lateReads = 0
  const reader = async (): Promise<void> => {
    while (left-- > 0) {
      const isLate = performance.now() > endedAt
      await readAuthorised(app, banker, key, { businessNo: NUMBER }).then(
        () => {
          through++
          if (isLate) lateReads++
        },
        (error: { code?: string }) => {
          assert.equal(error.code, 'authorisation.revoked')
          refusals++
        },
      )
    }
  }
  const readers = Array.from({ length: AT_A_TIME }, reader)
  while (through < READS / 4) await new Promise(done => setTimeout(done, 1))
  const ended = await revokeAuthorisation(app, accountOf(firm), key.authorisationId)
  endedAt = performance.now()
  await Promise.all(readers)
  const registered = await app.changes.row<{ count: number; late: number; last: Date }>(
    sql`select count(*) as count, count(*) filter (where at > ${ended}) as late, max(at) as last from look where subject_id = ${firm}`,
  )
  assert.deepEqual([registered?.late, lateReads], [0, 0])
  assert.equal(registered?.count, through, 'every read that was let through is registered, and no other')
  assert.equal(through + refusals, READS)
  assert.ok(refusals > READS / 10, `${refusals} came after it`)
  const use = await app.changes.row<{ reads: number }>(
    sql`select reads from authorisation_use where authorisation_id = ${key.authorisationId}`,
  )
  assert.equal(use?.reads, through)
})
