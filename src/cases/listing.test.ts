import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { makeCheck } from '../checks/commands.ts'
import { sql } from '../db/database.ts'
import { openNotice } from '../notices/proof.ts'
import { drainTasks } from '../platform/worker.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import type { CaseKey } from './model.ts'
import { runClocks } from './run-clocks.ts'
import { readCase } from './views.ts'

// Listing on a real database: nobody is listed unheard, by one person, for longer than the list says; a wrong listing is gone everywhere at once.

let t: TestApp
let n = 0
const UNIT = 'human-resources'
const LIST = 'wage-arrears'
const as = (id: string, unit: string, ...roles: string[]): Actor => ({ ...actorFor(unit, ...roles), id })
const officer = as('account:41', UNIT, 'case-officer')
const colleague = as('account:42', UNIT, 'case-officer')
const window = as('account:44', 'approval', 'window-officer')
const onDay = (text: string): void => t.setNow(new Date(`${text}T04:00:00Z`))

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
})
after(() => t.close())
beforeEach(() => onDay('2026-06-08'))

type Firm = { readonly subjectId: SubjectId; readonly code: string; readonly me: Actor }

async function firm(): Promise<Firm> {
  n += 1
  const code = inventedUscc('enterprise', 500 + n)
  const [subjectId] = (await openTestSubjects(t.app, [{ name: `澜川列入示例${n}有限公司`, uscc: code }])) as [SubjectId]
  return { subjectId, code, me: { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId } }
}

const PROPOSED = {
  ground: 'wage-arrears:criminal-amount',
  fact: '2026年1月至3月拖欠12名农民工工资46万元，责令限期支付，逾期未付',
  proof: '工资台账\n限期支付指令书送达回证',
  document: '澜人社监令〔2026〕8号',
}
const propose = ({ subjectId }: Firm, more: Record<string, string> = {}, aboutRef = LIST) =>
  openCase(t.app, officer, { procedure: 'listing', act: 'propose', subjectId, aboutRef, fields: { ...PROPOSED, ...more } })
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const [end] = await Promise.allSettled([work])
  if (end?.status === 'fulfilled') return 'nothing was refused'
  if (end?.reason instanceof Refusal) return end.reason.code
  throw end?.reason
}
const stateOf = async (key: CaseKey): Promise<string | undefined> =>
  (await t.worker.db.row<{ state: string }>(sql`select state from case_file where case_id = ${key.caseId}`))?.state
const factsOf = async ({ subjectId }: Firm): Promise<number> =>
  (await t.worker.db.rows(sql`select from fact where subject_id = ${subjectId} and kind = 'record'`)).length
const shown = async ({ subjectId }: Firm): Promise<number> =>
  (await t.worker.db.rows(sql`select from pub.record where subject_id = ${subjectId}`)).length
const hits = async ({ code }: Firm): Promise<number> =>
  (await makeCheck(t.app, window, { subject: code, purpose: '行政许可', businessNo: '许-1' })).hits.length
const lettersOf = async (one: Firm, key: CaseKey): Promise<string[]> =>
  (await readCase(t.app, one.me, key)).letters.map(letter => letter.name)

/** The subject opens the letter of its case in its account: from today it is served. */
async function opensLetter({ subjectId, me }: Firm, key: CaseKey, notice: string): Promise<void> {
  const found = await t.worker.db.row<{ notice_id: number }>(
    sql`select notice_id from notice where case_id = ${key.caseId} and notice = ${notice} order by notice_id desc`,
  )
  await openNotice(t.app, me, { subjectId, noticeId: found?.notice_id ?? 0 }, [subjectId])
  await drainTasks(t.worker)
}

/** Told on 8 June, nothing stated; on 16 June the time to state is over. */
async function heard(one: Firm): Promise<CaseKey> {
  const key = await propose(one)
  await takeStep(t.app, colleague, key, { act: 'confirm-notice' })
  await opensLetter(one, key, 'listing-notice')
  onDay('2026-06-16')
  await runClocks(t.worker)
  return key
}

