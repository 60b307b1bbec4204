import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { putExampleRows } from './example-rows.ts'
import { openTestPortal, type TestPortal } from './testing.ts'

// The portal's column of commitments: what is to be kept now, and where one may promise what, by which text.

let portal: TestPortal
before(async () => {
  portal = await openTestPortal()
  await putExampleRows(portal.owner)
})
after(() => portal.close())

const plain = (markup: string): string => markup.replace(/<[^>]+>/g, '').replace(/\s+/g, '')
const page = async (url: string): Promise<string> =>
  plain((await portal.http.inject({ url, headers: { accept: 'text/html' } })).body)
type Shown = { number: string; unit: string; madeOn: string }
const list = async (url: string): Promise<{ commitments: Shown[]; next: string | null }> =>
  (await portal.http.inject({ url, headers: { accept: 'application/json' } })).json()

test('M116 · commitments that are to be kept stand latest first, a page at a time, by unit and type, with their JSON twin', async () => {
  const seen: string[] = []
  let url: string | null = '/commitments/current'
  while (url) {
    const { commitments, next } = await list(url)
    seen.push(...commitments.map(one => one.number))
    url = next && `/commitments/current?older=${next}`
  }
  assert.equal(new Set(seen).size, 45)
  assert.deepEqual(seen, seen.toSorted().reverse())
  const { commitments } = await list('/commitments/current?unit=approval')
  assert.equal(commitments.length, 20)
  assert.ok(commitments.every(one => one.unit === 'approval'))
  assert.deepEqual((await list('/commitments/current?type=voluntary')).commitments, [])
  const back = await list(`/commitments/current?newer=2026-11-02.${seen[39]}`)
  assert.deepEqual(
    back.commitments.map(one => one.number),
    seen.slice(19, 39),
  )
  const one = await page(`/commitments/current/${seen[0]}`)
  for (const said of ['容缺受理承诺书', seen[0] ?? '', '承诺在2026-11-12以前补交', '样式自2026-04-01施行'])
    assert.ok(one.includes(said), said)
  const gone = await portal.http.inject({ url: '/commitments/current/86010020261102999999', headers: { accept: 'text/html' } })
  assert.equal(gone.statusCode, 404)
})

test('M113 · M114 · M115 · M123 · M127 · everybody reads where a unit takes a commitment, for what it stands, for whom not, by which text', async () => {
  const text = await page('/commitments/matters')
  for (const said of [
    '市场主体住所（经营场所）使用证明',
    '企业投资项目备案后的承诺制办理',
    '代替：投标保证金',
    '代替：食品安全管理制度文本',
    '绿色通道',
    '不适用：在严重失信主体名单上；有承诺不实或者未履行承诺，尚未修复',
    '承诺在〔补交截止日〕以前补交：〔暂缺的材料〕',
    '〔承诺人〕（〔承诺人代码〕）',
  ])
    assert.ok(text.includes(said), said)
  assert.match(text, /摘要（SHA-256）：[0-9a-f]{64}/)
})
