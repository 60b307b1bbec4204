import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import { clockFigures } from './clock-figures.ts'
import type { CaseKey } from './model.ts'
import { keepPaper } from './papers.ts'
import { receiversConfirmed, runClocks } from './run-clocks.ts'
import { readCase } from './views.ts'
import { listOwnCases, listWork } from './work-views.ts'

// Cases on a real database, by the table of objections: what an act leaves, and that a refusal leaves nothing.

let t: TestApp
let n = 0
const UNIT = 'urban-management'
const as = (id: string, unit: string, ...roles: string[]): Actor => ({ ...actorFor(unit, ...roles), id })
const officer = as('account:31', UNIT, 'case-officer')
const colleague = as('account:32', UNIT, 'case-officer')
const stranger = as('account:33', 'health', 'case-officer')
const office = as('account:34', 'credit-office', 'credit-office')
const self = (subjectId: SubjectId): Actor => ({ ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId })

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-18T04:00:00Z') })
})
after(() => t.close())

async function firm(): Promise<{ subjectId: SubjectId; recordId: FactId; me: Actor }> {
  n += 1
  const [subjectId] = await openTestSubjects(t.app, [{ name: `澜川示例${n}有限公司`, uscc: inventedUscc('enterprise', 900 + n) }])
  const [recordId] = await publishTestFacts(t.app, [penaltyOf(subjectId as SubjectId, `示罚〔2026〕${n}号`, '2026-05-06')])
  return { subjectId: subjectId as SubjectId, recordId: recordId as FactId, me: self(subjectId as SubjectId) }
}

type Firm = Awaited<ReturnType<typeof firm>>
const LODGED = { wrong: 'content', 'should-be': '罚款数额应为一万元' }
const lodge = ({ subjectId, recordId, me }: Firm, fields: Record<string, string> = LODGED) =>
  openCase(t.app, me, { procedure: 'objection', act: 'lodge', subjectId, aboutRef: String(recordId), fields })
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const [end] = await Promise.allSettled([work])
  if (end?.status === 'fulfilled') return 'nothing was refused'
  if (end?.reason instanceof Refusal || 'code' in (end?.reason ?? {})) return (end.reason as Refusal).code
  throw end?.reason
}
const count = async (table: string, key: CaseKey): Promise<number> =>
  (
    await t.worker.db.rows({
      text: `select from ${table} where subject_id = $1 and case_id = $2`,
      values: [key.subjectId, key.caseId],
    })
  ).length
const stateOf = async (key: CaseKey): Promise<string | undefined> =>
  (await t.worker.db.row<{ state: string }>(sql`select state from case_file where case_id = ${key.caseId}`))?.state
const onDay = (text: string): void => t.setNow(new Date(`${text}T04:00:00Z`))

test('M258 · M260 · an objection is numbered, routed to the unit that decided, clocked, and marks the record in the same change', async () => {
  const one = await firm()
  const opened = await lodge(one)
  assert.match(opened.number, /^YY20260618-\d+$/)
  const seen = await readCase(t.app, one.me, opened)
  assert.equal(seen.unit, UNIT)
  assert.equal(seen.stateName, '待核查')
  assert.equal(seen.clock?.state, 'open')
  assert.equal(seen.clock?.dueOn, day('2026-06-30'), '19 June is a holiday: seven working days after the 18th')
  assert.deepEqual(
    seen.entries[0]?.fields.map(field => field.value),
    ['内容有误', '罚款数额应为一万元'],
  )
  assert.equal(seen.letters[0]?.name, '异议受理通知书')
  const shown = await t.worker.db.rows(sql`select from record_standing where case_id = ${opened.caseId} and kind = 'contested'`)
  assert.equal(shown.length, 1)
  assert.equal(await codeOf(lodge(one)), 'case.record-contested')
})

test('M257 · what is refused leaves nothing: no case, no entry, no mark, no letter', async () => {
  const one = await firm()
  for (const [fields, code] of [
    [{ wrong: 'content' }, 'case.field-missing'],
    [{ ...LODGED, wrong: 'badly' }, 'case.field-invalid'],
    [{ ...LODGED, more: 'x' }, 'case.field-unknown'],
    [{ ...LODGED, 'should-be': 'x'.repeat(2001) }, 'case.field-too-long'],
    [{ ...LODGED, 'should-be': '血型：O型' }, 'text.prohibited'],
  ] as const)
    assert.equal(await codeOf(lodge(one, fields)), code)
  const other = await firm()
  const ofOther = {
    procedure: 'objection',
    act: 'lodge',
    subjectId: one.subjectId,
    aboutRef: String(other.recordId),
    fields: LODGED,
  }
  assert.equal(await codeOf(openCase(t.app, one.me, ofOther)), 'case.record-unknown')
  assert.equal(await codeOf(openCase(t.app, other.me, { ...ofOther, aboutRef: String(one.recordId) })), 'case.not-yours-to-do')
  const left = await t.worker.db.rows(sql`select from case_file where subject_id = ${one.subjectId}`)
  assert.equal(left.length, 0)
})

