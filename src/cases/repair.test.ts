import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import type { CaseKey } from './model.ts'
import { noticeServed, receiversConfirmed, runClocks } from './run-clocks.ts'
import { readCase } from './views.ts'

// Repair on a real database: by whom, from which day, what follows, and what takes it back.

let t: TestApp
let n = 0
const UNIT = 'urban-management'
const as = (id: string, unit: string, ...roles: string[]): Actor => ({ ...actorFor(unit, ...roles), id })
const officer = as('account:31', UNIT, 'case-officer')
const colleague = as('account:32', UNIT, 'case-officer')
const onDay = (text: string): void => t.setNow(new Date(`${text}T04:00:00Z`))

before(async () => {
  t = await openTestApp({ now: new Date('2026-04-20T04:00:00Z') })
})
after(() => t.close())
beforeEach(() => onDay('2026-06-18'))

type Firm = { readonly subjectId: SubjectId; readonly recordId: FactId; readonly me: Actor }

/** A firm with a general penalty of 10 February 2026: shown at least three months. */
async function firm(decidedOn = '2026-02-10'): Promise<Firm> {
  n += 1
  const [subjectId] = await openTestSubjects(t.app, [{ name: `澜川示例${n}有限公司`, uscc: inventedUscc('enterprise', 700 + n) }])
  const [recordId] = await publishTestFacts(t.app, [penaltyOf(subjectId as SubjectId, `示罚〔2026〕${n}号`, decidedOn)])
  const me = { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId: subjectId as SubjectId }
  return { subjectId: subjectId as SubjectId, recordId: recordId as FactId, me }
}

const FILLED = { ground: 'performed', performed: '罚款已缴清，已整改', 'performed-on': '2026-03-01', commitment: 'yes' }
const lodge = ({ subjectId, recordId, me }: Firm, more: Record<string, string> = {}) =>
  openCase(t.app, me, {
    procedure: 'repair',
    act: 'lodge',
    subjectId,
    aboutRef: String(recordId),
    fields: { ...FILLED, ...more },
  })
const refusalOf = async (work: Promise<unknown>): Promise<Refusal> => {
  const [end] = await Promise.allSettled([work])
  assert.equal(end?.status, 'rejected')
  assert.ok(end.reason instanceof Refusal, String(end.reason))
  return end.reason
}
const stateOf = async (key: CaseKey): Promise<string | undefined> =>
  (await t.worker.db.row<{ state: string }>(sql`select state from case_file where case_id = ${key.caseId}`))?.state
const standingsOf = async ({ subjectId, recordId }: Firm): Promise<string[]> =>
  (
    await t.worker.db.rows<{
      kind: string
    }>(sql`select kind from record_standing s where subject_id = ${subjectId} and record_id = ${recordId}
      and not exists (select from record_standing_end e where e.subject_id = s.subject_id and e.standing_id = s.standing_id) order by kind`)
  ).map(row => row.kind)

async function granted(one: Firm): Promise<CaseKey> {
  const key = await lodge(one)
  await takeStep(t.app, officer, key, { act: 'accept' })
  await takeStep(t.app, officer, key, { act: 'propose-grant', fields: { finding: '罚款已缴清，整改已验收，承诺已签' } })
  await takeStep(t.app, colleague, key, { act: 'grant' })
  return key
}

test('M267 · ndrc-36 · before the shortest period is over the day is named from which one may apply', async () => {
  onDay('2026-04-20')
  const refusal = await refusalOf(lodge(await firm()))
  assert.equal(refusal.code, 'repair.display-period-not-over')
  assert.equal(refusal.facts['on'], '2026-05-11')
  assert.ok(refusal.basis)
  onDay('2026-06-18')
})

test('M262 · M267 · two persons of the deciding unit grant it; the record is gone with the act and the case ends with the last receiver', async () => {
  const one = await firm()
  const key = await granted(one)
  assert.equal(await stateOf(key), 'confirming')
  assert.deepEqual(await standingsOf(one), ['repaired'])
  const seen = await readCase(t.app, one.me, key)
  assert.deepEqual(
    seen.letters.map(letter => letter.name),
    ['信用修复受理通知书', '准予信用修复决定书'],
  )
  await receiversConfirmed(t.worker, key)
  assert.equal(await stateOf(key), 'repaired')
  assert.equal((await refusalOf(lodge(one))).code, 'case.record-ended')
})

