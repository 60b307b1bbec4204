import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CampaignRef, decides, proposes, seesCampaign, told } from './campaigns.ts'
import { type Case, clockWorks, does, opensLetter, refusalOf, seesOwn } from './cases.ts'
import { FIRMS, type Firm } from './cast.ts'
import { ORDERED, reports } from './rectification.ts'
import { fileOf, registrationOf } from './rows.ts'
import { type Story, story } from './tell.ts'

const THREE: readonly Firm[] = [FIRMS[3], FIRMS[4], FIRMS[5]]
const WISH = {
  name: '农民工劳动合同专项治理',
  theme: 'key-sector',
  aim: '督促用人单位与农民工签订劳动合同，逐户核实。',
  instrument: 'gbf-2019-35',
  units: [],
  firstDay: '2026-11-20',
  lastDay: '2027-02-28',
  goals: { urged: 3 },
}

test(
  'M279 · M281 · M283 · 一项专项治理督促三户企业，两户按期整改，一户逾期被约谈；每户各有案件，公众只看到件数',
  story(async s => {
    const campaign = await organised(s)
    const cases = await openedAll(s, campaign)
    s.onDay('2026-11-23')
    await served(s, cases)
    s.onDay('2026-12-01')
    await clockWorks(s)
    s.onDay('2026-12-07')
    await rectified(s, cases.slice(0, 2))
    s.onDay('2026-12-11')
    await interviewed(s, cases[2] as Case)
    await progress(s, campaign)
    s.onDay('2027-03-01')
    await concluded(s, campaign)
  }),
)

async function organised(s: Story): Promise<CampaignRef> {
  await s.as('market-clerk').sends('market-registration', '登记.csv', fileOf(...THREE.map(one => registrationOf(one))))
  await s.step('市人社局经办人员想把“处罚多少家”写进目标', async note => {
    const aim = '农民工劳动合同整治，处罚不少于20家企业。'
    note.sent(aim)
    note.came(refusalOf(await proposes(s.as('wage-officer'), { ...WISH, aim }), 'campaign.quota-of-punishments'))
  })
  const campaign = await s.step('经办人员改成只写督促什么，提出专项治理', async note => {
    note.sent(`${WISH.name}：${WISH.aim}目标：督促3件`)
    const answer = await proposes(s.as('wage-officer'), WISH)
    assert.equal(answer.status, 201, answer.text)
    note.came('等本单位另一人确认，还没有开始')
    return answer.json<CampaignRef>()
  })
  await s.step('经办人员自己确认不了，由复核人员确认', async note => {
    note.came(refusalOf(await decides(s.as('wage-officer'), campaign, 'confirmed'), 'campaign.same-person'))
    assert.equal((await decides(s.as('wage-officer2'), campaign, 'confirmed')).status, 200)
    note.came('专项治理开始')
  })
  return campaign
}

async function openedAll(s: Story, { campaignId }: CampaignRef): Promise<Case[]> {
  const officer = s.as('wage-officer')
  const codes = await s.step('经办人员交一份名单，里面有一行只写了名称', async note => {
    const csv = `统一社会信用代码\n${[...THREE.map(one => one.code), '某某物流有限公司'].join('\n')}\n`
    const answer = await officer.upload('/api/v1/campaigns/lists', 'list', '名单.csv', csv)
    assert.equal(answer.status, 200, answer.text)
    const { lines } = answer.json<{ lines: { code: string | null; why: string | null }[] }>()
    note.sent('四行的CSV')
    note.came(`认出3个代码；另一行：${lines.find(one => one.why !== null)?.why}`)
    return lines.flatMap(one => one.code ?? [])
  })
  const batch = { procedure: 'rectification', act: 'order', fields: ORDERED, codes }
  const path = `/api/v1/campaigns/${campaignId}/batches`
  const batchId = await s.step('经办人员填一张表，对三户各责令限期整改；网络断了，又交一遍', async note => {
    const first = (await officer.post(path, batch)).json<{ batchId: number; isNew: boolean }>()
    const again = (await officer.post(path, batch)).json<{ batchId: number; isNew: boolean }>()
    assert.deepEqual([again.batchId, again.isNew], [first.batchId, false])
    note.sent(`${ORDERED.fact}；整改到2026年12月10日`)
    note.came('同一份名单只收一次')
    return first.batchId
  })
  return await s.step('办一户以后停下，再接着办', async note => {
    const run = async (atMost: number) =>
      (await officer.post(`${path}/${batchId}/runs`, { atMost })).json<{ opened: number; waiting: number }>()
    assert.deepEqual(await run(1), { rows: 3, opened: 1, refused: 0, waiting: 2 })
    assert.deepEqual(await run(20), { rows: 3, opened: 3, refused: 0, waiting: 0 })
    assert.deepEqual(await run(20), { rows: 3, opened: 3, refused: 0, waiting: 0 })
    const { lines } = (await officer.get(`${path}/${batchId}`)).json<{ lines: Case[] }>()
    await s.settle()
    note.came('三户各成一件案件，各有自己的《限期整改通知书》')
    return lines.map(({ subjectId, caseId }) => ({ subjectId, caseId }))
  })
}

