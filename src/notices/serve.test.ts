import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { type Database, openDatabase, sql } from '../db/database.ts'
import { canonicalJson, commitText } from '../ledger/commitment.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { advanceNotices } from './advance.ts'
import { openNotice, recordProof, recordPublication } from './proof.ts'
import { servedOn, serveNotice } from './serve.ts'
import type { Sealed } from './store.ts'
import { regulator, sampleFacts, serveTestNotice } from './testing.ts'

let t: TestApp
let owner: Database
let firm: SubjectId
let person: SubjectId
const self = (subjectId: SubjectId): Actor => ({
  ...actorFor('subject', 'subject'),
  id: `account:${subjectId}`,
  unit: 'subject',
  subjectId,
})
const later = (days: number): void => t.setNow(new Date(TEST_NOW.getTime() + days * 86_400_000))

before(async () => {
  t = await openTestApp()
  owner = openDatabase(t.database.url, { max: 2 })
  const [one, other] = await openTestSubjects(t.app, [
    { name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 8) },
    { name: '王某甲', kind: 'natural-person', document: inventedResidentId(1, day('1990-03-07')) },
  ])
  firm = one as SubjectId
  person = other as SubjectId
})
after(async () => {
  await owner.close()
  await t.close()
})

type Kept = { sealed: Buffer; digest: Buffer; number: string; served_on: string | null; act_id: number }
const kept = async (noticeId: number): Promise<Kept> =>
  (await owner.row<Kept>(sql`select sealed, digest, number, served_on, act_id from notice where notice_id = ${noticeId}`)) as Kept
const opened = (noticeId: number, { sealed }: Kept): Sealed =>
  JSON.parse(t.app.keys.open(sealed, `notice:${noticeId}`).toString()) as Sealed
const steps = async (noticeId: number): Promise<string[]> =>
  (
    await owner.rows<{ told: string }>(
      sql`select channel || ' ' || outcome || ' ' || on_day as told from notice_service where notice_id = ${noticeId} order by at, service_id`,
    )
  ).map(row => row.told)
const served = (subjectId: SubjectId, noticeId: number) => servedOn(t.worker.db, subjectId, noticeId)

test('M205 · a letter is written, numbered, placed and queued in one transaction, its words sealed, its digest in the act', async () => {
  const { noticeId, number } = await serveTestNotice(t.app, firm, 'listing-notice', { basis: 'gbf-2020-49#四' })
  assert.match(number, /^市市场监管局信文〔2026〕\d+号$/)
  const row = await kept(noticeId)
  const { letter, facts, salt } = opened(noticeId, row)
  assert.equal(letter.number, number)
  assert.equal(letter.addressee, `澜川云麓食品有限公司（统一社会信用代码${inventedUscc('enterprise', 8)}）`)
  assert.ok(row.digest.equals(commitText(Buffer.from(salt, 'hex'), canonicalJson({ letter, facts }))))
  const act = await owner.row<{ detail: Record<string, { digest: string; basis: string }> }>(
    sql`select detail from act where act_id = ${row.act_id}`,
  )
  assert.deepEqual(
    [act?.detail[`notice:${noticeId}`]?.digest, act?.detail[`notice:${noticeId}`]?.basis],
    [row.digest.toString('hex'), 'gbf-2020-49#四'],
  )
  assert.ok(!JSON.stringify(act).includes('云麓'))
  assert.deepEqual(await steps(noticeId), ['account placed 2026-11-20', 'sms queued 2026-11-20', 'email queued 2026-11-20'])
  const jobs = await owner.rows<{ key: string }>(
    sql`select key from graphile_worker.jobs where key like ${`notice:%${noticeId}%`} order by key`,
  )
  assert.deepEqual(
    jobs.map(job => job.key),
    [`notice:${noticeId}`, `notice:N${noticeId}-email-1`, `notice:N${noticeId}-sms-1`],
  )
})

