import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day, day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { NOTHING_SINCE } from '../disclosure/record.ts'
import { firm, penalty, registration } from '../invariants/sent-rows.ts'
import { publishAll, type SentRow, send, subjectOf } from '../invariants/testing.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { findCard } from './cards.ts'
import type { ArchivedRecord } from './model.ts'
import { namePeriods } from './name-periods.ts'
import { readArchive } from './read-archive.ts'

let t: TestApp
before(async () => {
  t = await openTestApp()
})
after(() => t.close())

const office = actorFor('credit-office', 'credit-office')
const LOOK = { purpose: '行政审批', businessNo: '审〔2026〕4号' }
const [OLD, NEW, NEWER] = ['贸易有限公司', '科技有限公司', '智能科技有限公司'] as const

const named = (n: number, ending: string): string => firm(n).name.replace(OLD, ending)
const approve = (n: number, on: string, ending: string, changes: SentRow = {}) =>
  send(t.app, 'market-registration', [
    registration(n, { '核准（变更）日期': on, '企业（字号）名称': named(n, ending), ...changes }),
  ])
/** A notice of a change of name of the market bureau (source market-change). */
const rename = (n: number, on: string, from: string, to: string, changes: SentRow = {}) =>
  send(t.app, 'market-change', [
    {
      主体名称: named(n, to),
      统一社会信用代码: firm(n).code,
      变更项目: '名称变更',
      变更前: named(n, from),
      变更后: named(n, to),
      变更核准日期: on,
      ...changes,
    },
  ])

type Former = readonly [name: string, from: string | null, until: string | null]
type Names = readonly [present: string, ...former: readonly Former[]]
async function namesOf(n: number): Promise<Names> {
  const card = await findCard(t.worker.db, await subjectOf(t.app, firm(n).code))
  const ending = (name: string): string => name.slice(named(n, '').length)
  const former = (card?.formerNames ?? []).map((one): Former => [ending(one.name), one.from, one.until])
  return [ending(card?.name ?? ''), ...former]
}

type Step = (n: number) => Promise<unknown>
// What is sent, in this order; what the names are then.
const histories: readonly (readonly [what: string, readonly Step[], Names])[] = [
  [
    'a change ends the former name on its day, before any approval tells of it',
    [n => approve(n, '2022-02-01', OLD), n => rename(n, '2025-05-20', OLD, NEW)],
    [NEW, [OLD, null, '2025-05-20']],
  ],
  [
    'the next approval leaves the day of the change',
    [n => approve(n, '2022-02-01', OLD), n => rename(n, '2025-05-20', OLD, NEW), n => approve(n, '2025-09-01', NEW)],
    [NEW, [OLD, null, '2025-05-20']],
  ],
  [
    'a change that comes after the approval that told of it gives the day',
    [n => approve(n, '2022-02-01', OLD), n => approve(n, '2025-09-01', NEW), n => rename(n, '2025-05-20', OLD, NEW)],
    [NEW, [OLD, null, '2025-05-20']],
  ],
  [
    'a change alone bounds both names of a subject whose first approval already says the new one',
    [n => approve(n, '2025-05-20', NEW), n => rename(n, '2025-05-20', OLD, NEW)],
    [NEW, [OLD, null, '2025-05-20']],
  ],
  [
    'a former name that the approval only lists gets its day from the change',
    [n => approve(n, '2025-09-01', NEW, { 曾用名: named(n, OLD) }), n => rename(n, '2025-05-20', OLD, NEW)],
    [NEW, [OLD, null, '2025-05-20']],
  ],
  [
    'two changes, the later one sent first',
    [n => approve(n, '2022-02-01', OLD), n => rename(n, '2026-03-02', NEW, NEWER), n => rename(n, '2025-05-20', OLD, NEW)],
    [NEWER, [NEW, '2025-05-20', '2026-03-02'], [OLD, null, '2025-05-20']],
  ],
  [
    'a change is corrected: the name told by mistake is no former name',
    [
      n => approve(n, '2022-02-01', OLD),
      n => rename(n, '2025-05-20', OLD, '科计有限公司'),
      n => rename(n, '2025-05-20', OLD, NEW),
    ],
    [NEW, [OLD, null, '2025-05-20']],
  ],
  [
    'a change of something else is none of the name',
    [
      n => approve(n, '2022-02-01', OLD),
      n => rename(n, '2025-05-20', OLD, NEW, { 变更项目: '住所变更', 主体名称: named(n, OLD) }),
    ],
    [OLD],
  ],
  [
    'of several matters in one text nobody can say whose value is whose',
    [
      n => approve(n, '2022-02-01', OLD),
      n => rename(n, '2025-05-20', OLD, NEW, { 变更项目: '名称变更；住所变更', 主体名称: named(n, OLD) }),
    ],
    [OLD],
  ],
  [
    'the matter as another office writes it',
    [n => approve(n, '2022-02-01', OLD), n => rename(n, '2025-05-20', OLD, NEW, { 变更项目: '名称变更(字号名称、集团名称等)' })],
    [NEW, [OLD, null, '2025-05-20']],
  ],
]
histories.forEach(([what, steps, names], index) => {
  const n = index + 1
  test(`M053, M055 · ${what}`, async () => {
    for (const step of steps) await step(n)
    assert.deepEqual(await namesOf(n), names)
    const { subject } = await readArchive(t.app, office, await subjectOf(t.app, firm(n).code), LOOK)
    const card = await findCard(t.worker.db, subject.subjectId as SubjectId)
    assert.deepEqual([subject.name, subject.formerNames], [card?.name, card?.formerNames], 'the archive of today says the same')
  })
})

