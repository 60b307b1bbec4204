import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, day } from '../base/day.ts'
import {
  divisionName,
  divisionPath,
  INVENTED_PREFIX,
  isAssignedProvince,
  isFormerDivision,
  isKnownDivision,
  listDivisions,
  PROVINCES,
  TAIWAN_RESIDENT_PREFIX,
} from './division.ts'
import vectors from './identifier-vectors.json' with { type: 'json' }
import { inventedResidentId } from './invented.ts'
import { parsePersonDocument, personDocumentKind } from './person-document.ts'
import { hasRegistrationCheck, parseRegistrationNumber, registrationCheck } from './registration-number.ts'
import { ageOn, birthOf, isMinorOn, isResidentId, lengthenResidentId, makeResidentId, parseResidentId } from './resident-id.ts'

const ON = day('2026-11-20')
const OPTIONS = { on: ON, inventedPrefixes: [INVENTED_PREFIX] }

function outcome(text: string): string {
  const read = parseResidentId(text, OPTIONS)
  return read.ok ? read.value.id : read.code
}

const some = inventedResidentId(17, day('1990-02-28'))
const rows = [
  ['the example of the standard', '11010519491231002X', '11010519491231002X'],
  ['a small x', '11010519491231002x', '11010519491231002X'],
  ['the second example', '440524188001010014', '440524188001010014'],
  ['spaces between groups', `${some.slice(0, 6)} ${some.slice(6, 14)} ${some.slice(14)}`, some],
  ['fifteen digits, lengthened', '110105491231002', '11010519491231002X'],
  ['a wrong check character', '110105194912310021', 'resident-id.check-digit'],
  ['the thirtieth of February', '110105199002300017', 'resident-id.birth-date'],
  ['a province nobody assigned', '991234199001010010', 'resident-id.division-unknown'],
  ['zeros', '000000000000000000', 'resident-id.placeholder'],
  ['seventeen digits', '11010519491231002', 'resident-id.length'],
  ['a letter inside', '1101051949123A002X', 'resident-id.character'],
  ['a rounded number', '1.10105E+17', 'resident-id.spreadsheet-number'],
] as const
for (const [what, text, wanted] of rows) test(`M053 · ${what} → ${wanted}`, () => assert.equal(outcome(text), wanted))

test('M053 · a birth date after the day of reading is refused, on the day it is not', () => {
  const born = makeResidentId('860101', ON, 1)
  assert.equal(outcome(born), born)
  assert.equal(outcome(makeResidentId('860101', addDays(ON, 1), 1)), 'resident-id.birth-date-future')
})

test('M053 · a refusal carries no digit of the number', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{15,18}$/), text => {
      const read = parseResidentId(text, OPTIONS)
      assert.ok(read.ok || Object.keys(read.facts).every(key => key === 'length'))
    }),
  )
})

test('M053 · residence permits of Hong Kong, Macao and Taiwan residents are read like ID numbers', () => {
  for (const division of ['810000', '820000', '830000']) {
    const id = makeResidentId(division, day('1985-03-04'), 5)
    assert.equal(outcome(id), id)
  }
})

test('M053 · an old number is lengthened as the standard says', () => {
  for (const { old, now } of vectors.residentIdsLengthened) assert.equal(lengthenResidentId(old), now)
  assert.equal(lengthenResidentId('110105000101997')?.slice(6, 10), '1800')
})

const ages = [
  ['2008-11-20', '2026-11-19', 17, true],
  ['2008-11-20', '2026-11-20', 18, false],
  ['2008-02-29', '2026-02-28', 17, true],
  ['2008-02-29', '2026-03-01', 18, false],
  ['1949-12-31', '2026-11-20', 76, false],
] as const
for (const [birth, on, age, minor] of ages) {
  test(`M057 民法典17 · born ${birth}, on ${on}: ${age} years, ${minor ? 'a minor' : 'of age'}`, () => {
    assert.equal(ageOn(day(birth), day(on)), age)
    assert.equal(isMinorOn(day(birth), day(on)), minor)
  })
}

