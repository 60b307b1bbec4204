import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { fileTestFacts } from '../reports/archive-testing.ts'
import { actorFor, TEST_NOW, type TestApp } from '../testing-app.ts'
import { consult } from './answer.ts'
import { countByReceiver } from './figures.ts'
import type { AuthorisationKey } from './model.ts'
import { readAuthorised } from './read.ts'
import { makeRequest } from './request.ts'
import { confirmDeletion, revokeAuthorisation } from './revoke.ts'
import { accountOf, authorise, BANK, banker, NUMBER, openBankTest, wishOf } from './testing.ts'
import { givenBy, oneReceived, receivedBy } from './views.ts'

let platform: TestApp
let app: App
let firm: SubjectId
let other: SubjectId
let person: SubjectId
const agency = actorFor('credit-service', 'receiver')

before(async () => {
  const opened = await openBankTest()
  ;({ platform, app, firm, other, person } = opened)
})
after(() => platform.close())
beforeEach(() => platform.setNow(TEST_NOW))

const later = (ms: number): void => platform.setNow(new Date(TEST_NOW.getTime() + ms))
const code = (expected: string) => (error: { code?: string }) => {
  assert.equal(error.code, expected)
  return true
}
const read = (key: AuthorisationKey, actor: Actor = banker, more: object = {}) =>
  readAuthorised(app, actor, key, { businessNo: NUMBER, ...more })
const looks = () =>
  app.changes.rows<{
    subject_id: SubjectId
    outlet: string
    purpose: string
    business_no: string
    until: string
    receipt: string
  }>(sql`select * from look order by at, look_id`)

test('M452 · M461 · a bank asks, the firm consents, the bank reads what was granted and nothing else, registered', async () => {
  const key = await authorise(app, firm)
  const before = (await looks()).length
  const answer = await read(key)
  assert.deepEqual(
    answer.classes.map(one => [one.id, one.records.map(record => record.documentNo)]),
    [
      ['penalties', ['示罚〔2026〕1号']],
      ['lists', ['示人社失〔2026〕1号']],
    ],
    'neither the minor one, nor the one past its period, nor the arrears',
  )
  const [look, ...more] = (await looks()).slice(before)
  assert.equal(more.length, 0)
  assert.equal(look?.receipt, answer.receipt)
  assert.deepEqual(
    [look?.subject_id, look?.outlet, look?.purpose, look?.business_no, look?.until],
    [firm, 'authorised-records', '贷款审批', NUMBER, '2027-02-18'],
  )
})

test('M461 · another bank, another number, another class, another subject: refused, and the subject sees the try', async () => {
  const key = await authorise(app, firm)
  await assert.rejects(read(key, agency), code('authorisation.unknown'))
  await assert.rejects(read({ ...key, subjectId: other }), code('authorisation.unknown'))
  await assert.rejects(readAuthorised(app, banker, key, { businessNo: '贷字2026-19' }), code('authorisation.business-number'))
  await assert.rejects(read(key, banker, { classes: ['penalties', 'honours'] }), code('authorisation.class-not-granted'))
  await assert.rejects(read(key, actorFor('rural-bank', 'clerk')), code('access.not-allowed'))
  const [given] = (await givenBy(app, accountOf(firm), { limit: 1 })).authorisations
  assert.deepEqual([given?.reads, given?.refusedReads, given?.lastRefusal], [0, 2, '所查的类没有授权'])
})

test('M461 · the chosen term is kept to the instant: the last day is whole, the next has none of it', async () => {
  const key = await authorise(app, firm, { days: 90 }, { days: 7 })
  platform.setNow(new Date('2026-11-27T15:59:59.999Z'))
  assert.equal((await read(key)).authorisation.reads, 1)
  platform.setNow(new Date('2026-11-27T16:00:00Z'))
  await assert.rejects(read(key), code('authorisation.over'))
  await assert.rejects(authorise(app, firm, { days: 7 }, { days: 30 }), code('authorisation.days-out-of-range'))
})

test('M461 · once is once, also for many at the same moment', async () => {
  const key = await authorise(app, firm, { times: 'once' })
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => read(key)))
  const refusals = answers.flatMap(one => (one.status === 'rejected' ? [one.reason.code] : []))
  assert.deepEqual([refusals.length, new Set(refusals)], [19, new Set(['authorisation.used-up'])])
})