test('M053 · what is reported under either name is its subject’s, and says under which', async () => {
  await approve(20, '2022-02-01', OLD)
  await rename(20, '2025-05-20', OLD, NEW)
  const rows = [OLD, NEW].map((ending, i) => penalty(20, `澜曾〔2026〕${i}号`, { 行政相对人名称: named(20, ending) }))
  const { deliveryId, counts } = await send(t.app, 'ecology-penalty', rows)
  assert.equal(counts.filed, 2)
  const facts = await t.worker.db.rows<{ by: string }>(
    sql`select matched_by as by from fact where delivery_id = ${deliveryId} order by row_no`,
  )
  assert.deepEqual(
    facts.map(fact => fact.by),
    ['uscc+former-name', 'uscc+name'],
  )
})

test('M055 · a subject known from reports only takes the name that the registrar tells; its first registration keeps the day', async () => {
  await send(t.app, 'ecology-penalty', [penalty(21, '澜曾〔2026〕21号')])
  await rename(21, '2026-07-01', OLD, NEW)
  assert.deepEqual(await namesOf(21), [NEW, [OLD, null, '2026-07-01']])
  assert.equal((await findCard(t.worker.db, await subjectOf(t.app, firm(21).code)))?.registered, false)
  await approve(21, '2026-09-01', NEW)
  assert.deepEqual(await namesOf(21), [NEW, [OLD, null, '2026-07-01']])
  assert.equal((await findCard(t.worker.db, await subjectOf(t.app, firm(21).code)))?.registered, true)
})

test('M055 · a change told by mistake, and corrected to none, leaves no trace on the card', async () => {
  await send(t.app, 'ecology-penalty', [penalty(22, '澜曾〔2026〕22号')])
  await rename(22, '2026-07-01', OLD, NEW)
  await rename(22, '2026-07-01', OLD, OLD)
  assert.deepEqual(await namesOf(22), [OLD])
})

test('M028 · before the day of the change the archive has the old name', async () => {
  await approve(23, '2022-02-01', OLD)
  await rename(23, '2026-07-01', OLD, NEW)
  const subjectId = await subjectOf(t.app, firm(23).code)
  const name = async (asked: { asOf?: Day }): Promise<string> =>
    (await readArchive(t.app, office, subjectId, { ...LOOK, ...asked })).subject.name
  assert.equal(await name({ asOf: day('2026-06-30') }), named(23, OLD))
  assert.equal(await name({ asOf: day('2026-07-01') }), named(23, NEW))
})

test('M055 · the portal has the new name and finds the old one', async () => {
  await approve(24, '2022-02-01', OLD)
  await publishAll(t.app)
  await rename(24, '2026-07-01', OLD, NEW)
  await publishAll(t.app)
  const row = await t.worker.db.row<{ name: string; former: unknown }>(
    sql`select name, card->'formerNames' as former from pub.subject where subject_id = ${await subjectOf(t.app, firm(24).code)}`,
  )
  assert.deepEqual({ ...row }, { name: named(24, NEW), former: [{ name: named(24, OLD), from: null, until: '2026-07-01' }] })
})

/** A standing record of the registrar, as the archive folds it. */
function act(id: number, item: string, on: Day, content: Record<string, string>): ArchivedRecord {
  const factId = id as FactId
  const shape = { authority: 'x', kind: 'record', replaces: null, knownFrom: new Date(0), receivedOn: on } as const
  const head = { ...shape, subjectId: 1 as SubjectId, factId, decidedOn: on, item, edition: '1988-07-01', content }
  return { recordId: factId, head, versions: [factId], ...NOTHING_SINCE, standings: [], told: [] }
}

test('M055 · where every change is told, each name has its days, whatever approvals there are', () => {
  const history = fc.record({
    gaps: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 }),
    approvals: fc.array(fc.nat(2_000), { maxLength: 6 }),
  })
  fc.assert(
    fc.property(history, ({ gaps, approvals }) => {
      const days: Day[] = []
      for (const gap of gaps) days.push(addDays(days.at(-1) ?? day('2015-01-01'), gap))
      const name = (i: number): string => `甲${'乙丙丁戊己庚辛'[i]}有限公司`
      const changes = days.map((on, i) =>
        act(100 + i, 'registration-change', on, { BGSX: '名称变更', BGQNR: name(i), BGHNR: name(i + 1) }),
      )
      const told = approvals.map((ahead, i) => {
        const on = addDays(day('2015-01-01'), ahead)
        return act(200 + i, 'registration-org', on, { ZTMC: name(days.filter(from => from <= on).length) })
      })
      const records = [...changes, ...told].sort((a, b) => (a.head.decidedOn < b.head.decidedOn ? 1 : -1))
      const wanted = [...days.keys(), days.length].map(i => [name(i), days[i - 1] ?? null, days[i] ?? null])
      const found = namePeriods(t.app.law, records).map(one => [one.name, one.from, one.until])
      assert.deepEqual(found, wanted.reverse())
    }),
    { numRuns: 300 },
  )
})
