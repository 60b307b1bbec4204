import assert from 'node:assert/strict'
import { type Case, opens, seesOwn } from './cases.ts'
import type { Firm } from './cast.ts'
import type { Player } from './player.ts'
import { fileOf, registrationOf } from './rows.ts'
import type { Story } from './tell.ts'

/* An interview, as both stories of it begin: called, and the letter in the account. */

export const CALL = {
  matter: '一个月内三次被投诉拖延签订劳动合同',
  'interview-time': '2026年12月2日9时',
  place: '市人社局四楼会议室',
  duty: '说明情况，带用工台账',
  attend: '法定代表人或者其委托的人',
}

/** A firm that is called to an interview on 20 November 2026; its case, its player. */
export async function called(
  s: Story,
  one: Firm | undefined,
): Promise<{ readonly key: Case; readonly firm: Player; readonly subjectId: number }> {
  assert.ok(one)
  await s.as('market-clerk').sends('market-registration', '登记.csv', fileOf(registrationOf(one)))
  const subjectId = await s.found(one.name)
  const firm = await s.asFirm(subjectId, one.name)
  const key = await s.step('市人社局经办人员通知提示约谈', async note => {
    const opened = await opens(s.as('wage-officer'), subjectId, { procedure: 'interview', act: 'call', fields: CALL })
    await s.settle()
    const seen = await seesOwn(firm, opened)
    assert.equal(seen.letters.at(-1)?.name, '提示约谈通知书')
    note.sent(`${CALL.matter}；${CALL['interview-time']}，${CALL.place}`)
    note.came('企业账户里有一份《提示约谈通知书》')
    return opened
  })
  return { key, firm, subjectId }
}

/** Whoever looks at the firm in public finds nothing of it. */
export async function unseen(s: Story, subjectId: number): Promise<void> {
  await s.step('公众查看这家企业', async note => {
    assert.doesNotMatch(await s.anyone.reads(`/subjects/${subjectId}`), /约谈/)
    note.came('公开页面上没有约谈；没有记入信用记录')
  })
}
