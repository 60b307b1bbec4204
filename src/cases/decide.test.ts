import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Day } from '../base/day.ts'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { procedureOn } from '../law/law.ts'
import { openLaw } from '../law/load.ts'
import type { Office } from '../law/procedure-words.ts'
import { decide } from './decide.ts'
import type { GuardFacts } from './guards.ts'
import type { CaseClock, CaseFile, CaseId, OpenedCase, RecordFacts } from './model.ts'

// The judge of every act, on the table of objections as it stands.

const ROOT = join(import.meta.dirname, '../..')
const law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
const today = day('2026-11-20')
const objection = procedureOn(law, 'objection', today)
assert.ok(objection)

const record: RecordFacts = {
  subjectId: 1 as SubjectId,
  recordId: 7 as FactId,
  item: 'penalty-org',
  edition: '2019-07-01',
  authority: 'ecology-environment',
  decidedOn: day('2026-02-10'),
  content: {},
  effect: 'adverse',
  state: 'standing',
  contested: false,
  disclosed: null,
}
const clock = (name: string, dueOn: Day | null, extended = 0): CaseClock => ({
  clock: name,
  runNo: 1,
  duty: 'decider',
  unit: 'ecology-environment',
  runs: {
    from: day('2026-11-02'),
    count: 7,
    unit: 'working',
    extensions: Array.from({ length: extended }, () => ({ on: today, count: 1, unit: 'working' as const })),
  },
  dueOn,
  isSuspended: false,
  stoppedOn: null,
})
const file = (state: string): CaseFile => ({
  subjectId: 1 as SubjectId,
  caseId: 2 as CaseId,
  procedure: 'objection',
  edition: 'objection@2026-04-01',
  number: 'YY1',
  about: 'record',
  aboutRef: '7',
  unit: 'ecology-environment',
  openedUnit: null,
  openedBy: 'account:1',
  openedAt: new Date('2026-11-02T02:00:00Z'),
  openedOn: day('2026-11-02'),
  state,
  turn: 'decider',
  entryNo: 1,
  parentId: null,
  closedAt: ['corrected', 'upheld', 'withdrawn'].includes(state) ? new Date('2026-11-10T02:00:00Z') : null,
})
const at = (state: string | null, clocks: readonly CaseClock[] = []): OpenedCase | null =>
  state === null ? null : { file: file(state), procedure: objection, entries: [], clocks, filled: {} }
const facts = (opened: OpenedCase | null, more: Partial<GuardFacts> = {}): GuardFacts => ({
  ...{
    law,
    today,
    filled: {},
    record,
    opened,
    served: new Map(),
    barredUntil: null,
    aboutRef: null,
    unit: null,
    subjectKind: null,
    openConfirmations: 0,
  },
  ...more,
})

type Row = readonly [
  title: string,
  state: string | null,
  act: string,
  by: Office,
  answer: string,
  more?: Partial<GuardFacts>,
  clocks?: readonly CaseClock[],
]
const rows: readonly Row[] = [
  ['M258 · the subject objects to its own record', null, 'lodge', 'subject', 'lodged'],
  ['M258 · an officer does not object for it', null, 'lodge', 'decider', 'case.not-yours-to-do'],
  ['M258 · to a record that is another’s nobody objects', null, 'lodge', 'subject', 'case.record-unknown', { record: null }],
  [
    'M260 · what has ended needs no objection',
    null,
    'lodge',
    'subject',
    'case.record-ended',
    { record: { ...record, state: 'repaired' } },
  ],
  [
    'M260 · what is contested is contested once',
    null,
    'lodge',
    'subject',
    'case.record-contested',
    { record: { ...record, contested: true } },
  ],
  ['M257 · the unit in charge deletes', 'lodged', 'delete', 'decider', 'confirming'],
  ['M257 · the subject does not decide its own case', 'lodged', 'delete', 'subject', 'case.not-yours-to-do'],
  ['M257 · the platform decides nothing', 'lodged', 'delete', 'clock', 'case.not-yours-to-do'],
  ['M260 · an answer is one answer', 'answered', 'keep', 'decider', 'case.act-not-open'],
  ['M260 · a case that is over stays over', 'upheld', 'ask-review', 'subject', 'case.closed'],
  ['zj-reg#31 · the subject asks for a review', 'answered', 'ask-review', 'subject', 'in-review'],
  ['zj-reg#31 · the unit does not review itself', 'in-review', 'review-keep', 'decider', 'case.not-yours-to-do'],
  ['zj-reg#31 · the credit office does', 'in-review', 'review-keep', 'credit-office', 'upheld'],
  ['M260 · no such act', 'lodged', 'forget', 'decider', 'case.act-unknown'],
  [
    'M260 · before the last day is over the clock does nothing',
    'answered',
    'review-over',
    'clock',
    'case.clock-not-over',
    {},
    [clock('review-window', today)],
  ],
  ['M260 · the day after it does', 'answered', 'review-over', 'clock', 'upheld', {}, [clock('review-window', day('2026-11-19'))]],
  [
    'M260 · a clock that cannot be counted is never over',
    'answered',
    'review-over',
    'clock',
    'case.clock-not-over',
    {},
    [clock('review-window', null)],
  ],
  [
    'M260 · the set of the city gives no more time, so there is none',
    'lodged',
    'extend',
    'decider',
    'case.extension-none',
    {},
    [clock('answer', today)],
  ],
  ['M260 · an extension is one', 'lodged', 'extend', 'decider', 'case.extended-before', {}, [clock('answer', today, 1)]],
]

for (const [title, state, act, by, answer, more = {}, clocks = []] of rows)
  test(`${title}: ${answer}`, () => {
    const opened = at(state, clocks)
    const verdict = decide({ procedure: objection, opened }, act, new Set([by]), facts(opened, more))
    assert.equal(verdict.ok ? verdict.value.to.state : verdict.code, answer)
    if (verdict.ok) assert.equal(verdict.value.office, by)
  })
