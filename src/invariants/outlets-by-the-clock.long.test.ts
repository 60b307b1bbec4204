import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Clocked, openClocked } from './outlets-by-the-clock.ts'
import { DELETED, GRANTED, LONG_DECIDED, REVIEWED, SHIELDING } from './taking-courses.ts'

// Every act that takes a record away, ten times each, asked for by the clock (outlets-by-the-clock.test.ts asks each once or not at all).

let t: TestApp
let clocked: Clocked
before(async () => {
  t = await openTestApp({ now: new Date('2026-06-18T04:00:00Z') })
  clocked = await openClocked(t, 700)
})
after(async () => {
  await clocked?.close()
  await t.close()
})

const ROUNDS = 10

for (const [what, name, course, decidedOn] of [
  ['wage', 'deleted', DELETED],
  ['penalty', 'deleted', DELETED],
  ['wage', 'deleted on review', REVIEWED],
  ['penalty', 'deleted on review', REVIEWED],
  ['penalty', 'repaired', GRANTED, LONG_DECIDED],
  ['penalty', 'shielded', SHIELDING],
] as const)
  test(`M260 · M263 · M271 · principle 3 · within one second a ${what} that was ${name} is found nowhere, ${ROUNDS} times`, async c => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { asked, lastFirstMs, lastAnswerMs } = await clocked.probe(what, course, decidedOn)
      c.diagnostic(`${asked} places, the last asked first ${lastFirstMs} ms and all answered ${lastAnswerMs} ms after the act`)
    }
  })
