import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { ANYONE } from '../access/actor.ts'
import { groupsOf, type LinkKind, linkFault, resolveSubjects, type SubjectLink } from '../archive/links.ts'
import { readArchive } from '../archive/read-archive.ts'
import { getSubjectCard } from '../archive/subject-page.ts'
import { addDays, type Day, day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { firm, penalty, personPenalty, registration } from '../invariants/sent-rows.ts'
import { codeOf, send, subjectOf } from '../invariants/testing.ts'
import { publishSubjects } from '../publication/publish.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { recordLink, undoLink } from './link-subjects.ts'

let t: TestApp
before(async () => {
  t = await openTestApp()
})
after(() => t.close())

const office = actorFor('credit-office', 'credit-office')
const LOOK = { purpose: '行政审批', businessNo: '审〔2026〕3号' }
const TODAY = day('2026-11-20')
const DAY_MS = 86_400_000

async function subject(n: number): Promise<SubjectId> {
  await send(t.app, 'market-registration', [registration(n)])
  await send(t.app, 'ecology-penalty', [penalty(n, `澜并〔2026〕${n}号`)])
  return await subjectOf(t.app, firm(n).code)
}
const link = (from: SubjectId, to: SubjectId, kind: LinkKind = 'merged-into', validFrom: Day = day('2026-07-01')) =>
  recordLink(t.app, office, { subjectId: from, toSubject: to, kind, validFrom, reason: '登记机关通知书' })
const penaltiesOf = async (subjectId: SubjectId, asked: { asOf?: Day; knownOn?: Day } = {}): Promise<[SubjectId, number[]]> => {
  const { subject: card, records } = await readArchive(t.app, office, subjectId, { ...LOOK, ...asked })
  return [
    card.subjectId as SubjectId,
    records
      .filter(one => one.item === 'penalty-org')
      .map(one => one.subjectId)
      .sort((a, b) => a - b),
  ]
}

test('M056 · who is merged leaves its records to the one that survives, from the day on and for who knows of it; its page leads there', async () => {
  const [a, b, c] = [await subject(1), await subject(2), await subject(3)]
  t.setNow(new Date(TEST_NOW.getTime() + DAY_MS))
  await link(a, b)
  await link(b, c, 'merged-into', day('2026-09-01'))
  assert.deepEqual(await penaltiesOf(c), [c, [a, b, c]])
  assert.deepEqual(await penaltiesOf(a), [c, [a, b, c]])
  await publishSubjects(t.worker, [a, b, c])
  assert.equal((await getSubjectCard(t.app, ANYONE, a, {})).subjectId, c)
  assert.deepEqual(await penaltiesOf(b, { asOf: day('2026-08-01') }), [b, [a, b]], 'before the second merger')
  assert.deepEqual(await penaltiesOf(a, { asOf: day('2026-06-30') }), [a, [a]], 'before the first')
  assert.deepEqual(await penaltiesOf(a, { knownOn: TODAY }), [a, [a]], 'before anybody knew')
  const looks = await t.worker.db.rows<{ subject_id: number }>(
    sql`select subject_id from look where receipt = (select receipt from look where subject_id = ${c} order by at, look_id limit 1) order by 1`,
  )
  assert.deepEqual(
    looks.map(one => one.subject_id),
    [a, b, c].sort((x, y) => x - y),
    'each of them sees the look',
  )
  t.setNow(TEST_NOW)
})

test('M056 · a link taken back counts as never made, and stays in what was known before', async () => {
  const [a, b] = [await subject(4), await subject(5)]
  const { linkId } = await link(a, b)
  await t.worker.db.run(sql`insert into pub.record select ${b}, fact_id, 'penalty-org', 'administration', null, null, 'x', 'x', 'x', null, 'x', 'x', 'x', null, null, '2026-05-15', '2026-05-15', null, null, '{}', now()
    from fact where subject_id in (${a}, ${b}) and item = 'penalty-org'`)
  t.setNow(new Date(TEST_NOW.getTime() + 3 * DAY_MS))
  await undoLink(t.app, office, { subjectId: a, linkId }, '登记机关更正')
  assert.deepEqual(await penaltiesOf(b), [b, [b]])
  assert.deepEqual(await penaltiesOf(b, { knownOn: addDays(TODAY, 1) }), [b, [a, b].sort((x, y) => x - y)])
  const shown = await t.worker.db.rows<{ owner: number }>(
    sql`select f.subject_id as owner from pub.record r join fact f on f.fact_id = r.record_id where r.subject_id = ${b}`,
  )
  assert.deepEqual(
    shown.map(one => one.owner),
    [b],
    'what was shown of the other stops in the same transaction',
  )
  assert.equal(await codeOf(undoLink(t.app, office, { subjectId: a, linkId }, '再次')), 'subject.link-unknown')
  await link(a, b)
  assert.equal((await penaltiesOf(b))[1].length, 2, 'and may be made again')
  t.setNow(TEST_NOW)
})

test('principle 5 · what comes out of a split takes no record along', async () => {
  const [a, b] = [await subject(6), await subject(7)]
  await link(b, a, 'split-from')
  assert.deepEqual(
    [await penaltiesOf(a), await penaltiesOf(b)],
    [
      [a, [a]],
      [b, [b]],
    ],
  )
})

test('M058 · links that may not be: rings, twice, into two, a branch into its parent, a person into a firm, of tomorrow, without a reason', async () => {
  const [a, b, c] = [await subject(8), await subject(9), await subject(10)]
  const branchCode = inventedUscc('branch', 8)
  const branchRow = { 行政相对人名称: `${firm(8).name}一分公司`, '行政相对人代码_1(统一社会信用代码)': branchCode }
  await send(t.app, 'ecology-penalty', [penalty(8, '澜并〔2026〕分8号', branchRow)])
  const branch = await subjectOf(t.app, branchCode)
  await send(t.app, 'transport-penalty-person', [personPenalty(inventedResidentId(7, day('1980-01-01')), '澜并〔2026〕人1号')])
  const [person] = await t.worker.db.rows<{ id: SubjectId }>(
    sql`select subject_id as id from subject where kind = 'natural-person' limit 1`,
  )
  await link(a, b)
  await link(b, c)
  const rows: [string, () => Promise<unknown>][] = [
    ['subject.link-self', () => link(a, a)],
    ['subject.link-cycle', () => link(c, a)],
    ['subject.linked-before', () => link(a, b)],
    ['subject.merged-before', () => link(a, c)],
    ['subject.link-kinds', () => link(branch, a)],
    ['subject.link-kinds', () => link(person?.id as SubjectId, a)],
    ['subject.link-future', () => link(c, branch, 'split-from', addDays(TODAY, 1))],
    ['subject.unknown', () => link(a, 999 as SubjectId)],
    [
      'subject.link-reason',
      () => recordLink(t.app, office, { subjectId: c, toSubject: a, kind: 'split-from', validFrom: TODAY, reason: ' ' }),
    ],
    [
      'access.not-allowed',
      () =>
        recordLink(t.app, actorFor('approval', 'window-officer'), {
          subjectId: c,
          toSubject: a,
          kind: 'split-from',
          validFrom: TODAY,
          reason: '无权',
        }),
    ],
  ]
  for (const [code, deed] of rows) assert.equal(await codeOf(deed()), code)
})

test('principle 11 · two links at once do not close a ring', async () => {
  const [a, b] = [await subject(11), await subject(12)]
  const outcomes = await Promise.allSettled([link(a, b), link(b, a)])
  assert.deepEqual(outcomes.map(one => one.status).sort(), ['fulfilled', 'rejected'])
})

test('M056 · whatever links are let in, everyone belongs to exactly one group, and resolving ends', () => {
  const id = fc.integer({ min: 1, max: 7 }).map(n => n as SubjectId)
  const wanted = fc.record({
    from: id,
    to: id,
    kind: fc.constantFrom<LinkKind>('merged-into', 'split-from'),
    validFrom: fc.integer({ min: 0, max: 9 }).map(n => addDays(TODAY, n)),
  })
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 20 }), fc.integer({ min: 0, max: 9 }), (all, later) => {
      const links: SubjectLink[] = []
      for (const one of all) if (linkFault(links, one) === null) links.push({ ...one, linkId: links.length, knownFrom: TEST_NOW })
      const ids = [1, 2, 3, 4, 5, 6, 7] as SubjectId[]
      const asOf = addDays(TODAY, later)
      const groups = groupsOf(ids, links, asOf)
      const distinct = new Map([...groups.values()].map(group => [group[0], group]))
      assert.deepEqual([...distinct.values()].flat().sort(), ids)
      for (const { from, to, kind, validFrom } of links)
        if (kind === 'merged-into' && validFrom <= asOf) assert.equal(groups.get(from)?.[0], groups.get(to)?.[0])
    }),
  )
})

test('M056 · who has no links is its own group', async () => {
  const groups = await resolveSubjects(t.worker.db, [77 as SubjectId], { asOf: TODAY, knownOn: TEST_NOW })
  assert.deepEqual([...groups], [[77, [77]]])
})
