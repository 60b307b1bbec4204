import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import jsqr from 'jsqr'
import type { Page } from 'playwright-core'
import { CAST, FIRMS, PASSWORD } from './cast.ts'
import { fileOf, outcomeOf, penaltyOf, registrationOf } from './rows.ts'
import { type Desk, openDesk, tooWide } from './screen.ts'
import { type Story, story } from './tell.ts'

const [FIRM] = FIRMS
const BANK = '澜川农村商业银行股份有限公司'
const GENERAL = '澜环罚〔2026〕62号'
const MINOR = '澜环罚〔2026〕18号'
const NUMBER = '贷字2026-118'

type Seat = { readonly bank: Page; readonly phone: Page; readonly s: Story }

test(
  'M061 · M156 · M157 · M272 · M273 · M452 · M461 · 银行出示请求码，企业用手机扫码授权；银行查看后企业撤回，一秒以后银行再查被拒绝',
  story(async s => {
    const login = await recorded(s)
    const desk: Desk = await openDesk(s.address)
    try {
      const seat: Seat = { bank: await desk.desk(), phone: await desk.phone(), s }
      await signsIn(seat, login)
      await asks(seat)
      const address = await scans(seat)
      await grants(seat, address)
      await reads(seat)
      await sees(seat)
      await revokes(seat)
      await isRefused(seat)
      await seesBoth(seat)
      await deletes(seat)
    } finally {
      await desk.close()
    }
  }),
)

async function recorded(s: Story): Promise<string> {
  return await s.step('部门先后报送了这家企业的登记和两件处罚', async note => {
    await s.as('market-clerk').sends('market-registration', '登记.csv', fileOf(registrationOf(FIRM)))
    const minor = { 失信信息类别: 'Ⅰ类', 处罚内容: '罚款人民币3000元', '罚款金额(万元)': '0.3' }
    const rows = fileOf(penaltyOf(FIRM, GENERAL), penaltyOf(FIRM, MINOR, minor))
    const { counts } = await s.as('clerk').sends('ecology-penalty', '处罚.csv', rows)
    assert.deepEqual(outcomeOf(counts), { filed: 2 })
    const subjectId = await s.found(FIRM.name)
    await s.asFirm(subjectId, FIRM.name)
    note.sent(`${GENERAL}（一般）、${MINOR}（轻微）`)
    note.came('企业已有账号')
    return `firm.${subjectId}`
  })
}

async function signsIn({ phone, s }: Seat, login: string): Promise<void> {
  await s.step('企业经办人在手机上登录“我的信用”；半小时以后，他坐到银行的柜台前', async note => {
    await phone.goto('/my')
    await phone.getByLabel('账号').fill(login)
    await phone.getByLabel('密码').fill(PASSWORD)
    await phone.getByRole('button', { name: '登录', exact: true }).tap()
    await phone.getByRole('heading', { level: 1, name: '我的信用' }).waitFor()
    s.test.setNow(new Date(s.app.now().getTime() + 30 * 60_000))
    note.came('登录还有效')
  })
}

async function asks({ bank, s }: Seat): Promise<void> {
  await s.step('银行信贷员登录工作台，打开“授权查询”', async note => {
    await bank.goto('/console')
    await bank.getByLabel('账号').fill(CAST.bank.login)
    await bank.locator('#password').fill(PASSWORD)
    await bank.getByRole('button', { name: '登录' }).click()
    await bank.getByRole('link', { name: '授权查询' }).click()
    await bank.getByRole('heading', { level: 1, name: '授权查询' }).waitFor()
    assert.equal(await bank.getByRole('link', { name: '信用核查' }).count(), 0, 'no other way to anybody’s data')
    assert.equal((await s.as('bank').get(`/api/v1/subjects/1/records?purpose=x&businessNo=x`)).status, 403)
    note.came('银行的工作台只有凭授权的查询，没有主体档案，也没有信用核查')
  })
  await s.step('信贷员选用途、填业务编号，勾选办这笔贷款要看的几类', async note => {
    await bank.getByLabel('用途').selectOption({ label: '贷款审批' })
    await bank.getByLabel('业务编号').fill(NUMBER)
    await bank.getByLabel('查看次数').selectOption({ label: '期限内不限' })
    assert.equal(await bank.getByRole('checkbox', { checked: true }).count(), 0, 'nothing is chosen beforehand')
    for (const name of ['行政处罚和行政强制', '严重失信主体名单', '缴费和欠缴信息'])
      await bank.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check()
    await bank.getByRole('button', { name: '出示请求码' }).click()
    await bank.getByRole('dialog').waitFor()
    note.sent(`贷款审批，${NUMBER}：处罚、名单、缴费和欠缴`)
    note.came('屏上是二维码和请求码，写明几点几分前有效；码只显示这一次')
  })
}

/** Reads the QR off the screen as a phone's camera does: from its pixels. */
async function scans({ bank, s }: Seat): Promise<string> {
  return await s.step('企业经办人用手机扫屏上的二维码', async note => {
    const image = await loadImage(await bank.screenshot())
    const canvas = createCanvas(image.width, image.height)
    const context = canvas.getContext('2d')
    context.drawImage(image, 0, 0)
    const { data, width, height } = context.getImageData(0, 0, image.width, image.height)
    const found = jsqr.default(data, width, height)
    assert.ok(found, 'the code can be read off the screen')
    assert.match(found.data, new RegExp(`^${s.address}/grant/[0-9A-HJKMNP-TV-Z]{20}$`))
    note.came('打开本平台的授权请求页')
    return found.data
  })
}