test('M260 · two officers who press at once: one act, and one refusal that says what was done', async () => {
  const key = await lodge(await firm())
  const finding = { finding: '数额核对无误' }
  const both = [
    codeOf(takeStep(t.app, officer, key, { act: 'keep', fields: finding, seen: 1 })),
    codeOf(takeStep(t.app, colleague, key, { act: 'delete', fields: finding, seen: 1 })),
  ]
  assert.deepEqual((await Promise.all(both)).sort(), ['case.changed-meanwhile', 'nothing was refused'])
  assert.equal(await count('case_entry', key), 2)
})

test('M257 · another unit neither sees nor handles it; the credit office sees it and may not decide it', async () => {
  const key = await lodge(await firm())
  assert.equal(await codeOf(readCase(t.app, stranger, key)), 'case.unknown')
  assert.equal(await codeOf(takeStep(t.app, stranger, key, { act: 'keep', fields: { finding: 'x' } })), 'case.unknown')
  const seen = await readCase(t.app, office, key)
  assert.deepEqual(
    seen.acts.filter(act => act.mayDo).map(act => act.act),
    ['transfer'],
  )
  assert.match(seen.acts.find(act => act.act === 'keep')?.why ?? '', /不由您这一方办理/)
})

test('M260 · material is asked for: the clock stands still, goes on when it comes, and the paper is the officer’s to read', async () => {
  const one = await firm()
  const key = await lodge(one)
  await takeStep(t.app, officer, key, { act: 'ask-material', fields: { missing: '缴款凭证' } })
  assert.equal((await readCase(t.app, one.me, key)).clocks.find(clock => clock.clock === 'answer')?.state, 'suspended')
  onDay('2026-06-25')
  assert.equal(await codeOf(takeStep(t.app, one.me, key, { act: 'supplement' })), 'case.paper-missing')
  const { paperId } = await keepPaper(t.app, one.me, Buffer.from('%PDF-1.7 缴款凭证'), '凭证.pdf')
  const papers = [{ paper: 'supplement', paperId }]
  assert.equal(await codeOf(takeStep(t.app, self(7 as SubjectId), key, { act: 'supplement', papers })), 'case.unknown')
  await takeStep(t.app, one.me, key, { act: 'supplement', papers })
  const seen = await readCase(t.app, officer, key)
  assert.equal(seen.entries.at(-1)?.papers[0]?.fileName, '凭证.pdf')
  const answer = seen.clocks.find(clock => clock.clock === 'answer')
  assert.equal(answer?.dueOn, day('2026-07-06'), 'four working days longer: 22 to 25 June')
  assert.equal(await codeOf(takeStep(t.app, one.me, key, { act: 'supplement', papers })), 'case.act-not-open')
  onDay('2026-06-18')
})

test('M257 · M261 · an upheld objection takes the record away and ends when nobody has a copy to correct', async () => {
  const one = await firm()
  const key = await lodge(one)
  await takeStep(t.app, officer, key, { act: 'delete', fields: { finding: '原决定已撤销' } })
  assert.equal(await stateOf(key), 'confirming')
  const kinds = await t.worker.db.rows<{ kind: string }>(sql`select kind from record_standing s where case_id = ${key.caseId}
    and not exists (select from record_standing_end e where e.standing_id = s.standing_id)`)
  assert.deepEqual(
    kinds.map(row => row.kind),
    ['annulled'],
  )
  assert.equal(await receiversConfirmed(t.worker, key), true)
  assert.equal(await stateOf(key), 'corrected')
  assert.equal(await receiversConfirmed(t.worker, key), false, 'told twice it is done once')
})

