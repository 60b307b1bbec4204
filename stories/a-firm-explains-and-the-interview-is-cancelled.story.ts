import assert from 'node:assert/strict'
import { test } from 'node:test'
import { does, doesOwn, seesOwn } from './cases.ts'
import { FIRMS } from './cast.ts'
import { called, unseen } from './interviews.ts'
import { story } from './tell.ts'

test(
  'M280 · 被约谈的企业先作说明，办理单位核实是另一家单位，取消约谈',
  story(async s => {
    const { key, firm, subjectId } = await called(s, FIRMS[6])
    s.onDay('2026-11-24')
    await s.step('企业在账户里说明', async note => {
      const fields = { statement: '投诉的是名称相近的另一家单位，附用工台账。' }
      assert.equal(await doesOwn(firm, key, 'explain', fields), 'called')
      note.sent(fields.statement)
      note.came('说明送办理单位')
    })
    s.onDay('2026-11-26')
    await s.step('经办人员核实以后取消约谈', async note => {
      const fields = { result: '经核实，投诉的是名称相近的另一家单位。' }
      assert.equal(await does(s.as('wage-officer'), key, 'cancel', fields), 'cancelled')
      await s.settle()
      const seen = await seesOwn(firm, key)
      assert.equal(seen.stateName, '已取消')
      note.sent(fields.result)
      note.came(`不用参加；企业收到《${seen.letters.at(-1)?.name}》`)
    })
    await unseen(s, subjectId)
  }),
)
