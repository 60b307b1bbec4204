import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { z } from 'zod'
import type { AuditedLook, listOwnLooks } from '../src/access/contract.ts'
import type { DelayView } from '../src/oversight/contract.ts'
import { FIRMS } from './cast.ts'
import type { Player } from './player.ts'
import { fileOf, outcomeOf, penaltyOf } from './rows.ts'
import { type Story, say, story } from './tell.ts'

const [FIRM] = FIRMS
const CASE = '澜环立案2026-31'
const OTHER_CASE = '澜环立案2026-32'
const LAST = '2026-12-18'
type OwnLooks = z.infer<(typeof listOwnLooks)['output']>

test(
  'M461 · M272 · 办案期间暂缓告知：一人申请、另一人批准，企业到期才看得到这次查看，审计员一直看得到',
  story(async s => {
    await s.step('市生态环境局报送一条行政处罚', async note => {
      const { counts } = await s.as('clerk').sends('ecology-penalty', '处罚.csv', fileOf(penaltyOf(FIRM, '澜环罚〔2026〕31号')))
      assert.deepEqual(outcomeOf(counts), { filed: 1 })
      note.sent(FIRM.name)
      note.came('收到1行：入档1行')
    })
    const subjectId = await s.found(FIRM.name)
    const firm = await s.asFirm(subjectId, FIRM.name)
    await toldAtOnce(s, firm, subjectId)
    const delayId = await asked(s)
    await decided(s, delayId)
    const receipt = await lookedAt(s, firm, subjectId)
    await audited(s, receipt)
    await toldOnItsDay(s, firm, receipt)
  }),
)

const looksAt = async (s: Story, subjectId: number, businessNo: string): Promise<string> => {
  const answer = await s.as('investigator').get(`/api/v1/subjects/${subjectId}/records?purpose=案件办理&businessNo=${businessNo}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<{ receipt: string }>().receipt
}
const told = async (firm: Player): Promise<OwnLooks> => (await firm.get('/api/v1/looks/mine')).json<OwnLooks>()

async function toldAtOnce(s: Story, firm: Player, subjectId: number): Promise<void> {
  await s.step('办案人员查阅这家企业的档案，没有申请暂缓告知', async note => {
    const receipt = await looksAt(s, subjectId, OTHER_CASE)
    assert.deepEqual(
      (await told(firm)).looks.map(look => look.receipt),
      [receipt],
    )
    note.sent(`事由：案件办理，业务编号：${OTHER_CASE}`)
    note.came('企业随即在“谁看过我”里看到：哪个单位，为什么，业务编号')
  })
}

async function asked(s: Story): Promise<number> {
  const wish = { businessNo: CASE, ground: 'investigation', reason: '正在固定证据，告知会妨碍调查', until: LAST }
  const player = s.as('investigator')
  await s.step('办案人员想把告知推迟一年', async note => {
    const refused = await player.post('/api/v1/looks/delays', { ...wish, until: '2027-11-20' })
    assert.equal(refused.json<{ code: string }>().code, 'look-delay.too-long')
    note.came('没有受理：超过最长的日数')
  })
  return await s.step('办案人员申请暂缓告知', async note => {
    const answer = await player.post('/api/v1/looks/delays', wish)
    assert.equal(answer.status, 201, answer.text)
    note.sent(`业务编号${CASE}，暂缓至${LAST}，理由：${wish.reason}`)
    note.came('等另一人批准；批准以前的查看照常告知')
    return answer.json<{ delayId: number }>().delayId
  })
}

async function decided(s: Story, delayId: number): Promise<void> {
  const path = `/api/v1/looks/delays/${delayId}/decision`
  const decision = { approved: true, reason: '取证期间确有必要' }
  await s.step('办案人员想自己批准', async note => {
    assert.equal((await s.as('investigator').post(path, decision)).status, 403)
    note.came('没有这项权限')
  })
  await s.step('个人信息保护负责人批准', async note => {
    const officer = s.as('privacy-officer')
    assert.equal((await officer.post(path, decision)).status, 200)
    const again = await officer.post(path, { approved: false, reason: '反悔' })
    assert.equal(again.json<{ code: string }>().code, 'look-delay.decided')
    const { delays } = (await s.as('investigator').get('/api/v1/looks/delays')).json<{ delays: DelayView[] }>()
    assert.deepEqual(
      delays.map(one => [one.businessNo, one.state, one.decision]),
      [[CASE, 'approved', decision.reason]],
    )
    note.sent(decision.reason)
    note.came('从这时起，本单位按这个编号的查看暂缓告知；决定只作一次')
  })
}

async function lookedAt(s: Story, firm: Player, subjectId: number): Promise<string> {
  return await s.step('办案人员按这个编号查阅档案，企业看“谁看过我”', async note => {
    const before = await told(firm)
    const receipt = await looksAt(s, subjectId, CASE)
    const after = await told(firm)
    assert.deepEqual([after.looks.length, after.last30Days], [before.looks.length, before.last30Days], 'no count betrays it')
    const page = await firm.reads('/my/looks')
    assert.ok(!page.includes(CASE) && !page.includes(receipt))
    assert.ok(page.includes(say('my.looks-delayed')), 'the same footnote stands there for everybody')
    note.came('列表和次数都与之前一样；页脚那句话对每个账号都有，不表示有或者没有')
    return receipt
  })
}

async function audited(s: Story, receipt: string): Promise<void> {
  await s.step('审计员翻看查看登记', async note => {
    const { looks } = (await s.as('auditor').get(`/api/v1/looks?receipt=${receipt}`)).json<{
      looks: z.infer<typeof AuditedLook>[]
    }>()
    assert.deepEqual(
      looks.map(look => [look.subjectName, look.businessNo, look.delayedUntil]),
      [[FIRM.name, CASE, LAST]],
    )
    note.came(`登记在册，并注明暂缓告知至${LAST}`)
  })
}

async function toldOnItsDay(s: Story, firm: Player, receipt: string): Promise<void> {
  s.onDay(LAST)
  await s.step('最后一日，企业看“谁看过我”', async note => {
    assert.ok((await told(firm)).looks.every(look => look.receipt !== receipt))
    note.came('还看不到')
  })
  s.onDay('2026-12-19')
  await s.step('次日，企业看“谁看过我”', async note => {
    const one = (await told(firm)).looks.find(look => look.receipt === receipt)
    assert.deepEqual([one?.purpose, one?.businessNo], ['案件办理', CASE])
    assert.equal(Object.hasOwn(one ?? {}, 'delayedUntil'), false)
    note.came(`没有人做任何事，那次查看自己列了出来：${one?.unitName}，${one?.purpose}，${CASE}`)
  })
}