test('PIPL 15 · taken back, it ends at once: no read, no more reports, the bank is asked to delete and says that it has', async () => {
  const key = await authorise(app, firm)
  await read(key)
  const before = (await looks()).length
  later(1000)
  await assert.rejects(revokeAuthorisation(app, accountOf(other), key.authorisationId), code('authorisation.unknown'))
  await revokeAuthorisation(app, accountOf(firm), key.authorisationId)
  later(2000)
  await assert.rejects(read(key), code('authorisation.revoked'))
  assert.equal((await looks()).length, before, 'nothing was registered, for nothing was read')
  await assert.rejects(revokeAuthorisation(app, accountOf(firm), key.authorisationId), code('authorisation.ended-before'))
  const [got] = (await receivedBy(app, banker, { limit: 1 })).authorisations
  assert.equal(got?.state, 'revoked')
  const noticeId = got.deletion?.noticeId ?? 0
  await assert.rejects(confirmDeletion(app, agency, firm, noticeId), code('authorisation.unknown'))
  await confirmDeletion(app, banker, firm, noticeId)
  await assert.rejects(confirmDeletion(app, banker, firm, noticeId), code('authorisation.deletion-confirmed'))
  const [given] = (await givenBy(app, accountOf(firm), { limit: 1 })).authorisations
  assert.deepEqual(
    [given?.state, given?.reads, given?.refusedReads, given?.lastRefusal, given?.deletion?.confirmedAt],
    ['revoked', 1, 1, '授权已撤回', '2026-11-20T12:00:02+08:00'],
  )
})

test('principle 10 · what a receiver is asked to delete stands beside its authorisation, however many others it was asked since', async () => {
  const key = await authorise(app, firm)
  await read(key)
  await revokeAuthorisation(app, accountOf(firm), key.authorisationId)
  await app.changes.run(sql`insert into receiver_notice (subject_id, notice_id, authorisation_id, receiver, kind, at, act_id)
    select ${firm}::bigint, 8000000000000000 + n, 7000000000000000 + n, ${BANK}, 'delete-copies', ${TEST_NOW}::timestamptz, 1 from generate_series(1, 600) as n`)
  const [got] = (await receivedBy(app, banker, { limit: 1 })).authorisations
  const [given] = (await givenBy(app, accountOf(firm), { limit: 1 })).authorisations
  const one = await oneReceived(app, banker, key)
  for (const view of [got, given, one]) {
    assert.equal(view?.authorisationId, key.authorisationId)
    assert.notEqual(view?.deletion, null)
  }
})

test('principle 10 · who never read has nothing to delete', async () => {
  const key = await authorise(app, firm)
  await revokeAuthorisation(app, accountOf(firm), key.authorisationId)
  const [got] = (await receivedBy(app, banker, { limit: 1 })).authorisations
  assert.deepEqual([got?.state, got?.deletion], ['revoked', null])
})

test('M272 · a person grants its own; the bank reads no name in full, and each of a person’s penalties is consented to apart', async () => {
  await fileTestFacts(app, [
    {
      subjectId: person,
      item: 'professional-qualification',
      authority: 'human-resources',
      decidedOn: '2024-01-02',
      content: {
        XM: '欧阳某某',
        ZJLX: '身份证',
        ZJHM: '860102199001012131',
        ZGMC: '一级建造师',
        ZSBH: '证1号',
        QDRQ: '2024-01-02',
        FZDW: '某单位',
        BZ: '电话13800138000',
      },
    },
  ])
  const { code: shown } = await makeRequest(app, banker, wishOf({ classes: ['professional', 'penalties'] }))
  const { text } = await consult(app, accountOf(person), { code: shown })
  assert.deepEqual(
    text.classes.map(one => [one.id, one.consent !== null]),
    [
      ['penalties', true],
      ['professional', false],
    ],
  )
  const key = await authorise(app, person, { classes: ['professional', 'penalties'] })
  const answer = await read(key)
  const said = JSON.stringify(answer)
  assert.ok(said.includes('一级建造师'))
  for (const secret of ['欧阳某某', '860102199001012131', '13800138000']) assert.equal(said.includes(secret), false, secret)
  assert.deepEqual(
    answer.classes.map(one => one.id),
    ['professional'],
  )
})

test('M461 · the credit office and the auditor see how many, and of whom nothing', async () => {
  const { receivers } = await countByReceiver(app)
  const bank = receivers.find(one => one.receiverName === '澜川农村商业银行股份有限公司')
  assert.ok(bank && bank.requests > 5 && bank.inForce > 0 && bank.ended > 0 && bank.reads > 0 && bank.refusedReads > 0)
  assert.equal(JSON.stringify(receivers).includes('云麓'), false)
})
