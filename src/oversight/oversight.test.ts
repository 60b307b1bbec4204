import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { look, lookMiss } from '../access/look.ts'
import { readOwnLooks } from '../access/look-views.ts'
import { listEntries, readPlace } from '../access/looks.ts'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { firm, penalty } from '../invariants/sent-rows.ts'
import { send, subjectOf } from '../invariants/testing.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { askExplanation, closeAlert, explain, listAlerts } from './alerts.ts'
import { askDelay, decideDelay, endDelay } from './delays.ts'
import { findUnusual } from './unusual.ts'
import { viewAlerts, viewDelays, viewOwnAlerts } from './views.ts'

// Who watches those who look: what a subject is told later, and what stands out. Fridays are worked; 2026-11-21 is a Saturday.

const TODAY = day('2026-11-20')
const NIGHT = new Date('2026-11-20T15:30:00Z')

let t: TestApp
let firms: SubjectId[] = []
let own: Actor
const investigator: Actor = { ...actorFor('ecology-environment', 'investigator'), id: 'account:11' }
/** Whoever decides for another has just proved who he is. */
const session = { sessionId: 12, stage: 'whole', freshAt: TEST_NOW } as const
const officer: Actor = { ...actorFor('credit-office', 'privacy-officer'), id: 'account:12', session }
const auditor: Actor = { ...actorFor('audit-office', 'auditor'), id: 'account:13' }
const stranger: Actor = { ...actorFor('market-regulation', 'investigator'), id: 'account:14' }

before(async () => {
  t = await openTestApp()
  await send(
    t.worker,
    'ecology-penalty',
    [1, 2, 3].map(n => penalty(n, `澜督〔2026〕${n}号`)),
  )
  firms = await Promise.all([1, 2, 3].map(n => subjectOf(t.worker, firm(n).code)))
  own = {
    ...actorFor('subject', 'subject'),
    id: 'account:20',
    subjectId: firms[0] as SubjectId,
    capacity: 'legal-representative',
  }
})
after(() => t.close())

const looked = (
  actor: Actor,
  businessNo: string,
  subjectIds: readonly SubjectId[] = [firms[0] as SubjectId],
  outlet = 'console-archive',
) =>
  look(
    t.app,
    {
      actor,
      outlet,
      shown: ['card'],
      purpose: '案件调查',
      businessNo,
      basis: 'pipl#13',
      ground: { kind: 'law', basis: 'pipl#13' },
    },
    subjectIds,
    {
      text: 'select 1 as one',
    },
  )
const told = async (): Promise<string[]> => (await readOwnLooks(t.app, own, { limit: 100 })).looks.map(one => one.businessNo)

