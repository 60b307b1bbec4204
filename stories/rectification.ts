import assert from 'node:assert/strict'
import { type Case, clockWorks, opens, opensLetter, seesOwn } from './cases.ts'
import type { Firm } from './cast.ts'
import type { Answer, Player } from './player.ts'
import { fileOf, registrationOf } from './rows.ts'
import type { Story } from './tell.ts'

/* An order to put something right, as both stories of it begin: ordered, served, and the time to answer over. */

export const ORDERED = {
  fact: '2026年11月18日检查，三名农民工没有签订劳动合同',
  duties: '与三名农民工补签劳动合同\n报送合同的复印件',
  until: '2026-12-10',
  consequence: '逾期未整改的，依次提示约谈、警示约谈；法律另有规定的，依法另行办理。',
}

/** Registers a firm and orders it to rectify on 20 November 2026; its case, its player. */
export async function ordered(s: Story, one: Firm): Promise<{ readonly key: Case; readonly firm: Player }> {
  await s.as('market-clerk').sends('market-registration', '登记.csv', fileOf(registrationOf(one)))
  const subjectId = await s.found(one.name)
  const firm = await s.asFirm(subjectId, one.name)
  const key = await s.step('市人社局经办人员责令限期整改', async note => {
    note.sent(`${ORDERED.fact}；整改到2026年12月10日`)
    const opening = { procedure: 'rectification', act: 'order', fields: ORDERED }
    const opened = await opens(s.as('wage-officer'), subjectId, opening)
    await s.settle()
    note.came('企业账户里有一份《限期整改通知书》')
    return opened
  })
  s.onDay('2026-11-23')
  await s.step('企业打开通知书', async note => {
    await opensLetter(s, firm, key, '限期整改通知书')
    assert.equal((await seesOwn(firm, key)).clock?.dueOn, '2026-11-30')
    note.came('当日送达；陈述申辩到2026年11月30日，整改仍到2026年12月10日')
  })
  s.onDay('2026-12-01')
  await s.step('企业没有陈述申辩；期满接着计算整改期限', async note => {
    await clockWorks(s)
    const seen = await seesOwn(firm, key)
    assert.equal(seen.stateName, '整改中')
    assert.equal(seen.clock?.dueOn, '2026-12-10')
    note.came('整改期限2026年12月10日')
  })
  return { key, firm }
}

/** The firm reports what it has done, with a paper or without. */
export async function reports(firm: Player, { caseId }: Case, act: string, paper: boolean): Promise<Answer> {
  const fields = { done: '三份劳动合同已经补签，复印件附后。' }
  const papers: { paper: string; paperId: number }[] = []
  if (paper) {
    const sent = await firm.upload('/api/v1/cases/mine/papers', 'case', '劳动合同.pdf', '%PDF-1.7 example')
    assert.ok(sent.status < 300, sent.text)
    papers.push({ paper: 'done', paperId: sent.json<{ paperId: number }>().paperId })
  }
  return await firm.post(`/api/v1/cases/mine/${caseId}/steps`, { act, fields, papers })
}
