import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { look } from '../access/look.ts'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { type Database, openDatabase, sql } from '../db/database.ts'
import { audit } from '../ledger/audit.ts'
import { sequenceRound } from '../ledger/sequence.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../reports/archive-testing.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { answerRequest, confirmDeletion, extendRequest } from './answer.ts'
import { lodgeRequest, withdrawRequest } from './lodge.ts'
import { readOwnFile } from './own-file.ts'
import { readOwnRequests, readRequest, readRequests } from './views.ts'

let t: TestApp
let owner: Database
let firm: SubjectId
let person: SubjectId
let ofFirm: FactId
let ofPerson: FactId
const ID_NUMBER = inventedResidentId(1, day('1990-03-07'))
const office = actorFor('credit-office', 'credit-office')
const privacy = { ...actorFor('credit-office', 'privacy-officer'), id: 'account:privacy' }
const clerk = actorFor('urban-management', 'clerk')
const otherClerk = actorFor('health', 'clerk')
const self = (subjectId: SubjectId): Actor => ({
  ...actorFor('subject', 'subject'),
  id: `account:${subjectId}`,
  unit: 'subject',
  subjectId,
})

before(async () => {
  t = await openTestApp()
  owner = openDatabase(t.database.url, { max: 1 })
  const [one, other] = await openTestSubjects(t.app, [
    { name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 8) },
    { name: '王某甲', kind: 'natural-person', document: ID_NUMBER },
  ])
  firm = one as SubjectId
  person = other as SubjectId
  const facts = await publishTestFacts(t.app, [
    penaltyOf(firm, '示罚〔2026〕1号', '2026-05-06'),
    { ...penaltyOf(person, '示罚〔2026〕2号', '2026-05-07'), item: 'penalty-person' },
  ])
  ofFirm = facts[0] as FactId
  ofPerson = facts[1] as FactId
})
after(async () => {
  await owner.close()
  await t.close()
})

const detail = (key: { subjectId: number; requestId: number }, actor: Actor = office) =>
  readRequest(t.app, actor, key as Parameters<typeof readRequest>[2])

test('PIPL 45 · 查阅 and 复制 are answered at once, and the file holds all that is kept, as a look of one’s own', async () => {
  const asked = await lodgeRequest(t.app, self(person), { kind: 'copy' })
  const [request] = (await readOwnRequests(t.app, self(person), { limit: 10 })).requests
  assert.deepEqual([request?.state, request?.number], ['granted', asked.number])
  const file = await readOwnFile(t.app, self(person))
  assert.equal(file.subject.name, '王某甲')
  assert.deepEqual(
    file.records.map(record => record.recordId),
    [ofPerson],
  )
  assert.ok(file.records[0]?.fields.some(field => field.value === '示罚〔2026〕2号'))
  assert.ok(!JSON.stringify(file).includes(ID_NUMBER))
  const [row] = await owner.rows<{ basis: string; outlet: string }>(
    sql`select basis, outlet from look where receipt = ${file.receipt}`,
  )
  assert.deepEqual(row, { basis: 'pipl#45', outlet: 'account' })
})

test('PIPL 45 · a person’s number stands in part on the page, whole in the copy of whoever has just proved to be that person', async () => {
  const keep = async (subjectId: SubjectId, kind: string, number: string): Promise<void> => {
    const sealed = t.app.keys.seal('data', Buffer.from(number), `person_secret:${kind}`)
    await owner.run(sql`insert into person_secret values (${subjectId}, ${kind}, ${sealed}) on conflict do nothing`)
  }
  await keep(person, 'resident-id', ID_NUMBER)
  await keep(person, 'passport', 'E31415926')
  const masked = `${ID_NUMBER.slice(0, 6)}********${ID_NUMBER.slice(-4)}`
  const at = (minutes: number, more: Partial<Actor> = {}): Actor => ({
    ...self(person),
    capacity: 'self',
    session: { sessionId: 1, stage: 'whole', freshAt: new Date(TEST_NOW.getTime() - minutes * 60_000) },
    ...more,
  })
  const numbers = async (actor: Actor, as: 'page' | 'copy') =>
    (await readOwnFile(t.app, actor, as)).documents.map(one => [one.kindName, one.number, one.isWhole])
  const inPart = [
    ['护照号', '***', false],
    ['身份证', masked, false],
  ]
  assert.deepEqual(await numbers(at(1), 'page'), inPart)
  assert.deepEqual(await numbers(at(1), 'copy'), [
    ['护照号', 'E31415926', true],
    ['身份证', ID_NUMBER, true],
  ])
  assert.deepEqual(await numbers(at(11), 'copy'), inPart, 'proved too long ago')
  assert.deepEqual(await numbers(self(person), 'copy'), inPart, 'without a session')
  assert.deepEqual(await numbers(at(1, { capacity: 'agent' }), 'copy'), inPart, 'an agent is not the holder')
  const firmOwn = await readOwnFile(t.app, { ...at(1), subjectId: firm, capacity: 'legal-representative' }, 'copy')
  assert.deepEqual(firmOwn.documents, [], 'a firm has no such number')
  const { receipt } = await readOwnFile(t.app, at(1), 'copy')
  const [row] = await owner.rows<{ shown: string[] }>(sql`select shown from look where receipt = ${receipt}`)
  assert.deepEqual(row?.shown, ['card', 'documents-whole', 'records'], 'that it was whole stands in the register')
})