describe('M461 · M272 · a subject hears later of a look only by a ground of the law, until a day, approved by another person', () => {
  const wish = { ground: 'investigation', reason: '正在调查取证', until: day('2026-12-20') } as const

  test('asked for and approved: looks under the number from then on are not told, not even in the count, until the day after the last', async () => {
    t.setNow(TEST_NOW)
    await looked(investigator, '案-1')
    const delayId = await askDelay(t.app, investigator, { ...wish, businessNo: '案-1' })
    t.setNow(new Date(TEST_NOW.getTime() + 60_000))
    await looked(investigator, '案-1')
    assert.deepEqual(await told(), ['案-1', '案-1'], 'what nobody approved delays nothing')
    t.setNow(new Date(TEST_NOW.getTime() + 120_000))
    await decideDelay(t.app, officer, delayId, { approved: true, reason: '同意' })
    t.setNow(new Date(TEST_NOW.getTime() + 180_000))
    await looked(investigator, '案-1')
    await looked(stranger, '案-1')
    const mine = await readOwnLooks(t.app, own, { limit: 100 })
    assert.equal(mine.looks.length, 3, 'two from before the approval, and another unit’s under the same number')
    assert.equal(mine.last30Days, 3)
    t.setNow(new Date('2026-12-20T15:59:00Z'))
    assert.equal((await readOwnLooks(t.app, own, { limit: 100 })).looks.length, 3, 'the last day')
    t.setNow(new Date('2026-12-20T16:00:00Z'))
    assert.equal((await readOwnLooks(t.app, own, { limit: 100 })).looks.length, 4, 'the day after, in Shanghai')
    t.setNow(TEST_NOW)
  })

  test('ended early, it is told from that moment; the register itself held it all the time', async () => {
    t.setNow(TEST_NOW)
    const before = (await told()).length
    const delayId = await askDelay(t.app, investigator, { ...wish, businessNo: '案-2' })
    await decideDelay(t.app, officer, delayId, { approved: true, reason: '同意' })
    t.setNow(new Date(TEST_NOW.getTime() + 1_000))
    await looked(investigator, '案-2')
    assert.equal((await told()).length, before)
    const [{ count = 0 } = {}] = await t.worker.db.rows<{ count: number }>(
      sql`select count(*) as count from look where business_no = '案-2'`,
    )
    assert.equal(count, 1)
    await assert.rejects(endDelay(t.app, stranger, delayId, '不相干'), { code: 'look-delay.unknown' })
    await endDelay(t.app, investigator, delayId, '案件已结')
    assert.equal((await told()).length, before + 1)
    await assert.rejects(endDelay(t.app, officer, delayId, '再次'), { code: 'look-delay.ended' })
  })

  test('the auditor reads in the register until when it is not told, of those looks alone and while it stands', async () => {
    t.setNow(TEST_NOW)
    await looked(investigator, '案-7')
    const delayId = await askDelay(t.app, investigator, { ...wish, businessNo: '案-7' })
    t.setNow(new Date(TEST_NOW.getTime() + 500))
    await decideDelay(t.app, officer, delayId, { approved: true, reason: '同意' })
    t.setNow(new Date(TEST_NOW.getTime() + 1_000))
    await looked(investigator, '案-7')
    await looked(stranger, '案-7')
    await lookMiss(t.app, { actor: investigator, outlet: 'check', shown: [], purpose: '案件办理', businessNo: '案-7' }, 'x')
    const delayed = async (today: string) =>
      (
        await listEntries(t.worker.db, { businessNo: '案-7' }, readPlace(undefined), 10, {
          today: day(today),
          zone: 'Asia/Shanghai',
        })
      ).map(one => [one.unit, one.subjectId !== null, one.delayedUntil])
    assert.deepEqual((await delayed('2026-12-20')).sort(), [
      ['ecology-environment', false, null],
      ['ecology-environment', true, null],
      ['ecology-environment', true, '2026-12-20'],
      ['market-regulation', true, null],
    ])
    assert.ok((await delayed('2026-12-21')).every(([, , until]) => until === null))
    await endDelay(t.app, investigator, delayId, '案件已结')
    assert.ok((await delayed('2026-12-20')).every(([, , until]) => until === null))
  })

  test('what waits for a decision is listed apart; who may end what stands is said, and what was decided is told with its reason', async () => {
    t.setNow(TEST_NOW)
    const delayId = await askDelay(t.app, investigator, { ...wish, businessNo: '案-8' })
    const open = async () => (await viewDelays(t.app, officer, { open: true, limit: 100 })).delays
    assert.deepEqual((await open()).at(0)?.delayId, delayId)
    await decideDelay(t.app, officer, delayId, { approved: true, reason: '取证期间必要' })
    assert.ok((await open()).every(one => one.delayId !== delayId && one.state === 'asked'))
    const shown = async (actor: Actor) => (await viewDelays(t.app, actor, { limit: 1 })).delays.at(0)
    const own = await shown(investigator)
    assert.deepEqual([own?.businessNo, own?.decision, own?.mayEnd, own?.isOwn], ['案-8', '取证期间必要', true, true])
    assert.match(own?.basis ?? '', /个人信息保护法.*第三十五条/)
    assert.deepEqual([(await shown(officer))?.mayEnd, (await shown(auditor))?.mayEnd], [true, false])
    await endDelay(t.app, officer, delayId, '不再需要')
    assert.deepEqual([(await shown(investigator))?.endReason, (await shown(officer))?.mayEnd], ['不再需要', false])
  })

  const refusals = [
    ['look-delay.over', { until: day('2026-11-19') }],
    ['look-delay.too-long', { until: day('2027-11-20') }],
    ['look-delay.number-missing', { businessNo: ' ' }],
    ['text.missing', { reason: '　' }],
  ] as const
  for (const [code, change] of refusals)
    test(`${code}`, async () => {
      t.setNow(TEST_NOW)
      await assert.rejects(askDelay(t.app, investigator, { ...wish, businessNo: '案-3', ...change }), { code })
    })

  test('nobody approves his own; two officers at once give one decision and one clear refusal', async () => {
    t.setNow(TEST_NOW)
    const both: Actor = { ...officer, id: investigator.id }
    const delayId = await askDelay(t.app, investigator, { ...wish, businessNo: '案-4' })
    await assert.rejects(decideDelay(t.app, both, delayId, { approved: true, reason: '同意' }), { code: 'look-delay.own' })
    const second: Actor = { ...officer, id: 'account:15' }
    const outcomes = await Promise.allSettled(
      [officer, second].map((actor, i) => decideDelay(t.app, actor, delayId, { approved: i === 0, reason: '意见' })),
    )
    assert.deepEqual(outcomes.map(one => one.status).sort(), ['fulfilled', 'rejected'])
    const failed = outcomes.find(one => one.status === 'rejected') as PromiseRejectedResult
    assert.equal(failed.reason.code, 'look-delay.decided')
  })

  test('whoever decides has proved who he is within ten minutes', async () => {
    t.setNow(TEST_NOW)
    const delayId = await askDelay(t.app, investigator, { ...wish, businessNo: '案-5' })
    const stale: Actor = { ...officer, session: { ...session, freshAt: new Date(TEST_NOW.getTime() - 11 * 60_000) } }
    await assert.rejects(decideDelay(t.app, stale, delayId, { approved: true, reason: '同意' }), { code: 'access.not-fresh' })
    await decideDelay(t.app, officer, delayId, { approved: true, reason: '同意' })
  })

  test('a person’s ID number typed as a business number or reason is masked before it is kept', async () => {
    const number = inventedResidentId(9, day('1990-01-01'))
    await askDelay(t.app, investigator, { ...wish, businessNo: number, reason: `当事人${number}` })
    const [kept] = (await viewDelays(t.app, investigator, { limit: 1 })).delays
    assert.ok(kept && !kept.businessNo.includes(number) && !kept.reason.includes(number))
  })

  test('a unit sees its own, whoever approves or audits sees all', async () => {
    const seen = async (actor: Actor) => (await viewDelays(t.app, actor, { limit: 100 })).delays.length
    assert.equal(await seen(stranger), 0)
    assert.ok((await seen(officer)) >= 4)
    assert.equal(await seen(auditor), await seen(officer))
  })
})

