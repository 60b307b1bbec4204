import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { pledgeOf, templateDigest } from '../law/pledge.ts'
import { openNotice } from '../notices/proof.ts'
import { drainTasks } from '../platform/worker.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import { commitmentBars } from './commitment-bars.ts'
import type { CaseKey } from './model.ts'
import { keepPaper } from './papers.ts'
import { runClocks } from './run-clocks.ts'
import { readCase } from './views.ts'

// Commitments on a real database: signed as shown, numbered, seen by the public while it is to be kept, and a breach is recorded only after it was heard.

let t: TestApp
let n = 0
const as = (id: string, unit: string, ...roles: string[]): Actor => ({ ...actorFor(unit, ...roles), id })
const officer = as('account:51', 'approval', 'case-officer')
const colleague = as('account:52', 'approval', 'case-officer')
const stranger = as('account:53', 'development-reform', 'case-officer')
const onDay = (text: string): void => t.setNow(new Date(`${text}T04:00:00Z`))

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
})
after(() => t.close())
beforeEach(() => onDay('2026-06-08'))

type Firm = { readonly subjectId: SubjectId; readonly code: string; readonly me: Actor }

async function firm(): Promise<Firm> {
  n += 1
  const code = inventedUscc('enterprise', 640 + n)
  const [subjectId] = (await openTestSubjects(t.app, [{ name: `澜川承诺示例${n}有限公司`, uscc: code }])) as [SubjectId]
  return { subjectId, code, me: { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId } }
}

const FOOD = 'approval:food-business-missing'
const digestOf = (matter: string): string => {
  const pledge = pledgeOf(t.app.law, matter, legalDay(t.app.now(), t.app.city.zone))
  return pledge ? templateDigest(pledge.template) : ''
}
const promised = (matter = FOOD, more: Record<string, string> = {}): Record<string, string> => ({
  ...{ matter, until: '2026-06-15', openness: 'public', digest: digestOf(matter) },
  ...more,
})
const sign = ({ subjectId, me }: Firm, fields = promised()) =>
  openCase(t.app, me, { procedure: 'commitment', act: 'sign', subjectId, fields })
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const [end] = await Promise.allSettled([work])
  if (end?.status === 'fulfilled') return 'nothing was refused'
  if (end?.reason instanceof Refusal) return end.reason.code
  throw end?.reason
}
const act = (who: Actor, key: CaseKey, name: string, fields: Record<string, string> = {}) =>
  takeStep(t.app, who, key, { act: name, fields })
type Shown = { number: string; text: string[]; unit: string; valid_until: string }
const shown = ({ subjectId }: Firm): Promise<Shown[]> =>
  t.worker.db.rows<Shown>(
    sql`select number, text, unit, valid_until from pub.commitment where subject_id = ${subjectId} order by number`,
  )
type Content = Record<string, string>
const recordsOf = async ({ subjectId }: Firm): Promise<Content[]> =>
  (
    await t.worker.db.rows<{ content: Content }>(
      sql`select content from fact_content where subject_id = ${subjectId} and item = 'commitment-org'`,
    )
  ).map(row => row.content)
const lettersOf = async (one: Firm, key: CaseKey): Promise<string[]> =>
  (await readCase(t.app, one.me, key)).letters.map(letter => letter.name)

async function taken(one: Firm, fields = promised()): Promise<CaseKey> {
  const key = await sign(one, fields)
  await act(officer, key, 'take')
  return key
}

const BREACH = {
  degree: 'none',
  unperformed: '食品安全管理制度文本没有补交',
  fact: '至2026年6月15日没有补交所缺的材料',
  evidence: '受理通知书\n补交记录',
}

/** Told on 16 June, opened in the account the same day. */
async function told(one: Firm): Promise<CaseKey> {
  onDay('2026-06-08')
  const key = await taken(one)
  onDay('2026-06-16')
  await act(officer, key, 'give-notice', BREACH)
  const found = await t.worker.db.row<{ notice_id: number }>(
    sql`select notice_id from notice where case_id = ${key.caseId} and notice = 'commitment-breach-notice'`,
  )
  await openNotice(t.app, one.me, { subjectId: one.subjectId, noticeId: found?.notice_id ?? 0 }, [one.subjectId])
  await drainTasks(t.worker)
  return key
}

async function broken(one: Firm): Promise<CaseKey> {
  const key = await told(one)
  await act(one.me, key, 'state', { statement: '经办人员离职，材料遗漏' })
  onDay('2026-06-25')
  await runClocks(t.worker)
  await act(officer, key, 'propose-breach', { because: '理由不成立，材料至今没有补交', liability: '撤回受理' })
  await act(colleague, key, 'confirm-breach')
  await drainTasks(t.worker)
  return key
}

