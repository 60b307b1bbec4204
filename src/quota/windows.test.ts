import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkOf } from '../access/device.ts'
import { legalDay } from '../base/day.ts'
import { openBrake } from './brake.ts'
import { dayStart, minuteStart } from './windows.ts'

for (const [at, zone, start, seconds] of [
  ['2026-11-20T04:00:00Z', 'Asia/Shanghai', '2026-11-19T16:00:00.000Z', 43_200],
  ['2026-11-19T16:00:00Z', 'Asia/Shanghai', '2026-11-19T16:00:00.000Z', 86_400],
  ['2026-11-19T15:59:59Z', 'Asia/Shanghai', '2026-11-18T16:00:00.000Z', 1],
  ['2026-11-20T04:00:00Z', 'UTC', '2026-11-20T00:00:00.000Z', 72_000],
  ['2026-11-20T04:00:00Z', 'America/New_York', '2026-11-19T05:00:00.000Z', 3600],
] as const)
  test(`the legal day of ${at} in ${zone} began at ${start}`, () => {
    const found = dayStart(new Date(at), legalDay(new Date(at), zone), zone)
    assert.deepEqual([found.start.toISOString(), found.seconds], [start, seconds])
  })

test('a minute begins with its second 0', () => {
  assert.equal(minuteStart(new Date('2026-11-20T04:00:59.999Z')).toISOString(), '2026-11-20T04:00:00.000Z')
})

for (const [address, network] of [
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
] as const)
  test(`${address} is counted as ${network}`, () => assert.equal(networkOf(address), network))

test('M458 · an address that tries numbers one after the other is stopped until the next minute; others are not', () => {
  let now = new Date('2026-11-20T04:00:30Z')
  const rule = { id: 'anonymous', name: '', holder: 'anyone', perMinute: 50, perDay: null, misses: 10 } as const
  const brake = openBrake([rule], () => now)
  assert.ok(brake)
  for (let i = 0; i < 10; i++) {
    assert.equal(brake.ask('203.0.113.9'), null)
    brake.miss('203.0.113.9')
  }
  assert.equal(brake.ask('203.0.113.9'), 30)
  for (let i = 0; i < 50; i++) assert.equal(brake.ask('203.0.113.10'), null)
  assert.equal(brake.ask('203.0.113.10'), 30)
  now = new Date('2026-11-20T04:01:00Z')
  assert.deepEqual([brake.ask('203.0.113.9'), brake.ask('203.0.113.10')], [null, null])
  assert.equal(
    openBrake([], () => now),
    null,
  )
})
