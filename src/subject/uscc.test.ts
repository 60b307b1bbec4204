import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { day } from '../base/day.ts'
import { INVENTED_PREFIX } from './division.ts'
import vectors from './identifier-vectors.json' with { type: 'json' }
import { inventedUscc, type OrganisationKind } from './invented.ts'
import { kindFromName, kindOf } from './kind.ts'
import { hasOrganisationCheck, parseOrganisationCode, printOrganisationCode } from './organisation-code.ts'
import { makeResidentId } from './resident-id.ts'
import { hintsOfTaxNumber, hintsOfUscc, parseTaxNumber } from './tax-number.ts'
import { hasUsccCheck, isNoCodeYet, makeUscc, organisationCodeOf, parseUscc, USCC_ALPHABET, type Uscc } from './uscc.ts'
import { DEPARTMENTS } from './uscc-structure.ts'

const LENT = { inventedPrefixes: [INVENTED_PREFIX] }
const GOOD = '91440300708461136T'

function outcome(text: string): string {
  const read = parseUscc(text, LENT)
  return read.ok ? ['ok', ...read.value.warnings.map(one => one.code)].join(' ') : read.code
}

test('M051 · every code of the public registers passes without a warning, GB 32100 and GB 11714 inside', () => {
  for (const code of vectors.usccValid) {
    // A development zone registers under a number of its own that GB/T 2260 does not hold.
    assert.equal(outcome(code), code.startsWith('91110302') ? 'ok uscc.division-unlisted' : 'ok', code)
    assert.ok(hasOrganisationCheck(code, 8), code)
    assert.ok(parseOrganisationCode(organisationCodeOf(code as Uscc)).ok)
  }
})

const rows = [
  ['a wrong check digit', '91440300708461136X', 'uscc.check-digit'],
  ['neighbours exchanged', '91440300708461163T', 'uscc.check-digit'],
  ['seventeen characters', '91440300708461136', 'uscc.length'],
  ['a space behind', `${GOOD} `, 'ok'],
  ['spaces and hyphens inside', '91440300-70846113-6 T', 'ok'],
  ['lower case', '91440300708461136t', 'ok'],
  ['full width', '９１４４０３００７０８４６１１３６Ｔ', 'ok'],
  ['the letter O for zero', '9144O300708461136T', 'ok'],
  ['the letter I for one', '9I440300708461136T', 'ok'],
  ['a leading quote', `'${GOOD}`, 'ok'],
  ['a zero-width space inside', `9144\u200b0300708461136T`, 'ok'],
  ['the letter Z', '91440300708461136Z', 'uscc.character'],
  ['the letter S', '91440300708461136S', 'uscc.character'],
  ['all zeros', '000000000000000000', 'uscc.placeholder'],
  ['the stand-in of a sole trader', '00000000000000000X', 'uscc.placeholder'],
  ['all ones', '111111111111111111', 'uscc.placeholder'],
  ['digits in order, which pass the outer check', '123456789012345678', 'uscc.placeholder'],
  ['a registration number', '440300708461136', 'uscc.registration-number-in-column'],
  ['an organisation code', '71526726-X', 'uscc.organisation-code-in-column'],
  ['a letter where the division stands', '91A40300708461136T', 'uscc.division-not-digits'],
  ['a department that does not exist', 'B1440300708461136T', 'uscc.check-digit'],
  ['a wrong inner digit', '91111111111111111W', 'ok uscc.inner-digit uscc.division-unlisted'],
  ['a number rounded by a spreadsheet', '9.14403E+17', 'uscc.spreadsheet-number'],
  ['a number whose last digits a spreadsheet lost', '914403001922038000', 'uscc.spreadsheet-number'],
  ['nothing', '', 'uscc.length'],
] as const
for (const [what, text, wanted] of rows) test(`M051 · ${what} → ${wanted}`, () => assert.equal(outcome(text), wanted))

test('M052 · a code of a former division passes without a warning', () => {
  assert.equal(outcome(makeUscc('9', '1', '330104', 'MA27XKBA')), 'ok')
})

test('M051 · what was changed in a code is told, and nothing when nothing was', () => {
  const read = parseUscc(' ９144o300708461136t')
  assert.deepEqual(read.ok && [...read.value.tidied].sort(), ['full-width', 'letter-o', 'spaces', 'upper-case'])
  const plain = parseUscc(GOOD)
  assert.deepEqual(plain.ok && plain.value.tidied, [])
})

test('M055 · the stand-in of a sole trader is told apart from zeros', () => {
  const [none, zeros] = [parseUscc('0000 0000000000000x'), parseUscc('000000000000000000')]
  assert.equal(!none.ok && none.facts.kind, 'no-code-yet')
  assert.equal(!zeros.ok && zeros.facts.kind, 'filler')
  assert.ok(isNoCodeYet('00000000000000000x') && !isNoCodeYet('000000000000000000'))
})

test('M051 · an unknown category is kept with a warning, an unknown department is refused', () => {
  assert.equal(outcome(makeUscc('5', '4', '110105', 'ME123456')), 'ok uscc.category-unknown')
  const unknown = `21110000${'MA01ABCD'}`.replace('2', 'B')
  const first17 = `${unknown.slice(0, 16)}0`
  const last = [...USCC_ALPHABET].find(one => hasUsccCheck(first17 + one))
  assert.equal(outcome(`${first17}${last}`), 'uscc.structure')
})

