import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { ROOT } from '../base/root.ts'
import type { Law } from './law.ts'
import { openLaw } from './load.ts'

let law: Law
before(() => {
  law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
})

test('M461 · every national item stands in exactly one class that a subject may grant; what a city adds in none', () => {
  const granted = [...law.authorisableClasses.values()].flatMap(one => one.items)
  const national = [...law.itemEditions.values()].filter(one => one.origin === 'national').map(one => one.item)
  assert.deepEqual(granted.sort(), [...new Set(national)].sort())
})

test('PIPL 29 · what is sensitive about persons, and every record of arrears, is consented to apart', () => {
  const apart = [...law.authorisableClasses.values()].filter(one => one.sensitive?.subjects.includes('natural-person'))
  assert.deepEqual(
    apart.map(one => one.id),
    ['penalties', 'payments'],
  )
  assert.deepEqual(
    apart.map(one => one.sensitive?.subjects.includes('enterprise')),
    [false, true],
  )
})

test('PIPL 13, 14 · every purpose names its legal reason and who may ask; no term is longer than a year', () => {
  for (const purpose of law.authorisationPurposes.values())
    assert.ok(
      purpose.basis.some(basis => basis === 'pipl#13'),
      purpose.id,
    )
  assert.ok(law.authorisationLimits.longestDays <= 365)
  assert.equal(law.authorisationLimits.usualDays, 90)
})
