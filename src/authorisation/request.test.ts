import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, TEST_NOW, type TestApp } from '../testing-app.ts'
import { consult, grantRequest, refuseRequest } from './answer.ts'
import type { AuthorisationKey } from './model.ts'
import { readAuthorised } from './read.ts'
import { makeRequest, ownRequest, withdrawRequest } from './request.ts'
import { accountOf, authorise, banker, consentOf, FIRM, NUMBER, openBankTest, wishOf } from './testing.ts'
import { digestOf } from './text.ts'
import { readGiven, requestsTo } from './views.ts'

let platform: TestApp
let app: App
let firm: SubjectId
let other: SubjectId
const agency = actorFor('credit-service', 'receiver')
const window = actorFor('approval', 'window-officer')
const MINUTE = 60_000

before(async () => {
  const opened = await openBankTest()
  ;({ platform, app, firm, other } = opened)
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

const wishes: readonly (readonly [string, Parameters<typeof wishOf>[0], string, Actor?])[] = [
  ['a purpose nobody knows', { purpose: 'gossip' }, 'authorisation.purpose-unknown'],
  ['a purpose of other organisations', { purpose: 'application' }, 'authorisation.purpose-not-yours'],
  ['a class nobody knows', { classes: ['penalties', 'income'] }, 'authorisation.class-unknown'],
  ['no class', { classes: [] }, 'authorisation.class-unknown'],
  ['more than a year', { days: 366 }, 'authorisation.days-out-of-range'],
  ['no day', { days: 0 }, 'authorisation.days-out-of-range'],
  ['a blank business number', { businessNo: ' \u3000' }, 'authorisation.business-number-missing'],
  ['a code nobody has', { subject: inventedUscc('enterprise', 399) }, 'authorisation.subject-unknown'],
  ['a department that may not receive', {}, 'authorisation.receiver-unverified', actorFor('audit-office', 'receiver')],
  ['an officer of nowhere', {}, 'authorisation.receiver-unverified', actorFor('gone', 'receiver')],
  ['a clerk', {}, 'access.not-allowed', actorFor('rural-bank', 'clerk')],
]
for (const [title, wish, refusal, actor = banker] of wishes)
  test(`PIPL 13, 14 · ${title} cannot be asked for`, () => assert.rejects(makeRequest(app, actor, wishOf(wish)), code(refusal)))

test('M157 · an agency asks an applicant for its report or data by the same way', async () => {
  const wish = wishOf({ purpose: 'application', classes: ['penalties'], businessNo: '工程许可2026-7' })
  const made = await makeRequest(app, window, wish)
  const consent = await consentOf(app, firm, made.code)
  const authorisationId = await grantRequest(app, accountOf(firm), { code: made.code }, consent)
  const answer = await readAuthorised(app, window, { subjectId: firm, authorisationId }, { businessNo: '工程许可2026-7' })
  assert.equal(answer.classes[0]?.records.length, 1)
})

test('PIPL 29 · a sensitive class is granted only where it was consented to apart, with a moment and a sentence of its own', async () => {
  const classes = ['penalties', 'payments']
  const without = await authorise(app, firm, { classes })
  assert.deepEqual(
    (await read(without)).classes.map(one => one.id),
    ['penalties'],
  )
  await assert.rejects(read(without, banker, { classes: ['payments'] }), code('authorisation.class-not-granted'))
  const withIt = await authorise(app, firm, { classes }, { sensitive: ['payments'] })
  const [penalties, payments] = (await read(withIt)).classes
  assert.equal(penalties?.records.length, 1)
  assert.equal(
    payments?.records[0]?.fields.find(field => field.code === 'FDDBR')?.value.includes('欧阳某'),
    false,
    'a name is masked',
  )
  assert.ok(payments?.records[0]?.fields.some(field => field.code === 'QFJE'))
  const rows = await app.changes.rows<{ class: string; given_at: Date; text_digest: Buffer }>(
    sql`select class, given_at, text_digest from separate_consent where authorisation_id = ${withIt.authorisationId}`,
  )
  const sentence = '我单独同意澜川农村商业银行股份有限公司为贷款审批查看“缴费和欠缴信息”'
  assert.deepEqual(rows, [{ class: 'payments', given_at: TEST_NOW, text_digest: digestOf(sentence) }])
})

test('PIPL 29 · nothing but sensitive classes, none of them consented to, is no authorisation', async () => {
  const { code: shown } = await makeRequest(app, banker, wishOf({ classes: ['payments'] }))
  const consent = await consentOf(app, firm, shown)
  await assert.rejects(grantRequest(app, accountOf(firm), { code: shown }, consent), code('authorisation.nothing-granted'))
  const plain = { ...consent, sensitive: ['lists'] }
  await assert.rejects(grantRequest(app, accountOf(firm), { code: shown }, plain), code('authorisation.class-unknown'))
})

test('PIPL 14 · the text that was shown is kept with its digest and edition; another text is no consent', async () => {
  const made = await makeRequest(app, banker, wishOf())
  const { text } = await consult(app, accountOf(firm), { code: made.code })
  assert.ok(text.lines[0]?.includes('澜川农村商业银行股份有限公司') && text.lines[0].includes('91860100A51063610G'))
  assert.ok(
    text.lines.some(line => line.includes('个人信息保护岗')),
    'PIPL 23: how the receiver is reached',
  )
  const wrong = { sensitive: [], textDigest: '0'.repeat(64) }
  await assert.rejects(grantRequest(app, accountOf(firm), { code: made.code }, wrong), code('authorisation.text-changed'))
  const authorisationId = await grantRequest(app, accountOf(firm), { code: made.code }, await consentOf(app, firm, made.code))
  const kept = await readGiven(app, accountOf(firm), authorisationId)
  assert.deepEqual([kept.lines, kept.digest, kept.edition], [text.lines, text.digest.toString('hex'), text.edition])
  const [row] = await app.changes.rows<{ sealed: Buffer }>(
    sql`select text_sealed as sealed from authorisation where authorisation_id = ${authorisationId}`,
  )
  assert.equal(row?.sealed.includes(Buffer.from('农村商业银行')), false, 'sealed')
})

test('M461 · a request is used once, ends after ten minutes, and may be taken back', async () => {
  const used = await makeRequest(app, banker, wishOf())
  await grantRequest(app, accountOf(firm), { code: used.code }, await consentOf(app, firm, used.code))
  await assert.rejects(
    grantRequest(app, accountOf(other), { code: used.code }, await consentOf(app, other, used.code)),
    code('authorisation.request-answered'),
  )
  const late = await makeRequest(app, banker, wishOf())
  const consent = await consentOf(app, firm, late.code)
  later(10 * MINUTE - 1)
  const typed = late.code.toLowerCase().replace(/(.{4})/g, '$1 ')
  assert.equal((await consult(app, accountOf(firm), { code: typed })).request.requestId, late.requestId, 'as a person types it')
  later(10 * MINUTE)
  await assert.rejects(grantRequest(app, accountOf(firm), { code: late.code }, consent), code('authorisation.request-over'))
  await assert.rejects(refuseRequest(app, accountOf(firm), { code: late.code }), code('authorisation.request-over'))
  const taken = await makeRequest(app, banker, wishOf())
  await assert.rejects(withdrawRequest(app, agency, taken.requestId), code('authorisation.request-unknown'))
  await withdrawRequest(app, banker, taken.requestId)
  await assert.rejects(refuseRequest(app, accountOf(firm), { code: taken.code }), code('authorisation.request-answered'))
  await assert.rejects(withdrawRequest(app, banker, taken.requestId), code('authorisation.request-answered'))
  assert.equal((await ownRequest(app, banker, used.requestId)).answer, 'granted')
})

test('M461 · a yes from an account that proved long ago who it is is refused, a no is taken; no proof is asked for a request that is over', async () => {
  const made = await makeRequest(app, banker, wishOf())
  const consent = await consentOf(app, firm, made.code)
  const left = {
    ...accountOf(firm),
    session: { sessionId: 1, stage: 'whole', freshAt: new Date(TEST_NOW.getTime() - 11 * MINUTE) },
  } as const
  await assert.rejects(grantRequest(app, left, { code: made.code }, consent), code('access.not-fresh'))
  const program = { ...accountOf(firm), session: undefined }
  await assert.rejects(grantRequest(app, program as unknown as Actor, { code: made.code }, consent), code('access.not-fresh'))
  const wrong = { ...consent, textDigest: '0'.repeat(64) }
  await assert.rejects(grantRequest(app, left, { code: made.code }, wrong), code('authorisation.text-changed'))
  await refuseRequest(app, left, { code: made.code })
  await assert.rejects(grantRequest(app, left, { code: made.code }, consent), code('authorisation.request-answered'))
})

test('M461 · two phones that answer at once are one answer', async () => {
  const made = await makeRequest(app, banker, wishOf())
  const consent = await consentOf(app, firm, made.code)
  const answers = await Promise.allSettled([
    ...Array.from({ length: 4 }, () => grantRequest(app, accountOf(firm), { code: made.code }, consent)),
    refuseRequest(app, accountOf(firm), { code: made.code }),
  ])
  assert.equal(answers.filter(one => one.status === 'fulfilled').length, 1)
})

test('M061 · a request that names a subject is seen by that subject alone, and not sent again after a no', async () => {
  const made = await makeRequest(app, banker, wishOf({ subject: FIRM, businessNo: '贷字-指名' }))
  await assert.rejects(
    makeRequest(app, banker, wishOf({ subject: FIRM, businessNo: '贷字-另一' })),
    code('authorisation.asked-before'),
  )
  assert.deepEqual(
    (await requestsTo(app, accountOf(firm))).map(one => [one.requestId, one.receiverName]),
    [[made.requestId, '澜川农村商业银行股份有限公司']],
  )
  assert.deepEqual(await requestsTo(app, accountOf(other)), [])
  for (const place of [{ code: made.code }, { requestId: made.requestId }])
    await assert.rejects(consult(app, accountOf(other), place), code('authorisation.request-unknown'))
  await refuseRequest(app, accountOf(firm), { requestId: made.requestId })
  assert.equal((await ownRequest(app, banker, made.requestId)).answer, 'refused')
  await assert.rejects(
    makeRequest(app, banker, wishOf({ subject: FIRM, businessNo: '贷字-指名' })),
    code('authorisation.refused-before'),
  )
  const open = await makeRequest(app, banker, wishOf())
  await assert.rejects(
    consult(app, accountOf(firm), { requestId: open.requestId }),
    code('authorisation.request-unknown'),
    'a number is no key',
  )
})
