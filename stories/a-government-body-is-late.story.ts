import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SubjectId } from '../src/base/id.ts'
import { openTestSubjects } from '../src/reports/archive-testing.ts'
import { type CampaignRef, opened, told } from './campaigns.ts'
import { type Case, clockWorks, does, opensLetter, refusalOf } from './cases.ts'
import type { Player } from './player.ts'
import { reports } from './rectification.ts'
import { type Story, story } from './tell.ts'

const OWED = {
  fact: '欠泠湾水产设备款12万元，合同约定2025年6月付清，至今未付',
  duties: '付清欠款\n报送付款凭证',
  until: '2026-12-10',
  consequence: '逾期未整改的，依次提示约谈、警示约谈',
}
const WISH = {
  name: '机关拖欠账款专项治理',
  theme: 'government-breach',
  aim: '督促机关付清拖欠中小企业的账款，逐笔核实。',
  documentNo: '澜信用办〔2026〕8号',
  documentBody: '澜川市社会信用体系建设办公室',
  units: ['development-reform'],
  firstDay: '2026-11-20',
  lastDay: '2027-06-30',
  goals: {},
}

type Ledger = { readonly rows: readonly { bodyName: string; found: string; outcome: string; isLate: boolean }[] }

test(
  'M282 · 机关拖欠账款，和任何主体一样被责令限期整改，一样超期，在台账和公开的件数里都算；付清以后办结，写明是超期后办结',
  story(async s => {
    const [body, name] = await bodyOf(s)
    const key = await ordered(s, await organised(s), body)
    const me = await s.asFirm(body, name)
    s.onDay('2026-11-23')
    await s.step('机关打开通知书', async note => {
      await opensLetter(s, me, key, '限期整改通知书')
      note.came('当日送达；付款到2026年12月10日')
    })
    s.onDay('2026-12-01')
    await clockWorks(s)
    s.onDay('2026-12-11')
    await late(s, name)
    s.onDay('2026-12-14')
    await settled(s, me, key)
    await looked(s, me)
  }),
)

/** A bureau of the city that the platform knows, as it knows every organisation with a code. */
async function bodyOf(s: Story): Promise<[SubjectId, string]> {
  const unit = s.app.law.units.get('education')
  assert.ok(unit)
  const [body] = await openTestSubjects(s.app, [{ name: unit.name, uscc: unit.uscc, kind: 'government-body' }])
  return [body as SubjectId, unit.name]
}

async function organised(s: Story): Promise<CampaignRef> {
  return await s.step('市人社局经办人员提出机关拖欠账款专项治理，复核人员确认', async note => {
    note.sent(`依据：${WISH.documentBody}${WISH.documentNo}；参加单位：市发改委`)
    const campaign = await opened(s.as('wage-officer'), s.as('wage-officer2'), WISH)
    note.came('专项治理开始')
    return campaign
  })
}

async function ordered(s: Story, { campaignId }: CampaignRef, subjectId: SubjectId): Promise<Case> {
  return await s.step('市发改委经办人员对市教育局责令限期整改', async note => {
    note.sent(OWED.fact)
    const opening = { procedure: 'rectification', act: 'order', fields: OWED, subjectId }
    const answer = await s.as('tender-officer').post(`/api/v1/campaigns/${campaignId}/cases`, opening)
    assert.equal(answer.status, 201, answer.text)
    await s.settle()
    note.came('机关的账户里有一份《限期整改通知书》，和企业收到的一样')
    return answer.json<Case>()
  })
}

const ledgerOf = async (player: Player, filter: string): Promise<Ledger['rows']> => {
  const answer = await player.get(`/api/v1/government-cases?filter=${filter}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<Ledger>().rows
}

async function late(s: Story, name: string): Promise<void> {
  await s.step('期限过了，机关没有付；信用办看政府失信台账', async note => {
    await clockWorks(s)
    const [row] = await ledgerOf(s.as('credit-office'), 'overdue')
    assert.deepEqual([row?.bodyName, row?.found, row?.isLate], [name, OWED.fact, true])
    note.came(`${name}：在办，机关已超期`)
  })
  await s.step('公众看机关自己的案件', async note => {
    const page = await told(s)
    assert.match(page, /其中已超期\s*1件/)
    assert.doesNotMatch(page, new RegExp(name))
    note.came('在办1件，其中已超期1件；只有1件也写出来，机关的事不按小数目隐去')
  })
  await s.step('市发改委经办人员想看台账', async note => {
    const answer = await s.as('tender-officer').get('/api/v1/government-cases')
    note.came(refusalOf(answer, 'access.not-allowed'))
  })
}

async function settled(s: Story, me: Player, key: Case): Promise<void> {
  await s.step('机关付清欠款，报告并附上凭证；市发改委核实，办结', async note => {
    assert.equal((await reports(me, key, 'report', true)).status, 200)
    assert.equal(await does(s.as('tender-officer'), key, 'accept', { result: '付款凭证和收款方确认一致，已付清。' }), 'rectified')
    await s.settle()
    const [row] = await ledgerOf(s.as('credit-office'), 'closed')
    assert.equal(row?.outcome, 'late')
    assert.deepEqual(await ledgerOf(s.as('credit-office'), 'open'), [])
    note.came('办结；台账写明是超期后办结')
    assert.match(await told(s), /近一年超期后办结\s*1件/)
  })
  await s.step('信用办导出台账', async note => {
    const csv = await s.as('credit-office').get('/api/v1/government-cases/export', 'text/csv')
    assert.equal(csv.status, 200)
    assert.match(csv.text, /超期后办结/)
    note.came('CSV：案号、机关、查明的事实、环节、办理单位、期限、结果')
  })
}

async function looked(s: Story, me: Player): Promise<void> {
  await s.step('机关看谁看过自己', async note => {
    const answer = await me.get('/api/v1/looks/mine')
    assert.equal(answer.status, 200, answer.text)
    assert.match(answer.text, /社会信用体系建设办公室/)
    note.came('信用办每次打开、导出台账都登记着')
  })
}
