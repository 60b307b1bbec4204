import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { LightMyRequestResponse } from 'fastify'
import { authorise, BANK, NUMBER as NUMBER_OF_LOAN } from '../authorisation/testing.ts'
import { day } from '../base/day.ts'
import type { AuthorisationId, SubjectId } from '../base/id.ts'
import { openTestGovernmentCase } from '../campaigns/testing.ts'
import { openTestCase } from '../cases/testing-case.ts'
import { OUTLETS } from '../disclosure/outlets.ts'
import { bound } from '../http/serve.ts'
import { serveTestNotice } from '../notices/testing.ts'
import { publishSubjects } from '../publication/publish.ts'
import { openTestNotice } from '../receivers/testing.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Caller, type Doors, openDoors } from './doors.ts'
import { NO_LOOK, OWN_LOOK } from './doors-without-look.ts'
import { GOOD, given, missing, query, type Reason } from './reasons.ts'
import { firm, penalty, personPenalty, uncodedPenalty, wageListing } from './sent-rows.ts'
import { Outside, runs, send, subjectOf, waitingOf } from './testing.ts'
import { lastLook, newLooks, type Read } from './testing-looks.ts'

// Principle 8: every look at non-public data is registered, one row for each subject shown, in the transaction of the read. If the register
// cannot be written, the read does not happen.

const FIRMS = [1, 2, 3] as const
const NUMBER = '澜看〔2026〕1号'
const PERSON = { name: '祁望舒', id: inventedResidentId(5, day('1991-05-06')), number: '澜看个〔2026〕1号' } as const
const STRANGER = '澜川无人识得商行'
/** What nobody may learn from an answer that is not registered: none of it is on the portal. */
const SECRETS = ['秘一项事实', '秘二项事实', PERSON.name, PERSON.number, NUMBER, '逾期未支付农民工工资', STRANGER, '另名有限公司']

let t: TestApp
let doors: Doors
let outside: Outside
let firms: SubjectId[] = []
let person: SubjectId
let waitingId: number
/** A waiting row that may be about nobody known. */
let strangerId: number
let callers: Record<'office' | 'window' | 'program' | 'own' | 'auditor' | 'clerk' | 'bank', Caller>
let specialCode: string
let authorisationId: AuthorisationId
let [rightsId, noticeId, noticeAt] = [0, 0, '']
let [inCase, body] = [{ caseId: 0, paperId: 0 }, 0 as SubjectId]

before(async () => {
  t = await openTestApp()
  doors = await openDoors(t)
  outside = await Outside.open(t)
  const minor = FIRMS.map(n =>
    penalty(n, n === 1 ? NUMBER : `澜看〔2026〕${n}号`, { 失信信息类别: 'Ⅰ类', 违法事实: '秘一项事实' }),
  )
  await send(t.app, 'ecology-penalty', minor)
  await send(t.app, 'wage-arrears', [wageListing(1, '澜看名〔2026〕1号', { 移出日期: '2026-11-02', 公示截止期: '2026-11-01' })])
  const personal = personPenalty(PERSON.id, PERSON.number, { 当事人姓名: PERSON.name, 违法事实: '秘二项事实' })
  await send(t.app, 'transport-penalty-person', [personal])
  const asked = await send(t.app, 'ecology-penalty', [
    penalty(1, '澜看〔2026〕问号', { 行政相对人名称: '另名有限公司', 违法事实: '秘一项事实' }),
  ])
  waitingId = (await waitingOf(t.app, asked.deliveryId))[0]?.waiting_id ?? 0
  const unknown = await send(t.app, 'ecology-penalty', [uncodedPenalty(STRANGER, '澜看〔2026〕疑号')])
  strangerId = (await waitingOf(t.app, unknown.deliveryId))[0]?.waiting_id ?? 0
  firms = await Promise.all(FIRMS.map(n => subjectOf(t.app, firm(n).code)))
  person = await subjectOf(t.app, t.app.keys.blindIndex('resident-id', Buffer.from(PERSON.id)).toString('hex'))
  await publishSubjects(t.worker, [...firms, person])
  callers = {
    office: await doors.signIn('credit-office', ['credit-office']),
    window: await doors.signIn('approval', ['window-officer']),
    program: await doors.program('approval'),
    own: await doors.signIn('self', ['subject'], firms[0]),
    auditor: await doors.signIn('credit-office', ['auditor']),
    clerk: await doors.signIn('ecology-environment', ['clerk']),
    bank: await doors.signIn(BANK, ['receiver']),
  }
  const classes = ['penalties', 'special-report']
  authorisationId = (await authorise(doors.app, firms[0] as SubjectId, { classes })).authorisationId
  const issued = await specialReport()
  specialCode = (issued.json() as { code: string }).code
  const lodged = await post(callers.own, '/rights/requests', { kind: 'explanation', text: '请说明公示期的规则' })
  rightsId = (lodged.json() as { requestId: number }).requestId
  inCase = await openTestCase(t.app, firms[0] as SubjectId, 'ecology-environment')
  body = await openTestGovernmentCase(t.app)
  noticeAt = `/receivers/corrections/${firms[0]}/${await openTestNotice(t.app, firms[0] as SubjectId, 'approval')}`
  noticeId = (await serveTestNotice(t.app, firms[0] as SubjectId, 'listing-notice', { from: 'ecology-environment' })).noticeId
})
after(async () => {
  await outside.close()
  await doors.close()
  await t.close()
})

