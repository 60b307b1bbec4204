import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Actor, SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { readArchive } from '../archive/read-archive.ts'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { audit } from '../ledger/audit.ts'
import { sequenceRound } from '../ledger/sequence.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../reports/archive-testing.ts'
import { runRetention } from '../retention/run.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { endStanding, setStanding } from './commands.ts'
import { withdrawComment, writeComment } from './comments.ts'

// What was told about a record is kept, proved, and ended as the record is.

let t: TestApp
let subjectId: SubjectId
let recordIds: FactId[]
before(async () => {
  t = await openTestApp({ now: new Date('2021-11-22T04:00:00Z') })
  ;[subjectId] = (await openTestSubjects(t.worker, [{ name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 8) }])) as [
    SubjectId,
  ]
  recordIds = await publishTestFacts(t.worker, [
    penaltyOf(subjectId, '示罚〔2021〕1号', '2021-11-15'),
    penaltyOf(subjectId, '示罚〔2021〕2号', '2021-11-16'),
  ])
})
after(() => t.close())

const step = <T>(work: Parameters<typeof change<T>>[3]): Promise<T> =>
  change(t.app, SYSTEM, { deed: 'test.case-step', entity: 'system' }, work)
const contestAt = (recordId: FactId | undefined): Promise<number> =>
  step(made =>
    setStanding(t.app, made, { subjectId, recordId: recordId as FactId }, { kind: 'contested', caseId: 3, basis: 'ndrc-36' }),
  )
const owner = (): Actor => ({ ...actorFor('', 'subject'), unit: null, subjectId })
const kinds = async (table: 'fact_content' | 'frozen_content'): Promise<string[]> =>
  (
    await t.worker.db.rows<{ kind: string }>({
      text: `select kind from ${table} where subject_id = $1 order by fact_id`,
      values: [subjectId],
    })
  ).map(row => row.kind)
const flaws = async (): Promise<unknown[]> => {
  while ((await sequenceRound(t.worker)).batches > 0);
  return [...(await audit(t.worker)).flaws]
}

let open: number
test('principle 11 · the log holds what is told about a record, and the archive tells on both axes what held', async () => {
  open = await contestAt(recordIds[0])
  await writeComment(t.app, owner(), recordIds[0] as FactId, '已经整改。')
  t.setNow(new Date('2021-12-02T04:00:00Z'))
  await withdrawComment(t.app, owner(), recordIds[0] as FactId)
  const ended = await contestAt(recordIds[1])
  await step(made => endStanding(t.app, made, { subjectId, standingId: ended }, 'objection.refused'))
  assert.deepEqual(await flaws(), [])
  const look = { purpose: '行政审批', businessNo: '审〔2021〕1号', explain: 'none' } as const
  const archive = (asked: object) =>
    readArchive(t.app, actorFor('credit-office', 'credit-office'), subjectId, { ...look, ...asked })
  const first = ({ records }: Awaited<ReturnType<typeof archive>>) => records.find(one => one.recordId === recordIds[0])
  const told = async (asked: object) => {
    const record = first(await archive(asked))
    return [record?.standings.map(one => one.kind), record?.comment?.text ?? null, record?.marks.includes('contested')]
  }
  assert.deepEqual(await told({}), [['contested'], null, true])
  assert.deepEqual(await told({ knownOn: day('2021-11-23') }), [['contested'], '已经整改。', true])
  assert.deepEqual(await told({ asOf: day('2021-11-25') }), [['contested'], '已经整改。', true])
  assert.deepEqual(await told({ asOf: day('2021-11-21') }), [[], null, false])
})

test('what was told about a record goes with it on its day, and nothing goes while an objection is open', async () => {
  t.setNow(TEST_NOW)
  await runRetention(t.worker, false)
  assert.deepEqual((await kinds('frozen_content')).sort(), ['record', 'standing', 'standing-end'])
  assert.deepEqual((await kinds('fact_content')).sort(), ['comment', 'comment-end', 'record', 'standing'])
  await step(made => endStanding(t.app, made, { subjectId, standingId: open }, 'objection.refused'))
  await runRetention(t.worker, false)
  assert.deepEqual(await kinds('fact_content'), [])
  const left = await t.worker.db.rows(sql`select from record_standing where subject_id = ${subjectId}`)
  assert.equal(left.length, 2, 'that there were cases stays')
  assert.deepEqual(await flaws(), [])
})
