import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { codeOf } from '../invariants/testing.ts'
import { pledgeOf, templateDigest } from '../law/pledge.ts'
import { openNotice } from '../notices/proof.ts'
import { drainTasks } from '../platform/worker.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import { commitmentBars } from './commitment-bars.ts'
import { receiversConfirmed, runClocks } from './run-clocks.ts'

// A breach on a real database: shown from the day on which it was found, however long the promise held; repaired, it bars nobody and is seen nowhere.

let t: TestApp
let n = 0
const as = (id: string, unit: string, ...roles: string[]): Actor => ({ ...actorFor(unit, ...roles), id })
const officer = as('account:51', 'approval', 'case-officer')
const colleague = as('account:52', 'approval', 'case-officer')
const onDay = (text: string): void => t.setNow(new Date(`${text}T04:00:00Z`))
const MATTER = 'approval:food-business-missing'

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
})
after(() => t.close())

type Broken = { readonly subjectId: SubjectId; readonly recordId: FactId; readonly me: Actor }

/** Promised on 8 June until the 15th; told on the 16th, found broken on 30 November, long after its last day. */
async function broken(openness = 'public'): Promise<Broken> {
  n += 1
  onDay('2026-06-08')
  const [subjectId] = await openTestSubjects(t.app, [
    { name: `澜川违诺示例${n}有限公司`, uscc: inventedUscc('enterprise', 660 + n) },
  ])
  assert.ok(subjectId)
  const me = { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId }
  const pledge = pledgeOf(t.app.law, MATTER, day('2026-06-08'))
  const fields = { matter: MATTER, until: '2026-06-15', openness, digest: pledge ? templateDigest(pledge.template) : '' }
  const key = await openCase(t.app, me, { procedure: 'commitment', act: 'sign', subjectId, fields })
  const act = (who: Actor, name: string, more: Record<string, string> = {}) =>
    takeStep(t.app, who, key, { act: name, fields: more })
  await act(officer, 'take')
  onDay('2026-06-16')
  const told = { degree: 'none', unperformed: '材料没有补交', fact: '逾期没有补交', evidence: '补交记录' }
  await act(officer, 'give-notice', told)
  const letter = await t.worker.db.row<{ notice_id: number }>(
    sql`select notice_id from notice where case_id = ${key.caseId} and notice = 'commitment-breach-notice'`,
  )
  await openNotice(t.app, me, { subjectId, noticeId: letter?.notice_id ?? 0 }, [subjectId])
  await drainTasks(t.worker)
  await act(me, 'state', { statement: '经办人员离职' })
  onDay('2026-11-30')
  await runClocks(t.worker)
  await act(officer, 'propose-breach', { because: '理由不成立', liability: '撤回受理' })
  await act(colleague, 'confirm-breach')
  await drainTasks(t.worker)
  const record = await t.worker.db.row<{ record_id: FactId }>(
    sql`select record_id from case_record where case_id = ${key.caseId}`,
  )
  assert.ok(record)
  return { subjectId, recordId: record.record_id, me }
}

const shown = async ({ subjectId }: Broken): Promise<unknown[]> =>
  (
    await t.worker.db.rows<{ from: string; until: string }>(
      sql`select shown_from::text as "from", shown_until::text as until from pub.record where subject_id = ${subjectId}`,
    )
  ).map(row => [row.from, row.until])

const lodge = ({ subjectId, recordId, me }: Broken) =>
  openCase(t.app, me, {
    ...{ procedure: 'repair', act: 'lodge', subjectId, aboutRef: String(recordId) },
    fields: { ground: 'performed', performed: '材料已补交', 'performed-on': '2026-12-01', commitment: 'yes' },
  })

test('M118 · M128 · a breach found after the last day of the promise is shown from the day it was found, for the twelve months of breaches', async () => {
  assert.deepEqual(await shown(await broken()), [['2026-11-30', '2027-11-30']])
})

test('M128 · principle 4 · a breach of a promise that nobody was to see is not published', async () => {
  assert.deepEqual(await shown(await broken('closed')), [])
})

test('M124 · M262 · SG14 · a breach is repaired like what a penalty takes: not before its three months, then it bars nobody and is gone', async () => {
  const one = await broken()
  const bars = (on: string) => commitmentBars(t.app.law, t.worker.db, one.subjectId, day(on))
  onDay('2027-02-28')
  assert.equal(await codeOf(lodge(one)), 'repair.display-period-not-over')
  assert.deepEqual(await bars('2027-02-28'), ['unrepaired-breach'])
  onDay('2027-03-01')
  const key = await lodge(one)
  await takeStep(t.app, officer, key, { act: 'accept' })
  await takeStep(t.app, officer, key, { act: 'propose-grant', fields: { finding: '材料已补交' } })
  await takeStep(t.app, colleague, key, { act: 'grant' })
  assert.deepEqual(await shown(one), [])
  assert.deepEqual(await bars('2027-03-01'), [])
  await receiversConfirmed(t.worker, key)
})