const get = (caller: Caller, url: string): Promise<LightMyRequestResponse> =>
  doors.ask('api', caller, { method: 'GET', url: `/api/v1${url}` })
const post = (caller: Caller, url: string, payload: object): Promise<LightMyRequestResponse> =>
  doors.ask('api', caller, { method: 'POST', url: `/api/v1${url}`, payload })
const specialReport = (): Promise<LightMyRequestResponse> =>
  post(callers.own, `/subjects/${firms[0]}/reports`, { kind: 'special', years: 3, ...GOOD })

const authorised = (what: string, more: object = {}): Promise<LightMyRequestResponse> =>
  post(callers.bank, `/subjects/${firms[0]}/authorisations/${authorisationId}/${what}`, { businessNo: NUMBER_OF_LOAN, ...more })

const search = (caller: Caller, reason: Reason, name: string): Promise<LightMyRequestResponse> =>
  post(caller, '/subjects/search', { documentNumber: PERSON.id, name, ...reason })

const first = (): SubjectId[] => [firms[0] as SubjectId]
const asking = (name: string, ask: Read['ask'], shows = first): Read => ({ name, asksReason: true, ask, shows })
const askingOf = (at: string): Read =>
  asking(`GET /subjects/:subjectId/${at}`, why => get(callers.office, `/subjects/${firms[0]}/${at}?${query(why)}`))
const reading = (name: string, ask: Read['ask'], shows = first): Read => ({ name, asksReason: false, ask, shows })
const json = { accept: 'application/json' }
const BATCH = [firm(1).code, firm(3).name, firm(1).name, firm(2).code]

