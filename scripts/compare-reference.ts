import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addDays, day, weekday } from '../src/base/day.ts'
import { isWorkingDay } from '../src/law/calendar.ts'
import { openLaw } from '../src/law/load.ts'
import { divisionName } from '../src/subject/division.ts'
import { nameKey } from '../src/subject/name.ts'
import { nameParts } from '../src/subject/name-parts.ts'
import { parseOrganisationCode } from '../src/subject/organisation-code.ts'
import { hasRegistrationCheck } from '../src/subject/registration-number.ts'
import { lengthenResidentId, residentCheck } from '../src/subject/resident-id.ts'
import { hasUsccCheck, parseUscc } from '../src/subject/uscc.ts'

/*
 * `node scripts/run.mjs scripts/compare-reference.ts FOLDER`: our codes, calendar, divisions and names against other people's tables, where
 * a folder with them is given. They are not part of the project, so this is no test; it ends with 1 where we differ.
 */

const folder = process.argv[2] ?? ''
const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
const rows = (file: string): string[][] =>
  read(file)
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.replaceAll('"', '').split(','))

type Vectors = {
  usccValid: { code: string }[]
  usccInvalid: { code: string; reason: string; mod31: boolean | null }[]
  orgCode: { code: string; ok: boolean }[]
  regno15: { code: string; ok: boolean }[]
  regno15Invalid: { code: string }[]
  idCard: { code: string }[]
  id15to18: { in: string; out: string }[]
}

function compareCodes(): string {
  const vectors = JSON.parse(read('standards/identifier-vectors.json')) as Vectors
  for (const { code } of vectors.usccValid) assert.ok(parseUscc(code).ok, code)
  for (const { code, mod31, reason } of vectors.usccInvalid) {
    if (mod31 !== null) assert.equal(hasUsccCheck(code), mod31, `${code} ${reason}`)
  }
  for (const { code, ok } of vectors.orgCode) assert.equal(parseOrganisationCode(code).ok, ok, code)
  for (const { code, ok } of vectors.regno15) assert.equal(hasRegistrationCheck(code), ok, code)
  for (const { code } of vectors.regno15Invalid) assert.ok(!hasRegistrationCheck(code), code)
  for (const { code } of vectors.idCard) assert.equal(residentCheck(code.slice(0, 17)), code[17], code)
  for (const { in: old, out } of vectors.id15to18) assert.equal(lengthenResidentId(old), out)
  return `${vectors.usccValid.length + vectors.usccInvalid.length} codes`
}

function compareCalendar(): string {
  const root = join(import.meta.dirname, '..')
  const { calendar } = openLaw({ lawDir: join(root, 'law'), cityDir: join(root, 'city/example') })
  const kinds = new Map(rows('data/cn_holiday_adjustments_2015_2026.csv').map(([date = '', , kind = '']) => [date, kind]))
  let count = 0
  for (let on = day('2015-01-01'); on <= '2026-12-31'; on = addDays(on, 1), count++) {
    const wanted = kinds.has(on) ? kinds.get(on) !== 'off' : weekday(on) <= 5
    assert.equal(isWorkingDay(calendar, on), wanted, on)
  }
  return `${count} days`
}

function compareDivisions(): string {
  const areas = rows('data/divisions_areas.csv')
  const missing = areas.filter(([code = '']) => divisionName(code) === null)
  assert.deepEqual(missing, [])
  return `${areas.length} divisions`
}

function compareNames(): string {
  const lines = read('data/company_name_parts_labelled.jsonl').trim().split('\n')
  const named = lines.map(line => JSON.parse(line) as { text: string; label: { brand?: [string][] } })
  const whole = named.filter(({ label }) => label.brand?.length === 1)
  const met = whole.filter(({ text, label }) => nameParts(text).brand === nameKey(label.brand?.[0]?.[0] ?? ''))
  const share = met.length / whole.length
  assert.ok(share > 0.6, `the brand is found in ${share} of the names`)
  return `${whole.length} names, brand as labelled in ${(share * 100).toFixed(1)} %`
}

if (!existsSync(folder)) console.log('no folder of reference tables: nothing was compared')
else
  for (const compare of [compareCodes, compareCalendar, compareDivisions, compareNames])
    console.log(`${compare.name}: ${compare()}`)