test('a change that is refused after its letter leaves no letter, no number, no task', async () => {
  const counts = async (): Promise<unknown> =>
    await owner.row(sql`select (select count(*) from notice) as notices, (select count(*) from notice_service) as steps,
      (select max(last) from notice_series) as last, (select count(*) from graphile_worker.jobs) as jobs`)
  const before = await counts()
  const facts = sampleFacts(t.app.law.notices.get('listing-decision')?.at(-1) ?? { blanks: [] })
  await assert.rejects(
    change(t.app, regulator, { deed: 'test.serve', entity: 'system' }, async made => {
      await serveNotice(t.app, made, { subjectId: firm, caseId: 1, template: 'listing-decision', facts, basis: null })
      throw new Error('the case refuses')
    }),
    /the case refuses/,
  )
  assert.deepEqual(await counts(), before)
})

test('两书同达 · a decision that takes away is served together with the letter that says how one repairs it', async () => {
  const { noticeId } = await serveTestNotice(t.app, firm, 'listing-decision', { caseId: 77, facts: { exit: '满一年可以申请。' } })
  const letters = await owner.rows<{ notice: string; notice_id: number; act_id: number }>(
    sql`select notice, notice_id, act_id from notice where case_id = 77 order by notice_id`,
  )
  assert.deepEqual(
    letters.map(one => one.notice),
    ['listing-decision', 'repair-guidance'],
  )
  assert.equal(letters[0]?.notice_id, noticeId)
  assert.equal(letters[0]?.act_id, letters[1]?.act_id)
  const guidance = letters[1]?.notice_id ?? 0
  assert.ok(opened(guidance, await kept(guidance)).letter.paragraphs.some(text => text.includes('满一年可以申请。')))
})

test('numbers of a unit and year have no gap, however many letters are written at once and given up', async () => {
  const actor = actorFor('health', 'clerk')
  await Promise.all(
    Array.from({ length: 24 }, (_, i) =>
      change(t.app, actor, { deed: 'test.serve', entity: 'system' }, async made => {
        const facts = { record: '甲', 'case-number': `${i}`, rules: ['gbf-2020-49'], handler: 'health', due: '2026-12-01' }
        await serveNotice(t.app, made, { subjectId: firm, caseId: null, template: 'objection-receipt', facts, basis: null })
        if (i % 3 === 0) throw new Error('given up')
      }).catch((error: Error) => assert.equal(error.message, 'given up')),
    ),
  )
  const rows = await owner.rows<{ no: number; number: string }>(
    sql`select no, number from notice where unit = 'health' order by no`,
  )
  assert.deepEqual(
    rows.map(row => row.no),
    Array.from({ length: 16 }, (_, i) => i + 1),
  )
  assert.ok(
    rows.every(row => row.number === `市卫健委信文〔2026〕${row.no}号`),
    rows[0]?.number,
  )
})

test('M209 · it counts as served from the day on which it was opened; opened again, it is what it was', async () => {
  const { noticeId } = await serveTestNotice(t.app, firm, 'listing-notice')
  assert.equal(await served(firm, noticeId), null)
  later(2)
  await openNotice(t.app, self(firm), { subjectId: firm, noticeId }, [firm])
  later(3)
  await openNotice(t.app, self(firm), { subjectId: firm, noticeId }, [firm])
  later(0)
  assert.equal(await served(firm, noticeId), '2026-11-22')
  assert.deepEqual(
    (await steps(noticeId)).filter(step => step.startsWith('account')),
    ['account placed 2026-11-20', 'account opened 2026-11-22'],
  )
})

