import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { CAST, FIRMS, PASSWORD } from './cast.ts'
import { readPaper } from './paper.ts'
import { type Desk, downloaded, edited, openDesk, type Sheet, saved, tooWide } from './screen.ts'
import { type Story, story } from './tell.ts'

const ITEM = '行政处罚信息（法人、非法人组织和个体工商户）'
const number = (n: number): string => `澜市监罚〔2026〕${n + 1}号`

/** What a row holds; the unit's own name and code are in the template already. */
function rowOf(n: number): Record<string, string> {
  const firm = FIRMS[n] ?? FIRMS[0]
  return {
    行政相对人名称: firm.name,
    行政相对人类别: '法人及非法人组织',
    '行政相对人代码_1(统一社会信用代码)': firm.code,
    法定代表人: firm.representative,
    行政处罚决定书文号: number(n),
    违法行为类型: '经营标签不符合规定的食品',
    违法事实: '销售的预包装食品标签未标明生产日期。',
    处罚依据: '《中华人民共和国食品安全法》第一百二十五条',
    处罚类别: '罚款',
    处罚内容: '罚款人民币20000元',
    '罚款金额(万元)': '2',
    处罚决定日期: '2026-11-16',
    处罚有效期: '2099/12/31',
    // 市场监管领域的公示期以国家企业信用信息公示系统为准，照录它的截止期。
    公示截止期: '2027-11-16',
    失信分类: '一般',
  }
}

/** Five kinds of mistakes, by row: the column, what was typed, and what should have been. */
const MISTAKES: readonly (readonly [row: number, column: string, typed: (right: string) => string, kind: string])[] = [
  [0, '行政相对人代码_1(统一社会信用代码)', code => `${code.slice(0, 9)}${code[10]}${code[9]}${code.slice(11)}`, '代码抄错两位'],
  [2, '处罚决定日期', () => '2026-11-31', '写了不存在的日子'],
  [4, '违法事实', () => '', '漏填必填的一栏'],
  [6, '行政相对人类别', () => '公司', '写了代码表里没有的类别'],
  [8, '罚款金额(万元)', () => '', '处罚类别是罚款，却没有填金额'],
]

test(
  'M065 · M070 · M082 · M104 · M133 · M147 · 报送员从模板到改好重报，公众查到处罚、下载报告，用手机核验',
  story(async s => {
    const desk = await openDesk(s.address)
    try {
      const page = await desk.desk()
      const template = await signsInAndTakesTheTemplate(page, s)
      const returned = await sendsTenRows(page, s, template)
      await mends(page, s, returned)
      const report = await findsOnThePortal(await desk.desk(), s)
      await verifiesOnThePhone(desk, s, report)
    } finally {
      await desk.close()
    }
  }),
)

async function signsInAndTakesTheTemplate(page: Page, s: Story): Promise<Buffer> {
  await s.step('报送员打开工作台并登录', async note => {
    await page.goto('/console')
    await page.getByLabel('账号').fill(CAST['market-clerk'].login)
    await page.locator('#password').fill(PASSWORD)
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { level: 1, name: '工作台' }).waitFor()
    note.came('进入工作台')
  })
  return await s.step('报送员在“模板”页下载本单位的行政处罚模板', async note => {
    await page.getByRole('link', { name: '模板', exact: true }).click()
    const file = await downloaded(page, () => page.getByRole('link', { name: `下载XLSX ${ITEM}` }).click())
    assert.match(file.name, /\.xlsx$/)
    note.came('得到一份XLSX：标题、填写说明、表头和一行示例，代码表已做成下拉')
    return file.bytes
  })
}

async function sendsTenRows(page: Page, s: Story, template: Buffer): Promise<Buffer> {
  const filled = await s.step('报送员照模板填十行，其中五行各有一处错', async note => {
    for (const [row, column, , kind] of MISTAKES) note.sent(`第${row + 1}行“${column}”：${kind}`)
    note.came('示例行留在原处，不算一行')
    return await edited(template, sheet => fill(sheet))
  })
  await s.step('报送员在“报送”页选好来源，放上文件', async note => {
    await page.getByRole('row', { name: ITEM }).getByRole('link', { name: '报送文件' }).click()
    await page.getByRole('heading', { level: 1, name: '报送文件' }).waitFor()
    await page.locator('#file').setInputFiles(spreadsheet('处罚十行.xlsx', filled))
    await page.waitForURL(/\/console\/deliveries\/\d+$/)
    await s.settle()
    await page.getByText('5行未通过').first().waitFor()
    assert.deepEqual(await sixNumbers(page), { 收到: 10, 入档: 5, 重复: 0, 更正: 0, 撤销: 0, 未通过: 5, 待确认: 0 })
    note.came('六项结果：收到10 = 入档5 + 重复0 + 更正0 + 撤销0 + 未通过5 + 待确认0')
  })
  await s.step('报送员逐格看原因', async note => {
    await page.getByRole('link', { name: '逐格看原因' }).click()
    const causes = page.getByRole('navigation', { name: '原因' })
    await causes.waitFor()
    const told = await causes.getByRole('listitem').allTextContents()
    assert.equal(told.length, 1 + MISTAKES.length, told.join('\n'))
    for (const sentence of told.slice(1)) note.came(sentence.replace(/\s+/g, ' '))
    await page.goBack()
  })
  return await s.step('报送员下载待改的五行', async note => {
    const file = await downloaded(page, () => page.getByRole('link', { name: '下载待改的5行' }).click())
    note.came('列序与原来一致，右侧两列写明未通过原因和怎样修改')
    return file.bytes
  })
}

