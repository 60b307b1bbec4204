import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { openActivated } from '../../src/access/testing.ts'
import { type Firm, MeasureDesk, officer, PROPOSED, window } from '../../src/cases/testing-measures.ts'
import { answerMeasure } from '../../src/measures/answer.ts'
import { openApiDoor } from '../../src/platform/api-door.ts'
import { annulTestRecord } from '../../src/reports/archive-testing.ts'
import { openTestApp, type TestApp } from '../../src/testing-app.ts'
import { PASSWORD, says } from './cases-testing.ts'
import { openVisitor, plain, type Visitor } from './testing.ts'

// What is done against a subject, on its own page: by whom, by which statute, until when, what the windows did, what it can do.

let t: TestApp
let http: FastifyInstance
let desk: MeasureDesk
before(async () => {
  t = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
  http = await openApiDoor(t.app)
  desk = new MeasureDesk(t, 7400)
})
after(async () => {
  await http?.close()
  await t?.close()
})

/** The firm at its own account, on the day on which it is now. */
async function inside({ subjectId }: Firm): Promise<Visitor> {
  const login = `firm.${subjectId}`
  await openActivated(t.app, { login, name: login, unit: null, roles: ['subject'], password: PASSWORD, subjectId })
  const visitor = openVisitor(http)
  await visitor.open('/my')
  await visitor.send('/signin', { login, password: PASSWORD })
  return visitor
}

test('SG13 · M209 · whoever is under no measure reads that there is none; what is proposed comes with its day and the way to state one’s case', async () => {
  desk.onDay('2026-06-08')
  const one = await desk.firm()
  const visitor = await inside(one)
  says(await visitor.open('/my/measures'), '现在没有对您采取的措施，也没有单位拟对您采取措施。')
  says(await visitor.open('/my'), /对我的措施没有/)
  const key = await desk.asked(one)
  await desk.step(officer, key, 'propose', PROPOSED)
  says(
    await visitor.open('/my/measures'),
    '拟采取、还没有决定的（1项）',
    '告知书送达中',
    '限制什么名单期间申请建筑施工许可的，依规定限制',
  )
  await desk.opensLetter(one, key, 'measure-intention')
  const page = await visitor.open('/my/measures')
  says(
    page,
    '陈述申辩期',
    '采取的单位澜川市行政审批服务局',
    '提出的单位澜川市人力资源和社会保障局',
    /《保障农民工工资支付条例》/,
    /请在2026-06-15当日或者以前/,
  )
  assert.ok(!plain(page.html).includes('现在没有对您采取的措施'))
  assert.ok(page.html.includes(`href="/my/cases/${key.caseId}/do/state"`), 'stating one’s case is a link')
  says(await visitor.open(`/my/cases/${key.caseId}/do/state`), '陈述申辩')
})

test('SG11 · M218 · M219 · a measure in force is shown with its seven parts, with what each window did and why, and with every way out as a link', async () => {
  desk.onDay('2026-06-08')
  const one = await desk.firm()
  const key = await desk.inForce(one)
  const visitor = await inside(one)
  says(await visitor.open('/my/measures'), '在实施的（1项）', '还没有窗口在您的事项上适用过这项措施')
  const given = { purpose: '行政许可', businessNo: '许-7' }
  await answerMeasure(t.app, window, key, { ...given, answer: 'hold', reason: '正在核实是否已经付清' })
  await answerMeasure(t.app, window, key, { ...given, answer: 'release', reason: '已经付清，有凭证' })
  const page = await visitor.open('/my/measures')
  says(
    page,
    '措施实施中',
    '凭什么拖欠农民工工资失信联合惩戒对象信息',
    '期限2026-06-16起，列入名单期间',
    '复查日2027-06-16',
    '2026-06-08送达，2026-06-15以前可以陈述申辩',
  )
  says(
    page,
    '暂缓 澜川市行政审批服务局',
    '行政许可 许-7',
    '理由：正在核实是否已经付清',
    '不适用 澜川市行政审批服务局',
    '理由：已经付清，有凭证',
  )
  for (const address of [
    `/my/cases/${key.caseId}/do/ask-lift`,
    `/my/cases/${key.caseId}/do/claim-wrong`,
    `/my/objections/new?record=${one.recordId}`,
  ])
    assert.ok(page.html.includes(`href="${address}"`), address)
  says(page, '申请行政复议', '提起行政诉讼')
  const other = await inside(await desk.firm())
  says(await other.open('/my/measures'), '现在没有对您采取的措施')
  await annulTestRecord(t.app, one.fact, one.recordId)
  const over = await visitor.open('/my/measures')
  says(over, '现在没有对您采取的措施', '已经终止的（1项）', '据以采取措施的名单或者决定不再有效', '终止，不得再适用')
  assert.ok(!over.html.includes('/do/'), 'nothing is left to do')
})

test('principle 8 · nobody reads measures without signing in', async () => {
  const visitor = openVisitor(http)
  const page = await visitor.open('/my/measures')
  assert.equal(page.path, '/signin?back=%2Fmy%2Fmeasures')
})