async function grants({ phone, s }: Seat, address: string): Promise<void> {
  await s.step('经办人看请求', async note => {
    await phone.goto(address)
    await phone.getByRole('heading', { level: 1, name: '授权请求' }).waitFor()
    assert.ok((await tooWide(phone)) <= 0)
    const told = (await phone.locator('main').textContent()) ?? ''
    for (const fact of [BANK, '91860100A51063610G', '贷款审批', NUMBER, '随时撤回']) assert.ok(told.includes(fact), fact)
    const [yes, no] = await Promise.all(
      ['同意授权', '不同意'].map(name => phone.getByRole('button', { name, exact: true }).boundingBox()),
    )
    assert.deepEqual([yes?.width, yes?.height], [no?.width, no?.height], 'yes and no are of one size')
    note.came('写明谁、为什么、看哪些类、多久、几次；“同意授权”和“不同意”一样大')
  })
  await s.step('经办人没有勾选“缴费和欠缴信息”，把期限改为30天，同意授权', async note => {
    assert.equal(await phone.getByRole('checkbox', { checked: true }).count(), 0, 'nothing is ticked for anybody')
    assert.equal(await phone.getByRole('checkbox').count(), 1)
    await phone.getByLabel('授权期限').selectOption({ label: '30天' })
    await phone.getByRole('button', { name: '同意授权' }).tap()
    await phone.getByRole('link', { name: '请填写密码' }).waitFor()
    assert.equal(await phone.getByLabel('授权期限').inputValue(), '30', 'what was chosen stays')
    note.came('登录已过10分钟：同意要再验证一次身份，选好的期限还在')
  })
  await s.step('经办人在同一页输入密码（设有第二步验证的，输入动态口令），再按“同意授权”', async note => {
    assert.ok((await tooWide(phone)) <= 0)
    await phone.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await phone.getByRole('button', { name: '同意授权' }).tap()
    await phone.getByText('随时可以在本页撤回').waitFor()
    assert.ok(!((await phone.locator('dl').first().textContent()) ?? '').includes('缴费'))
    note.came('敏感信息要单独勾选，没有勾选就不提供；其他两类授权30天')
  })
}

async function reads({ bank, s }: Seat): Promise<void> {
  await s.step('信贷员的屏上显示对方已同意，打开授权，查看', async note => {
    await bank.getByText('对方已同意').waitFor()
    await bank.getByRole('button', { name: '打开授权' }).click()
    await bank.getByRole('heading', { level: 1, name: '凭授权查看' }).waitFor()
    await bank.getByRole('button', { name: '查看', exact: true }).click()
    await bank.getByRole('heading', { level: 2, name: '查看的内容' }).waitFor()
    const told = (await bank.locator('main').textContent()) ?? ''
    assert.ok(told.includes(GENERAL))
    assert.ok(!told.includes(MINOR), 'a minor penalty is nobody’s to be shown')
    assert.ok(/回执/.test(told))
    note.came(`按类列出：处罚一件（${GENERAL}），名单没有；轻微的不列；附回执号`)
  })
}

async function sees({ phone, s }: Seat): Promise<void> {
  await s.step('企业看“谁看过我”', async note => {
    await phone.goto('/my/looks')
    const told = (await phone.locator('main').textContent()) ?? ''
    for (const fact of [BANK, '贷款审批', NUMBER, '凭您的授权']) assert.ok(told.includes(fact), fact)
    note.came('看得到银行刚才的查看：凭您的授权，贷款审批，看了哪些类')
  })
}

async function revokes({ phone, s }: Seat): Promise<void> {
  await s.step('半小时以后，企业在“我的授权”撤回，不用再验证', async note => {
    s.test.setNow(new Date(s.app.now().getTime() + 30 * 60_000))
    await phone.reload()
    await phone.getByText('我的栏目').tap()
    await phone.getByRole('link', { name: '我的授权', exact: true }).first().tap()
    await phone.getByText('撤回授权', { exact: true }).tap()
    note.came((await phone.locator('details.take-back p').first().textContent()) ?? '')
    await phone.getByRole('button', { name: '立即撤回' }).tap()
    await phone.getByText('已撤回，立即生效').waitFor()
    note.came('撤回立即生效')
  })
}

async function isRefused({ bank, s }: Seat): Promise<void> {
  await s.step('一秒以后，信贷员再按“查看”', async note => {
    s.test.setNow(new Date(s.app.now().getTime() + 1000))
    await bank.getByRole('button', { name: '查看', exact: true }).click()
    await bank.getByText('信息主体已于').first().waitFor()
    assert.equal(await bank.getByText(GENERAL).count(), 0, 'what was read stands there no longer')
    note.came('不能再查看：信息主体已经撤回授权')
  })
}

async function seesBoth({ phone, s }: Seat): Promise<void> {
  await s.step('企业的页上两样都有', async note => {
    await phone.goto('/my/grants')
    const told = ((await phone.locator('section.card').first().textContent()) ?? '').replace(/\s+/g, ' ')
    assert.match(told, /已撤回（2026-11-20 13:00:00）/)
    assert.match(told, /已查看1次，最近2026-11-20 12:30:00/)
    assert.match(told, /被拒绝的查看1次，最近2026-11-20 13:00:01：授权已撤回/)
    assert.match(told, /已要求对方删除，对方还没有确认/)
    note.came('查看1次，撤回的时间；撤回以后被拒绝的查看1次；已要求银行删除')
  })
}

async function deletes({ bank, phone, s }: Seat): Promise<void> {
  await s.step('信贷员删除已取得的信息，在工作台确认', async note => {
    await bank.getByRole('button', { name: '确认已删除' }).click()
    await bank.getByText('确认已删除凭这项授权取得的信息').waitFor()
    await phone.goto('/my/grants')
    await phone.getByText('确认已删除').waitFor()
    note.came('企业的页上写明银行已经确认删除')
  })
}