test('another subject’s letter cannot be opened, nor one that goes to a unit', async () => {
  const { noticeId } = await serveTestNotice(t.app, firm, 'listing-notice')
  await assert.rejects(openNotice(t.app, self(person), { subjectId: firm, noticeId }, [person]), { code: 'notice.unknown' })
  const transfer = await serveTestNotice(t.app, firm, 'objection-transfer')
  await assert.rejects(openNotice(t.app, self(firm), { subjectId: firm, noticeId: transfer.noticeId }, [firm]), {
    code: 'notice.unknown',
  })
  assert.equal(await served(firm, noticeId), null)
})

type Announced = { letter_name: string; subject_name: string; is_organisation: boolean; published_on: string; served_on: string }
const announced = async (subjectId: SubjectId): Promise<Announced[]> =>
  await owner.rows<Announced>(sql`select letter_name, subject_name, is_organisation, published_on::text, served_on::text
    from pub.announcement where subject_id = ${subjectId}`)

test('M209 · not opened: by post; come back: by publication; thirty days later it counts, each step with its proof', async () => {
  const { noticeId } = await serveTestNotice(t.app, firm, 'listing-decision')
  const key = { subjectId: firm, noticeId }
  await assert.rejects(recordPublication(t.app, regulator, key), { code: 'notice.publication-early' })
  later(6)
  await advanceNotices(t.worker)
  await recordProof(t.app, regulator, key, { channel: 'post', outcome: 'sent', on: day('2026-11-26'), trace: 'EX123456789CN' })
  later(10)
  await recordProof(t.app, regulator, key, { channel: 'post', outcome: 'returned', on: day('2026-11-30'), reason: '查无此址' })
  await recordProof(t.app, regulator, key, { channel: 'post', outcome: 'returned', on: day('2026-11-30'), reason: '查无此址' })
  await advanceNotices(t.worker)
  assert.deepEqual(await announced(firm), [])
  await recordPublication(t.app, regulator, key, { where: '某报第四版' })
  await assert.rejects(recordPublication(t.app, regulator, key), { code: 'notice.published-already' })
  const [shown, ...others] = await announced(firm)
  assert.equal(others.length, 0)
  assert.deepEqual([shown?.letter_name, shown?.is_organisation], ['列入名单决定书', true])
  assert.deepEqual([shown?.published_on, shown?.served_on], ['2026-11-30', '2026-12-30'], 'thirty days')
  assert.equal(await served(firm, noticeId), null)
  later(40)
  await advanceNotices(t.worker)
  await advanceNotices(t.worker)
  later(0)
  assert.equal(await served(firm, noticeId), '2026-12-30')
  assert.deepEqual(await announced(firm), [], 'its day is over')
  assert.deepEqual((await steps(noticeId)).slice(3), [
    'post queued 2026-11-26',
    'post sent 2026-11-26',
    'post returned 2026-11-30',
    'publication queued 2026-11-30',
    'publication published 2026-11-30',
    'publication deemed 2026-12-30',
  ])
  const raw = JSON.stringify(await owner.rows(sql`select * from notice_service where notice_id = ${noticeId}`))
  assert.ok(!raw.includes('EX123456789CN'), 'the tracking number is sealed')
})

test('a letter that only gives counts as served after its days, by the clock alone', async () => {
  const { noticeId } = await serveTestNotice(t.app, firm, 'repair-granted')
  later(4)
  await advanceNotices(t.worker)
  assert.equal(await served(firm, noticeId), null)
  later(5)
  await advanceNotices(t.worker)
  later(0)
  assert.equal(await served(firm, noticeId), '2026-11-25')
})

test('the first proof counts; a later one is kept beside it and moves nothing', async () => {
  const { noticeId } = await serveTestNotice(t.app, firm, 'listing-decision')
  const key = { subjectId: firm, noticeId }
  later(3)
  await recordProof(t.app, regulator, key, { channel: 'hand', outcome: 'delivered', on: day('2026-11-23'), trace: '张某签收' })
  later(4)
  await openNotice(t.app, self(firm), key, [firm])
  later(0)
  assert.equal(await served(firm, noticeId), '2026-11-23')
})

