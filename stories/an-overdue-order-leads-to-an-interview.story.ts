import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Case, clockWorks, does, refusalOf, seesOwn, tries } from './cases.ts'
import { FIRMS } from './cast.ts'
import type { Player } from './player.ts'
import { ordered } from './rectification.ts'
import { type Story, story } from './tell.ts'

const CALLED = {
  matter: '限期整改逾期，劳动合同仍未补签',
  'interview-time': '2026年12月16日9时',
  place: '市人社局四楼会议室',
  duty: '说明没有整改的原因和打算',
  attend: '法定代表人或者其委托的人',
}

test(
  'M280 · M288 · 逾期没有整改的企业先提示约谈，再由两人决定警示约谈；仍不整改的交本单位依法办理，平台不作处罚',
  story(async s => {
    const [, one] = FIRMS
    const { key, firm } = await ordered(s, one)
    s.onDay('2026-12-11')
    await prompted(s, firm, key)
    s.onDay('2026-12-16')
    await recorded(s, firm, key)
    s.onDay('2026-12-31')
    await warned(s, firm, key)
    s.onDay('2027-01-29')
    await handedOver(s, firm, key, one.name)
  }),
)

async function prompted(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('整改期限过了，平台提醒市人社局；经办人员还不能直接警示约谈', async note => {
    await clockWorks(s)
    const seen = await seesOwn(firm, key)
    assert.equal(seen.stateName, '逾期待提示约谈')
    note.came(
      refusalOf(await tries(s.as('wage-officer'), key, 'propose-warning', { ...CALLED, before: '无' }), 'case.act-not-open'),
    )
  })
  await s.step('经办人员通知提示约谈', async note => {
    assert.equal(await does(s.as('wage-officer'), key, 'call-prompt', CALLED), 'prompted')
    await s.settle()
    assert.equal((await seesOwn(firm, key)).letters.at(-1)?.name, '提示约谈通知书')
    note.sent(`${CALLED['interview-time']}，${CALLED.place}`)
    note.came('企业账户里有《提示约谈通知书》')
  })
}

async function recorded(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('约谈以后，经办人员记录，再给期限', async note => {
    const minutes = '法定代表人到场，说明人手不足，答应在月底以前补签。'
    const fields = { attended: 'came', minutes, until: '2026-12-30' }
    assert.equal(await does(s.as('wage-officer'), key, 'record-prompt', fields), 'prompt-term')
    const seen = await seesOwn(firm, key)
    assert.ok(seen.entries.some(entry => entry.fields.some(field => field.value === minutes)))
    assert.equal(seen.clock?.dueOn, '2026-12-30')
    note.sent(minutes)
    note.came('企业看得到约谈的记录；新的期限2026年12月30日')
  })
}

async function warned(s: Story, firm: Player, key: Case): Promise<void> {
  await s.step('又过了期限，经办人员提出警示约谈；自己不能确认', async note => {
    await clockWorks(s)
    const fields = { ...CALLED, before: '2026年12月16日提示约谈，答应月底补签，仍未补签', 'interview-time': '2027年1月8日9时' }
    assert.equal(await does(s.as('wage-officer'), key, 'propose-warning', fields), 'warning-proposed')
    note.came(refusalOf(await tries(s.as('wage-officer'), key, 'confirm-warning'), 'case.same-person'))
  })
  await s.step('复核人员确认，警示约谈通知书送达；约谈以后记录，给最后一次期限', async note => {
    assert.equal(await does(s.as('wage-officer2'), key, 'confirm-warning'), 'warned')
    await s.settle()
    assert.equal((await seesOwn(firm, key)).letters.at(-1)?.name, '警示约谈通知书')
    const fields = { attended: 'absent', minutes: '没有到场，电话告知了要求。', until: '2027-01-28' }
    assert.equal(await does(s.as('wage-officer'), key, 'record-warning', fields), 'warning-term')
    note.sent(fields.minutes)
    note.came('最后的期限2027年1月28日')
  })
}

async function handedOver(s: Story, firm: Player, key: Case, name: string): Promise<void> {
  await s.step('仍没有整改，经办人员交本单位依法办理', async note => {
    await clockWorks(s)
    const because = '三份劳动合同仍未补签，交劳动保障监察支队依法研究办理。'
    assert.equal(await does(s.as('wage-officer'), key, 'hand-over', { because }), 'handed-over')
    await s.settle()
    const seen = await seesOwn(firm, key)
    assert.equal(seen.stateName, '交本单位依法办理')
    assert.equal(seen.letters.at(-1)?.name, '整改未完成移交通知书')
    note.sent(because)
    note.came('平台上办结；企业收到《整改未完成移交通知书》')
  })
  await s.step('公众查看这家企业', async note => {
    const page = await s.anyone.reads(`/subjects/${await s.found(name)}`)
    assert.doesNotMatch(page, /约谈|限期整改/)
    note.came('公开页面上没有整改和约谈；平台没有记录失信，没有限制任何事')
  })
}
