import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { makeOrganisationCode } from '../subject/organisation-code.ts'
import { registrationCheck } from '../subject/registration-number.ts'
import { readAsked } from './asked.ts'

const uscc = inventedUscc('enterprise', 7)
const wrong = `${uscc.slice(0, 17)}${uscc.endsWith('0') ? '1' : '0'}`
const organisation = makeOrganisationCode('A1234567')
const registration = `86010000000001${registrationCheck('86010000000001')}`
const person = inventedResidentId(1, day('1990-01-01'))

const rows = [
  [uscc, 'uscc', uscc],
  [` ${uscc.slice(0, 8).toLowerCase()} ${uscc.slice(8)}`, 'uscc', uscc],
  [[...uscc].map(one => String.fromCharCode(one.charCodeAt(0) + 0xfee0)).join(''), 'uscc', uscc],
  [`${organisation.slice(0, 8)}-${organisation.slice(8)}`, 'organisation-code', organisation],
  [registration, 'registration-number', registration],
  ['澜川云麓食品（集团）有限公司', 'name', '澜川云麓食品(集团)有限公司'],
  ['LANCHUAN FOODS LTD', 'name', 'LANCHUAN FOODS LTD'],
  [wrong, 'check.code-invalid', ''],
  [uscc.slice(0, 17), 'check.code-invalid', ''],
  [person, 'check.person-number', ''],
  [' ', 'check.subject-missing', ''],
  ['--', 'check.subject-missing', ''],
] as const
for (const [text, by, value] of rows)
  test(`M218 · “${by === 'check.person-number' ? 'an ID number' : text}” is read as ${by}`, () => {
    const asked = readAsked(text, ['86'])
    if (asked.ok) assert.deepEqual(asked.value, { by, value })
    else assert.equal(asked.code, by)
  })
