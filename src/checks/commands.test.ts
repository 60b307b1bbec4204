import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { openDatabase, sql } from '../db/database.ts'
import { disclose } from '../disclosure/disclose.ts'
import { disclosedRecord, NOTHING_SINCE } from '../disclosure/record.ts'
import { annulTestRecord, fileTestFacts, openTestSubjects, penaltyOf, wageListing } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { nameKey } from '../subject/name.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { checkScope } from './check.ts'
import { makeCheck } from './commands.ts'

let platform: TestApp
let listed: SubjectId
let clear: SubjectId
let listingId: FactId
const officer = actorFor('approval', 'window-officer')
const why = { purpose: '行政审批', businessNo: '审〔2026〕1号' }
const LISTED = inventedUscc('enterprise', 101)
const CLEAR = inventedUscc('enterprise', 102)

before(async () => {
  platform = await openTestApp()
  const { app } = platform
  const opened = await openTestSubjects(app, [
    { name: '澜川云麓建设有限公司', uscc: LISTED },
    { name: '澜川青屿贸易有限公司', uscc: CLEAR },
    { name: '澜川同名商贸有限公司', uscc: inventedUscc('enterprise', 103) },
    { name: '澜川同名商贸有限公司', uscc: inventedUscc('enterprise', 104) },
    { name: '张某某', kind: 'natural-person', document: 'blind' },
  ])
  listed = opened[0] as SubjectId
  clear = opened[1] as SubjectId
  const ids = await fileTestFacts(app, [
    wageListing(listed, '示人社失〔2026〕1号', '2026-06-01'),
    wageListing(listed, '示人社失〔2020〕1号', '2020-06-01'),
    penaltyOf(listed, '示罚〔2026〕1号', '2026-05-06'),
    penaltyOf(clear, '示罚〔2026〕2号', '2026-05-06'),
  ])
  listingId = ids[0] as FactId
})
after(() => platform.close())

let seen = 0
beforeEach(async () => {
  seen = (await looks()).length
})
const looks = () =>
  platform.worker.db.rows<{ subject_id: SubjectId; outlet: string; business_no: string; receipt: string }>(
    sql`select subject_id, outlet, business_no, receipt from look order by at, look_id`,
  )
const newLooks = async () => (await looks()).slice(seen)

test('M218 · a code gives what is in force: list, statute, body, end, measures, and a receipt in the register', async () => {
  const answer = await makeCheck(platform.app, officer, { subject: LISTED.toLowerCase(), ...why })
  assert.equal(answer.subject?.subjectId, listed)
  assert.deepEqual(
    answer.hits.map(hit => hit.recordId),
    [listingId],
  )
  const [hit] = answer.hits
  assert.equal(hit?.documentNo, '示人社失〔2026〕1号')
  assert.equal(hit?.until, '2029-06-01')
  assert.equal(hit?.listName, '拖欠农民工工资失信联合惩戒对象名单')
  assert.deepEqual(hit?.marks, ['in-force'])
  assert.ok(hit?.statutes.some(statute => statute.title.includes('保障农民工工资支付条例')))
  assert.ok(hit?.because[0]?.sentence.includes('名单在效'))
  assert.match(answer.sentence, /有1项在效信息/)
  assert.deepEqual(await newLooks(), [
    { subject_id: listed, outlet: 'check', business_no: why.businessNo, receipt: answer.receipt },
  ])
})

test('M218 · measures are those the law opens for the list, each with a statute in force', async () => {
  const answer = await makeCheck(platform.app, officer, { subject: LISTED, ...why })
  const { law } = platform.app
  for (const measure of answer.hits[0]?.measures ?? []) {
    assert.equal(law.measures.get(measure.id)?.enabled, true)
    assert.ok(measure.statutes.length > 0)
  }
})

test('M218 · nothing in force is an answer with a receipt, not a certificate', async () => {
  const answer = await makeCheck(platform.app, officer, { subject: '澜川青屿贸易有限公司', ...why })
  assert.equal(answer.subject?.subjectId, clear)
  assert.deepEqual(answer.hits, [])
  assert.equal(answer.sentence, `截至2026-11-20，没有在效的名单或措施。本结果不是对该主体的评价。回执${answer.receipt}。`)
  assert.equal((await newLooks()).length, 1)
})

test('M218 · without purpose or business number nothing is read and nothing registered', async () => {
  for (const missing of [{ purpose: '行政审批' }, { businessNo: '1号' }, { purpose: ' ', businessNo: '1号' }])
    await assert.rejects(makeCheck(platform.app, officer, { subject: LISTED, ...missing }), {
      code: 'look.purpose-missing',
      status: 400,
    })
  assert.deepEqual(await newLooks(), [])
})

