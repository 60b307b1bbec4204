import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertNowhere, caseAtDesk, everywhere, issued } from './case-desk.ts'
import { type Case, does, doesOwn, refusalOf, seesOwn, tries } from './cases.ts'
import { FIRMS } from './cast.ts'
import { declares, declaring, licensed, rulesOf } from './declarations.ts'
import type { Player } from './player.ts'
import { type Story, story } from './tell.ts'

const FIRM = FIRMS[8] ?? FIRMS[0]
const NUMBER = '澜卫许〔2026〕81号'

test(
  'M062 · M086 · M087 · M088 · M089 · M090 · M091 · M092 · 企业自主申报许可证，与部门数据一致的当场核实，标注“自主申报”上门户和报告；撤回以后各处都没有了',
  story(async s => {
    const { subjectId, own } = await s.step('部门先后报送了这家企业的登记和卫生许可', async note => {
      const known = await licensed(s, FIRM, NUMBER)
      note.sent(NUMBER)
      return known
    })
    const digest = await reads(s, own)
    const key = await verified(s, own, { subjectId, digest })
    await shown(s, subjectId)
    await byPerson(s, own, { subjectId, digest })
    s.onDay('2026-12-01')
    await takenBack(s, own, { key, subjectId })
  }),
)

async function reads(s: Story, own: Player): Promise<string> {
  const { digest } = await s.step('企业看自主申报的规则：六类信息、核验途径、承诺和授权的全文', async note => {
    const rules = await rulesOf(s.anyone)
    assert.deepEqual(
      rules.families.map(one => one.name),
      ['资质证照', '市场经营', '合同履约', '表彰荣誉', '从业人员', '社会公益'],
    )
    const waiting = rules.routes.filter(one => one.by === 'none').map(one => one.name)
    note.came(`现在用本平台的部门数据和部门核查两条途径；${waiting.join('、')}写明尚未接通`)
    note.came(rules.statements.map(one => `《${one.title}》`).join('、'))
    return rules
  })
  await s.step('企业提交时用的不是现行的文本，又把有效期写得太长', async note => {
    const fields = { family: 'qualification', title: '公共场所卫生许可', number: NUMBER, openness: 'public', digest }
    const stale = await declaring(own, { ...fields, until: '2028-11-20', digest: '0'.repeat(64) })
    note.came(refusalOf(stale, 'declaration.text-changed'))
    note.came(refusalOf(await declaring(own, { ...fields, until: '2030-01-01' }), 'declaration.day-too-late'))
  })
  return digest
}

type Known = { readonly subjectId: number; readonly digest: string }

async function verified(s: Story, own: Player, { subjectId, digest }: Known): Promise<Case> {
  const key = await s.step('企业申报卫生许可，选择公开', async note => {
    const fields = {
      family: 'qualification',
      title: '公共场所卫生许可',
      number: NUMBER,
      until: '2028-11-20',
      openness: 'public',
      digest,
    }
    const one = await declares(own, fields)
    note.sent(`公共场所卫生许可，${NUMBER}，有效期到2028-11-20`)
    assert.equal((await seesOwn(own, one)).stateName, '自动比对中')
    await assertNowhere(s, subjectId, [], '自主申报')
    note.came('核实以前，除企业和办理人员外谁也看不到')
    return one
  })
  await s.step('平台与卫生健康委报送的许可比对', async note => {
    await s.settle()
    const view = await seesOwn(own, key)
    assert.equal(view.stateName, '已核实')
    assert.ok(view.letters.some(one => one.name === '自主申报核实通知书'))
    note.came('编号、名称、有效期一致：没有经过人，当场核实，企业账户里有一份《自主申报核实通知书》')
  })
  return key
}

async function shown(s: Story, subjectId: number): Promise<void> {
  await s.step('有人在门户上看这家企业，出具一份公共信用信息报告', async note => {
    const page = await s.anyone.reads(`/subjects/${subjectId}`)
    assert.match(page, /自主申报/)
    assert.match(page, /核验方式/)
    const code = await issued(s, subjectId)
    const report = (await s.anyone.get(`/api/v1/reports/${code}`)).json<unknown>()
    const text = JSON.stringify(report)
    assert.match(text, /"state":"declared","text":"自主申报"/)
    assert.match(text, /核验单位","value":"澜川市市场监督管理局"/)
    assert.match(text, /核验日期","value":"2026-11-20"/)
    const pdf = await s.anyone.get(`/api/v1/reports/${code}`, 'application/pdf')
    assert.equal(pdf.bytes.subarray(0, 5).toString(), '%PDF-')
    note.came('两处都有这条信息，标注“自主申报”，写明核验单位、日期和方式')
  })
}

async function byPerson(s: Story, own: Player, { subjectId, digest }: Known): Promise<void> {
  const key = await s.step('企业又申报一项荣誉，部门数据里没有，选择不公开', async note => {
    const fields = {
      family: 'honour',
      title: '示例行业先进单位',
      number: '示协〔2026〕3号',
      until: '2027-11-20',
      openness: 'limited',
      digest,
    }
    const one = await declares(own, fields)
    await s.settle()
    assert.equal((await seesOwn(own, one)).stateName, '待核验')
    note.sent('示例行业先进单位，示协〔2026〕3号')
    note.came('平台没有找到，不作任何判断，转市信用办核验')
    return one
  })
  await s.step('市信用办核验', async note => {
    const desk = s.as('credit-office')
    const { compared, acts } = await caseAtDesk(desk, key)
    note.came(compared ?? '')
    assert.ok(acts.some(one => one.act === 'verify' && one.mayDo))
    assert.equal((await tries(s.as('ecology-officer'), key, 'verify', { finding: '看过' })).status, 404)
    note.came('别的单位看不到这件申报')
    assert.equal(await does(desk, key, 'verify', { finding: '核对了表彰决定原件，向颁发的协会核实。' }), 'verified')
    await s.settle()
    await assertNowhere(s, subjectId, [], '示例行业先进单位')
    note.came('核实；企业选的是不公开，门户和公共报告里没有，只给企业另外授权的人看')
  })
}

async function takenBack(s: Story, own: Player, { key, subjectId }: { key: Case; subjectId: number }): Promise<void> {
  await s.step('企业撤回第一项申报和授权，没有说理由', async note => {
    const before = await issued(s, subjectId)
    assert.equal(await doesOwn(own, key, 'take-back'), 'withdrawing')
    for (const [place, text] of await everywhere(s, subjectId, [])) assert.ok(!text.includes('自主申报'), place)
    note.came('当时起，门户、报告里都没有了')
    const state = (await s.anyone.get(`/verify/${before}`)).json<{ state: string }>().state
    assert.equal(state, 'superseded')
    note.came('以前出具的报告核验时提示已经有变化')
    await s.settle()
    assert.equal((await seesOwn(own, key)).stateName, '已撤回')
  })
}
