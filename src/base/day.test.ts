import assert from 'node:assert/strict'
import { test } from 'node:test'
import { legalDay } from './day.ts'

test('an instant is a legal day by the city’s clock, however the instants before it lay', () => {
  const rows = [
    ['2026-11-20T15:59:59.999Z', 'Asia/Shanghai', '2026-11-20'],
    ['2026-11-20T16:00:00.000Z', 'Asia/Shanghai', '2026-11-21'],
    ['2026-11-20T15:59:59.000Z', 'Asia/Shanghai', '2026-11-20'],
    ['2026-11-20T16:00:00.000Z', 'UTC', '2026-11-20'],
    ['2026-11-20T16:00:00.999Z', 'Asia/Shanghai', '2026-11-21'],
    ['1969-12-31T15:59:59.999Z', 'Asia/Shanghai', '1969-12-31'],
    ['1969-12-31T16:00:00.000Z', 'Asia/Shanghai', '1970-01-01'],
  ] as const
  for (const [at, zone, day] of [...rows, ...rows.toReversed()]) assert.equal(legalDay(new Date(at), zone), day, `${at} ${zone}`)
  assert.throws(() => legalDay(new Date(Number.NaN), 'UTC'), RangeError)
})