const READS: readonly Read[] = [
  ...['records', 'commitment-matters', 'measures', 'measure-openings'].map(askingOf),
  asking(
    'GET /subjects/:subjectId/records',
    why => get(callers.program, `/subjects/${person}/records?${query(why)}&basis=${encodeURIComponent('授权书')}`),
    () => [person],
  ),
  asking(
    'POST /subjects/search',
    why => search(callers.office, why, PERSON.name),
    () => [person],
  ),
  asking('POST /checks', why => post(callers.window, '/checks', { subject: firm(1).code, ...why })),
  asking(
    'POST /checks',
    why => post(callers.program, '/checks', { subject: firm(2).name, ...why }),
    () => [firms[1] as SubjectId],
  ),
  asking(
    'POST /checks/batch',
    why => post(callers.window, '/checks/batch', { subjects: BATCH, ...why }),
    () => firms,
  ),
  reading('POST /subjects/:subjectId/reports', () => specialReport()),
  reading('GET /reports/:code', () =>
    doors.ask('api', callers.office, { method: 'GET', url: `/api/v1/reports/${specialCode}`, headers: json }),
  ),
  reading('GET /rights/own-file', () => get(callers.own, '/rights/own-file')),
  reading('GET /subjects/:subjectId/rights/:requestId', () => get(callers.office, `/subjects/${firms[0]}/rights/${rightsId}`)),
  reading('GET /subjects/:subjectId/cases/:caseId', () => get(callers.office, `/subjects/${firms[0]}/cases/${inCase.caseId}`)),
  reading('GET /subjects/:subjectId/cases/:caseId/papers/:paperId', () =>
    get(callers.office, `/subjects/${firms[0]}/cases/${inCase.caseId}/papers/${inCase.paperId}`),
  ),
  reading('GET /cases/mine/:caseId', () => get(callers.own, `/cases/mine/${inCase.caseId}`)),
  reading('GET /cases/mine/:caseId/papers/:paperId', () =>
    get(callers.own, `/cases/mine/${inCase.caseId}/papers/${inCase.paperId}`),
  ),
  ...['', '/export'].map(at =>
    reading(
      `GET /government-cases${at}`,
      () => get(callers.office, `/government-cases${at}`),
      () => [body],
    ),
  ),
  reading('GET /receivers/corrections/:subjectId/:noticeId', () => get(callers.window, noticeAt)),
  reading('GET /subjects/:subjectId/notices/:noticeId', () => get(callers.clerk, `/subjects/${firms[0]}/notices/${noticeId}`)),
  reading('POST /notices/prints', () => post(callers.clerk, '/notices/prints', { notices: [{ subjectId: firms[0], noticeId }] })),
  reading('GET /waiting/:waitingId', () => get(callers.office, `/waiting/${waitingId}`)),
  ...(['records', 'reports'] as const).map(what =>
    reading(`POST /subjects/:subjectId/authorisations/:authorisationId/${what}`, () =>
      authorised(what, what === 'reports' ? { years: 3 } : {}),
    ),
  ),
]

const asks = READS.filter(one => one.asksReason)
test('principle 8 · every door is known here: it registers a look, or it shows nothing that is not public', () => {
  const doorsThere = bound.map(door => `${door.method} ${door.path}`).sort()
  const known = [...new Set([...READS.map(one => one.name), ...Object.keys({ ...NO_LOOK, ...OWN_LOOK })])].sort()
  assert.deepEqual(doorsThere, known)
})

test('M053 · without a purpose and a business number nothing is read and nothing registered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...asks), missing, async (read, reason) => {
      const before = await outside.counts()
      const answer = await read.ask(given(reason))
      assert.equal(answer.statusCode, 400, read.name)
      assert.equal((answer.json() as { code: string }).code, 'look.purpose-missing')
      for (const secret of SECRETS) assert.ok(!answer.body.includes(secret), `${read.name} says ${secret}`)
      assert.deepEqual(await outside.counts(), before)
    }),
    runs(30),
  )
})

test('principle 8 · a purpose that brings no basis opens nothing without one, and is not kept', async () => {
  for (const purpose of ['随便看看', '本人查询', '银行贷款']) {
    const before = await outside.counts()
    for (const read of asks) {
      const answer = await read.ask({ purpose, businessNo: '审-1' })
      // Who shows a paper of the person has a basis of its own.
      if (answer.statusCode < 300) assert.ok(read.name.endsWith('/records'), read.name)
      else assert.equal((answer.json() as { code: string }).code, 'look.ground-missing', read.name)
    }
    const grown = (await outside.counts())['public.look'] ?? 0
    assert.equal(grown, (before['public.look'] ?? 0) + 1, 'the one with a paper')
  }
})

test('M053 · a look writes one row for each subject it shows, with who, what for and where, beside its leaf in one transaction', async () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .filter(one => one.trim() !== '' && !one.includes('\0'))
  const lawful = fc.constantFrom(...[...t.app.law.lookPurposes.values()].flatMap(one => (one.ground === 'law' ? one.name : [])))
  const outlets = new Set<string>(OUTLETS.filter(one => one.registersLook).map(one => one.outlet))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...READS), lawful, text, async (read, purpose, businessNo) => {
      const before = await lastLook(outside)
      const answer = await read.ask({ purpose, businessNo })
      assert.ok(answer.statusCode < 300, `${read.name}: ${answer.body}`)
      const looks = await newLooks(outside, before)
      assert.deepEqual([...new Set(looks.map(row => Number(row.subject_id)))].sort(), [...read.shows()].sort(), read.name)
      for (const row of looks) {
        assert.ok(outlets.has(row.outlet), row.outlet)
        if (read.asksReason) assert.deepEqual([row.purpose, row.business_no], [purpose.trim(), businessNo.trim()])
        assert.match(row.actor, /^(account|token):\d+$/)
        assert.ok(row.ground === 'law' ? row.basis : ['own', 'authorisation'].includes(row.ground), `${read.name}: ${row.ground}`)
      }
      const batches = await outside.rows<{ leaf_count: number }>(
        `select leaf_count from ledger_batch where kind = 'look' and xmin::text = any($1)`,
        [looks.map(row => row.xmin)],
      )
      assert.equal(
        batches.reduce((sum, one) => sum + one.leaf_count, 0),
        looks.length,
      )
    }),
    runs(25),
  )
})

