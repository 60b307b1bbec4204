import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { takeStep } from '../cases/act-on-case.ts'
import type { CaseKey } from '../cases/model.ts'
import { runClocks } from '../cases/run-clocks.ts'
import { readCase } from '../cases/views.ts'
import { sql } from '../db/database.ts'
import { openNotice } from '../notices/proof.ts'
import { drainTasks } from '../platform/worker.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { concludeCampaign } from './conclude.ts'
import { openInCampaign } from './open-case.ts'
import { decideCampaign, proposeCampaign } from './propose.ts'
import { refreshCampaigns } from './publish.ts'
import { codeOf, OFFICE, ONE, ORDER, OUTSIDER, PARTNER, running, SECOND, WISH } from './testing.ts'
import { listCampaignCases, listCampaigns, readCampaign, readChoices } from './views.ts'

// Campaigns on a real database: two persons open one, its cases are cases like any other, and nobody is punished by it.

let t: TestApp
let n = 0
const onDay = (text: string): void => t.setNow(new Date(`${text}T04:00:00Z`))

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
})
after(() => t.close())
beforeEach(() => onDay('2026-06-08'))

async function firm(): Promise<SubjectId> {
  n += 1
  const uscc = inventedUscc('enterprise', 6200 + n)
  return (await openTestSubjects(t.app, [{ name: `澜川专项示例${n}有限公司`, uscc }]))[0] as SubjectId
}

test('M279 · a campaign rests on an act in force or on a document that is named, and sets no number of punishments', async () => {
  const refusal = (more: object): Promise<string> => codeOf(proposeCampaign(t.app, ONE, { ...WISH, ...more }))
  assert.equal(await refusal({ instrument: undefined }), 'campaign.basis-missing')
  assert.equal(await refusal({ documentNo: '澜政办〔2026〕1号', documentBody: '市政府办公室' }), 'campaign.basis-missing')
  assert.equal(await refusal({ instrument: undefined, documentNo: '澜政办〔2026〕1号' }), 'campaign.basis-missing')
  assert.equal(await refusal({ instrument: 'no-such-act' }), 'campaign.instrument-unknown')
  assert.equal(await refusal({ instrument: 'ndrc-58' }), 'campaign.instrument-not-in-force')
  assert.equal(await refusal({ theme: 'whatever' }), 'campaign.theme-unknown')
  assert.equal(await refusal({ units: ['no-such-unit'] }), 'campaign.unit-unknown')
  assert.equal(await refusal({ lastDay: day('2026-05-31') }), 'campaign.days-inverted')
  assert.equal(await refusal({ firstDay: day('2026-05-01'), lastDay: day('2026-05-31') }), 'campaign.days-past')
  assert.equal(await refusal({ lastDay: day('2028-06-02') }), 'campaign.too-long')
  assert.equal(await refusal({ goals: { punished: 20 } }), 'campaign.goal-unknown')
  assert.equal(await refusal({ aim: '严厉整治，全年罚款不少于20家，形成震慑。' }), 'campaign.quota-of-punishments')
  assert.equal(await refusal({ name: '罚款20家专项行动' }), 'campaign.quota-of-punishments')
  assert.equal(await codeOf(proposeCampaign(t.app, actorFor('subject', 'subject'), WISH)), 'campaign.unit-missing')
})

test('M281 · it takes two officers of the lead unit; before that nobody else sees it and no case is put under it', async () => {
  const { campaignId } = await proposeCampaign(t.app, ONE, WISH)
  assert.equal(await codeOf(readCampaign(t.app, PARTNER, campaignId)), 'campaign.unknown')
  assert.equal((await readCampaign(t.app, OFFICE, campaignId)).state, 'proposed')
  assert.equal((await readCampaign(t.app, ONE, campaignId)).waitsForAnother, true)
  assert.equal((await readCampaign(t.app, SECOND, campaignId)).mayDecide, true)
  const subjectId = await firm()
  assert.equal(await codeOf(openInCampaign(t.app, ONE, campaignId, { ...ORDER, subjectId })), 'campaign.not-running-proposed')
  assert.equal(await codeOf(decideCampaign(t.app, ONE, campaignId, 'confirmed')), 'campaign.same-person')
  assert.equal(await codeOf(decideCampaign(t.app, PARTNER, campaignId, 'confirmed')), 'campaign.not-led-by-you')
  await decideCampaign(t.app, SECOND, campaignId, 'confirmed')
  assert.equal(await codeOf(decideCampaign(t.app, SECOND, campaignId, 'returned')), 'campaign.decided-before')
  assert.equal((await readCampaign(t.app, PARTNER, campaignId)).state, 'running')
  const both = sql`update campaign set decided_by = proposed_by where campaign_id = ${campaignId}`
  await assert.rejects(t.app.changes.run(both), { constraint: 'campaign_two_persons' })
})