describe('M457 · M461 · looking that stands out is told to the auditor, once', () => {
  const by = (n: number): Actor => ({ ...investigator, id: `account:${n}` })
  const rulesOf = async (actor: Actor): Promise<string[]> =>
    (await listAlerts(t.app, { limit: 100 }))
      .filter(one => one.actor === actor.id)
      .map(one => one.rule)
      .sort()

  test('at night, outside of the unit’s work, many misses, the same subject again and again: each by its rule, and nothing below it', async () => {
    t.setNow(NIGHT)
    for (let i = 0; i < 10; i++) await looked(by(30), `夜-${i}`)
    for (let i = 0; i < 9; i++) await looked(by(31), `夜-${i}`)
    t.setNow(TEST_NOW)
    for (let i = 0; i < 20; i++)
      await lookMiss(
        t.app,
        {
          actor: by(32),
          outlet: 'check',
          shown: [],
          purpose: '行政审批',
          businessNo: `空-${i}`,
          ground: { kind: 'law', basis: 'pipl#13' },
        },
        `${i}`,
      )
    await findUnusual(t.worker, TODAY)
    assert.deepEqual(await rulesOf(by(30)), ['off-hours', 'same-subject'])
    assert.deepEqual(await rulesOf(by(31)), [])
    assert.deepEqual(await rulesOf(by(32)), ['many-misses'])
  })

  test('a unit that decided about a firm works on it; one that never did is told of', async () => {
    t.setNow(TEST_NOW)
    const numbers = Array.from({ length: 12 }, (_, i) => i + 20)
    await send(
      t.worker,
      'ecology-penalty',
      numbers.map(n => penalty(n, `澜督外〔2026〕${n}号`)),
    )
    const many = await Promise.all(numbers.map(n => subjectOf(t.worker, firm(n).code)))
    const foreign: Actor = { ...stranger, id: 'account:40' }
    for (const id of many) await looked(by(41), '案-41', [id])
    for (const id of many) await looked(foreign, '案-40', [id])
    await findUnusual(t.worker, TODAY)
    assert.deepEqual(await rulesOf(by(41)), [])
    assert.deepEqual(await rulesOf(foreign), ['outside-work'])
  })

  test('found again, nothing is entered twice; a day that is not worked counts whole', async () => {
    assert.equal(await findUnusual(t.worker, TODAY), 0)
    t.setNow(new Date('2026-11-21T04:00:00Z'))
    for (let i = 0; i < 10; i++) await looked(by(50), `周六-${i}`, [firms[i % 3] as SubjectId])
    await findUnusual(t.worker, day('2026-11-21'))
    assert.deepEqual(await rulesOf(by(50)), ['off-hours'])
    t.setNow(TEST_NOW)
  })

  test('the auditor asks, the one who looked explains within working days, the auditor closes; nobody takes another’s step', async () => {
    const [alert] = (await listAlerts(t.app, { limit: 100 })).filter(one => one.actor === 'account:50')
    const alertId = alert?.alertId ?? 0
    const self: Actor = { ...auditor, id: 'account:50' }
    await assert.rejects(explain(t.app, by(50), alertId, '加班办案'), { code: 'look-alert.step' })
    await assert.rejects(askExplanation(t.app, self, alertId, '请说明'), { code: 'look-alert.own' })
    assert.equal(await askExplanation(t.app, auditor, alertId, '请说明周六查看的缘由'), '2026-11-27')
    await assert.rejects(explain(t.app, by(51), alertId, '不是我'), { code: 'look-alert.unknown' })
    const clock = async () => {
      const [one] = (await viewOwnAlerts(t.app, by(50), { limit: 10 })).alerts
      return [one?.dueOn, one?.workingDaysLeft, one?.isOverdue]
    }
    assert.deepEqual(await clock(), ['2026-11-27', 5, false])
    t.setNow(new Date('2026-11-27T16:00:00Z'))
    assert.deepEqual(await clock(), ['2026-11-27', 0, true])
    t.setNow(TEST_NOW)
    await explain(t.app, by(50), alertId, '加班办案，审批单在案')
    assert.deepEqual(await clock(), [null, null, false], 'an answer stops the clock')
    await closeAlert(t.app, auditor, alertId, 'justified', '有审批单')
    await assert.rejects(closeAlert(t.app, auditor, alertId, 'breach', '再次'), { code: 'look-alert.step' })
    const shown = (await viewAlerts(t.app, { limit: 100 })).alerts.find(one => one.alertId === alertId)
    assert.equal(shown?.stateName, '正当')
    assert.match(shown?.sentence ?? '', /07:30.*19:30.*10次/)
    assert.ok((await viewAlerts(t.app, { limit: 100, open: true })).alerts.every(one => one.alertId !== alertId))
  })
})
