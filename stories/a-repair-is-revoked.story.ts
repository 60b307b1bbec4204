import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { z } from 'zod'
import type { NoticeView as CorrectionView } from '../src/receivers/contract.ts'
import { assertNowhere, caseAtDesk, everywhere, issued, officeStep, opensLetter, ownStep } from './case-desk.ts'
import { type Case, clockWorks, opens, refusalOf, seesOwn, tries } from './cases.ts'
import { FIRMS } from './cast.ts'
import type { Player } from './player.ts'
import { type Fined, fined, lodging, REGISTER, repaired } from './repair-desk.ts'
import { type Story, story } from './tell.ts'

const [, , , , , FIRM] = FIRMS
const NUMBER = '澜环罚〔2026〕46号'
const TOLD = {
  matter: '修复时提交的缴款凭证是伪造的',
  fact: '开户银行回复，没有凭证上的这笔缴款。',
  evidence: '银行回函\n缴款凭证复印件',
  measures: '恢复公示余下的期限\n限制期内不能再申请修复',
}

test(
  'M264 · 修复材料虚假：先送达告知书、听取陈述申辩，两人决定撤销；余下的公示期继续，限制期内不能再申请',
  story(async s => {
    const one = await before(s)
    s.onDay('2026-12-07')
    const code = await issued(s, one.subjectId)
    const key = await noticed(s, one)
    s.onDay('2026-12-08')
    await served(s, one.firm, key)
    s.onDay('2026-12-10')
    await stated(s, one.firm, key)
    s.onDay('2026-12-16')
    await revoked(s, key)
    await shownAgain(s, one, key)
    await toldAgain(s, one, code)
  }),
)

async function before(s: Story): Promise<Fined> {
  const one = await fined(s, FIRM, NUMBER)
  s.onDay('2026-11-30')
  return await s.step('一家企业的处罚在2026-11-30修复：申请、受理、两人同意、接收单位确认', async note => {
    await repaired(s, one)
    await assertNowhere(s, one.subjectId, [REGISTER], NUMBER)
    note.came('门户、登记册、报告都没有这条处罚')
    return one
  })
}

async function noticed(s: Story, { subjectId, recordId }: Fined): Promise<Case> {
  return await s.step('市生态环境局经办人员查明缴款凭证是伪造的，提出拟撤销修复', async note => {
    const opening = { procedure: 'repair-revocation', act: 'propose-notice', aboutRef: recordId, fields: TOLD }
    const key = await opens(s.as('ecology-officer'), subjectId, opening)
    await s.settle()
    const { state, acts } = await caseAtDesk(s.as('ecology-officer'), key)
    assert.equal(state, 'noticing')
    assert.equal(
      acts.some(one => one.mayDo),
      false,
    )
    const early = await tries(s.as('ecology-officer'), key, 'propose-revoke', {
      because: '成立',
      until: '2027-08-28',
      again: '限制期满',
    })
    refusalOf(early, 'case.act-not-open')
    await assertNowhere(s, subjectId, [REGISTER], NUMBER)
    note.sent(`${TOLD.matter}：${TOLD.fact}`)
    note.came('告知书放进企业的账号；送达以前什么都不变，也不能往下办')
    return key
  })
}

async function served(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('企业在账号里打开告知书', async note => {
    const { letter } = await opensLetter(firm, '撤销信用修复事先告知书')
    assert.ok(JSON.stringify(letter).includes(TOLD.fact))
    await s.settle()
    const { state, clock } = await seesOwn(firm, key)
    assert.deepEqual([state, clock?.dueOn], ['heard-from', '2026-12-15'])
    note.came('打开的当日送达：2026-12-15以前可以陈述、申辩')
    await assertNowhere(s, key.subjectId, [REGISTER], NUMBER)
    note.came('修复还有效')
  })
}

async function stated(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('企业陈述申辩', async note => {
    const fields = { statement: '凭证由代办公司提供，我单位不知情。' }
    assert.equal(await ownStep(firm, key, { act: 'state', fields }), 'heard-from')
    note.sent(fields.statement)
    note.came('意见送办理单位；期限没有因此提前结束，还可以补充')
  })
}

async function revoked(s: Story, key: Case): Promise<void> {
  await s.step('经办人员看了意见，提出撤销，写明对意见的答复', async note => {
    await clockWorks(s)
    const officer = s.as('ecology-officer')
    assert.match(JSON.stringify((await caseAtDesk(officer, key)).entries), /代办公司/)
    const fields = {
      because: '承诺由企业签署，材料真实由企业负责；罚款至今没有缴纳。',
      until: '2027-08-28',
      again: '限制期满、履行义务以后可以再申请。',
    }
    assert.equal(await officeStep(officer, key, { act: 'propose-revoke', fields }), 'proposed')
    const alone = await tries(officer, key, 'revoke')
    note.sent(fields.because)
    note.came(`要另一人确认：${refusalOf(alone, 'case.same-person')}`)
  })
  await s.step('本单位另一人确认撤销', async note => {
    assert.equal(await officeStep(s.as('ecology-second'), key, { act: 'revoke' }), 'revoked')
    await s.settle()
    note.came('修复撤销，决定书送企业')
  })
}

async function shownAgain(s: Story, { firm, subjectId, recordId }: Fined, key: Case): Promise<void> {
  await s.step('公众再看门户', async note => {
    for (const [place, text] of await everywhere(s, subjectId, [REGISTER]))
      if (place !== '/') assert.ok(text.includes(NUMBER), place)
    note.came('余下的公示期继续：主体页、登记册、新报告又列出这条处罚')
  })
  await s.step('企业打开决定书，再申请修复', async note => {
    const { remedies } = await opensLetter(firm, '撤销信用修复决定书')
    assert.ok(remedies.length > 0)
    note.came(`决定书写明救济途径：${remedies.map(one => one.name).join('、')}`)
    const refused = await firm.post('/api/v1/cases/mine', lodging(recordId))
    note.came(`不能再申请：${refusalOf(refused, 'repair.barred')}`)
    assert.equal((await seesOwn(firm, key)).stateName, '已撤销修复')
  })
}

async function toldAgain(s: Story, { holder, subjectId }: Fined, code: string): Promise<void> {
  await s.step('持有修复期间开具的报告的人核验它；取得过这条处罚的系统看通知', async note => {
    const page = await s.anyone.reads(`/verify/${code}`)
    assert.match(page, /开具以后有信息发生过变化/)
    assert.ok(!page.includes(NUMBER))
    const seenBy = async (state: string): Promise<(string | null)[]> => {
      const answer = await holder.get(`/api/v1/receivers/corrections?state=${state}`)
      const { corrections } = answer.json<{ corrections: z.infer<typeof CorrectionView>[] }>()
      return corrections.filter(one => one.subjectId === subjectId).map(one => one.cause)
    }
    assert.deepEqual([await seenBy('confirmed'), await seenBy('told'), await seenBy('open')], [['repaired'], ['resumed'], []])
    note.came('核验页说报告是真的，开具以后有变化，不说是什么；系统先前收到“修复”，现在收到“恢复”，只告知，不要它确认')
  })
}
