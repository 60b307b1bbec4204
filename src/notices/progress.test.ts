import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Day, day } from '../base/day.ts'
import { ROOT } from '../base/root.ts'
import { openLaw } from '../law/load.ts'
import type { Channel, NoticeTemplate } from '../law/notice-model.ts'
import type { Outcome, ServiceEntry } from './model.ts'
import { nextSteps, provenBy } from './progress.ts'

const law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
const template = (id: string): NoticeTemplate => law.notices.get(id)?.at(-1) as NoticeTemplate
type Told = readonly [channel: Channel, outcome: Outcome, on?: string]
const entry = ([channel, outcome, on = '2026-11-20']: Told): ServiceEntry => ({
  serial: `N1-${channel}-1`,
  channel,
  outcome,
  at: new Date(`${on}T04:00:00Z`),
  onDay: day(on),
  actor: 'system',
  reason: null,
})
const PLACED: readonly Told[] = [
  ['account', 'placed'],
  ['sms', 'queued'],
  ['email', 'queued'],
]

// A letter of Friday 2026-11-20; the fourth working day after it is Thursday the 26th.
const rows: readonly (readonly [letter: string, today: string, told: readonly Told[], steps: string])[] = [
  ['listing-decision', '2026-11-20', PLACED, ''],
  ['listing-decision', '2026-11-25', PLACED, ''],
  ['listing-decision', '2026-11-26', PLACED, 'try post'],
  ['listing-decision', '2026-11-26', [...PLACED, ['post', 'queued']], ''],
  ['listing-decision', '2027-01-05', [...PLACED, ['post', 'queued'], ['post', 'sent']], ''],
  ['listing-decision', '2026-12-10', [...PLACED, ['post', 'queued'], ['post', 'returned', '2026-12-10']], 'try publication'],
  ['listing-decision', '2026-12-10', [...PLACED, ['post', 'queued'], ['post', 'refused', '2026-12-10']], 'try publication'],
  [
    'listing-decision',
    '2027-01-11',
    [...PLACED, ['post', 'returned'], ['publication', 'queued'], ['publication', 'published', '2026-12-12']],
    'served 2027-01-11 published',
  ],
  [
    'listing-decision',
    '2027-01-10',
    [...PLACED, ['post', 'returned'], ['publication', 'queued'], ['publication', 'published', '2026-12-12']],
    '',
  ],
  ['repair-granted', '2026-11-24', PLACED, ''],
  ['repair-granted', '2026-11-25', PLACED, 'served 2026-11-25 deemed'],
  // Late by a week, it counts from its day all the same.
  ['repair-granted', '2026-12-02', PLACED, 'served 2026-11-25 deemed'],
  ['objection-transfer', '2026-12-30', [['console', 'placed']], ''],
]
for (const [letter, today, told, steps] of rows)
  test(`M209 · ${letter} on ${today} after ${told.map(one => one.slice(0, 2).join(' ')).join(', ')}: ${steps || 'nothing'}`, () => {
    const asked = {
      calendar: law.calendar,
      today: day(today),
      head: { madeOn: day('2026-11-20'), servedOn: null as Day | null },
      entries: told.map(entry),
    }
    const found = nextSteps(template(letter), asked).map(one =>
      one.step === 'served' ? `served ${one.on} ${one.because}` : `try ${one.channel}`,
    )
    assert.equal(found.join(', '), steps)
    assert.deepEqual(nextSteps(template(letter), { ...asked, head: { ...asked.head, servedOn: day('2026-11-21') } }), [])
  })

test('principle 7 · beyond the last holiday notice no working day is guessed: nothing is due', () => {
  const head = { madeOn: day('2026-12-30'), servedOn: null }
  for (const letter of ['listing-decision', 'repair-granted'])
    assert.deepEqual(
      nextSteps(template(letter), { calendar: law.calendar, today: day('2027-03-01'), head, entries: PLACED.map(entry) }),
      [],
      letter,
    )
})

const proofs: readonly (readonly [Channel, Outcome, boolean])[] = [
  ['account', 'opened', true],
  ['account', 'placed', false],
  ['post', 'delivered', true],
  ['post', 'sent', false],
  ['post', 'printed', false],
  ['post', 'returned', false],
  ['hand', 'delivered', true],
  ['hand', 'refused', false],
  ['sms', 'sent', false],
  ['email', 'sent', false],
  ['publication', 'published', false],
]
for (const [channel, outcome, isProof] of proofs)
  test(`M209 · ${channel} ${outcome} ${isProof ? 'proves' : 'does not prove'} that a decision was received`, () => {
    assert.equal(provenBy(template('listing-decision'), { channel, outcome, onDay: day('2026-11-21') }) !== null, isProof)
  })
