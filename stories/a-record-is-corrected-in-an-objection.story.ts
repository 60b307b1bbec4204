import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  caseAtDesk,
  confirms,
  everywhere,
  issued,
  lodged,
  officeStep,
  openCorrection,
  opensLetter,
  ownRecord,
  ownStep,
} from './case-desk.ts'
import { type Case, refusalOf, seesOwn, tries } from './cases.ts'
import { FIRMS } from './cast.ts'
import type { Player } from './player.ts'
import { fileOf, outcomeOf, penaltyOf } from './rows.ts'
import { type Story, story } from './tell.ts'

const [, FIRM] = FIRMS
const NUMBER = '澜环罚〔2026〕58号'
const MARK = '异议处理中'
const REGISTER = '/publicity/penalties?from=2026-11-01&to=2026-12-24'
const FINDING = '核对决定书正本，罚款是2000元，报送时多写了一个零。'
const OLD = '罚款人民币20000元'
const NEW = '罚款人民币2000元'

test(
  'M257 · M260 · M261 · 企业说处罚的数额写错了：经办人写明改成什么，另一人确认；各处当时只见更正后的，取得过旧数的单位确认以后办结',
  story(async s => {
    const { firm, subjectId } = await reported(s)
    const seen = await seenBefore(s, subjectId)
    const key = await objected(s, firm)
    s.onDay('2026-11-24')
    await proposed(s, key)
    await confirmed(s, firm, key, seen)
    s.onDay('2026-11-25')
    await closed(s, firm, key, seen)
    await reviewWithdrawn(s, firm)
  }),
)

async function reported(s: Story): Promise<{ firm: Player; subjectId: number }> {
  return await s.step('市生态环境局报送员报送一条处罚，数额多写了一个零', async note => {
    const { counts } = await s.as('clerk').sends('ecology-penalty', '处罚.csv', fileOf(penaltyOf(FIRM, NUMBER)))
    assert.deepEqual(outcomeOf(counts), { filed: 1 })
    const subjectId = await s.found(FIRM.name)
    note.sent(`${FIRM.name}，${NUMBER}，${OLD}`)
    note.came('收到1行：入档1行')
    return { firm: await s.asFirm(subjectId, FIRM.name), subjectId }
  })
}

/** The system of the approval bureau fetches the file: it has a copy from now on. */
async function fetched(s: Story, subjectId: number): Promise<Player> {
  const program = await s.asProgram('approval')
  const read = await program.get(`/api/v1/subjects/${subjectId}/records?purpose=行政许可&businessNo=许-58`)
  assert.equal(read.status, 200, read.text)
  return program
}

type Seen = { readonly code: string; readonly holder: Player }

async function seenBefore(s: Story, subjectId: number): Promise<Seen> {
  return await s.step('市审批局的系统取走这家企业的信息，公众开具报告', async note => {
    const seen = { holder: await fetched(s, subjectId), code: await issued(s, subjectId) }
    note.came('系统和拿报告的人都得到了写错的数额，平台记着谁取得过')
    return seen
  })
}

async function objected(s: Story, firm: Player): Promise<Case> {
  return await s.step('企业对这条处罚提出异议', async note => {
    const fields = { wrong: 'content', 'should-be': '决定书上的罚款是2000元，不是20000元。' }
    const aboutRef = await ownRecord(firm, NUMBER)
    const key = await lodged(firm, { procedure: 'objection', act: 'lodge', aboutRef, fields })
    assert.match(await s.anyone.reads(`/subjects/${key.subjectId}`), new RegExp(MARK))
    note.sent(fields['should-be'])
    note.came('各处当时标注“异议处理中”')
    return key
  })
}

/** The lines of a correction, as the form sends them: the column, what it says now, what it should say. */
async function lines(officer: Player, key: Case, changes: Readonly<Record<string, string>>): Promise<string> {
  const { acts } = await caseAtDesk(officer, key)
  const field = acts.flatMap(act => act.fields).find(one => one.kind === 'record-values')
  assert.ok(field)
  return Object.entries(changes)
    .map(([name, to]) => {
      const column = field.values.find(one => one.name === name)
      assert.ok(column, `${name} among ${field.values.map(one => one.name).join('、')}`)
      return [column.code, column.now, to].join('\t')
    })
    .join('\n')
}

