import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { openNotice } from '../notices/proof.ts'
import { readOwnNotice } from '../notices/views.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import { runClocks } from './run-clocks.ts'
import { readCase } from './views.ts'

// Who may decide, how often, until when: what a table allows one officer and what it does not.

let t: TestApp
let n = 0
const UNIT = 'urban-management'
const as = (id: string, unit: string, ...roles: string[]): Actor => ({ ...actorFor(unit, ...roles), id })
const officer = as('account:31', UNIT, 'case-officer')
const colleague = as('account:32', UNIT, 'case-officer')
const office = as('account:34', 'credit-office', 'credit-office')
const deputy = as('account:35', 'credit-office', 'credit-office')
const onDay = (text: string): void => t.setNow(new Date(`${text}T04:00:00Z`))

before(async () => {
  t = await openTestApp({ now: new Date('2026-04-20T04:00:00Z') })
})
after(() => t.close())
beforeEach(() => onDay('2026-06-18'))

async function firm(decidedOn = '2026-02-10'): Promise<{ subjectId: SubjectId; recordId: FactId; me: Actor }> {
  n += 1
  const [id] = await openTestSubjects(t.app, [{ name: `澜川公正${n}有限公司`, uscc: inventedUscc('enterprise', 6_300 + n) }])
  const subjectId = id as SubjectId
  const [recordId] = await publishTestFacts(t.app, [penaltyOf(subjectId, `示罚〔2026〕公${n}号`, decidedOn)])
  const me = { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId }
  return { subjectId, recordId: recordId as FactId, me }
}
type Firm = Awaited<ReturnType<typeof firm>>

const PERFORMED = { ground: 'performed', performed: '罚款已缴清，已整改', commitment: 'yes' }
const PLAN = { ground: 'reorganisation', performed: '法院已批准重整计划', commitment: 'yes' }
const apply = async ({ subjectId, recordId, me }: Firm, fields: Record<string, string> = PERFORMED) => {
  const key = await openCase(t.app, me, { procedure: 'repair', act: 'lodge', subjectId, aboutRef: String(recordId), fields })
  await takeStep(t.app, officer, key, { act: 'accept' })
  return key
}
const object = ({ subjectId, recordId, me }: Firm) =>
  openCase(t.app, me, {
    ...{ procedure: 'objection', act: 'lodge', subjectId, aboutRef: String(recordId) },
    fields: { wrong: 'content', 'should-be': '罚款数额应为一万元' },
  })
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const [end] = await Promise.allSettled([work])
  if (end?.status === 'fulfilled') return 'nothing was refused'
  if (end?.reason instanceof Refusal) return end.reason.code
  throw end?.reason
}
const FOUND = { finding: '核对无误' }
const GRANT = { act: 'propose-grant', fields: { finding: '罚款已缴清，整改已验收' } }

test('gbf-2025-22 · a plan that a court approved shields a record; it does not shorten the shortest period of display', async () => {
  onDay('2026-04-20')
  const key = await apply(await firm(), PLAN)
  assert.equal(await codeOf(takeStep(t.app, officer, key, GRANT)), 'repair.display-period-not-over')
  onDay('2026-05-11')
  await takeStep(t.app, officer, key, GRANT)
})

test('SG19 · M264 · nobody repairs a record alone, nor by the way of a plan that is said to be carried out', async () => {
  onDay('2026-04-20')
  const one = await firm()
  const key = await apply(one, PLAN)
  await takeStep(t.app, officer, key, { act: 'shield', fields: { ruling: '（2026）澜01破3号', 'ruled-on': '2026-04-10' } })
  await takeStep(t.app, officer, key, { act: 'propose-plan-completed', fields: { completion: '（2026）澜01破3号之九' } })
  assert.equal(await codeOf(takeStep(t.app, officer, key, { act: 'plan-completed' })), 'case.same-person')
  await takeStep(t.app, colleague, key, { act: 'plan-open', fields: { 'why-returned': '裁定书没有送到' } })
  await takeStep(t.app, officer, key, { act: 'propose-plan-completed', fields: { completion: '（2026）澜01破3号之九' } })
  assert.equal((await takeStep(t.app, colleague, key, { act: 'plan-completed' })).state, 'confirming')
})

