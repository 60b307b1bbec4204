import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { Actor } from '../access/actor.ts'
import { makeCheck } from '../checks/commands.ts'
import { runs } from '../invariants/testing.ts'
import { receiversOf } from '../law/receiver-model.ts'
import { closeBusiness } from './confirm.ts'
import { investigator, machine, officer, ReceiversTest } from './testing.ts'

let r: ReceiversTest
before(async () => {
  r = await ReceiversTest.open()
})
after(() => r.close())

const ACTORS: readonly Actor[] = [officer, machine, investigator]
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ deed: fc.constant('check' as const), by: fc.nat(2), number: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ deed: fc.constant('close' as const), by: fc.nat(2), number: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ deed: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 100 }) }) },
)
type Entry = { readonly who: string; readonly unit: string; readonly number: string; readonly hour: number; closed: boolean }

function expectedOf(entries: readonly Entry[], hour: number, longest: number): Map<string, string> {
  const expected = new Map<string, string>()
  for (const { who, closed, ...entry } of entries) {
    // The days are those of Shanghai, where the clock of the tests stands at noon.
    const days = Math.floor((12 + hour) / 24) - Math.floor((12 + entry.hour) / 24)
    if (!closed && days <= longest) expected.set(who, 'correct-copies')
    else if (!expected.has(who)) expected.set(who, 'corrected')
  }
  return expected
}

test('principle 10 · whoever may still use what it was shown is asked, whoever no longer may is told, nobody else hears of it', async () => {
  const longest = receiversOf(r.app.law).entries.business.longestDays
  let walk = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async steps => {
      const firm = await r.firm()
      walk += 1
      const entries: Entry[] = []
      let hour = 1
      for (const one of steps) {
        hour += 1
        if (one.deed === 'wait') {
          hour += one.days * 24
          continue
        }
        r.later(hour)
        const actor = ACTORS[one.by] as Actor
        const unit = actor.unit as string
        const number = `遍〔2026〕${walk}-${one.number}号`
        if (one.deed === 'check') {
          await makeCheck(r.app, actor, { subject: firm.uscc, purpose: '行政审批', businessNo: number })
          entries.push({ who: `${unit} ${actor.id.startsWith('program') ? actor.id : ''}`, unit, number, hour, closed: false })
        } else {
          await closeBusiness(r.app, actor, number)
          for (const entry of entries) entry.closed ||= entry.unit === unit && entry.number === number
        }
      }
      hour += 1
      r.later(hour)
      await r.takeAway(firm.subjectId, firm.listing)
      const expected = expectedOf(entries, hour, longest)
      const told = (await r.notices(firm.subjectId)).map(one => [`${one.receiver} ${one.program ?? ''}`, one.kind] as const)
      assert.deepEqual(new Map(told), expected)
      assert.equal(told.length, expected.size)
    }),
    runs(40),
  )
})