test('PIPL 46 · a correction goes to the unit that decided, which answers with reasons; another unit does not see it', async () => {
  const correction = {
    kind: 'correction',
    recordId: ofFirm,
    field: '罚款金额',
    shouldBe: '2.0万元',
    text: '决定书写的是2.0万元',
  } as const
  const key = await lodgeRequest(t.app, self(firm), correction)
  assert.deepEqual(
    (await readRequests(t.app, clerk, { limit: 10 })).requests.map(one => one.requestId),
    [key.requestId],
  )
  assert.deepEqual((await readRequests(t.app, otherClerk, { limit: 10 })).requests, [])
  const seen = await detail(key, clerk)
  assert.equal(seen.record?.documentNo, '示罚〔2026〕1号')
  assert.deepEqual([seen.steps[0]?.field, seen.steps[0]?.shouldBe], ['罚款金额', '2.0万元'])
  await assert.rejects(answerRequest(t.app, otherClerk, key, { outcome: 'refused', text: '不是本单位的' }), {
    code: 'rights.unknown',
  })
  await assert.rejects(answerRequest(t.app, clerk, key, { outcome: 'refused', text: ' ' }), { code: 'rights.reason-missing' })
  await assert.rejects(lodgeRequest(t.app, self(firm), correction), { code: 'rights.already-open' })
  await answerRequest(t.app, clerk, key, { outcome: 'refused', text: '决定书正本写的是2.5万元' })
  const told = await detail(key, self(firm))
  assert.deepEqual([told.state, told.steps.at(-1)?.text], ['refused', '决定书正本写的是2.5万元'])
  await assert.rejects(answerRequest(t.app, clerk, key, { outcome: 'granted', text: '又同意' }), { code: 'rights.closed' })
})

test('PIPL 50 · the clock is the same for both sides, is prolonged once, and turns red when it is over', async () => {
  const key = await lodgeRequest(t.app, self(firm), { kind: 'explanation', text: '请说明为什么公示一年' })
  const due = async (actor: Actor) => (await detail(key, actor)).clock.dueOn
  assert.equal(await due(self(firm)), '2026-12-11')
  assert.equal(await due(self(firm)), await due(office))
  await extendRequest(t.app, office, key, '需要向省里了解')
  await assert.rejects(extendRequest(t.app, office, key, '还要'), { code: 'rights.extended-before' })
  const before = await detail(key)
  // 2027 is not published: no day is guessed.
  assert.deepEqual([before.clock.dueOn, before.clock.extendedBy, before.clock.unknownYear], [null, 15, 2027])
  await withdrawRequest(t.app, self(firm), key)
  const late = await lodgeRequest(t.app, self(firm), { kind: 'explanation', text: '请说明为什么公示一年' })
  t.setNow(new Date('2026-12-14T04:00:00Z'))
  assert.ok((await detail(late)).clock.isOverdue)
  t.setNow(TEST_NOW)
})

test('PIPL 47 · a deletion is granted on a ground of the law by two officers, deletes content and salt, and says so with a certificate', async () => {
  const key = await lodgeRequest(t.app, self(person), { kind: 'deletion', text: '处罚已被撤销' })
  const granted = { outcome: 'granted', text: '处理没有依据' } as const
  await assert.rejects(answerRequest(t.app, office, key, granted), { code: 'rights.ground-missing' })
  await assert.rejects(answerRequest(t.app, office, key, { ...granted, ground: 'unlawful', recordIds: [ofFirm] }), {
    code: 'rights.record-unknown',
  })
  await answerRequest(t.app, office, key, { ...granted, ground: 'unlawful', recordIds: [ofPerson] })
  await assert.rejects(confirmDeletion(t.app, office, key, { proposalNo: 2, agrees: true, text: '' }), {
    code: 'rights.same-officer',
  })
  assert.ok((await detail(key, privacy)).mayConfirm)
  const certificate = await confirmDeletion(t.app, privacy, key, { proposalNo: 2, agrees: true, text: '' })
  assert.ok(certificate)
  const left = await owner.rows(sql`select from fact_content where fact_id = ${ofPerson} union all select from frozen_content`)
  assert.equal(left.length, 0)
  const skeleton = await owner.rows(sql`select from fact where fact_id = ${ofPerson}`)
  assert.equal(skeleton.length, 1)
  assert.deepEqual((await readOwnFile(t.app, self(person))).records, [])
  while ((await sequenceRound(t.worker)).batches > 0);
  assert.deepEqual((await audit(t.worker)).flaws, [])
})