test('M281 · a returned campaign, one that has not begun and one whose last day has passed take no case', async () => {
  const subjectId = await firm()
  const opens = async (campaignId: Awaited<ReturnType<typeof running>>): Promise<string> =>
    codeOf(openInCampaign(t.app, ONE, campaignId, { ...ORDER, subjectId }))
  const { campaignId } = await proposeCampaign(t.app, ONE, WISH)
  await decideCampaign(t.app, SECOND, campaignId, 'returned')
  assert.equal(await opens(campaignId), 'campaign.not-running-returned')
  assert.equal(await opens(await running(t, { firstDay: day('2026-07-01') })), 'campaign.not-running-coming')
  const short = await running(t, { lastDay: day('2026-06-08') })
  onDay('2026-06-09')
  assert.equal(await opens(short), 'campaign.not-running-over')
})

test('M279 · M283 · its cases are cases like any other: own letter, own clock, one of a kind at a time; only those that urge', async () => {
  const campaignId = await running(t)
  const subjectId = await firm()
  const key = await openInCampaign(t.app, ONE, campaignId, { ...ORDER, subjectId })
  const seen = await readCase(t.app, ONE, key)
  assert.deepEqual(
    seen.letters.map(one => one.name),
    ['限期整改通知书'],
  )
  assert.deepEqual(seen.within, { campaignId, name: WISH.name })
  assert.equal(await codeOf(openInCampaign(t.app, ONE, campaignId, { ...ORDER, subjectId })), 'campaign.case-open')
  const listing = { procedure: 'listing', act: 'propose', fields: {}, subjectId }
  assert.equal(await codeOf(openInCampaign(t.app, ONE, campaignId, listing)), 'campaign.procedure-not-part')
  assert.equal(await codeOf(openInCampaign(t.app, OUTSIDER, campaignId, { ...ORDER, subjectId })), 'campaign.unit-not-part')
  const nobody = { ...ORDER, subjectId: 999_999_999 as SubjectId }
  assert.equal(await codeOf(openInCampaign(t.app, ONE, campaignId, nobody)), 'subject.unknown')
  const other = await openInCampaign(t.app, PARTNER, campaignId, { ...ORDER, subjectId: await firm() })
  assert.equal((await readCase(t.app, PARTNER, other)).unit, 'ecology-environment')
  const numbers = async (who: typeof ONE) =>
    (await listCampaignCases(t.app, who, campaignId, { limit: 50, state: 'open' })).cases.map(one => one.caseId)
  assert.deepEqual(await numbers(ONE), [key.caseId], 'of another unit one sees the count alone')
  assert.equal((await numbers(OFFICE)).length, 2)
  assert.equal((await readCampaign(t.app, ONE, campaignId)).counts.opened, 2)
})

test('M279 · of two who open the same case at once one does', async () => {
  const campaignId = await running(t)
  const subjectId = await firm()
  const both = await Promise.all(
    [ONE, SECOND].map(who => codeOf(openInCampaign(t.app, who, campaignId, { ...ORDER, subjectId }))),
  )
  assert.deepEqual(both.sort(), ['campaign.case-open', 'nothing was refused'])
})

/** Ordered on 8 June, to be done by 30 June; done, handed in and verified before. */
async function rectified(key: CaseKey): Promise<void> {
  const me = { ...actorFor('subject', 'subject'), id: `account:${key.subjectId}`, subjectId: key.subjectId }
  const found = await t.worker.db.row<{ notice_id: number }>(sql`select notice_id from notice where case_id = ${key.caseId}`)
  await openNotice(t.app, me, { subjectId: key.subjectId, noticeId: found?.notice_id ?? 0 }, [key.subjectId])
  await drainTasks(t.worker)
}