async function served(s: Story, cases: readonly Case[]): Promise<void> {
  await s.step('三户各自打开通知书', async note => {
    for (const [at, key] of cases.entries()) {
      const firm = await s.asFirm(key.subjectId, THREE[at]?.name ?? '')
      await opensLetter(s, firm, key, '限期整改通知书')
      assert.equal((await seesOwn(firm, key)).within?.name, WISH.name)
    }
    note.came('当日送达；案件页写着属于哪一项专项治理，期限和权利与平常一样')
  })
}

async function rectified(s: Story, cases: readonly Case[]): Promise<void> {
  await s.step('两户按期整改，报告并附上合同；经办人员核实，办结', async note => {
    await clockWorks(s)
    for (const [at, key] of cases.entries()) {
      const firm = await s.asFirm(key.subjectId, THREE[at]?.name ?? '')
      assert.equal((await reports(firm, key, 'report', true)).status, 200)
      assert.equal(await does(s.as('wage-officer'), key, 'accept', { result: '劳动合同齐全，已经整改。' }), 'rectified')
    }
    await s.settle()
    note.came('两件办结：整改完成，不记入信用记录')
  })
}

async function interviewed(s: Story, key: Case): Promise<void> {
  await s.step('第三户到期没有整改，平台提醒；经办人员通知提示约谈', async note => {
    await clockWorks(s)
    const called = {
      matter: '限期整改逾期，劳动合同仍未签订',
      'interview-time': '2026年12月16日9时',
      place: '市人社局四楼会议室',
      duty: '说明没有整改的原因和打算',
      attend: '法定代表人或者其委托的人',
    }
    assert.equal(await does(s.as('wage-officer'), key, 'call-prompt', called), 'prompted')
    await s.settle()
    note.sent(`${called['interview-time']}，${called.place}`)
    note.came('约谈是这一户案件自己的一步，与另两户无关')
  })
}

async function progress(s: Story, campaign: CampaignRef): Promise<void> {
  await s.step('经办人员看进度；公众看专项治理', async note => {
    const seen = (await seesCampaign(s.as('wage-officer'), campaign)).progress
    const { opened, open, done } = seen
    assert.deepEqual({ opened, open, done }, { opened: 3, open: 1, done: 2 })
    assert.deepEqual(
      seen.steps.map(one => one.count),
      [1],
    )
    note.came('案件3件：在办1件，做完2件；已约谈1件；目标3件')
    const page = await told(s)
    assert.match(page, /农民工劳动合同专项治理/)
    assert.match(page, /数目较小，不单列/)
    for (const one of THREE) assert.ok(!page.includes(one.name) && !page.includes(one.code))
    note.came('公众看到名称、依据、单位和期限；件数少于5，不写数目，更不写是谁')
    for (const one of THREE)
      assert.doesNotMatch(await s.anyone.reads(`/subjects/${await s.found(one.name)}`), /专项治理|限期整改|约谈/)
    note.came('三户的公开页面上没有专项治理、整改和约谈')
  })
}

async function concluded(s: Story, campaign: CampaignRef): Promise<void> {
  const path = `/api/v1/campaigns/${campaign.campaignId}`
  await s.step('专项治理到期，经办人员总结；剩下的一件按自己的期限接着办', async note => {
    assert.equal((await seesCampaign(s.as('wage-officer'), campaign)).state, 'over')
    const summary = '合同没有及时签，多是用工当天没有备好文本；以后在开工登记时发放。'
    const answer = await s.as('wage-officer').post(`${path}/report`, { summary })
    assert.equal(answer.status, 201, answer.text)
    const seen = await seesCampaign(s.as('wage-officer'), campaign)
    assert.deepEqual([seen.state, seen.report?.counts.open], ['concluded', 1])
    note.sent(summary)
    note.came('总结当日的件数留存：案件3件，做完2件，在办1件')
    assert.match(await told(s), /已经总结/)
  })
  await s.step('总结以后想再放一件进来', async note => {
    const opening = { procedure: 'rectification', act: 'order', fields: ORDERED, subjectId: await s.found(THREE[0]?.name ?? '') }
    const answer = await s.as('wage-officer').post(`${path}/cases`, opening)
    note.came(refusalOf(answer, 'campaign.not-running-concluded'))
  })
}
