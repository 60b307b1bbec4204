import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { disclose } from './disclose.ts'
import { AUDIENCES, type Audience, type DisclosedRecord, type Disclosure, type DisclosureContext } from './model.ts'
import { OUTLETS } from './outlets.ts'
import {
  byAuthorisation,
  ID_NUMBER,
  itemOf,
  law,
  licence,
  listing,
  penalty,
  read,
  recordOf,
  sharedOnly,
  sourced,
} from './testing-records.ts'

const TODAY = day('2026-11-21')
const looked: DisclosureContext = {
  day: TODAY,
  purpose: '行政许可审查',
  window: { from: day('2023-11-20'), to: day('2026-11-20') },
}
const ask = (record: DisclosedRecord, audience: Audience, context: Partial<DisclosureContext> = {}): Disclosure =>
  disclose(law, record, audience, { ...looked, ...context })
const said = (answer: Disclosure): string =>
  answer.shown
    ? `shown ${answer.marks.join('+')}`
    : `hidden ${answer.because[0]?.code}${answer.waits ? ` (waits ${answer.waits})` : ''}`

const rows: readonly (readonly [string, Partial<DisclosedRecord>, Audience, string])[] = [
  ['M098 · a general penalty within its period is on the portal', {}, 'public', 'shown displayed'],
  ['M098 · and in the public report', {}, 'public-report', 'shown displayed'],
  ['M098 · past its period it is on the portal no more', { decidedOn: day('2025-11-20') }, 'public', 'hidden publication.over'],
  ['ndrc-36 · a minor penalty is not on the portal', { gravity: 'minor' }, 'public', 'hidden publication.hidden-minor'],
  ['ndrc-2025-565 · a minor penalty is in the special report', { gravity: 'minor' }, 'special-report', 'shown '],
  ['ndrc-36 · a minor penalty is in the own account', { gravity: 'minor' }, 'subject', 'shown '],
  [
    'M148 · a repaired penalty is not in the special report',
    { state: 'repaired' },
    'special-report',
    'hidden disclosure.repaired',
  ],
  ['ndrc-36 · a repaired penalty is not on the portal', { state: 'repaired' }, 'public', 'hidden disclosure.repaired'],
  ['M148 · the subject sees its repaired penalty with its mark', { state: 'repaired' }, 'subject', 'shown repaired'],
  ['apl#48 · an annulled penalty is not on the portal', { state: 'annulled' }, 'public', 'hidden disclosure.annulled'],
  ['apl#48 · nor in a check', { item: listing, state: 'annulled' }, 'officer', 'hidden disclosure.annulled'],
  ['invariant 3 · a corrected version is history', { state: 'corrected' }, 'public', 'hidden disclosure.corrected'],
  [
    'ndrc-36 · a suspended record is used by nobody',
    { item: listing, state: 'suspended' },
    'officer',
    'hidden disclosure.suspended',
  ],
  ['invariant 3 · a contested record carries its mark', { contested: true }, 'public', 'shown displayed+contested'],
  [
    'M099 · a natural person is not on the portal',
    { subjectKind: 'natural-person' },
    'public',
    'hidden publication.natural-person',
  ],
  [
    'M149 · the special report is about organisations',
    { subjectKind: 'natural-person' },
    'special-report',
    'hidden publication.natural-person',
  ],
  ['M143 · the special report holds violations only', { item: licence }, 'special-report', 'hidden special-report.no-violation'],
  [
    'M144 · what was decided today is outside the window',
    { decidedOn: TODAY },
    'special-report',
    'hidden special-report.outside-window',
  ],
  [
    'M144 · so is what is older than the window',
    { decidedOn: day('2023-11-19') },
    'special-report',
    'hidden special-report.outside-window',
  ],
  ['M144 · both days of the window count', { decidedOn: day('2023-11-20') }, 'special-report', 'shown '],
  [
    'M144 · an older listing still in force counts',
    {
      item: itemOf({ nature: 'listing', publication: { rule: 'while-listed', termMonths: null, ...sourced } }),
      decidedOn: day('2020-01-01'),
    },
    'special-report',
    'shown in-force',
  ],
  [
    'M148 · a listing that was removed does not',
    { item: listing, removedOn: day('2026-08-01') },
    'special-report',
    'hidden special-report.removed',
  ],
  [
    'M139 · apl#33 · an exempted act is no violation',
    { penaltyKinds: ['其他-不予行政处罚'] },
    'special-report',
    'hidden publication.no-penalty',
  ],
  ['M218 · a check shows the list in force', { item: listing }, 'officer', 'shown in-force'],
  ['M218 · of a person too', { item: listing, subjectKind: 'natural-person' }, 'officer', 'shown in-force'],
  [
    'M218 · a list that ended is not in force',
    { item: listing, decidedOn: day('2023-01-01') },
    'officer',
    'hidden check.not-in-force',
  ],
  ['M218 · a penalty is no list', {}, 'officer', 'hidden check.no-listing'],
  [
    'M098 · without a class it waits',
    { gravity: null, fineYuan: null },
    'public',
    'hidden publication.waits-gravity (waits gravity)',
  ],
  ['M033 · 政务共享 is not on the portal', { item: sharedOnly }, 'public', 'hidden disclosure.mode-government'],
  ['M033 · 政务共享 is in the archive', { item: sharedOnly }, 'archive', 'shown displayed'],
  [
    'M033 · 授权查询 is not in the archive without authorisation',
    { item: byAuthorisation },
    'archive',
    'hidden disclosure.mode-authorised',
  ],
  ['M033 · the subject sees its own', { item: byAuthorisation }, 'subject', 'shown displayed'],
]
for (const [title, given, audience, answer] of rows) test(title, () => assert.equal(said(ask(recordOf(given), audience)), answer))

