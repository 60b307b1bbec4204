import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { listFacts, recordsOf } from '../archive/views.ts'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { firm, penalty } from '../invariants/sent-rows.ts'
import { send, subjectOf } from '../invariants/testing.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import { findCaseRecords } from './case-records.ts'
import type { CaseKey } from './model.ts'
import { readCase } from './views.ts'

// A record corrected within its objection: what is filed, what is refused, and that nothing changes before the second person.

let t: TestApp
let n = 300
const UNIT = 'ecology-environment'
const as = (id: string, unit: string, role: string): Actor => ({ ...actorFor(unit, role), id })
const officer = as('account:31', UNIT, 'case-officer')
const second = as('account:32', UNIT, 'case-officer')
const office = as('account:34', 'credit-office', 'credit-office')
const EVER = new Date('9999-12-31T00:00:00Z')

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-18T04:00:00Z') })
})
after(() => t.close())

type Objected = { readonly key: CaseKey; readonly me: Actor; readonly recordId: FactId; readonly n: number }

/** A penalty that its firm objects to. */
async function objected(): Promise<Objected> {
  n += 1
  await send(t.app, 'ecology-penalty', [penalty(n, `澜环罚〔2026〕${n}号`)])
  const subjectId = await subjectOf(t.app, firm(n).code)
  const me: Actor = { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId }
  const recordId = (await recordOf(subjectId)).recordId
  const fields = { wrong: 'content', 'should-be': '罚款是2000元' }
  const key = await openCase(t.app, me, { procedure: 'objection', act: 'lodge', subjectId, aboutRef: String(recordId), fields })
  return { key, me, recordId, n }
}

async function recordOf(subjectId: SubjectId) {
  const record = recordsOf(await listFacts(t.worker.db, [subjectId], EVER), day('2999-12-31'))[0]
  assert.ok(record)
  return record
}

const contentOf = async ({ subjectId }: CaseKey) => (await recordOf(subjectId)).head.content

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const [end] = await Promise.allSettled([work])
  if (end?.status === 'rejected' && end.reason instanceof Refusal) return end.reason.code
  assert.equal(end?.status, 'fulfilled', end?.status === 'rejected' ? String(end.reason) : '')
  return 'nothing was refused'
}

const FINE = ['CF_NR_FK', '2', '0.2'].join('\t')
const propose = ({ key }: Objected, corrected = FINE, act = 'propose-correct', who = officer) =>
  takeStep(t.app, who, key, {
    act,
    fields: { corrected, [act === 'propose-correct' ? 'finding' : 'review-finding']: '少了一个零' },
  })
const step = ({ key }: Objected, who: Actor, act: string, fields: Record<string, string> = {}) =>
  takeStep(t.app, who, key, { act, fields })
const outcomes = async (): Promise<number> => (await t.worker.db.rows(sql`select from delivery where channel = 'case'`)).length

test('M260 · a proposal files nothing; the second person’s confirmation files one correction under the same number and ends the mark', async () => {
  const one = await objected()
  const sent = await contentOf(one.key)
  const before = await outcomes()
  await propose(one)
  assert.equal(await outcomes(), before)
  assert.deepEqual(await contentOf(one.key), sent)
  assert.equal(await codeOf(step(one, officer, 'correct')), 'case.same-person')
  assert.equal((await step(one, second, 'correct')).state, 'confirming')
  const record = await recordOf(one.key.subjectId)
  assert.equal(record.recordId, one.recordId, 'the record is the same one, with another version')
  assert.equal(record.versions.length, 2)
  assert.equal(record.contested, false)
  assert.deepEqual(await findCaseRecords(t.worker.db, one.key), [record.head.factId])
  const changed = Object.entries(record.head.content).filter(([code, value]) => sent[code] !== value)
  assert.deepEqual(
    changed.map(([, value]) => value),
    ['2000'],
  )
})

test('M260 · who may not be corrected, what does not change, and what intake would refuse is refused when it is proposed', async () => {
  const one = await objected()
  const view = await readCase(t.app, officer, one.key)
  const values = view.acts.flatMap(act => act.fields).find(field => field.kind === 'record-values')?.values ?? []
  assert.ok(values.length > 5)
  const fixed = /行政相对人名称|统一社会信用代码|决定书文号|处罚机关|数据来源单位/
  assert.deepEqual(
    values.filter(value => fixed.test(value.name)),
    [],
  )
  const { roles } = t.app.law.items.get('penalty-org')?.at(-1) ?? { roles: { subjectName: '' } }
  assert.equal(await codeOf(propose(one, [roles.subjectName, '', '别人'].join('\t'))), 'correction.column-fixed')
  assert.equal(await codeOf(propose(one, ['CF_NR_FK', '3', '0.2'].join('\t'))), 'correction.overtaken')
  assert.equal(await codeOf(propose(one, ['CF_NR_FK', '2', '2'].join('\t'))), 'correction.nothing')
  assert.equal(await codeOf(propose(one, 'nothing of the kind')), 'correction.nothing')
  assert.equal(await codeOf(propose(one, ['CF_NR_FK', '2', '很多'].join('\t'))), 'decided.refused')
  assert.equal((await readCase(t.app, officer, one.key)).state, 'lodged')
})

