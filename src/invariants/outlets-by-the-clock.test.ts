import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Clocked, openClocked } from './outlets-by-the-clock.ts'
import { DELETED, GRANTED, LONG_DECIDED } from './taking-courses.ts'

// Principle 3 by the clock: portal, API and worker are processes of their own. Every act that takes away, again and again: the long run.

let t: TestApp
let clocked: Clocked
before(async () => {
  t = await openTestApp({ now: new Date('2026-06-18T04:00:00Z') })
  clocked = await openClocked(t, 600)
})
after(async () => {
  await clocked?.close()
  await t.close()
})

test('M260 · M263 · principle 3 · within one second of an objection upheld no outlet, no paper and no cache shows the record, and receivers are asked', async c => {
  const timed = await clocked.probe('wage', DELETED)
  c.diagnostic(JSON.stringify(timed))
  assert.ok(timed.asked >= 15, JSON.stringify(timed))
})

test('M263 · M271 · principle 3 · within one second of a repair granted no outlet, no paper and no cache shows the record, and receivers are asked', async c => {
  const timed = await clocked.probe('penalty', GRANTED, LONG_DECIDED)
  c.diagnostic(JSON.stringify(timed))
  assert.ok(timed.asked >= 15, JSON.stringify(timed))
})