test('M053 · made numbers are read back with their birth day, and found by the detector', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 999 }), (days, sequence) => {
      const birth = addDays(day('1910-01-01'), days)
      const id = makeResidentId('860105', birth, sequence)
      assert.equal(outcome(id), id)
      assert.equal(birthOf(id), birth)
      assert.ok(isResidentId(id))
    }),
  )
})

test('decision 2 · the invented prefix is no division, present or former, and no neighbour of one', () => {
  for (const { code } of listDivisions()) assert.ok(!code.startsWith(INVENTED_PREFIX), code)
  assert.ok(!PROVINCES.has(INVENTED_PREFIX))
  assert.notEqual(INVENTED_PREFIX, TAIWAN_RESIDENT_PREFIX)
  for (const taken of ['10', '71', '81', '82', '83']) assert.notEqual(INVENTED_PREFIX, taken)
  assert.ok(!INVENTED_PREFIX.startsWith('9') && !INVENTED_PREFIX.startsWith('0'))
})

test('decision 2 · an invented ID number is refused where the city does not lend the prefix', () => {
  const read = parseResidentId(some, { on: ON })
  assert.equal(!read.ok && read.code, 'resident-id.division-unknown')
})

test('decision 2 · invented people have numbers of their own', () => {
  const birth = day('1976-06-06')
  const ids = new Set(Array.from({ length: 5000 }, (_, n) => inventedResidentId(n, birth)))
  assert.equal(ids.size, 5000)
})

test('M052 · former divisions are known, so that old codes pass; an unknown county is not', () => {
  assert.ok(isKnownDivision('330104') && isFormerDivision('330104'))
  assert.ok(isKnownDivision('320903') && !isFormerDivision('320903'))
  assert.ok(isKnownDivision('510202'), 'Chongqing before 1997 stood in Sichuan')
  assert.ok(!isKnownDivision('345678') && isAssignedProvince('345678'))
  assert.equal(divisionName('330104'), '江干区')
  assert.deepEqual(divisionPath('320903'), ['江苏省', '盐城市', '盐都区'])
  assert.ok([...listDivisions()].length > 7000)
})

test('M052 · registration numbers of GS 15-2006 pass, wrong ones warn, nothing real is refused', () => {
  for (const code of vectors.registrationNumbers) {
    const read = parseRegistrationNumber(code)
    assert.deepEqual(read.ok && read.value.warnings, [], code)
  }
  for (const { code, lastShouldBe } of vectors.registrationNumbersWrong) {
    assert.equal(registrationCheck(code.slice(0, 14)), lastShouldBe)
    assert.ok(!hasRegistrationCheck(code))
    const read = parseRegistrationNumber(code)
    assert.equal(read.ok && read.value.warnings[0]?.code, 'registration-number.check-digit')
  }
  const forms = ['110105NA000123X', '3302001234567', '企合苏总字第001234号']
  assert.deepEqual(
    forms.map(form => {
      const read = parseRegistrationNumber(form)
      return read.ok && read.value.warnings.map(one => one.code)
    }),
    [[], ['registration-number.form'], ['registration-number.form']],
  )
  const none = parseRegistrationNumber('000000000000000')
  assert.equal(!none.ok && none.code, 'registration-number.placeholder')
})

const documents = [
  ['passport', 'E12345678', true],
  ['passport', 'ea1234567', true],
  ['passport', '无', false],
  ['hong-kong-macao-permit', 'H12345678', true],
  ['hong-kong-macao-permit', 'H1234567801', true],
  ['hong-kong-macao-permit', 'X12345678', false],
  ['taiwan-permit', '12345678', true],
  ['taiwan-permit', '1234567801（B）', true],
  ['taiwan-permit', '1234567', false],
  ['foreign-permanent-residence', 'USA110012345678', true],
  ['foreign-permanent-residence', '123', false],
] as const
for (const [kind, text, good] of documents) {
  test(`M055 双公示 证件类型 · ${kind} ${text} is ${good ? 'read' : 'refused'}`, () => {
    assert.equal(parsePersonDocument(kind, text, OPTIONS).ok, good)
  })
}

test('M055 双公示 证件类型 · kinds are named by code, name or short form', () => {
  assert.deepEqual(['1', '护照号', '台胞证', '营业执照'].map(personDocumentKind), [
    'resident-id',
    'passport',
    'taiwan-permit',
    null,
  ])
})