const DECIDED = { 'decision-number': '澜人社欠薪列〔2026〕1号', defence: '主体没有陈述申辩，事实清楚、证据充分' }

async function listed(one: Firm): Promise<CaseKey> {
  const key = await heard(one)
  const fields = { ...DECIDED, 'decision-number': `澜人社欠薪列〔2026〕${n}号` }
  await takeStep(t.app, officer, key, { act: 'decide', fields })
  await takeStep(t.app, colleague, key, { act: 'list' })
  await drainTasks(t.worker)
  return key
}

test('M205 · SG2 · principle 6 · the notice goes out when a second person has agreed, and nobody is listed before it is served and the time to answer is over', async () => {
  const one = await firm()
  const key = await propose(one)
  assert.equal((await readCase(t.app, officer, key)).letters.length, 0)
  assert.equal(await codeOf(takeStep(t.app, officer, key, { act: 'confirm-notice' })), 'case.same-person')
  await takeStep(t.app, colleague, key, { act: 'confirm-notice' })
  assert.deepEqual(await lettersOf(one, key), ['列入名单事先告知书'])
  onDay('2026-08-03')
  await runClocks(t.worker)
  assert.equal(await stateOf(key), 'serving', 'unserved, the case waits however long')
  assert.equal(await codeOf(takeStep(t.app, officer, key, { act: 'decide', fields: DECIDED })), 'case.act-not-open')
  onDay('2026-06-08')
  await opensLetter(one, key, 'listing-notice')
  assert.equal(await stateOf(key), 'notified')
  const clock = (await readCase(t.app, one.me, key)).clocks.find(running => running.clock === 'statement')
  assert.equal(clock?.dueOn, '2026-06-15', 'five working days after the service')
  onDay('2026-06-15')
  await runClocks(t.worker)
  assert.equal(await stateOf(key), 'notified')
  onDay('2026-06-16')
  await runClocks(t.worker)
  assert.equal(await stateOf(key), 'heard')
  assert.equal(await factsOf(one), 0)
})

test('M202 · M208 · two persons decide: the listing is a record of the list’s item, public, found by a check, and brings decision and repair guidance', async () => {
  const one = await firm()
  const key = await heard(one)
  await takeStep(t.app, officer, key, { act: 'decide', fields: DECIDED })
  assert.equal(await codeOf(takeStep(t.app, officer, key, { act: 'list' })), 'case.same-person')
  assert.equal(await factsOf(one), 0)
  await takeStep(t.app, colleague, key, { act: 'list' })
  assert.equal(await factsOf(one), 1)
  await drainTasks(t.worker)
  assert.equal(await shown(one), 1)
  assert.equal(await hits(one), 1)
  assert.deepEqual((await lettersOf(one, key)).slice(1), ['列入名单决定书', '信用修复告知书'])
  const seen = await readCase(t.app, one.me, key)
  assert.equal(seen.clocks.find(running => running.clock === 'term')?.dueOn, '2029-06-16', 'three years')
  const sent = await t.worker.db.row<{ channel: string; state: string }>(sql`select d.channel, s.state from case_record c
    join fact f on f.subject_id = c.subject_id and f.fact_id = c.record_id join delivery d on d.delivery_id = f.delivery_id
    join delivery_state s on s.delivery_id = d.delivery_id where c.case_id = ${key.caseId}`)
  assert.deepEqual({ ...sent }, { channel: 'case', state: 'settled' })
  assert.equal(await codeOf(propose(one)), 'case.already-open')
})

