import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { look } from '../access/look.ts'
import { readArchive } from '../archive/read-archive.ts'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { type Database, openDatabase, sql } from '../db/database.ts'
import { audit } from '../ledger/audit.ts'
import { sequenceRound } from '../ledger/sequence.ts'
import { annulTestRecord, openTestSubjects, penaltyOf, publishTestFacts } from '../reports/archive-testing.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { listCertificates, readCertificate, verifyCertificate } from './certificate.ts'
import { runRetentionCommand } from './command.ts'
import { runRetention } from './run.ts'

let t: TestApp
let owner: Database
let firm: SubjectId
let person: SubjectId
let records: readonly FactId[]

before(async () => {
  t = await openTestApp()
  owner = openDatabase(t.database.url, { max: 1 })
  const [one, other] = await openTestSubjects(t.worker, [
    { name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 8) },
    { name: '某甲', kind: 'natural-person', document: inventedResidentId(1, day('1990-03-07')) },
  ])
  firm = one as SubjectId
  person = other as SubjectId
  records = await publishTestFacts(t.worker, [
    penaltyOf(firm, '示罚〔2021〕1号', '2021-11-19'),
    penaltyOf(firm, '示罚〔2021〕2号', '2021-11-20'),
    penaltyOf(firm, '示罚〔2026〕3号', '2026-05-06'),
    { ...penaltyOf(person, '示罚〔2021〕4号', '2021-03-01'), item: 'penalty-person' },
  ])
})
after(async () => {
  await owner.close()
  await t.close()
})

const place = async (factId: FactId | undefined): Promise<string> => {
  const rows = await owner.rows<{ place: string }>(sql`
    select 'shown' as place from fact_content where fact_id = ${factId} union all select 'frozen' from frozen_content where fact_id = ${factId}`)
  return rows.map(row => row.place).join() || 'gone'
}
const places = (): Promise<string[]> => Promise.all(records.map(place))
const flawsOf = async (): Promise<string[]> => {
  while ((await sequenceRound(t.worker)).batches > 0);
  return (await audit(t.worker)).flaws.map(flaw => `${flaw.table} ${flaw.differs}`)
}

test('PIPL 47 · on its day the content of a person’s record is deleted, that of a firm’s frozen, and what is not due stays', async () => {
  assert.deepEqual(await places(), ['shown', 'shown', 'shown', 'shown'])
  const dry = await runRetention(t.worker, true)
  assert.deepEqual([dry.counts['facts-of-persons'], dry.counts['facts-of-organisations']], [1, 1])
  assert.deepEqual(await places(), ['shown', 'shown', 'shown', 'shown'])
  const run = await runRetention(t.worker)
  assert.deepEqual(run.counts, { ...dry.counts })
  assert.deepEqual(await places(), ['frozen', 'shown', 'shown', 'gone'])
})

test('PIPL 47 · the day decides: what was kept until today goes tomorrow', async () => {
  t.setNow(new Date('2026-11-21T04:00:00Z'))
  await runRetention(t.worker)
  assert.deepEqual(await places(), ['frozen', 'frozen', 'shown', 'gone'])
})

test('principle 11 · run again nothing more goes, and nothing is certified twice', async () => {
  const count = async () => (await listCertificates(t.worker.db, Number.MAX_SAFE_INTEGER, 100)).length
  const made = await count()
  assert.equal(made, 3)
  await Promise.all([runRetention(t.worker), runRetention(t.worker)])
  assert.equal(await count(), made)
})

test('principle 3 · what is frozen has left portal and archive', async () => {
  const shown = await owner.rows<{ id: number }>(sql`select record_id as id from pub.record where subject_id = ${firm}`)
  assert.ok(!shown.some(row => row.id === records[0] || row.id === records[1]))
  const reason = { purpose: '核查', businessNo: '保存期-1' }
  const archive = await readArchive(t.app, actorFor('credit-office', 'credit-office'), firm, reason)
  assert.deepEqual(
    archive.records.map(record => record.recordId),
    [records[2]],
  )
})

test('principle 11 · the audit takes a content that went with its receipt, and finds one that went without', async () => {
  assert.deepEqual(await flawsOf(), [])
  await owner.run(sql`delete from fact_content where fact_id = ${records[2]}`)
  assert.deepEqual(await flawsOf(), ['fact content-gone'])
  await owner.run(sql`insert into retention_receipt select ${firm}, 'fact', ${records[2]}, 0, 'delete', due_on, at, certificate_id, batch_id, leaf_no
    from retention_receipt where ref = ${records[3]}`)
  assert.deepEqual((await flawsOf()).sort(), ['retention_certificate receipts-missing', 'retention_receipt leaf'])
  await owner.run(sql`delete from retention_receipt where ref = ${records[2]}`)
})