const refusals: readonly (readonly [string, string, (key: { subjectId: SubjectId; noticeId: number }) => Promise<unknown>])[] = [
  [
    'another unit writes down a proof',
    'notice.unknown',
    key => recordProof(t.app, actorFor('health', 'clerk'), key, { channel: 'hand', outcome: 'delivered', on: day('2026-11-20') }),
  ],
  [
    'the proof is of a day before the letter',
    'notice.day-outside',
    key => recordProof(t.app, regulator, key, { channel: 'hand', outcome: 'delivered', on: day('2026-11-19') }),
  ],
  [
    'the proof is of tomorrow',
    'notice.day-outside',
    key => recordProof(t.app, regulator, key, { channel: 'post', outcome: 'delivered', on: day('2026-11-21') }),
  ],
  [
    'it came back and nobody says why',
    'notice.reason-missing',
    key => recordProof(t.app, regulator, key, { channel: 'post', outcome: 'returned', on: day('2026-11-20') }),
  ],
  [
    'it was posted without a number',
    'notice.trace-missing',
    key => recordProof(t.app, regulator, key, { channel: 'post', outcome: 'sent', on: day('2026-11-20') }),
  ],
]
for (const [what, code, act] of refusals)
  test(`refused: ${what}`, async () => {
    const { noticeId } = await serveTestNotice(t.app, firm, 'listing-decision')
    await assert.rejects(act({ subjectId: firm, noticeId }), { code })
    assert.equal(await served(firm, noticeId), null)
  })

const unsound: readonly (readonly [string, string, Parameters<typeof serveTestNotice>[3], string])[] = [
  ['to a unit what is a subject’s', 'notice.to-mismatch', { to: { unit: 'health' } }, 'listing-notice'],
  ['to a subject what is a unit’s', 'notice.to-mismatch', { to: 'subject' }, 'objection-transfer'],
  ['to a unit that is none', 'notice.unit-unknown', { to: { unit: 'nowhere' } }, 'objection-transfer'],
  ['from a unit that is none', 'notice.unit-unknown', { from: 'nowhere' }, 'listing-notice'],
  ['with a fact that no blank asks for', 'notice.fact-unknown', { facts: { remedies: '无' } }, 'listing-decision'],
]
for (const [what, code, more, template] of unsound)
  test(`refused: a letter ${what}`, async () => {
    await assert.rejects(serveTestNotice(t.app, firm, template, more), { code })
  })

test('before its first day there is no letter', async () => {
  t.setNow(new Date('2026-03-31T04:00:00Z'))
  await assert.rejects(serveTestNotice(t.app, firm, 'listing-notice'), { code: 'notice.no-edition' })
  later(0)
})

test('a subject that nobody knows is served nothing', async () => {
  await assert.rejects(serveTestNotice(t.app, 4_000_000_000 as SubjectId, 'listing-notice'), { code: 'subject.unknown' })
})

test('PIPL 28 · a person’s letter names the person and no number, and masks one that somebody typed', async () => {
  const number = inventedResidentId(2, day('1988-01-02'))
  const { noticeId } = await serveTestNotice(t.app, person, 'listing-notice', { facts: { matter: `${number}未履行义务` } })
  const text = JSON.stringify(opened(noticeId, await kept(noticeId)))
  assert.ok(text.includes('王某甲') && !text.includes(number))
})

test('the platform’s own clock writes in the name of the credit office, a subject’s act too', async () => {
  const facts = { record: '甲', 'case-number': '1', rules: ['gbf-2020-49'], handler: 'health', due: '2026-12-01' }
  const { noticeId } = await change(t.app, self(firm), { deed: 'test.serve', entity: 'system' }, made =>
    serveNotice(t.app, made, { subjectId: firm, caseId: null, template: 'objection-receipt', facts, basis: null }),
  )
  assert.match((await kept(noticeId)).number, /^市信用办信文〔2026〕1号$/)
})
