import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertNowhere, officeStep, opensLetter, ownStep } from './case-desk.ts'
import { type Case, opens, seesOwn } from './cases.ts'
import { FIRMS } from './cast.ts'
import { type Fined, fined, REGISTER, repaired } from './repair-desk.ts'
import { type Story, story } from './tell.ts'

const [, , , , FIRM] = FIRMS
const NUMBER = '澜环罚〔2026〕48号'
const TOLD = {
  matter: '修复时提交的缴款凭证疑似伪造',
  fact: '开户银行第一次回复，没有查到凭证上的缴款。',
  evidence: '银行回函',
  measures: '恢复公示余下的期限\n限制期内不能再申请修复',
}

test(
  'M264 · 被指材料虚假的企业收到告知书后提交证明，办理单位核实后不撤销修复，信息始终没有恢复公示',
  story(async s => {
    assert.ok(FIRM)
    const one = await fined(s, FIRM, NUMBER)
    s.onDay('2026-11-30')
    await s.step('一家企业的处罚在2026-11-30修复：申请、受理、两人同意、接收单位确认', async note => {
      await repaired(s, one)
      note.came('门户、登记册、报告都没有这条处罚')
    })
    s.onDay('2026-12-07')
    const key = await told(s, one)
    s.onDay('2026-12-10')
    await answered(s, one, key)
    s.onDay('2026-12-14')
    await kept(s, one, key)
  }),
)

async function told(s: Story, { firm, subjectId, recordId }: Fined): Promise<Case> {
  return await s.step('市生态环境局经办人员接到举报，拟撤销修复；企业打开告知书', async note => {
    const opening = { procedure: 'repair-revocation', act: 'propose-notice', aboutRef: recordId, fields: TOLD }
    const key = await opens(s.as('ecology-officer'), subjectId, opening)
    await s.settle()
    await opensLetter(firm, '撤销信用修复事先告知书')
    await s.settle()
    const { state, clock } = await seesOwn(firm, key)
    assert.equal(state, 'heard-from')
    note.sent(`${TOLD.matter}：${TOLD.fact}`)
    note.came(`${clock?.dueOn}以前可以陈述、申辩；修复还有效`)
    return key
  })
}

async function answered(s: Story, { firm }: Fined, key: Case): Promise<void> {
  await s.step('企业说明缴款经另一家银行办理，附凭证', async note => {
    const fields = { statement: '罚款由总公司经另一家银行缴纳，缴款书和回单附后。' }
    assert.equal(await ownStep(firm, key, { act: 'state', fields }), 'heard-from')
    note.sent(fields.statement)
    note.came('意见送办理单位复核')
  })
}

async function kept(s: Story, { firm, subjectId }: Fined, key: Case): Promise<void> {
  await s.step('经办人员向另一家银行核实，缴款属实，决定不撤销', async note => {
    const fields = { finding: '经向另一家银行核实，缴款属实，凭证真实。' }
    assert.equal(await officeStep(s.as('ecology-officer'), key, { act: 'keep', fields }), 'kept')
    await s.settle()
    note.sent(fields.finding)
    note.came('办结：修复保持不变')
  })
  await s.step('企业和公众查看', async note => {
    assert.equal((await seesOwn(firm, key)).stateName, '不撤销')
    await assertNowhere(s, subjectId, [REGISTER], NUMBER)
    note.came('门户、登记册、报告仍然没有这条处罚')
  })
}