test('M260 · what the unit sends meanwhile is not undone: the second person is refused and returns it', async () => {
  const one = await objected()
  await propose(one)
  await send(t.app, 'ecology-penalty', [
    penalty(one.n, `澜环罚〔2026〕${one.n}号`, { 处罚内容: '罚款人民币3000元', '罚款金额(万元)': '0.3', 操作类型: '更正' }),
  ])
  assert.equal(await codeOf(step(one, second, 'correct')), 'correction.overtaken')
  assert.equal((await step(one, second, 'return-correct', { 'why-returned': '单位已经更正过' })).state, 'lodged')
  assert.equal((await propose(one, ['CF_NR_FK', '0.3', '0.2'].join('\t'))).state, 'correcting')
})

test('M260 · a version that was corrected before may be said again by two persons, and is not taken for an old row', async () => {
  const one = await objected()
  await send(t.app, 'ecology-penalty', [
    penalty(one.n, `澜环罚〔2026〕${one.n}号`, { 处罚内容: '罚款人民币30000元', '罚款金额(万元)': '3', 操作类型: '更正' }),
  ])
  const back = [
    ['CF_NR_FK', '3', '2'].join('\t'),
    [codeNamed('处罚内容'), '罚款人民币30000元', '罚款人民币20000元'].join('\t'),
  ].join('\n')
  await propose(one, back)
  assert.equal((await step(one, second, 'correct')).state, 'confirming')
  assert.equal((await contentOf(one.key))['CF_NR_FK'], '20000')
})

const codeNamed = (name: string): string =>
  t.app.law.items
    .get('penalty-org')
    ?.at(-1)
    ?.fields.find(field => field.name === name)?.code ?? ''

test('M257 · M260 · the review may correct too: the credit office says what, an officer of the unit confirms or sends it back', async () => {
  const one = await objected()
  await step(one, officer, 'keep', { finding: '与决定书一致' })
  await step(one, one.me, 'ask-review', { 'why-review': '请核对正本' })
  assert.equal((await propose(one, FINE, 'review-propose-correct', office)).state, 'review-correcting')
  const waiting = await readCase(t.app, office, one.key)
  assert.deepEqual(
    waiting.clocks.filter(clock => clock.doneOn === null).map(clock => [clock.clock, clock.suspendedSince !== null]),
    [
      ['carry-out', false],
      ['review', true],
    ],
  )
  assert.equal(await codeOf(step(one, office, 'review-correct')), 'case.not-yours-to-do')
  assert.equal((await step(one, second, 'review-return', { 'why-returned': '正本是2500元' })).state, 'in-review')
  await propose(one, ['CF_NR_FK', '2', '0.25'].join('\t'), 'review-propose-correct', office)
  assert.equal((await step(one, second, 'review-correct')).state, 'confirming')
  assert.equal((await contentOf(one.key))['CF_NR_FK'], '2500')
})

test('M257 · whoever objected may take it back at any time before it is decided, while it is reviewed too', async () => {
  const cases: readonly (readonly [string, (one: Objected) => Promise<unknown>])[] = [
    ['lodged', async () => undefined],
    ['correcting', one => propose(one)],
    [
      'in-review',
      async one => {
        await step(one, officer, 'keep', { finding: '一致' })
        await step(one, one.me, 'ask-review', { 'why-review': '不服' })
      },
    ],
  ]
  for (const [state, reach] of cases) {
    const one = await objected()
    await reach(one)
    assert.equal((await readCase(t.app, one.me, one.key)).state, state)
    const sent = await contentOf(one.key)
    assert.equal((await step(one, one.me, 'withdraw')).state, 'withdrawn')
    assert.equal((await recordOf(one.key.subjectId)).contested, false)
    assert.deepEqual(await contentOf(one.key), sent)
    const running = (await readCase(t.app, one.me, one.key)).clocks.filter(clock => clock.doneOn === null)
    assert.deepEqual(running, [], state)
  }
})
