import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { readArchive } from '../archive/read-archive.ts'
import { day } from '../base/day.ts'
import type { SubjectId, WaitingId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { firm, penalty, registration } from '../invariants/sent-rows.ts'
import { codeOf, publishAll, type SentRow, send, subjectOf } from '../invariants/testing.ts'
import { decideWaiting } from '../matching/decide-waiting.ts'
import { recordLink } from '../matching/link-subjects.ts'
import { listDecisions } from '../matching/waiting-store.ts'
import { showWaiting } from '../matching/waiting-view.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { publishSubjects } from './publish.ts'

let t: TestApp
before(async () => {
  t = await openTestApp()
})
after(() => t.close())

const officer = actorFor('ecology-environment', 'credit-office')
const OTHER = '其他-责令限期治理'
/** A penalty of which neither sender nor tables say the class. */
const OPEN: SentRow = {
  处罚类别: `${OTHER};罚款`,
  处罚内容: '责令限期治理，罚款人民币20000元',
  失信信息类别: '',
  处罚程序: '普通程序',
}

const report = (n: number, changes: SentRow = {}) =>
  send(t.app, 'ecology-penalty', [penalty(n, `澜类〔2026〕${n}号`, { ...OPEN, ...changes })])
const subject = (n: number): Promise<SubjectId> => subjectOf(t.app, firm(n).code)

/** Until when the portal shows the firm's penalty: its last day, `no`, or `yes` without an end. */
async function shownUntil(n: number): Promise<string> {
  const row = await t.worker.db.row<{ until: string | null }>(
    sql`select shown_until as until from pub.record where subject_id = ${await subject(n)}`,
  )
  return row ? (row.until ?? 'yes') : 'no'
}

async function questions(n: number): Promise<{ open: WaitingId[]; closed: WaitingId[] }> {
  const rows = await t.worker.db.rows<{ id: WaitingId; open: boolean }>(
    sql`select waiting_id as id, decided_at is null as open from waiting_row where subject_id = ${await subject(n)} and reason = 'penalty.gravity-open' order by waiting_id`,
  )
  const of = (open: boolean): WaitingId[] => rows.filter(row => row.open === open).map(row => row.id)
  return { open: of(true), closed: of(false) }
}

/** The one open question about the firm. */
async function question(n: number): Promise<WaitingId> {
  await publishAll(t.app)
  const { open } = await questions(n)
  assert.equal(open.length, 1, 'one question is open')
  return open[0] as WaitingId
}

const say = (waitingId: WaitingId, gravity: 'minor' | 'general' | 'serious') =>
  decideWaiting(t.app, officer, waitingId, { decision: 'gravity', gravity, reason: '按本机关裁量基准认定' })

async function answered(n: number, gravity: 'minor' | 'general' | 'serious' = 'general'): Promise<WaitingId> {
  const waitingId = await question(n)
  await say(waitingId, gravity)
  await publishAll(t.app)
  return waitingId
}

/** The last days of a 一般 and a 严重 penalty of 2026-05-15. */
const [GENERAL, SERIOUS] = ['2027-05-15', '2029-05-15']

// What the correction changes; whether the class is asked again; until when the record is shown then.
const corrections: readonly (readonly [what: string, SentRow, 'asked' | 'not asked', string])[] = [
  ['another kind of penalty', { 处罚类别: `${OTHER};罚款;警告` }, 'asked', 'no'],
  ['what the other kind is', { 处罚类别: '其他-责令停止建设;罚款' }, 'asked', 'no'],
  ['a kind less', { 处罚类别: OTHER, '罚款金额(万元)': '', 处罚内容: '责令限期治理' }, 'asked', 'no'],
  ['a fine ten times as high', { '罚款金额(万元)': '20', 处罚内容: '责令限期治理，罚款人民币200000元' }, 'asked', 'no'],
  ['a decision of a day with other tables', { 处罚决定日期: '2026/03/15' }, 'asked', 'no'],
  ['a kind that the tables class', { 处罚类别: '责令关闭;罚款' }, 'not asked', SERIOUS],
  ['the sender now gives a class: 严重', { 失信信息类别: 'Ⅲ类' }, 'not asked', SERIOUS],
  ['the sender now gives a class: 轻微', { 失信信息类别: 'Ⅰ类' }, 'not asked', 'no'],
  ['simple procedure, which is minor', { 处罚程序: '简易程序' }, 'not asked', 'no'],
  ['the facts of violation', { 违法事实: '排放口浓度超过标准。' }, 'not asked', GENERAL],
  ['the order of the kinds', { 处罚类别: `罚款;${OTHER}` }, 'not asked', GENERAL],
  ['the same sum in other words', { '罚款金额(万元)': '2.00', 违法事实: '另述。' }, 'not asked', GENERAL],
  ['the procedure, not simple before or after', { 处罚程序: '' }, 'not asked', GENERAL],
  ['a decision some days later', { 处罚决定日期: '2026/05/20' }, 'not asked', '2027-05-20'],
]
corrections.forEach(([what, changes, asked, until], index) => {
  const n = index + 1
  test(`M098 · a class that an officer gave, and then a correction: ${what} → ${asked}, shown: ${until}`, async () => {
    await report(n)
    await answered(n)
    assert.equal(await shownUntil(n), GENERAL)
    const { counts } = await report(n, changes)
    assert.equal(counts.corrected, 1)
    assert.equal(await shownUntil(n), 'no', 'gone in the transaction of the correction')
    await publishAll(t.app)
    assert.equal(await shownUntil(n), until)
    assert.equal((await questions(n)).open.length, asked === 'asked' ? 1 : 0)
    if (asked === 'asked') {
      await answered(n, 'serious')
      assert.notEqual(await shownUntil(n), 'no', 'the new answer shows it')
    }
  })
})

test('principle 4 · until the class is given anew no outlet of the public has the record', async () => {
  await report(20)
  await answered(20)
  await report(20, { 处罚类别: `${OTHER};罚款;警告` })
  await publishAll(t.app)
  const { records } = await readArchive(t.app, officer, await subject(20), { purpose: '行政审批', businessNo: '审〔2026〕9号' })
  const outlets = new Map(records[0]?.outlets.map(outlet => [outlet.outlet, outlet]))
  for (const outlet of ['portal-page', 'public-report'] as const) {
    assert.equal(outlets.get(outlet)?.shown, false, outlet)
    assert.equal(outlets.get(outlet)?.because[0]?.code, 'publication.waits-gravity', outlet)
  }
})

test('M098 · a question that a correction overtakes is closed by the platform, and the one that takes its place shows what is true now', async () => {
  await report(21)
  const first = await question(21)
  await report(21, { 违法事实: '更正后的事实。' })
  const second = await question(21)
  assert.notEqual(second, first)
  const [closed] = await listDecisions(t.worker.db, first)
  assert.deepEqual([closed?.decision, closed?.actor, closed?.factId], ['overtaken', 'system', null])
  const facts = (await showWaiting(t.app, officer, second)).reported.find(field => field.code === 'CF_SY')
  assert.equal(facts?.value, '更正后的事实。')
  assert.equal(await codeOf(say(first, 'general')), 'waiting.decided-before')
  assert.equal(await codeOf(decideWaiting(t.app, officer, first, { decision: 'undone' })), 'waiting.nothing-to-undo')
  await say(second, 'general')
  await publishAll(t.app)
  assert.equal(await shownUntil(21), GENERAL)
})

test('principle 4 · an answer that comes in before the question is closed is kept, and holds for the version that was shown alone', async () => {
  await report(22)
  const first = await question(22)
  await report(22, { '罚款金额(万元)': '30' })
  await say(first, 'general')
  const second = await question(22)
  assert.equal(await shownUntil(22), 'no')
  await report(22, { 违法事实: '只改了事实。', '罚款金额(万元)': '30' })
  const third = await question(22)
  await say(third, 'serious')
  assert.equal((await listDecisions(t.worker.db, second))[0]?.decision, 'overtaken')
  await publishAll(t.app)
  assert.equal(await shownUntil(22), SERIOUS)
})

test('M098 · an answer taken back takes back no later one, and the last one taken back is asked again', async () => {
  await report(23)
  const first = await answered(23, 'general')
  await report(23, { '罚款金额(万元)': '30' })
  const second = await answered(23, 'serious')
  await decideWaiting(t.app, officer, first, { decision: 'undone' })
  await publishAll(t.app)
  assert.deepEqual([await shownUntil(23), (await questions(23)).open], [SERIOUS, []])
  await decideWaiting(t.app, officer, second, { decision: 'undone' })
  assert.equal(await shownUntil(23), 'no', 'in the transaction of the undoing')
  await publishAll(t.app)
  assert.deepEqual([await shownUntil(23), (await questions(23)).open], ['no', [second]])
  await answered(23, 'general')
  assert.equal(await shownUntil(23), GENERAL)
})

test('M098 · a version that says again what the officer saw has the class that the officer gave it', async () => {
  await report(24)
  await answered(24, 'general')
  await report(24, { '罚款金额(万元)': '30' })
  await question(24)
  await report(24, { 违法事实: '金额改回。' })
  await publishAll(t.app)
  assert.deepEqual([await shownUntil(24), (await questions(24)).open], [GENERAL, []])
})

test('M072 · nobody is asked about a penalty that was annulled', async () => {
  await report(25)
  const waitingId = await question(25)
  await report(25, { 操作类型: '撤销' })
  await publishAll(t.app)
  assert.deepEqual(await questions(25), { open: [], closed: [waitingId] })
})

test('M098 · publishing again puts no question twice and opens none that was answered', async () => {
  await report(26)
  const waitingId = await answered(26, 'minor')
  await publishAll(t.app)
  assert.deepEqual(await questions(26), { open: [], closed: [waitingId] })
})

test('M098 · a question closed because the tables now give the class is put again when they no longer do', async () => {
  await report(27)
  const waitingId = await question(27)
  const classed = t.app.law.gravity.map(table => ({
    ...table,
    kinds: table.kinds.map(row => (row.kind === '其他' ? { ...row, gravity: 'serious' as const } : row)),
  }))
  await publishSubjects({ ...t.app, law: { ...t.app.law, gravity: classed } }, [await subject(27)])
  assert.deepEqual([await shownUntil(27), (await questions(27)).open], [SERIOUS, []])
  await publishAll(t.app)
  assert.deepEqual([await shownUntil(27), (await questions(27)).open], ['no', [waitingId]])
})

test('M056 · the class of a record of a merged subject is asked and given, and shows it on the page of the survivor', async () => {
  for (const n of [28, 29]) await send(t.app, 'market-registration', [registration(n)])
  await report(28)
  const reason = '登记机关通知书'
  await recordLink(t.app, actorFor('credit-office', 'credit-office'), {
    subjectId: await subject(28),
    toSubject: await subject(29),
    kind: 'merged-into',
    validFrom: day('2026-07-01'),
    reason,
  })
  await answered(28)
  assert.equal(await shownUntil(29), GENERAL)
})