test('M206 · what is stated after the decision was drafted is answered first; stated in time it is answered in the decision', async () => {
  const one = await firm()
  const key = await heard(one)
  const fields = { ...DECIDED, 'decision-number': '澜人社欠薪列〔2026〕91号' }
  await takeStep(t.app, officer, key, { act: 'decide', fields })
  await takeStep(t.app, one.me, key, { act: 'state', fields: { statement: '工资已于六月十日全部付清' } })
  assert.equal(await codeOf(takeStep(t.app, colleague, key, { act: 'list' })), 'list.statement-unanswered')
  await takeStep(t.app, colleague, key, { act: 'return-decision', fields: { 'why-returned': '新的陈述没有答复' } })
  await takeStep(t.app, officer, key, { act: 'drop', fields: { because: '核实工资已付清，不予列入' } })
  assert.equal(await stateOf(key), 'dropped')
  assert.equal(await factsOf(one), 0)
  assert.equal((await lettersOf(one, key)).at(-1), '不予列入决定书')
})

test('M215 · SG6 · the day after the last the platform takes it off by itself; nobody has to ask', async () => {
  const one = await firm()
  const key = await listed(one)
  onDay('2029-06-16')
  await runClocks(t.worker)
  assert.equal(await stateOf(key), 'listed')
  onDay('2029-06-17')
  await runClocks(t.worker)
  assert.match((await stateOf(key)) ?? '', /^leaving$|^left$/)
  await drainTasks(t.worker)
  assert.equal(await hits(one), 0)
  assert.equal(await shown(one), 0)
})

test('M215 · SG5 · six months after it has paid a firm may ask to leave, not sooner; refused with reasons and remedies, or granted and gone at once', async () => {
  const one = await firm()
  const key = await listed(one)
  const ask = (fields: Record<string, string>) =>
    takeStep(t.app, one.me, key, { act: 'ask-exit', fields: { conditions: '工资已付清，已作出承诺', ...fields } })
  onDay('2026-12-20')
  assert.equal(await codeOf(ask({})), 'list.correction-day-missing')
  assert.equal(await codeOf(ask({ 'corrected-on': '2026-07-01' })), 'list.exit-too-early')
  onDay('2027-01-04')
  await ask({ 'corrected-on': '2026-07-01' })
  await takeStep(t.app, officer, key, { act: 'refuse-exit', fields: { because: '还有两名农民工的工资没有付清' } })
  assert.equal(await stateOf(key), 'listed')
  assert.equal((await lettersOf(one, key)).at(-1), '不予移出名单决定书')
  assert.equal(await hits(one), 1)
  await ask({ 'corrected-on': '2026-07-01' })
  await takeStep(t.app, officer, key, { act: 'grant-exit', fields: { because: '工资全部付清，承诺已签' } })
  assert.equal(await shown(one), 0)
  assert.equal(await hits(one), 0)
  await drainTasks(t.worker)
  assert.equal(await stateOf(key), 'leaving-early', 'the window that checked has yet to confirm')
})

test('M216 · SG4 · a wrong listing is annulled: gone from portal and check in the same transaction, within the list’s own days', async () => {
  const one = await firm()
  const key = await listed(one)
  await takeStep(t.app, one.me, key, { act: 'claim-wrong', fields: { 'why-wrong': '限期支付指令已被复议撤销' } })
  const clock = (await readCase(t.app, officer, key)).clocks.find(running => running.clock === 'annulment')
  assert.equal(clock?.dueOn, '2026-06-19', 'three days')
  await takeStep(t.app, officer, key, { act: 'annul', fields: { because: '所依据的指令被撤销', redress: '在原公布处更正' } })
  assert.equal(await shown(one), 0)
  assert.equal(await hits(one), 0)
  const kinds = await t.worker.db.rows<{ kind: string }>(sql`select kind from record_standing where case_id = ${key.caseId}`)
  assert.deepEqual(
    kinds.map(row => row.kind),
    ['annulled'],
  )
  assert.equal((await lettersOf(one, key)).at(-1), '撤销列入决定书')
})