test('M218 · several of one name are chosen by code; the attempt is registered, no record is shown', async () => {
  const answer = await makeCheck(platform.app, officer, { subject: '澜川同名商贸有限公司', ...why })
  assert.equal(answer.subject, null)
  assert.deepEqual(
    answer.choices.map(choice => choice.uscc).sort(),
    [inventedUscc('enterprise', 103), inventedUscc('enterprise', 104)].sort(),
  )
  assert.deepEqual(await newLooks(), [])
  const misses = await platform.worker.db.rows(sql`select receipt from look_miss where receipt = ${answer.receipt}`)
  assert.equal(misses.length, 1)
})

test('M218 · a name is never found by likeness, and never a person', async () => {
  for (const subject of ['澜川云麓建设', '澜川云麓建筑有限公司', '张某某']) {
    const answer = await makeCheck(platform.app, officer, { subject, ...why })
    assert.deepEqual([answer.subject, answer.choices], [null, []])
    assert.match(answer.sentence, /没有找到这个主体/)
  }
})

test('M218 · a former name finds the subject and says so', async () => {
  const { app } = platform
  const [subjectId] = await openTestSubjects(app, [{ name: '澜川新名有限公司', uscc: inventedUscc('enterprise', 105) }])
  await change(app, SYSTEM, { deed: 'test.name', entity: 'system' }, made =>
    made.tx.run(sql`insert into name_lookup (name_key, subject_id) values (${nameKey('澜川旧名有限公司')}, ${subjectId})`),
  )
  const answer = await makeCheck(app, officer, { subject: '澜川旧名有限公司', ...why })
  assert.equal(answer.subject?.name, '澜川新名有限公司')
  assert.match(answer.sentence, /^您输入的是曾用名，该主体现名“澜川新名有限公司”。截至/)
})

test('principle 8 · when the register cannot be written the check fails and shows nothing', async () => {
  const admin = openDatabase(platform.database.superuserUrl, { max: 1 })
  await admin.run({ text: 'revoke insert on look from credit_look' })
  await assert.rejects(makeCheck(platform.app, officer, { subject: LISTED, ...why }), { code: '42501' })
  await admin.run({ text: 'grant insert on look to credit_look' })
  await admin.close()
  assert.deepEqual(await newLooks(), [])
})

test('principle 3 · a listing that was annulled or removed is not in force from that moment', async () => {
  const { app } = platform
  const uscc = inventedUscc('enterprise', 106)
  const [subjectId] = (await openTestSubjects(app, [{ name: '澜川移出有限公司', uscc }])) as [SubjectId]
  const listing = wageListing(subjectId, '示人社失〔2026〕6号', '2026-06-01')
  const [recordId] = (await fileTestFacts(app, [
    listing,
    wageListing(subjectId, '示人社失〔2026〕7号', '2026-06-01', { YCRQ: '2026-11-01' }),
  ])) as [FactId]
  assert.equal((await makeCheck(app, officer, { subject: uscc, ...why })).hits.length, 1)
  await annulTestRecord(app, listing, recordId)
  assert.equal((await makeCheck(app, officer, { subject: uscc, ...why })).hits.length, 0)
})

test('C6 · the court list is marked as the court’s', async () => {
  const { app } = platform
  const uscc = inventedUscc('enterprise', 107)
  const [subjectId] = (await openTestSubjects(app, [{ name: '澜川被执行有限公司', uscc }])) as [SubjectId]
  const content = {
    BZXRMC: '澜川被执行有限公司',
    ZXFY: '澜川市中级人民法院',
    AH: '（2026）示01执1号',
    FBSJ: '2026-03-01',
    LASJ: '2026-02-01',
    SXXWQX: '有履行能力而拒不履行',
  }
  await fileTestFacts(app, [
    { subjectId, item: 'dishonest-judgment-debtor-org', authority: 'intermediate-court', decidedOn: '2026-03-01', content },
  ])
  const [hit] = (await makeCheck(app, officer, { subject: uscc, ...why })).hits
  assert.equal(hit?.court, true)
  assert.ok(hit?.marks.includes('court'))
})

test('what a check leaves unread is what disclosure would not let through: every item outside its scope, for every kind of subject', () => {
  const { law } = platform.app
  const scope = new Set(checkScope(law).items)
  for (const item of law.itemEditions.values()) {
    const known = {
      content: {},
      decidedOn: day('2026-06-01'),
      authority: 'approval',
      ...NOTHING_SINCE,
    }
    const shown = item.subjects.some(
      kind => disclose(law, disclosedRecord(law, item, kind, known), 'officer', { day: day('2026-11-20'), purpose: 'x' }).shown,
    )
    if (shown) assert.ok(scope.has(item.item), item.edition)
  }
  assert.ok(scope.size >= 10)
})
