import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { FIRMS, PASSWORD } from './cast.ts'
import { readPaper } from './paper.ts'
import { fileOf, outcomeOf, penaltyOf, registrationOf } from './rows.ts'
import { type Desk, downloaded, openDesk, tooWide } from './screen.ts'
import { type Story, story } from './tell.ts'

const [FIRM] = FIRMS
const MINOR = '澜环罚〔2026〕18号'
const GENERAL = '澜环罚〔2026〕62号'
const PURPOSE = '市政道路项目投标'

type Issued = { readonly pdf: Buffer; readonly link: string }

test(
  'M136 · M143 · M145 · M147 · M156 · M461 · 企业用手机登录“我的信用”，开具专项信用报告并下载，招标人核验',
  story(async s => {
    const login = await recorded(s)
    const desk = await openDesk(s.address)
    try {
      const phone = await desk.phone()
      await signsIn(phone, s, login)
      const issued = await issues(phone, s)
      await verifies(desk, s, issued)
      await looksBack(phone, s)
    } finally {
      await desk.close()
    }
  }),
)

async function recorded(s: Story): Promise<string> {
  return await s.step('部门先后报送了这家企业的登记和两件处罚', async note => {
    await s.as('market-clerk').sends('market-registration', '登记.csv', fileOf(registrationOf(FIRM)))
    const minor = { 失信信息类别: 'Ⅰ类', 处罚决定日期: '2026/03/16', 处罚内容: '罚款人民币3000元', '罚款金额(万元)': '0.3' }
    const { counts } = await s
      .as('clerk')
      .sends('ecology-penalty', '处罚.csv', fileOf(penaltyOf(FIRM, GENERAL), penaltyOf(FIRM, MINOR, minor)))
    assert.deepEqual(outcomeOf(counts), { filed: 2 })
    const subjectId = await s.found(FIRM.name)
    await s.asFirm(subjectId, FIRM.name)
    note.sent(`生态环境：${GENERAL}（一般）、${MINOR}（轻微）`)
    note.came('信用主管部门核对身份后，为企业开通了账号')
    return `firm.${subjectId}`
  })
}

async function signsIn(phone: Page, s: Story, login: string): Promise<void> {
  await s.step('企业经办人在手机上打开门户，从“全部栏目”进入“我的信用”', async note => {
    await phone.goto('/')
    await phone.getByRole('link', { name: '全部栏目' }).tap()
    await phone.locator('#menu').getByRole('link', { name: '我的信用' }).tap()
    await phone.getByRole('heading', { level: 1, name: '登录我的信用' }).waitFor()
    note.came('还没有登录，先到登录页')
  })
  await s.step('经办人先输错一次密码，再登录', async note => {
    await phone.getByLabel('账号').fill(login)
    await phone.getByLabel('密码').fill('bu-shi-zhe-ge')
    await phone.getByRole('button', { name: '登录', exact: true }).tap()
    const told = (await phone.locator('.field-error').textContent()) ?? ''
    note.came(told)
    assert.equal(await phone.getByLabel('账号').inputValue(), login, 'the login stands there still')
    await phone.getByLabel('密码').fill(PASSWORD)
    await phone.getByRole('button', { name: '登录', exact: true }).tap()
    await phone.getByRole('heading', { level: 2, name: FIRM.name }).waitFor()
    assert.ok((await tooWide(phone)) <= 0)
    note.came('再次登录后，页上是本单位的登记信息、门户公示的条数和近30天被查看的次数')
  })
}