function fill(sheet: Sheet): void {
  const heading = sheet.rows.findIndex(cells => cells.some(cell => cell.startsWith('行政相对人名称')))
  const example = sheet.rows[heading + 1] ?? []
  assert.ok(heading > 0 && example.length > 20, 'a heading with an example below it')
  for (let n = 0; n < 10; n++) {
    const values = rowOf(n)
    for (const [row, column, typed] of MISTAKES) if (row === n) values[column] = typed(values[column] ?? '')
    sheet.rows[heading]?.forEach((starred, at) => {
      const name = starred.replace(/\*$/, '')
      // The unit's own columns are copied down from the example, as one does.
      const own = /^(处罚机关|数据来源单位)/.test(name) ? (example[at] ?? '') : ''
      sheet.set(heading + 3 + n, at + 1, values[name] ?? own)
    })
  }
}

async function mends(page: Page, s: Story, returned: Buffer): Promise<void> {
  const mended = await s.step('报送员照原因改好五处', async () =>
    edited(returned, sheet => {
      const heading = sheet.rows.findIndex(cells => cells.some(cell => cell.startsWith('行政相对人名称')))
      const names = (sheet.rows[heading] ?? []).map(name => name.replace(/\*$/, ''))
      assert.deepEqual(names.slice(-2), ['未通过原因', '怎样修改'])
      const documents = names.indexOf('行政处罚决定书文号')
      const rows = sheet.rows.slice(heading + 1)
      assert.equal(rows.length, MISTAKES.length)
      for (const [row, column] of MISTAKES) {
        const at = rows.findIndex(cells => cells[documents] === number(row))
        assert.ok(at >= 0 && rows[at]?.at(-2) && rows[at]?.at(-1), `row ${row + 1} comes back with reason and mending`)
        sheet.set(heading + 2 + at, names.indexOf(column) + 1, rowOf(row)[column] ?? '')
      }
    }),
  )
  await s.step('报送员在同一页上传改好的文件', async note => {
    await page.locator('#mended').setInputFiles(spreadsheet('改好的五行.xlsx', mended))
    await page.getByRole('region', { name: '改好的文件的结果' }).waitFor()
    await s.settle()
    await page.getByText('5行中5行已通过').waitFor()
    note.came('5行中5行已通过')
  })
}

async function findsOnThePortal(page: Page, s: Story): Promise<Buffer> {
  const [firm] = FIRMS
  await s.step('公众在门户首页输入名称里的两个字', async note => {
    await page.goto('/')
    await page.getByRole('searchbox').first().fill(firm.name.slice(3, 5))
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: firm.name }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    note.sent(firm.name.slice(3, 5))
    note.came(`找到${firm.name}`)
  })
  await s.step('公众看这家企业的处罚', async note => {
    const shown = (await page.locator('main').textContent()) ?? ''
    assert.ok(shown.includes(number(0)), shown)
    await page.getByText('具体内容、依据和公示理由').first().click()
    const record = ((await page.locator('#administration').textContent()) ?? '').replace(/\s+/g, ' ')
    assert.match(record, /罚款金额\(万元\) ?2(?![\d.])/, 'the amount is in the unit of the template')
    assert.match(record, /公示期 ?2026-11-\d\d ?至 ?2027-11-16/)
    note.came(`列出${number(0)}，罚款2万元，写明来源、公示期和公示理由`)
  })
  return await s.step('公众开具并下载公共信用信息报告', async note => {
    const bytes = await saved(page, () => page.getByRole('button', { name: '开具报告' }).click())
    const { text } = await readPaper(bytes)
    assert.ok(text.includes(firm.name) && text.includes(number(0)), text)
    note.came('得到一份PDF，首页右上角有核验码和二维码')
    return bytes
  })
}

async function verifiesOnThePhone(desk: Desk, s: Story, report: Buffer): Promise<void> {
  await s.step('收到报告的人用手机打开核验页，输入核验码', async note => {
    const { text, code } = await readPaper(report)
    assert.notEqual(code, '', text)
    const phone = await desk.phone()
    await phone.goto('/verify')
    assert.ok((await tooWide(phone)) <= 0)
    await phone.getByLabel('核验码').fill(code.toLowerCase())
    await phone.getByRole('button', { name: '核验' }).tap()
    await phone.waitForURL('**/verify/*')
    await phone.getByRole('heading', { level: 2, name: '有效', exact: true }).waitFor()
    assert.ok((await tooWide(phone)) <= 0, 'nothing is wider than the phone')
    const digest = (await phone.locator('#digest').textContent())?.replace(/\s/g, '')
    assert.equal(digest, createHash('sha256').update(report).digest('hex'), 'the digest is that of the paper in hand')
    note.sent('报告首页右上角的核验码，用小写字母、带空格')
    note.came('核验结果：有效；页上的文件摘要与手中的PDF一致')
  })
}

async function sixNumbers(page: Page): Promise<Record<string, number>> {
  const parts = await page.locator('.mx-equation > div').all()
  const pairs = await Promise.all(
    parts.map(
      async part => [(await part.locator('dt').textContent()) ?? '', Number(await part.locator('dd').textContent())] as const,
    ),
  )
  return Object.fromEntries(pairs)
}

function spreadsheet(name: string, buffer: Buffer) {
  return { name, mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer }
}
