import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Case, clockWorks, does, doesOwn, opensLetter, refusalOf, seesOwn, tries } from './cases.ts'
import { FIRMS } from './cast.ts'
import { matterOf, mayPromise, registered, shownNow, signing, signs } from './commitments.ts'
import type { Player } from './player.ts'
import { type Story, story } from './tell.ts'

const FIRM = FIRMS[5]
const FOOD = 'approval:food-business-missing'
const BREACH = {
  degree: 'none',
  unperformed: '食品安全管理制度文本没有补交',
  fact: '至2026年11月30日没有补交所缺的材料，电话催办两次',
  evidence: '受理通知书\n催办记录',
}

test(
  'M118 · M119 · M124 · M128 · M132 · 企业没有履行承诺：先告知、听取意见，两人认定，记入信用记录；另一次在决定以前纠正，不认定违诺',
  story(async s => {
    const { subjectId, own } = await registered(s, FIRM)
    const mended = await promises(s, own, '第一次')
    s.onDay('2026-12-02')
    await told(s, own, mended)
    await corrected(s, own, mended)
    const broken = await promises(s, own, '第二次')
    s.onDay('2026-12-15')
    await told(s, own, broken)
    s.onDay('2026-12-23')
    await decided(s, own, broken, subjectId)
    await barred(s, own, subjectId)
  }),
)

async function promises(s: Story, own: Player, which: string): Promise<Case> {
  const { template } = await matterOf(s.anyone, FOOD)
  const until = which === '第一次' ? '2026-11-30' : '2026-12-14'
  return await s.step(`企业${which}以承诺容缺受理，市审批局受理`, async note => {
    const key = await signs(own, { matter: FOOD, until, openness: 'public', digest: template.digest })
    assert.equal(await does(s.as('approval-officer'), key, 'take'), 'supervised')
    assert.equal((await shownNow(s)).length, 1)
    note.sent(`${until}以前补交食品安全管理制度文本`)
    note.came('门户“正在履行的信用承诺”里看得到')
    return key
  })
}

async function told(s: Story, own: Player, key: Case): Promise<void> {
  await s.step('期限过了没有补交，市审批局拟认定违诺', async note => {
    assert.equal(await does(s.as('approval-officer'), key, 'give-notice', BREACH), 'noticing')
    const early = await tries(s.as('approval-officer'), key, 'propose-breach', { because: '没有补交', liability: '撤回受理' })
    note.came(refusalOf(early, 'case.act-not-open'))
    await s.settle()
    note.came('企业账户里有一份《违背信用承诺事先告知书》，写明事实、证据、依据、后果和陈述申辩的期限')
  })
  await s.step('企业打开告知书', async note => {
    await opensLetter(s, own, key, '违背信用承诺事先告知书')
    assert.equal((await seesOwn(own, key)).stateName, '陈述申辩期')
    note.came('当日送达，五个工作日内可以陈述申辩，也可以纠正')
  })
}

async function corrected(s: Story, own: Player, key: Case): Promise<void> {
  await s.step('企业当天补交材料并说明；市审批局核实', async note => {
    assert.equal(await doesOwn(own, key, 'correct', { mended: '制度文本已经补交，见回执' }), 'heard-from')
    assert.equal(await does(s.as('approval-officer'), key, 'accept-correction', { found: '已经收到，符合要求' }), 'corrected')
    await s.settle()
    note.came('不认定违诺：按全部履行记入信用记录，备注认定以前已经纠正')
  })
}

async function decided(s: Story, own: Player, key: Case, subjectId: number): Promise<void> {
  await s.step('这一次企业没有陈述申辩也没有纠正；期满，经办人员提出认定违诺，自己不能确认', async note => {
    await clockWorks(s)
    const officer = s.as('approval-officer')
    const fields = { because: '期满没有陈述申辩，材料至今没有补交', liability: '撤回受理' }
    assert.equal(await does(officer, key, 'propose-breach', fields), 'proposed')
    note.came(refusalOf(await tries(officer, key, 'confirm-breach'), 'case.same-person'))
  })
  await s.step('市审批局复核人员确认', async note => {
    assert.equal(await does(s.as('approval-officer2'), key, 'confirm-breach'), 'broken')
    await s.settle()
    const letters = (await seesOwn(own, key)).letters.map(one => one.name)
    assert.deepEqual(letters.slice(-2), ['违背信用承诺认定书', '信用修复告知书'])
    note.came('企业账户里有《违背信用承诺认定书》和《信用修复告知书》，写明救济途径和怎样修复')
    assert.deepEqual(await shownNow(s), [])
    const asked = encodeURI(`/api/v1/subjects/${subjectId}/records?purpose=异议核实&businessNo=复-2`)
    assert.match((await s.as('credit-office').get(asked)).text, /全部未履行/)
    assert.match(await s.anyone.reads(`/subjects/${subjectId}`), /全部未履行.*公示期2026-12-23至2027-12-23/)
    note.came('“正在履行”里撤下；信用档案里有一条记录：全部未履行。门户自认定之日起公示十二个月')
  })
}

async function barred(s: Story, own: Player, subjectId: number): Promise<void> {
  await s.step('审批窗口核查这家企业还能不能以承诺办理', async note => {
    const why = (await mayPromise(s.as('window'), subjectId)).get(FOOD)
    assert.ok(why)
    note.came(why)
  })
  await s.step('企业想以承诺代替投标保证金', async note => {
    const bid = 'development-reform:bid-bond'
    const { template } = await matterOf(s.anyone, bid)
    const fields = {
      matter: bid,
      project: '示例工程（澜招2027-1）',
      until: '2027-02-01',
      openness: 'closed',
      digest: template.digest,
    }
    note.came(refusalOf(await signing(own, fields), 'commitment.barred-unrepaired-breach'))
  })
}