test('M269 · the letter of a repair names the day on which it was done: nobody types another', async () => {
  const one = await firm()
  const key = await apply(one)
  await takeStep(t.app, officer, key, GRANT)
  assert.equal(
    await codeOf(takeStep(t.app, colleague, key, { act: 'grant', fields: { 'from-day': '2026-01-01' } })),
    'case.field-unknown',
  )
  await takeStep(t.app, colleague, key, { act: 'grant' })
  const letter = (await readCase(t.app, one.me, key)).letters.find(({ name }) => name === '准予信用修复决定书')
  const noticeId = letter?.noticeId ?? 0
  await openNotice(t.app, one.me, { subjectId: one.subjectId, noticeId }, [one.subjectId])
  const read = await readOwnNotice(t.app, one.me, noticeId)
  assert.match(JSON.stringify(read.letter?.paragraphs), /自2026年6月18日起生效/)
})

test('M263 · what an objection has taken away meanwhile is not repaired besides', async () => {
  const one = await firm()
  const key = await apply(one)
  const objection = await object(one)
  await takeStep(t.app, officer, key, GRANT)
  await takeStep(t.app, officer, objection, { act: 'delete', fields: { finding: '原决定已撤销' } })
  assert.equal(await codeOf(takeStep(t.app, colleague, key, { act: 'grant' })), 'case.record-ended')
  await takeStep(t.app, colleague, key, { act: 'return', fields: { 'why-returned': '记录已经删除' } })
  assert.equal(await codeOf(takeStep(t.app, officer, key, GRANT)), 'case.record-ended')
  await takeStep(t.app, officer, key, { act: 'refuse', fields: { because: '记录已经删除，不用修复', again: '不用再申请' } })
})

test('principle 7 · M262 · whoever let the last day pass does not lengthen it afterwards', async () => {
  const [key, other] = [await apply(await firm()), await apply(await firm())]
  const extend = { act: 'extend', fields: { 'why-longer': '需要核实' } }
  onDay('2026-07-03')
  await takeStep(t.app, officer, other, extend)
  onDay('2026-07-04')
  assert.equal(await codeOf(takeStep(t.app, officer, key, extend)), 'case.extended-late', 'ten working days ended on 3 July')
})

test('zj-reg#31 · whoever decided an objection does not review it', async () => {
  const one = await firm()
  const key = await object(one)
  await takeStep(t.app, officer, key, { act: 'transfer', fields: { unit: 'credit-office', 'why-transfer': '由信用办归集' } })
  await takeStep(t.app, office, key, { act: 'keep', fields: FOUND })
  await takeStep(t.app, one.me, key, { act: 'ask-review', fields: { 'why-review': '数额仍然不对' } })
  const own = (await readCase(t.app, office, key)).acts.find(act => act.act === 'review-keep')
  assert.equal(own?.mayDo, false)
  assert.match(own?.why ?? '', /不能由您复核/)
  assert.equal(
    await codeOf(takeStep(t.app, office, key, { act: 'review-keep', fields: { 'review-finding': '维持' } })),
    'case.decided-before',
  )
  await takeStep(t.app, deputy, key, { act: 'review-keep', fields: { 'review-finding': '维持' } })
})

test('principle 7 · a case is not passed to the unit that has it', async () => {
  const key = await object(await firm())
  const back = takeStep(t.app, officer, key, { act: 'transfer', fields: { unit: UNIT, 'why-transfer': '不归我管' } })
  assert.equal(await codeOf(back), 'case.transfer-same')
})

test('M258 · what is missing is said once: nobody stops the clock a second time', async () => {
  const one = await firm()
  const key = await object(one)
  const ask = { act: 'ask-material', fields: { missing: '缴款凭证' } }
  await takeStep(t.app, officer, key, ask)
  onDay('2026-07-04')
  await runClocks(t.worker)
  assert.equal(await codeOf(takeStep(t.app, officer, key, ask)), 'case.material-asked-before')
})
