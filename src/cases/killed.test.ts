import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Kills, openKills } from './testing-kills.ts'

// An act is whole or was never begun, wherever its process dies. Every statement of it: killed.long.test.ts.

let kills: Kills
before(async () => {
  kills = await openKills()
})
after(() => kills.close())

const NEVER = 10_000

test('principle 11 · killed with -9 in an act that takes a record away: before its end nothing is left, after its commit all of it', async () => {
  const { statements, done } = await kills.kill('delete', NEVER)
  assert.ok(done && statements > 10, `${statements} statements`)
  for (const [n, isDone] of [
    [1, false],
    [Math.ceil(statements / 2), false],
    [statements, false],
    [statements + 1, false],
    [statements + 2, true],
  ] as const)
    assert.equal((await kills.kill('delete', n)).done, isDone, `before statement ${n} of ${statements}`)
})