test('M116 · M117 · M121 · M122 · a commitment signed online is numbered, goes to the unit whose matter it is, and is seen by the public at once', async () => {
  const one = await firm()
  const key = await sign(one)
  const seen = await readCase(t.app, one.me, key)
  assert.deepEqual([seen.unit, seen.stateName], ['approval', '待受理'])
  const [row] = await shown(one)
  assert.match(row?.number ?? '', /^86010020260608\d{6}$/, 'division, day, serial (GB/T)')
  assert.equal(row?.valid_until, '2026-06-15')
  const text = row?.text.join('\n') ?? ''
  assert.match(text, /承诺在2026-06-15以前补交：\n食品安全管理制度文本/)
  assert.match(text, new RegExp(`澜川承诺示例${n}有限公司（${one.code}）办理“食品经营许可（变更）”，向澜川市行政审批服务局`))
  assert.doesNotMatch(text, /[{}]/, 'no blank is left open')
  const next = await firm()
  await sign(next)
  assert.equal(BigInt((await shown(next))[0]?.number ?? 0) - BigInt(row?.number ?? 0), 1n, 'the serial has no gap')
})

test('M114 · M115 · M127 · only what a unit lists may be promised, by the text that was shown, filled in, until a lawful day', async () => {
  const one = await firm()
  for (const [fields, code] of [
    [promised('approval:nothing'), 'case.field-invalid'],
    [promised(FOOD, { digest: 'f'.repeat(64) }), 'commitment.text-changed'],
    [promised(FOOD, { until: '2026-06-07' }), 'commitment.day-past'],
    // Ten working days after 8 June, with the holiday of the 19th.
    [promised(FOOD, { until: '2026-06-24' }), 'commitment.day-too-late'],
    [promised('approval:food-business-new'), 'commitment.promise-missing'],
    [promised('development-reform:bid-bond'), 'commitment.project-missing'],
  ] as const)
    assert.equal(await codeOf(sign(one, fields)), code)
  const left = await t.worker.db.rows(sql`select from case_file where subject_id = ${one.subjectId}`)
  assert.equal(left.length + (await shown(one)).length, 0, 'what is refused leaves nothing')
  assert.equal(await codeOf(sign(one, promised(FOOD, { until: '2026-06-23' }))), 'nothing was refused')
})

test('M112 · M120 · M131 · what one promises of one’s own accord or with one’s association goes to the credit office', async () => {
  const one = await firm()
  for (const template of ['voluntary-commitment', 'self-discipline-commitment']) {
    const key = await sign(
      one,
      promised(`credit-office:${template}`, { promise: '明码标价\n七日无理由退货', until: '2027-06-01' }),
    )
    assert.equal((await readCase(t.app, one.me, key)).unit, 'credit-office')
  }
  assert.equal((await shown(one)).length, 2, 'one may have several at once')
})

test('M116 · who does not want it seen is not shown; what is withdrawn or not taken is gone at once', async () => {
  const one = await firm()
  await sign(one, promised(FOOD, { openness: 'limited' }))
  assert.equal((await shown(one)).length, 0)
  const first = await sign(one)
  const second = await sign(one)
  assert.equal((await shown(one)).length, 2)
  await act(one.me, first, 'withdraw')
  await act(officer, second, 'not-take', { 'why-not': '主要材料不齐' })
  assert.equal((await shown(one)).length, 0)
  assert.equal(await codeOf(act(one.me, first, 'withdraw')), 'case.closed')
  const third = await taken(one)
  assert.equal(await codeOf(act(one.me, third, 'withdraw')), 'case.act-not-open', 'what the decision rests on is not taken back')
})

test('M130 · at a window the officer of the unit registers what was signed on paper; another unit does not', async () => {
  const one = await firm()
  const { digest: _, ...fields } = promised()
  const paperId = (await keepPaper(t.app, officer, Buffer.from('%PDF-1.4\n%%EOF\n'), '承诺书.pdf')).paperId
  const opening = { procedure: 'commitment', act: 'register', subjectId: one.subjectId, fields }
  assert.equal(await codeOf(openCase(t.app, officer, opening)), 'case.paper-missing')
  const papers = [{ paper: 'signed', paperId }]
  assert.equal(await codeOf(openCase(t.app, stranger, { ...opening, papers })), 'case.not-yours-to-do')
  const opened = await openCase(t.app, officer, { ...opening, papers })
  assert.equal(opened.state, 'supervised')
})

