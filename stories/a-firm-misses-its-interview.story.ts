import assert from 'node:assert/strict'
import { test } from 'node:test'
import { does, refusalOf, seesOwn, triesOwn } from './cases.ts'
import { FIRMS } from './cast.ts'
import { CALL, called, unseen } from './interviews.ts'
import { story } from './tell.ts'

test(
  'M280 · M289 · 企业没有到场，办理单位改期一次仍没有到场；如实记录，企业可以查看，不因此受任何限制',
  story(async s => {
    const { key, firm, subjectId } = await called(s, FIRMS[7])
    s.onDay('2026-12-02')
    await s.step('企业没有到场，经办人员改期', async note => {
      const fields = { ...CALL, 'interview-time': '2026年12月9日9时' }
      assert.equal(await does(s.as('wage-officer'), key, 'call-anew', fields), 'called')
      await s.settle()
      assert.equal((await seesOwn(firm, key)).letters.length, 2)
      note.sent(fields['interview-time'])
      note.came('企业账户里有新的《提示约谈通知书》')
    })
    s.onDay('2026-12-09')
    await s.step('企业仍没有到场，经办人员如实记录', async note => {
      const minutes = '两次没有到场，电话告知了要求，对方表示知悉。'
      assert.equal(await does(s.as('wage-officer'), key, 'record', { attended: 'absent', minutes }), 'held')
      const seen = await seesOwn(firm, key)
      assert.ok(seen.entries.some(entry => entry.fields.some(field => field.value === minutes)))
      note.sent(minutes)
      note.came('办结；企业看得到记录的每一个字')
    })
    await s.step('办结以后企业还要说明', async note => {
      note.came(refusalOf(await triesOwn(firm, key, 'explain', { statement: '当天有事' }), 'case.closed'))
    })
    await unseen(s, subjectId)
  }),
)
