import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Case, does, seesOwn } from './cases.ts'
import { hitsOf, isOnPage, untilHeard } from './early-exit.ts'
import type { Player } from './player.ts'
import { type Story, story } from './tell.ts'

test(
  'M215 · M264 · 有人说提前移出的材料是假的：企业陈述申辩，经核实材料属实，不恢复列入',
  story(async s => {
    const { firm, revocation } = await untilHeard(s, '工资由总包单位的专户代发，付款回单在另一家银行，随信附上。')
    s.onDay('2026-12-09')
    await kept(s, firm, revocation)
  }),
)

async function kept(s: Story, firm: Player, revocation: Case): Promise<void> {
  const finding = '总包专户的开户银行证实22名农民工的工资已经全部付清，回单属实。'
  await s.step('经办人员核实企业说的情况，不撤销提前移出', async note => {
    assert.equal(await does(s.as('wage-officer'), revocation, 'keep', { finding }), 'kept')
    await s.settle()
    assert.equal(await isOnPage(s), false)
    assert.deepEqual(await hitsOf(s), [])
    note.sent(finding)
    note.came('企业仍在名单以外，窗口核查没有提示')
  })
  await s.step('企业在自己的账号里看到结果和理由', async note => {
    const seen = await seesOwn(firm, revocation)
    assert.equal(seen.stateName, '不撤销')
    assert.deepEqual(seen.acts, [])
    note.came('不撤销提前移出；案件办结，没有要做的事')
  })
}
