import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { readArchive } from '../archive/read-archive.ts'
import { addDays, day } from '../base/day.ts'
import type { FactId, SubjectId, WaitingId } from '../base/id.ts'
import { checkList } from '../checks/batch.ts'
import { makeCheck } from '../checks/commands.ts'
import { listOfTexts } from '../checks/list.ts'
import { sql } from '../db/database.ts'
import { firm, penalty } from '../invariants/sent-rows.ts'
import { Outside, publishAll, runs, send, subjectOf, waitingOf } from '../invariants/testing.ts'
import { decideWaiting } from '../matching/decide-waiting.ts'
import { recordLink, undoLink } from '../matching/link-subjects.ts'
import { openApiDoor } from '../platform/api-door.ts'
import { issueReport, withdrawReport } from '../reports/commands.ts'
import { reportNumber } from '../reports/issue.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { maskResidentNumbers } from '../subject/resident-numbers.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { createAccount, createToken } from './accounts.ts'
import { registeredReason } from './look.ts'

// What officers and subjects type may carry an ID number, at every place where it is kept; none of them keeps it.

const office = actorFor('credit-office', 'credit-office')
const window = actorFor('approval', 'window-officer')
let t: TestApp
let outside: Outside
let one: SubjectId
let other: SubjectId

before(async () => {
  t = await openTestApp()
  outside = await Outside.open(t)
  await send(t.app, 'ecology-penalty', [penalty(1, '澜打〔2026〕1号'), penalty(2, '澜打〔2026〕2号')])
  await publishAll(t.app)
  one = await subjectOf(t.app, firm(1).code)
  other = await subjectOf(t.app, firm(2).code)
})
after(async () => {
  await outside.close()
  await t.close()
})

let serial = 10
const next = (): number => ++serial

/** Where a person types, and what keeps it. */
const PLACES: Record<string, (text: string) => Promise<unknown>> = {
  'the purpose of a check': text =>
    makeCheck(t.app, window, { subject: firm(1).code, purpose: text, businessNo: '审1', basis: '调查通知' }),
  'the number of a check': text => makeCheck(t.app, window, { subject: firm(1).code, purpose: '审批', businessNo: text }),
  'a check that finds nobody': text =>
    makeCheck(t.app, window, { subject: inventedUscc('enterprise', 99_999), purpose: text, businessNo: text, basis: '调查通知' }),
  'a batch of checks': async text => {
    const list = await listOfTexts([firm(1).code, inventedUscc('enterprise', 99_998)])
    for await (const part of checkList(t.app, window, { purpose: text, businessNo: text, basis: '调查通知' }, list))
      assert.ok(part)
  },
  'reading an archive': text =>
    readArchive(t.app, office, one, { purpose: text, businessNo: text, basis: text } as Parameters<typeof readArchive>[3]),
  'a special report': text => {
    const own = { ...actorFor('', 'subject'), unit: null, subjectId: one }
    return issueReport(t.app, own, one, { kind: 'special', years: 1, purpose: text, businessNo: text })
  },
  'a report taken back': async text => {
    const { code } = await issueReport(t.app, actorFor('approval', 'clerk'), other, { kind: 'public' })
    await withdrawReport(t.app, office, code, text)
  },
  'a link and its end': async text => {
    const link = { subjectId: one, toSubject: other, kind: 'split-from', validFrom: day('2026-07-01'), reason: text } as const
    const { linkId } = await recordLink(t.app, office, link)
    await undoLink(t.app, office, { subjectId: one, linkId }, text)
  },
  'decisions about a row that waits': async text => {
    const n = next()
    await send(t.app, 'ecology-penalty', [penalty(n, `澜打〔2026〕${n}号`)])
    const { deliveryId } = await send(t.app, 'ecology-penalty', [penalty(next(), `澜打〔2026〕${n}号`)])
    const waitingId = (await waitingOf(t.app, deliveryId))[0]?.waiting_id as WaitingId
    await decideWaiting(t.app, office, waitingId, { decision: 'returned', reason: text })
    await decideWaiting(t.app, office, waitingId, { decision: 'undone', reason: text })
    const { factId } = await decideWaiting(t.app, office, waitingId, { decision: 'same', subjectId: one, reason: text })
    assert.ok((factId as FactId) > 0)
  },
  'names of accounts and of tokens': async text => {
    const account = { login: `typed-${next()}`, name: text, unit: 'health', roles: ['clerk'] } as const
    await createAccount(t.app, account)
    await createToken(t.app, { name: text, unit: 'health', roles: ['program'], days: 1 })
  },
}

