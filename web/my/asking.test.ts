import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forgetDrafts } from '../../src/cases/drafts.ts'
import { forgetPapers } from '../../src/cases/papers.ts'
import { TEST_NOW } from '../../src/testing-app.ts'
import { caseTests, PASSWORD, PNG, says } from './cases-testing.ts'
import { plain } from './testing.ts'

// A subject opens a case without a script: question by question, its papers, what survives, its receipt.

const t = caseTests()

test('M258 · a firm finds its record, objects to it question by question with a photo, checks its answers and has a receipt', async () => {
  const { visitor, record, documentNo } = await t.firm()
  const records = await visitor.open('/my/records')
  says(records, '行政处罚', '提出异议', '写主体说明', /门户：显示至2027-05-06|门户：显示/)
  const address = `/my/objections/new?record=${record}`
  assert.ok(records.html.includes(`href="${address}"`))
  const first = await visitor.open(address)
  says(first, '第1步，共5步', '哪里不对', '不是我单位的', documentNo)
  says(await visitor.send(address, { do: 'answer' }), '有1处需要修改', /请填写“哪里不对”。依据：/)
  says(await visitor.send(address, { answer: 'content', do: 'answer' }), '第2步，共5步', '应当是什么')
  const third = await visitor.send(address, { answer: '罚款数额应为一万元', do: 'answer' })
  says(third, '第3步，共5步', '证明材料', '没有也可以提交')
  const kept = await visitor.sendFiles(address, { do: 'more' }, [{ name: '决定书.png', bytes: PNG }])
  says(kept, '第3步，共5步', '已经上传1份', '决定书.png 2KB')
  says(await visitor.sendFiles(address, { do: 'answer' }, []), '第4步，共5步', '联系电话')
  const check = await visitor.send(address, { answer: '', do: 'answer' })
  says(check, '请核对', '内容有误', '罚款数额应为一万元', '决定书.png', '没有填', '不收费', /提交（提出异议）/)
  const receipt = await visitor.send(address, { do: 'send' })
  assert.match(receipt.path, /^\/my\/cases\/\d+\?done=1$/)
  says(receipt, /异议已收到，编号YY20261120-\d+。该信息已标注“异议处理中”/, '现在不需要您做任何事', '现在由')
  says(receipt, /到期（还有\d+个工作日）/, '逐日怎么算', '加入日历', '异议受理通知书', '撤回异议')
  says(await visitor.open('/my/records'), '异议处理中', '异议办理中')
  says(await visitor.open(address), '已经在办', '看办到哪一步')
  says(await visitor.open('/my'), '目前没有需要您办理的事项', '正在办理1件')
})

test('what was begun is there after signing out, on the question that is open; it can be begun anew', async () => {
  const one = await t.firm()
  const address = `/my/objections/new?record=${one.record}`
  await one.visitor.open(address)
  await one.visitor.send(address, { answer: 'changed', do: 'answer' })
  await one.visitor.send('/my/sign-out')
  const again = await t.signIn(one.login)
  says(await again.open(address), '上次填的内容还在（保留30天）', '第2步，共5步')
  const first = await again.open(`${address}&q=wrong`)
  assert.match(first.html, /value="changed" checked/)
  await again.open(address)
  says(await again.send(address, { do: 'clear' }), '第1步，共5步')
  assert.ok(!(await again.open(address)).html.includes('checked'))
})

test('whoever was away too long signs in and finds the sentence that was being written; no address tells it', async () => {
  const one = await t.firm()
  const address = `/my/objections/new?record=${one.record}`
  await one.visitor.open(address)
  await one.visitor.send(address, { answer: 'content', do: 'answer' })
  t.platform.setNow(new Date(TEST_NOW.getTime() + 61 * 60_000))
  const door = await one.visitor.send(address, { answer: '罚款数额应为一万元', do: 'answer' })
  assert.match(door.path, /^\/signin\?back=/)
  assert.ok(!decodeURIComponent(decodeURIComponent(door.path)).includes('一万元'))
  const back = await one.visitor.send('/signin', { login: one.login, password: PASSWORD })
  says(back, '第2步，共5步')
  assert.match(back.html, /<textarea[^>]*>罚款数额应为一万元<\/textarea>/)
  const forged = await one.visitor.open(`${address}&q=should-be&kept=AAAA.AAAA`)
  assert.match(forged.html, /<textarea[^>]*><\/textarea>/)
})

for (const [what, name, bytes, sentence] of [
  ['a program', 'photo.png', Buffer.from('MZ not a picture'), /只收PDF、JPEG和PNG的材料/],
  ['nothing', 'empty.pdf', Buffer.alloc(0), /这份材料是空的/],
  ['more than the largest', '大.png', Buffer.concat([PNG, Buffer.alloc(10 * 1024 * 1024)]), /“大.png”超过10MB，没有保存/],
] as const)
  test(`a paper that is ${what} is refused in a sentence, and the question is still there`, async () => {
    const { visitor, record } = await t.firm()
    const address = `/my/objections/new?record=${record}`
    await visitor.open(`${address}&q=paper-proof`)
    const page = await visitor.sendFiles(address, { do: 'answer' }, [{ name, bytes }])
    assert.ok(page.status >= 400 && page.status < 500, String(page.status))
    says(page, sentence, '第3步，共5步', '证明材料')
    assert.ok(!plain(page.html).includes('已经上传'))
  })