test('M264 · who proposed it does not confirm it, and returned it goes on with its clock', async () => {
  const one = await firm()
  const key = await lodge(one)
  await takeStep(t.app, officer, key, { act: 'accept' })
  await takeStep(t.app, officer, key, { act: 'propose-grant', fields: { finding: '已核实' } })
  const alone = takeStep(t.app, officer, key, { act: 'grant' })
  assert.equal((await refusalOf(alone)).code, 'case.same-person')
  assert.deepEqual(await standingsOf(one), [])
  await takeStep(t.app, colleague, key, { act: 'return', fields: { 'why-returned': '缴款凭证不清' } })
  const seen = await readCase(t.app, one.me, key)
  assert.equal(seen.clocks.filter(clock => clock.clock === 'decide').length, 1)
  assert.equal(seen.entries.at(-1)?.fields.length, 0, 'what officers write to one another is not told')
  await takeStep(t.app, officer, key, { act: 'extend', fields: { 'why-longer': '需要核实' } })
  const again = takeStep(t.app, officer, key, { act: 'extend', fields: { 'why-longer': '仍需核实' } })
  assert.equal((await refusalOf(again)).code, 'case.extended-before')
})

test('M267 · refused with its reasons, the remedies and when one may apply again; the record stays', async () => {
  const one = await firm()
  const key = await lodge(one)
  await takeStep(t.app, officer, key, { act: 'accept' })
  await takeStep(t.app, officer, key, { act: 'refuse', fields: { because: '整改没有验收', again: '验收以后随时可以再申请' } })
  assert.equal(await stateOf(key), 'refused')
  assert.deepEqual(await standingsOf(one), [])
  assert.equal((await readCase(t.app, one.me, key)).letters.at(-1)?.name, '不予信用修复决定书')
  await lodge(one)
})

test('gbf-2025-22 · under a court’s plan the record is shielded, shown again when the plan fails, gone for good when it is carried out', async () => {
  onDay('2026-04-20')
  const one = await firm()
  const plan = { ground: 'reorganisation', performed: '法院已批准重整计划' }
  const shield = { act: 'shield', fields: { ruling: '（2026）澜01破3号', 'ruled-on': '2026-04-10' } }
  const key = await lodge(one, plan)
  await takeStep(t.app, officer, key, { act: 'accept' })
  await takeStep(t.app, officer, key, shield)
  assert.deepEqual(await standingsOf(one), ['suspended'])
  await takeStep(t.app, officer, key, { act: 'propose-plan-failed', fields: { because: '法院终止执行', again: '履行以后' } })
  await takeStep(t.app, colleague, key, { act: 'plan-failed' })
  assert.deepEqual(await standingsOf(one), [])
  const second = await lodge(one, plan)
  await takeStep(t.app, officer, second, { act: 'accept' })
  await takeStep(t.app, officer, second, shield)
  await takeStep(t.app, officer, second, { act: 'propose-plan-completed', fields: { completion: '（2026）澜01破3号之九' } })
  await takeStep(t.app, colleague, second, { act: 'plan-completed' })
  assert.deepEqual(await standingsOf(one), ['repaired'])
  const third = await lodge(await firm('2026-01-05'))
  await takeStep(t.app, officer, third, { act: 'accept' })
  assert.equal((await refusalOf(takeStep(t.app, officer, third, shield))).code, 'repair.no-reorganisation')
  onDay('2026-06-18')
})

test('M264 · principle 6 · false material: told first, heard, decided by two; the rest is shown again and nobody applies until the bar is over', async () => {
  const one = await firm()
  const repaired = await granted(one)
  await receiversConfirmed(t.worker, repaired)
  const told = {
    matter: '缴款凭证是伪造的',
    fact: '银行回复没有该笔缴款',
    evidence: '银行回函',
    measures: '恢复公示余下的期限\n三年内不能再申请',
  }
  const key = await openCase(t.app, officer, {
    ...{ procedure: 'repair-revocation', act: 'propose-notice', subjectId: one.subjectId, aboutRef: String(one.recordId) },
    fields: told,
  })
  const early = takeStep(t.app, officer, key, {
    act: 'propose-revoke',
    fields: { because: '成立', until: '2027-02-10', again: '限制期满' },
  })
  assert.equal((await refusalOf(early)).code, 'case.act-not-open')
  await t.worker.db.run(sql`update notice set served_on = '2026-06-18' where case_id = ${key.caseId}`)
  assert.equal(await noticeServed(t.worker, key, 'repair-revocation-notice'), true)
  onDay('2026-06-26')
  await runClocks(t.worker)
  assert.equal(await stateOf(key), 'heard-from', 'five working days after the 18th end on the 26th')
  onDay('2026-06-27')
  await runClocks(t.worker)
  assert.equal(await stateOf(key), 'to-decide')
  await takeStep(t.app, officer, key, {
    act: 'propose-revoke',
    fields: { because: '主体没有陈述申辩，事实清楚', until: '2027-02-10', again: '限制期满以后' },
  })
  assert.deepEqual(await standingsOf(one), ['repaired'])
  await takeStep(t.app, colleague, key, { act: 'revoke' })
  assert.deepEqual(await standingsOf(one), [])
  const refusal = await refusalOf(lodge(one))
  assert.equal(refusal.code, 'repair.barred')
  assert.equal(refusal.facts['until'], '2029-06-27')
  onDay('2026-06-18')
})
