import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { type Database, sql } from '../db/database.ts'
import { recordLink, undoLink } from '../matching/link-subjects.ts'
import { fileTestFacts, openTestSubjects, wageListing } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { nameKey } from '../subject/name.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { type BatchAnswer, checkList } from './batch.ts'
import { makeCheck } from './commands.ts'
import { listOfTexts } from './list.ts'

// A city of five firms: the first two were merged into the third, the fourth came out of the third, the fifth stands alone.
const codeOf = (n: number): string => inventedUscc('enterprise', 300 + n)
const NAMES = ['澜川甲记有限公司', '澜川乙记有限公司', '澜川合众有限公司', '澜川分立有限公司', '澜川独立有限公司'] as const

let platform: TestApp
let firms: [SubjectId, SubjectId, SubjectId, SubjectId, SubjectId]
let listings: FactId[]
const officer = actorFor('approval', 'window-officer')
const office = actorFor('credit-office', 'credit-office')
const why = { purpose: '行政审批', businessNo: '审〔2026〕8号' }
const MERGED = { toSubject: 0 as SubjectId, kind: 'merged-into', validFrom: day('2026-07-01'), reason: '登记机关通知书' } as const

before(async () => {
  platform = await openTestApp()
  const { app } = platform
  firms = (await openTestSubjects(
    app,
    NAMES.map((name, n) => ({ name, uscc: codeOf(n) })),
  )) as typeof firms
  const [a, b, c, split, alone] = firms
  listings = await fileTestFacts(
    app,
    firms.map((subjectId, n) => wageListing(subjectId, `示人社失〔2026〕${n}号`, `2026-06-0${n + 1}`)),
  )
  assert.ok(alone)
  await recordLink(app, office, { ...MERGED, subjectId: a, toSubject: b })
  await recordLink(app, office, { ...MERGED, subjectId: b, toSubject: c })
  await recordLink(app, office, { ...MERGED, kind: 'split-from', subjectId: split, toSubject: c })
})
after(() => platform.close())

let seen = 0
beforeEach(async () => {
  seen = (await looks()).length
})
const looks = () =>
  platform.worker.db.rows<{ subject_id: SubjectId; receipt: string; xmin: string }>(
    sql`select subject_id, receipt, xmin::text from look order by at, look_id`,
  )
const lookedAt = async () => (await looks()).slice(seen)
const ascending = (ids: readonly number[]): number[] => [...ids].sort((x, y) => x - y)

test('M056 · whoever of a merged group is asked for, the survivor answers with what is in force about all, and says so', async () => {
  const [a, b, c] = firms
  for (const [asked, subjectId] of [
    [codeOf(0), a],
    [NAMES[1], b],
    [codeOf(2), c],
    [NAMES[2], c],
  ] as const) {
    seen = (await looks()).length
    const answer = await makeCheck(platform.app, officer, { subject: asked, ...why })
    assert.equal(answer.subject?.subjectId, c)
    assert.deepEqual(
      answer.hits.map(hit => hit.recordId),
      [listings[2], listings[1], listings[0]],
      'latest first',
    )
    assert.equal(answer.mergedFrom?.subjectId ?? c, subjectId)
    assert.equal(answer.sentence.includes(`已并入“${NAMES[2]}”`), subjectId !== c)
    const registered = await lookedAt()
    assert.deepEqual(ascending(registered.map(one => one.subject_id)), ascending([a, b, c]), 'one look at each member')
    assert.deepEqual([...new Set(registered.map(one => one.receipt))], [answer.receipt])
    assert.equal(new Set(registered.map(one => one.xmin)).size, 1, 'in one transaction')
  }
})

test('M056 · former names lead to the survivor as well', async () => {
  const { app } = platform
  await change(app, SYSTEM, { deed: 'test.name', entity: 'system' }, made =>
    made.tx.run(sql`insert into name_lookup (name_key, subject_id) values (${nameKey('澜川甲旧有限公司')}, ${firms[0]})`),
  )
  const { subject, sentence } = await makeCheck(app, officer, { subject: '澜川甲旧有限公司', ...why })
  assert.equal(subject?.subjectId, firms[2])
  assert.match(sentence, new RegExp(`^您输入的是曾用名，该主体现名“${NAMES[0]}”。“${NAMES[0]}”已并入“${NAMES[2]}”`))
})

