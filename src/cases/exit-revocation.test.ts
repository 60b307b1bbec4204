import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { addMonths, day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { openLaw } from '../law/load.ts'
import type { EarlyExit } from './case-records.ts'
import { firstUnmet, type GuardFacts } from './guards.ts'
import { LISTED_ON } from './list-case.ts'
import type { CaseId, RecordFacts } from './model.ts'
import { spanOf } from './terms.ts'

// What is put back on a list: only what left it early and would still stand on it, and never for longer.

const ROOT = join(import.meta.dirname, '../..')
const law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
const today = day('2026-12-09')

const EXIT: EarlyExit = {
  ...{ subjectId: 1 as SubjectId, caseId: 2 as CaseId, list: 'wage-arrears', unit: 'human-resources', on: day('2026-12-01') },
  until: day('2029-12-01'),
}
const RECORD: RecordFacts = {
  ...{ subjectId: 1 as SubjectId, recordId: 7 as FactId, item: 'wage-arrears', edition: '2022-01-01' },
  ...{ authority: 'human-resources', decidedOn: day('2026-12-01'), content: {}, effect: 'adverse', state: 'removed' },
  ...{ contested: false, disclosed: null },
}
const facts = (state: string, earlyExit: EarlyExit | undefined): GuardFacts => ({
  ...{ law, today, aboutRef: '7', unit: 'human-resources', subjectKind: null, filled: {}, opened: null, served: new Map() },
  ...{ record: { ...RECORD, state }, earlyExit, barredUntil: null, openConfirmations: 0 },
})
const answer = (state: string, exit: EarlyExit | undefined): string => {
  const verdict = firstUnmet(['record-left-early'], facts(state, exit), 'gbf-2020-49#四')
  return verdict.ok ? 'met' : verdict.code
}

const ROWS = [
  ['it left early, and its term runs on', 'removed', EXIT, 'met'],
  ['its list names no term', 'removed', { ...EXIT, until: null }, 'met'],
  ['its term is over', 'removed', { ...EXIT, until: day('2026-12-08') }, 'list.term-over'],
  ['it is the last day of its term', 'removed', { ...EXIT, until: today }, 'list.term-over'],
  ['it never left early', 'removed', undefined, 'list.not-left-early'],
  ['it stands', 'standing', EXIT, 'list.not-left-early'],
  ['it was annulled: it never should have been', 'annulled', EXIT, 'list.not-left-early'],
  ['it was repaired', 'repaired', EXIT, 'list.not-left-early'],
] as const
for (const [what, state, exit, expected] of ROWS)
  test(`M215 · M264 · put back on a list: ${what} · ${expected}`, () => assert.equal(answer(state, exit), expected))

test('M215 · a listing that goes on ends on the day on which it would have ended, whenever it is put back', () => {
  const filled = { ground: 'wage-arrears:mass-incident', [LISTED_ON]: '2026-12-01' }
  const until = addMonths(day('2026-12-01'), 36)
  for (const on of ['2026-12-09', '2027-07-01', '2029-11-30', '2029-12-01'].map(day)) {
    const span = spanOf({ named: 'list-term' }, { law, today: on, filled, aboutRef: 'wage-arrears' })
    assert.ok(span)
    const ends = new Date(Date.parse(on) + span.count * 86_400_000).toISOString().slice(0, 10)
    assert.deepEqual([span.unit, ends], ['calendar', until])
  }
  const anew = spanOf({ named: 'list-term' }, { law, today, filled: { ground: filled.ground }, aboutRef: 'wage-arrears' })
  assert.deepEqual(anew, { count: 36, unit: 'months' })
})