test('PIPL 47 · what is returned is answered anew', async () => {
  const [kept] = (await publishTestFacts(t.app, [
    { ...penaltyOf(person, '示罚〔2026〕5号', '2026-05-09'), item: 'penalty-person' },
  ])) as [FactId]
  const key = await lodgeRequest(t.app, self(person), { kind: 'deletion', text: '请删除' })
  await answerRequest(t.app, privacy, key, { outcome: 'granted', text: '同意', ground: 'by-law', recordIds: [kept] })
  assert.equal(await confirmDeletion(t.app, office, key, { proposalNo: 2, agrees: false, text: '保存期未满' }), null)
  await answerRequest(t.app, privacy, key, { outcome: 'granted', text: '同意', ground: 'unlawful', recordIds: [kept, kept] })
  // Whoever still has the first proposal before him has not seen this one.
  await assert.rejects(confirmDeletion(t.app, office, key, { proposalNo: 2, agrees: true, text: '' }), {
    code: 'rights.proposal-changed',
  })
  assert.equal(await confirmDeletion(t.app, office, key, { proposalNo: 4, agrees: false, text: '仍未满' }), null)
  await answerRequest(t.app, office, key, { outcome: 'refused', text: '法定保存期未满，到期删除' })
  const left = await owner.rows(sql`select from fact_content where fact_id = ${kept}`)
  assert.equal(left.length, 1)
})

test('PIPL 50 · one thing is asked for once, whatever stands beside it', async () => {
  const first = await lodgeRequest(t.app, self(person), { kind: 'restriction', text: '请说明' })
  for (const lookReceipt of ['CX-1', 'CX-2'])
    await assert.rejects(lodgeRequest(t.app, self(person), { kind: 'restriction', text: '请说明', lookReceipt }), {
      code: 'rights.already-open',
    })
  await withdrawRequest(t.app, self(person), first)
})

test('M457 · a look that one does not understand can be asked about, by its receipt, and only one’s own', async () => {
  const asking = { actor: office, outlet: 'console-archive', purpose: '核查', businessNo: '7', shown: ['card'] }
  const { receipt } = await look(t.app, asking, [firm], { text: 'select 1 as one' })
  const complaint = { kind: 'look-complaint', text: '本单位没有办过这件事', lookReceipt: receipt } as const
  await assert.rejects(lodgeRequest(t.app, self(person), complaint), { code: 'rights.look-unknown' })
  const key = await lodgeRequest(t.app, self(firm), complaint)
  assert.equal((await detail(key)).lookReceipt, receipt)
})

for (const [kind, more, code] of [
  ['deletion', { text: '请删除' }, 'rights.persons-only'],
  ['correction', { field: '名称', shouldBe: '乙' }, 'rights.record-missing'],
  ['correction', { recordId: 1, field: '名称', shouldBe: '乙' }, 'rights.record-unknown'],
  ['correction', { recordId: 1 }, 'rights.text-missing'],
  ['explanation', {}, 'rights.text-missing'],
  ['look-complaint', { text: '为什么' }, 'rights.look-missing'],
  ['explanation', { text: '本人被诊断为肝炎，为什么写进档案' }, 'text.prohibited'],
] as const)
  test(`a request of a firm is refused with ${code}: ${kind} ${JSON.stringify(more)}`, async () => {
    await assert.rejects(lodgeRequest(t.app, self(firm), { kind, ...more }), { code })
  })

test('M466 · an ID number typed into a request is kept nowhere, and a text is kept sealed', async () => {
  const key = await lodgeRequest(t.app, self(person), { kind: 'restriction', text: `我的身份证号码是${ID_NUMBER}，请停止使用` })
  const seen = await detail(key)
  assert.equal(seen.steps[0]?.text, '我的身份证号码是***，请停止使用')
  const rows = await owner.rows<{ text: string }>(sql`select r::text || e::text || encode(t.sealed, 'escape') as text
    from rights_request r join rights_entry e using (subject_id, request_id) join rights_text t using (subject_id, request_id)
    where r.request_id = ${key.requestId}`)
  assert.doesNotMatch(rows.map(row => row.text).join(), /停止使用/)
})
