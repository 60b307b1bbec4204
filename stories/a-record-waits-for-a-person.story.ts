import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordView } from '../src/archive/contract.ts'
import type { WaitingView } from '../src/matching/contract.ts'
import { FIRMS } from './cast.ts'
import { fileOf, outcomeOf, penaltyOf, registrationOf } from './rows.ts'
import { type Story, story } from './tell.ts'

const [, NAMED, CODED] = FIRMS
const NUMBER = '澜环罚〔2026〕47号'

test(
  'M051 · M065 · 代码和名称对不上的一行先等人确认，信用办确认、撤回、再确认，经过全部留下',
  story(async s => {
    const waitingId = await waits(s)
    const { coded, named } = await compared(s, waitingId)
    await decidedWrongly(s, waitingId, coded)
    s.onDay('2026-11-23')
    await undone(s, waitingId, coded)
    await decidedAgain(s, waitingId, named)
    await wayIsVisible(s, waitingId, named)
  }),
)

async function waits(s: Story): Promise<number> {
  await s.step('市市场监管局报送两家企业的登记', async note => {
    const { counts } = await s
      .as('market-clerk')
      .sends('market-registration', '登记.csv', fileOf(registrationOf(NAMED), registrationOf(CODED)))
    assert.deepEqual(outcomeOf(counts), { filed: 2 })
    note.sent(`${NAMED.name}、${CODED.name}`)
    note.came('收到2行：入档2行')
  })
  return await s.step('市生态环境局报送一条处罚，名称是前一家，代码却是后一家', async note => {
    const row = penaltyOf({ ...NAMED, code: CODED.code }, NUMBER)
    const { counts } = await s.as('clerk').sends('ecology-penalty', '处罚.csv', fileOf(row))
    assert.deepEqual(outcomeOf(counts), { waiting: 1 })
    const { waiting } = (await s.as('credit-office').get('/api/v1/waiting')).json<{ waiting: WaitingView[] }>()
    assert.equal(waiting.length, 1)
    assert.equal((await s.as('clerk').get('/api/v1/waiting')).status, 403, 'the sender does not decide')
    note.sent(`${NUMBER}，${NAMED.name}，代码填成${CODED.name}的`)
    note.came('收到1行：待确认1行；哪一家的门户页上都没有这条处罚')
    for (const { name } of [NAMED, CODED]) await shows(s, await s.found(name), false)
    return waiting[0]?.waitingId ?? 0
  })
}

async function compared(s: Story, waitingId: number): Promise<{ coded: number; named: number }> {
  return await s.step('信用办打开待确认的记录，逐项比较', async note => {
    const view = await viewOf(s, waitingId)
    const [coded, named] = [await s.found(CODED.name), await s.found(NAMED.name)]
    assert.deepEqual(new Set(view.candidates.map(one => one.subjectId)), new Set([coded, named]), 'both firms are offered')
    assert.ok(
      view.candidates.every(one => one.because.length > 0),
      'each with what agrees and what differs',
    )
    assert.deepEqual(view.decisions, [])
    note.came('两家都列为候选，各写明哪项相符、哪项不符，没有预先选中哪一家')
    return { coded, named }
  })
}

async function decidedWrongly(s: Story, waitingId: number, coded: number): Promise<void> {
  await s.step('信用办按代码确认为后一家', async note => {
    assert.equal((await decide(s, waitingId, { decision: 'same', subjectId: coded, reason: '代码为准' })).status, 200)
    await s.settle()
    await shows(s, coded, true)
    const twice = await decide(s, waitingId, { decision: 'same', subjectId: coded })
    assert.equal(twice.json<{ code: string }>().code, 'waiting.decided-before')
    note.sent('是这一家；理由：代码为准')
    note.came('记录入档，后一家的门户页列出这条处罚；同一条不能再确认第二次')
  })
}

async function undone(s: Story, waitingId: number, coded: number): Promise<void> {
  await s.step('后一家来电说处罚不是它的，信用办核对决定书后撤回确认', async note => {
    assert.equal((await decide(s, waitingId, { decision: 'undone', reason: '决定书上的当事人是另一家' })).status, 200)
    await shows(s, coded, false)
    note.sent('撤回；理由：决定书上的当事人是另一家')
    note.came('后一家的门户页当即不再列出')
  })
}

async function decidedAgain(s: Story, waitingId: number, named: number): Promise<void> {
  await s.step('信用办重新确认为前一家', async note => {
    const answer = await decide(s, waitingId, { decision: 'same', subjectId: named, reason: '与决定书原件一致' })
    assert.equal(answer.status, 200, answer.text)
    await s.settle()
    await shows(s, named, true)
    note.sent('是这一家；理由：与决定书原件一致')
    note.came('前一家的门户页列出这条处罚')
  })
}

async function wayIsVisible(s: Story, waitingId: number, named: number): Promise<void> {
  await s.step('信用办翻看这条记录的来路', async note => {
    const { decisions } = await viewOf(s, waitingId)
    assert.deepEqual(
      decisions.map(one => one.decision),
      ['same', 'undone', 'same'],
    )
    assert.ok(decisions.every(one => one.by && one.at && one.reason))
    const asked = `/api/v1/subjects/${named}/records?purpose=异议核实&businessNo=复-2`
    const { records } = (await s.as('credit-office').get(asked)).json<{ records: RecordView[] }>()
    const { provenance } = records.find(one => one.documentNo === NUMBER) ?? {}
    assert.equal(provenance?.fileName, '处罚.csv')
    assert.equal(provenance?.rowNo, 2)
    note.came('确认、撤回、再确认三次，各有经办、时间和理由；记录写明来自哪个文件的第几行、由人确认')
  })
  await s.step('信用办查对方档案', async note => {
    const asked = `/api/v1/subjects/${await s.found(CODED.name)}/records?purpose=异议核实&businessNo=复-3`
    const { records } = (await s.as('credit-office').get(asked)).json<{ records: RecordView[] }>()
    assert.equal(records.find(one => one.documentNo === NUMBER)?.state, 'annulled')
    note.came('误记的一条仍在档案里，状态为已撤销，不再从任何出口示出')
  })
}

const viewOf = async (s: Story, waitingId: number): Promise<WaitingView> =>
  (await s.as('credit-office').get(`/api/v1/waiting/${waitingId}`)).json<WaitingView>()

const decide = (s: Story, waitingId: number, input: object) =>
  s.as('credit-office').post(`/api/v1/waiting/${waitingId}/decisions`, input)

async function shows(s: Story, subjectId: number, shown: boolean): Promise<void> {
  assert.equal((await s.anyone.reads(`/subjects/${subjectId}`)).includes(NUMBER), shown)
}
