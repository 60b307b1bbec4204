import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertNowhere, everywhere, opensLetter } from './case-desk.ts'
import { type Case, clockWorks, does, doesOwn, refusalOf, seesOwn, tries } from './cases.ts'
import { FIRMS } from './cast.ts'
import { declares, licensed, rulesOf } from './declarations.ts'
import type { Player } from './player.ts'
import { type Story, story } from './tell.ts'

const FIRM = FIRMS[9] ?? FIRMS[0]
const CLAIM = '食品安全管理体系认证'

test(
  'M086 · M087 · M088 · M093 · 企业的申报经人核验后显示；后来查明不实，先告知、听取意见，两人认定以后移除并书面警示，没有别的后果',
  story(async s => {
    const { subjectId, own } = await licensed(s, FIRM, '澜卫许〔2026〕82号')
    const key = await verified(s, own, subjectId)
    s.onDay('2026-12-02')
    await told(s, own, key)
    s.onDay('2026-12-04')
    await heard(s, own, key)
    await struck(s, own, { key, subjectId })
    s.onDay('2026-12-08')
    await refused(s, own)
  }),
)

const declaration = async (s: Story, more: Readonly<Record<string, string>> = {}) => ({
  ...{ family: 'operation', title: CLAIM, content: '2026年9月取得认证，证书附后。', until: '2028-09-01', openness: 'public' },
  digest: (await rulesOf(s.anyone)).digest,
  ...more,
})

async function verified(s: Story, own: Player, subjectId: number): Promise<Case> {
  const key = await s.step('企业自主申报“食品安全管理体系认证”，选择公开', async note => {
    const one = await declares(own, await declaration(s))
    await s.settle()
    assert.equal((await seesOwn(own, one)).stateName, '待核验')
    note.came('没有可以比对的部门数据，转市市场监管局核验')
    return one
  })
  await s.step('市市场监管局请企业补充证书，核验期限停着', async note => {
    assert.equal(await does(s.as('market-officer'), key, 'ask-material', { missing: '认证证书' }), 'awaiting-material')
    assert.equal(await doesOwn(own, key, 'supplement', { supplement: '证书编号FSMS-示例-7。' }), 'with-clerk')
    note.came('企业当天补充，期限接着走')
  })
  await s.step('经办人员看了证书，核实', async note => {
    assert.equal(await does(s.as('market-officer'), key, 'verify', { finding: '看了企业补充的证书。' }), 'verified')
    await s.settle()
    assert.match(await s.anyone.reads(`/subjects/${subjectId}`), new RegExp(CLAIM))
    note.came('门户和报告里有这条信息，标注“自主申报”')
  })
  return key
}

async function told(s: Story, own: Player, key: Case): Promise<void> {
  await s.step('认证机构来函说没有颁发过这份证书，经办人员拟认定不实', async note => {
    const facts = { fact: '认证机构书面答复没有颁发过这份证书。', evidence: '认证机构复函\n证书查询截图' }
    assert.equal(await does(s.as('market-officer'), key, 'give-notice', facts), 'noticing')
    const early = await tries(s.as('market-officer'), key, 'propose-strike', { 'strike-because': '证书不实' })
    note.came(refusalOf(early, 'case.act-not-open'))
    await s.settle()
  })
  await s.step('企业打开《自主申报不实事先告知书》', async note => {
    const { letter } = await opensLetter(own, '自主申报不实事先告知书')
    await s.settle()
    assert.match(JSON.stringify(letter), /不记入失信信息，没有其他处理/)
    assert.equal((await seesOwn(own, key)).stateName, '听取意见期')
    note.came('五个工作日内可以说明和举证；认定以前这条申报照常显示，也可以随时撤回')
  })
}

async function heard(s: Story, own: Player, key: Case): Promise<void> {
  await s.step('企业说明证书是代理机构办的', async note => {
    assert.equal(await doesOwn(own, key, 'state', { statement: '证书由代理机构代办，我们没有核对。' }), 'to-decide')
    note.came('意见送市市场监管局复核')
  })
}

async function struck(s: Story, own: Player, { key, subjectId }: { key: Case; subjectId: number }): Promise<void> {
  await s.step('经办人员提出认定不实，自己不能确认；复核人员确认', async note => {
    const officer = s.as('market-officer')
    assert.equal(
      await does(officer, key, 'propose-strike', { 'strike-because': '证书查无记录，代办不能改变不实的事实。' }),
      'proposed',
    )
    note.came(refusalOf(await tries(officer, key, 'confirm-strike'), 'case.same-person'))
    assert.equal(await does(s.as('market-second'), key, 'confirm-strike'), 'striking')
    for (const [place, text] of await everywhere(s, subjectId, [])) assert.ok(!text.includes(CLAIM), place)
    note.came('当时起，门户、报告里都没有这条信息')
    await s.settle()
    assert.equal((await seesOwn(own, key)).stateName, '不实移除')
  })
  await s.step('企业打开《自主申报不实认定和警示书》', async note => {
    const { letter } = await opensLetter(own, '自主申报不实认定和警示书')
    assert.match(JSON.stringify(letter), /书面警示[\s\S]*不记入失信信息，不影响评价，不产生其他后果/)
    await assertNowhere(s, subjectId, [], '违诺')
    note.came('只有书面警示：没有失信记录，没有进名单；写明复议和诉讼的途径')
  })
}

async function refused(s: Story, own: Player): Promise<void> {
  const key = await s.step('企业再申报一项，市市场监管局没有核实', async note => {
    const one = await declares(own, await declaration(s, { title: '清洁生产示范', content: '2026年开展清洁生产。' }))
    await s.settle()
    assert.equal(await does(s.as('market-officer'), one, 'refuse', { because: '没有提交评审结论。' }), 'answered')
    note.came('《自主申报不予采用通知书》写明理由；不记入档案，不作为不利的信息')
    return one
  })
  await s.step('企业申请复核，后来找到了原因，自己撤回', async note => {
    assert.equal(await doesOwn(own, key, 'ask-review', { 'why-review': '评审已经做了。' }), 'in-review')
    assert.equal(await doesOwn(own, key, 'withdraw'), 'withdrawn')
    await clockWorks(s)
    assert.equal((await seesOwn(own, key)).stateName, '已撤回')
    note.came('撤回不需要理由，什么也没有留下')
  })
}