test('a file that another site sends is not even read; a paper that was kept can be dropped', async () => {
  const { visitor, record } = await t.firm()
  const address = `/my/objections/new?record=${record}`
  const sent = async (): Promise<number> => (await t.platform.worker.db.rows({ text: 'select from case_upload' })).length
  const before = await sent()
  await visitor.open(`${address}&q=paper-proof`)
  const refused = await visitor.sendFiles(address, { do: 'more', csrf: 'guessed' }, [{ name: 'a.png', bytes: PNG }])
  assert.deepEqual([refused.status, await sent()], [403, before])
  await visitor.open(`${address}&q=paper-proof`)
  const kept = await visitor.sendFiles(address, { do: 'more' }, [
    { name: 'a.png', bytes: PNG },
    { name: 'b.png', bytes: PNG },
  ])
  says(kept, '已经上传2份')
  const paperId = /name="drop" value="(\d+)"/.exec(kept.html)?.[1] ?? ''
  says(await visitor.sendFiles(address, { drop: paperId }, []), '已经上传1份')
})

test('a draft and its papers are kept thirty days, and no longer', async () => {
  const { visitor, record, subjectId } = await t.firm()
  const { app } = t.platform
  const address = `/my/objections/new?record=${record}`
  await visitor.open(`${address}&q=paper-proof`)
  await visitor.sendFiles(address, { do: 'more' }, [{ name: 'a.png', bytes: Buffer.concat([PNG, Buffer.from('own')]) }])
  const after = async (days: number): Promise<void> => {
    t.platform.setNow(new Date(TEST_NOW.getTime() + days * 86_400_000))
    await forgetDrafts(app)
    await forgetPapers(app)
  }
  const left = async (): Promise<number> => {
    const text = 'select from case_upload u join case_draft d on u.paper_id = any(d.paper_ids) where d.subject_id = $1'
    return (await t.platform.worker.db.rows({ text, values: [subjectId] })).length
  }
  await after(29)
  assert.equal(await left(), 1)
  await after(31)
  assert.equal(await left(), 0)
  assert.equal((await t.platform.worker.db.rows({ text: 'select from case_upload where used_at is null' })).length, 0)
})

test('M263 · M266 · the conditions of repair stand before the first question, each with its fact and article; the firm applies and has both clocks', async () => {
  const { visitor, record } = await t.firm()
  const address = `/my/repairs/new?record=${record}`
  says(await visitor.open('/my/records'), '申请修复')
  const start = await visitor.open(address)
  says(
    start,
    '修复的条件',
    /✓最短公示期届满 已具备2026-08-07起可以申请。/,
    /○.*全部履行 待证明/,
    /依据：《信用修复管理办法》/,
    '开始填写',
  )
  says(start, '不需要参加培训、做公益、缴费，也不需要任何第三方的报告')
  says(await visitor.open(`${address}&q=ground`), '第1步，共6步', '申请的情形')
  await visitor.send(address, { answer: 'performed', do: 'answer' })
  says(await visitor.send(address, { answer: '五月二十日缴清罚款', do: 'answer' }), '履行证明', '部门已经掌握的可以不交')
  await visitor.sendFiles(address, { do: 'answer' }, [{ name: '缴款凭证.png', bytes: PNG }])
  says(await visitor.send(address, { answer: '2026-05-20', do: 'answer' }), '我承诺所交材料真实')
  says(await visitor.send(address, { do: 'answer' }), /请填写“我承诺所交材料真实/)
  const check = await visitor.send(address, { answer: 'yes', do: 'answer' })
  says(check, '请核对', '已改正并履行义务', '缴款凭证.png', '2026-05-20', '我已阅读并同意')
  const receipt = await visitor.send(address, { do: 'send' })
  says(
    receipt,
    /申请已提交，编号XF20261120-\d+。澜川市城市管理局.*应在2026-11-25前决定是否受理/,
    '不需要向任何人付费',
    '受理期限',
  )
  says(await visitor.open('/my/records'), '信用修复办理中')
})

test('M263 · before its day a repair says from which, hands the day over for a calendar, and refuses in a sentence what is sent all the same', async () => {
  const { visitor, record } = await t.firm('2026-10-06')
  const address = `/my/repairs/new?record=${record}`
  says(await visitor.open('/my/records'), /申请修复现在还不能申请修复，最短公示期没有满，2027-01-07起可以申请。依据：《/)
  const start = await visitor.open(address)
  says(start, /—最短公示期届满 尚未到期2027-01-07起可以申请/, '到期提醒我', '仍要填写')
  const ics = await visitor.open(`/my/repairs/${record}/from.ics`)
  assert.match(ics.bytes.toString(), /DTSTART;VALUE=DATE:20270107/)
  await visitor.open(`${address}&q=ground`)
  await visitor.send(address, { answer: 'performed', do: 'answer' })
  await visitor.send(address, { answer: '已经缴清', do: 'answer' })
  await visitor.sendFiles(address, { do: 'answer' }, [])
  await visitor.send(address, { answer: '', do: 'answer' })
  await visitor.send(address, { answer: 'yes', do: 'answer' })
  const refused = await visitor.send(address, { do: 'send' })
  assert.equal(refused.status, 409)
  says(refused, /没有办成.*2027-01-07起可以申请。依据：《/, '请核对', '已经缴清')
  assert.ok(!plain((await visitor.open('/my/cases')).html).includes('信用修复（'), 'nothing was opened')
})