test('M056 · one name of a firm and of those merged into it is nothing to choose; of a stranger it is', async () => {
  const { app } = platform
  const same = '澜川同名实业有限公司'
  const [first, second, stranger] = (await openTestSubjects(
    app,
    [310, 311, 312].map((n, i) => ({ name: i < 2 ? same : '澜川他名实业有限公司', uscc: inventedUscc('enterprise', n) })),
  )) as [SubjectId, SubjectId, SubjectId]
  assert.equal((await makeCheck(app, officer, { subject: same, ...why })).choices.length, 2)
  await recordLink(app, office, { ...MERGED, subjectId: first, toSubject: second })
  const answer = await makeCheck(app, officer, { subject: same, ...why })
  assert.deepEqual([answer.subject?.subjectId, answer.mergedFrom, answer.choices], [second, null, []])
  await change(app, SYSTEM, { deed: 'test.name', entity: 'system' }, made =>
    made.tx.run(sql`insert into name_lookup (name_key, subject_id) values (${nameKey(same)}, ${stranger})`),
  )
  assert.deepEqual(
    (await makeCheck(app, officer, { subject: same, ...why })).choices.map(choice => choice.subjectId),
    [second, stranger],
  )
})

test('principle 5 · what came out of a split answers for itself, and nobody for it', async () => {
  const split = firms[3]
  const answer = await makeCheck(platform.app, officer, { subject: codeOf(3), ...why })
  assert.deepEqual([answer.subject?.subjectId, answer.mergedFrom], [split, null])
  assert.deepEqual(
    answer.hits.map(hit => hit.recordId),
    [listings[3]],
  )
  assert.deepEqual(
    (await lookedAt()).map(one => one.subject_id),
    [split],
  )
})

test('C7 · in a list the survivor answers every line that means it, is read once, and each member has one look', async () => {
  const { app } = platform
  const [a, b, c, , alone] = firms
  const list = await listOfTexts([codeOf(0), NAMES[1], codeOf(2), codeOf(0), codeOf(4)])
  const answers: BatchAnswer[] = []
  for await (const part of checkList(app, officer, why, list)) answers.push(...part.answers)
  assert.deepEqual(
    answers.map(one => [one.outcome, one.subjectId, one.mergedFrom?.subjectId ?? null, one.hits.length]),
    [
      ['hit', c, a, 3],
      ['hit', c, b, 3],
      ['hit', c, null, 3],
      ['hit', c, a, 3],
      ['hit', alone, null, 1],
    ],
  )
  assert.deepEqual(ascending((await lookedAt()).map(one => one.subject_id)), ascending([a, b, c, alone]))
})

test('M056 · a link taken back: each answers for itself again', async () => {
  const { app } = platform
  const [gone, stays] = (await openTestSubjects(
    app,
    [320, 321].map(n => ({ name: `澜川复原${n}有限公司`, uscc: inventedUscc('enterprise', n) })),
  )) as [SubjectId, SubjectId]
  const { linkId } = await recordLink(app, office, { ...MERGED, subjectId: gone, toSubject: stays })
  const asked = { subject: inventedUscc('enterprise', 320), ...why }
  assert.equal((await makeCheck(app, officer, asked)).subject?.subjectId, stays)
  await undoLink(app, office, { subjectId: gone, linkId }, '登记机关更正')
  assert.equal((await makeCheck(app, officer, asked)).subject?.subjectId, gone)
})

test('a firm without links costs no statement more: one finds it, one reads and registers', async () => {
  const { app } = platform
  const statements: string[] = []
  const noted =
    <Args extends [{ name?: string }], Answer>(ask: (...args: Args) => Answer) =>
    (...args: Args): Answer => {
      statements.push(args[0].name ?? '')
      return ask(...args)
    }
  const notedOf = (pool: Database) => ({ ...pool, rows: noted(pool.rows), row: noted(pool.row), run: noted(pool.run) })
  const counting = { ...app, db: notedOf(app.db), looks: notedOf(app.looks) } as App
  await makeCheck(counting, officer, { subject: codeOf(4), ...why })
  assert.deepEqual(statements, ['check-code', 'look-one-check-one'])
  statements.length = 0
  await makeCheck(counting, officer, { subject: codeOf(0), ...why })
  assert.deepEqual(statements, ['check-code', 'list-links', 'look-set-check-set'])
})
