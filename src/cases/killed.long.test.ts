import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Kills, openKills } from './testing-kills.ts'

let kills: Kills
before(async () => {
  kills = await openKills()
})
after(() => kills.close())

for (const act of ['lodge', 'delete'] as const)
  test(`principle 11 · killed with -9 before any statement of ${act}, the case is before it; after the commit it is done`, async () => {
    const { statements } = await kills.kill(act, 10_000)
    for (let n = 1; n <= statements + 1; n += 1) assert.equal((await kills.kill(act, n)).done, false, `${n} of ${statements}`)
    assert.equal((await kills.kill(act, statements + 2)).done, true)
  })
