import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everywhere, lodged, officeStep, opensLetter } from './case-desk.ts'
import { type Case, refusalOf, seesOwn, tries } from './cases.ts'
import { FIRMS } from './cast.ts'
import { type Fined, fined, GROUNDS, lodging, REGISTER } from './repair-desk.ts'
import { type Story, story } from './tell.ts'

const [, , , FIRM] = FIRMS
const NUMBER = '澜环罚〔2026〕47号'

test(
  'M262 · M263 · 申请修复的企业没有改正完：办理单位核实后不予修复，写明理由、救济途径和再申请的条件，信息照常公示',
  story(async s => {
    assert.ok(FIRM)
    const one = await fined(s, FIRM, NUMBER)
    const key = await applied(s, one)
    s.onDay('2026-12-02')
    await refused(s, one, key)
    s.onDay('2026-12-04')
    await stays(s, one, key)
  }),
)

async function applied(s: Story, { firm, recordId }: Fined): Promise<Case> {
  await s.step('企业在最短公示期满以前申请修复', async note => {
    const early = await firm.post('/api/v1/cases/mine', lodging(recordId))
    note.came(refusalOf(early, 'repair.display-period-not-over'))
  })
  s.onDay('2026-11-30')
  return await s.step('期满以后企业再申请；市生态环境局受理', async note => {
    const key = await lodged(firm, lodging(recordId))
    assert.equal(await officeStep(s.as('ecology-officer'), key, { act: 'accept' }), 'accepted')
    const { clock } = await seesOwn(firm, key)
    note.sent(GROUNDS.performed)
    note.came(`已受理；决定的期限${clock?.dueOn}，双方都看得到`)
    return key
  })
}

async function refused(s: Story, { firm }: Fined, key: Case): Promise<void> {
  await s.step('经办人员现场核查，改正没有完成；没有写理由的不能不予修复', async note => {
    note.came(refusalOf(await tries(s.as('ecology-officer'), key, 'refuse', { again: '整改验收以后' }), 'case.field-missing'))
  })
  await s.step('经办人员写明理由和再申请的条件，决定不予修复', async note => {
    const fields = { because: '罚款已缴清；治理设施现场核查没有通过验收。', again: '整改通过验收以后可以再申请。' }
    assert.equal(await officeStep(s.as('ecology-officer'), key, { act: 'refuse', fields }), 'refused')
    await s.settle()
    note.sent(fields.because)
    note.came('决定书放进企业的账号')
  })
  await s.step('企业打开决定书', async note => {
    const { letter, remedies } = await opensLetter(firm, '不予信用修复决定书')
    assert.match(JSON.stringify(letter), /整改通过验收以后可以再申请/)
    assert.ok(remedies.length > 0)
    note.came(`写明理由、再申请的条件和救济途径：${remedies.map(one => one.name).join('、')}`)
  })
}

async function stays(s: Story, { firm, subjectId, recordId }: Fined, key: Case): Promise<void> {
  await s.step('公众查看门户', async note => {
    for (const [place, text] of await everywhere(s, subjectId, [REGISTER]))
      if (place !== '/') assert.ok(text.includes(NUMBER), place)
    note.came('处罚照常列在主体页、登记册和报告里')
  })
  await s.step('整改通过验收，企业再次申请', async note => {
    assert.equal((await seesOwn(firm, key)).stateName, '不予修复')
    const again = await lodged(firm, lodging(recordId))
    assert.equal((await seesOwn(firm, again)).stateName, '待受理')
    note.came('新的一件，从头计算期限')
  })
}
