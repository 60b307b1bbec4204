import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeStep } from '../../src/cases/act-on-case.ts'
import { caseTests, lodged, officer, PNG, says } from './cases-testing.ts'
import { plain } from './testing.ts'

// A case from its subject's side: whose turn it is, what has happened, what can be done, and whose business it is not.

const t = caseTests()

test('M257 · the unit asks for a paper: it stands first on the home page, cannot be passed over, and is opened again from the steps', async () => {
  const one = await t.firm()
  const { caseId } = await lodged(one)
  const key = { subjectId: one.subjectId, caseId }
  await takeStep(t.platform.app, officer, key, { act: 'ask-material', fields: { missing: '请补充决定书第二页' } })
  says(await one.visitor.open('/my'), '待您办理', '补充材料（异议）', /请在\d{4}-\d\d-\d\d当日或者以前办理/)
  says(await one.visitor.open(`/my/cases/${caseId}`), /现在等您办理缺什么材料请补充决定书第二页/, /起中止计时/)
  const address = `/my/cases/${caseId}/do/supplement?seen=2`
  await one.visitor.open(`${address}&q=paper-supplement`)
  says(await one.visitor.sendFiles(address, { do: 'answer' }, []), '请上传“补充的材料”')
  await one.visitor.sendFiles(address, { do: 'answer' }, [{ name: '第二页.png', bytes: PNG }])
  const check = await one.visitor.send(address, { answer: '', do: 'answer' })
  says(check, '请核对', '第二页.png', '材料送办理单位，答复期限接着走')
  const done = await one.visitor.send(address, { do: 'send' })
  assert.equal(done.path, `/my/cases/${caseId}?done=3`)
  says(done, '补充材料：已经收到', '第二页.png')
  const file = await one.visitor.open(/\/my\/cases\/\d+\/papers\/\d+/.exec(done.html)?.[0] ?? '')
  assert.deepEqual([file.status, file.headers['content-type'], file.bytes.equals(PNG)], [200, 'image/png', true])
  assert.match(String(file.headers['content-disposition']), /^attachment/)
})

test('principle 7 · when the unit is late, the home page says so in the same words, and that nobody has to do anything', async () => {
  const one = await t.firm()
  await lodged(one)
  t.platform.setNow(new Date('2026-12-03T04:00:00Z'))
  const again = await t.signIn(one.login)
  says(await again.open('/my'), /已超期2个工作日，不需要您做任何事/)
  says(await again.open('/my/cases'), '别人在办', /应于2026-12-01办结，.*已超期2个工作日/)
})

test('case.changed-meanwhile · an act on a page that is no longer so does nothing and shows what has happened', async () => {
  const one = await t.firm()
  const { caseId } = await lodged(one)
  const address = `/my/cases/${caseId}/do/withdraw?seen=1`
  says(await one.visitor.open(address), '撤回异议', '标注取消，不再核查')
  await takeStep(t.platform.app, officer, { subjectId: one.subjectId, caseId }, { act: 'keep', fields: { finding: '核查无误' } })
  const refused = await one.visitor.send(address, { do: 'send' })
  assert.equal(refused.status, 409)
  says(
    refused,
    /您打开本页后，澜川市城市管理局（?.*已于2026-11-20 12:00作出“异议不成立，维持”。您的操作没有执行/,
    '已答复',
    '申请复核',
  )
})

test('M260 · a withdrawn objection takes its mark back; the case says how it ended and offers nothing more', async () => {
  const one = await t.firm()
  const { caseId } = await lodged(one)
  await one.visitor.open(`/my/cases/${caseId}/do/withdraw?seen=1`)
  const done = await one.visitor.send(`/my/cases/${caseId}/do/withdraw?seen=1`, { do: 'send' })
  says(done, '撤回异议：已经收到', '已办结：已撤回')
  assert.ok(!done.html.includes('/do/'))
  assert.ok(!plain((await one.visitor.open('/my/records')).html).includes('异议处理中'))
  says(await one.visitor.open('/my/cases'), '已经办结', '2026-11-20办结')
})

test('a day goes into the subject’s own calendar; neither the case nor its record is anybody else’s', async () => {
  const one = await t.firm()
  const { caseId, page } = await lodged(one)
  const file = /\/my\/cases\/\d+\/due\/[a-z0-9-]+\.ics/.exec(page.html)?.[0] ?? ''
  const ics = await one.visitor.open(file)
  assert.deepEqual([ics.status, ics.headers['content-type']], [200, 'text/calendar; charset=utf-8'])
  assert.match(ics.bytes.toString(), /SUMMARY:异议：答复期限届满/)
  const other = await t.firm()
  for (const address of [
    `/my/cases/${caseId}`,
    file,
    `/my/cases/${caseId}/do/withdraw?seen=1`,
    '/my/cases/none',
    '/my/cases/1/papers/1',
  ])
    assert.equal((await other.visitor.open(address)).status, 404, address)
  const refused = await other.visitor.open(`/my/objections/new?record=${one.record}`)
  assert.equal(refused.status, 404)
  says(refused, /没有找到这条信息，或者不是您的。依据：《/)
  says(await other.visitor.open('/my/objections/new'), '请先在“关于我的记录”里找到那一条')
  assert.equal((await other.visitor.open('/my/cases/new/nothing')).status, 404)
})

/** Where the bare address of each procedure leads a subject that opens it. */
const BARE: Readonly<Record<string, readonly [path: string, status: number, says: string]>> = {
  objection: ['/my/objections/new', 200, '请先在“关于我的记录”里找到那一条'],
  repair: ['/my/repairs/new', 200, '请先在“关于我的记录”里找到那一条'],
  commitment: ['/my/commitments/new', 200, '请选择办理的事项'],
}

test('M112 · M257 · M262 · the bare address of a procedure leads to where it begins, or says that units begin it', async () => {
  const one = await t.firm()
  for (const [name, editions] of t.platform.app.law.procedures) {
    const page = await one.visitor.open(`/my/cases/new/${name}`)
    const isOwn = editions.at(-1)?.acts.some(act => act.from.length === 0 && act.by.includes('subject')) ?? false
    assert.equal(isOwn || page.status === 404, true, name)
    const [path, status, text] = BARE[name] ?? [page.path, page.status, isOwn ? '' : '由有关单位发起，不用您提出']
    assert.deepEqual([page.path, page.status], [path, status], name)
    says(page, text)
  }
  const kept = await one.visitor.open('/my/cases/new/commitment?about=approval%3Afood-business-missing')
  assert.equal(kept.path, '/my/commitments/new?matter=approval%3Afood-business-missing')
  says(await one.visitor.open(`/my/cases/new/objection?about=${one.record}`), '异议')
})