test('zj-reg#31 · nobody asks for a review: the day after the last the platform closes the case, once', async () => {
  const key = await lodge(await firm())
  await takeStep(t.app, officer, key, { act: 'keep', fields: { finding: '核对无误' } })
  onDay('2026-07-03')
  await runClocks(t.worker)
  assert.equal(await stateOf(key), 'answered', 'ten working days end on 3 July')
  onDay('2026-07-04')
  assert.ok((await runClocks(t.worker)) >= 1)
  assert.equal(await runClocks(t.worker), 0)
  assert.equal(await stateOf(key), 'upheld')
  onDay('2026-06-18')
})

test('principle 7 · a case lodged when next year’s holidays are not published is taken; its last day follows with the notice', async () => {
  onDay('2026-12-29')
  const one = await firm()
  const key = await lodge(one)
  const { clock } = await readCase(t.app, one.me, key)
  assert.deepEqual([clock?.state, clock?.dueOn, clock?.unknownYear], ['unknown', null, 2027])
  await runClocks(t.worker)
  assert.equal(await stateOf(key), 'lodged')
  // The answer stands still while material is awaited, by a day that nobody can name yet: the letter says so.
  await takeStep(t.app, officer, key, { act: 'ask-material', fields: { missing: '缴款凭证' } })
  assert.equal((await readCase(t.app, one.me, key)).letters.at(-1)?.name, '补充材料通知书')
  onDay('2026-06-18')
})

test('M260 · the work list holds what the unit is in charge of, due first in front; the figures count the state’s own lateness', async () => {
  onDay('2026-06-18')
  const mine = (await listWork(t.app, officer, { turn: 'all', state: 'open', limit: 100 })).cases
  assert.ok(mine.length >= 3)
  assert.deepEqual(
    mine.map(line => line.clock?.dueOn ?? '9999'),
    mine.map(line => line.clock?.dueOn ?? '9999').sort(),
  )
  assert.equal((await listWork(t.app, stranger, { turn: 'all', state: 'open', limit: 100 })).cases.length, 0)
  const pages = await listWork(t.app, officer, { turn: 'all', state: 'open', limit: 2 })
  const rest = await listWork(t.app, officer, { turn: 'all', state: 'open', limit: 100, after: pages.next ?? '' })
  assert.deepEqual(
    [...pages.cases, ...rest.cases].map(line => line.caseId),
    mine.map(line => line.caseId),
  )
  onDay('2026-08-03')
  const figures = (await clockFigures(t.app)).units.find(unit => unit.unit === UNIT)
  assert.ok((figures?.overdue ?? 0) >= 2)
  onDay('2026-06-18')
  const one = await firm()
  await lodge(one)
  assert.equal((await listOwnCases(t.app, one.me, { limit: 10 })).cases.length, 1)
})

test('SG20 · a breach stays with the unit that had the duty when its last day passed; the unit it is handed to has its own days', async () => {
  onDay('2026-06-18')
  const one = await firm()
  const key = await lodge(one)
  onDay('2026-07-02')
  type Counted = readonly [overdue: number, open: number, late: number, inTime: number]
  const counted = async (unit: string): Promise<Counted> => {
    const found = (await clockFigures(t.app)).units.find(figures => figures.unit === unit)
    if (!found) return [0, 0, 0, 0]
    const { overdue, today, soon, later, standing, doneLate, doneInTime } = found
    return [overdue, today + soon + later + standing, doneLate, doneInTime]
  }
  const grown = async (unit: string, before: Counted) => (await counted(unit)).map((value, at) => value - (before[at] ?? 0))
  const [here, there] = [await counted(UNIT), await counted('health')]
  const passes = { unit: 'health', 'why-transfer': '不是本单位认定的' }
  await takeStep(t.app, officer, key, { act: 'transfer', fields: passes })
  assert.deepEqual(await grown(UNIT, here), [-1, 0, 1, 0], 'overdue becomes done late, and no less')
  assert.deepEqual(await grown('health', there), [0, 1, 0, 0])
  const { clock } = await readCase(t.app, one.me, key)
  assert.deepEqual([clock?.dueOn, clock?.state], ['2026-06-30', 'overdue'], 'to the subject it is late all the same')
  onDay('2026-07-13')
  assert.deepEqual(await grown('health', there), [0, 1, 0, 0], 'its seventh working day')
  onDay('2026-07-14')
  assert.deepEqual(await grown('health', there), [1, 0, 0, 0])
  onDay('2026-07-13')
  await takeStep(t.app, stranger, key, { act: 'keep', fields: { finding: '核对无误' } })
  assert.deepEqual(await grown('health', there), [0, 0, 0, 1], 'done in its own days')
  assert.deepEqual((await counted(UNIT))[2], here[2] + 1)
  onDay('2026-06-18')
})