test('M053 · a look that found nobody is registered apart, without what was asked for', async () => {
  const nobody = inventedUscc('enterprise', 4242)
  const stranger = inventedResidentId(6, day('1970-01-02'))
  const misses: readonly (readonly [string, number, () => Promise<LightMyRequestResponse>])[] = [
    ['check', 1, () => post(callers.window, '/checks', { subject: nobody, ...GOOD })],
    ['search', 1, () => post(callers.office, '/subjects/search', { documentNumber: stranger, name: '甲乙', ...GOOD })],
    ['search by another name', 1, () => search(callers.office, GOOD, '甲乙')],
    ['records', 1, () => get(callers.office, `/subjects/999999999/records?${query(GOOD)}`)],
    ['waiting row', 1, () => get(callers.office, `/waiting/${strangerId}`)],
    ['batch', 2, () => post(callers.window, '/checks/batch', { subjects: [nobody, '查无此名有限公司'], ...GOOD })],
  ]
  for (const [name, count, ask] of misses) {
    const before = await outside.counts()
    const answer = await ask()
    assert.ok(answer.statusCode < 500, `${name}: ${answer.body}`)
    const now = await outside.counts()
    assert.equal(now['public.look'], before['public.look'], name)
    assert.equal(now['public.look_miss'], (before['public.look_miss'] ?? 0) + count, name)
  }
  for (const asked of [nobody, stranger, PERSON.id, '查无此名', STRANGER])
    assert.deepEqual(await outside.holding(asked), [], asked)
})

test('M053 · a person’s card is nobody’s to see without a registered look; without one not even that there is such a person', async () => {
  const before = await lastLook(outside)
  const url = `/subjects/${person}`
  for (const ask of [
    () => get({ headers: {} }, url),
    () => get(callers.window, `${url}?${query(GOOD)}`),
    () => get(callers.office, url),
    () => get(callers.own, `${url}?${query(GOOD)}`),
  ]) {
    const answer = await ask()
    assert.equal(answer.statusCode, 404)
    assert.ok(!answer.body.includes(PERSON.name))
  }
  const none = await newLooks(outside, before)
  assert.deepEqual(none, [])
  const seen = await get(callers.office, `${url}?${query(GOOD)}`)
  assert.equal(seen.statusCode, 200)
  assert.deepEqual(
    (await newLooks(outside, before)).map(row => Number(row.subject_id)),
    [person],
  )
})

test('principle 8 · when the register cannot be written, no door reads', async () => {
  await outside.rows('revoke insert on look, look_miss from credit_look; revoke insert on act from credit_app')
  const all = [
    ...READS,
    { name: 'GET /subjects/:subjectId', ask: () => get(callers.office, `/subjects/${person}?${query(GOOD)}`) },
    { name: 'GET /looks', ask: () => get(callers.auditor, '/looks') },
    { name: 'nobody known', ask: () => get(callers.office, `/waiting/${strangerId}`) },
    { name: 'nobody found', ask: () => post(callers.window, '/checks', { subject: inventedUscc('enterprise', 99), ...GOOD }) },
  ]
  for (const read of all) {
    const answer = await read.ask(GOOD)
    assert.ok(answer.statusCode >= 500, `${read.name} answered ${answer.statusCode}`)
    for (const secret of [...SECRETS, firm(1).name, '行政审批'])
      assert.ok(!answer.body.includes(secret), `${read.name} says ${secret}`)
  }
  await outside.rows('grant insert on look, look_miss to credit_look; grant insert on act to credit_app')
  for (const read of READS) assert.ok((await read.ask(GOOD)).statusCode < 300, `${read.name} reads again`)
})