test('M207 · M204 · M211 · SG1 · refused before anything is begun: no document, no ground of the list, another unit’s list, a list decided elsewhere', async () => {
  const one = await firm()
  for (const [more, list, code] of [
    [{ document: '无' }, LIST, 'list.document-not-named'],
    [{ document: '处罚决定' }, LIST, 'list.document-not-named'],
    [{ ground: 'statistics-serious:refused' }, LIST, 'list.ground-unknown'],
    [{ ground: 'nothing' }, LIST, 'case.field-invalid'],
    [{}, 'statistics-serious', 'list.not-your-list'],
    [{}, 'tax-serious', 'list.decided-elsewhere'],
    [{}, 'dishonest-judgment-debtor', 'list.decided-elsewhere'],
    [{}, 'nowhere', 'list.unknown'],
  ] as const)
    assert.equal(await codeOf(propose(one, more, list)), code, `${list} ${JSON.stringify(more)}`)
  const left = await t.worker.db.rows(sql`select from case_file where subject_id = ${one.subjectId}`)
  assert.equal(left.length, 0)
})

test('principle 11 · a number that is used already lists nobody: no record, no letter, the case stands where it stood', async () => {
  await listed(await firm())
  const used = `澜人社欠薪列〔2026〕${n}号`
  onDay('2026-06-08')
  const other = await firm()
  const key = await heard(other)
  await takeStep(t.app, officer, key, { act: 'decide', fields: { ...DECIDED, 'decision-number': used } })
  assert.equal(await codeOf(takeStep(t.app, colleague, key, { act: 'list' })), 'decided.number-used')
  assert.equal(await stateOf(key), 'decided')
  assert.equal(await factsOf(other), 0)
  assert.deepEqual(await lettersOf(other, key), ['列入名单事先告知书'])
})

const OPEN_LISTS = [
  ['work-safety-serious', 'emergency', 'grave-violation'],
  ['government-procurement-serious', 'finance', 'banned'],
  ['statistics-serious', 'statistics', 'refused'],
  ['social-organisation-serious', 'civil-affairs', 'false-change'],
  ['site-attention', 'housing-construction', 'two-minor'],
  ['trust-honour', 'credit-office', 'commitments-kept'],
] as const

for (const [list, unit, ground] of OPEN_LISTS)
  test(`M202 · M203 · M210 · M212 · M214 · ${list} runs by the same table from the proposal to its own record`, async () => {
    n += 1
    const kind = list.startsWith('social') ? 'social-organisation' : 'enterprise'
    const code = inventedUscc(kind, 800 + n)
    const [subjectId] = (await openTestSubjects(t.app, [{ name: `澜川名单示例${n}`, uscc: code, kind }])) as [SubjectId]
    const one = { subjectId, code, me: { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId } }
    const [first, second] = [as('account:51', unit, 'case-officer'), as('account:52', unit, 'case-officer')]
    const degree = list === 'site-attention' ? { degree: 'site-attention:关注' } : {}
    const fields = { ...PROPOSED, ground: `${list}:${ground}`, 'not-excluded': 'yes', ...degree }
    const key = await openCase(t.app, first, { procedure: 'listing', act: 'propose', subjectId, aboutRef: list, fields })
    await takeStep(t.app, second, key, { act: 'confirm-notice' })
    await opensLetter(one, key, 'listing-notice')
    onDay('2026-06-16')
    await runClocks(t.worker)
    await takeStep(t.app, first, key, { act: 'decide', fields: { ...DECIDED, 'decision-number': `示列〔2026〕${n}号` } })
    await takeStep(t.app, second, key, { act: 'list' })
    const filed = await t.worker.db.row<{ item: string; authority: string }>(sql`select f.item, f.authority from case_record c
      join fact f on f.subject_id = c.subject_id and f.fact_id = c.record_id where c.case_id = ${key.caseId}`)
    assert.deepEqual({ ...filed }, { item: list === 'trust-honour' ? 'honour-org' : list, authority: unit })
    const ended = (await readCase(t.app, one.me, key)).clocks.find(clock => clock.clock === 'term')
    assert.equal(ended === undefined, list.startsWith('social'), 'a list that names no last day has no clock of its term')
    await takeStep(t.app, first, key, { act: 'annul', fields: { because: '示例撤销', redress: '更正' } })
    await drainTasks(t.worker)
    assert.equal(await shown(one), 0)
    assert.equal(await stateOf(key), 'annulled')
  })
