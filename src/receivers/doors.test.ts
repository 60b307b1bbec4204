import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { LightMyRequestResponse } from 'fastify'
import type { z } from 'zod'
import { day } from '../base/day.ts'
import { makeCheck } from '../checks/commands.ts'
import { sql } from '../db/database.ts'
import { type Caller, type Doors, openDoors } from '../invariants/doors.ts'
import { sequenceRound } from '../ledger/sequence.ts'
import { askDelay, decideDelay } from '../oversight/delays.ts'
import { actorFor } from '../testing-app.ts'
import type * as contract from './contract.ts'
import { correctionSentence, ownCorrections } from './own-corrections.ts'
import { type Firm, investigator, machine, officer, ReceiversTest, why } from './testing.ts'

type Answer<Door extends { output: z.ZodType }> = z.infer<Door['output']>
type Listed = Answer<typeof contract.listCorrections>

let r: ReceiversTest
let doors: Doors
before(async () => {
  r = await ReceiversTest.open()
  doors = await openDoors(r.platform)
})
after(async () => {
  await doors.close()
  await r.close()
})

const ask = (caller: Caller, method: 'GET' | 'POST', url: string, payload?: object): Promise<LightMyRequestResponse> =>
  doors.ask('api', caller, { method, url: `/api/v1/receivers${url}`, ...(payload ? { payload } : {}) })
const window = (unit = 'approval'): Promise<Caller> => doors.signIn(unit, ['window-officer'])

/** A firm whose listing was checked at a window and by a program of one unit, and removed an hour later. */
async function removed(hours: number): Promise<Firm> {
  const firm = await r.firm()
  r.later(hours)
  await makeCheck(r.app, officer, { subject: firm.uscc, ...why })
  await makeCheck(r.app, machine, { subject: firm.uscc, ...why })
  r.later(hours + 1)
  await r.takeAway(firm.subjectId, firm.listing)
  return firm
}

test('principle 10 · a unit lists what it has to confirm by day, opens one as a registered look, confirms, and finds it done', async () => {
  const { subjectId } = await removed(1)
  const caller = await window()
  const list = async (query = ''): Promise<Listed> => (await ask(caller, 'GET', `/corrections${query}`)).json() as Listed
  const { corrections, open, overdue } = await list()
  const own = corrections.filter(one => one.subjectId === subjectId)
  assert.deepEqual(
    own.map(({ program, businessNos, outletNames, dueOn, mayConfirm, isOverdue }) => [
      program,
      businessNos,
      outletNames,
      dueOn,
      mayConfirm,
      isOverdue,
    ]),
    [
      [null, [why.businessNo], ['信用核查'], '2026-11-23', true, false],
      ['program:9', [why.businessNo], ['接口：信用核查'], '2026-11-23', true, false],
    ],
  )
  assert.deepEqual([open, overdue], [2, 0])
  assert.ok(!JSON.stringify(corrections).includes('建设有限公司'), 'the list names nobody')
  const [first] = own
  const at = `/corrections/${subjectId}/${first?.noticeId}`
  const shown = await ask(caller, 'GET', at)
  assert.equal(shown.statusCode, 200, shown.body)
  assert.match(shown.body, /澜川第\d+建设有限公司/)
  assert.ok(!shown.body.includes('示人社失'), 'what was removed is not shown')
  const looks = await r.platform.worker.db.rows(
    sql`select outlet, business_no, until from look where subject_id = ${subjectId} order by look_id desc limit 1`,
  )
  assert.deepEqual(looks, [{ outlet: 'console-archive', business_no: `GZ${first?.noticeId}`, until: null }])
  const done = await ask(caller, 'POST', `${at}/confirmations`, { how: 'deleted' })
  assert.equal(done.statusCode, 201, done.body)
  const again = await ask(caller, 'POST', `${at}/confirmations`, { how: 'deleted' })
  assert.deepEqual([again.statusCode, (again.json() as { code: string }).code], [409, 'correction.confirmed-before'])
  const confirmed = (await list('?state=confirmed')).corrections
  assert.deepEqual(
    confirmed.map(one => [one.noticeId, one.how]),
    [[first?.noticeId, 'deleted']],
  )
  const other = await doors.signIn('ecology-environment', ['investigator'])
  assert.equal((await ask(other, 'GET', at)).statusCode, 404)
  assert.equal((await ask(await doors.signIn('ecology-environment', ['clerk']), 'GET', '/corrections')).statusCode, 403)
})

test('principle 10 · pages follow one another without gap or repetition; a place that is none is refused', async () => {
  await removed(3)
  await removed(5)
  const caller = await window()
  const seen: number[] = []
  for (let after = ''; ; ) {
    const page = (await ask(caller, 'GET', `/corrections?limit=1${after}`)).json() as Listed
    seen.push(...page.corrections.map(one => one.noticeId))
    if (page.next === null) break
    after = `&after=${page.next}`
  }
  const all = (await ask(caller, 'GET', '/corrections?limit=100')).json() as Listed
  assert.deepEqual(
    seen,
    all.corrections.map(one => one.noticeId),
  )
  assert.equal(all.open, seen.length)
  assert.equal((await ask(caller, 'GET', '/corrections?after=x')).statusCode, 400)
})