test('M051 · the person in the column: an ID number is refused and stands in no fact', () => {
  const birth = day('1949-12-31')
  for (let n = 1; n < 400; n++) {
    const id = makeResidentId('110105', birth, n)
    const read = parseUscc(id, LENT)
    assert.equal(read.ok ? 'ok' : read.code, 'uscc.person-id-in-column', id)
    assert.ok(!read.ok && Object.keys(read.facts).length === 0)
  }
  assert.equal(outcome('110105491231002'), 'uscc.person-id-in-column')
  // A mistyped one is refused as a code, with the mark that its value may be personal.
  const mistyped = parseUscc('110105194912310021', LENT)
  assert.ok(!mistyped.ok && (mistyped.facts.personal === true || mistyped.code === 'uscc.person-id-in-column'))
})

test('M052 · invented codes are refused where the city does not lend the prefix', () => {
  const code = inventedUscc('enterprise', 1)
  assert.ok(code.startsWith('91860100'))
  assert.equal(outcome(code), 'ok')
  const read = parseUscc(code, { inventedPrefixes: [] })
  assert.equal(!read.ok && read.code, 'uscc.division-unknown')
})

const body = fc.string({ unit: fc.constantFrom(...USCC_ALPHABET), minLength: 8, maxLength: 8 })
const parts = fc.record({
  head: fc.constantFrom(
    ...Object.entries(DEPARTMENTS).flatMap(([one, { categories }]) => Object.keys(categories).map(two => one + two)),
  ),
  division: fc.constantFrom('110105', '330104', '860100', '650100', '100000'),
  body,
})
const made = ({ head, division, body: eight }: { head: string; division: string; body: string }) =>
  makeUscc(head[0] ?? '', head[1] ?? '', division, eight)

test('M051 · what is made is read back, however it is typed', () => {
  fc.assert(
    fc.property(parts, part => {
      const code = made(part)
      for (const typed of [code, code.toLowerCase(), ` ${code.slice(0, 8)} ${code.slice(8)}\u3000`]) {
        const read = parseUscc(typed, LENT)
        // An invented body may be an ID number too; then, and only then, a refusal is right.
        if (read.ok) assert.equal(read.value.uscc, code)
        else assert.equal(read.code, 'uscc.person-id-in-column')
      }
    }),
  )
})

test('M051 · one exchanged character is always noticed', () => {
  fc.assert(
    fc.property(parts, fc.nat(17), fc.constantFrom(...USCC_ALPHABET), (part, at, other) => {
      const code = made(part)
      fc.pre(code[at] !== other)
      const read = parseUscc(code.slice(0, at) + other + code.slice(at + 1), LENT)
      assert.ok(!read.ok)
    }),
  )
})

test('M052 · old numbers are linked by the organisation code inside the new one', () => {
  assert.deepEqual(
    hintsOfUscc(GOOD as Uscc).map(hint => hint.value),
    ['708461136', '440300708461136'],
  )
  const old = parseTaxNumber('440300708461136')
  assert.deepEqual(old.ok && hintsOfTaxNumber(old.value.value), [{ kind: 'organisation-code', value: '708461136' }])
  const now = parseTaxNumber(GOOD)
  assert.deepEqual(now.ok && hintsOfTaxNumber(now.value.value), [{ kind: 'uscc', value: GOOD }])
  const personal = parseTaxNumber(`${makeResidentId('860101', day('1980-05-06'), 7)}01`)
  assert.equal(!personal.ok && personal.code, 'tax-number.person-id')
})

test('M052 · organisation codes: the standards own examples pass, one other character does not', () => {
  for (const code of vectors.organisationCodes) {
    const read = parseOrganisationCode(code)
    assert.equal(read.ok && printOrganisationCode(read.value.value), code)
  }
  const wrong = parseOrganisationCode('71526726-1')
  assert.equal(!wrong.ok && wrong.code, 'organisation-code.check-digit')
})

test('M058 · code and name tell the kind of subject', () => {
  const kinds: readonly (readonly [OrganisationKind, string])[] = [
    ['enterprise', '甲市乙贸易有限公司'],
    ['branch', '甲市乙贸易有限公司丙分公司'],
    ['sole-trader', '甲市乙面馆'],
    ['co-operative', '甲市乙水稻种植专业合作社'],
    ['public-institution', '甲市第一中学'],
    ['social-organisation', '甲市乙行业协会'],
    ['government-body', '甲市水利局'],
  ]
  for (const [kind, name] of kinds) assert.equal(kindOf(inventedUscc(kind, 3), name), kind)
  assert.equal(kindFromName('甲市乙面馆(个体工商户)'), 'sole-trader')
  assert.equal(kindFromName('乙'), null)
})

test('M058 · invented codes are as many as subjects: none twice, the same each time', () => {
  const codes = new Set<string>()
  for (const kind of ['enterprise', 'branch', 'sole-trader'] as const) {
    for (let n = 0; n < 3000; n++) codes.add(inventedUscc(kind, n))
  }
  assert.equal(codes.size, 9000)
  assert.equal(inventedUscc('enterprise', 42), inventedUscc('enterprise', 42))
  for (const code of codes) assert.equal(outcome(code), 'ok')
})
