import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { SubjectId } from '../base/id.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { runClocks } from './run-clocks.ts'
import { caseOpened } from './run-opened.ts'
import { as, codeOf, type Declaring, type Fields, office, officer, openDeclaring, VERIFIED } from './testing-declaration.ts'
import { readCase } from './views.ts'

// Self-declaration on a real database: the machine verifies what departments know, a person the rest; before that nobody else sees it.

let d: Declaring
before(async () => {
  d = await openDeclaring(7200)
})
after(() => d.t.close())
beforeEach(() => d.onDay('2026-06-08'))

test('M086 · M088 · M089 · what a department has reported is verified without a person and shown as declared, with who verified it and how', async () => {
  const one = await d.firm()
  const key = await d.declare(one, d.licensed(one))
  assert.equal(await d.stateOf(one, key), 'comparing')
  assert.deepEqual(await d.shown(one), [], 'before it is verified nobody sees it')
  await d.works()
  const view = await d.seen(one, key)
  assert.equal(view.state, 'verified')
  assert.equal(view.entries.at(-1)?.by, '平台')
  assert.ok(view.letters.some(letter => letter.name === '自主申报核实通知书'))
  const [record, ...more] = await d.shown(one)
  assert.deepEqual(more, [])
  assert.deepEqual(record?.marks, ['displayed', 'declared'])
  assert.equal(record?.said['申报类别'], '资质证照')
  assert.equal(record?.said['核验单位'], '澜川市市场监督管理局')
  assert.equal(record?.said['核验日期'], '2026-06-08')
  assert.match(record?.said['核验方式'] ?? '', /^信用信息平台：/)
  assert.match(record?.said['申报内容'] ?? '', new RegExp(one.number))
})

const TO_A_PERSON: readonly (readonly [what: string, change: Fields, told: RegExp])[] = [
  ['a number that no department knows', { number: '澜卫许〔2026〕99999号' }, /没有这个编号/],
  ['another name under the number', { title: '食品经营许可' }, /名称不同/],
  ['more than the data say', { content: '并且是全市唯一。' }, /数据里没有/],
]
for (const [what, change, told] of TO_A_PERSON)
  test(`M088 · ${what} goes to the unit, which is told what the data say; nothing is refused by the machine`, async () => {
    const one = await d.firm()
    const key = await d.declared(one, d.licensed(one, change))
    const view = await readCase(d.t.app, officer, key)
    assert.equal(view.state, 'with-clerk')
    assert.equal(view.unit, 'market-regulation')
    assert.match(view.compared ?? '', told)
    assert.ok(view.acts.some(one => one.act === 'verify' && one.mayDo))
    assert.deepEqual(await d.shown(one), [])
  })

test('M087 · without the promise, the authorisation, or in a text that was not shown nothing is declared', async () => {
  const one = await d.firm()
  for (const [fields, code] of [
    [{ truth: '' }, 'case.field-missing'],
    [{ authorise: '' }, 'case.field-missing'],
    [{ digest: '0'.repeat(64) }, 'declaration.text-changed'],
    [{ number: '' }, 'declaration.number-missing'],
    [{ family: 'welfare' }, 'declaration.content-missing'],
    [{ family: 'rumours' }, 'case.field-invalid'],
    [{ until: '2026-06-08' }, 'declaration.day-past'],
    [{ until: '2029-06-09' }, 'declaration.day-too-late'],
    [{ content: '负责人血型为AB型。' }, 'text.prohibited'],
  ] as const)
    assert.equal(await codeOf(d.declare(one, d.licensed(one, fields))), code, JSON.stringify(fields))
})

test('principle 1 · M090 · of a natural person nothing is taken: the catalogue has no place for it', async () => {
  const id = '860101199003071235'
  const [subjectId] = (await openTestSubjects(d.t.app, [{ name: '周栖禾', document: id, kind: 'natural-person' }])) as [SubjectId]
  const me = { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId }
  assert.equal(await codeOf(d.declare({ subjectId, me }, d.unheard())), 'declaration.subject-not-meant')
})

test('M086 · M088 · a clerk asks for more, the clock stands still, the subject supplements, the clerk verifies', async () => {
  const one = await d.firm()
  const key = await d.declared(one, d.unheard())
  assert.equal(await d.stateOf(one, key), 'with-clerk')
  await d.act(officer, key, 'ask-material', { missing: '认证证书' })
  assert.ok((await d.seen(one, key)).clocks.find(clock => clock.clock === 'verify')?.suspendedSince)
  d.onDay('2026-06-10')
  await d.act(one.me, key, 'supplement', { supplement: '证书见附件', content: '2026年5月取得质量管理体系认证证书。' })
  await d.act(officer, key, 'verify', VERIFIED)
  await d.works()
  const [record] = await d.shown(one)
  assert.match(record?.said['核验方式'] ?? '', /^部门核查：/)
  assert.equal(
    record?.said['申报内容'],
    '2026年5月取得质量管理体系认证证书。',
    'what was corrected stands in the place of what was said first',
  )
  assert.equal(record?.said['申报日期'], '2026-06-08')
})

test('M086 · what is not to be public is verified and stays off the portal', async () => {
  const one = await d.firm()
  const key = await d.declared(one, d.licensed(one, { openness: 'limited' }))
  assert.equal(await d.stateOf(one, key), 'verified')
  assert.deepEqual(await d.shown(one), [])
})

test('M086 · a refusal has its reasons, and the credit office may find otherwise on review', async () => {
  const one = await d.firm()
  const key = await d.declared(one, d.unheard())
  assert.equal(await codeOf(d.act(officer, key, 'refuse')), 'case.field-missing')
  await d.act(officer, key, 'refuse', { because: '没有提交认证证书。' })
  assert.ok((await d.seen(one, key)).letters.some(letter => letter.name === '自主申报不予采用通知书'))
  await d.act(one.me, key, 'ask-review', { 'why-review': '证书已经在附件里。' })
  assert.equal(await codeOf(d.act(officer, key, 'review-verify', VERIFIED)), 'case.not-yours-to-do')
  await d.act(office, key, 'review-verify', VERIFIED)
  await d.works()
  const [record] = await d.shown(one)
  assert.equal(record?.said['核验单位'], d.t.app.law.units.get('credit-office')?.name)
})

test('M086 · a refusal that nobody contests ends by its term, and leaves nothing in the archive', async () => {
  const one = await d.firm()
  const key = await d.declared(one, d.unheard())
  await d.act(officer, key, 'refuse', { because: '没有提交认证证书。' })
  d.onDay('2026-07-01')
  await runClocks(d.t.worker)
  assert.equal(await d.stateOf(one, key), 'refused')
  assert.equal(await d.filed(one), 0)
})

test('M086 · a stranger sees no declaration; a task that comes twice does nothing twice', async () => {
  const [one, other] = [await d.firm(), await d.firm()]
  const key = await d.declared(one, d.licensed(one))
  const stranger = as('account:64', 'ecology-environment', 'case-officer')
  for (const who of [other.me, stranger]) await assert.rejects(readCase(d.t.app, who, key), /case\.unknown/)
  const before = (await d.seen(one, key)).entryNo
  assert.equal(await caseOpened(d.t.worker, key), false)
  assert.equal((await d.seen(one, key)).entryNo, before)
})