test('principle 11 · the audit finds a frozen content that was changed, and a receipt that is gone', async () => {
  await owner.run(sql`update frozen_content set content = '{}' where fact_id = ${records[0]}`)
  assert.ok((await flawsOf()).includes('fact content'))
  await owner.run(sql`delete from retention_receipt where ref = ${records[1]}`)
  const flaws = await flawsOf()
  assert.ok(flaws.includes('fact content-frozen-unasked') && flaws.includes('ledger_batch row-missing'))
})

test('PIPL 47 · a certificate says what went, is signed, stands in the log, and a changed one is refused', async () => {
  const [latest] = await listCertificates(t.worker.db, Number.MAX_SAFE_INTEGER, 1)
  const certificate = await readCertificate(t.worker, latest?.certificateId ?? 0)
  const body = verifyCertificate(t.worker, certificate)
  assert.deepEqual([body.rule, body.action, body.count, body.day], ['facts-of-organisations', 'freeze', 1, '2026-11-21'])
  assert.ok(certificate.ledger && certificate.ledger.size > certificate.ledger.index)
  const forged = { ...certificate, body: certificate.body.replace('"count":1', '"count":2') }
  assert.throws(() => verifyCertificate(t.worker, forged), { code: 'retention.signature-wrong' })
  const elsewhere = { ...certificate, ledger: { ...certificate.ledger, index: 0 } }
  assert.throws(() => verifyCertificate(t.worker, elsewhere), { code: 'retention.place-wrong' })
})

test('the command prints a certificate and takes its own print for good', async () => {
  const [latest] = await listCertificates(t.worker.db, Number.MAX_SAFE_INTEGER, 1)
  const lines: string[] = []
  const folder = await mkdtemp(join(tmpdir(), 'mingxin-certificate-'))
  const file = join(folder, 'certificate.json')
  await runRetentionCommand(t.worker, ['--certificate', String(latest?.certificateId)], line => lines.push(line))
  await writeFile(file, lines.join('\n'))
  assert.equal(await runRetentionCommand(t.worker, ['--verify', file], line => lines.push(line)), 0)
  assert.match(lines.at(-1) ?? '', /证书有效：单位信用信息的内容，1件，2026-11-21/)
  await rm(folder, { recursive: true })
})

test('principle 11 · the application takes away what has a receipt and nothing else, and no receipt may be before its day', async () => {
  await assert.rejects(t.worker.db.run(sql`delete from fact_content where fact_id = ${records[2]}`), { code: '42501' })
  await assert.rejects(
    t.worker.db.run(
      sql`insert into retention_receipt values (${firm}, 'fact', 1, 0, 'delete', '2026-11-22', ${t.worker.now()}, 1, 1, 1)`,
    ),
    { code: '23514' },
  )
})

test('an annulled record goes its years after the annulment, not after the decision', async () => {
  t.setNow(TEST_NOW)
  const fact = penaltyOf(firm, '示罚〔2026〕9号', '2021-11-19')
  const [recordId] = (await publishTestFacts(t.worker, [fact])) as [FactId]
  await annulTestRecord(t.worker, fact, recordId)
  t.setNow(new Date('2027-11-21T04:00:00Z'))
  await runRetention(t.worker)
  assert.equal(await place(recordId), 'shown')
  t.setNow(new Date('2031-11-21T04:00:00Z'))
  await runRetention(t.worker)
  assert.equal(await place(recordId), 'frozen')
})

test('M461 · looks go with their batch after their years, and the log still has no gap', async () => {
  const whole = await openTestApp()
  const [subject] = (await openTestSubjects(whole.worker, [
    { name: '澜川清禾印务有限公司', uscc: inventedUscc('enterprise', 9) },
  ])) as [SubjectId]
  const actor = actorFor('credit-office', 'credit-office')
  const request = { actor, outlet: 'check', purpose: '核查', businessNo: '1', shown: ['card'] }
  await look(whole.worker, request, [subject], { text: 'select 1 as one' })
  whole.setNow(new Date('2031-11-22T04:00:00Z'))
  await look(whole.worker, request, [subject], { text: 'select 1 as one' })
  while ((await sequenceRound(whole.worker)).batches > 0);
  assert.equal((await runRetention(whole.worker)).counts.looks, 1)
  const left = await whole.worker.db.rows<{ at: Date }>(sql`select at from look`)
  assert.deepEqual(
    left.map(row => row.at.getUTCFullYear()),
    [2031],
  )
  while ((await sequenceRound(whole.worker)).batches > 0);
  assert.deepEqual((await audit(whole.worker)).flaws, [])
  await whole.close()
})
