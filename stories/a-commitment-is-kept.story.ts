import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Case, does, doesOwn, refusalOf, seesOwn } from './cases.ts'
import { FIRMS } from './cast.ts'
import { matterOf, registered, shownNow, signing, signs } from './commitments.ts'
import type { Player } from './player.ts'
import { type Story, story } from './tell.ts'

const FIRM = FIRMS[4]
const FOOD = 'approval:food-business-missing'
const BID = 'development-reform:bid-bond'

test(
  'M116 · M117 · M122 · M125 · M129 · 企业以信用承诺先行受理许可、代替投标保证金，按期履行，记入信用记录',
  story(async s => {
    const { subjectId, own } = await registered(s, FIRM)
    const key = await signed(s, own)
    await taken(s, key)
    const bid = await bids(s, own)
    s.onDay('2026-11-24')
    await kept(s, own, key, subjectId)
    s.onDay('2026-12-22')
    await ended(s, bid, subjectId)
  }),
)

async function signed(s: Story, own: Player): Promise<Case> {
  const { template } = await s.step('企业打开信用承诺事项清单，看食品经营许可（变更）的承诺书', async note => {
    const page = await s.anyone.reads('/commitments/matters')
    assert.match(page, /食品经营许可（变更）.*代替：食品安全管理制度文本/)
    note.came('容缺受理承诺书，代替“食品安全管理制度文本”，受理后十个工作日内补交')
    return await matterOf(s.anyone, FOOD)
  })
  const fields = { matter: FOOD, until: '2026-11-30', openness: 'public', digest: template.digest }
  await s.step('企业签的不是现行的文本', async note => {
    note.came(refusalOf(await signing(own, { ...fields, digest: '0'.repeat(64) }), 'commitment.text-changed'))
  })
  await s.step('企业把补交的日期写得太晚', async note => {
    note.came(refusalOf(await signing(own, { ...fields, until: '2027-01-15' }), 'commitment.day-too-late'))
  })
  return await s.step('企业在账户里签署承诺书，选择向社会公开', async note => {
    const key = await signs(own, fields)
    note.sent('2026-11-30以前补交食品安全管理制度文本')
    const [shown] = await shownNow(s)
    assert.equal(shown?.subjectName, FIRM?.name)
    const text = await s.anyone.reads(`/commitments/current/${shown?.number}`)
    assert.match(text, /承诺在2026-11-30以前补交： ?食品安全管理制度文本/)
    note.came('当时编号，门户“正在履行的信用承诺”立即看得到承诺书全文')
    return key
  })
}

async function taken(s: Story, key: Case): Promise<void> {
  await s.step('市审批局经办人员受理', async note => {
    assert.equal(await does(s.as('approval-officer'), key, 'take'), 'supervised')
    note.came('承诺生效，先行受理；核查期限开始计算')
  })
}

async function bids(s: Story, own: Player): Promise<Case> {
  const { template } = await matterOf(s.anyone, BID)
  const fields = { matter: BID, until: '2026-12-20', openness: 'limited', digest: template.digest }
  return await s.step('企业以承诺代替政府投资小额工程的投标保证金', async note => {
    note.came(refusalOf(await signing(own, fields), 'commitment.project-missing'))
    const key = await signs(own, { ...fields, project: '听澜路人行道维修（澜招2026-88）' })
    note.sent('听澜路人行道维修（澜招2026-88），投标有效期至2026-12-20')
    assert.equal((await seesOwn(own, key)).unit, 'development-reform')
    assert.equal(await does(s.as('tender-officer'), key, 'take'), 'supervised')
    assert.equal((await shownNow(s)).length, 1)
    note.came('市发改委受理；选择特定范围内公开的，门户不显示')
    return key
  })
}

async function kept(s: Story, own: Player, key: Case, subjectId: number): Promise<void> {
  await s.step('企业补交制度文本，市审批局认定全部履行', async note => {
    assert.equal(await doesOwn(own, key, 'prove', { performed: '食品安全管理制度文本已于11月24日补交' }), 'supervised')
    assert.equal(await does(s.as('approval-officer'), key, 'fulfil', { found: '材料齐全，符合要求' }), 'fulfilled')
    await s.settle()
    note.came('案件办结：已履行')
  })
  await s.step('公众再看门户', async note => {
    assert.deepEqual(await shownNow(s), [])
    const page = await s.anyone.reads(`/subjects/${subjectId}`)
    assert.match(page, /食品经营许可（变更）/)
    assert.match(await s.anyone.reads('/commitments'), /食品经营许可（变更）/)
    note.came('“正在履行”里不再有它；主体页和信用承诺公示里有一条记录：全部履行')
  })
}

async function ended(s: Story, key: Case, subjectId: number): Promise<void> {
  await s.step('投标有效期届满，没有保证金不予退还的情形，市发改委认定全部履行', async note => {
    assert.equal(await does(s.as('tender-officer'), key, 'fulfil', { found: '招标结束，没有违约' }), 'fulfilled')
    await s.settle()
    assert.doesNotMatch(await s.anyone.reads(`/subjects/${subjectId}`), /听澜路人行道维修/)
    note.came('记入信用记录；企业选择特定范围内公开，门户不显示')
  })
}
