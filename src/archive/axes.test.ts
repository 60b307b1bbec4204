import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day, legalDay } from '../base/day.ts'
import { endOfDay, readAxes } from './axes.ts'

const rows = [
  ['Asia/Shanghai', '2026-03-01', '2026-03-01T15:59:59.999Z'],
  ['Asia/Shanghai', '2024-02-29', '2024-02-29T15:59:59.999Z'],
  // Summer time was kept from 1986 to 1991: the day of the change has 23 hours.
  ['Asia/Shanghai', '1988-04-17', '1988-04-17T14:59:59.999Z'],
  ['Pacific/Kiritimati', '2026-03-01', '2026-03-01T09:59:59.999Z'],
  ['Pacific/Pago_Pago', '2026-03-01', '2026-03-02T10:59:59.999Z'],
] as const

for (const [zone, of, end] of rows) {
  test(`M028 · ${of} ends in ${zone} at ${end}`, () => {
    const found = endOfDay(day(of), zone)
    assert.equal(found.toISOString(), end)
    assert.equal(legalDay(found, zone), of)
    assert.notEqual(legalDay(new Date(found.getTime() + 1), zone), of)
  })
}

test('M028 · what was known on a day is what was known at its end; without a day it is what is known now', () => {
  const now = new Date('2026-11-20T04:00:00Z')
  assert.deepEqual(readAxes(now, 'Asia/Shanghai', {}), { asOf: '2026-11-20', knownOn: now })
  const asked = readAxes(now, 'Asia/Shanghai', { asOf: day('2026-01-31'), knownOn: day('2026-02-01') })
  assert.deepEqual(asked, { asOf: '2026-01-31', knownOn: new Date('2026-02-01T15:59:59.999Z') })
})
