import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AUTHORISABLE_PLANTS } from './authorisable.plants.ts'
import { CAMPAIGN_PLANTS } from './campaigns.plants.ts'
import { CATALOGUE_PLANTS } from './catalogue.plants.ts'
import { CLOCK_PLANTS } from './clocks.plants.ts'
import { COMMITMENT_PLANTS } from './commitments.plants.ts'
import { DECLARATION_PLANTS } from './declarations.plants.ts'
import { printFlaw, sentenceOf } from './flaw.ts'
import { IDENTITY_PLANTS } from './identity.plants.ts'
import { LIST_PLANTS } from './lists.plants.ts'
import { MASKING_PLANTS } from './masking.plants.ts'
import { MEASURE_PLANTS } from './measures.plants.ts'
import { NOTICE_PLANTS } from './notices.plants.ts'
import type { Plant } from './plant.ts'
import { PROCEDURE_CORRECTION_PLANTS } from './procedure-corrections.plants.ts'
import { PROCEDURE_LETTER_PLANTS } from './procedure-letters.plants.ts'
import { PROCEDURE_MEASURE_PLANTS } from './procedure-measures.plants.ts'
import { PROCEDURE_MORE_WAY_PLANTS } from './procedure-more-ways.plants.ts'
import { PROCEDURE_WAY_PLANTS } from './procedure-ways.plants.ts'
import { PROCEDURE_PLANTS } from './procedures.plants.ts'
import { READ_PLANTS } from './read.plants.ts'
import { REPAIR_PLANTS } from './repair.plants.ts'
import { CITY_PLANTS, NATIONAL_PLANTS } from './rest.plants.ts'
import { ROLE_PLANTS } from './roles.plants.ts'
import { type FlawCode, RULES } from './rules.ts'
import { SENDER_PLANTS } from './senders.plants.ts'
import { flawsOf } from './testing.ts'
import { smallLaw } from './testing-law.ts'

const PLANTS: readonly Plant[] = [
  ...PROCEDURE_CORRECTION_PLANTS,
  ...PROCEDURE_MEASURE_PLANTS,
  ...PROCEDURE_LETTER_PLANTS,
  ...READ_PLANTS,
  ...CATALOGUE_PLANTS,
  ...CAMPAIGN_PLANTS,
  ...AUTHORISABLE_PLANTS,
  ...NATIONAL_PLANTS,
  ...CITY_PLANTS,
  ...ROLE_PLANTS,
  ...IDENTITY_PLANTS,
  ...MASKING_PLANTS,
  ...LIST_PLANTS,
  ...COMMITMENT_PLANTS,
  ...DECLARATION_PLANTS,
  ...MEASURE_PLANTS,
  ...NOTICE_PLANTS,
  ...SENDER_PLANTS,
  ...CLOCK_PLANTS,
  ...PROCEDURE_PLANTS,
  ...PROCEDURE_WAY_PLANTS,
  ...PROCEDURE_MORE_WAY_PLANTS,
  ...REPAIR_PLANTS,
]

test('M050 · a sound law has no flaw', () => {
  assert.deepEqual(flawsOf(smallLaw()).map(printFlaw), [])
})

PLANTS.forEach((plant, index) => {
  test(`M050 · ${plant.code} · ${plant.file}:${plant.line} · ${index + 1}`, () => {
    const flaws = flawsOf(plant.texts, plant.editions)
    const found = flaws.map(printFlaw)
    assert.ok(flaws.length > 0, 'nothing was found')
    assert.deepEqual(
      [...new Set(flaws.map(flaw => flaw.code))].sort(),
      [plant.code, ...(plant.follows ?? [])].sort(),
      found.join('\n'),
    )
    const text = plant.editions?.[0]?.text ?? plant.texts[plant.file] ?? ''
    const wanted = text.split('\n').findLastIndex(line => line.includes(plant.line)) + 1
    const places = flaws.filter(flaw => flaw.code === plant.code).map(flaw => `${flaw.file}:${flaw.line}`)
    if (plant.line !== '') assert.ok(places.includes(`${plant.file}:${wanted}`), `not at line ${wanted}:\n${found.join('\n')}`)
    for (const flaw of flaws) {
      assert.equal(flaw.level, RULES[flaw.code])
      assert.doesNotMatch(flaw.message, /[{}—]/, 'a fact of the sentence is missing')
      assert.ok(flaw.message.length <= 120)
    }
  })
})

// Found by `check-law --production` and by bytes that are no text: command.test.ts, load.test.ts.
const ELSEWHERE: readonly FlawCode[] = [
  'law.unconfirmed',
  'law.invented-in-production',
  'law.identity-trial-in-production',
  'law.file-not-utf8',
]

test('M050 · every rule has a planted flaw and a sentence', () => {
  const planted = new Set<string>([...PLANTS.map(plant => plant.code), ...ELSEWHERE])
  const codes = Object.keys(RULES) as FlawCode[]
  assert.deepEqual(
    codes.filter(code => !planted.has(code)),
    [],
  )
  assert.deepEqual(
    codes.filter(code => sentenceOf(code, {}) === code),
    [],
  )
  assert.ok(codes.length >= 45)
})