test('principle 7 · the credit office sees all units, the overdue ones first; a unit sees its own', async () => {
  await removed(7)
  r.later(24 * 5)
  const office = await doors.signIn('credit-office', ['credit-office'])
  const { units } = (await ask(office, 'GET', '/units')).json() as Answer<typeof contract.listReceivers>
  const approval = units.find(one => one.unit === 'approval')
  assert.ok(approval && approval.overdue === approval.open && approval.open >= 2)
  const { corrections, overdue } = (await ask(office, 'GET', '/corrections?units=all&unit=approval&limit=100')).json() as Listed
  assert.ok(
    corrections.every(one => one.receiver === 'approval' && one.isOverdue && !one.mayConfirm && (one.workingDaysLeft ?? 0) < 0),
  )
  assert.equal(overdue, approval.overdue)
  const refused = await ask(await window(), 'GET', '/corrections?units=all')
  assert.deepEqual([refused.statusCode, (refused.json() as { code: string }).code], [403, 'correction.all-units'])
  assert.equal((await ask(await window(), 'GET', '/units')).statusCode, 403)
})

test('principle 10 · the feed goes on behind the last number and tells of closed business too', async () => {
  await sequenceRound(r.platform.worker)
  const caller = await window()
  const feed = async (after: number, limit = 200) =>
    (await ask(caller, 'GET', `/feed?after=${after}&limit=${limit}`)).json() as Answer<typeof contract.readFeed>
  const { next: before } = await feed(0, 1000)
  const firm = await r.firm()
  r.later(9)
  await makeCheck(r.app, officer, { subject: firm.uscc, purpose: '行政审批', businessNo: '审〔2026〕流1号' })
  r.later(10)
  const closed = await ask(await window(), 'POST', '/business-ends', { businessNo: '审〔2026〕流1号' })
  assert.equal(closed.statusCode, 201, closed.body)
  await r.takeAway(firm.subjectId, firm.listing)
  assert.deepEqual((await feed(before)).changes, [], 'it has no number before it is committed and in the log')
  await sequenceRound(r.platform.worker)
  const told = await feed(before)
  assert.deepEqual(
    told.changes.map(({ subjectId, kind, cause, recordIds, dueOn }) => ({ subjectId, kind, cause, recordIds, dueOn })),
    [{ subjectId: firm.subjectId, kind: 'corrected', cause: 'removed', recordIds: [firm.listing], dueOn: null }],
  )
  assert.deepEqual(await feed(told.next), { changes: [], next: told.next })
  const all = (await feed(0, 1000)).changes.map(one => one.seq)
  assert.deepEqual(
    all,
    [...new Set(all)].sort((a, b) => a - b),
  )
})

test('M260 · the subject reads how many of those who had it have confirmed, not a look it is told of only later', async () => {
  const firm = await r.firm()
  const own = { ...actorFor('subject', 'subject'), subjectId: firm.subjectId }
  r.later(11)
  await makeCheck(r.app, officer, { subject: firm.uscc, ...why })
  const prosecutor = { ...actorFor('credit-office', 'privacy-officer'), id: 'account:2' }
  const fresh = { sessionId: 1, stage: 'whole', freshAt: r.app.now() } as const
  const wish = { businessNo: '案〔2026〕9号', ground: 'investigation', reason: '办案', until: day('2026-12-31') } as const
  const delayId = await askDelay(r.app, investigator, wish)
  await decideDelay(r.app, { ...prosecutor, session: fresh }, delayId, { approved: true, reason: '同意' })
  r.later(11.5)
  await makeCheck(r.app, investigator, { subject: firm.uscc, purpose: '行政审批', businessNo: '案〔2026〕9号' })
  r.later(12)
  await r.takeAway(firm.subjectId, firm.listing, { cause: 'repaired' })
  const sentence = async (): Promise<string> => {
    const [correction] = await ownCorrections(r.app, own, { limit: 1, recordId: firm.listing })
    return correction ? correctionSentence(r.app, correction) : ''
  }
  assert.equal((await r.notices(firm.subjectId)).length, 2)
  assert.equal(await sentence(), '曾取得它的1个单位正在确认更正，已确认0个。')
  r.later(13)
  const mine = (await r.notices(firm.subjectId)).find(one => one.receiver === 'approval')
  assert.ok(mine)
  await r.confirm(officer, mine)
  assert.equal(await sentence(), '曾取得它的1个单位已全部确认更正。')
  r.later(24 * 60)
  assert.equal(await sentence(), '曾取得它的2个单位正在确认更正，已确认1个。', 'the delay is over')
})
