import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseLine } from '../src/cases/shapes.ts'
import { type Case, clockWorks, does, opensLetter, refusalOf, seesOwn, tries } from './cases.ts'
import { hitsOf, isOnPage, NUMBER, untilHeard } from './early-exit.ts'
import type { Player } from './player.ts'
import { type Story, story } from './tell.ts'

test(
  'M215 · M264 · 用伪造的回单骗得提前移出：先告知、听取陈述申辩，两人决定恢复列入，只到原来的期满日，到期自动移出',
  story(async s => {
    const { firm, revocation } = await untilHeard(s, '回单由财务人员提供，单位正在核对。')
    s.onDay('2026-12-09')
    await relisted(s, revocation)
    await goesOn(s, firm, revocation)
    s.onDay('2029-12-02')
    await over(s, firm)
  }),
)

async function relisted(s: Story, key: Case): Promise<void> {
  await s.step('经办人员看了意见，提出恢复列入；另一人确认', async note => {
    const fields = {
      because: '工资至今没有支付，财务人员提供不免除单位的责任。',
      again: '付清工资、改正满六个月以后可以再申请。',
    }
    await does(s.as('wage-officer'), key, 'propose-revoke', fields)
    note.came(refusalOf(await tries(s.as('wage-officer'), key, 'revoke'), 'case.same-person'))
    assert.equal(await does(s.as('wage-officer2'), key, 'revoke'), 'relisted')
    await s.settle()
    assert.equal(await isOnPage(s), true)
    assert.deepEqual(
      (await hitsOf(s)).map(hit => hit.documentNo),
      [NUMBER],
    )
    note.sent(fields.because)
    note.came('名单页又列出这家企业，窗口核查又提示')
  })
}

async function goesOn(s: Story, firm: Player, revocation: Case): Promise<void> {
  await s.step('企业打开决定书，看列入的案件', async note => {
    await opensLetter(s, firm, revocation, '恢复列入名单决定书')
    const { cases } = (await firm.get('/api/v1/cases/mine')).json<{ cases: CaseLine[] }>()
    const open = cases.filter(one => one.closedAt === null)
    assert.deepEqual(
      open.map(one => [one.procedure, one.state]),
      [['listing', 'listed']],
    )
    const listing = await seesOwn(firm, { subjectId: revocation.subjectId, caseId: open[0]?.caseId ?? 0 })
    assert.equal(listing.clocks.find(clock => clock.clock === 'term')?.dueOn, '2029-12-01')
    const exit = listing.acts.find(one => one.act === 'ask-exit')
    assert.ok(exit)
    note.came('列入的案件接着走，期满日还是2029年12月1日，一天也没有延长；可以要求撤销，条件具备可以再申请提前移出')
  })
}

async function over(s: Story, firm: Player): Promise<void> {
  await s.step('原来的期满日过了，自动移出，不用申请', async note => {
    await clockWorks(s)
    assert.equal(await isOnPage(s), false)
    assert.deepEqual(await hitsOf(s), [])
    const { cases } = (await firm.get('/api/v1/cases/mine')).json<{ cases: CaseLine[] }>()
    assert.ok(cases.filter(one => one.procedure === 'listing').some(one => ['leaving', 'left'].includes(one.state)))
    note.came('名单页和核查都没有这家企业')
  })
}