async function proposed(s: Story, key: Case): Promise<void> {
  const officer = s.as('ecology-officer')
  await s.step('经办人员核对决定书正本，先把金额填成了字', async note => {
    const corrected = await lines(officer, key, { '罚款金额(万元)': '约两千' })
    const refused = await tries(officer, key, 'propose-correct', { corrected, finding: FINDING })
    note.came(`当时核对，不能提出：${refusalOf(refused, 'decided.refused')}`)
  })
  await s.step('经办人员改好，提出更正', async note => {
    const corrected = await lines(officer, key, { 处罚内容: NEW, '罚款金额(万元)': '0.2' })
    assert.equal(
      await officeStep(officer, key, { act: 'propose-correct', fields: { corrected, finding: FINDING } }),
      'correcting',
    )
    const page = await s.anyone.reads(`/subjects/${key.subjectId}`)
    assert.ok(page.includes(OLD) && page.includes(MARK))
    const alone = await tries(officer, key, 'correct')
    note.sent(`处罚内容：${OLD}更正为${NEW}；罚款金额：2更正为0.2（万元）`)
    note.came(`确认以前什么都不变，标注还在；自己不能确认：${refusalOf(alone, 'case.same-person')}`)
  })
}

async function confirmed(s: Story, firm: Player, key: Case, { code, holder }: Seen): Promise<void> {
  await s.step('本单位另一人看过新旧两样，确认更正', async note => {
    const { entries } = await caseAtDesk(s.as('ecology-second'), key)
    const said = entries.at(-1)?.fields[0]?.value ?? ''
    assert.match(said, /“处罚内容”原为“罚款人民币20000元”，更正为“罚款人民币2000元”/)
    assert.equal(await officeStep(s.as('ecology-second'), key, { act: 'correct' }), 'confirming')
    await s.settle()
    for (const line of said.split('\n')) note.came(line)
  })
  await s.step('公众、审批局的系统和持有旧报告的人再看', async note => {
    for (const [place, text] of await everywhere(s, key.subjectId, [REGISTER])) {
      assert.ok(!text.includes(OLD) && !text.includes(MARK), place)
      if (place === 'report' || place.startsWith('/subjects')) assert.ok(text.includes(NEW), place)
    }
    assert.equal((await s.anyone.get(`/api/v1/reports/${code}`)).status, 410)
    const again = await holder.get(`/api/v1/subjects/${key.subjectId}/records?purpose=行政许可&businessNo=许-58`)
    assert.ok(again.text.includes(NEW) && !again.text.includes(OLD))
    note.came('主体页、登记册、新报告、系统再取的都只见更正后的数额，没有标注；旧报告不再提供')
  })
  await s.step('企业打开更正通知书', async note => {
    const { letter } = await opensLetter(firm, '信息更正通知书')
    const text = JSON.stringify(letter)
    assert.ok(text.includes(`原为“${OLD}”，更正为“${NEW}”`) && text.includes(FINDING))
    assert.deepEqual((await seesOwn(firm, key)).confirmations, { all: 1, open: 1 })
    note.came('通知书写明原来是什么、更正为什么和核查的理由；案件页写明还有1个单位没有确认更正')
  })
}

async function closed(s: Story, firm: Player, key: Case, { holder }: Seen): Promise<void> {
  await s.step('审批局照更正后的改好自己的复制件，确认', async note => {
    const correction = await openCorrection(holder, key.subjectId)
    assert.equal(correction.cause, 'corrected')
    await confirms(holder, correction)
    await s.settle()
    const { state, closedAt } = await seesOwn(firm, key)
    assert.equal(state, 'corrected')
    assert.ok(closedAt)
    note.came('通知写明是更正，不是撤销；最后一个单位确认以后，案件自己办结')
  })
}

async function reviewWithdrawn(s: Story, firm: Player): Promise<void> {
  await s.step('企业又提一件异议，没有成立，申请复核以后想明白了，在复核中撤回', async note => {
    const fields = { wrong: 'not-public', 'should-be': '不应当公示' }
    const aboutRef = await ownRecord(firm, NUMBER)
    const key = await lodged(firm, { procedure: 'objection', act: 'lodge', aboutRef, fields })
    await officeStep(s.as('ecology-officer'), key, { act: 'keep', fields: { finding: '依法应当公示。' } })
    assert.equal(await ownStep(firm, key, { act: 'ask-review', fields: { 'why-review': '请再看' } }), 'in-review')
    assert.match(await s.anyone.reads(`/subjects/${key.subjectId}`), new RegExp(MARK))
    assert.equal(await ownStep(firm, key, { act: 'withdraw' }), 'withdrawn')
    assert.doesNotMatch(await s.anyone.reads(`/subjects/${key.subjectId}`), new RegExp(MARK))
    const { clocks } = await seesOwn(firm, key)
    assert.ok(clocks.every(clock => clock.state !== 'open'))
    note.came('决定作出以前都可以撤回：标注取消，信息保持原样，没有期限再走')
  })
}