const written = fc.record({
  before: fc.string({ unit: fc.constantFrom(...'甲乙，。号（）xA;'), maxLength: 12 }),
  behind: fc.string({ unit: fc.constantFrom(...'甲乙，。号（）-A;'), maxLength: 12 }),
  days: fc.integer({ min: 0, max: 24_000 }),
})

for (const [where, type] of Object.entries(PLACES))
  test(`M054 · no table keeps an ID number typed into ${where}`, async () => {
    await fc.assert(
      fc.asyncProperty(written, async ({ before, behind, days }) => {
        const mark = `标${next()}记`
        const id = inventedResidentId(serial, addDays(day('1940-01-01'), days))
        await type(`${mark}${before}${id}${behind}`)
        assert.deepEqual(await outside.holding(id), [])
        assert.notDeepEqual(await outside.holding(`${mark}${before}***`), [], 'what stands around it is kept')
      }),
      runs(4),
    )
  })

test('M461 · the auditor who asks the register by such a number finds the look, and his question keeps it no more', async () => {
  const id = inventedResidentId(7, day('1971-03-05'))
  await makeCheck(t.app, window, { subject: firm(2).code, purpose: `为${id}办理`, businessNo: `件${id}`, basis: '调查通知' })
  const { token } = await createToken(t.app, { name: '审计', unit: 'credit-office', roles: ['auditor'], days: 1 })
  const http = await openApiDoor(t.app)
  const query = new URLSearchParams({ purpose: `为${id}办理`, businessNo: `件${id}` })
  const answer = await http.inject({ url: `/api/v1/looks?${query}`, headers: { authorization: `Bearer ${token}` } })
  await http.close()
  const { looks } = answer.json()
  assert.deepEqual(
    looks.map((look: { purpose: string; businessNo: string }) => [look.purpose, look.businessNo]),
    [['为***办理', '件***']],
  )
  assert.deepEqual(await outside.holding(id), [])
})

test('M054 · a business number made like a child’s ID number stays readable, as that of a paper', async () => {
  const paper = inventedResidentId(9, day('2026-03-05'))
  await makeCheck(t.app, window, { subject: firm(1).code, purpose: '审批', businessNo: paper })
  assert.deepEqual(await outside.holding(paper), ['public.look'])
})

test('M054 · a number that the platform made stays as it is, though its digits are now and then those of a person', async () => {
  const at = new Date('2026-11-20T04:20:05.012Z')
  const ids = Array.from({ length: 1000 }, (_, id) => reportNumber(at, t.app.city.zone, id))
  const number = ids.find(one => maskResidentNumbers(one) !== one) ?? ''
  const look = { actor: window, outlet: 'special-report', purpose: '审批', shown: [], businessNo: number }
  assert.notEqual(registeredReason(t.app, look, at).businessNo, number)
  assert.equal(registeredReason(t.app, { ...look, isMadeNumber: true }, at).businessNo, number)
  const own = { ...actorFor('', 'subject'), unit: null, subjectId: one }
  const issued = await issueReport(t.app, own, one, { kind: 'special', years: 1 })
  assert.equal(issued.number.length, 22)
  assert.deepEqual(await t.worker.db.rows(sql`select purpose from look where business_no = ${issued.number}`), [
    { purpose: t.app.words.say('report.purpose-own') },
  ])
})
