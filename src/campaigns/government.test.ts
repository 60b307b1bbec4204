import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { SubjectId } from '../base/id.ts'
import { takeStep } from '../cases/act-on-case.ts'
import type { CaseKey } from '../cases/model.ts'
import { keepPaper } from '../cases/papers.ts'
import { runClocks } from '../cases/run-clocks.ts'
import { sql } from '../db/database.ts'
import { openNotice } from '../notices/proof.ts'
import { drainTasks } from '../platform/worker.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { readLedger } from './government.ts'
import { ledgerCsv } from './ledger-csv.ts'
import type { LedgerFilter } from './ledger-words.ts'
import { openInCampaign } from './open-case.ts'
import { refreshCampaigns } from './publish.ts'
import { OFFICE, ONE, ORDER, running } from './testing.ts'

// The ledger of the government's own dishonesty: bodies of the state by the same table as anybody, each reading registered.

let t: TestApp
let body: SubjectId
let late: CaseKey
const onDay = (text: string): void => t.setNow(new Date(`${text}T04:00:00Z`))
const OWED = { ...ORDER.fields, fact: '拖欠澜川示例建材有限公司设备款两年', duties: '付清欠款' }

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
  const unit = t.app.law.units.get('education')
  assert.ok(unit)
  const firm = inventedUscc('enterprise', 6900)
  const [first, other] = await openTestSubjects(t.app, [
    { name: unit.name, uscc: unit.uscc, kind: 'government-body' },
    { name: '澜川台账示例有限公司', uscc: firm },
  ])
  body = first as SubjectId
  const campaignId = await running(t, { theme: 'government-breach', name: '清理拖欠账款专项治理' })
  late = await openInCampaign(t.app, ONE, campaignId, { ...ORDER, fields: OWED, subjectId: body })
  await openInCampaign(t.app, ONE, campaignId, { ...ORDER, subjectId: other as SubjectId })
})
after(() => t.close())

const me = () => ({ ...actorFor('subject', 'subject'), id: `account:${body}`, subjectId: body })

async function served(key: CaseKey): Promise<void> {
  const found = await t.worker.db.row<{ notice_id: number }>(sql`select notice_id from notice where case_id = ${key.caseId}`)
  await openNotice(t.app, me(), { subjectId: body, noticeId: found?.notice_id ?? 0 }, [body])
  await drainTasks(t.worker)
}

const rowsOf = async (filter: LedgerFilter) => (await readLedger(t.app, OFFICE, filter, { after: null, limit: 50 })).rows

async function settle(key: CaseKey): Promise<void> {
  const paper = await keepPaper(t.app, me(), Buffer.from('%PDF-1.7 proof'), '付款凭证.pdf')
  const papers = [{ paper: 'done', paperId: paper.paperId }]
  await takeStep(t.app, me(), key, { act: 'report', fields: { done: '已经付清' }, papers })
  await takeStep(t.app, ONE, key, { act: 'accept', fields: { result: '核对付款凭证，已付清' } })
}

async function told() {
  await refreshCampaigns(t.worker)
  return await t.worker.db.row(
    sql`select open, overdue, settled_in_time as "inTime", settled_late as late from pub.government_case`,
  )
}

test('M282 · the ledger names bodies of the state and what they are held to have done; a firm’s case never stands in it', async () => {
  const rows = await rowsOf('all')
  assert.deepEqual(
    rows.map(one => [one.bodyName, one.found, one.outcome, one.isLate]),
    [[t.app.law.units.get('education')?.name, OWED.fact, 'open', false]],
  )
  assert.equal(rows[0]?.campaign, '清理拖欠账款专项治理')
  assert.deepEqual(await told(), { open: 1, overdue: 0, inTime: 0, late: 0 })
})

test('M282 · principle 8 · each reading of the ledger, on the page or exported, is a look that the body sees', async () => {
  const looks = async (): Promise<number> =>
    (
      await t.worker.db.row<{ n: number }>(
        sql`select count(*)::int as n from look where subject_id = ${body} and actor = ${OFFICE.id}`,
      )
    )?.n ?? 0
  const before = await looks()
  await rowsOf('open')
  const parts: string[] = []
  for await (const part of ledgerCsv(t.app, OFFICE, 'all')) parts.push(part)
  assert.equal(await looks(), before + 2)
  const lines = parts.join('').split('\r\n')
  assert.equal(lines.length, 3)
  assert.match(lines[1] ?? '', /市教育局.*拖欠澜川示例建材有限公司设备款两年.*在办/)
  assert.ok(lines[0]?.startsWith('\ufeff"案号","机关"'))
})

test('M282 · a body that lets its day pass is late like anybody, in the ledger and to everybody; settled late is said', async () => {
  await served(late)
  onDay('2026-06-16')
  await runClocks(t.worker)
  onDay('2026-07-01')
  assert.deepEqual(
    (await rowsOf('overdue')).map(one => one.isLate),
    [true],
  )
  assert.deepEqual(await told(), { open: 1, overdue: 1, inTime: 0, late: 0 })
  await runClocks(t.worker)
  onDay('2026-07-03')
  await settle(late)
  assert.deepEqual(
    (await rowsOf('closed')).map(one => one.outcome),
    ['late'],
  )
  assert.deepEqual(await rowsOf('open'), [])
  assert.deepEqual(await told(), { open: 0, overdue: 0, inTime: 0, late: 1 })
})

test('M282 · what is settled in time is said to be so', async () => {
  onDay('2026-08-03')
  const campaignId = await running(t)
  const fields = { ...OWED, until: '2026-08-31' }
  const key = await openInCampaign(t.app, ONE, campaignId, { ...ORDER, fields, subjectId: body })
  await served(key)
  onDay('2026-08-12')
  await runClocks(t.worker)
  await settle(key)
  assert.deepEqual(
    (await rowsOf('closed')).map(one => one.outcome),
    ['in-time', 'late'],
  )
  assert.deepEqual(await told(), { open: 0, overdue: 0, inTime: 1, late: 1 })
})

test('M282 · the ledger is read page by page, the latest case in front', async () => {
  const first = await readLedger(t.app, OFFICE, 'all', { after: null, limit: 1 })
  const second = await readLedger(t.app, OFFICE, 'all', { after: first.next, limit: 1 })
  assert.deepEqual(
    [...first.rows, ...second.rows].map(one => one.outcome),
    ['in-time', 'late'],
  )
})