test('pipl#34 · an officer without a purpose sees nothing; with an authorisation on the look, 授权查询 items too', () => {
  for (const audience of ['officer', 'archive'] as const)
    assert.equal(said(ask(recordOf({ item: listing }), audience, { purpose: null })), 'hidden disclosure.purpose-missing')
  assert.equal(ask(recordOf({ item: byAuthorisation }), 'archive', { authorised: true }).shown, true)
})

test('M099 · the public sees public columns, masked; no ID number is in full to anyone, free text included', () => {
  const open = ask(recordOf({}), 'public')
  assert.ok(open.shown)
  assert.deepEqual(
    open.fields.map(it => it.code),
    ['MC', 'WSH', 'RQ', 'FR', 'ZJHM', 'SS'],
  )
  assert.notEqual(open.fields.find(it => it.code === 'FR')?.value, '欧阳测试')
  assert.match(open.fields.find(it => it.code === 'SS')?.value ?? '', /罚款50000元/)
  const archived = ask(recordOf({}), 'archive')
  assert.ok(archived.shown)
  assert.equal(archived.fields.find(it => it.code === 'FR')?.value, '欧阳测试')
  assert.equal(
    archived.fields.some(it => it.code === 'BZ'),
    true,
  )
  for (const audience of AUDIENCES)
    assert.equal(
      JSON.stringify(ask(recordOf({ item: audience === 'officer' ? listing : penalty }), audience)).includes(ID_NUMBER),
      false,
    )
})

test('a sealed value never leaves as ciphertext', () => {
  const answer = ask(recordOf({ fields: { ZJHM: 'sealed:bm90IGZvciBldmVyeW9uZQ==' } }), 'archive')
  assert.equal(JSON.stringify(answer).includes('bm90'), false)
})

test('a special report without its window is a mistake of the program', () => {
  assert.throws(() => disclose(law, recordOf({}), 'special-report', { day: TODAY }), RangeError)
})

test('every reason has its sentence, and a sentence that names an article has one to name', () => {
  const words = read('../../words/parts/disclosure.yaml') as Record<string, string>
  for (const [, given, audience] of rows) {
    for (const reason of ask(recordOf(given), audience).because) {
      assert.ok(words[reason.code], reason.code)
      if (words[reason.code]?.includes('{article}')) assert.ok(reason.basis, reason.code)
      for (const [, fact] of (words[reason.code] ?? '').matchAll(/\{(\w+)\}/g))
        assert.ok(fact === 'article' || reason.facts[fact ?? ''] != null, `${reason.code} ${fact}`)
    }
  }
})

test('the outlets: every audience has one, what reads the archive registers its look, what reads pub does not', () => {
  assert.deepEqual([...new Set(OUTLETS.map(it => it.audience))].sort(), [...AUDIENCES].sort())
  for (const outlet of OUTLETS) assert.equal(outlet.registersLook, outlet.reads === 'archive', outlet.outlet)
  for (const outlet of OUTLETS) if (outlet.door === 'portal') assert.notEqual(outlet.reads, 'archive', outlet.outlet)
  assert.equal(new Set(OUTLETS.map(it => it.outlet)).size, OUTLETS.length)
  assert.equal(OUTLETS.find(it => it.outlet === 'check')?.audience, 'officer')
})
