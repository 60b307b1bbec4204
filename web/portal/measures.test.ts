import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestPortal, type TestPortal } from './testing.ts'

// The portal's register of measures: everybody reads by which statute, whom and until when; nobody reads on whom.

let portal: TestPortal
before(async () => {
  portal = await openTestPortal()
})
after(() => portal.close())

const markup = async (url: string): Promise<string> => (await portal.http.inject({ url, headers: { accept: 'text/html' } })).body
const plain = (text: string): string => text.replace(/<[^>]+>/g, '').replace(/\s+/g, '')
type Row = { measure: string; row: string; state?: string; missing?: string[]; statutes: string[]; units: string[] }
const data = async (): Promise<{ measures: Row[]; figures: { by: string; name: string }[] }> =>
  (await portal.http.inject({ url: '/measures', headers: { accept: 'application/json' } })).json()

/** One measure of the page, by its anchor. */
function partOf(page: string, id: string): string {
  const from = page.indexOf(`id="${id}"`)
  assert.ok(from > 0, id)
  return plain(page.slice(from, page.indexOf('</article>', from)))
}

test('M217 · M220 · M221 · everybody reads each measure with its statute, body, trigger and term, whether it is open here and what it lacks', async () => {
  const page = await markup('/measures')
  const open = partOf(page, 'm01-11')
  for (const said of ['可以采取', '《保障农民工工资支付条例》', '本市由谁办理', '列入名单期间（每12个月复查）'])
    assert.ok(open.includes(said), `${said}: ${open}`)
  const court = partOf(page, 'm04-01')
  assert.ok(court.includes('由人民法院决定，平台只照录'), court)
  assert.ok(court.includes('条文还点名：法定代表人、主要负责人、直接责任人员'), court)
  const closed = partOf(page, 'm01-14')
  assert.match(closed, /还不能采取：没有启用.*没有期限/)
  const { measures } = await data()
  assert.equal(measures.filter(one => one.row === 'national-list').length, 14)
  for (const one of measures.filter(({ state }) => state === 'open')) assert.ok(one.statutes.length > 0, one.measure)
  for (const one of measures.filter(({ state }) => state === 'closed')) assert.ok((one.missing ?? []).length > 0, one.measure)
  for (const one of measures) assert.ok(page.includes(`id="${one.measure}"`), `${one.measure} stands on the page`)
})

test('M223 · what no law allows stands in the register with its reason, and cannot be begun', async () => {
  const page = await markup('/measures')
  const part = plain(page.slice(page.indexOf('id="prohibited"')))
  const { measures } = await data()
  const prohibited = measures.filter(one => one.row === 'prohibited')
  assert.equal(prohibited.length, 9)
  assert.equal(part.split('法律没有授权。').length - 1, 9)
  assert.ok(prohibited.every(one => one.state === undefined && one.units.length === 0))
})

test('M103 · M219 · figures name units and measures and nobody else; where there are too few it says so', async () => {
  assert.ok(plain(await markup('/measures')).includes('还不足五件，为避免认出当事人，不公布合计'))
  await portal.owner.run({
    text: `insert into pub.measure_figure (grouped_by, id, name, initiated, responded, declined, begun, in_force, ended, overdue, median_days, made_at)
      values ('all', '', '全市', 12, 9, 2, 6, 4, 2, 1, 7, $1), ('unit', 'approval', '澜川市行政审批服务局', 7, 6, 1, 4, 3, 1, 0, 6, $1),
        ('unit', '', '其他（不足五件的合计）', 5, 3, 1, 2, 1, 1, 1, null, $1), ('measure', 'm01-11', '拖欠农民工工资限制', 12, 9, 2, 6, 4, 2, 1, 7, $1)`,
    values: ['2026-11-19T18:00:00Z'],
  })
  const text = plain(await markup('/measures'))
  for (const said of [
    '数据截至2026-11-20',
    '全市发起12件，有权机关已响应9件，一半在7天以内；在实施4件，已终止2件，超期未响应1件。',
    '澜川市行政审批服务局',
    '—',
  ])
    assert.ok(text.includes(said), said)
  const { figures } = await data()
  assert.deepEqual(
    figures.map(one => one.name),
    ['全市', '拖欠农民工工资限制', '澜川市行政审批服务局', '其他（不足五件的合计）'],
  )
  const seen = await portal.owner.rows<{ name: string }>({
    text: `select table_name as name from information_schema.tables where table_schema = 'pub' and table_name like '%measure%'`,
  })
  assert.deepEqual(seen, [{ name: 'measure_figure' }], 'no table of the portal says on whom a measure is')
})

test('M217 · the register is reached from the front page and the foot of every page, and an article leads to the measures that rest on it', async () => {
  const home = await markup('/')
  assert.equal(home.split('href="/measures"').length - 1, 2)
  assert.ok((await markup('/law/wage')).includes('href="/measures#m01-11"'))
})
