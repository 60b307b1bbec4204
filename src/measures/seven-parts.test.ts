import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { SubjectId } from '../base/id.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { openTestGround, type TestMeasure } from './testing-measure.ts'

// A measure that lacks one of its seven parts cannot be built: the table refuses it, whoever writes and whatever the code forgot (principle 5).

let t: TestApp
let own: TestMeasure
let others: TestMeasure
before(async () => {
  t = await openTestApp({ now: new Date('2026-06-16T04:00:00Z') })
  const subjects = await openTestSubjects(t.app, [
    { name: '澜川七样示例一有限公司', uscc: inventedUscc('enterprise', 7801) },
    { name: '澜川七样示例二有限公司', uscc: inventedUscc('enterprise', 7802) },
  ])
  own = await openTestGround(t.app, subjects[0] as SubjectId)
  others = await openTestGround(t.app, subjects[1] as SubjectId)
})
after(() => t.close())

const whole = (): Record<string, unknown> => ({
  ...{ subject_id: own.subjectId, case_id: own.caseId, number: 'CS1', measure: 'm01-11', act_id: 0 },
  ...{ record_id: own.recordId, decided_on: '2026-06-01' },
  statutes: ['wage#48'],
  ...{ body: 'approval', initiator: 'human-resources' },
  ...{ officer: 'account:1', confirmed_by: 'account:2' },
  ...{ notice_id: own.noticeId, served_on: '2026-06-08', answer_until: '2026-06-15', from_day: '2026-06-16' },
  ...{ term: 'day', until_day: '2027-06-16', until_event: null, review_on: '2027-01-16' },
  remedies: ['reconsideration', 'suit'],
})

/** The constraint that refuses the row; null: it is taken. */
async function refusedBy(changes: Record<string, unknown>): Promise<string | null> {
  const row = { ...whole(), ...changes }
  const columns = Object.keys(row)
  const text = `insert into measure (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`
  const [end] = await Promise.allSettled([t.app.changes.run({ text, values: Object.values(row) })])
  if (end?.status !== 'rejected') return null
  const { constraint, column } = end.reason as { constraint?: string; column?: string }
  return constraint ?? `${column} is null`
}

const REFUSED: readonly (readonly [part: string, changes: () => Record<string, unknown>, by: string])[] = [
  ['its ground', () => ({ record_id: null }), 'record_id is null'],
  ['its ground: a record that is not there', () => ({ record_id: 1 }), 'measure_ground'],
  ['its ground: another subject’s record', () => ({ record_id: others.recordId }), 'measure_ground'],
  ['its statute', () => ({ statutes: null }), 'statutes is null'],
  ['its statute: an empty list', () => ({ statutes: [] }), 'measure_statute'],
  ['its statute: an empty name', () => ({ statutes: [''] }), 'measure_statute'],
  ['its body', () => ({ body: null }), 'body is null'],
  ['its body: an empty name', () => ({ body: '' }), 'measure_body'],
  ['its officer', () => ({ officer: null }), 'officer is null'],
  ['its officer: an empty name', () => ({ officer: '' }), 'measure_officer'],
  ['who confirmed it', () => ({ confirmed_by: null }), 'confirmed_by is null'],
  ['a second person', () => ({ confirmed_by: 'account:1' }), 'measure_officer'],
  ['its notice', () => ({ notice_id: null }), 'notice_id is null'],
  ['its notice: another subject’s letter', () => ({ notice_id: others.noticeId }), 'measure_notice'],
  ['the day on which the notice was served', () => ({ served_on: null }), 'served_on is null'],
  ['the time to answer', () => ({ answer_until: null }), 'answer_until is null'],
  ['the time to answer: not over yet', () => ({ answer_until: '2026-06-16' }), 'measure_heard'],
  ['the time to answer: over before the service', () => ({ answer_until: '2026-06-07' }), 'measure_heard'],
  ['its end', () => ({ term: null }), 'term is null'],
  ['its end: no day', () => ({ until_day: null }), 'measure_term'],
  ['its end: no event', () => ({ term: 'event', until_day: null, until_event: '' }), 'measure_term'],
  ['its end: a word that stands for none', () => ({ term: 'for-ever' }), 'measure_term'],
  ['its end: for life, and until a day', () => ({ term: 'life' }), 'measure_term'],
  ['its end: before it began', () => ({ until_day: '2026-06-15' }), 'measure_term_after'],
  ['its review', () => ({ review_on: null }), 'review_on is null'],
  ['its review: not after it began', () => ({ review_on: '2026-06-16' }), 'measure_review'],
  ['its remedy', () => ({ remedies: null }), 'remedies is null'],
  ['its remedy: one of the two', () => ({ remedies: ['suit'] }), 'measure_remedy'],
]

for (const [part, changes, by] of REFUSED)
  test(`principle 5 · the database refuses a measure without ${part}`, async () => {
    assert.equal(await refusedBy(changes()), by)
  })

test('principle 5 · with all seven it is taken, once', async () => {
  assert.equal(await refusedBy({}), null)
  assert.equal(await refusedBy({}), 'measure_key')
})

test('principle 5 · nobody’s program changes or deletes a measure', async () => {
  for (const text of ['update measure set until_day = null', 'delete from measure', 'delete from measure_end']) {
    const [end] = await Promise.allSettled([t.app.changes.run({ text })])
    assert.ok(end?.status === 'rejected', text)
    assert.equal((end.reason as { code?: string }).code, '42501', text)
  }
})