test('M279 · M281 · progress counts states, units, what is overdue and how far the goals are; the report keeps the counts of its day', async () => {
  const campaignId = await running(t, { goals: { urged: 4, done: 1 } })
  const keys = [] as CaseKey[]
  for (const who of [ONE, ONE, PARTNER])
    keys.push(await openInCampaign(t.app, who, campaignId, { ...ORDER, subjectId: await firm() }))
  const [first, second] = keys as [CaseKey, CaseKey]
  await rectified(first)
  await takeStep(t.app, ONE, second, { act: 'revoke', fields: { result: '通知书写错了主体' } })
  onDay('2026-06-16')
  await runClocks(t.worker)
  onDay('2026-07-01')
  await runClocks(t.worker)
  onDay('2026-07-20')
  const { progress } = await readCampaign(t.app, ONE, campaignId)
  const { opened, open, overdue, done, endedOther } = progress
  assert.deepEqual({ opened, open, overdue, done, endedOther }, { opened: 3, open: 2, overdue: 1, done: 0, endedOther: 1 })
  assert.deepEqual(
    progress.units.map(one => [one.unit, one.opened, one.overdue]),
    [
      ['ecology-environment', 1, 0],
      ['market-regulation', 2, 1],
    ],
  )
  assert.deepEqual(
    progress.goals.map(one => [one.goal, one.planned, one.done]),
    [
      ['urged', 4, 3],
      ['done', 1, 0],
    ],
  )
  assert.equal(await codeOf(concludeCampaign(t.app, PARTNER, campaignId, '参加单位不能总结。')), 'campaign.not-led-by-you')
  await concludeCampaign(t.app, ONE, campaignId, '三户里一户通知书写错已经撤回，两户接着办。')
  assert.equal(await codeOf(concludeCampaign(t.app, ONE, campaignId, '再总结一次看看。')), 'campaign.not-running-concluded')
  await takeStep(t.app, ONE, first, { act: 'revoke', fields: { result: '重复' } })
  const view = await readCampaign(t.app, ONE, campaignId)
  assert.equal(view.state, 'concluded')
  assert.equal(view.report?.counts.open, 2, 'the report says what was so on its day')
  assert.equal(view.progress.open, 1)
})

test('M281 · everybody is told of campaigns that run, in counts of five and more, and of none that nobody opened', async () => {
  const { campaignId: waiting } = await proposeCampaign(t.app, ONE, WISH)
  const few = await running(t)
  const many = await running(t, { name: '五户以上的专项治理' })
  for (let i = 0; i < 3; i += 1) await openInCampaign(t.app, ONE, few, { ...ORDER, subjectId: await firm() })
  for (let i = 0; i < 6; i += 1) await openInCampaign(t.app, ONE, many, { ...ORDER, subjectId: await firm() })
  await refreshCampaigns(t.worker)
  const rows = await t.worker.db.rows<{ campaign_id: number; figures: Record<string, unknown> }>(
    sql`select campaign_id, figures from pub.campaign where campaign_id = any(${[waiting, few, many]}) order by campaign_id`,
  )
  assert.deepEqual(
    rows.map(row => [row.campaign_id, row.figures['opened'], row.figures['open']]),
    [
      [few, null, null],
      [many, 6, 6],
    ],
  )
  const written = await t.worker.db.row<{ made_at: Date }>(sql`select made_at from pub.campaign limit 1`)
  t.setNow(new Date('2026-06-08T05:00:00Z'))
  await refreshCampaigns(t.worker)
  const again = await t.worker.db.row<{ made_at: Date }>(sql`select made_at from pub.campaign limit 1`)
  assert.deepEqual(again?.made_at, written?.made_at, 'what is the same is not written again')
})

test('M283 · M284 · M285 · M286 · M287 · every campaign of the plan has its theme, and what it may be made of is offered', async () => {
  const { themes, openings, running: open } = await readChoices(t.app, ONE)
  const ids = themes.map(one => one.id)
  for (const theme of ['key-sector', 'integrity-gap', 'repeated-breach', 'government-breach', 'finance', 'public-funds'])
    assert.ok(ids.includes(theme), theme)
  for (const own of ['resource-industries', 'river-pollution']) assert.ok(ids.includes(own), own)
  assert.deepEqual(openings.map(one => one.procedure).sort(), ['interview', 'rectification'])
  assert.ok(open.length > 0)
  assert.ok((await listCampaigns(t.app, OUTSIDER, { limit: 50 })).campaigns.every(one => !one.mayOpenCases))
})