test('M118 · M125 · M128 · what was kept becomes a record of twenty columns, and what was shown until then gives way to it', async () => {
  const one = await firm()
  const key = await taken(one)
  const [row] = await shown(one)
  await act(one.me, key, 'prove', { performed: '制度文本已经补交' })
  await act(officer, key, 'fulfil', { found: '材料齐全' })
  await drainTasks(t.worker)
  const [record] = await recordsOf(one)
  assert.deepEqual(
    [
      record?.['CNBM'],
      record?.['CNLX'],
      record?.['CNLXZT'],
      record?.['GKLX'],
      record?.['CNRDM'],
      record?.['CNSLDW'],
      record?.['CNYXQ'],
    ],
    [row?.number, '容缺受理型', '全部履行', '可向社会公开', one.code, '澜川市行政审批服务局', '2026-06-15'],
  )
  assert.match(record?.['WNZR'] ?? '', /撤回受理/)
  assert.equal((await shown(one)).length, 0)
  const published = await t.worker.db.rows(
    sql`select from pub.record where subject_id = ${one.subjectId} and item = 'commitment-org'`,
  )
  assert.equal(published.length, 1, 'the record is on the portal')
})

test('M119 · M124 · principle 6 · a breach is recorded only after a served notice, time to answer, and a second person', async () => {
  const one = await firm()
  const key = await taken(one)
  onDay('2026-06-16')
  await act(officer, key, 'give-notice', BREACH)
  assert.equal(
    await codeOf(act(officer, key, 'propose-breach', { because: 'x', liability: 'x' })),
    'case.act-not-open',
    'not served',
  )
  assert.deepEqual(await lettersOf(one, key), ['违背信用承诺事先告知书'])
  assert.deepEqual(await recordsOf(one), [])

  const other = await firm()
  const heard = await told(other)
  onDay('2026-06-24')
  await runClocks(t.worker)
  assert.equal((await readCase(t.app, officer, heard)).stateName, '陈述申辩期', 'the last day of five is still the subject’s')
  onDay('2026-06-25')
  await runClocks(t.worker)
  assert.equal((await readCase(t.app, officer, heard)).stateName, '待认定')
  await act(officer, heard, 'propose-breach', { because: '没有陈述申辩', liability: '撤回受理' })
  assert.equal(await codeOf(act(officer, heard, 'confirm-breach')), 'case.same-person')
  assert.deepEqual(await recordsOf(other), [])
  await act(colleague, heard, 'confirm-breach')
  const [record] = await recordsOf(other)
  assert.deepEqual(
    [record?.['CNLXZT'], record?.['WLXNR'], record?.['WNZJNR'], record?.['LXZTRDDW'], record?.['LXZTRDRQ']],
    ['全部未履行', BREACH.unperformed, '撤回受理', '澜川市行政审批服务局', '2026-06-25'],
  )
  assert.equal((await shown(other)).length, 0)
  assert.deepEqual(await lettersOf(other, heard), ['违背信用承诺事先告知书', '违背信用承诺认定书', '信用修复告知书'])
})

test('M124 · SG14 · what is put right before the decision is no breach', async () => {
  const one = await firm()
  const key = await told(one)
  await act(one.me, key, 'correct', { mended: '6月16日已经补交制度文本' })
  await act(officer, key, 'accept-correction', { found: '已经收到' })
  assert.deepEqual(
    (await recordsOf(one)).map(record => [record['CNLXZT'], record['BZ']?.includes('已经纠正')]),
    [['全部履行', true]],
  )
  const silent = await firm()
  const other = await told(silent)
  await act(silent.me, other, 'state', { statement: '没有时间' })
  assert.equal(await codeOf(act(officer, other, 'accept-correction', { found: '无' })), 'commitment.not-corrected')
})

test('M127 · M132 · who has broken a commitment and not repaired it has none taken where the matter is closed to such', async () => {
  const one = await firm()
  assert.deepEqual(await commitmentBars(t.app.law, t.worker.db, one.subjectId, day('2026-06-08')), [])
  await broken(one)
  assert.deepEqual(await commitmentBars(t.app.law, t.worker.db, one.subjectId, day('2026-06-16')), ['unrepaired-breach'])
  const bid = promised('development-reform:bid-bond', { project: '示例道路维修（招2026-8）', until: '2026-07-31' })
  assert.equal(await codeOf(sign(one, bid)), 'commitment.barred-unrepaired-breach')
  assert.equal(
    await codeOf(sign(one, promised('credit-office:voluntary-commitment', { promise: '按期补交', until: '2026-12-31' }))),
    'nothing was refused',
    'of one’s own accord anybody may promise',
  )
  const clean = await firm()
  const opened = await sign(clean, bid)
  assert.equal((await readCase(t.app, clean.me, opened)).unit, 'development-reform')
  assert.match((await shown(clean))[0]?.text.join('') ?? '', /以本承诺代替投标保证金/)
})
