import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { day } from '../base/day.ts'
import { sql } from '../db/database.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { askDelay, decideDelay, endDelay, withdrawDelay } from './delays.ts'
import { viewDelays } from './views.ts'

// How a delay ends that was asked for: taken back, decided, ended early, and what of it comes first.

let t: TestApp
const session = { sessionId: 12, stage: 'whole', freshAt: TEST_NOW } as const
const investigator: Actor = { ...actorFor('ecology-environment', 'investigator'), id: 'account:11' }
const officer: Actor = { ...actorFor('credit-office', 'privacy-officer'), id: 'account:12', session }
const wish = { ground: 'investigation', reason: '正在调查取证', until: day('2026-12-20') } as const

before(async () => {
  t = await openTestApp()
})
after(() => t.close())

test('M461 · what nobody decided is taken back by whoever asked, and by nobody else; then it is decided no more', async () => {
  const colleague: Actor = { ...investigator, id: 'account:16' }
  const delayId = await askDelay(t.app, investigator, { ...wish, businessNo: '案-9' })
  const shown = async (actor: Actor) => (await viewDelays(t.app, actor, { limit: 1 })).delays.at(0)
  assert.deepEqual([(await shown(investigator))?.mayWithdraw, (await shown(colleague))?.mayWithdraw], [true, false])
  for (const actor of [colleague, officer])
    await assert.rejects(withdrawDelay(t.app, actor, delayId, '不是我的'), { code: 'look-delay.unknown' })
  for (const actor of [investigator, officer])
    await assert.rejects(endDelay(t.app, actor, delayId, '还没有批准'), { code: 'look-delay.not-standing' })
  await withdrawDelay(t.app, investigator, delayId, '已不需要')
  const kept = await shown(investigator)
  assert.deepEqual([kept?.state, kept?.endReason, kept?.mayWithdraw, kept?.mayEnd], ['withdrawn', '已不需要', false, false])
  assert.ok((await viewDelays(t.app, officer, { open: true, limit: 100 })).delays.every(one => one.delayId !== delayId))
  for (const approved of [true, false])
    await assert.rejects(decideDelay(t.app, officer, delayId, { approved, reason: '意见' }), { code: 'look-delay.withdrawn' })
  await assert.rejects(withdrawDelay(t.app, investigator, delayId, '再次'), { code: 'look-delay.withdrawn' })
  const delayed = await t.worker.db.row<{ is: boolean }>(
    sql`select is_delayed('ecology-environment', '案-9', ${TEST_NOW}::timestamptz, '2026-11-20') as is`,
  )
  assert.equal(delayed?.is, false, 'and nothing under its number is told later')
})

test('M461 · decided, it is not withdrawn; ended early, it is neither decided nor ended again; withdrawn and approved at once, one of them stands', async () => {
  const decided = await askDelay(t.app, investigator, { ...wish, businessNo: '案-10' })
  await decideDelay(t.app, officer, decided, { approved: true, reason: '同意' })
  await assert.rejects(withdrawDelay(t.app, investigator, decided, '撤回'), { code: 'look-delay.decided' })
  await endDelay(t.app, investigator, decided, '案件已结')
  await assert.rejects(decideDelay(t.app, officer, decided, { approved: false, reason: '不同意' }), {
    code: 'look-delay.decided',
  })
  const refused = await askDelay(t.app, investigator, { ...wish, businessNo: '案-11' })
  await decideDelay(t.app, officer, refused, { approved: false, reason: '不必要' })
  await assert.rejects(endDelay(t.app, investigator, refused, '结束'), { code: 'look-delay.not-standing' })
  const both = await askDelay(t.app, investigator, { ...wish, businessNo: '案-12' })
  const outcomes = await Promise.allSettled([
    decideDelay(t.app, officer, both, { approved: true, reason: '同意' }),
    withdrawDelay(t.app, investigator, both, '撤回'),
  ])
  assert.deepEqual(outcomes.map(one => one.status).sort(), ['fulfilled', 'rejected'])
  const failed = outcomes.find(one => one.status === 'rejected') as PromiseRejectedResult
  assert.match(failed.reason.code, /^look-delay\.(decided|withdrawn)$/)
})