async function issues(phone: Page, s: Story): Promise<Issued> {
  await s.step('经办人打开“开具信用报告”，比较两种报告', async note => {
    await phone.getByRole('link', { name: '开具信用报告' }).tap()
    await phone.getByRole('heading', { level: 1, name: '信用报告' }).waitFor()
    const kinds = await phone.locator('.kinds h2').allTextContents()
    assert.deepEqual(kinds, ['专项信用报告', '公共信用信息报告'])
    note.came('专项信用报告代替有无违法违规记录证明，只有本人可以开具；公共信用信息报告任何人都可以开具')
  })
  await s.step('经办人选专项信用报告，没有选查询期就按了“开具报告”', async note => {
    await phone.getByRole('link', { name: '开具专项信用报告' }).tap()
    await phone.getByLabel('给谁用（选填）').fill(PURPOSE)
    await phone.getByRole('button', { name: '开具报告' }).tap()
    note.came((await phone.locator('.field-error').textContent()) ?? '')
    assert.equal(await phone.getByLabel('给谁用（选填）').inputValue(), PURPOSE)
    note.came('已填的内容还在')
  })
  return await s.step('经办人选近1年、生态环境和市场监管两个领域，开具并下载', async note => {
    assert.equal(await phone.getByRole('radio', { checked: true }).count(), 0, 'no period is chosen for anybody')
    await phone.getByRole('radio', { name: '近1年' }).check()
    await phone.getByText('只要其中几个领域').tap()
    await phone.getByRole('checkbox', { name: '生态环境' }).check()
    await phone.getByRole('checkbox', { name: '市场监管' }).check()
    await phone.getByRole('button', { name: '开具报告' }).tap()
    await phone.getByRole('heading', { level: 2, name: '有效', exact: true }).waitFor()
    assert.ok((await tooWide(phone)) <= 0)
    const file = await downloaded(phone, () => phone.getByRole('link', { name: '下载PDF' }).tap())
    const { text } = await readPaper(file.bytes)
    assert.ok(text.includes(GENERAL) && text.includes(MINOR), 'a minor penalty is listed here')
    assert.ok(text.includes(`${s.address}/my/reports`), 'the paper says where the next one is issued')
    note.sent(`近1年，领域：生态环境、市场监管，给谁用：${PURPOSE}`)
    note.came('当即出具，免费；页上有核验有效期、核验码、二维码和核验链接')
    note.came(`下载的PDF列出${GENERAL}和轻微的${MINOR}`)
    return { pdf: file.bytes, link: (await phone.locator('.for-receiver a').getAttribute('href')) ?? '' }
  })
}

async function verifies(desk: Desk, s: Story, { pdf, link }: Issued): Promise<void> {
  await s.step('招标人在自己的手机上打开企业发来的核验链接', async note => {
    const { code } = await readPaper(pdf)
    assert.ok(link.endsWith(code.replaceAll(' ', '')), 'the link carries the code of the paper')
    const other = await desk.phone()
    await other.goto(link)
    await other.getByRole('heading', { level: 2, name: '有效', exact: true }).waitFor()
    const digest = (await other.locator('#digest').textContent())?.replace(/\s/g, '')
    assert.equal(digest, createHash('sha256').update(pdf).digest('hex'))
    assert.ok(!((await other.textContent('main')) ?? '').includes(MINOR), 'verification shows nothing of the contents')
    note.came('核验结果：有效；文件摘要与收到的PDF一致，不显示报告内容')
  })
}

async function looksBack(phone: Page, s: Story): Promise<void> {
  await s.step('经办人回到“信用报告”，再看“谁看过我”', async note => {
    await phone.getByRole('link', { name: '返回信用报告' }).tap()
    await phone.getByRole('heading', { level: 2, name: '已开具的报告' }).waitFor()
    assert.equal(await phone.locator('#issued tbody tr').count(), 1)
    note.came('已开具的报告列着编号、出具时间、状态和核验码，可以再次下载')
    await phone.getByText('我的栏目').tap()
    await phone.getByRole('link', { name: '谁看过我' }).tap()
    await phone.getByRole('heading', { level: 1, name: '谁看过我' }).waitFor()
    const looks = await phone.locator('tbody tr').allTextContents()
    assert.equal(looks.length, 2)
    assert.ok(looks.some(one => one.includes(PURPOSE)))
    note.came(`开具（事由：${PURPOSE}）和下载各登记一次；别人的查看也会列在这里`)
  })
  await s.step('经办人退出登录', async note => {
    await phone.getByRole('button', { name: '退出登录' }).tap()
    await phone.getByText('已退出登录。').waitFor()
    await phone.goto('/my/reports')
    await phone.getByRole('heading', { level: 1, name: '登录我的信用' }).waitFor()
    note.came('再打开账号里的页面，要先登录')
  })
}
